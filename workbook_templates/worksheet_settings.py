"""What openpyxl is told about a sheet: all but its cells."""

from openpyxl import Workbook
from openpyxl.formatting.rule import Rule as LibraryRule
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.hyperlink import Hyperlink, HyperlinkList
from openpyxl.worksheet.worksheet import Worksheet

from workbook_templates.addresses import Area, column_letters
from workbook_templates.cells import Sheet
from workbook_templates.chart_drawing import drawn_chart
from workbook_templates.page import FOOT_MARGIN, FOOTER_MARGIN, PAPER_SIZES, SIDE_MARGIN
from workbook_templates.styles import SHEET_KINDS
from workbook_templates.stylesheet import EMPHASIS_NUMBERS
from workbook_templates.validations import Validation

USUAL_HEIGHT = 15.0  # of a row, in points


def add_worksheet(workbook: Workbook, sheet: Sheet) -> Worksheet:
    """A worksheet with all of the sheet's settings and none of its cells."""
    worksheet = workbook.create_sheet(sheet.title)
    _view(worksheet, sheet)
    _columns(worksheet, sheet)
    _page(worksheet, sheet)
    _protection(worksheet)
    for area, formula, emphasis in sheet.rules:
        rule = LibraryRule("expression", dxfId=EMPHASIS_NUMBERS[emphasis], formula=[formula])
        worksheet.conditional_formatting.add(area.name(), rule)
    for validation, areas in sheet.validations.items():
        worksheet.add_data_validation(_validation(validation, areas))
    for chart, area in sheet.charts:
        worksheet.add_chart(drawn_chart(chart, area))
    return worksheet


def hyperlinks(sheet: Sheet) -> HyperlinkList:
    """The links of a sheet to places in its own workbook."""
    return HyperlinkList(
        [Hyperlink(link.cell, location=link.location, tooltip=link.tooltip) for link in sheet.links]
    )


def _view(worksheet: Worksheet, sheet: Sheet) -> None:
    kind = SHEET_KINDS[sheet.kind]
    worksheet.sheet_properties.tabColor = kind.tab_colour
    view = worksheet.sheet_view
    view.showGridLines = kind.gridlines
    view.zoomScale = view.zoomScaleNormal = sheet.zoom
    # With two selected sheets, what one types into the first is typed into both.
    view.tabSelected = sheet is sheet.book.sheets[0]
    worksheet.freeze_panes = sheet.frozen_cell


def _columns(worksheet: Worksheet, sheet: Sheet) -> None:
    worksheet.sheet_format.defaultRowHeight = USUAL_HEIGHT
    widest = sheet.widest_amounts
    for column in sorted({*sheet.column_widths, *sheet.column_groups, *widest}):
        dimension = worksheet.column_dimensions[column_letters(column)]
        dimension.width = sheet.shown_width(column)
        if column in sheet.column_groups:
            dimension.outlineLevel = 1
            dimension.hidden = sheet.column_groups[column]
    if sheet.column_groups:
        # openpyxl asks for the depth of the outline before it has counted it.
        worksheet.column_dimensions.max_outline = 1


def _page(worksheet: Worksheet, sheet: Sheet) -> None:
    page = sheet.page
    setup = worksheet.page_setup
    setup.orientation, setup.fitToHeight = page.laid_out(
        sheet.shown_width, lambda row: sheet.row_heights.get(row, USUAL_HEIGHT)
    )
    setup.paperSize = PAPER_SIZES[page.paper]
    setup.fitToWidth = 1
    worksheet.sheet_properties.pageSetUpPr.fitToPage = True
    worksheet.print_options.horizontalCentered = True
    margins = worksheet.page_margins
    margins.left = margins.right = margins.top = SIDE_MARGIN
    margins.bottom, margins.header, margins.footer = FOOT_MARGIN, FOOTER_MARGIN, FOOTER_MARGIN
    if page.title_rows:
        worksheet.print_title_rows = f"{page.title_rows[0]}:{page.title_rows[1]}"
    if page.area:
        worksheet.print_area = page.area.name()


def _protection(worksheet: Worksheet) -> None:
    """A guard against slips, without a password; widths may be changed and columns unfolded."""
    protection = worksheet.protection
    protection.sheet = True
    protection.formatColumns = protection.formatRows = False  # False: not forbidden


def _validation(validation: Validation, areas: list[Area]) -> DataValidation:
    return DataValidation(
        type=validation.kind,
        operator=validation.operator,
        formula1=validation.first,
        formula2=validation.second,
        allow_blank=True,
        showErrorMessage=True,
        errorStyle="stop",
        errorTitle=validation.error_title,
        error=validation.error,
        showInputMessage=validation.prompt is not None,
        promptTitle=validation.prompt_title,
        prompt=validation.prompt,
        sqref=" ".join(area.name() for area in areas),
    )
