"""What the part of a sheet says beside its cells, in the order of the file format's schema.

As text, with no object in between: a workbook has a dozen sheets, and their settings
took openpyxl longer than the cells take.
"""

from openpyxl.utils.cell import coordinate_to_tuple

from workbook_templates.addresses import Area
from workbook_templates.cells import Rule, Sheet
from workbook_templates.page import FOOT_MARGIN, FOOTER_MARGIN, PAPER_SIZES, SIDE_MARGIN
from workbook_templates.styles import SHEET_KINDS
from workbook_templates.stylesheet import EMPHASIS_NUMBERS
from workbook_templates.validations import Validation
from workbook_templates.xml_text import attribute, escaped

USUAL_HEIGHT = 15  # of a row, in points

# A guard against slips, without a password; widths may be changed and columns unfolded.
# In this element 1 forbids, but for `sheet`, which switches the guard on.
PROTECTION = (
    '<sheetProtection selectLockedCells="0" selectUnlockedCells="0" sheet="1" objects="0" '
    'insertRows="1" insertHyperlinks="1" autoFilter="1" scenarios="0" formatColumns="0" '
    'deleteColumns="1" insertColumns="1" pivotTables="1" deleteRows="1" formatCells="1" '
    'formatRows="0" sort="1"/>'
)
PRINT_OPTIONS = '<printOptions horizontalCentered="1"/>'
MARGINS = (
    f'<pageMargins left="{SIDE_MARGIN}" right="{SIDE_MARGIN}" top="{SIDE_MARGIN}" '
    f'bottom="{FOOT_MARGIN}" header="{FOOTER_MARGIN}" footer="{FOOTER_MARGIN}"/>'
)


def settings_before_rows(sheet: Sheet) -> str:
    """Tab colour, view and columns."""
    return f"{_properties(sheet)}{_dimension(sheet)}{_view(sheet)}{_columns(sheet)}"


def settings_after_rows(sheet: Sheet) -> str:
    """Protection, conditional formats, validations, links, paper and the link to the charts."""
    drawing = '<drawing r:id="rId1"/>' if sheet.charts else ""
    return (
        f"{PROTECTION}{_conditional_formats(sheet.rules)}{_validations(sheet)}{_links(sheet)}"
        f"{PRINT_OPTIONS}{MARGINS}{_page(sheet)}{drawing}"
    )


def _properties(sheet: Sheet) -> str:
    return (
        f'<sheetPr><tabColor rgb="00{SHEET_KINDS[sheet.kind].tab_colour}"/>'
        '<outlinePr summaryBelow="1" summaryRight="1"/><pageSetUpPr fitToPage="1"/></sheetPr>'
    )


def _dimension(sheet: Sheet) -> str:
    """The area from the first to the last written cell."""
    if not sheet.rows:
        return '<dimension ref="A1"/>'
    first, last = [], []
    for cells in sheet.rows.values():
        columns = [cell[0] for cell in cells]
        first.append(min(columns))
        last.append(max(columns))
    area = Area(min(sheet.rows), min(first), max(sheet.rows), max(last))
    return f'<dimension ref="{area.name()}"/>'


def _view(sheet: Sheet) -> str:
    # With two selected sheets, what one types into the first is typed into both.
    selected = sheet is sheet.book.sheets[0]
    return (
        f'<sheetViews><sheetView showGridLines="{SHEET_KINDS[sheet.kind].gridlines:d}" '
        f'tabSelected="{selected:d}" zoomScale="{sheet.zoom:d}" zoomScaleNormal="{sheet.zoom:d}" '
        f'workbookViewId="0">{_panes(sheet.frozen_cell)}</sheetView></sheetViews>'
    )


def _panes(frozen_cell: str | None) -> str:
    if frozen_cell is None or frozen_cell == "A1":
        return '<selection activeCell="A1" sqref="A1"/>'
    row, column = coordinate_to_tuple(frozen_cell)
    split = (f' xSplit="{column - 1}"' if column > 1 else "") + (
        f' ySplit="{row - 1}"' if row > 1 else ""
    )
    others = ""
    active = "bottomLeft" if column == 1 else "topRight"
    if row > 1 and column > 1:
        active = "bottomRight"
        others = '<selection pane="topRight"/><selection pane="bottomLeft"/>'
    return (
        f'<pane{split} topLeftCell="{frozen_cell}" activePane="{active}" state="frozen"/>'
        f'{others}<selection pane="{active}" activeCell="A1" sqref="A1"/>'
    )


def _columns(sheet: Sheet) -> str:
    depth = ' outlineLevelCol="1"' if sheet.column_groups else ""
    usual = f'<sheetFormatPr baseColWidth="8" defaultRowHeight="{USUAL_HEIGHT}"{depth}/>'
    widest, folded = sheet.widest_amounts, sheet.column_groups
    columns = []
    for column in sorted({*sheet.column_widths, *folded, *widest}):
        width = sheet.shown_width(column)
        hidden = ' hidden="1"' if folded.get(column) else ""
        outline = ' outlineLevel="1"' if column in folded else ""
        columns.append(
            f'<col{hidden}{outline} width="{width:.16g}" customWidth="1" '
            f'min="{column}" max="{column}"/>'
        )
    return f"{usual}<cols>{''.join(columns)}</cols>" if columns else usual


def _conditional_formats(rules: list[Rule]) -> str:
    """The rules by the area that they hold for; the earlier one wins."""
    by_area: dict[Area, list[str]] = {}
    for priority, (area, formula, emphasis) in enumerate(rules, 1):
        by_area.setdefault(area, []).append(
            f'<cfRule type="expression" priority="{priority}" '
            f'dxfId="{EMPHASIS_NUMBERS[emphasis]}"><formula>{escaped(formula)}</formula></cfRule>'
        )
    return "".join(
        f'<conditionalFormatting sqref="{area.name()}">{"".join(each)}</conditionalFormatting>'
        for area, each in by_area.items()
    )


def _validations(sheet: Sheet) -> str:
    if not sheet.validations:
        return ""
    each = "".join(_validation(*entry) for entry in sheet.validations.items())
    return f'<dataValidations count="{len(sheet.validations)}">{each}</dataValidations>'


def _validation(validation: Validation, areas: list[Area]) -> str:
    in_columns = sorted(set(areas), key=lambda area: (area.first_column, area.first_row))
    second = validation.second
    return (
        f'<dataValidation sqref="{" ".join(area.name() for area in in_columns)}" '
        f'showDropDown="0" showInputMessage="{validation.prompt is not None:d}" '
        f'showErrorMessage="1" allowBlank="1"{attribute("errorTitle", validation.error_title)}'
        f"{attribute('error', validation.error)}"
        f"{attribute('promptTitle', validation.prompt_title)}"
        f"{attribute('prompt', validation.prompt)}"
        f' type="{validation.kind}" errorStyle="stop" operator="{validation.operator}">'
        f"<formula1>{escaped(validation.first)}</formula1>"
        f"{f'<formula2>{escaped(second)}</formula2>' if second is not None else ''}"
        "</dataValidation>"
    )


def _links(sheet: Sheet) -> str:
    if not sheet.links:
        return ""
    each = "".join(
        f'<hyperlink ref="{link.cell}"{attribute("location", link.location)}'
        f"{attribute('tooltip', link.tooltip)}/>"
        for link in sheet.links
    )
    return f"<hyperlinks>{each}</hyperlinks>"


def _page(sheet: Sheet) -> str:
    page, width = sheet.page, sheet.shown_width

    def height(row: int) -> float:
        return sheet.row_heights.get(row, USUAL_HEIGHT)

    orientation, pages_tall = page.laid_out(width, height)
    breaks: tuple[int, ...] = ()
    if page.blocks:
        orientation, breaks = page.in_blocks(width, height)
        pages_tall = 0 if breaks else pages_tall  # as many as it takes: breaks count only then
    return (
        f'<pageSetup orientation="{orientation}" paperSize="{PAPER_SIZES[page.paper]}" '
        f'fitToHeight="{pages_tall}" fitToWidth="1"/>'
        f"<headerFooter><oddFooter>{escaped(sheet.book.footer)}</oddFooter></headerFooter>"
        f"{_row_breaks(breaks)}"
    )


def _row_breaks(rows: tuple[int, ...]) -> str:
    """A new page begins with each of the rows; the file format counts those above."""
    if not rows:
        return ""
    each = "".join(f'<brk id="{row - 1}" max="16383" man="1"/>' for row in rows)
    return f'<rowBreaks count="{len(rows)}" manualBreakCount="{len(rows)}">{each}</rowBreaks>'


def print_names(sheet: Sheet) -> list[tuple[str, str]]:
    """The names by which the file format knows what is printed, each with its reference."""
    names = []
    if sheet.page.title_rows:
        first, last = sheet.page.title_rows
        names.append(("_xlnm.Print_Titles", f"${first}:${last}"))
    if sheet.page.area:
        names.append(("_xlnm.Print_Area", sheet.page.area.name(absolute=True)))
    return names
