"""vbaProject.bin, record by record against [MS-OVBA], and read back by oletools."""

import re
import struct

import pytest
from oletools.olevba import decompress_stream

from addin.build import vba_sources
from addin.build.vba_module import (
    WORKBOOK_BASE,
    ModuleKind,
    class_module,
    document_module,
    standard_module,
)
from addin.build.vba_project import vba_project
from tests.addin.xlam.compound_files import CompoundFile

MODULES = (
    document_module("ThisWorkbook", WORKBOOK_BASE),
    standard_module("LexpMain", "Option Explicit\n' café – €\n"),
    class_module(
        'VERSION 1.0 CLASS\nBEGIN\n  MultiUse = -1  \'True\nEND\nAttribute VB_Name = "Box"\n'
        "Attribute VB_GlobalNameSpace = False\nAttribute VB_Creatable = False\n"
        "Attribute VB_PredeclaredId = False\nAttribute VB_Exposed = True\nOption Explicit\n"
    ),
)
# 2.3.4.2: the records of the stream dir, in order; those of references and modules repeat.
INFORMATION = [0x01, 0x02, 0x14, 0x03, 0x04, 0x05, 0x40, 0x06, 0x3D, 0x07, 0x08, 0x09, 0x0C, 0x3C]
REFERENCE = [0x16, 0x3E, 0x0D]
MODULES_HEAD = [0x0F, 0x13]
MODULE = [0x19, 0x47, 0x1A, 0x32, 0x1C, 0x48, 0x31, 0x1E, 0x2C, "kind", 0x2B]


@pytest.fixture(scope="module")
def streams():
    return CompoundFile(vba_project("lexp", MODULES)).streams


@pytest.fixture(scope="module")
def records(streams):
    """The records of the stream dir as (identifier, data)."""
    data = bytes(decompress_stream(bytearray(streams["VBA/dir"])))
    found, at = [], 0
    while at < len(data):
        identifier, length = struct.unpack_from("<HI", data, at)
        length += 2 if identifier == 0x09 else 0  # PROJECTVERSION counts its first half alone
        found.append((identifier, data[at + 6 : at + 6 + length]))
        at += 6 + length
    assert at == len(data)
    return found


def all_of(records, identifier):
    return [data for found, data in records if found == identifier]


def unhidden(text):
    """The key and the data of 2.4.3.3, the document's own decryption."""
    seed, version, key, *rest = bytes.fromhex(text)
    assert seed ^ version == 2
    last_plain, last, before = seed ^ key, key, version
    plain = []
    for byte in rest:
        plain.append(byte ^ (before + last_plain & 0xFF))
        last_plain, last, before = plain[-1], byte, last
    ignored = (seed & 6) // 2
    (length,) = struct.unpack("<I", bytes(plain[ignored : ignored + 4]))
    assert len(plain) == ignored + 4 + length
    return seed ^ key, bytes(plain[ignored + 4 :])


def protections(project):
    identity = re.search(r'^ID="(.*)"\r$', project, re.M).group(1)
    key = sum(identity.encode()) & 0xFF
    found = {name: unhidden(text) for name, text in re.findall(r'(CMG|DPB|GC)="(.*)"', project)}
    assert {each for each, _ in found.values()} == {key}
    return {name: data for name, (_, data) in found.items()}


def test_the_tests_own_decryption_reads_microsofts_example():
    """[MS-OVBA] 3.1.6."""
    example = (
        'ID="{917DED54-440B-4FD1-A5C1-74ACF261E600}"\r\nCMG="0705D8E3D8EDDBF1DBF1DBF1DBF1"\r\n'
        'DPB="0E0CD1ECDFF4E7F5E7F5E7"\r\nGC="1517CAF1D6F9D7F9D706"\r\n'
    )
    assert protections(example) == {"CMG": bytes(4), "DPB": bytes(1), "GC": b"\xff"}


def test_the_project_is_visible_and_has_no_password(streams):
    assert protections(streams["PROJECT"].decode()) == {
        "CMG": bytes(4),  # 2.3.1.15: no protection
        "DPB": bytes(1),  # 2.3.1.16: no password
        "GC": b"\xff",  # 2.3.1.17: visible
    }


def test_the_project_names_each_module_by_its_kind(streams):
    lines = streams["PROJECT"].decode("cp1252").split("\r\n")
    assert lines[1:5] == [
        "Document=ThisWorkbook/&H00000000",
        "Module=LexpMain",
        "Class=Box",
        'Name="lexp"',
    ]
    assert lines[lines.index("[Workspace]") + 1 :] == [
        *(f"{each.name}=0, 0, 0, 0, C" for each in MODULES),
        "",
    ]


def test_the_names_stand_in_both_codes(streams):
    expected = b"".join(
        f"{each.name}\0".encode("cp1252") + f"{each.name}\0".encode("utf-16-le") for each in MODULES
    )
    assert streams["PROJECTwm"] == expected + b"\0\0"


def test_no_compiled_code_is_kept(streams):
    assert streams["VBA/_VBA_PROJECT"] == bytes.fromhex("cc61ffff000000")


def test_the_directory_has_every_record_in_its_order(records):
    kinds = [0x22, 0x21, 0x22]  # document, standard, class
    modules = [n if n != "kind" else kind for kind in kinds for n in MODULE]
    expected = [*INFORMATION, *REFERENCE * 2, *MODULES_HEAD, *modules, 0x10]
    assert [identifier for identifier, _ in records] == expected


def test_the_directory_says_language_code_page_and_name(records):
    assert [data.hex() for n, data in records[:4]] == ["01000000", "09040000", "09040000", "e404"]
    assert dict(records)[0x04] == b"lexp"


def test_the_references_are_those_that_excel_gives_every_project(records):
    libraries = all_of(records, 0x0D)
    assert [data.decode() for data in all_of(records, 0x16)] == ["stdole", "Office"]
    for each, identity in zip(libraries, ("{00020430", "{2DF8D04C"), strict=True):
        (length,) = struct.unpack_from("<I", each)
        assert each[4:].startswith(b"*\\G" + identity.encode()) and each[4 + length :] == bytes(6)


def test_each_module_is_found_under_its_name_at_the_start_of_its_stream(records, streams):
    assert all_of(records, 0x0F) == [struct.pack("<H", len(MODULES))]
    assert all_of(records, 0x31) == [bytes(4)] * len(MODULES)
    for module, name in zip(MODULES, all_of(records, 0x1A), strict=True):
        source = bytes(decompress_stream(bytearray(streams[f"VBA/{name.decode()}"])))
        assert source.decode("cp1252") == module.source


def test_a_documents_attributes_name_what_it_stands_behind():
    document = MODULES[0]
    assert document.source.splitlines()[:2] == [
        'Attribute VB_Name = "ThisWorkbook"',
        'Attribute VB_Base = "0{00020819-0000-0000-C000-000000000046}"',
    ]
    assert "Attribute VB_PredeclaredId = True" in document.source


def test_the_exported_file_of_a_class_has_the_editors_head():
    box = MODULES[2]
    assert box.exported.splitlines()[:5] == [
        "VERSION 1.0 CLASS",
        "BEGIN",
        "  MultiUse = -1  'True",
        "END",
        'Attribute VB_Name = "Box"',
    ]
    assert class_module(box.exported) == box
    assert box.code == "Option Explicit\r\n"
    assert box.file_name == "Box.cls"


def test_every_module_of_the_add_in_has_another_name():
    names = [each.lower() for each in vba_sources()]
    assert len(set(names)) == len(names)
    assert max(map(len, names)) <= 31  # Excel's limit for the name of a module
    kinds = [each.kind for each in vba_sources().values()]
    assert kinds.count(ModuleKind.DOCUMENT) == 2
