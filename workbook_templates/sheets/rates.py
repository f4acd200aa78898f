"""Rates: each index option's path, its all-in rate with floor and cap, and exact rate-days.

The options of a tranche stand side by side, measure by measure, so that a formula picks
one with INDEX(measure, rate no., option no.).
"""

from lexp_calc.coupons import DAILY
from workbook_templates.addresses import Area
from workbook_templates.contents import Contents
from workbook_templates.part import Part
from workbook_templates.sheets import default_steps, joined_options, path_steps
from workbook_templates.sheets.path_steps import HEAD_HEIGHT

COMPOUNDED_COLUMN = 7
NOT_PRINTED = (
    "Workings: the steps above, the elections and defaults of the inputs, as formulas read them."
)


def write(contents: Contents) -> None:
    """A block a tranche, one under the other."""
    shown = [part for part in contents.parts if part.is_floating or part.has_default]
    if not shown:
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
    for part in shown:
        row, column, printed = _tranche(sheet, row, contents, part)
        last_column = max(last_column, column)
        row += 2
    # Of several tranches all is printed, for what can be left out lies between them.
    last_row = printed if len(shown) == 1 else row - 2
    sheet.print_setup(
        Area(1, 1, last_row, max(last_column, 7)), (1, 4), "either", whole_blocks=True
    )
    sheet.freeze(5, 2)


def _tranche(sheet, row: int, contents: Contents, part: Part) -> tuple[int, int, int]:
    """The blocks of one tranche; the next free row, the last column, the last row to print.

    Where a block shows index, margin and all-in rate by date, what follows only rearranges
    that for the formulas, and the inputs.
    """
    columns, printed = [1], None
    if part.is_floating:
        row = _options(sheet, row, contents, part) + 1
    for number, option in enumerate(part.options, 1):
        if number in part.joined_numbers or (option.is_compounded and part.room.margins(option)):
            row, column = joined_options.write(sheet, row, contents, part, number)
            columns.append(column)
            printed = row - 2
    if printed is not None:
        sheet.text(row, 1, NOT_PRINTED, "note")
        row += 1
    if part.reads_paths:
        row, column = path_steps.write(sheet, row, contents, part)
        columns.append(column)
    if len(part.options) > 1:
        row = _elections(sheet, row + 1, contents, part)
    if part.has_default:
        row, column = default_steps.write(sheet, row + 1, contents, part)
        columns.append(column)
    return row, max(columns), printed or row


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
        sheet.formula(row, 3, margin, option.margin, "rate")
        sheet.number(row, 4, int(option.reset == DAILY), "count")
        for column, limit, base in ((5, coupon.floor, "floor"), (6, coupon.cap, "cap")):
            if limit is not None:
                sheet.formula(row, column, part.name(f"coupon_{base}"), limit, "rate")
            else:
                sheet.text(row, column, "none", "choice")
        if part.compounded_number:
            sheet.number(row, COMPOUNDED_COLUMN, int(option.is_compounded), "count")
    name = contents.book.name
    name(part.name("option_names"), sheet, (first, 2), (row, 2))
    name(part.name("option_margins"), sheet, (first, 3), (row, 3))
    name(part.name("option_daily"), sheet, (first, 4), (row, 4))
    if part.compounded_number:
        sheet.text(first - 1, COMPOUNDED_COLUMN, "Compounded (1)", "column_head")
        place = (first, COMPOUNDED_COLUMN), (row, COMPOUNDED_COLUMN)
        name(part.name("option_compounds"), sheet, *place)
    return row + 1


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
        sheet.formula(at, 2, f"INDEX({dates},$A{at})", day, "date")
        option = known.index(index) + 1 if filled else 0
        formula = f"IF(B{at}=0,0,MATCH(INDEX({names},$A{at}),{part.name('option_names')},0))"
        sheet.formula(at, 3, formula, option, "count")
        if number > 1:
            late = f"IF(AND(B{at}>0,OR(B{at}<=B{at - 1},B{at - 1}=0)),1,0)"
            sheet.formula(at, 4, late, 0, "count")
    contents.book.name(part.name("election_options"), sheet, (row + 1, 3), (row + room, 3))
    contents.book.name(part.name("election_disorder"), sheet, (row + 2, 4), (row + room, 4))
    return row + room + 1
