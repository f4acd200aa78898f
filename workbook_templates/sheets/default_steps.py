"""The default margin: the days in default as steps, and their rate-days in a schedule."""

from lexp_calc.day_count import days_of_year
from lexp_calc.wording import per_cent_text
from workbook_templates.addresses import Area, column_letters
from workbook_templates.contents import Contents
from workbook_templates.part import Part
from workbook_templates.row import Row
from workbook_templates.sheets.path_steps import (
    HEAD_HEIGHT,
    HEADS,
    STYLES,
    cumulative_formula,
    line_formulas,
    line_measures,
)
from workbook_templates.sheets.working import day_numbers, working
from workbook_templates.table import Column


def write(sheet, row: int, contents: Contents, part: Part) -> tuple[int, int]:
    """When a default begins and ends, and the rate-days before; next free row, last column."""
    margin = per_cent_text(part.tranche.coupon.default_margin)
    heading = f"{part.tranche.name}: default margin, {margin} a year on days in default"
    sheet.text(row, 1, heading, "heading")
    row += 1
    sheet.heights({row: HEAD_HEIGHT})
    measures = ["dates", "units", *line_measures(part), "cumulative"]
    column = {measure: 2 + place for place, measure in enumerate(measures)}
    letters = {measure: column_letters(each) for measure, each in column.items()}
    sheet.text(row, 1, "Entry no.", "column_head")
    heads = HEADS | {"dates": "From", "units": "Default margin, units"}
    for measure, each in column.items():
        head = heads[measure]
        sheet.text(row, each, head[:1].upper() + head[1:], "column_head")
    for place in range(part.room.defaults):
        at = row + 1 + place
        sheet.number(at, 1, place + 1, "count")
        formulas = _formulas(part, letters, at)
        for measure, each in column.items():
            if measure == "cumulative" and place == 0:
                sheet.number(at, each, 0, STYLES[measure])
            else:
                value = _value(part, measure, place)
                sheet.formula(at, each, formulas[measure], value, STYLES[measure])
    last = row + part.room.defaults
    for measure, each in column.items():
        name = part.name(f"default_step_{measure}")
        contents.book.name(name, sheet, (row + 1, each), (last, each))
    check = column["cumulative"] + 1
    _order_check(sheet, row, last, column["dates"], check)
    contents.book.name(part.name("default_disorder"), sheet, (row + 2, check), (last, check))
    return last + 1, check


def _order_check(sheet, head_row: int, last: int, dates: int, column: int) -> None:
    """1 for each date that does not follow the one above it, or follows a gap."""
    sheet.text(head_row, column, "Check: out of order", "column_head")
    for at in range(head_row + 2, last + 1):
        here, above = (Area(each, dates, each, dates).name() for each in (at, at - 1))
        late = f"IF(AND({here}>0,OR({here}<={above},{above}=0)),1,0)"
        sheet.formula(at, column, late, 0, "count")


def _formulas(part: Part, letters: dict[str, str], at: int) -> dict[str, str]:
    cell = {measure: f"{each}{at}" for measure, each in letters.items()}
    state = f"INDEX({part.name('default_states')},$A{at})"
    return {
        "dates": f"INDEX({part.name('default_dates')},$A{at})",
        "units": f'IF({state}="yes",{part.name("default_margin_units")},0)',
        **line_formulas(part, cell),
        "cumulative": cumulative_formula(part, letters, at),
    }


def _value(part: Part, measure: str, place: int):
    steps = part.schedule.rates.default
    if place >= len(steps.dates):
        return 0
    if measure == "new_years":
        return steps.dates[place].replace(month=1, day=1)
    if measure == "lengths":
        return part.days_in_year // days_of_year(steps.dates[place].year)
    return getattr(steps, measure)[place]


def default_columns(part: Part) -> tuple[Column, ...]:
    """The default margin's rate-days up to both ends of the running period."""
    start, end = (
        ("[run_start]", "[run_end]") if part.is_actual else ("[start_number]", "[end_number]")
    )
    columns = [
        working(
            "default_from",
            "Default no. at start",
            "count",
            'IF([is_active]=1,COUNTIFS({default_dates},"<="&[run_start],{default_dates},">0"),0)',
            lambda row: _position(row, 0),
            9,
        ),
        working(
            "defaults_before_end",
            "Defaults before end",
            "count",
            'IF([is_active]=1,COUNTIFS({default_dates},"<"&[run_end],{default_dates},">0"),0)',
            lambda row: _steps(row).position_before(row.flow.accrual.end),
            9,
        ),
        working(
            "default_to",
            "Default no. at end",
            "count",
            "MAX([default_from],[defaults_before_end])",
            lambda row: _position(row, 1),
            9,
        ),
    ]
    for place, (key, number, head) in enumerate(
        (("default_from", start, "start"), ("default_to", end, "end"))
    ):
        columns += _until_columns(part, place, key, number, head)
    return tuple(columns)


def _until_columns(part: Part, place: int, key: str, number: str, head: str) -> list[Column]:
    """The default margin in force at one end of the period, and its rate-days until then."""
    numbers = "default_step_dates" if part.is_actual else "default_step_numbers"

    def since(row: Row) -> int:
        position = _position(row, place)
        return day_numbers(row)[place] - _steps(row).numbers[position - 1] if position else 0

    def until(row: Row) -> int:
        return _steps(row).until(_position(row, place), day_numbers(row)[place])

    return [
        working(
            f"{key}_since",
            f"Days of default state at {head}",
            "count",
            f"IF([{key}]=0,0,{number}-INDEX({{{numbers}}},[{key}]))",
            since,
            9,
        ),
        working(
            f"{key}_units",
            f"Default units at {head}",
            "exact",
            f"IF([{key}]=0,0,INDEX({{default_step_units}},[{key}]))",
            lambda row: (
                _steps(row).units[_position(row, place) - 1] if _position(row, place) else 0
            ),
            14,
        ),
        working(
            f"{key}_until",
            f"Default rate-days at {head}",
            "exact",
            f"IF([{key}]=0,0,INDEX({{default_step_cumulative}},[{key}])"
            f"+[{key}_units]*[{key}_since])",
            until,
            16,
        ),
    ]


def rate_days_in_default(row: Row):
    """The default margin's rate-days of the running period."""
    if not row.before:
        return 0
    until = [_steps(row).until(_position(row, end), day_numbers(row)[end]) for end in (0, 1)]
    return until[1] - until[0]


def _steps(row: Row):
    return row.part.schedule.rates.default


def _position(row: Row, place: int) -> int:
    """How many entries count at the start (0) or before the end (1) of the period."""
    accrual = row.flow.accrual
    if place == 0:
        return _steps(row).position(accrual.start)
    return _steps(row).end_position(accrual.start, accrual.end)
