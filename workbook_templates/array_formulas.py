"""One formula that answers a block of cells, each of which carries its own value."""

from workbook_templates.addresses import Area
from workbook_templates.cells import Sheet, Value

Rows = tuple[tuple[Value, ...], ...]
Styles = tuple[tuple[str, ...], ...]


def write_array_formula(
    sheet: Sheet, place: tuple[int, int], formula: str, values: Rows, styles: Styles
) -> None:
    """The formula, without its '=', in the block whose first cell is at `place`.

    Each cell has its value, by the core's own account, and its style; None is an empty cell,
    and not the first.
    """
    row, column = place
    area = Area(row, column, row + len(values) - 1, column + len(values[0]) - 1)
    sheet.arrays[place] = area
    sheet.formula(row, column, formula, values[0][0], styles[0][0])
    for down, (cells, names) in enumerate(zip(values, styles, strict=True)):
        for right, (value, style) in enumerate(zip(cells, names, strict=True)):
            if (down, right) != (0, 0):
                sheet.in_array(row + down, column + right, value, style)
