"""vbaProject.bin: a project of VBA from the sources of its modules ([MS-OVBA]).

It holds sources alone and no compiled code, which Excel makes at the first start, as it does
with every file whose code another version of Excel has compiled.
"""

import struct
from collections.abc import Sequence
from dataclasses import dataclass

from addin.build.compound_file import compound_file
from addin.build.vba_compression import compressed
from addin.build.vba_module import CODE_PAGE, NEW_LINE, Module, ModuleKind

WITHOUT_COMPILED_CODE = bytes.fromhex("cc61ffff000000")  # 2.3.4.1
COOKIE = 0xFFFF  # of the project and of each module: on write always this
ENGLISH_US = 0x0409
WINDOWS_32 = 1  # the system that the project says it comes from; Excel of any kind opens it
PROJECT_ID = "{5D1C0B0E-3C57-4E7C-9C1B-6A4F3A6C1E50}"
HOST = "&H00000001={3832D640-CF90-11CF-8E43-00A0C911005A};VBE;&H00000000"


@dataclass(frozen=True)
class Reference:
    """A type library that the project uses, as Windows registers it."""

    name: str
    library: str  # 2.1.1.8


# Those that Excel gives every project; VBA's and Excel's own need no record.
REFERENCES = (
    Reference(
        "stdole",
        r"*\G{00020430-0000-0000-C000-000000000046}#2.0#0#C:\Windows\System32\stdole2.tlb"
        "#OLE Automation",
    ),
    Reference(
        "Office",
        r"*\G{2DF8D04C-5BFA-101B-BDE5-00AA0044DE52}#2.0#0"
        r"#C:\Program Files\Common Files\Microsoft Shared\OFFICE16\MSO.DLL"
        "#Microsoft Office 16.0 Object Library",
    ),
)


def vba_project(name: str, modules: Sequence[Module]) -> bytes:
    """The file of a project of this name."""
    streams = {each.name: compressed(each.source.encode(CODE_PAGE)) for each in modules}
    return compound_file(
        {
            "PROJECT": _properties(name, modules),
            "PROJECTwm": _names(modules),
            "VBA": {
                "_VBA_PROJECT": WITHOUT_COMPILED_CODE,
                "dir": compressed(_directory(name, modules)),
                **streams,
            },
        }
    )


# ------------------------------------------------------------- the stream PROJECT (2.3.1)


def _properties(name: str, modules: Sequence[Module]) -> bytes:
    lines = [
        f'ID="{PROJECT_ID}"',
        *map(_module_property, modules),
        f'Name="{name}"',
        'HelpContextID="0"',
        'VersionCompatible32="393222000"',
        f'CMG="{_hidden(bytes(4), seed=0x08)}"',  # nothing is protected
        f'DPB="{_hidden(bytes(1), seed=0x10)}"',  # no password
        f'GC="{_hidden(bytes([0xFF]), seed=0x18)}"',  # visible
        "",
        "[Host Extender Info]",
        HOST,
        "",
        "[Workspace]",
        *(f"{each.name}=0, 0, 0, 0, C" for each in modules),
    ]
    return "".join(line + NEW_LINE for line in lines).encode(CODE_PAGE)


def _module_property(module: Module) -> str:
    match module.kind:
        case ModuleKind.DOCUMENT:
            return f"Document={module.name}/&H00000000"
        case ModuleKind.CLASS:
            return f"Class={module.name}"
        case ModuleKind.STANDARD:
            return f"Module={module.name}"


def _hidden(data: bytes, seed: int) -> str:
    """The data as 2.4.3.2 hides it, as hexadecimal digits; the key is the project's id."""
    key = sum(PROJECT_ID.encode()) & 0xFF
    hidden = [seed, seed ^ 2, seed ^ key]
    ignored = bytes((seed & 6) // 2)
    last = key
    for byte in ignored + struct.pack("<I", len(data)) + data:
        hidden.append(byte ^ (hidden[-2] + last & 0xFF))
        last = byte
    return bytes(hidden).hex().upper()


def _names(modules: Sequence[Module]) -> bytes:
    """The stream PROJECTwm (2.3.3): each name in the code page and in UTF-16."""
    pairs = (
        each.name.encode(CODE_PAGE) + b"\0" + each.name.encode("utf-16-le") + b"\0\0"
        for each in modules
    )
    return b"".join(pairs) + b"\0\0"


# ------------------------------------------------------------- the stream dir (2.3.4.2)


def _directory(name: str, modules: Sequence[Module]) -> bytes:
    return b"".join(
        (
            _information(name),
            *map(_reference, REFERENCES),
            _record(0x0F, struct.pack("<H", len(modules))),
            _record(0x13, struct.pack("<H", COOKIE)),
            *map(_module, modules),
            _record(0x10),
        )
    )


def _record(identifier: int, data: bytes = b"") -> bytes:
    return struct.pack("<HI", identifier, len(data)) + data


def _number(identifier: int, value: int) -> bytes:
    return _record(identifier, struct.pack("<I", value))


def _text(identifier: int, identifier_of_utf_16: int, text: str) -> bytes:
    """A text in the code page, then the same in UTF-16."""
    return _record(identifier, text.encode(CODE_PAGE)) + _record(
        identifier_of_utf_16, text.encode("utf-16-le")
    )


def _information(name: str) -> bytes:
    """PROJECTINFORMATION: system, languages, code page, name, texts, help, version, constants."""
    return b"".join(
        (
            _number(0x01, WINDOWS_32),
            _number(0x02, ENGLISH_US),
            _number(0x14, ENGLISH_US),
            _record(0x03, struct.pack("<H", int(CODE_PAGE.removeprefix("cp")))),
            _record(0x04, name.encode(CODE_PAGE)),
            _text(0x05, 0x40, ""),
            _record(0x06) + _record(0x3D),  # no help file
            _number(0x07, 0),
            _number(0x08, 0),
            struct.pack("<HIIH", 0x09, 4, 1, 0),  # the version, whose length counts its half
            _text(0x0C, 0x3C, ""),
        )
    )


def _reference(reference: Reference) -> bytes:
    library = reference.library.encode(CODE_PAGE)
    registered = struct.pack("<I", len(library)) + library + bytes(6)
    return _text(0x16, 0x3E, reference.name) + _record(0x0D, registered)


def _module(module: Module) -> bytes:
    is_standard = module.kind is ModuleKind.STANDARD
    return b"".join(
        (
            _text(0x19, 0x47, module.name),
            _text(0x1A, 0x32, module.name),  # the name of its stream
            _text(0x1C, 0x48, ""),
            _number(0x31, 0),  # the source is at the start of its stream
            _number(0x1E, 0),
            _record(0x2C, struct.pack("<H", COOKIE)),
            _record(0x21 if is_standard else 0x22),
            _record(0x2B),
        )
    )
