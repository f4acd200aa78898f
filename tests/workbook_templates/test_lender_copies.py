"""A lender's own copy of a workbook: its share of each amount, live, and what the file says of it.

Expected amounts are worked out here from the Schedule of the same file, with fractions.
"""

import zipfile
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import openpyxl
import pytest

from lexp_calc import builtin_deal, project, read_term_sheet
from lexp_calc.deal import Deal
from lexp_calc.errors import LexpError, NotThere, OutOfRange
from lexp_calc.lenders import Lender
from tests.open_xml_sdk import validate_with_open_xml_sdk
from tests.workbook_templates.reading import Reading
from tests.workbook_templates.standard.breaking import found_in
from workbook_templates import write_workbook
from workbook_templates.flips import flip
from workbook_templates.origin import read_origin
from workbook_templates.verify import compare

ROOT = Path(__file__).parents[2]
CLUB = ROOT / "examples" / "club-deal.toml"
EVERY_TERM = ROOT / "tests" / "bad_inputs" / "every_term.toml"
SHARES = ("37.31%", "0.000001%", "99.999999%")


def held_in_parts(deal: Deal) -> Deal:
    """The deal with one lender of an odd share of each tranche."""
    share = {each: SHARES[place % len(SHARES)] for place, each in enumerate(deal.tranche)}
    own = Lender(name="Bank of Parts", contacts=("ops@parts.example",), share=share)
    tranches = {key: each.model_copy(update={"lender": None}) for key, each in deal.tranche.items()}
    return deal.model_copy(update={"lender": {"parts": own}, "tranche": tranches})


DEALS = {
    each.id: held_in_parts(each)
    for each in (
        builtin_deal(),
        read_term_sheet(EVERY_TERM),
        *map(read_term_sheet, sorted((ROOT / "examples").glob("*.toml"))),
    )
}
COPIES = [(name, tranche_id) for name, deal in DEALS.items() for tranche_id in deal.tranche]


@pytest.fixture(scope="module")
def club():
    return project(read_term_sheet(CLUB))


@pytest.fixture
def copy(club, tmp_path):
    path = tmp_path / "own.xlsx"
    write_workbook(club, path, "term-loan", lender="northgate")
    return path


@pytest.mark.parametrize("name, tranche_id", COPIES)
def test_every_row_of_the_standard_is_held(name, tranche_id, tmp_path):
    path = tmp_path / "own.xlsx"
    write_workbook(project(DEALS[name]), path, tranche_id, lender="parts")
    assert found_in(path) == []


def cents(value):
    return round(Fraction(str(value or 0)) * 100)


def rounded(exact):
    whole, half = divmod(2 * abs(exact.numerator) + exact.denominator, 2 * exact.denominator)
    return whole


def rows_below(sheet, head_row):
    heads = [cell.value for cell in sheet[head_row]]
    rows = []
    for cells in sheet.iter_rows(min_row=head_row + 1, values_only=True):
        if not isinstance(cells[0], int | float):
            return rows
        rows.append(dict(zip(heads, cells, strict=True)))
    return rows


@pytest.mark.parametrize("lender, share", [("northgate", "0.4375"), ("fjordbanken", "0.3328")])
def test_its_amounts_are_its_share_of_the_schedules(club, lender, share, tmp_path):
    path = tmp_path / "own.xlsx"
    write_workbook(club, path, "term-loan", lender=lender)
    book = openpyxl.load_workbook(path, data_only=True)
    whole, own = rows_below(book["Schedule"], 4), rows_below(book["Your share"], 8)
    assert len(whole) == len(own) > 20
    for theirs, ours in zip(whole, own, strict=True):
        assert ours["No."] == theirs["No."] and ours["Payment date"] == theirs["Payment date"]
        for head in ("Opening balance", "Closing balance", "Interest", "Fees"):
            assert cents(ours[head]) == rounded(cents(theirs[head]) * Fraction(share)), head
        for head in ("Drawn", "Scheduled principal", "Prepayment", "Due at maturity"):
            assert abs(cents(ours[head]) - cents(theirs[head]) * Fraction(share)) <= 1, head
    reading = Reading(path)
    assert reading.named("lender_share") == float(share)


def test_about_summary_and_audit_say_whose_it_is(copy):
    reading = Reading(copy)
    assert reading.line("About", "Lender")[0] == "Northgate Commercial Bank"
    assert reading.line("About", "Your share")[0] == "43.75% of the tranche"
    assert reading.line("Audit", "Lender")[0] == "northgate"
    assert reading.line("Audit", "Share")[0] == "43.75%"
    summary = reading.book["Summary"]
    assert summary["A3"].value == "Copy for Northgate Commercial Bank"
    below = {
        cell.value: summary.cell(cell.row + 1, cell.column).value
        for row in summary.iter_rows(min_row=4, max_row=9)
        for cell in row
    }
    # By hand, as of the closing: all of the share, and 309,985.10 + 420,546.87 on 30 June.
    assert below["Your share"] == 0.4375
    assert below["Your balance"] == 16_821_875
    assert below["Your next payment"] == 730_531.97


def test_its_origin_is_read_back(copy, club, tmp_path):
    origin = read_origin(copy)
    assert (origin.lender_id, origin.share) == ("northgate", Decimal("0.4375"))
    write_workbook(club, tmp_path / "all.xlsx", "term-loan")
    assert read_origin(tmp_path / "all.xlsx").lender_id is None


def test_a_lender_of_all_has_no_share_sheet_and_its_name_on_it(tmp_path):
    deal = read_term_sheet(EVERY_TERM)
    path = tmp_path / "own.xlsx"
    write_workbook(project(deal), path, "revolver", lender="first-bank")
    reading = Reading(path)
    assert "Your share" not in reading.book.sheetnames
    assert reading.line("About", "Lender")[0] == "First Bank"
    assert reading.line("Audit", "Share")[0] == "100%"
    assert read_origin(path).share == 1
    assert found_in(path) == []


def test_a_tranches_workbook_says_nothing_of_its_lenders(club, tmp_path):
    """No name, contact, share or id in any part of what is nobody's copy."""
    for tranche_id in (*club.deal.tranche, None):
        path = tmp_path / "all.xlsx"
        write_workbook(club, path, tranche_id)
        with zipfile.ZipFile(path) as archive:
            text = "\n".join(archive.read(each).decode() for each in archive.namelist())
        for lender_id, lender in club.deal.lender.items():
            for word in (lender_id, lender.name, *lender.contacts):
                assert word not in text
        assert "43.75" not in text and "0.4375" not in text


def test_the_same_copy_has_the_same_bytes(copy, club, tmp_path):
    write_workbook(club, tmp_path / "again.xlsx", "term-loan", lender="NORTHGATE")
    assert (tmp_path / "again.xlsx").read_bytes() == copy.read_bytes()


def test_what_has_no_copy_is_refused(club, tmp_path):
    path = tmp_path / "own.xlsx"
    for tranche_id, lender, error, words in (
        ("revolver", "fjordbanken", NotThere, "lender.fjordbanken.share: found .revolver., of"),
        ("term-loan", "northgat", NotThere, 'lender: found "northgat"; .*did you mean "northgate"'),
        (None, "northgate", OutOfRange, "lender.northgate: found the workbook of the whole deal"),
        ("term", "northgate", NotThere, 'tranche: found "term"'),
    ):
        with pytest.raises(error, match=words):
            write_workbook(club, path, tranche_id, lender=lender)
    with pytest.raises(NotThere, match="none exists here"):
        write_workbook(project(builtin_deal()), path, "term-loan", lender="northgate")
    assert not path.exists()


@pytest.mark.parametrize(
    "lender, tranche_id", [("northgate", "term-loan"), ("caisse-rivage", "revolver")]
)
def test_a_second_engine_agrees_after_flips(club, lender, tranche_id, tmp_path, libreoffice):
    path = tmp_path / "own.xlsx"
    write_workbook(club, path, tranche_id, lender=lender)
    assert compare(path, libreoffice).differences == ()
    for seed in (1, 2):
        made = flip(path, libreoffice, club.deal, read_origin(path), seed)
        assert made.cells_changed > 0
        assert made.comparison.differences == ()


@pytest.mark.parametrize("name", ["lexp-2003", "every-term"])
def test_a_second_engine_agrees_on_odd_shares(name, tmp_path, libreoffice):
    projection = project(DEALS[name])
    for tranche_id in projection.deal.tranche:
        path = tmp_path / f"{tranche_id}.xlsx"
        write_workbook(projection, path, tranche_id, lender="parts")
        assert compare(path, libreoffice).differences == ()


def test_the_open_xml_sdk_finds_nothing(copy):
    assert validate_with_open_xml_sdk(copy) == []


def test_a_copy_of_another_share_than_the_lenders_have_now_is_not_flipped(copy, club):
    lenders = dict(club.deal.lender)
    lenders["northgate"] = lenders["northgate"].model_copy(
        update={"share": {"term-loan": Decimal("0.4")}}
    )
    deal = club.deal.model_copy(update={"lender": lenders})
    with pytest.raises(LexpError, match=r"a share of 43.75%, and 40% in the lenders' terms"):
        flip(copy, None, deal, read_origin(copy), 1)
