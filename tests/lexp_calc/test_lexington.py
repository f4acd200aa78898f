"""The built-in deal: every figure of the table, from the press release, H.15 or by hand."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from lexp_calc import project
from lexp_calc.day_count import DAY_COUNTS
from lexp_calc.exchanges import exchange_ratio, new_notes
from lexp_calc.rates import units
from lexp_calc.repurchases import reinstated_claim, repurchase_gain
from lexp_calc.revolver_functions import borrowing_base
from lexp_calc.warrant_counts import warrants_by_rule
from tests.lexp_calc.published import figures, inputs, title
from tests.lexp_calc.variants import UNADJUSTED, lexington, with_terms

FIGURES = figures("lexington-2003.csv")


def projected(case):
    """The projection that a case of the table asks for."""
    deal = lexington()
    changes = dict(UNADJUSTED) if case.get("dates") == "unadjusted" else {}
    if "day_count" in case:
        changes["coupon.day_count"] = case["day_count"]
    if "reset" in case:
        changes["coupon.options.0.reset"] = case["reset"]
    deal = with_terms(deal, case["tranche"], changes) if changes else deal
    extended = {f"extend.{case['extend']}": True} if "extend" in case else {}
    return project(deal, case.get("scenario", "closing"), extended)


def schedule(case):
    return projected(case)[case["tranche"]]


def rows_of(case, column):
    return [getattr(row, column) for row in schedule(case).rows]


def cents(minor_units):
    return Decimal(minor_units).scaleb(-2)


def coupons(case):
    return [row.interest for row in schedule(case).rows if row.interest]


def margin(case):
    options = lexington().tranche[case["tranche"]].coupon.options
    return next(option.margin for option in options if option.index == case["index"])


def fee_on(case):
    day = date.fromisoformat(case["day"])
    return cents(sum(row.fees for row in schedule(case).rows if row.payment_date == day))


def last_day_at_the_floor(case):
    projection = projected(case)
    tranche = lexington().tranche[case["tranche"]]
    rates = projection[case["tranche"]].rates
    floor = units(tranche.coupon.floor)
    day, one_day = lexington().closing_date, timedelta(days=1)
    while rates.period(day, day + one_day).unit_days == floor:
        day += one_day
    return day - one_day


def dates_moved(case):
    rows = schedule(case).rows[1:]
    regular = [row for row in rows if row.scheduled_principal or case["tranche"].endswith("notes")]
    return sum(row.payment_date != row.due_date for row in regular)


def claim_below_face(case):
    bought = lexington().repurchase[case["repurchase"]]
    return repurchase_gain(bought.face, Decimal(0), bought.price)


def claim_reinstated(case):
    bought = lexington().repurchase[case["repurchase"]]
    return reinstated_claim(bought.face, Decimal(0), bought.price, Decimal(case["returned"]))


def ratio(case):
    found = exchange_ratio(
        Decimal(case["coupon"]), date.fromisoformat(case["from"]), date.fromisoformat(case["to"])
    )
    return round(found, 6)


def new_notes_by_rule(case):
    terms = lexington().exchange["senior"]
    unrounded = exchange_ratio(terms.coupon, terms.accrued_from, terms.accrued_to, terms.day_count)
    return new_notes(Decimal(case["old"]), unrounded)


def coupons_of_a_year(case):
    rows = schedule(case).rows
    return cents(sum(row.interest for row in rows if row.due_date.year == int(case["year"])))


def strike_money(case):
    return sum(each.issued * each.strike for each in lexington().warrant.values())


CORE = {
    "commitment": lambda case: lexington().tranche[case["tranche"]].commitment,
    "facility total": lambda case: lexington().facility[case["facility"]].amount,
    "maturity": lambda case: lexington().tranche[case["tranche"]].maturity,
    "margin": margin,
    "advance rate": lambda case: (
        lexington().tranche["revolver"].borrowing_base[case["class"]].advance_rate
    ),
    "borrowing base": lambda case: borrowing_base(
        Decimal(case["receivables"]), Decimal(case["inventory"])
    ),
    "balance": lambda case: cents(schedule(case).balance(date.fromisoformat(case["day"]))),
    "balloon": lambda case: schedule(case).total("balloon"),
    "instalments": lambda case: sum(map(bool, rows_of(case, "scheduled_principal"))),
    "last due date": lambda case: schedule(case).maturity_row.due_date,
    "last payment date": lambda case: schedule(case).maturity_row.payment_date,
    "fee": fee_on,
    "total fees": lambda case: schedule(case).total("fees"),
    "first all-in rate": lambda case: schedule(case).rows[1].all_in_rate,
    "last day at the floor": last_day_at_the_floor,
    "first coupon": lambda case: cents(coupons(case)[0]),
    "regular coupon": lambda case: cents(*set(coupons(case)[1:])),
    "coupons": lambda case: len(coupons(case)),
    "coupons of a year": coupons_of_a_year,
    "total payments": lambda case: schedule(case).total("total_payment"),
    "dates moved": dates_moved,
    "claim below face": claim_below_face,
    "reinstated claim": claim_reinstated,
    "days accrued": lambda case: DAY_COUNTS["30/360 US"].days(
        date.fromisoformat(case["from"]), date.fromisoformat(case["to"])
    ),
    "exchange ratio": ratio,
    "new notes": lambda case: new_notes(Decimal(case["old"]), Decimal(case["ratio"])),
    "new notes by rule": new_notes_by_rule,
    "warrants by rule": lambda case: warrants_by_rule(Decimal(case["notes"]), 10),
    "warrants printed": lambda case: lexington().warrant[case["warrant"]].issued,
    "strike money": strike_money,
    "total interest": lambda case: schedule(case).total("interest"),
}


@pytest.mark.parametrize("row", FIGURES, ids=title)
def test_the_figure_is_reproduced(row):
    found = CORE[row["figure"]](inputs(row))
    unit = row["unit"]
    expected = date.fromisoformat(row["value"]) if unit == "date" else Decimal(row["value"])
    assert found == expected, row["source"]


def test_the_secured_loan_leaves_its_floor_only_when_prime_passes_it():
    """H.15: 4.25 % from 2004-06-30 gives 8.25 %, the floor; 4.50 % from 2004-08-10 is above."""
    rows = project(lexington(), "historical")["secured-term-loan"].rows
    paid = {row.due_date: row.all_in_rate for row in rows}
    assert paid[date(2004, 8, 1)] == Decimal("0.0825")
    # 2 August to 1 September: 8 days at 8.25 %, 22 days at 8.50 %.
    assert paid[date(2004, 9, 1)] * 30 == 8 * Decimal("0.0825") + 22 * Decimal("0.085")


COLUMNS = (
    "payment_date, accrual_start, accrual_end, days, opening_balance, drawn, index_rate, "
    "all_in_rate, interest, pik_interest, scheduled_principal, prepayment, balloon, fees, "
    "total_payment, closing_balance"
)


@pytest.mark.parametrize("tranche_id", lexington().tranche)
def test_the_schedule_is_given_as_a_table_with_the_columns_of_the_contract(tranche_id):
    frame = project(lexington())[tranche_id].to_frame()
    assert ", ".join(frame.columns) == COLUMNS
    assert len(frame) == len(project(lexington())[tranche_id].rows)
    assert frame["closing_balance"].iloc[-1] == 0
