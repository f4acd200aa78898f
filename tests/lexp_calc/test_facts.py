"""Every figure of the built-in deal against the documents and arithmetic done by hand."""

from datetime import date
from decimal import Decimal

import pytest

from lexp_calc import builtin_deal, project
from lexp_calc.facts import facts_of
from tests.lexp_calc.collateral_deals import collateral, deal_with

# The press release of 18 December 2003, by paragraph; H.15 is the Federal Reserve's prime
# rate; "hand" is arithmetic on the figures named, done without the program.
HAND = "hand: "
EXPECTED = (
    # id, value, source
    ("facility.secured-credit-facility", "37000000", "paragraph 2; 23.5m + 13.5m"),
    ("revolver.commitment", "23500000", "paragraph 2"),
    ("revolver.maturity", "2006-06-30", "paragraph 2"),
    ("revolver.rate.prime", "0.05", "paragraph 2: prime 4% + 1%"),
    ("revolver.rate.libor-1m.2003-12-18", "0.0439875", HAND + "1.14875% + 3.25%"),
    ("revolver.rate.libor-3m.2003-12-18", "0.0442", HAND + "1.17% + 3.25%"),
    ("revolver.payment-dates-moved", "14", HAND + "weekends and holidays in a calendar"),
    (
        "revolver.limit-rule",
        "min(23,500,000.00, 88% x eligible accounts receivable + 65% x eligible inventories)",
        "paragraph 2",
    ),
    ("term-loan.principal", "13500000", "paragraph 2"),
    ("term-loan.rate.prime", "0.055", "paragraph 2: prime 4% + 1.50%"),
    ("term-loan.rate.libor-1m.2003-12-18", "0.0489875", HAND + "1.14875% + 3.75%"),
    ("term-loan.rate.libor-3m.2003-12-18", "0.0492", HAND + "1.17% + 3.75%"),
    ("term-loan.instalments", "29", HAND + "February 2004 to June 2006"),
    ("term-loan.last-instalment", "2006-06-01", HAND + "the last before 30 June 2006"),
    ("term-loan.maturity", "2006-06-30", "paragraph 2"),
    ("term-loan.balloon", "4800000", HAND + "13.5m - 29 x 300,000"),
    ("term-loan.instalments-if-extended", "45", "paragraph 2"),
    ("term-loan.instalments-sum-if-extended", "13500000", HAND + "45 x 300,000"),
    ("term-loan.last-instalment-if-extended", "2007-10-01", HAND + "February 2004 + 44 months"),
    ("term-loan.balloon-if-extended", "0", HAND + "13.5m - 45 x 300,000"),
    ("term-loan.payment-dates", "45", "paragraph 2"),
    ("term-loan.payment-dates-moved", "14", HAND + "weekends and holidays in a calendar"),
    ("secured-term-loan.principal", "11500000", "paragraph 3"),
    ("secured-term-loan.rate.prime", "0.0825", "paragraph 3: the minimum, above 4% + 4%"),
    ("secured-term-loan.instalments", "30", HAND + "January 2004 to June 2006"),
    ("secured-term-loan.last-instalment", "2006-06-01", "paragraph 3"),
    ("secured-term-loan.balloon", "8620000", HAND + "11.5m - 30 x 96,000"),
    ("secured-term-loan.instalments-if-extended", "42", HAND + "twelve more"),
    ("secured-term-loan.balloon-if-extended", "7468000", HAND + "11.5m - 42 x 96,000"),
    ("secured-term-loan.maturity-if-extended", "2007-06-30", "paragraph 3"),
    ("secured-term-loan.fee.2003-12-18", "215625.00", HAND + "1.875% x 11.5m"),
    ("secured-term-loan.fee.2004-12-18", "194025.00", HAND + "1.875% x (11.5m - 12 x 96,000)"),
    ("secured-term-loan.fee.2005-12-18", "172425.00", HAND + "1.875% x (11.5m - 24 x 96,000)"),
    ("secured-term-loan.fee.2006-12-18", "150825.00", HAND + "1.875% x (11.5m - 36 x 96,000)"),
    ("secured-term-loan.payment-dates-moved", "13", HAND + "weekends and holidays in a calendar"),
    ("secured-term-loan.floor.prime.binds-from", "2003-12-18", "paragraph 3; prime was 4.00%"),
    ("senior-notes.principal", "42476000", "paragraph 5"),
    ("senior-notes.maturity", "2009-08-01", "paragraph 5"),
    ("senior-notes.first-interest-days", "43", HAND + "12 + 30 + 1 days of 30/360"),
    ("senior-notes.first-interest", "608822.67", HAND + "42,476,000 x 12% x 43/360"),
    ("senior-notes.regular-interest", "1274280.00", HAND + "42,476,000 x 3%"),
    ("senior-notes.regular-interest-payments", "22", HAND + "May 2004 to August 2009"),
    ("senior-notes.annual-interest", "5097120.00", HAND + "42,476,000 x 12%"),
    ("senior-notes.total-interest", "28642982.67", HAND + "608,822.67 + 22 x 1,274,280"),
    ("senior-notes.payment-dates-moved", "7", HAND + "weekends and holidays in a calendar"),
    ("senior-notes.payment-dates", "23", HAND + "February 2004 to August 2009"),
    ("junior-notes.payment-dates-moved", "8", HAND + "weekends and holidays in a calendar"),
    ("junior-notes.payment-dates", "24", HAND + "February 2004 to November 2009"),
    ("junior-notes.first-interest", "5388.14", HAND + "347,000 x 13% x 43/360 = 5,388.139"),
    ("lien.real-property.secured-term-loan", "1", "paragraph 3"),
    ("lien.other-assets.secured-term-loan", "2", "paragraph 3"),
    ("lien.other-assets.term-loan", "1", "paragraph 2"),
    ("lien.other-assets.revolver", "1", "paragraph 2"),
    ("exchange.senior.accrued-days", "1577", HAND + "4 x 360 + 4 x 30 + 17"),
    ("exchange.senior.interest-per-thousand", "558.520833", HAND + "127.50 x 1577/360"),
    ("exchange.senior.ratio", "1558.52", "paragraph 5"),
    ("exchange.senior.new-principal-by-rounded-ratio", "42475904.08", HAND + "27,254 x 1,558.52"),
    (
        "exchange.senior.new-principal-by-unrounded-ratio",
        "42475926.79",
        HAND + "27,254 x (1,000 + 127.50 x 1577/360)",
    ),
    ("exchange.senior.outstanding-above", "27404725.99", HAND + "27,254,000 / 0.9945"),
    ("exchange.senior.outstanding-at-most", "27432310.02", HAND + "27,254,000 / 0.9935"),
    ("exchange.senior.participation", "0.994", "paragraph 5; 27,254 / 27,412"),
    ("exchange.senior.not-tendered", "158000", HAND + "27,412,000 - 27,254,000"),
    (
        "exchange.senior.restructuring.future-payments",
        "71118982.67",
        HAND + "42,476,000 + 608,822.67 + 22 x 1,274,280",
    ),
    ("exchange.senior.restructuring.carrying-amount", "42475926.79", HAND + "as by the rule above"),
    ("exchange.senior.restructuring.gain", "0", "ASC 470-60-35-5: payments exceed it"),
    ("exchange.junior.new-principal", "347000", "paragraph 6"),
    ("warrant.senior-warrants.number", "424760", HAND + "ten for each 1,000 of 42,476,000"),
    ("warrant.junior-warrants.number", "3470", HAND + "ten for each 1,000 of 347,000"),
    ("warrant.senior-warrants.exercisable-from", "2005-08-01", "paragraph 5"),
    ("warrant.senior-warrants.expires", "2009-08-01", "paragraph 5"),
    ("warrants.number", "428248", HAND + "424,781 + 3,467"),
    ("warrants.strike-money", "1498868", HAND + "428,248 x 3.50"),
    ("repurchase.senior-unsecured-note.discount", "1690000", HAND + "7,500,000 - 5,810,000"),
    ("repurchase.senior-unsecured-note.price-of-face", "0.77466667", HAND + "5.81 / 7.5"),
    ("repurchase.senior-unsecured-note.reinstated-claim", "7500000", "paragraph 4"),
    ("stock-for-interest.junior-interest.price", "2.265475", HAND + "235,000 / 103,731"),
    ("stock-for-interest.junior-interest.shares-after", "4931767", "cover of the 10-K for 2003"),
)

# Where the source prints what a rule also gives: (id, printed, printed - rule, source).
PRINTED = (
    ("facility.secured-credit-facility", 37_000_000, 0, "paragraph 2"),
    ("exchange.senior.ratio", Decimal("1558.52"), 0, "paragraph 5"),
    (
        "exchange.senior.new-principal-by-rounded-ratio",
        42_476_000,
        Decimal("95.92"),
        "paragraph 5; hand",
    ),
    (
        "exchange.senior.new-principal-by-unrounded-ratio",
        42_476_000,
        Decimal("73.21"),
        "paragraph 5; hand",
    ),
    ("exchange.senior.participation", Decimal("0.994"), 0, "paragraph 5"),
    ("warrant.senior-warrants.number", 424_781, 21, "paragraph 5"),
    ("warrant.junior-warrants.number", 3_467, -3, "paragraph 6"),
    ("stock-for-interest.junior-interest.shares-after", 4_931_767, 0, "10-K cover"),
)


def by_id(projection):
    found = {fact.id: fact for fact in facts_of(projection)}
    assert len(found) == len(facts_of(projection)), "two facts share an id"
    return found


@pytest.fixture(scope="module")
def built_in():
    return builtin_deal("lexp-2003")


@pytest.fixture(scope="module")
def closing(built_in):
    return by_id(project(built_in))


@pytest.mark.parametrize(("fact_id", "value", "source"), EXPECTED)
def test_a_figure_of_the_built_in_deal(closing, fact_id, value, source):
    found = closing[fact_id].value
    if isinstance(found, Decimal | int):
        assert found == Decimal(value), source
    else:
        assert str(found) == value, source


@pytest.mark.parametrize(("fact_id", "printed", "difference", "source"), PRINTED)
def test_printed_figure_and_difference(closing, fact_id, printed, difference, source):
    fact = closing[fact_id]
    assert (fact.printed, fact.difference) == (printed, difference), source


def test_effective_rate_of_the_new_notes(closing):
    rate = closing["exchange.senior.restructuring.effective-rate"].value
    assert round(rate, 4) == Decimal("0.1254")  # worked out beforehand: about 12.54 %


def test_the_floor_stops_binding_with_the_historical_prime(built_in):
    # H.15: prime 4.25 % from 30 June 2004 (4.25 + 4.00 = 8.25), 4.50 % from 10 August 2004.
    found = by_id(project(built_in, "historical"))
    assert found["secured-term-loan.floor.prime.binds-from"].value == date(2003, 12, 18)
    assert found["secured-term-loan.floor.prime.equal-from"].value == date(2004, 6, 30)
    assert found["secured-term-loan.floor.prime.above-from"].value == date(2004, 8, 10)


def test_the_contract_stands_whatever_the_scenario_does(built_in, closing):
    """Prepayments and draws change the scenario's totals and nothing that the contract says."""
    changed = by_id(
        project(
            built_in,
            inputs={
                "prepay.term-loan.2005-02-01": "500000",
                "draw.revolver.2004-01-15": "1000000",
                "extend.revolver": True,
            },
        )
    )
    of_scenario = {"term-loan.total-interest", "revolver.total-interest"}
    assert {key for key in closing if closing[key] != changed.get(key)} == of_scenario


def test_every_source_is_a_passage_of_the_term_sheet(built_in, closing):
    assert {fact.source for fact in closing.values()} <= {*built_in.passage, "assumption"}


def test_collateral_gives_limit_and_availability(built_in):
    found = by_id(
        project(
            built_in,
            inputs={
                "collateral.revolver.receivables.gross": "10000000",
                "collateral.revolver.inventories.gross": "8000000",
                "reserves.revolver": "250000",
                "draw.revolver.2003-12-18": "9000000",
            },
        )
    )
    # by hand: 0.88 x 10m + 0.65 x 8m - 0.25m = 13.75m, below 23.5m; less 9m drawn
    assert found["revolver.borrowing-base"].value == 13_750_000
    assert found["revolver.limit"].value == 13_750_000
    assert found["revolver.availability"].value == 4_750_000


def test_a_deal_of_one_loan_has_its_facts_and_no_others(built_in):
    """No exchange, warrant or facility in the term sheet: none among the facts."""
    tables = ("exchange", "warrant", "repurchase", "stock_for_interest", "facility", "observation")
    alone = built_in.model_copy(
        update={
            "tranche": {"secured-term-loan": built_in.tranche["secured-term-loan"]},
            **dict.fromkeys(tables, {}),
        }
    )
    found = by_id(project(alone))
    assert found["secured-term-loan.balloon"].value == 8_620_000
    assert {key.split(".")[0] for key in found} == {"secured-term-loan", "lien"}


def test_caps_and_sub_limits_stand_in_the_rule_of_the_limit():
    deal = deal_with(
        {
            "receivables": collateral("85%", "Receivables"),
            "raw": collateral("50%", "Raw materials", cap=1_500_000),
            "finished": collateral(
                "85%",
                "Finished goods",
                net_orderly_liquidation_value="61.4%",
                advance_rate_on_cost="55%",
            ),
            "equipment": collateral("80%", "Equipment", cap_share={"of": "total", "rate": "15%"}),
        },
        {
            "inventory": {
                "name": "Inventory",
                "classes": ["raw", "finished"],
                "cap_share": {"of": "receivables", "rate": "75%"},
            }
        },
    )
    rule = {fact.id: fact for fact in facts_of(project(deal))}["revolver.limit-rule"]
    assert rule.value == (
        "min(23,500,000.00, 85% x eligible receivables + "
        "min(80% x eligible equipment, 15% of the base before reserves) + "
        "min(min(50% x eligible raw materials, 1,500,000) + "
        "min(85% x 61.4%, 55%) x eligible finished goods, 75% of what is lent on receivables))"
    )
