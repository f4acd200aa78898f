"""The steps of each option's rate: from when, index, all-in rate, and the rate-days before.

The options of a tranche stand side by side, measure by measure, so that a formula picks
one with INDEX(measure, step no., option no.).
"""

from lexp_calc.day_count import days_of_year
from lexp_calc.rate_paths import OptionPath
from lexp_calc.rates import rate
from workbook_templates.addresses import Area, column_letters
from workbook_templates.contents import Contents
from workbook_templates.part import Part
from workbook_templates.sheets.joined_options import in_limits
from workbook_templates.sheets.limit_columns import shows_limits
from workbook_templates.sheets.limit_signs import limit_of_step
from workbook_templates.sheets.option_sources import HEAD_HEIGHT
from workbook_templates.sheets.rate_inputs import index_name
from workbook_templates.table import with_names


def write(sheet, row: int, contents: Contents, part: Part) -> tuple[int, int]:
    """The measures of all options, a row for each step; the next free row, and the last column."""
    count, room = len(part.options), part.room.steps
    first, last = row + 1, row + room
    sheet.text(row, 1, "Rate no.", "column_head")
    sheet.heights({row: HEAD_HEIGHT})
    for number in range(1, room + 1):
        sheet.number(row + number, 1, number, "count")
    measures = _measures(part)
    start = {measure: 2 + place * count for place, measure in enumerate(measures)}
    for number in range(1, count + 1):
        column = {measure: start[measure] + number - 1 for measure in measures}
        _option(sheet, row, part, number, column)
    end_column = start["cumulative"] + count
    _order_check(sheet, row, part, start["dates"], end_column)
    for measure in measures:
        area = (first, start[measure]), (last, start[measure] + count - 1)
        contents.book.name(part.name(f"path_{measure}"), sheet, *area)
    return last + 1, end_column


def _measures(part: Part) -> list[str]:
    """What is shown of each option, in order."""
    measures = ["dates", "rates", *(["sums"] if _has_both_limits(part) else []), "all_in", "units"]
    measures += ["known"] if part.joined_numbers else []
    measures += ["limits"] if shows_limits(part) else []
    return [*measures, *line_measures(part), "cumulative"]


def _has_both_limits(part: Part) -> bool:
    """Whether a step's rate is bounded below and above, and its sum has a column of its own."""
    coupon = part.tranche.coupon
    return coupon.floor is not None and coupon.cap is not None


def line_measures(part: Part) -> list[str]:
    """What places a date on the day count's line, where that is not the date itself."""
    lengths = ["new_years", "lengths"] if part.has_length else []
    return lengths if part.is_actual else [*lengths, "numbers"]


def _option(sheet, head_row: int, part: Part, number: int, column: dict[str, int]) -> None:
    """The columns of one option, a row a step; 0 where it can have no more."""
    option = part.options[number - 1]
    path = None if option.is_compounded else part.schedule.rates.paths[number - 1]
    letters = {measure: column_letters(each) for measure, each in column.items()}
    for measure, each in column.items():
        sheet.text(head_row, each, f"{option.index} {HEADS[measure]}", "column_head")
    room = _room(part, number)
    for place in range(part.room.steps):
        at = head_row + 1 + place
        known = path is not None and place < len(path.dates)
        formulas = _formulas(part, number, letters, at) if room else {}
        for measure, each in column.items():
            value = _value(part, path, number, measure, place) if known else 0
            style = STYLES[measure]
            if measure not in formulas or (measure == "cumulative" and place == 0):
                sheet.number(at, each, 0, style)
            else:
                sheet.formula(at, each, formulas[measure], value, style)


def _room(part: Part, number: int) -> int:
    """How many steps an option can have; a compounded one has none."""
    option = part.options[number - 1]
    if option.is_compounded:
        return 0
    if number not in part.joined_numbers:
        return part.room.paths
    return part.room.joined(option)


def _order_check(sheet, head_row: int, part: Part, dates: int, column: int) -> None:
    """1 for each date that does not follow the one above it, or follows a gap."""
    sheet.text(head_row, column, "Check: out of order", "column_head")
    last = dates + len(part.options) - 1
    first, room = head_row + 2, part.room.steps
    for at in range(first, head_row + room + 1):
        here = Area(at, dates, at, last).name()
        above = Area(at - 1, dates, at - 1, last).name()
        formula = f"SUMPRODUCT(({here}>0)*(({here}<={above})+({above}=0)>0))"
        sheet.formula(at, column, formula, 0, "count")
    name = part.name("path_disorder")
    sheet.book.name(name, sheet, (first, column), (head_row + room, column))


HEADS = {
    "dates": "from",
    "rates": "rate",
    "sums": "rate and margin",
    "all_in": "all-in rate",
    "units": "all-in units",
    "known": "rate known (1)",
    "new_years": "year begins",
    "limits": "floor 1, cap −1",
    "lengths": "length of a day",
    "numbers": "day number",
    "cumulative": "units x days before",
}
STYLES = {
    "dates": "date",
    "rates": "rate_exact",
    "sums": "rate_exact",
    "all_in": "rate_exact",
    "units": "count",
    "known": "count",
    "new_years": "date",
    "limits": "count",
    "lengths": "count",
    "numbers": "exact",
    "cumulative": "count",
}


def _formulas(part: Part, number: int, letters: dict[str, str], at: int) -> dict[str, str]:
    """The formulas of one row of one option."""
    cell = {measure: f"{each}{at}" for measure, each in letters.items()}
    joined = number in part.joined_numbers
    made = _joined_formulas(part, number, at) if joined else _plain_formulas(part, number, cell, at)
    return {
        **made,
        "units": f"ROUND({cell['all_in']}*rate_units,0)",
        **line_formulas(part, cell),
        "cumulative": cumulative_formula(part, letters, at),
    }


def _plain_formulas(part: Part, number: int, cell: dict[str, str], at: int) -> dict[str, str]:
    """Index plus margin within floor and cap, from the dates of the inputs."""
    base = index_name(part.options[number - 1].index)
    day = cell["dates"]
    sum_of_both = f"{cell['rates']}+{{coupon_options_{number}_margin}}"
    sums = {}
    if _has_both_limits(part):
        sums["sums"] = with_names(f"IF({day}=0,0,{sum_of_both})", part.name)
        sum_of_both = cell["sums"]
    return {
        **sums,
        "dates": _picked(part, number, f"{base}_dates", at),
        "rates": _picked(part, number, f"{base}_rates", at),
        "all_in": with_names(f"IF({day}=0,0,{in_limits(part, sum_of_both)})", part.name),
        "known": f"IF({day}=0,0,1)",
        "limits": with_names(
            f"({day}>0)*SIGN({cell['units']}-ROUND(({sum_of_both})*rate_units,0))", part.name
        ),
    }


def _joined_formulas(part: Part, number: int, at: int) -> dict[str, str]:
    """The steps as they are joined above."""
    measures = {"dates": "dates", "rates": "index", "all_in": "all_in", "known": "known"}
    measures["limits"] = "limits"
    return {
        measure: _picked(part, number, part.name(f"joined_{number}_{what}"), at)
        for measure, what in measures.items()
    }


def _picked(part: Part, number: int, column: str, at: int) -> str:
    """The row's entry of a column; 0 below the end of one that is shorter than the table."""
    entry = f"INDEX({column},$A{at})"
    if _room(part, number) == part.room.steps:
        return entry
    return f"IF($A{at}>ROWS({column}),0,{entry})"


# How a day within a period is counted where the convention moves it whatever the start is.
DAY_WITHIN = {
    "30E/360": "MIN(DAY({0}),days_in_month)",
    # A day that is not its month's last is the 30th at the latest.
    "30E/360 ISDA": "IF(DAY({0}+1)=1,days_in_month,DAY({0}))",
}


def line_formulas(part: Part, cell: dict[str, str]) -> dict[str, str]:
    """Where the date of a row stands on the day count's line; `cell` by measure."""
    day, a_year = cell["dates"], part.name("days_in_year")
    if part.has_length:
        first = cell["new_years"]
        since = f"({day}-{first})*{cell['lengths']}"
        return {
            "new_years": f"IF({day}=0,0,DATE(YEAR({day}),1,1))",
            "lengths": f"IF({day}=0,0,{a_year}/(EDATE({first},months_in_year)-{first}))",
            "numbers": f"IF({day}=0,0,YEAR({day})*{a_year}+{since})",
        }
    if part.is_actual:
        return {}
    day_of_month = DAY_WITHIN.get(part.schedule.day_count.name, "DAY({0})").format(day)
    months = f"(YEAR({day})*months_in_year+MONTH({day}))"
    in_days = f"{months}*days_in_month+{day_of_month}"
    return {"numbers": f"IF({day}=0,0,{in_days})"}


def cumulative_formula(part: Part, letters: dict[str, str], at: int) -> str:
    """Units x days up to the date of a row."""
    counted = letters["dates"] if part.is_actual else letters["numbers"]
    before = f"{letters['cumulative']}{at - 1}+{letters['units']}{at - 1}"
    days = f"({counted}{at}-{counted}{at - 1})"
    return f"IF({letters['dates']}{at}=0,0,{before}*{days})"


def _value(part: Part, path: OptionPath, option: int, measure: str, number: int):
    if measure == "dates":
        return path.dates[number]
    if measure == "rates":
        return rate(path.index_units[number] or 0)
    if measure == "sums":
        margin = part.options[option - 1].margin
        return rate(path.index_units[number] or 0) + margin
    if measure == "all_in":
        return rate(path.units[number])
    if measure == "known":
        return int(path.index_units[number] is not None)
    if measure == "limits":
        return limit_of_step(path, number)
    if measure == "units":
        return path.units[number]
    if measure == "new_years":
        return path.dates[number].replace(month=1, day=1)
    if measure == "lengths":
        return part.days_in_year // days_of_year(path.dates[number].year)
    if measure == "numbers":
        return path.steps.numbers[number]
    return path.steps.cumulative[number]
