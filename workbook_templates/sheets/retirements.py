"""Retirements: the warrants that go with redeemed notes, a line for each redemption."""

from dataclasses import dataclass
from datetime import date

from lexp_calc.warrant_retirement import Retirement
from lexp_calc.warrants import Warrants
from workbook_templates.part import Part
from workbook_templates.table import Column, Table

LABEL_WIDTH, FIGURE_WIDTH = 56, 18
HEAD_HEIGHT = 30


def retirement_table(sheet, head_row: int, part: Part, warrants: Warrants, retired) -> int:
    """A line for each redemption that the inputs have room for; gives back the last row."""
    by_day = {each.day: each for each in retired}
    days = [day for day, _ in part.moves] + [None] * (part.room.moves - len(part.moves))
    rows, gone = [], 0
    for number, day in enumerate(days, 1):
        at = by_day.get(day)
        gone += at.warrants_retired if at else 0
        left = int(warrants.issued) - gone
        before = left + (at.warrants_retired if at else 0)
        used = (before, left, gone) if day else (0, 0, 0)
        rows.append(_Redemption(number, day, at, *used))
    table = Table(sheet, _retirement_columns(part), head_row, 1, part.name).write(rows)
    table.define("warrants_retired_on", "day")
    table.define("warrants_retired", "retired")
    sheet.heights({head_row: HEAD_HEIGHT})
    redeemed = sum(each.notes_redeemed for each in retired)
    return table.totals("Total", {"redeemed": redeemed, "retired": gone})


@dataclass(frozen=True)
class _Redemption:
    """A line of the table: the entry's number and day, and what it does, if anything."""

    number: int
    day: date | None
    at: Retirement | None
    before: int
    after: int
    cumulative: int


def _retirement_columns(part: Part) -> tuple[Column, ...]:
    """From the n-th redemption on the inputs to the warrants that are left."""
    in_schedule = "{schedule_settled_through},[day]"
    return (
        Column("number", "Redemption", "year", None, lambda row: row.number, LABEL_WIDTH),
        Column(
            "day",
            "Redeemed on",
            "date",
            "IFERROR(SMALL({move_dates},[number]),0)",
            lambda row: row.day or 0,
            FIGURE_WIDTH,
        ),
        Column(
            "outstanding",
            "Notes outstanding before",
            "money",
            f"SUMIFS({{schedule_opening_balance}},{in_schedule})",
            lambda row: row.at.notes_outstanding if row.at else 0,
            FIGURE_WIDTH,
        ),
        Column(
            "redeemed",
            "Notes redeemed",
            "money",
            f"IF([day]=[day@],0,SUMIFS({{schedule_prepayment}},{in_schedule}))",
            lambda row: row.at.notes_redeemed if row.at else 0,
            FIGURE_WIDTH,
            total=True,
        ),
        Column(
            "before",
            "Warrants before",
            "count",
            "IF([day]=0,0,{warrant_issued}-[cumulative@])",
            lambda row: row.before,
            FIGURE_WIDTH,
            "IF([day]=0,0,{warrant_issued})",
        ),
        Column(
            "retired",
            "Warrants retired",
            "count",
            "IF(OR([outstanding]=0,[day]>={warrant_retired_with_notes_before}),0,"
            "ROUND([before]*[redeemed]/[outstanding],0))",
            lambda row: row.at.warrants_retired if row.at else 0,
            FIGURE_WIDTH,
            total=True,
        ),
        Column(
            "after",
            "Warrants left",
            "count",
            "[before]-[retired]",
            lambda row: row.after,
            FIGURE_WIDTH,
        ),
        Column(
            "cumulative",
            "Retired in all",
            "count",
            "IF([day]=0,0,[cumulative@]+[retired])",
            lambda row: row.cumulative,
            FIGURE_WIDTH,
            "[retired]",
        ),
    )
