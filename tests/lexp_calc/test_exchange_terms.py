"""An exchange with options, early tenders and limits in a term sheet: its facts, by hand."""

import re
import tomllib
from decimal import Decimal
from pathlib import Path

import pytest

from lexp_calc import project
from lexp_calc.capital_structure import capital_structure
from lexp_calc.exchange_offers import settlements_of
from lexp_calc.facts import facts_of
from lexp_calc.term_sheet import deal_from_tables, read_tables, term_sheet_path
from tests.bad_inputs.exchanges import OFFER
from tests.lexp_calc.term_sheet_text import changed

# 500,000 tendered for at most 400,000: four fifths of 100,000, 250,500 (200,400) and 149,500
# (119,600), each down to a thousand. Interest: 140 x 47 / 360 = 18.277778 for 1,000.
BY_HAND = {
    "proration-factor": "0.80000000",
    "accepted": "399000.00",
    "returned": "101000.00",
    "accrued-per-thousand": "18.277778",
    "options.cash.accepted": "80000.00",
    "options.cash.cash": "36000.00",  # 80 x (400 + 50), tendered on the last early day
    "options.cash.new-notes": "1000.00",  # 80 x 18.277778 = 1,462.22
    "options.cash.fractions": "462.22",
    "options.notes.accepted": "200000.00",
    "options.notes.new-notes": "193000.00",  # 200 x (950 + 18.277778) = 193,655.56, late
    "options.notes.fractions": "655.56",
    "options.notes.warrants": "2000",
    "options.pool.accepted": "119000.00",
    "options.pool.cash": "25000.00",
    "options.pool.new-notes": "98000.00",  # 94 x 1,030 + 119 x 18.277778 = 98,995.06
    "options.pool.fractions": "995.06",
    "cash-in-all": "63112.84",  # 61,000 + 462.22 + 655.56 + 995.06
    "new-principal-by-options": "292000.00",
    "participation": "0.9804",
    "not-tendered": "10000.00",
}


@pytest.fixture
def offer(term_sheet):
    """The built-in deal, its junior exchange an offer with options."""

    def read(*changes):
        deal = term_sheet(changed(*OFFER, *changes))
        assert not isinstance(deal, list), deal
        return deal

    return read


def plain(fact):
    return str(fact.value) if fact.unit == "count" else f"{fact.value:f}"


def facts_by_ending(deal):
    here = "exchange.junior."
    found = {fact.id: fact for fact in facts_of(project(deal))}
    return {name.removeprefix(here): fact for name, fact in found.items() if name.startswith(here)}


def test_all_facts_of_the_offer(offer):
    found = facts_by_ending(offer())
    assert {name: plain(fact) for name, fact in found.items()} == BY_HAND
    printed = found["new-principal-by-options"]
    assert (printed.printed, printed.difference) == (347_000, 55_000)


def test_interest_in_cash_is_paid_beside_the_options(offer):
    """80, 200 and 119 x 18.277778; the notes are 190,000 and 96,820."""
    found = facts_by_ending(offer(('accrued_paid = "new notes"', 'accrued_paid = "cash"')))
    accrued = [f"{found[f'options.{name}.accrued'].value:f}" for name in ("cash", "notes", "pool")]
    assert accrued == ["1462.22", "3655.56", "2175.06"]
    assert found["new-principal-by-options"].value == 286_000
    assert "options.notes.fractions" not in found


def test_less_than_the_minimum_and_nothing_changes_hands(offer):
    found = facts_by_ending(
        offer(
            ("minimum = 300_000\nmaximum = 400_000", "minimum = 500_001"),
            ("accepted = 399_000", "accepted = 0"),
        )
    )
    assert found["proration-factor"].value == found["accepted"].value == 0
    assert "less than the minimum" in found["proration-factor"].derivation
    assert found["returned"].value == 500_000
    assert found["cash-in-all"].value == found["new-principal-by-options"].value == 0


def test_what_was_not_accepted_stays_outstanding(offer):
    rows = {row.instrument: row for row in capital_structure(project(offer())).debt}
    old = rows["14% Junior Subordinated Notes"]
    assert (old.before, old.after) == (51_000_000, 11_100_000)  # cents: 510,000 - 399,000


def test_the_limits_alone_may_be_said_of_a_whole_offer(term_sheet):
    deal = term_sheet(
        changed(("tendered = 27_254_000", "tendered = 27_254_000\nmaximum = 20_000_000"))
    )
    assert deal == [
        "exchange.senior.accepted: found nothing; at most 20,000,000, what the terms accept, "
        "would be right"
    ]


def test_new_notes_by_the_rule_are_for_what_was_accepted(term_sheet):
    """20,000,000 x 1,558.52 / 1,000."""
    deal = term_sheet(
        changed(
            (
                "tendered = 27_254_000",
                "tendered = 27_254_000\nmaximum = 20_000_000\naccepted = 20_000_000",
            )
        )
    )
    found = {fact.id: fact for fact in facts_of(project(deal))}
    assert found["exchange.senior.new-principal-by-rounded-ratio"].value == 31_170_400
    assert found["exchange.senior.participation"].value == Decimal("0.994")


def test_the_offer_in_the_documentation():
    """300,000 and 500,500 for at most 400,000: 149.9 and 250.09 thousand, down to a thousand."""
    text = (Path(__file__).parents[2] / "docs" / "term-sheet.md").read_text(encoding="utf-8")
    (block,) = re.findall(r"```toml\n(\[exchange.*?)```", text, re.DOTALL)
    tables = read_tables(term_sheet_path("lexp-2003"))
    tables["exchange"]["senior"] = tomllib.loads(block)["exchange"]["senior"]
    tables["exchange"]["senior"]["new_tranche"] = "senior-notes"
    deal = deal_from_tables(tables, term_sheet_path("lexp-2003").parent)
    first, second = settlements_of(deal.exchange["senior"], deal.money)
    assert (first.accepted, first.cash) == (149_000, 134_100)  # 870 + 30, in time
    assert (second.accepted, second.new_notes, second.fraction_cash) == (250_000, 237_000, 500)
    assert (second.warrants, second.returned) == (2_500, 250_500)


def test_the_last_day_of_a_reinstatement_is_a_fact(term_sheet):
    deal = term_sheet(
        changed(('reinstatement = "The', 'reinstatement_until = 2005-12-18\nreinstatement = "The'))
    )
    found = {fact.id: fact for fact in facts_of(project(deal))}
    note = "repurchase.senior-unsecured-note"
    assert f"{found[f'{note}.reinstatement-until'].value}" == "2005-12-18"
    assert found[f"{note}.reinstated-claim"].value == Decimal(7_500_000)
