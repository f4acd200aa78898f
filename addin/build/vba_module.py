"""A module of VBA: its source, and the forms in which a project keeps and Excel imports it."""

import re
from dataclasses import dataclass
from enum import Enum

CODE_PAGE = "cp1252"
NEW_LINE = "\r\n"


class ModuleKind(Enum):
    """What a module is: functions and subs, a class, or the code behind a workbook or sheet."""

    STANDARD = ".bas"
    CLASS = ".cls"
    DOCUMENT = "document"


CLASS_BASE = "0{FCFB3D2A-A0FA-1068-A738-08002B3371B5}"
WORKBOOK_BASE = "0{00020819-0000-0000-C000-000000000046}"
WORKSHEET_BASE = "0{00020820-0000-0000-C000-000000000046}"

# The lines above the attributes in a file of a class that the editor exports.
EXPORTED_CLASS_HEAD = ("VERSION 1.0 CLASS", "BEGIN", "  MultiUse = -1  'True", "END")
# Attributes of a class that the editor leaves out of such a file.
NEVER_EXPORTED = tuple(
    f"Attribute {name} = " for name in ("VB_Base", "VB_TemplateDerived", "VB_Customizable")
)
ATTRIBUTE_LINE = re.compile(r"Attribute (VB_\w+) = (.*)")


@dataclass(frozen=True)
class Module:
    """A module: `source` begins with its attributes, as the project keeps it.

    Lines end in CR LF; every character is one of code page 1252.
    """

    name: str
    kind: ModuleKind
    source: str

    @property
    def code(self) -> str:
        """The source below its attributes: what the editor shows."""
        lines = self.source.split(NEW_LINE)
        first = next((n for n, line in enumerate(lines) if not ATTRIBUTE_LINE.match(line)), None)
        return NEW_LINE.join(lines[first:])

    @property
    def exported(self) -> str:
        """The text of the file that Excel imports."""
        if self.kind is ModuleKind.STANDARD:
            return self.source
        lines = self.source.split(NEW_LINE)
        kept = (line for line in lines if not line.startswith(NEVER_EXPORTED))
        return NEW_LINE.join((*EXPORTED_CLASS_HEAD, *kept))

    @property
    def file_name(self) -> str:
        """The name of that file."""
        return f"{self.name}.{'bas' if self.kind is ModuleKind.STANDARD else 'cls'}"


def standard_module(name: str, code: str) -> Module:
    """A module of functions and subs."""
    return _module(name, ModuleKind.STANDARD, [f'Attribute VB_Name = "{name}"'], code)


def document_module(name: str, base: str, code: str = "") -> Module:
    """The code behind the workbook or a sheet; `base` says which of the two."""
    attributes = {
        "VB_Name": f'"{name}"',
        "VB_Base": f'"{base}"',
        "VB_GlobalNameSpace": "False",
        "VB_Creatable": "False",
        "VB_PredeclaredId": "True",
        "VB_Exposed": "True",
        "VB_TemplateDerived": "False",
        "VB_Customizable": "True",
    }
    return _module(name, ModuleKind.DOCUMENT, _attribute_lines(attributes), code)


def class_module(exported: str) -> Module:
    """A class from the text of its exported file."""
    lines = exported.splitlines()
    below = lines[lines.index("END") + 1 :]
    first_code = next(n for n, line in enumerate(below) if not ATTRIBUTE_LINE.match(line))
    given = dict(ATTRIBUTE_LINE.match(line).groups() for line in below[:first_code])
    name = given["VB_Name"].strip('"')
    attributes = {
        "VB_Name": given["VB_Name"],
        "VB_Base": f'"{CLASS_BASE}"',
        "VB_GlobalNameSpace": "False",
        "VB_Creatable": "False",
        "VB_PredeclaredId": given["VB_PredeclaredId"],
        "VB_Exposed": given["VB_Exposed"],
        "VB_TemplateDerived": "False",
        "VB_Customizable": "False",
    } | {key: value for key, value in given.items() if key == "VB_Description"}
    return _module(
        name, ModuleKind.CLASS, _attribute_lines(attributes), "\n".join(below[first_code:])
    )


def _attribute_lines(attributes: dict[str, str]) -> list[str]:
    return [f"Attribute {key} = {value}" for key, value in attributes.items()]


def _module(name: str, kind: ModuleKind, attributes: list[str], code: str) -> Module:
    lines = [*attributes, *code.splitlines()]
    return Module(name, kind, NEW_LINE.join(lines) + NEW_LINE)


def quoted(text: str) -> str:
    """The text as a literal of VBA; what is no character of code page 1252 as a question mark."""
    kept = text.encode(CODE_PAGE, "replace").decode(CODE_PAGE)
    return '"' + kept.replace('"', '""') + '"'
