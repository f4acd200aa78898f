"""The checks of a workbook see what a reader types wrongly: the master check says ERROR."""

from datetime import date

import openpyxl
import pytest

from lexp_calc import builtin_deal, project
from workbook_templates import write_workbook
from workbook_templates.values import date_serial
from workbook_templates.verify import CellError


def serial(year, month, day):
    return float(date_serial(date(year, month, day)))


# What is typed, by (name, place in the named column from 0): each must turn a check.
WRONG = {
    "prepayment of more than is owed": {
        ("move_dates", 0): serial(2004, 2, 10),
        ("move_amounts", 0): 2e7,
    },
    "prepayment on a day after maturity": {
        ("move_dates", 0): serial(2006, 7, 3),
        ("move_amounts", 0): 1e6,
    },
    "prepayment before closing": {("move_dates", 0): serial(2003, 12, 1), ("move_amounts", 0): 1e6},
    "prepayment on a Saturday": {
        ("move_dates", 0): serial(2005, 2, 5),
        ("move_amounts", 0): 5e4,
    },
    "prepayment below zero": {
        ("move_dates", 0): serial(2005, 2, 7),
        ("move_amounts", 0): -5e4,
    },
    "all-in rate below zero": {("prime_rates", 0): -0.03},
    "date without an amount": {("move_dates", 0): serial(2004, 2, 10)},
    "rates out of order": {("prime_dates", 1): serial(2003, 1, 2), ("prime_rates", 1): 0.05},
    "gap in the rates": {("prime_dates", 2): serial(2005, 1, 3), ("prime_rates", 2): 0.05},
    "elections out of order": {
        ("election_dates", 0): serial(2005, 1, 3),
        ("elections", 0): "prime",
        ("election_dates", 1): serial(2004, 1, 5),
        ("elections", 1): "prime",
    },
    "elected index without rates": {
        ("election_dates", 0): serial(2005, 1, 3),
        ("elections", 0): "LIBOR 1M",
    },
    "no rates at all": {("prime_dates", 0): None, ("prime_rates", 0): None},
}


@pytest.fixture(scope="module")
def term_loan(tmp_path_factory):
    path = tmp_path_factory.mktemp("checks") / "term-loan.xlsx"
    write_workbook(project(builtin_deal()), path, "term-loan")
    return path


@pytest.fixture(scope="module")
def places(term_loan):
    """(sheet, cell) by defined name and place within it."""
    found = {}
    for name, defined in openpyxl.load_workbook(term_loan).defined_names.items():
        for sheet, area in defined.destinations:
            first = area.split(":")[0].replace("$", "")
            letters = first.rstrip("0123456789")
            row = int(first[len(letters) :])
            for place in range(12):
                found[name, place] = (sheet, f"{letters}{row + place}")
    return found


def test_nothing_typed_and_all_is_well(libreoffice, term_loan, places):
    assert libreoffice.recalculate(term_loan)[places["master_check", 0]] == "OK"


@pytest.mark.parametrize("typed", WRONG)
def test_the_master_check_sees(libreoffice, term_loan, places, typed):
    changes = {places[place]: value for place, value in WRONG[typed].items()}
    assert libreoffice.recalculate(term_loan, changes)[places["master_check", 0]] == "ERROR"


def test_a_missing_rate_gives_an_error_never_a_number(libreoffice, term_loan, places):
    changes = {
        places[place]: value for place, value in WRONG["elected index without rates"].items()
    }
    cells = libreoffice.recalculate(term_loan, changes)
    labels = openpyxl.load_workbook(term_loan)["Schedule"]["A"]
    total = next(cell.row for cell in labels if cell.value == "Total")
    assert isinstance(cells["Schedule", f"K{total}"], CellError)
