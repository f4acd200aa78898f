"""Files that are no sound workbook, or do more than one should: made from a sound one."""

import zipfile
from io import BytesIO

import xlsxwriter

COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def small_workbook(path, formula="=1+1", value=2):
    """A sound workbook of one formula, as somebody else writes it."""
    with xlsxwriter.Workbook(path) as workbook:
        sheet = workbook.add_worksheet("Loan")
        sheet.write_formula("B2", formula, None, value)
    return path


def rewritten(content, part, change):
    """A workbook's bytes with one part replaced by what `change` makes of its bytes; b"" if new."""
    with zipfile.ZipFile(BytesIO(content)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts[part] = change(parts.get(part, b""))
    target = BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, each in parts.items():
            archive.writestr(name, each)
    return target.getvalue()


def _document_type(content):
    declared = b'<!DOCTYPE a [<!ENTITY b "c">]>'
    return rewritten(content, "docProps/app.xml", lambda xml: declared + xml)


def _used_range(content):
    sheet = "xl/worksheets/sheet1.xml"
    return rewritten(content, sheet, lambda xml: xml.replace(b'"B2"', b'"A1:XFD1048576"', 1))


def _far_cell(content):
    sheet = "xl/worksheets/sheet1.xml"
    far = b'<row r="1048576"><c r="XFD1048576" t="n"><v>1</v></c></row></sheetData>'
    return rewritten(content, sheet, lambda xml: xml.replace(b"</sheetData>", far))


def _formula(text):
    sheet = "xl/worksheets/sheet1.xml"
    return lambda content: rewritten(content, sheet, lambda xml: xml.replace(b"1+1", text))


def _linked_picture(content):
    relationship = (
        b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        b'<Relationship Id="rId1" Target="http://example.org/a.png" TargetMode="External" Type='
        b'"http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"/>'
        b"</Relationships>"
    )
    return rewritten(content, "xl/drawings/_rels/drawing1.xml.rels", lambda _: relationship)


def _lying_sizes(content):
    """Of the largest part the directory says that it unpacks to 10 bytes."""
    with zipfile.ZipFile(BytesIO(content)) as archive:
        largest = max(archive.infolist(), key=lambda entry: entry.file_size)
    size = largest.file_size.to_bytes(4, "little")
    assert content.count(size) >= 1
    return content.replace(size, (10).to_bytes(4, "little"))


def _bomb(content):
    return rewritten(content, "xl/media/image1.png", lambda _: bytes(20_000_000))


def _beyond_200_mb(content):
    target = BytesIO(content)
    with zipfile.ZipFile(target, "a", zipfile.ZIP_DEFLATED) as archive:
        with archive.open("xl/filler.bin", "w") as part:
            for _ in range(201):
                part.write(bytes(1_000_000))
    return target.getvalue()


# What is made of a sound workbook's bytes, and the words that must answer it.
BAD = {
    "a document type": (_document_type, "XML with a document type (DTD)"),
    "a bomb": (_bomb, "times its size; at most 100 times"),
    "over 200 MB": (_beyond_200_mb, "bytes unpacked; at most 200,000,000"),
    "sizes that lie": (_lying_sizes, "not a sound zip archive"),
    "a used range without end": (_used_range, "found a used range to XFD1048576"),
    "a far cell": (_far_cell, "found a used range to XFD1048576"),
    "encrypted": (
        lambda _: COMPOUND + bytes(3000) + "EncryptedPackage".encode("utf-16-le"),
        "the file is encrypted; one without a password",
    ),
    "an old .xls": (
        lambda _: COMPOUND + bytes(3000) + "Workbook".encode("utf-16-le"),
        "the file is of Excel 97-2003 (.xls), renamed; one saved as .xlsx",
    ),
    "macros": (
        lambda content: rewritten(content, "xl/vbaProject.bin", lambda _: b"any"),
        "found macros (VBA)",
    ),
    "macros of Excel 4.0": (
        lambda content: rewritten(content, "xl/macrosheets/sheet1.xml", lambda _: b"<a/>"),
        "found macros (Excel 4.0)",
    ),
    "an external link": (
        lambda content: rewritten(content, "xl/externalLinks/externalLink1.xml", lambda _: b"<a/>"),
        "found links to other workbooks",
    ),
    "a picture from elsewhere": (_linked_picture, "found a link to http://example.org/a.png"),
    "a formula that asks the web": (
        _formula(b"_xlfn.WEBSERVICE(&quot;http://example.org&quot;)"),
        "found WEBSERVICE in a formula",
    ),
    "Strict Open XML": (
        lambda content: rewritten(
            content,
            "xl/workbook.xml",
            lambda xml: xml.replace(
                b"http://schemas.openxmlformats.org/spreadsheetml/2006/main",
                b"http://purl.oclc.org/ooxml/spreadsheetml/main",
            ),
        ),
        "one saved as Excel Workbook (.xlsx)",
    ),
    "an empty file": (lambda _: b"", "the file is empty"),
    "a cut-off file": (lambda content: content[:-30], "not a sound zip archive"),
    "a CSV renamed": (lambda _: b"date,amount\n2004-01-02,5\n", "not a sound zip archive"),
    "another zip": (
        lambda _: rewritten(zipped(b"no workbook"), "a.txt", lambda _: b"no"),
        "not laid out as a workbook",
    ),
}


def zipped(content):
    """A zip archive with a text file."""
    target = BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("readme.txt", content)
    return target.getvalue()
