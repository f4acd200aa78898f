"""Each trap that validators let through is found in a workbook that has it, and nothing else."""

import pytest

from tests.workbook_templates.standard.breaking import (
    WORKBOOK,
    all_of,
    found_in,
    generated_parts,
    in_part,
    on_sheet,
    with_part,
    written,
)
from tests.workbook_templates.standard.test_rows import interest, named
from workbook_templates.standard import TRAPS

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONSHIPS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="rId9" Target="/xl/tables/table1.xml" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/table"/>'
    "</Relationships>"
)


def table(*heads):
    """A table of Excel's own over the Timeline, with these heads."""
    columns = "".join(f'<tableColumn id="{n}" name="{head}"/>' for n, head in enumerate(heads, 1))
    text = f'<table xmlns="{MAIN}" ref="A4:C51"><tableColumns>{columns}</tableColumns></table>'
    return all_of(
        with_part("xl/tables/table1.xml", text),
        with_part("xl/worksheets/_rels/sheet8.xml.rels", RELATIONSHIPS),
    )


HEADS = ("Month no.", "Month's end", "Term loan")
TRAPPED = [
    ("a list validation over 255 characters",
     on_sheet("Inputs", "&quot;yes,no&quot;", f"&quot;yes,{'n' * 256}&quot;")),
    ("a prompt over 255 characters, its title over 32",
     on_sheet("Inputs", 'errorTitle="[^"]*"', f'errorTitle="{"x" * 33}"', 1)),
    ("a prompt over 255 characters, its title over 32",
     on_sheet("Inputs", 'error="[^"]*"', f'error="{"x" * 256}"', 1)),
    ("a header or footer over 255 characters",
     on_sheet("Terms", "</oddFooter>", "x" * 256 + "</oddFooter>")),
    ("a defined name that looks like a cell", named("TL1", "'Terms'!$B$10")),
    ("a defined name that looks like a cell", named("R1C1", "'Terms'!$B$10")),
    ("text that an edit makes a formula", on_sheet("About", ">Contact: |>Live<", ">=1+1<")),
    ("text that an edit makes a formula",
     on_sheet("Schedule", r"<f>ROUND\(BB", "<f>=ROUND(BB")),
    ("an unquoted sheet name",
     all_of(in_part(WORKBOOK, 'name="Calendar"', 'name="Bank days"'),
            in_part(WORKBOOK, "'Calendar'!", "'Bank days'!"),
            on_sheet("About", "'Calendar'!A1", "Bank days!A1"))),
    ("table headers: numbers, formulas or twice the same",
     table("Month no.", "Term loan", "term loan")),
    ("table headers: numbers, formulas or twice the same",
     all_of(table(*HEADS), on_sheet("Timeline", r'<c r="B4" s="4" t="inlineStr">.*?</c>',
                                    '<c r="B4" s="26"><v>1</v></c>'))),
    ("a filter over a table",
     all_of(table(*HEADS), on_sheet("Timeline", "</sheetData>",
                                    '</sheetData><autoFilter ref="A4:C51"/>'))),
    ("a conditional-format formula that starts with '='",
     on_sheet("Summary", "<formula>", "<formula>=")),
    ("a new function without _xlfn.", interest("IFNA(ROUND({}/interest_divisor,2),0)")),
    ("a spilling function without array metadata",
     interest("SUM(ROUND({0}/interest_divisor,2),0*_xlfn.UNIQUE({0}))")),
    ("semicolons as separators", interest("ROUND({}/interest_divisor;2)")),
    ("two sheets selected", on_sheet("Terms", 'tabSelected="0"', 'tabSelected="1"')),
    ("an empty value, NaN or infinity", on_sheet("Calendar", r"(<c r=\"A9\"[^>]*><v>)\d+", r"\1")),
    ("an empty value, NaN or infinity",
     on_sheet("Calendar", r"(<c r=\"A9\"[^>]*><v>)\d+", r"\1NaN")),
    ("an empty value, NaN or infinity",
     on_sheet("Calendar", r"(<c r=\"A9\"[^>]*><v>)\d+", r"\1inf")),
    ("text over 32,767 characters", on_sheet("About", ">guide<|>results<", f">{'x' * 32_768}<", 1)),
    ("an empty drawing, a lost chart",
     in_part("xl/drawings/drawing1.xml", "<xdr:twoCellAnchor.*</xdr:twoCellAnchor>", "")),
    ("an empty drawing, a lost chart", on_sheet("Summary", "<drawing [^>]*/>", "")),
    ("an empty drawing, a lost chart",
     in_part("xl/charts/chart1.xml", "<ser>.*</ser>", "")),
]  # fmt: skip


@pytest.fixture(scope="module")
def parts():
    return generated_parts()


@pytest.mark.parametrize("words, trapped", TRAPPED)
def test_a_trap_is_found_and_nothing_else(parts, tmp_path, words, trapped):
    found = found_in(written(trapped(parts), tmp_path / "loan.xlsx"))
    assert {(each.row, each.rule) for each in found} == {(44, words)}


def test_every_trap_is_set_here():
    assert {words for words, _ in TRAPPED} == {words for words, _ in TRAPS}


@pytest.mark.parametrize(
    "sound",
    [
        table(*HEADS),
        interest("_xlfn.IFNA(ROUND({}/interest_divisor,2),0)"),
        in_part("xl/charts/chart1.xml", "a:t>Balance falls", "a:t>=Balance falls"),
    ],
)
def test_what_is_no_trap_is_not_found(parts, tmp_path, sound):
    assert found_in(written(sound(parts), tmp_path / "loan.xlsx")) == []
