"""What a file says of the workbook as a whole: its title and author, its sheets and names."""

from collections.abc import Iterator

from workbook_templates.addresses import quoted_title
from workbook_templates.cells import Book
from workbook_templates.worksheet_settings import print_names
from workbook_templates.xml_text import (
    CORE_PROPERTIES_NAMESPACE,
    DECLARATION,
    DUBLIN_CORE_NAMESPACE,
    DUBLIN_CORE_TERMS_NAMESPACE,
    MAIN_NAMESPACE,
    RELATIONSHIP_NAMESPACE,
    SCHEMA_INSTANCE_NAMESPACE,
    attribute,
    escaped,
)

# The same in every file: the file says when the deal is as of, not when it was written.
FIXED_TIME = "2000-01-01T00:00:00Z"
VIEW = (
    '<workbookView visibility="visible" minimized="0" showHorizontalScroll="1" '
    'showVerticalScroll="1" showSheetTabs="1" tabRatio="600" firstSheet="0" activeTab="0" '
    'autoFilterDateGrouping="1"/>'
)
CALCULATION = '<calcPr calcId="124519" fullCalcOnLoad="1"/>'


def core_properties_text(book: Book) -> str:
    """The part with title, subject and author."""
    time = f'xsi:type="dcterms:W3CDTF">{FIXED_TIME}</dcterms:'
    creator = escaped(book.creator)
    return (
        f'{DECLARATION}<cp:coreProperties xmlns:cp="{CORE_PROPERTIES_NAMESPACE}" '
        f'xmlns:dc="{DUBLIN_CORE_NAMESPACE}" xmlns:dcterms="{DUBLIN_CORE_TERMS_NAMESPACE}" '
        f'xmlns:xsi="{SCHEMA_INSTANCE_NAMESPACE}"><dc:creator>{creator}</dc:creator>'
        f"<dc:title>{escaped(book.title)}</dc:title>"
        f"<dc:subject>{escaped(book.subject)}</dc:subject>"
        f"<dc:language>{escaped(book.language)}</dc:language>"
        f"<dcterms:created {time}created><dcterms:modified {time}modified>"
        f"<cp:lastModifiedBy>{creator}</cp:lastModifiedBy></cp:coreProperties>"
    )


def workbook_text(book: Book) -> str:
    """The part with the titles of the sheets and the defined names."""
    sheets = "".join(
        f'<sheet{attribute("name", sheet.title)} sheetId="{number}" state="visible" '
        f'r:id="rId{number}"/>'
        for number, sheet in enumerate(book.sheets, 1)
    )
    names = "".join(_defined_names(book))
    return (
        f'{DECLARATION}<workbook xmlns="{MAIN_NAMESPACE}" xmlns:r="{RELATIONSHIP_NAMESPACE}">'
        f"<workbookPr/><workbookProtection/><bookViews>{VIEW}</bookViews>"
        f"<sheets>{sheets}</sheets>"
        f"{f'<definedNames>{names}</definedNames>' if names else ''}"
        f"{CALCULATION}</workbook>"
    )


def _defined_names(book: Book) -> Iterator[str]:
    for name, reference in book.names.items():
        yield f'<definedName name="{name}">{escaped(reference)}</definedName>'
    for position, sheet in enumerate(book.sheets):
        for name, reference in print_names(sheet):
            reference = escaped(f"{quoted_title(sheet.title)}!{reference}")
            yield f'<definedName name="{name}" localSheetId="{position}">{reference}</definedName>'
