"""The values that a workbook stores: of a whole sheet, or of the column behind a defined name."""

from openpyxl.utils.cell import column_index_from_string, coordinate_from_string

from lexp_calc.errors import NotThere
from workbook_templates.origin import AREA
from workbook_templates.stored_cells import (
    MAIN,
    read_xml,
    shared_texts,
    sheet_cells,
    sheet_parts,
    stored_value,
)

EXPECTED = "a workbook as lexp writes it would be right"


def sheet_values(parts, title: str) -> dict[tuple[int, int], object]:
    """{(column, row): value} of a sheet of an opened workbook, both from 1."""
    part = dict(sheet_parts(parts)).get(title)
    if part is None:
        raise NotThere(title, f"found no sheet {title}", EXPECTED)
    shared = shared_texts(parts)
    cells = {}
    for cell in sheet_cells(parts, part):
        letters, row = coordinate_from_string(cell.get("r"))
        cells[column_index_from_string(letters), row] = stored_value(cell, shared)
    return cells


def named_column(parts, name: str) -> dict[int, object]:
    """{row: value} of the column of cells behind a defined name."""
    workbook = read_xml(parts, "xl/workbook.xml")
    for each in workbook.iterfind(f"{MAIN}definedNames/{MAIN}definedName"):
        match = AREA.fullmatch(each.text or "")
        if each.get("name") == name and match:
            column = column_index_from_string(match[2])
            first, last = int(match[3]), int(match[5] or match[3])
            return {
                row: value
                for (at, row), value in sheet_values(parts, match[1].strip("'")).items()
                if at == column and first <= row <= last
            }
    raise NotThere(name, f"found no name {name}", EXPECTED)
