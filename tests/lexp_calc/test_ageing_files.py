"""A scenario's receivables from an ageing file: lines by hand, and what is refused."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from lexp_calc import LexpError, project
from lexp_calc.ageing import CRITERIA, Limits, aged_receivables
from lexp_calc.ageing_rows import amounts_in_csv
from lexp_calc.money import CENTS
from lexp_calc.term_sheet import deal_from_tables
from tests.lexp_calc.collateral_deals import collateral, tables_with

EXAMPLES = Path(__file__).parents[2] / "examples"
INELIGIBLE = {"old": "Over 90 days", "tainted": "Cross-aged", "abroad": "Foreign", "other": "Other"}
RULES = {"lines": {"over_days": "old", "cross_aged": "tainted", "foreign": "abroad"}}
FILE = """customer,invoice_date,amount,foreign
A,2003-12-01,50,
A,2004-03-01,40,
B,2004-03-01,100,
C,2004-03-01,25,yes
"""


def deal_from(tmp_path, text=FILE, rules=RULES, name="ageing.csv", **lines):
    if text is not None:
        (tmp_path / "ageing.csv").write_bytes(text.encode("utf-8"))
    terms = collateral("80%", ineligible=INELIGIBLE)
    if rules is not None:
        terms["ageing"] = rules
    tables = tables_with({"receivables": terms})
    given = {"ageing": name, "as_of": date(2004, 3, 31)} | lines
    given = {key: value for key, value in given.items() if value is not None}
    del tables["scenario"]["historical"]  # its rates are a file beside the built-in term sheet
    tables["scenario"]["closing"]["collateral"] = {"revolver": {"receivables": given}}
    return deal_from_tables(tables, tmp_path)


def test_the_lines_of_an_ageing_fill_the_ineligibles_that_the_class_names(tmp_path):
    """On 31 March A's 50 is 121 days old and more than half of 90; 215 - 50 - 40 - 25 = 100."""
    found = project(deal_from(tmp_path)).certificate("revolver")
    receivables = found.classes[0]
    assert receivables.gross == 215_00
    assert receivables.ineligibles == (
        ("old", 50_00),
        ("tainted", 40_00),
        ("abroad", 25_00),
        ("other", 0),
    )
    assert (receivables.eligible, receivables.lendable) == (100_00, 80_00)


def test_a_line_that_the_ageing_does_not_give_may_stand_beside_it(tmp_path):
    found = project(deal_from(tmp_path, other=Decimal("10.50"))).certificate("revolver")
    assert dict(found.classes[0].ineligibles)["other"] == 10_50
    assert found.classes[0].eligible == 89_50


def test_the_class_says_how_old_is_too_old(tmp_path):
    """A share of 60 % is not exceeded by 50 of 90."""
    rules = RULES | {"over_days": 120, "cross_age": "60%"}
    found = project(deal_from(tmp_path, rules=rules)).certificate("revolver")
    assert dict(found.classes[0].ineligibles) == {
        "old": 50_00,
        "tainted": 0,
        "abroad": 25_00,
        "other": 0,
    }
    rules = RULES | {"over_days": 121}
    found = project(deal_from(tmp_path, rules=rules)).certificate("revolver")
    assert dict(found.classes[0].ineligibles)["old"] == 0


WHERE = "scenario.closing.collateral.revolver.receivables"
TERMS = "tranche.revolver.borrowing_base.receivables.ageing"
# what differs; what the refusal says.
REFUSED = {
    "no such file": ({"name": "aging.csv"}, (f"{WHERE}: ageing", '"aging.csv"', "no file")),
    "no text": ({"name": 5}, (f"{WHERE}: ageing", "found 5", "the path of a CSV file")),
    "no as-of date": ({"as_of": None}, (f"{WHERE}: ageing.csv: row 1", "as_of")),
    "a month first": ({"as_of": "03/31/2004"}, (f"{WHERE}: as_of", "03/31/2004")),
    "an invoice of tomorrow": (
        {"as_of": date(2004, 2, 29)},
        ("ageing.csv: row 3: invoice date: found 2004-03-01", "up to 2004-02-29", "row 5"),
    ),
    "a line twice": ({"old": 5}, (f"{WHERE}: old", "beside an ageing")),
    "the gross amount twice": ({"gross": 5}, (f"{WHERE}: gross",)),
    "an unknown line": ({"older": 5}, (f"{WHERE}.older", '"older"', 'did you mean "old"?')),
    "a class without rules": ({"rules": None}, (f"{WHERE}.ageing", TERMS)),
    "rules without the line over days": (
        {"rules": {"lines": {"foreign": "abroad"}}},
        (f"{TERMS}.lines.over_days", "this term is required"),
    ),
    "an ineligible that the class does not have": (
        {"rules": {"lines": {"over_days": "overdue"}}},
        (f"{TERMS}.lines.over_days", 'found "overdue"', '"old", "tainted"'),
    ),
    "one ineligible for two lines": (
        {"rules": {"lines": {"over_days": "old", "foreign": "old"}}},
        (f"{TERMS}.lines.over_days", "an ineligible of its own"),
    ),
    "a negative share": (
        {"rules": RULES | {"cross_age": "-1%"}},
        (f"{TERMS}.cross_age", "0% to 100%"),
    ),
    "a bad row": (
        {"text": FILE + "D,2004-03-01,1_000,\n"},
        (f"{WHERE}: ageing.csv: row 6: amount", '"1_000"'),
    ),
}


@pytest.mark.parametrize("case", REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_read_is_refused(tmp_path, case):
    changes, parts = case
    with pytest.raises(LexpError) as caught:
        deal_from(tmp_path, **changes)
    said = str(caught.value)
    assert all(part in said for part in parts), said


def test_a_file_that_is_not_utf_8_is_refused(tmp_path):
    (tmp_path / "ageing.csv").write_bytes("customer,days,amount\nCafé,1,2\n".encode("latin-1"))
    with pytest.raises(LexpError, match="ageing.csv: found a byte that is not UTF-8"):
        deal_from(tmp_path, text=None)


def test_the_ageing_of_the_example():
    """Of 31 March 2024, so all invoices dated before 1 January are over 90 days old.

    over 90: 74,210.35 + 38,125.00 + 188,900.00 + 96,450.50; Dunmore's old credit of
    12,600.00 is not netted. Cross-aged: Eastgate, 285,350.50 of 428,125.50. Ibex is
    foreign: 331,750 + 207,400. Of 9,843,982.75 that leaves, with the other flags and the
    contra of 86,400, 8,187,091.90; 20 % of it is 1,637,418.38. Ashdown owes 3,078,468.75.
    """
    text = (EXAMPLES / "asset-based-revolver-ageing.csv").read_text("utf-8")
    amounts = amounts_in_csv(text, "ageing.csv", CENTS, 90, date(2024, 3, 31))
    found = aged_receivables(amounts, Limits(90, 50_000_000, 20_000_000), CRITERIA)
    assert found.gross == 9_843_982_75
    assert {key: Decimal(amount) / 100 for key, amount in found.lines.items()} == {
        "over_days": Decimal("397685.85"),
        "cross_aged": Decimal("142775.00"),
        "intercompany": Decimal("264000.00"),
        "foreign": Decimal("539150.00"),
        "government": Decimal("226880.00"),
        "contra": Decimal("86400.00"),
        "concentration": Decimal("1441050.37"),
    }
