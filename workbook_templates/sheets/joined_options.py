"""Options whose rate is made of more than an index and a margin, as steps of one table.

On the left what changes by date: the index with the day from which each fixing counts (its
lookback), the fallback's likewise, the margin by date or by leverage. On the right all
these dates in order, each once, and what holds from each: index, margin, all-in rate.
"""

from bisect import bisect_right
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from lexp_calc.coupons import IndexOption
from lexp_calc.rate_paths import OptionPath, limited
from lexp_calc.rates import rate
from workbook_templates.addresses import column_letters
from workbook_templates.contents import Contents
from workbook_templates.part import Part
from workbook_templates.sheets.limit_signs import limit_of_step
from workbook_templates.sheets.option_sources import OptionSources, write_levels
from workbook_templates.table import Column, Table


def write(sheet, row: int, contents: Contents, part: Part, number: int) -> tuple[int, int]:
    """The block of one option below its heading; the next free row, and the last column."""
    option = part.options[number - 1]
    heading = f"{part.tranche.name}: {option.index}, margin and index by date"
    sheet.text(row, 1, heading, "heading")
    if option.margin_grid:
        row = write_levels(sheet, row + 1, contents, part, number)
    sources = OptionSources(sheet, row + 1, contents, part, number)
    sources.write()
    last_row, last_column = sources.first + sources.room - 1, sources.column
    if not option.is_compounded:
        table = _joined(sources, part, number)
        last_row, last_column = max(last_row, table.last_row), table.everything.last_column
    return last_row + 2, last_column


@dataclass(frozen=True)
class _Step:
    """One row of the joined table: the k-th date, and how many dates were passed before it."""

    sources: OptionSources
    path: OptionPath
    number: int  # from 0
    passed: int

    @property
    def is_used(self) -> bool:
        """Whether there are so many dates."""
        return self.number < len(self.path.dates)

    @property
    def day(self) -> date | int:
        """The date; 0 where there is none."""
        return self.path.dates[self.number] if self.is_used else 0

    @property
    def index_units(self) -> int | None:
        """The index that counts from the date; None where no rate is known."""
        return self.path.index_units[self.number] if self.is_used else None

    @property
    def on_fallback(self) -> bool:
        """Whether the fallback counts from the date."""
        fallback = self.sources.option.fallback
        return self.is_used and self.day >= self.sources.starts(fallback.from_date)

    def entries(self, index: str) -> int:
        """How many fixings of an index count by the date."""
        return self.sources.entries(index, self.day) if self.is_used else 0

    def published(self, index: str) -> Decimal | int:
        """The fixing of an index that counts; 0 where there is none."""
        entries = self.entries(index)
        return self.sources.fixings(index).rates[entries - 1] if entries else 0

    @property
    def margins(self) -> int:
        """How many margins count by the date, after the first one."""
        return bisect_right(self.sources.margin_path.dates, self.day) if self.is_used else 0


def _steps(sources: OptionSources, part: Part, number: int) -> list[_Step]:
    path = part.schedule.rates.paths[number - 1]
    dates = path.dates
    counted = sorted(each for each in sources.counted if each)
    zeros = len(sources.counted) - len(counted)
    steps = []
    for place in range(part.room.joined(sources.option)):
        latest = dates[min(place, len(dates)) - 1] if place and dates else None
        passed = zeros + (bisect_right(counted, latest) if latest else 0)
        steps.append(_Step(sources, path, place, passed))
    return steps


def _joined(sources: OptionSources, part: Part, number: int) -> Table:
    """All dates in order, each once, and the rate from each."""
    prefix, first_column = f"joined_{number}", sources.column + 2
    first_date = f"{column_letters(first_column + 1)}${sources.head_row}"
    counted = f'COUNTIF({{{prefix}_counted}},"<="&MAX({first_date}:[date@]))'
    option = sources.option
    columns = [
        Column("passed", "Entries passed (blanks too)", "count", counted, lambda step: step.passed),
        Column(
            "date",
            f"{option.index} from",
            "date",
            f"IFERROR(SMALL({{{prefix}_counted}},[passed]+1),0)",
            lambda step: step.day,
        ),
        *_index_columns(option, number),
        *_margin_columns(part, option, number),
        Column(
            "all_in",
            "All-in rate",
            "rate_exact",
            f"IF([known]=0,0,{in_limits(part, '[limited]+[margin]')})",
            lambda step: rate(step.path.units[step.number]) if step.is_used else 0,
        ),
        Column(
            "limits",
            "Floor 1, cap −1",
            "count",
            "[known]*SIGN(ROUND(([all_in]-[index]-[margin])*rate_units,0))",
            lambda step: limit_of_step(step.path, step.number) if step.is_used else 0,
        ),
    ]
    table = Table(sources.sheet, columns, sources.head_row, first_column, part.name)
    table.write(_steps(sources, part, number))
    sources.sheet.widths(dict.fromkeys(range(first_column, table.everything.last_column + 1), 13.5))
    for what, key in (
        ("dates", "date"),
        ("index", "index"),
        ("known", "known"),
        ("limits", "limits"),
    ):
        table.define(f"{prefix}_{what}", key)
    table.define(f"{prefix}_all_in", "all_in")
    return table


def _index_columns(option: IndexOption, number: int) -> list[Column]:
    """Which fixing counts from the date, and its rate with the fallback's adjustment."""
    prefix = f"joined_{number}"

    def position(what: str) -> str:
        dates = f"{{{prefix}_{what}_from}}"
        return f'COUNTIFS({dates},"<="&[date],{dates},">0")'

    def known_rate(step: _Step):
        return 0 if step.index_units is None else rate(step.index_units)

    index = option.index
    columns = [
        Column(
            "entry", f"{index} no.", "count", position("index"), lambda step: step.entries(index)
        )
    ]
    entry, picked = "[entry]", f"INDEX({{{prefix}_index_rates}},[entry])"
    if option.fallback:
        later = option.fallback.index
        adjustment = f"{{coupon_options_{number}_fallback_spread_adjustment}}"
        entry = "[position]"
        picked = f"IF([on_fallback]=1,[adjusted],INDEX({{{prefix}_index_rates}},[entry]))"
        columns += [
            Column(
                "later_entry",
                f"{later} no.",
                "count",
                position("fallback"),
                lambda step: step.entries(later),
            ),
            Column(
                "later",
                later,
                "rate_exact",
                f"IF([later_entry]=0,0,INDEX({{{prefix}_fallback_rates}},[later_entry]))",
                lambda step: step.published(later),
            ),
            Column(
                "adjusted",
                f"{later}, adjusted",
                "rate_exact",
                f"IF([later_entry]=0,0,[later]+{adjustment})",
                lambda step: _adjusted(step, later),
            ),
            Column(
                "on_fallback",
                "Fallback counts",
                "count",
                f"IF([date]=0,0,IF([date]>={{{prefix}_switch}},1,0))",
                lambda step: int(step.on_fallback),
            ),
            Column(
                "position",
                "Fixing no.",
                "count",
                "IF([on_fallback]=1,[later_entry],[entry])",
                lambda step: step.entries(later if step.on_fallback else index),
            ),
        ]
    columns += [
        Column(
            "known",
            "Rate known (1)",
            "count",
            f"IF({entry}=0,0,1)",
            lambda step: int(step.index_units is not None),
        ),
        Column("index", "Index", "rate_exact", f"IF({entry}=0,0,{picked})", known_rate),
    ]
    return columns


def _adjusted(step: _Step, index: str):
    adjustment = step.sources.option.fallback.spread_adjustment
    return step.published(index) + adjustment if step.entries(index) else 0


def _margin_columns(part: Part, option: IndexOption, number: int) -> list[Column]:
    """The index within its own floor and cap, and the margin that holds from the date."""
    prefix, first_margin = f"joined_{number}", f"{{coupon_options_{number}_margin}}"
    limits = limited_index(option, number)
    columns = [
        Column(
            "limited",
            "Index in its limits",
            "rate_exact",
            f"IF([known]=0,0,{limits})",
            lambda step: 0 if step.index_units is None else rate(limited(option, step.index_units)),
        )
    ]
    margin = first_margin
    if part.room.margins(option):
        dates = f"{{{prefix}_margin_from}}"
        margin = f"IF([margin_no]=0,{first_margin},INDEX({{{prefix}_margins}},[margin_no]))"
        columns.append(
            Column(
                "margin_no",
                "Margin no.",
                "count",
                f'COUNTIFS({dates},"<="&[date],{dates},">0")',
                lambda step: step.margins,
            )
        )
    columns.append(
        Column(
            "margin",
            "Margin",
            "rate_exact",
            f"IF([date]=0,0,{margin})",
            lambda step: rate(step.path.margins[step.number]) if step.is_used else 0,
        )
    )
    return columns


def limited_index(option: IndexOption, number: int) -> str:
    """The index formula within the option's own floor and cap."""
    formula = "[index]"
    if option.cap is not None:
        formula = f"MIN({formula},{{coupon_options_{number}_cap}})"
    if option.floor is not None:
        formula = f"MAX({formula},{{coupon_options_{number}_floor}})"
    return formula


def in_limits(part: Part, formula: str) -> str:
    """A formula within the coupon's floor and cap."""
    coupon = part.tranche.coupon
    if coupon.cap is not None:
        formula = f"MIN({formula},{{coupon_cap}})"
    if coupon.floor is not None:
        formula = f"MAX({formula},{{coupon_floor}})"
    return formula
