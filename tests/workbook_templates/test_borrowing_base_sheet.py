"""The borrowing base certificate, by hand from 88 % and 65 % (press release, ¶ 2, sentence 3)."""

from pathlib import Path

import pytest

from lexp_calc import builtin_deal, project, read_term_sheet
from tests.workbook_templates.reading import Reading
from workbook_templates import write_workbook

SHEET = "Borrowing base"
EXAMPLES = Path(__file__).parents[2] / "examples"
RECEIVABLES, INVENTORIES = "collateral.revolver.receivables", "collateral.revolver.inventories"
COLLATERAL = {
    f"{RECEIVABLES}.gross": "15432100.55",
    f"{RECEIVABLES}.over-90-days": "1432100.55",
    f"{RECEIVABLES}.contra": "500000",
    f"{INVENTORIES}.gross": "8000000",
    f"{INVENTORIES}.slow-moving": "345678.91",
    "draw.revolver.2003-12-18": "12000000",
    "draw.revolver.2004-03-31": "3000000",
    "letters_of_credit.revolver": "700000",
    "reserves.revolver": "1000000",
}


def certificate(tmp_path, **inputs):
    path = tmp_path / "revolver.xlsx"
    write_workbook(project(builtin_deal(), "closing", inputs), path, "revolver")
    return Reading(path)


def test_a_certificate_from_gross_collateral_to_availability(tmp_path):
    """88 % x 13,500,000 = 11,880,000; 65 % x 7,654,321.09 = 4,975,308.7085; less 1,000,000."""
    found = certificate(tmp_path, **COLLATERAL, as_of="2004-03-30")

    def line(label, heading=None):
        return found.line(SHEET, label, heading)[0]

    assert line("Gross", "Accounts receivable") == 15_432_100.55
    assert line("less: Foreign", "Accounts receivable") == "none reported"
    assert line("Total ineligibles", "Accounts receivable") == 1_932_100.55
    assert line("Eligible: gross less ineligibles", "Accounts receivable") == 13_500_000
    assert line("Lendable value: eligible x advance rate", "Accounts receivable") == 11_880_000
    assert line("Eligible: gross less ineligibles", "Inventories") == 7_654_321.09
    assert line("Lendable value: eligible x advance rate", "Inventories") == 4_975_308.71
    assert found.named("certificate_borrowing_base") == 15_855_308.71
    assert found.named("certificate_limit") == 15_855_308.71  # below the 23,500,000 committed
    assert line("Loans outstanding on the as-of date") == 12_000_000  # the second draw is later
    assert found.named("certificate_availability") == 3_155_308.71  # less 12,000,000 and 700,000
    assert found.named("certificate_over_advance") == 0
    assert line("Result") == "within the limit"


def test_an_over_advance_is_said_in_words_and_as_an_amount(tmp_path):
    """On 31 March 2004, 15,000,000 and 700,000 are used; 0.88 x 10,000,000 + 0 is lent against."""
    inputs = {f"{RECEIVABLES}.gross": "10000000", f"{INVENTORIES}.gross": "0"}
    drawn = {path: value for path, value in COLLATERAL.items() if "collateral" not in path}
    found = certificate(tmp_path, **inputs, **drawn, as_of="2004-03-31")
    assert found.named("certificate_limit") == 7_800_000
    assert found.named("certificate_availability") == 0
    assert found.named("certificate_over_advance") == 7_900_000
    assert found.line(SHEET, "Result")[0] == "over the limit: repay"


def test_the_commitment_is_the_limit_of_a_rich_base(tmp_path):
    inputs = {f"{RECEIVABLES}.gross": "50000000", f"{INVENTORIES}.gross": "0"}
    found = certificate(tmp_path, **inputs)
    assert found.named("certificate_borrowing_base") == 44_000_000
    assert found.named("certificate_limit") == found.named("certificate_availability") == 23_500_000


def test_blank_collateral_is_asked_for_in_words(tmp_path):
    found = certificate(tmp_path)
    for name in ("borrowing_base", "limit", "availability", "over_advance"):
        assert found.named(f"certificate_{name}") == "needs collateral"
    assert found.line(SHEET, "Gross", "Inventories")[0] == "not reported"
    needed = found.table(SHEET, "What is still needed")
    assert needed["Accounts receivable"][0] == needed["Inventories"][0] == "needs the gross amount"
    assert needed["Draws and repayments"][0] == "none on the Inputs: nothing counts as drawn"


@pytest.mark.parametrize(
    ("typed", "inventories", "base"),
    [
        ({"receivables_gross": 1000.0}, "needs the gross amount", "needs collateral"),
        ({"receivables_gross": 1000.0, "inventories_gross": 0.0}, "complete", 880.0),
        (
            {"receivables_gross": 0.0, "inventories_gross": 5.0, "inventories_other": 6.0},
            "ineligibles exceed the gross amount",
            "needs collateral",
        ),
    ],
)
def test_collateral_half_typed_in_gives_no_borrowing_base(
    tmp_path, libreoffice, typed, inventories, base
):
    path = tmp_path / "revolver.xlsx"
    write_workbook(project(builtin_deal()), path, "revolver")
    found = Reading(path)
    changes = {found.place(name): value for name, value in typed.items()}
    recalculated = libreoffice.recalculate(path, changes)
    for name in ("borrowing_base", "limit", "availability"):
        assert recalculated[found.place(f"certificate_{name}")] == base
    words = [v for (title, _), v in recalculated.items() if title == SHEET and type(v) is str]
    assert inventories in words


def test_the_certificate_is_addressed_and_says_the_result_first(tmp_path):
    """To the lender of the term sheet; what is available before how it comes about."""
    path = tmp_path / "revolver.xlsx"
    deal = read_term_sheet(str(EXAMPLES / "asset-based-revolver.toml"))
    write_workbook(project(deal, "march-certificate"), path, "revolver")
    found = Reading(path)
    assert found.line(SHEET, "To")[0] == "Meridian Commercial Finance"
    assert found.line(SHEET, "From")[0] == deal.borrower
    labels = [row[0] for row in found.book[SHEET].iter_rows(values_only=True)]
    assert labels.index("In short") < labels.index("Accounts receivable")
    short = found.line(SHEET, "Availability", "In short")[0]
    assert short == found.named("certificate_availability") > 0
    assert found.line(SHEET, "Over-advance", "In short")[0] == 0
    assert any("certifies to Meridian Commercial Finance" in str(each) for each in labels)
    # 187,500.00 for rent and 95,400.00 for dilution.
    assert found.line(SHEET, "Total reserves")[0] == 282_900


def test_the_certificate_names_the_borrower_and_leaves_room_to_sign(tmp_path):
    sheet = certificate(tmp_path).book[SHEET]
    texts = [cell.value for row in sheet.iter_rows() for cell in row if isinstance(cell.value, str)]
    assert any("Lexington Precision Corporation certifies to the lender" in each for each in texts)
    assert {"Name", "Title", "Signature", "Date"} <= set(texts)
