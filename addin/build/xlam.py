"""lexp.xlam, the add-in for Excel, made without Excel on any system.

Nothing in it depends on the machine, and the same content is the same bytes. Its functions are in
VBA, which hands each call to Python through xlwings; where Python is, the user's own settings
say, and nothing in the file does.
"""

import re
from importlib.resources import files
from pathlib import Path
from xml.sax.saxutils import escape

from addin.build.vba_module import (
    CODE_PAGE,
    WORKBOOK_BASE,
    WORKSHEET_BASE,
    Module,
    document_module,
    standard_module,
)
from addin.build.vba_project import vba_project
from addin.build.xlwings_parts import (
    EMPTY_ADD_IN,
    PROJECT,
    dictionary_class,
    empty_add_in,
    xlwings_module,
)
from addin.versions import XLWINGS_NEEDED, check_xlwings
from addin.zip_package import write_package
from lexp_calc import __version__
from lexp_calc.errors import OutOfRange

WORKBOOK_MODULE = "ThisWorkbook"
SETTINGS_MODULE = "LexpSettings"
SETTINGS_SHEET = f"{PROJECT}.conf"
SETTINGS = {
    "UDF MODULES": "addin.udfs",
    "ADD_WORKBOOK_TO_PYTHONPATH": "False",
    "LEXP VERSION": __version__,
    "XLWINGS VERSION": XLWINGS_NEEDED,
}
OWN_MODULES = ("LexpRuntime", "LexpReasons", "LexpRibbon", "LexpWhy")

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
CORE_PROPERTIES = (
    DECLARATION + "<cp:coreProperties"
    ' xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"'
    ' xmlns:dc="http://purl.org/dc/elements/1.1/">'
    "<dc:title>lexp</dc:title>"
    "<dc:description>Corporate debt in cells: the functions LEXP_ and the tab LEXP."
    "</dc:description><dc:creator>the lexp authors</dc:creator></cp:coreProperties>"
)
# What is taken out of, or put into, the parts of the empty add-in: each is found exactly once.
CHANGED = {
    "[Content_Types].xml": ((r'<Override PartName="/xl/sharedStrings\.xml"[^>]*/>', ""),),
    "xl/_rels/workbook.xml.rels": ((r'<Relationship [^>]*Target="sharedStrings\.xml" ?/>', ""),),
    "xl/workbook.xml": (
        # the folder of whoever saved the empty add-in
        (r"<mc:AlternateContent .*?</mc:AlternateContent>", ""),
        # a resolution of pictures that is none of those in the standard
        (r"<extLst>.*?</extLst>", ""),
        (r'codeName="ThisWorkbook"', f'codeName="{WORKBOOK_MODULE}"'),
        (r'<sheet name="_myaddin\.conf"', f'<sheet name="{SETTINGS_SHEET}"'),
    ),
}
NOT_TAKEN = {"xl/sharedStrings.xml"}  # the texts of the settings stand in their cells


def build_xlam(path: Path) -> None:
    """Writes the add-in, whole or not at all; a file of this name is replaced.

    LexpError where xlwings is missing or of another version, or the folder can't be written to.
    """
    write_package(Path(path), _parts())


def vba_sources() -> dict[str, Module]:
    """Every module of the add-in by its name, the documents first."""
    check_xlwings()  # before anything here imports it
    from addin.build.wrappers import description_code, wrapper_modules

    modules = (
        document_module(WORKBOOK_MODULE, WORKBOOK_BASE, _own_code("ThisWorkbook.cls")),
        document_module(SETTINGS_MODULE, WORKSHEET_BASE),
        xlwings_module(),
        dictionary_class(),
        *(standard_module(name, _own_code(f"{name}.bas")) for name in OWN_MODULES),
        standard_module("LexpRegistration", _own_code("LexpRegistration.bas") + description_code()),
        *wrapper_modules(),
    )
    return {each.name: each for each in modules}


def write_vba_sources(folder: Path) -> list[Path]:
    """Writes each module as the file that Excel imports, and says which files they are."""
    paths = []
    for module in vba_sources().values():
        path = Path(folder) / module.file_name
        path.write_bytes(module.exported.encode(CODE_PAGE))
        paths.append(path)
    return paths


def _own_code(name: str) -> str:
    return (files("addin.build") / "vba" / name).read_text(encoding=CODE_PAGE)


def _parts() -> dict[str, bytes]:
    """The parts of the package; the list of their content types first, as Office has it."""
    parts = {name: data for name, data in empty_add_in().items() if name not in NOT_TAKEN}
    for name, changes in CHANGED.items():
        text = parts[name].decode()
        for pattern, replacement in changes:
            text, count = re.subn(pattern, replacement, text)
            if count != 1:
                raise OutOfRange(
                    f"{EMPTY_ADD_IN}: {name}",
                    f"found {pattern!r} {count} times",
                    "xlwings' file as published would be right: install it anew",
                )
        parts[name] = text.encode()
    modules = list(vba_sources().values())
    parts |= {
        "docProps/core.xml": CORE_PROPERTIES.encode(),
        "xl/worksheets/sheet1.xml": _settings_sheet().encode(),
        "xl/vbaProject.bin": vba_project(PROJECT, modules),
        "customUI/customUI.xml": (files("addin.build") / "ribbon" / "customUI.xml").read_bytes(),
    }
    first = "[Content_Types].xml"
    return {first: parts.pop(first)} | dict(sorted(parts.items()))


def _settings_sheet() -> str:
    rows = "".join(
        f'<row r="{number}">{_text_cell("A", number, key)}{_text_cell("B", number, value)}</row>'
        for number, (key, value) in enumerate(SETTINGS.items(), 1)
    )
    return (
        f'{DECLARATION}<worksheet xmlns="{MAIN}"><sheetPr codeName="{SETTINGS_MODULE}"/>'
        f'<dimension ref="A1:B{len(SETTINGS)}"/>'
        '<sheetViews><sheetView tabSelected="1" workbookViewId="0"/></sheetViews>'
        '<sheetFormatPr defaultRowHeight="15.75"/>'
        '<cols><col min="1" max="2" width="32" customWidth="1"/></cols>'
        f"<sheetData>{rows}</sheetData></worksheet>"
    )


def _text_cell(column: str, number: int, text: str) -> str:
    return f'<c r="{column}{number}" t="inlineStr"><is><t>{escape(text)}</t></is></c>'
