"""Every formula of every workbook is short, shallow and without numbers, whatever the deal.

The built-in deal and the examples, the odd deals, one with every term; with their own ids,
with ids as long as ids may be, and with ids as long as names keep them whole. Names stay
unlike one another: a book refuses two alike.
"""

import copy
from datetime import date
from pathlib import Path

import pytest

from lexp_calc import project
from lexp_calc.term_sheet import deal_from_tables, read_tables
from tests.bad_inputs.every_term import TERM_SHEET
from tests.workbook_templates import coupon_deals, deals, loans
from tests.workbook_templates.formulas import faults
from tests.workbook_templates.long_ids import with_long_ids
from workbook_templates.short_ids import LONGEST
from workbook_templates.workbook import build_book

EXAMPLES = Path(__file__).parents[2] / "examples"
FILES = (deals.BUILT_IN, TERM_SHEET, *sorted(EXAMPLES.glob("*.toml")))
ODD = (*deals.CHANGES[1:], deals.asset_based_lending, *coupon_deals.INPUTS)
DEALS = (
    {path.stem: (lambda path=path: read_tables(path), path.parent) for path in FILES}
    | {
        change.__name__: (lambda change=change: odd_tables(change), deals.BUILT_IN.parent)
        for change in ODD
    }
    | {name: (lambda case=case: case.tables, Path()) for name, case in loans.CASES.items()}
)
FEW = tuple(path.stem for path in FILES)


def odd_tables(change):
    """A changed deal's tables, with the rates that its coupons need in the closing scenario."""
    tables = deals.changed_tables(change)
    if change in coupon_deals.INPUTS:
        first = date(2003, 12, 1)
        for index in ("LIBOR 1M", "LIBOR 3M", "Term SOFR 1M", "Term SOFR 3M", "SOFR"):
            tables["scenario"]["closing"]["index"].setdefault(index, {str(first): "1.25%"})
    return tables


def unreadable(projection, tranche):
    """The formulas of a workbook with what is wrong with each."""
    found = {}
    for sheet in build_book(projection, tranche).sheets:
        for row, cells in sheet.rows.items():
            for cell in cells:
                wrong = faults(cell.formula) if cell.formula else []
                if wrong:
                    found[sheet.title, row, cell.column] = (cell.formula, wrong)
    return found


def projected(name, length=None):
    make, folder = DEALS[name]
    tables = copy.deepcopy(make())
    deal = deal_from_tables(with_long_ids(tables, length) if length else tables, folder)
    return project(deal)


@pytest.mark.parametrize("name", DEALS)
def test_formulas_of_every_workbook(name):
    projection = projected(name)
    for tranche in (*projection.deal.tranche, None):
        assert unreadable(projection, tranche) == {}


@pytest.mark.parametrize("name", DEALS)
def test_formulas_with_the_longest_ids_that_names_keep_whole(name):
    assert unreadable(projected(name, LONGEST), None) == {}


@pytest.mark.parametrize("name", FEW)
def test_formulas_with_the_longest_ids(name):
    projection = projected(name, 40)
    assert all(len(each) == 40 for each in projection.deal.tranche)
    for tranche in (*projection.deal.tranche, None):
        assert unreadable(projection, tranche) == {}


def test_formulas_of_a_deal_of_many_tranches():
    tables = copy.deepcopy(read_tables(deals.BUILT_IN))
    for number in range(40):
        loan = copy.deepcopy(tables["tranche"]["term-loan"])
        tables["tranche"][f"further-term-loan-{number}"] = loan
    projection = project(deal_from_tables(tables, deals.BUILT_IN.parent))
    assert unreadable(projection, None) == {}


@pytest.mark.parametrize(
    ("formula", "wrong"),
    [
        ("ROUND(A1*interest_rate,2)", []),
        ("IF(A1=1,ROUND((B1-C1)/2,2),0)", []),
        ("IF(A1=1,ROUND((B1-(C1+D1))/2,2),0)", ["brackets 4 deep"]),
        ('IF(A1="((((",1,0)', []),
        ("+".join(["A100"] * 24), []),
        ("+".join(["A100"] * 25), ["124 characters"]),
        ("A1*365", ["the numbers ['365']"]),
        ("ROUND(A1,3)", ["the numbers ['3']"]),
        ("NOW()", ["a volatile function or another workbook"]),
    ],
)
def test_the_faults_of_a_formula(formula, wrong):
    assert faults(formula) == wrong
