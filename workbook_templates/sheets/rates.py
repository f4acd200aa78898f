"""Rates: each index option's path, its all-in rate with floor and cap, and exact rate-days.

The options of a tranche stand side by side, measure by measure, so that a formula picks
one with INDEX(measure, rate no., option no.).
"""

from lexp_calc.day_count import days_of_year
from lexp_calc.rate_paths import OptionPath
from lexp_calc.rates import rate
from workbook_templates.addresses import Area, cell_name
from workbook_templates.contents import Contents
from workbook_templates.part import Part
from workbook_templates.sheets.inputs import index_name

HEAD_HEIGHT = 30


def write(contents: Contents) -> None:
    """A block a tranche, one under the other."""
    floating = [part for part in contents.parts if part.is_floating]
    if not floating:
        return
    sheet = contents.sheet("Rates", "calculation")
    sheet.widths({1: 12, **dict.fromkeys(range(2, 20), 13.5)})
    sheet.text(
        3,
        1,
        "In whole units, millionths of a per cent, so that rate x days is exact.",
        "note",
    )
    row, last_column = 5, 1
    for part in floating:
        row = _options(sheet, row, contents, part)
        row, column = _path(sheet, row + 1, contents, part)
        last_column = max(last_column, column)
        row += 2
    sheet.print_setup(Area(1, 1, row - 2, max(last_column, 7)), (1, 2))
    sheet.freeze(5, 2)


def _options(sheet, row: int, contents: Contents, part: Part) -> int:
    """The options with their margins, and the elections as option numbers."""
    sheet.text(row, 1, part.tranche.name, "heading")
    row += 1
    heads = ("Option no.", "Index", "Margin", "Daily reset (1)", "Floor", "Cap")
    for column, head in enumerate(heads, 1):
        sheet.text(row, column, head, "column_head_unit" if head == "Index" else "column_head")
    first = row + 1
    coupon = part.tranche.coupon
    for number, option in enumerate(coupon.options, 1):
        row += 1
        sheet.number(row, 1, number, "count")
        sheet.text(row, 2, option.index, "label_indented")
        margin = part.name(f"coupon_options_{number}_margin")
        sheet.formula(row, 3, margin, option.margin, "link_rate")
        sheet.number(row, 4, int(option.reset == "daily"), "count")
        for column, limit, base in ((5, coupon.floor, "floor"), (6, coupon.cap, "cap")):
            if limit is not None:
                sheet.formula(row, column, part.name(f"coupon_{base}"), limit, "link_rate")
            else:
                sheet.text(row, column, "none", "unit")
    name = contents.book.name
    name(part.name("option_names"), sheet, (first, 2), (row, 2))
    name(part.name("option_margins"), sheet, (first, 3), (row, 3))
    name(part.name("option_daily"), sheet, (first, 4), (row, 4))
    return row + 1


def _path(sheet, row: int, contents: Contents, part: Part) -> tuple[int, int]:
    """The measures of all options, a row for each rate; gives back the end of the block."""
    options = part.tranche.coupon.options
    paths = part.schedule.rates.paths
    count, room = len(options), part.path_room
    first, last = row + 1, row + room
    sheet.text(row, 1, "Rate no.", "column_head")
    sheet.heights({row: HEAD_HEIGHT})
    for number in range(1, room + 1):
        sheet.number(row + number, 1, number, "count")
    measures = ["dates", "rates", "all_in", "units"]
    measures += ["lengths"] if part.has_length else []
    measures += [] if part.is_actual else ["numbers"]
    measures += ["cumulative"]
    start = {measure: 2 + place * count for place, measure in enumerate(measures)}
    for place, option in enumerate(options):
        column = {measure: start[measure] + place for measure in measures}
        letters = {m: cell_name(1, c).rstrip("1") for m, c in column.items()}
        path, base = paths[place], index_name(option.index)
        for measure in measures:
            sheet.text(row, column[measure], f"{option.index} {HEADS[measure]}", "column_head")
        for number in range(room):
            at = first + number
            known = path is not None and number < len(path.dates)
            formulas = _formulas(part, place + 1, base, letters, at)
            for measure in measures:
                value = _value(part, path, measure, number) if known else 0
                style = STYLES[measure]
                if measure == "cumulative" and number == 0:
                    sheet.number(at, column[measure], 0, style)
                else:
                    sheet.formula(at, column[measure], formulas[measure], value, style)
    end_column = start["cumulative"] + count
    _order_check(sheet, row, part, start["dates"], end_column)
    for measure in measures:
        area = (first, start[measure]), (last, start[measure] + count - 1)
        contents.book.name(part.name(f"path_{measure}"), sheet, *area)
    end = last + 1
    if count > 1:
        end = _elections(sheet, last + 2, contents, part)
    return end, end_column


def _order_check(sheet, head_row: int, part: Part, dates: int, column: int) -> None:
    """1 for each date that does not follow the one above it, or follows a gap."""
    sheet.text(head_row, column, "Check: out of order", "column_head")
    last = dates + len(part.tranche.coupon.options) - 1
    first, room = head_row + 2, part.path_room
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
    "all_in": "all-in rate",
    "units": "all-in units",
    "lengths": "length of a day",
    "numbers": "day number",
    "cumulative": "units x days before",
}
STYLES = {
    "dates": "link_date",
    "rates": "link_rate_exact",
    "all_in": "rate_exact",
    "units": "count",
    "lengths": "count",
    "numbers": "exact",
    "cumulative": "count",
}


def _formulas(part: Part, number: int, base: str, letters: dict, at: int) -> dict:
    """The formulas of one row of one option."""
    day, index = f"{letters['dates']}{at}", f"{letters['rates']}{at}"
    all_in = f"{letters['all_in']}{at}"
    inputs = f"{base}_dates", f"{base}_rates"
    row_number = f"$A{at}"
    sum_of_both = f"{index}+{part.name(f'coupon_options_{number}_margin')}"
    if part.tranche.coupon.cap is not None:
        sum_of_both = f"MIN({sum_of_both},{part.name('coupon_cap')})"
    if part.tranche.coupon.floor is not None:
        sum_of_both = f"MAX({sum_of_both},{part.name('coupon_floor')})"
    counted = letters["dates"] if part.is_actual else letters["numbers"]
    before = f"{letters['cumulative']}{at - 1}+{letters['units']}{at - 1}"
    formulas = {
        "dates": f"INDEX({inputs[0]},{row_number})",
        "rates": f"INDEX({inputs[1]},{row_number})",
        "all_in": f"IF({day}=0,0,{sum_of_both})",
        "units": f"ROUND({all_in}*rate_units,0)",
        "cumulative": f"IF({day}=0,0,{before}*({counted}{at}-{counted}{at - 1}))",
    }
    if part.has_length:
        first, a_year = f"DATE(YEAR({day}),1,1)", part.name("days_in_year")
        formulas["lengths"] = f"IF({day}=0,0,{a_year}/(DATE(YEAR({day})+1,1,1)-{first}))"
        formulas["numbers"] = (
            f"IF({day}=0,0,YEAR({day})*{a_year}+({day}-{first})*{letters['lengths']}{at})"
        )
    elif not part.is_actual:
        formulas["numbers"] = (
            f"IF({day}=0,0,YEAR({day})*{part.name('days_in_year')}"
            f"+MONTH({day})*days_in_month+DAY({day}))"
        )
    return formulas


def _value(part: Part, path: OptionPath, measure: str, number: int):
    if measure == "dates":
        return path.dates[number]
    if measure == "rates":
        return rate(path.index_units[number])
    if measure == "all_in":
        return rate(path.units[number])
    if measure == "units":
        return path.units[number]
    if measure == "lengths":
        return part.days_in_year // days_of_year(path.dates[number].year)
    if measure == "numbers":
        return path.steps.numbers[number]
    return path.steps.cumulative[number]


def _elections(sheet, row: int, contents: Contents, part: Part) -> int:
    """The elections of the inputs as option numbers."""
    sheet.text(row, 1, "Election no.", "column_head")
    sheet.text(row, 2, "From", "column_head")
    sheet.text(row, 3, "Option no.", "column_head")
    sheet.text(row, 4, "Check: out of order", "column_head")
    sheet.heights({row: HEAD_HEIGHT})
    known = [option.index for option in part.tranche.coupon.options]
    dates, names = part.name("election_dates"), part.name("elections")
    room = contents.election_room
    for number in range(1, room + 1):
        at = row + number
        filled = number <= len(part.shown_elections)
        day, index = part.shown_elections[number - 1] if filled else (0, None)
        sheet.number(at, 1, number, "count")
        sheet.formula(at, 2, f"INDEX({dates},$A{at})", day, "link_date")
        option = known.index(index) + 1 if filled else 0
        formula = f"IF(B{at}=0,0,MATCH(INDEX({names},$A{at}),{part.name('option_names')},0))"
        sheet.formula(at, 3, formula, option, "count")
        if number > 1:
            late = f"IF(AND(B{at}>0,OR(B{at}<=B{at - 1},B{at - 1}=0)),1,0)"
            sheet.formula(at, 4, late, 0, "count")
    contents.book.name(part.name("election_options"), sheet, (row + 1, 3), (row + room, 3))
    contents.book.name(part.name("election_disorder"), sheet, (row + 2, 4), (row + room, 4))
    return row + room + 1
