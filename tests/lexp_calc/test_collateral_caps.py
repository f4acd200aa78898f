"""Certificates with caps, sub-limits, reserves and letters of credit, worked out by hand."""

import re
from datetime import date
from decimal import Decimal

import pytest

from lexp_calc import LexpError, project
from lexp_calc.term_sheet import deal_from_tables, term_sheet_path
from tests.lexp_calc.collateral_deals import collateral, deal_with, tables_with

MILLION = 1_000_000_00


def certificate(deal, amounts, **inputs):
    """`amounts`: gross by class, in currency units."""
    given = {f"collateral.revolver.{key}.gross": str(each) for key, each in amounts.items()}
    given |= {path.replace("__", "."): value for path, value in inputs.items()}
    return project(deal, "closing", given).certificate("revolver")


def lent(found):
    """What is lent against each class and within each sub-limit, in currency units."""
    parts = {each.class_id: each.lendable for each in found.classes}
    parts |= {each.limit_id: each.lendable for each in found.limits}
    return {part: Decimal(amount) / 100 for part, amount in parts.items()}


def test_a_published_certificate():
    """The worked example of a bank's instructions to borrowers: XYZ Corporation, 09/30/08.

    1,000,000 of receivables, 50,000 of them over 90 days, x .75 = 712,500 as printed there;
    inventory of 500,000 and net fixed assets of 750,000 at the 50 % that it states; a line
    of 1,500,000. Source: Missouri Bank, "Borrowing Base: Frequently Asked Questions"
    (docstoc.com/docs/52713885).
    """
    deal = deal_with(
        {
            "receivables": collateral("75%", ineligible={"over-90-days": "Over 90 days"}),
            "inventory": collateral("50%"),
            "fixed-assets": collateral("50%"),
        },
        commitment=1_500_000,
    )
    amounts = {"receivables": 1_000_000, "inventory": 500_000, "fixed-assets": 750_000}
    over = {"collateral.revolver.receivables.over-90-days": "50000"}
    found = certificate(deal, amounts, **over)
    assert lent(found) == {
        "receivables": Decimal(712_500),
        "inventory": 250_000,
        "fixed-assets": 375_000,
    }
    assert found.borrowing_base == found.limit == found.availability == 1_337_500_00


# gross amounts; what is lent against each part; the base.
CAPS = {
    "an amount binds: 30 % x 20.0 is 6.0, at most 4.0": (
        {"receivables": collateral("80%"), "finished": collateral("30%", cap=4_000_000)},
        {},
        {"receivables": 10_000_000, "finished": 20_000_000},
        {"receivables": 8_000_000, "finished": 4_000_000},
        12_000_000,
    ),
    "an amount does not bind": (
        {"receivables": collateral("80%"), "finished": collateral("30%", cap=4_000_000)},
        {},
        {"receivables": 10_000_000, "finished": 10_000_000},
        {"receivables": 8_000_000, "finished": 3_000_000},
        11_000_000,
    ),
    "a share of another class, written before it: 40 % x 8.0 = 3.2": (
        {
            "finished": collateral("60%", cap_share={"of": "receivables", "rate": "40%"}),
            "receivables": collateral("80%"),
        },
        {},
        {"receivables": 10_000_000, "finished": 20_000_000},
        {"receivables": 8_000_000, "finished": 3_200_000},
        11_200_000,
    ),
    "a share of what a capped class gives: 50 % x 5.0 = 2.5, not 50 % x 8.0": (
        {
            "receivables": collateral("80%", cap=5_000_000),
            "finished": collateral("60%", cap_share={"of": "receivables", "rate": "50%"}),
        },
        {},
        {"receivables": 10_000_000, "finished": 20_000_000},
        {"receivables": 5_000_000, "finished": 2_500_000},
        7_500_000,
    ),
    # x = 40 % of (8,000,000 + x), so x = 8,000,000 x 40 / 60
    "a share of the total that results": (
        {
            "receivables": collateral("80%"),
            "finished": collateral("60%", cap_share={"of": "total", "rate": "40%"}),
        },
        {},
        {"receivables": 10_000_000, "finished": 20_000_000},
        {"receivables": 8_000_000, "finished": Decimal("5333333.33")},
        Decimal("13333333.33"),
    ),
    "the lesser of an amount and a share": (
        {
            "receivables": collateral("80%"),
            "finished": collateral("60%", cap=3_000_000, cap_share={"of": "total", "rate": "40%"}),
        },
        {},
        {"receivables": 10_000_000, "finished": 20_000_000},
        {"receivables": 8_000_000, "finished": 3_000_000},
        11_000_000,
    ),
    # 85 % x 60 % = 51 % of cost; 1,234,567.89 x 0.51 = 629,629.6239
    "85 % of net orderly liquidation value at 60 % of cost": (
        {"finished": collateral("85%", net_orderly_liquidation_value="60%")},
        {},
        {"finished": Decimal("1234567.89")},
        {"finished": Decimal("629629.62")},
        Decimal("629629.62"),
    ),
    # 0.05 x 90 % x 50 % = 0.0225; rounded in between it would be 0.05 x 90 % = 0.05, then 0.03
    "two rates are rounded once": (
        {"finished": collateral("90%", net_orderly_liquidation_value="50%")},
        {},
        {"finished": Decimal("0.05")},
        {"finished": Decimal("0.02")},
        Decimal("0.02"),
    ),
    # raw 45 % x 4.0 = 1.8; finished 60 % x 10.0 = 6.0, both 7.8, at most 7.0
    # 85 % x 62 % = 52.7 % of cost, the lesser; then 85 % x 80 % = 68 %, so 65 % holds
    "the lesser of a rate on cost and one on liquidation value": (
        {
            "raw": collateral(
                "85%", net_orderly_liquidation_value="62%", advance_rate_on_cost="65%"
            ),
            "finished": collateral(
                "85%", net_orderly_liquidation_value="80%", advance_rate_on_cost="65%"
            ),
        },
        {},
        {"raw": 1_000_000, "finished": 1_000_000},
        {"raw": 527_000, "finished": 650_000},
        1_177_000,
    ),
    "a sub-limit over two classes": (
        {
            "receivables": collateral("80%"),
            "raw": collateral("45%"),
            "finished": collateral("60%"),
        },
        {"inventory": {"name": "Inventory", "classes": ["raw", "finished"], "cap": 7_000_000}},
        {"receivables": 10_000_000, "raw": 4_000_000, "finished": 10_000_000},
        {"receivables": 8_000_000, "raw": 1_800_000, "finished": 6_000_000, "inventory": 7_000_000},
        15_000_000,
    ),
    # in transit 40 % x 5.0 = 2.0, at most 1.0; 1.0 + 6.0 = 7.0, at most 75 % x 8.0 = 6.0
    "a sub-limit within another, as a share of a class": (
        {
            "receivables": collateral("80%"),
            "finished": collateral("60%"),
            "afloat": collateral("40%"),
        },
        {
            "inventory": {
                "name": "Inventory",
                "classes": ["finished"],
                "limits": ["in-transit"],
                "cap_share": {"of": "receivables", "rate": "75%"},
            },
            "in-transit": {"name": "In transit", "classes": ["afloat"], "cap": 1_000_000},
        },
        {"receivables": 10_000_000, "finished": 10_000_000, "afloat": 5_000_000},
        {
            "receivables": 8_000_000,
            "finished": 6_000_000,
            "afloat": 2_000_000,
            "inventory": 6_000_000,
            "in-transit": 1_000_000,
        },
        14_000_000,
    ),
}


@pytest.mark.parametrize("case", CAPS.values(), ids=CAPS)
def test_caps_and_sub_limits(case):
    classes, limits, amounts, expected, base = case
    found = certificate(deal_with(classes, limits), amounts)
    assert lent(found) == expected
    assert found.borrowing_base == int(base * 100)


RECEIVABLES = {"receivables": collateral("80%")}


APPRAISED = {"finished": collateral("85%", net_orderly_liquidation_value="60%")}


def test_a_later_appraisal_takes_the_place_of_the_one_in_the_contract():
    """85 % x 60 % x 1,000,000 = 510,000; at 54.5 % it is 463,250."""
    deal = deal_with(APPRAISED)
    assert certificate(deal, {"finished": 1_000_000}).borrowing_base == 510_000_00
    appraisal = {"appraisal.revolver.finished": "54.5%"}
    assert certificate(deal, {"finished": 1_000_000}, **appraisal).borrowing_base == 463_250_00


# inputs; what the refusal says.
BAD_APPRAISALS = {
    "of no class": ({"appraisal.revolver.x": "50%"}, ("appraisal.revolver.x", '"finished"')),
    "of a class lent against at cost": (
        {"appraisal.revolver.raw": "50%"},
        ("appraisal.revolver.raw", "net_orderly_liquidation_value"),
    ),
    "below zero": ({"appraisal.revolver.finished": "-1%"}, ("revolver.finished", "0% to 100%")),
    "without its sign": ({"appraisal.revolver.finished": "50"}, ('did you mean "50%"?',)),
    "of a loan": ({"appraisal.term-loan.finished": "50%"}, ("a revolver would be right",)),
}


@pytest.mark.parametrize("case", BAD_APPRAISALS.values(), ids=BAD_APPRAISALS)
def test_an_appraisal_that_cannot_hold_is_refused(case):
    inputs, parts = case
    with pytest.raises(LexpError) as caught:
        project(deal_with(APPRAISED | {"raw": collateral("50%")}), "closing", inputs)
    said = str(caught.value)
    assert all(part in said for part in parts), said


@pytest.mark.parametrize(
    ("drawn", "usable", "availability", "over_advance"),
    [
        # limit 8.0 less a block of 1.5 = 6.5
        ("4000000", 6.5, 2.5, 0),
        ("6500000", 6.5, 0, 0),
        ("7000000", 6.5, 0, 0.5),
    ],
)
def test_minimum_availability_is_a_block_that_stays_undrawn(
    drawn, usable, availability, over_advance
):
    deal = deal_with(RECEIVABLES, minimum_availability=1_500_000)
    inputs = {"draw.revolver.2003-12-18": drawn}
    found = certificate(deal, {"receivables": 10_000_000}, **inputs)
    assert found.limit == 8 * MILLION
    assert (found.usable, found.availability, found.over_advance) == (
        usable * MILLION,
        availability * MILLION,
        over_advance * MILLION,
    )


def test_a_block_above_the_limit_is_no_over_advance_of_nothing():
    deal = deal_with(RECEIVABLES, minimum_availability=1_500_000)
    found = certificate(deal, {"receivables": 1_000_000})
    assert (found.usable, found.availability, found.over_advance) == (0, 0, 0)


@pytest.mark.parametrize(
    ("as_of", "commitment"),
    [("2004-02-29", 7_500_000_00), ("2004-03-01", 5_000_000_00), ("2005-06-01", 6_000_000_00)],
)
def test_the_commitment_of_the_day_is_the_limit(as_of, commitment):
    steps = [
        {"from": date(2004, 3, 1), "commitment": 5_000_000},
        {"from": date(2005, 6, 1), "commitment": 6_000_000},
    ]
    deal = deal_with(RECEIVABLES, commitment=7_500_000, commitment_steps=steps)
    found = certificate(deal, {"receivables": 10_000_000}, as_of=as_of)
    assert (found.borrowing_base, found.limit) == (8_000_000_00, commitment)


def test_reserves_by_name_add_up():
    deal = deal_with(RECEIVABLES, reserves={"rent": "Rent", "dilution": "Dilution"})
    inputs = {"reserves.revolver.rent": "250000", "reserves.revolver.dilution": "750000.50"}
    found = certificate(deal, {"receivables": 10_000_000}, **inputs)
    assert (found.reserves, found.borrowing_base) == (1_000_000_50, 6_999_999_50)


@pytest.mark.parametrize(
    ("as_of", "outstanding"),
    [
        ("2003-12-18", 0),
        ("2004-01-14", 0),
        ("2004-01-15", 500_000_00),
        ("2004-03-30", 500_000_00),
        ("2004-03-31", 800_000_00),
        ("2005-01-01", 0),
    ],
)
def test_letters_of_credit_hold_from_their_day(as_of, outstanding):
    letters = {
        "letters_of_credit.revolver.2004-03-31": "800000",
        "letters_of_credit.revolver.2004-01-15": "500000",
        "letters_of_credit.revolver.2004-12-31": "0",
    }
    found = certificate(deal_with(RECEIVABLES), {"receivables": 1}, **letters, as_of=as_of)
    assert found.letters_of_credit == outstanding


def test_flat_letters_of_credit_hold_from_closing():
    tables = {"letters_of_credit.revolver": "400000"}
    deal = deal_with(RECEIVABLES)
    for day in ("2003-12-18", "2006-06-30"):
        found = certificate(deal, {"receivables": 1}, **tables, as_of=day)
        assert found.letters_of_credit == 400_000_00


def test_a_dated_change_joins_the_letters_of_credit_of_the_scenario():
    tables = tables_with(RECEIVABLES)
    tables["scenario"]["closing"]["letters_of_credit"] = {"revolver": 400_000}
    deal = deal_from_tables(tables, term_sheet_path("lexp-2003").parent)

    def outstanding(as_of, **inputs):
        found = certificate(deal, {"receivables": 1}, **inputs, as_of=as_of)
        return found.letters_of_credit

    later = {"letters_of_credit.revolver.2004-03-01": "100000"}
    assert outstanding("2004-02-29", **later) == 400_000_00
    assert outstanding("2004-03-01", **later) == 100_000_00
    flat = {"letters_of_credit.revolver": "50000"}
    assert outstanding("2004-03-01", **flat) == 50_000_00


def limit_on(*classes, **more):
    return {"name": "Limit", "classes": list(classes), "cap": 1} | more


TWO = {"a": collateral("50%"), "b": collateral("50%")}
# the terms; what the refusal says.
BAD_TERMS = {
    "two classes, each a share of the other": (
        {
            "a": collateral("50%", cap_share={"of": "b", "rate": "40%"}),
            "b": collateral("50%", cap_share={"of": "a", "rate": "40%"}),
        },
        {},
        ("tranche.revolver.borrowing_base.a", "found a circle", "a -> b -> a"),
    ),
    "a class that is a share of itself": (
        {"a": collateral("50%", cap_share={"of": "a", "rate": "40%"})},
        {},
        ("borrowing_base.a", "a -> a"),
    ),
    "two shares of the total": (
        {
            "a": collateral("50%", cap_share={"of": "total", "rate": "40%"}),
            "b": collateral("50%", cap_share={"of": "total", "rate": "40%"}),
        },
        {},
        ("borrowing_base.a", "a -> b -> a"),
    ),
    "a share of the total inside a sub-limit": (
        {
            "a": collateral("50%", cap_share={"of": "total", "rate": "40%"}),
            "b": collateral("50%"),
        },
        {"c": limit_on("a")},
        ("found a circle", "a -> c -> a"),
    ),
    "sub-limits in a circle": (
        TWO,
        {
            "c": limit_on(limits=["d"]),
            "d": limit_on(limits=["c"]),
        },
        ("borrowing_base_limits.c", "c -> d -> c"),
    ),
    "an unknown class": (TWO, {"c": limit_on("x")}, ("limits.c.classes", '"x"', '"a", "b"')),
    "an unknown sub-limit": (
        TWO,
        {"c": limit_on("a", limits=["x"])},
        ("limits.c.limits", 'found "x"', 'one of "c"'),
    ),
    "a class in two sub-limits": (
        TWO,
        {"c": limit_on("a"), "d": limit_on("a", "b")},
        ("borrowing_base_limits.d.classes", 'which stands in "c" already'),
    ),
    "a class named twice": (TWO, {"c": limit_on("a", "a")}, ('stands in "c" already',)),
    "a share of nothing known": (
        {"a": collateral("50%", cap_share={"of": "x", "rate": "40%"})},
        {},
        ("borrowing_base.a.cap_share.of", 'found "x"', '"total"'),
    ),
    "a share of the total, alone": (
        {"a": collateral("50%", cap_share={"of": "total", "rate": "40%"})},
        {},
        ("borrowing_base.a.cap_share.of", '"total" with nothing beside "a"'),
    ),
    "a share of 0 %": (
        {"a": collateral("50%", cap_share={"of": "total", "rate": "0%"})},
        {},
        ("cap_share.rate", "a share above 0%"),
    ),
    "all of the total": (
        {"a": collateral("50%", cap_share={"of": "total", "rate": "100%"})},
        {},
        ("cap_share.rate", "a share below 100%"),
    ),
    "one id for a class and a sub-limit": (TWO, {"a": limit_on("b")}, ("limits.a", "an id of")),
    "a class called total": ({"total": collateral("50%")}, {}, ("borrowing_base.total",)),
    "a sub-limit of nothing": (TWO, {"c": {"name": "C", "cap": 1}}, ("limits.c.classes", "no cl")),
    "a sub-limit without a limit": (
        TWO,
        {"c": {"name": "C", "classes": ["a"]}},
        ("borrowing_base_limits.c.cap", "no cap and no cap_share"),
    ),
    "a negative advance rate": ({"a": collateral("-5%")}, {}, ("a.advance_rate", "0% to 100%")),
    "a rate on cost beside none on liquidation value": (
        {"a": collateral("85%", advance_rate_on_cost="65%")},
        {},
        ("a.advance_rate_on_cost", "net_orderly_liquidation_value beside it"),
    ),
    "a cap below a cent": ({"a": collateral("5%", cap=Decimal("0.001"))}, {}, ("a.cap", "0.01")),
}


@pytest.mark.parametrize("case", BAD_TERMS.values(), ids=BAD_TERMS)
def test_terms_that_cannot_hold_are_refused(case):
    classes, limits, parts = case
    with pytest.raises(LexpError) as caught:
        deal_with(classes, limits)
    said = str(caught.value)
    assert all(part in said for part in parts), said


@pytest.mark.parametrize("field", ["letter_of_credit_sublimit", "minimum_availability"])
def test_amounts_above_the_commitment_are_refused(field):
    with pytest.raises(LexpError, match=f"{field}: found 30,000,000, above the commitment"):
        deal_with(RECEIVABLES, **{field: 30_000_000})


@pytest.mark.parametrize("terms", [{"reserves": {"rent": "Rent"}}, {"minimum_availability": 5}])
def test_what_is_taken_off_a_borrowing_base_needs_one(terms):
    (field,) = terms
    with pytest.raises(LexpError, match=f"revolver.{field}: found .*without a borrowing base"):
        deal_with({}, **terms)


# inputs of a revolver with a sublimit of 2,000,000 and two reserves; what the refusal says.
BAD_INPUTS = {
    "letters above the sublimit": (
        {"letters_of_credit.revolver": "2000000.01"},
        ("letters_of_credit.revolver: found 2,000,000.01", "sublimit of 2,000,000"),
    ),
    "letters above the sublimit from a day": (
        {"letters_of_credit.revolver.2004-02-01": "3000000"},
        ("letters_of_credit.revolver.2004-02-01: found 3,000,000",),
    ),
    "letters below zero": ({"letters_of_credit.revolver": "-1"}, ("0 or more",)),
    "letters on a day that is none": ({"letters_of_credit.revolver.2004-02-30": "1"}, ("exists",)),
    "letters of a loan": ({"letters_of_credit.term-loan": "1"}, ("a revolver would be right",)),
    "one amount for named reserves": (
        {"reserves.revolver": "5"},
        ("reserves.revolver: found 5 for all", "reserves.revolver.rent, reserves.revolver.dil"),
    ),
    "an unknown reserve": ({"reserves.revolver.rant": "5"}, ('"rant"', 'did you mean "rent"?')),
    "a reserve below zero": ({"reserves.revolver.rent": "-5"}, ("revolver.rent", "0 or more")),
}


@pytest.mark.parametrize("case", BAD_INPUTS.values(), ids=BAD_INPUTS)
def test_inputs_that_cannot_hold_are_refused(case):
    inputs, parts = case
    deal = deal_with(
        RECEIVABLES,
        letter_of_credit_sublimit=2_000_000,
        reserves={"rent": "Rent", "dilution": "Dilution"},
    )
    with pytest.raises(LexpError) as caught:
        project(deal, "closing", inputs)
    said = str(caught.value)
    assert all(part in said for part in parts), said


def test_a_named_reserve_of_a_revolver_that_names_none_is_refused():
    with pytest.raises(LexpError, match=r"reserves.revolver.rent.*one amount would be right"):
        project(deal_with(RECEIVABLES), "closing", {"reserves.revolver.rent": "5"})


DRAWN = {"draw.revolver.2003-12-18": "10000000"}
# The limit is broken between two interest dates alone: no row of the schedule falls within.
BROKEN_BETWEEN_PAYMENTS = {
    "letters beside the balance": (
        {"letters_of_credit.revolver.2004-01-06": "14000000"}
        | {"letters_of_credit.revolver.2004-01-07": "0"},
        {},
        "letters_of_credit.2004-01-06: found a balance of 10,000,000.00 beside letters of "
        "credit of 14,000,000.00 when the commitment is 23,500,000.00",
    ),
    "a commitment that steps down and up": (
        {},
        {
            "commitment_steps": [
                {"from": date(2004, 1, 6), "commitment": 9_000_000},
                {"from": date(2004, 1, 7), "commitment": 23_500_000},
            ]
        },
        "commitment.2004-01-06: found a balance of 10,000,000.00 when the commitment is 9,000,000",
    ),
}


@pytest.mark.parametrize(
    "case", BROKEN_BETWEEN_PAYMENTS.values(), ids=BROKEN_BETWEEN_PAYMENTS.keys()
)
def test_a_limit_holds_on_every_day_and_not_on_rows_alone(case):
    inputs, terms, said = case
    deal = deal_with(RECEIVABLES, **terms)
    with pytest.raises(LexpError, match=re.escape(said)):
        project(deal, "closing", DRAWN | inputs)
