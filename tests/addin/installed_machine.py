"""A machine with Excel, as far as files go: its folders, an add-in file, lines that were said."""

import io
import zipfile
from xml.sax.saxutils import escape

from addin.places import MACOS, WINDOWS, Places

NAMESPACE = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
AWKWARD = "Zoë's R&D [1] Müller"


def windows(tmp_path, user=AWKWARD):
    """A Windows user's places, with letters that the code page 1252 has."""
    home = tmp_path / user
    start = home / "AppData" / "Roaming" / "Microsoft" / "Excel" / "XLSTART"
    home.mkdir(parents=True, exist_ok=True)
    return Places(WINDOWS, start, home / ".lexp", "cp1252")


def macos(tmp_path, user="Zoë Müller"):
    """A Mac user's places."""
    home = tmp_path / user / "Library"
    conf = home / "Containers" / "com.microsoft.Excel" / "Data"
    conf.mkdir(parents=True, exist_ok=True)
    start = home / "Group Containers" / "UBF8T346G9.Office" / "User Content.localized"
    scripts = home / "Application Scripts" / "com.microsoft.Excel"
    return Places(MACOS, start / "Startup.localized" / "Excel", conf, "utf-8", scripts)


def xlam(rows, sheet="lexp.conf", shared=False, ribbon=b"<customUI/>", extra=None):
    """The bytes of an add-in file with these rows of settings, as [ECMA-376] has its parts."""
    texts = [text for row in rows.items() for text in row]

    def cell(reference, text):
        if shared:
            return f'<c r="{reference}" t="s"><v>{texts.index(text)}</v></c>'
        return f'<c r="{reference}" t="inlineStr"><is><t>{escape(text)}</t></is></c>'

    body = "".join(
        f'<row r="{n}">{cell(f"A{n}", key)}{cell(f"B{n}", value)}</row>'
        for n, (key, value) in enumerate(rows.items(), 1)
    )
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types">'
        '<Default Extension="xml" ContentType="application/xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{LINKS}/officeDocument" Target="xl/workbook.xml"/>'
        + (
            '<Relationship Id="rId1b" Target="customUI/customUI14.xml" '
            'Type="http://schemas.microsoft.com/office/2007/relationships/ui/extensibility"/>'
            if ribbon
            else ""
        )
        + "</Relationships>",
        "xl/workbook.xml": f'<workbook xmlns="{NAMESPACE}" xmlns:r="{LINKS}"><sheets>'
        f'<sheet name="{sheet}" sheetId="1" r:id="rId7"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}/relationships">'
        f'<Relationship Id="rId7" Type="{LINKS}/worksheet" Target="worksheets/sheet1.xml"/>'
        "</Relationships>",
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{NAMESPACE}"><sheetData>{body}</sheetData>'
        "</worksheet>",
        "xl/vbaProject.bin": "the code",
    }
    if ribbon:
        parts["customUI/customUI14.xml"] = ribbon.decode()
    if shared:
        items = "".join(f"<si><t>{escape(text)}</t></si>" for text in texts)
        parts["xl/sharedStrings.xml"] = f'<sst xmlns="{NAMESPACE}">{items}</sst>'
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in (parts | (extra or {})).items():
            package.writestr(name, content)
    return made.getvalue()


def versions(lexp="0.1.0", xlwings="0.37.8"):
    """The settings' rows that say which versions an add-in is of."""
    return {"UDF MODULES": "addin.udfs", "LEXP VERSION": lexp, "XLWINGS VERSION": xlwings}


def tree(folder):
    """Every file below a folder, by its relative path, with its bytes; folders end in /."""
    return {
        path.relative_to(folder).as_posix() + ("/" if path.is_dir() else ""): (
            path.read_bytes() if path.is_file() else None
        )
        for path in folder.rglob("*")
    }
