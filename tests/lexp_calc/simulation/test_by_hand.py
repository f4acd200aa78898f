"""Small deals worked out by hand, so that the simulation is proved on its own.

Months of 30 days and unadjusted dates, so that every period is a twelfth of a year;
1,000.00 at 12 % is 10.00 a month.
"""

from datetime import date

from tests.lexp_calc.simulation.deals import simulate

CLOSING = date(2024, 1, 1)
LOAN = {
    "type": "term loan",
    "principal": 1000,
    "maturity": date(2024, 6, 1),
    "coupon": {"type": "fixed", "rate": "12%", "day_count": "30E/360"},
    "payments": {
        "first_payment": date(2024, 2, 1),
        "frequency": "monthly",
        "business_day": "Unadjusted",
        "interest_for_delay": "none",
    },
    "repayment": {"type": "bullet"},
}
INSTALMENTS = {"type": "instalments", "amount": 200, "count": 5}


def rows_of(tranches, scenario=None, **deal):
    """The rows of each tranche."""
    tables = {
        "currency": "USD",
        "closing_date": CLOSING,
        "calendar": "weekends",
        "tranche": tranches,
        "scenario": {"base": scenario or {}},
        **deal,
    }
    return simulate(tables, "base")


def column(rows, name):
    """A column of a schedule."""
    return [row[name] for row in rows]


def loan(scenario=None, **terms):
    """The schedule of one loan."""
    return rows_of({"only": {**LOAN, **terms}}, scenario)["only"]


def test_the_inverse_order_shortens_a_loan_from_its_end():
    rows = loan({"prepay": {"only": {"2024-02-01": 500}}}, repayment=INSTALMENTS)
    assert column(rows, "closing_balance") == [1000_00, 300_00, 100_00, 0]
    assert column(rows, "scheduled_principal") == [0, 200_00, 200_00, 100_00]


def test_in_direct_order_what_is_prepaid_counts_against_the_next_instalments():
    rows = loan(
        {"prepay": {"only": {"2024-02-01": 500}}},
        repayment=INSTALMENTS,
        prepayments_applied="direct order",
    )
    assert column(rows, "scheduled_principal") == [0, 200_00, 0, 0, 100_00, 200_00]
    assert column(rows, "interest") == [0, 10_00, 3_00, 3_00, 3_00, 2_00]


def test_pro_rata_every_instalment_shrinks_alike():
    """400 of 800 prepaid: half is left, and half of each instalment."""
    rows = loan(
        {"prepay": {"only": {"2024-02-01": 400}}},
        repayment=INSTALMENTS,
        prepayments_applied="pro rata",
    )
    assert column(rows, "scheduled_principal") == [0, 200_00, 100_00, 100_00, 100_00, 100_00]


def test_a_prepayment_between_payments_pays_its_own_interest():
    """500 for half a month are 2.50; the other 500 owe 5.00 at the month's end."""
    rows = loan({"prepay": {"only": {"2024-01-16": 500}}})
    assert column(rows, "interest")[:3] == [0, 2_50, 5_00]


def test_a_part_prepaid_after_a_drawing_takes_its_share_of_what_has_accrued():
    """1,000 for 20 days and 1,000 more for 10 owe 6.67 + 3.33 = 10.00; half of it is 5.00."""
    rows = loan(
        {"prepay": {"only": {"2024-01-31": 1000}}},
        drawings=[{"date": date(2024, 1, 21), "amount": 1000}],
        payments={**LOAN["payments"], "first_payment": date(2024, 2, 15)},
    )
    by_day = {row["payment_date"]: row for row in rows}
    # 20 + 9 days of the first 1,000 (the 31st is the 30th), 9 of the second.
    assert by_day[date(2024, 1, 31)]["interest"] == round((29 + 9) * 33.3333 / 2)


def test_interest_in_kind_is_added_and_the_last_is_paid_in_cash():
    """1 % a month: 1,000.00, 1,010.00, 1,020.10, 1,030.301; the last 10.30 in cash."""
    terms = {"maturity": date(2024, 5, 1), "in_kind": {"rate": "12%"}}
    rows = loan(**terms, coupon={**LOAN["coupon"], "rate": "0%"})
    assert column(rows, "pik_interest") == [0, 10_00, 10_10, 10_20, 0]
    assert column(rows, "balloon")[-1] == 1030_30
    assert column(rows, "interest") == [0, 0, 0, 0, 10_30]


def test_a_toggle_pays_a_share_of_the_coupon_in_kind_at_a_premium():
    """From March half: 5.00 in cash and 1,000 x 0.5 x 15 % / 12 = 6.25 in kind."""
    rows = loan(
        {"pay_in_kind": {"only": {"2024-03-01": "50%"}}},
        maturity=date(2024, 4, 1),
        in_kind={"toggle": {"shares": ["50%"], "premium": "3%", "until": date(2024, 4, 1)}},
    )
    assert column(rows, "interest") == [0, 10_00, 10_00, 11_25]  # the last all in cash
    rows = loan(
        {"pay_in_kind": {"only": {"2024-03-01": "50%"}}},
        in_kind={"toggle": {"shares": ["50%"], "premium": "3%", "until": date(2024, 4, 1)}},
    )
    assert column(rows, "interest") == [0, 10_00, 10_00, 5_00, 10_06, 10_06]
    assert column(rows, "pik_interest") == [0, 0, 0, 6_25, 0, 0]


def test_a_sweep_goes_on_to_the_next_with_what_the_first_does_not_owe():
    """75 % of 2,000 are 1,500: 800 to the first after its instalment, 700 to the second."""
    tranches = {"first": {**LOAN, "repayment": INSTALMENTS}, "second": LOAN}
    found = rows_of(
        tranches,
        {"excess_cash": {"2024-02-01": 2000}},
        excess_cash_sweep={"percentage": "75%", "order": ["first", "second"]},
    )
    assert found["first"][-1]["prepayment"] == 800_00
    assert found["first"][-1]["closing_balance"] == 0
    assert column(found["second"], "prepayment") == [0, 700_00, 0, 0, 0, 0]


def test_a_maturity_springs_if_too_much_of_another_tranche_is_owed():
    """400 of the first are owed at the end of 1 April."""
    tranches = {
        "first": {**LOAN, "repayment": INSTALMENTS},
        "second": {**LOAN, "springing": {"maturity": date(2024, 4, 15)}},
    }
    for above, last in ((399, date(2024, 4, 15)), (400, date(2024, 6, 1))):
        test = {"tranche": "first", "on": date(2024, 4, 1), "above": above}
        tranches["second"]["springing"]["if_outstanding"] = test
        assert rows_of(tranches)["second"][-1]["payment_date"] == last


LEVEL = {"type": "level payment", "method": "rate by payments a year", "amortization_payments": 5}


def test_level_payments_repay_a_loan():
    """1,000 at 1 % a month over 5: 1,000 x 0.01 / (1 - 1.01^-5) = 206.0398.

    Owed after each: 803.96, 605.96, 405.98, 204.00; the last is 204.00 and 2.04 of interest.
    """
    rows = loan(repayment=LEVEL)
    paid = column(rows, "total_payment")[1:]
    assert paid == [206_04, 206_04, 206_04, 206_04, 206_04]


def test_level_payments_are_set_anew_when_the_rate_changes():
    """From March 2 % a month on the 605.96 left, over three payments.

    605.96 x 0.02 / (1 - 1.02^-3) = 210.1195.
    """
    coupon = {
        "type": "floating",
        "options": [{"index": "prime", "margin": "0%", "reset": "per period"}],
        "day_count": "30E/360",
    }
    prime = {"index": {"prime": {"2024-01-01": "12%", "2024-03-01": "24%"}}}
    rows = loan(prime, coupon=coupon, repayment={**LEVEL, "relevel": "when the rate changes"})
    assert column(rows, "closing_balance")[2] == 605_96
    assert column(rows, "total_payment")[3:5] == [210_12, 210_12]
    never = loan(prime, coupon=coupon, repayment={**LEVEL, "relevel": "never"})
    assert column(never, "total_payment")[3] == 206_04


def test_fees_of_a_loan():
    """2 % and 1 % at closing, 50.00 for the agent, 1 % at the exit, interest of 80.00 at least."""
    fees = {
        "closing": {"type": "closing", "rate": "2%"},
        "discount": {"type": "discount", "rate": "1%"},
        "agency": {"type": "agency", "amount": 50},
        "amendment": {"type": "amendment", "date": date(2024, 3, 15), "rate": "0.5%"},
        "exit": {"type": "exit", "rate": "1%", "base": "principal prepaid or due at maturity"},
        "least": {"type": "minimum interest", "amount": 80},
    }
    repayment = {**INSTALMENTS, "amount": 100, "unpaid_balance_at_maturity": True}
    rows = loan(fees=fees, repayment=repayment)
    # 10 + 9 + 8 + 7 + 6 = 40 of interest: 40.00 short; 500.00 due at maturity.
    assert column(rows, "fees") == [80_00, 0, 0, 4_00, 0, 0, 45_00]


def test_a_loan_is_charged_for_what_of_its_commitment_is_not_drawn():
    """1,500 less 1,000, then less 1,200, at 1.2 % for 15 days each; nothing from February."""
    rows = loan(
        {"draw": {"only": {"2024-01-16": 200}}},
        commitment=1500,
        available_until=date(2024, 2, 1),
        fees={"unused": {"type": "unused", "rate": "1.2%"}},
    )
    by_day = {row["payment_date"]: row for row in rows}
    assert by_day[date(2024, 2, 1)]["fees"] == 25 + 15
    assert by_day[date(2024, 3, 1)]["fees"] == 0


def test_a_revolver_is_charged_for_what_is_not_used_and_for_letters():
    """1,000 less 400 drawn, 100 of letters from the 16th: counted as used, and at 2.4 %."""
    revolver = {
        "type": "revolver",
        "commitment": 1000,
        "fees": {
            "unused": {"type": "unused", "rate": "1.2%", "letters_of_credit": "count as used"},
            "letters": {"type": "letter of credit", "rate": "2.4%"},
        },
        **{name: LOAN[name] for name in ("maturity", "coupon", "payments")},
    }
    scenario = {
        "draw": {"only": {"2024-01-01": 400}},
        "letters_of_credit": {"only": {"2024-01-16": 100}},
    }
    rows = rows_of({"only": revolver}, scenario)["only"]
    assert rows[1]["interest"] == 4_00
    assert rows[1]["fees"] == round(30 + 25) + 10  # 600 and 500 for half a month; 100


def test_call_premiums_step_down_to_par():
    protection = {
        "steps": [
            {"until": date(2024, 2, 15), "premium": "2%"},
            {"until": date(2024, 4, 15), "premium": "1%"},
        ]
    }
    days = ("2024-02-14", "2024-02-15", "2024-04-15")
    rows = loan({"prepay": {"only": dict.fromkeys(days, 100)}}, call_protection=protection)
    by_day = {row["payment_date"].isoformat(): row["fees"] for row in rows}
    assert [by_day[day] for day in days] == [2_00, 1_00, 0]
