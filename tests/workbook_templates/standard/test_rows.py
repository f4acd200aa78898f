"""Each row of the standard is found broken in a workbook broken there, and nothing else is."""

import pytest

from tests.workbook_templates.standard.breaking import (
    STYLES,
    WORKBOOK,
    found_in,
    generated_parts,
    in_part,
    on_sheet,
    part_of,
    rows_found,
    with_part,
    written,
)
from workbook_templates.standard import ROWS, findings
from workbook_templates.stored_cells import stored_formula_cells
from workbook_templates.stylesheet import STYLE_NUMBERS

INTEREST = r"<f>ROUND\(([A-Z]+\d+)/interest_divisor,2\)</f>"


def interest(formula):
    """The interest column with another formula in every row; {} is the product of the row."""
    return on_sheet("Schedule", INTEREST, f"<f>{formula.format(chr(92) + '1')}</f>")


def restyled(title, cells, style):
    """Cells with another look."""
    return on_sheet(title, rf'(<c r="{cells}") s="\d+"', rf'\1 s="{STYLE_NUMBERS[style]}"')


def named(name, text):
    """One defined name more."""
    one = f'<definedName name="{name}">{text}</definedName>'
    return in_part(WORKBOOK, "<definedNames>", "<definedNames>" + one)


def renamed_tolerance(parts):
    return {part: text.replace("tolerance", "allowance") for part, text in parts.items()}


BROKEN = [
    (1, on_sheet("About", ">Contact<", ">Remarks<")),
    (1, on_sheet("About", ">18-Dec-2003 as generated", ">12/18/03 as generated")),
    (2, on_sheet("Inputs", r'</c></row><row r="2"',
                 r'</c><c r="B1" t="str"><f>A1</f><v>Inputs</v></c></row><row r="2"')),
    (3, in_part(STYLES, 'rgb="000000C8"', 'rgb="001F2933"')),
    (3, restyled("Inputs", "A6", "input_sample")),
    (4, restyled("Rates", "B12", "link_date")),
    (5, restyled("Schedule", "C5", "date")),
    (5, restyled("Summary", "H5", "figure_check")),
    (6, interest("ROUND({}/36000000000,2)")),
    (6, interest('ROUND({}/interest_divisor,2)+COUNTIF(elections,"&gt;17")')),
    (7, on_sheet("Schedule", r"<f>ROUND\([A-Z]+20/interest_divisor,2\)</f>",
                 "<f>ROUND(BB20/interest_divisor,1)</f>")),
    (7, on_sheet("Schedule", r"<f>ROUND\([A-Z]+20/interest_divisor,2\)</f>", "")),
    (8, interest("ROUND(ROUND(ROUND(ROUND({}/interest_divisor,2),2),2),2)")),
    (8, interest("ROUND({}/interest_divisor,2)" + "+0" * 50)),
    (9, interest("ROUND({}/interest_divisor,2)+0*NOW()")),
    (9, interest("ROUND({}/interest_divisor,2)+0*INDIRECT(\"A1\")")),
    (10, in_part("xl/_rels/workbook.xml.rels", "</Relationships>",
                 '<Relationship Id="rIdX" TargetMode="External" Target="other.xlsx" '
                 'Type="http://x/externalLinkPath"/></Relationships>')),
    (10, with_part("xl/vbaProject.bin", "macros")),
    (10, interest("ROUND({}/interest_divisor,2)+[1]Rates!$A$1")),
    (11, on_sheet("Schedule", r"<f>IF\(([A-Z]+)(\d+)=1,P\d+,0\)</f>", r"<f>IF(\1\2=1,P\2,0)</f>")),
    (12, on_sheet("Inputs", ">date<", "><")),
    (12, on_sheet("Inputs", r">Amount \(USD\)<", ">Amount<")),
    (13, on_sheet("About", "Positive is what the borrower owes or pays.[^<]*", "See the notes.")),
    (14, renamed_tolerance),
    (15, on_sheet("Summary", "<f>master_check</f>", "")),
    (15, on_sheet("Checks", r"COUNTIF\(check_results,", "COUNTIF(D8:D9,")),
    (16, on_sheet("Schedule", r'(<c r="G12"[^>]*><f>[^<]*</f><v>)\d+', r"\g<1>1")),
    (16, on_sheet("Schedule", ">Check: roll-forward<", ">Check: something<")),
    (17, on_sheet("Checks", ">Balance is zero at the end<", ">The end<")),
    (18, on_sheet("Checks", ">Principal repaid is principal drawn<", ">Principal<")),
    (19, in_part(WORKBOOK, r"(\$B\$62:\$B\$)67", r"\g<1>66")),
    (20, named("lost", "'Gone'!$A$1")),
    (20, named("lost", "#REF!")),
    (20, interest("ROUND({}/interest_divisor,2)+0*no_such_name")),
    (21, on_sheet("Inputs", 'error="An amount of 0 or more is due here."', "")),
    (21, on_sheet("Inputs", 'errorStyle="stop"', 'errorStyle="warning"')),
    (22, on_sheet("Terms", ' sheet="1"', ' sheet="0"')),
    (22, on_sheet("Terms", ' sheet="1"', ' sheet="1" password="CC1A"')),
    (22, on_sheet("About", "no security", "safe")),
    (23, on_sheet("Schedule", 'state="frozen"', 'state="split"')),
    (24, in_part(WORKBOOK, r'<definedName name="_xlnm.Print_Titles" localSheetId="6">[^<]*'
                 "</definedName>", "")),
    (24, in_part(WORKBOOK, r"('Schedule'!\$A\$1:\$Q\$)64", r"\g<1>40")),
    (25, on_sheet("Schedule", "landscape", "portrait")),
    (25, on_sheet("Terms", 'fitToWidth="1"', 'fitToWidth="2"')),
    (26, on_sheet("Schedule", "&amp;P", "")),
    (26, on_sheet("Schedule", r"lexp \d+\.\d+\.\d+", "lexp")),
    (27, on_sheet("Schedule", "SUM\\(K5:K56\\)", "SUM(K6:K56)")),
    (28, in_part("xl/charts/chart1.xml", "<a:t>USD million</a:t>", "<a:t></a:t>")),
    (28, in_part("xl/charts/chart1.xml", '<delete val="0"/>', '<delete val="1"/>')),
    (29, in_part("xl/charts/chart1.xml", r"(\$[BC]\$5:\$[BC]\$)51", r"\g<1>50")),
    (30, in_part("xl/charts/chart1.xml", r'(<pt idx="3"><v>)\d+', r"\g<1>1")),
    (30, in_part("xl/charts/chart1.xml", r"<numCache>.*?</numCache>", "", 1)),
    (31, in_part("xl/drawings/drawing1.xml", 'descr="[^"]*"', "")),
    (32, on_sheet("Checks", r'(<c r="D9"[^>]*><f>[^<]*</f><v>)OK', r"\1fine")),
    (33, on_sheet("Terms", "</sheetData>",
                  '</sheetData><mergeCells count="1"><mergeCell ref="A8:B8"/></mergeCells>')),
    (34, on_sheet("Timeline", ">Balance at the end of each month<", "><")),
    (35, in_part("docProps/core.xml", "<dc:language>en-US</dc:language>", "")),
    (36, in_part(STYLES, 'rgb="00595959"', 'rgb="00A0A0A0"')),
    (36, in_part(STYLES, 'rgb="00696969"', 'rgb="009A9A9A"')),
    (36, in_part("xl/charts/chart1.xml", '"595959"', '"B0B0B0"')),
    (37, on_sheet("Rates", r'(<c r="E12"[^>]*><f>[^<]*</f>)<v>[^<]*</v>', r"\1")),
    (37, on_sheet("Rates", r'<c r="E12"( s="\d+")>(<f>[^<]*</f>)<v>[^<]*</v>',
                  r'<c r="E12"\1 t="e">\2<v>#N/A</v>')),
    (39, on_sheet("Audit", ">[0-9a-f]{64}<", ">unknown<")),
    (39, on_sheet("Audit", "payments in New York[^<]*<", "<")),
    (40, in_part(STYLES, r"#,##0\.00_\);\(#,##0\.00\)", "0.00_);(0.00)")),
    (40, in_part(STYLES, "dd-mmm-yyyy", "dd/mm/yy")),
    (40, in_part(STYLES, r'(#,##0\.00_\);\(#,##0\.00\);)&quot;-&quot;', r"\g<1>0")),
    (41, named("schedule_closing_balance_revolver", "'Schedule'!$P$5:$P$56")),
    (41, on_sheet("Audit", ">term-loan<", ">all: revolver, term-loan<")),
    (42, in_part("docProps/core.xml", "2000-01-01T00:00:00Z", "2026-11-28T10:36:24Z")),
    (42, in_part("docProps/core.xml", ">lexp</cp:lastModifiedBy>", ">Jo</cp:lastModifiedBy>")),
    (42, in_part(WORKBOOK, "<workbookPr/>", '<workbookPr/><x url="C:\\\\Users\\\\Jo\\\\"/>')),
    (43, restyled("Schedule", r"J(?:[5-9]|[1-5]\d)", "years")),
    (43, on_sheet("Schedule", r'<c r="B50"( s="\d+")>(<f>[^<]*</f>)<v>0</v>',
                  r'<c r="B50"\1 t="str">\2<v></v>')),
]  # fmt: skip


@pytest.fixture(scope="module")
def parts():
    return generated_parts()


def test_nothing_is_found_in_the_workbook_as_generated(parts, tmp_path):
    assert found_in(written(parts, tmp_path / "loan.xlsx")) == []


@pytest.mark.parametrize(
    "row, broken", BROKEN, ids=[f"{row}-{place}" for place, (row, _) in enumerate(BROKEN)]
)
def test_a_broken_row_is_found_and_no_other(parts, tmp_path, row, broken):
    changed = broken(parts)
    assert changed != parts
    assert rows_found(written(changed, tmp_path / "loan.xlsx")) == {row}


def test_every_row_is_broken_here():
    elsewhere = {38, 44}
    assert {row for row, _ in BROKEN} | elsewhere == set(ROWS) == set(range(1, 45))


def test_a_balance_left_at_the_end_breaks_its_row_and_the_roll_forward(parts, tmp_path):
    broken = on_sheet("Schedule", r'(<c r="P56"[^>]*><f>[^<]*</f><v>)0', r"\g<1>5")(parts)
    assert rows_found(written(broken, tmp_path / "loan.xlsx")) == {16, 17}


def test_a_drawing_of_principal_that_is_not_repaid(parts, tmp_path):
    broken = on_sheet("Schedule", r'(<c r="H5"[^>]*><f>[^<]*</f><v>)\d+', r"\g<1>14000000")(parts)
    assert rows_found(written(broken, tmp_path / "loan.xlsx")) == {16, 18}


class Engine:
    """A second engine that gives what is stored, but for one cell."""

    def __init__(self, changed):
        self.changed = changed

    def recalculate(self, path, changes=None):
        stored = {place: value for place, (_, value) in stored_formula_cells(path).items()}
        return stored | self.changed


def test_a_second_engine_that_agrees(parts, tmp_path):
    path = written(parts, tmp_path / "loan.xlsx")
    assert findings(path, Engine({}), validate=lambda path: []) == ()


def test_a_cell_that_the_second_engine_computes_otherwise(parts, tmp_path):
    path = written(parts, tmp_path / "loan.xlsx")
    (found,) = found_in(path, engine=Engine({("Schedule", "K6"): 94875.01}))
    assert (found.row, found.where) == (38, "Schedule!K6")


def test_what_cannot_be_checked_is_said_and_never_held(parts, tmp_path):
    path = written(parts, tmp_path / "loan.xlsx")
    found = findings(path, validate=lambda path: None)
    assert [(each.row, each.is_unchecked) for each in found] == [(38, True), (44, True)]


def test_what_the_validator_says(parts, tmp_path):
    path = written(parts, tmp_path / "loan.xlsx")
    (found,) = found_in(path, validate=lambda path: ["/xl/styles.xml: /x: unexpected child"])
    assert (found.row, found.where, found.found) == (44, "/xl/styles.xml", "/x: unexpected child")
    assert str(found).startswith("row 44 (the Open XML SDK's validator finds no error): /xl/")


def test_a_word_or_amount_of_another_lender_is_found_in_any_part(parts, tmp_path):
    others = ("Secured term loan", "11500000")
    clean = written(parts, tmp_path / "clean.xlsx")
    sources = ("The $11,500,000 secured term loan",)
    assert found_in(clean, others=others, sources=sources) == []
    title = part_of(parts, "Audit")
    leaking = parts | {title: parts[title].replace(">none<", ">11500000 of it<", 1)}
    assert leaking != parts
    assert rows_found(written(leaking, tmp_path / "leak.xlsx"), others=others) == {41}


def test_times_of_the_clock_in_the_archive(parts, tmp_path):
    path = written(parts, tmp_path / "loan.xlsx", (2026, 11, 28, 10, 36, 24))
    assert rows_found(path) == {42}
