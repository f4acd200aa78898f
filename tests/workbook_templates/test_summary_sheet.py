"""The Summary of a tranche: what is owed, due next, until when; by hand from the terms."""

from datetime import date, time
from pathlib import Path

import pytest

from lexp_calc import builtin_deal, project, read_term_sheet
from tests.workbook_templates.reading import Reading, plain
from workbook_templates import write_workbook

EXAMPLES = Path(__file__).parents[2] / "examples"
DEALS = ("lexp-2003", *sorted(str(path) for path in EXAMPLES.glob("*.toml")))


def summary(folder, deal, tranche, scenario=None, inputs=None):
    path = folder / f"{tranche}.xlsx"
    write_workbook(project(deal, scenario, inputs), path, tranche)
    return Reading(path).book["Summary"]


def shown(cell):
    """A cell's value; the reader takes the 0 of a date that is not there for midnight."""
    return 0 if isinstance(cell.value, time) else plain(cell.value)


def below(sheet, label):
    """The figure under a label."""
    for row in sheet.iter_rows():
        for cell in row:
            if cell.value == label:
                return shown(sheet.cell(cell.row + 1, cell.column))
    raise AssertionError(f"no {label!r}")


def beside(sheet, label):
    """The date beside a label."""
    for row in sheet.iter_rows():
        for cell in row:
            if cell.value == label:
                return shown(sheet.cell(cell.row, cell.column + 1))
    raise AssertionError(f"no {label!r}")


def test_the_next_payment_is_split(tmp_path):
    """13,500,000 x 5.50 % x 46/360 = 94,875.00, and an instalment of 300,000."""
    sheet = summary(tmp_path, builtin_deal(), "term-loan")
    assert below(sheet, "Outstanding") == 13_500_000
    assert below(sheet, "Next payment on") == date(2004, 2, 2)
    assert below(sheet, "of it interest") == 94_875
    assert below(sheet, "of it principal") == 300_000
    assert below(sheet, "Next payment") == 394_875
    assert below(sheet, "Maturity") == beside(sheet, "Last payment") == date(2006, 6, 30)
    assert below(sheet, "Checks") == "OK"


def test_quarters_stand_beside_the_months(tmp_path):
    """13,200,000 x 5.50 % x 28/360 = 56,466.67 on 1 March 2004, beside the 94,875.00 before."""
    path = tmp_path / "loan.xlsx"
    write_workbook(project(builtin_deal()), path, "term-loan")
    rows = list(Reading(path).book["Timeline"].iter_rows(min_row=4, values_only=True))
    first = rows[0].index("Quarter's end")
    quarters = {plain(row[first]): row[first + 1 : first + 3] for row in rows[1:] if row[first]}
    assert quarters[date(2003, 12, 31)] == (0, 0)
    assert quarters[date(2004, 3, 31)] == (151_341.67, 600_000)
    assert list(quarters)[-1] == date(2007, 12, 31)


def test_nothing_is_due_after_maturity(tmp_path):
    sheet = summary(tmp_path, builtin_deal(), "term-loan", "closing", {"as_of": "2006-06-30"})
    for label in ("Outstanding", "Next payment on", "Next payment", "of it interest"):
        assert below(sheet, label) == 0


def test_key_dates_follow_the_extension(tmp_path):
    """¶ 2 and ¶ 3: 30 June 2006, or later if extended."""
    sheet = summary(tmp_path, builtin_deal(), "term-loan", "closing", {"extend.revolver": True})
    assert beside(sheet, "Closing") == date(2003, 12, 18)
    assert beside(sheet, "First payment") == date(2004, 2, 2)
    assert beside(sheet, "Maturity if it springs") == date(2006, 6, 30)
    assert beside(sheet, "Maturity in force") == beside(sheet, "Last payment") == date(2007, 10, 1)


@pytest.mark.parametrize(
    ("as_of", "day"),
    [("2003-12-18", date(2004, 12, 18)), ("2004-12-18", date(2005, 12, 18)), ("2006-01-01", 0)],
)
def test_the_next_yearly_fee(tmp_path, as_of, day):
    """On each anniversary of 18 December 2003 up to the maturity on 30 June 2006."""
    deal, inputs = builtin_deal(), {"as_of": as_of}
    sheet = summary(tmp_path, deal, "secured-term-loan", "closing", inputs)
    assert beside(sheet, "Next yearly fee") == day


def test_dates_of_draws_calls_and_choices(tmp_path):
    notes = read_term_sheet(str(EXAMPLES / "pik-toggle-note.toml"))
    sheet = summary(tmp_path, notes, "toggle-notes")
    terms = notes.tranche["toggle-notes"]
    assert beside(sheet, "Make-whole before") == terms.call_protection.make_whole.until
    assert beside(sheet, "In kind at choice before") == terms.in_kind.toggle.until
    loans = read_term_sheet(str(EXAMPLES / "term-loan-b.toml"))
    sheet = summary(tmp_path, loans, "delayed-draw-loan")
    until = loans.tranche["delayed-draw-loan"].available_until
    assert beside(sheet, "Last day for draws") == until


@pytest.mark.parametrize("term_sheet", DEALS)
def test_every_summary_has_two_charts_on_one_page(tmp_path, term_sheet):
    """Balance, and interest and principal; the second one's title says where it is highest."""
    deal = read_term_sheet(term_sheet)
    for tranche in deal.tranche:
        path = tmp_path / f"{tranche}.xlsx"
        write_workbook(project(deal), path, tranche, paper="Letter")
        book = Reading(path).book
        sheet = book["Summary"]
        assert len(sheet._charts) == 2
        assert sheet.page_setup.fitToHeight == sheet.page_setup.fitToWidth == 1
        assert {each.page_setup.paperSize for each in book} == {1}  # Letter


def test_a_short_loan_is_charted_by_quarter_and_a_long_one_by_year(tmp_path):
    """Q2 2006: 3 x 300,000 and 4,800,000 of principal, 97,258.34 of interest, 5,797,258.34."""
    titles = {}
    for name, tranche in (("lexp-2003", "term-loan"), (EXAMPLES / "term-loan-b.toml", None)):
        tranche = tranche or "term-loan-b"
        sheet = summary(tmp_path, read_term_sheet(str(name)), tranche)
        runs = [p.r[0].t for c in sheet._charts for p in c.title.tx.rich.p]
        titles[tranche] = runs[1]
    assert titles["term-loan"].startswith("Most is paid in Q2 2006: 5.8 million")
    assert titles["term-loan-b"].startswith("Most is paid in 2029:")
