"""Every workbook of the built-in deal and of the examples holds every row that a file shows.

Row 38 and the validator of row 44 run over the same workbooks in test_examples.py,
test_recalculation.py and test_workbooks.py, which share one LibreOffice.
"""

from functools import cache
from pathlib import Path

import pytest

from lexp_calc import builtin_deal, project, read_term_sheet
from lexp_calc.errors import LexpError
from tests.workbook_templates.coupon_deals import INPUTS, compounded_sofr, fallbacks
from tests.workbook_templates.deals import changed_deal
from tests.workbook_templates.standard.breaking import found_in
from workbook_templates import write_workbook
from workbook_templates.standard import findings

EXAMPLES = Path(__file__).parents[3] / "examples"
EVERY_TERM = Path(__file__).parents[2] / "bad_inputs" / "every_term.toml"
DEALS = ("lexp-2003", *sorted(path.stem for path in EXAMPLES.glob("*.toml")))


@cache
def projected(name):
    deal = builtin_deal() if name == "lexp-2003" else read_term_sheet(EXAMPLES / f"{name}.toml")
    return project(deal)


FEWEST_DIGITS = 4  # a rounder amount stands in many a schedule


def other_lenders(deal, tranche_id):
    """The other tranches' names, ids, lenders and amounts, unless this one's are the same.

    A tranche on which this one's own maturity turns is named in its terms.
    """
    own = deal.tranche[tranche_id]
    springing = getattr(own, "springing", None)
    named = {springing.unless_extended} if springing else set()
    if springing and springing.if_outstanding:
        named.add(springing.if_outstanding.tranche)
    words = []
    for other_id, other in deal.tranche.items():
        if other_id != tranche_id:
            words += [] if other_id in named else [other.name, other_id, other.lender]
            amount = str(other.size)
            words += [amount] if len(amount.strip("0").replace(".", "")) >= FEWEST_DIGITS else []
    allowed = " ".join((own.name, tranche_id, own.lender or "", str(own.size), deal.name, deal.id))
    return tuple(word for word in words if word and word not in allowed)


def own_words(deal):
    """What may name anybody: the documents' own words and the reasons of assumptions."""
    return tuple(passage.text for passage in deal.passage.values())


WORKBOOKS = [(name, tranche) for name in DEALS for tranche in (*projected(name).deal.tranche, None)]


@pytest.mark.parametrize("name, tranche", WORKBOOKS)
def test_every_row_is_held(name, tranche, tmp_path):
    projection = projected(name)
    path = tmp_path / "workbook.xlsx"
    write_workbook(projection, path, tranche)
    aids = {}
    if tranche is not None:
        aids["others"] = other_lenders(projection.deal, tranche)
        aids["sources"] = own_words(projection.deal)
    found = found_in(path, **aids)
    assert found == []


@pytest.mark.parametrize("change", [compounded_sofr, fallbacks])
def test_odd_coupons_hold_every_row(change, tmp_path):
    path = tmp_path / "workbook.xlsx"
    write_workbook(project(changed_deal(change), "historical", INPUTS[change][1]), path)
    assert found_in(path) == []


def test_every_term_at_once_holds_every_row(tmp_path):
    path = tmp_path / "workbook.xlsx"
    write_workbook(project(read_term_sheet(EVERY_TERM)), path)
    assert found_in(path) == []


def test_a_file_that_is_no_workbook_is_refused(tmp_path):
    path = tmp_path / "loan.xlsx"
    path.write_text("not a workbook")
    with pytest.raises(LexpError, match="zip"):
        findings(path)
