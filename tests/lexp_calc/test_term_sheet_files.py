"""Whole term sheets: what is taken, files that are none, several problems at once."""

from datetime import date

import pytest

from lexp_calc import LexpError, builtin_deal, project, read_term_sheet
from tests.lexp_calc.term_sheet_text import BUILT_IN, changed

LOAN_FIRST = "[tranche.term-loan.payments]\nfirst_payment = "
REVOLVER_FIRST = "[tranche.revolver.payments]\nfirst_payment = "
FIRST_PASSAGE = 'document = "press-release"\nparagraph = "1, sentence 1"'


def test_the_built_in_term_sheet_itself_is_taken_with_a_byte_order_mark_too(term_sheet):
    for content in (BUILT_IN.encode(), b"\xef\xbb\xbf" + BUILT_IN.encode()):
        assert term_sheet(content).model_dump() == builtin_deal().model_dump()


def test_30_maturity_before_closing(term_sheet):
    """A revolver with one payment, so that nothing else is wrong but the dates."""
    lines = term_sheet(
        changed(
            ("maturity = 2006-06-30\nliens", "maturity = 2003-12-18\nliens"),
            (REVOLVER_FIRST + "2004-02-01", REVOLVER_FIRST + "2003-12-18"),
        )
    )
    assert (
        "tranche.revolver.maturity: found 2003-12-18, not after closing on 2003-12-18; "
        in "\n".join(lines)
    )


def test_29_monthly_from_the_31st_keeps_its_anchor(term_sheet):
    deal = term_sheet(changed((LOAN_FIRST + "2004-02-01", LOAN_FIRST + "2004-01-31")))
    dues = [row.due_date for row in project(deal)["term-loan"].rows[1:5]]
    assert dues == [date(2004, 1, 31), date(2004, 2, 29), date(2004, 3, 31), date(2004, 4, 30)]


def test_56_tranche_ids_that_differ_by_case_are_refused(term_sheet):
    lines = term_sheet(changed(("[tranche.secured-term-loan]\n", "[tranche.Term-Loan]\n")))
    assert any(
        line.startswith('tranche.Term-Loan: found "Term-Loan"; an id of a-z') for line in lines
    )
    lines = term_sheet(changed(("[tranche.secured-term-loan]\n", "[tranche.term-loan]\n")))
    assert "twice (at line 1" in lines[0]


def test_65_yen_with_a_broken_unit(term_sheet):
    yen = ('currency = "USD"', 'currency = "JPY"')
    assert not isinstance(term_sheet(changed(yen)), list)
    (line,) = term_sheet(changed(yen, ("price = 5_810_000", "price = 5_810_000.50")))
    path = "repurchase.senior-unsecured-note.price"
    assert line == f"{path}: found 5810000.50; a whole multiple of 1 JPY would be right"


def test_a_file_that_is_not_there_is_refused_with_the_built_in_deals(tmp_path):
    with pytest.raises(LexpError, match="no such file.*lexp-2003"):
        read_term_sheet(tmp_path / "none.toml")
    with pytest.raises(LexpError, match="a folder"):
        read_term_sheet(tmp_path)


def test_every_problem_of_a_file_is_reported_at_once(term_sheet):
    lines = term_sheet(
        changed(
            ('floor = "8.25%"', "floor = 8.25"),
            ("count = 45", "count = 46"),
            ("strike = 3.50", 'strike = "3,50"'),
            ("price = 5_810_000", "price = true"),
            (FIRST_PASSAGE, FIRST_PASSAGE.replace("press-release", "press")),
            ("amount = 37_000_000", "amount = 37_000_000\nlender = 5"),
        )
    )
    paths = {line.split(": ")[0] for line in lines}
    assert paths >= {
        "tranche.secured-term-loan.coupon.floor",
        "tranche.term-loan.repayment.amount",
        "tranche.term-loan.repayment.count",
        "warrant.senior-warrants.strike",
        "repurchase.senior-unsecured-note.price",
        "passage.p0-1.document",
        "facility.secured-credit-facility.lender",
    }
    assert len(lines) == len(set(lines)) == 7, lines


def test_a_file_that_cannot_be_read_is_refused(tmp_path, monkeypatch):
    """Permission is denied, as an administrator never sees for real."""
    path = tmp_path / "deal.toml"
    path.write_text(BUILT_IN, encoding="utf-8")

    def refused(self):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(type(path), "read_bytes", refused)
    with pytest.raises(LexpError, match=r"deal\.toml: file: found no way to read it \(Permission"):
        read_term_sheet(path)


def test_a_closing_on_a_holiday_takes_its_opening_draw(term_sheet):
    """25 December 2003: no payment is made that day, but the deal says that it closed."""
    changes = (("closing_date = 2003-12-18", "closing_date = 2003-12-25"),)
    deal = term_sheet(changed(*changes).encode())
    schedule = project(deal, "closing", {"draw.revolver.2003-12-25": "1000000"})["revolver"]
    assert schedule.rows[0].drawn == 1_000_000_00
