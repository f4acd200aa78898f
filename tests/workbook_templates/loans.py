"""Small deals for the tests of workbooks, each with terms that the built-in deal lacks.

Each comes with inputs to type in, so that its formulas are tried away from where they were
written. Dates and amounts are odd on purpose.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

from lexp_calc.deal import Deal
from lexp_calc.term_sheet import deal_from_tables

CLOSING = date(2024, 1, 15)
MILLION = Decimal(1_000_000)
QUARTERLY = {
    "first_payment": date(2024, 4, 15),
    "frequency": "quarterly",
    "business_day": "Following",
    "interest_for_delay": "to the day paid",
}
MONTHLY = QUARTERLY | {"first_payment": date(2024, 2, 15), "frequency": "monthly"}
TO_THE_BALLOON = {"last": date(2026, 10, 15), "unpaid_balance_at_maturity": True}


@dataclass(frozen=True)
class Case:
    """A deal, and the inputs to type into its workbooks."""

    tranches: dict
    inputs: dict
    scenario: dict
    deal_terms: dict

    @property
    def tables(self) -> dict:
        """The tables of its term sheet."""
        scenario = self.scenario or {"as_of": CLOSING}
        tables = {
            "id": "loans",
            "name": "Loans",
            "borrower": "Borrower",
            "currency": "USD",
            "closing_date": CLOSING,
            "calendar": "US Federal Reserve",
            "default_scenario": "base",
            "tranche": self.tranches,
            "scenario": {"base": scenario},
        }
        return tables | self.deal_terms

    @property
    def deal(self) -> Deal:
        """The deal in its tables."""
        return deal_from_tables(self.tables, Path())


def loan(**terms):
    """A bullet of a million at 6 % for three years, with other terms as given."""
    return {
        "type": "term loan",
        "name": "Loan",
        "seniority": "senior",
        "principal": MILLION,
        "maturity": date(2027, 1, 15),
        "coupon": {"type": "fixed", "rate": "6.00%", "day_count": "ACT/360"},
        "payments": QUARTERLY,
        "repayment": {"type": "bullet"},
        "prepayment": "at par with accrued interest",
    } | terms


def case(tranche: dict, inputs: dict, **scenario) -> Case:
    """One loan, a."""
    return Case({"a": tranche}, inputs, scenario, {})


def fee(kind: str, **terms):
    """A fee of a kind."""
    return {"type": kind, "name": kind.capitalize()} | terms


def exact_level(day_count: str, frequency: str, business_day: str) -> Case:
    """A level payment solved by days, on month ends where months are stepped."""
    payments = QUARTERLY | {"first_payment": date(2024, 2, 29), "business_day": business_day}
    payments["frequency"] = frequency
    if "week" not in frequency:
        payments["end_of_month"] = True
    terms = loan(
        coupon={"type": "fixed", "rate": "6.00%", "day_count": day_count},
        payments=payments,
        maturity=date(2026, 2, 28),
        repayment={
            "type": "level payment",
            "method": "exact by days",
            "amortization_payments": 60,
            "first": date(2024, 5, 1),
            "balloon": Decimal(50_000),
            "unpaid_balance_at_maturity": True,
        },
    )
    return case(terms, {"prepay.a.2025-03-03": "250000.55"})


TOGGLED = {
    "rate": "2.00%",
    "toggle": {"shares": ["50%", "100%"], "premium": "0.75%", "until": date(2026, 1, 15)},
}
PRIME = {
    "type": "floating",
    "options": [{"index": "prime", "margin": "1%", "reset": "per period"}],
    "day_count": "ACT/365F",
}
EVERY_FEE = {
    "tick": fee("unused", rate="1.00%"),
    "agent": fee("agency", amount=Decimal(25_000)),
    "exit": fee("exit", rate="1%", base="all principal repaid"),
    "amend": fee("amendment", date=date(2025, 8, 2), rate="0.5%"),
    "oid": fee("discount", rate="2%"),
    "close": fee("closing", rate="1%", base="commitment"),
    "least": fee("minimum interest", amount=Decimal(200_000)),
}
REVOLVER = {
    "type": "revolver",
    "name": "Revolver",
    "seniority": "senior",
    "commitment": 5 * MILLION,
    "commitment_steps": [
        {"from": date(2024, 9, 1), "commitment": 6 * MILLION},
        {"from": date(2025, 6, 1), "commitment": 4 * MILLION},
    ],
    "maturity": date(2026, 1, 15),
    "coupon": {"type": "fixed", "rate": "6.00%", "day_count": "ACT/360"},
    "payments": MONTHLY,
    "letter_of_credit_sublimit": MILLION,
    "fees": {
        "unused": fee("unused", rate="0.375%"),
        "letters": fee("letter of credit", rate="2.00%"),
        "agency": fee("agency", amount=Decimal(10_000)),
    },
}
SWEPT = Case(
    tranches={
        "a": loan(repayment={"type": "instalments", "amount": Decimal(50_000)} | TO_THE_BALLOON),
        "b": loan(
            principal=2 * MILLION,
            call_protection={
                "steps": [{"until": date(2026, 1, 15), "premium": "2%"}],
                "make_whole": {"until": date(2025, 1, 15), "spread": "0.50%"},
            },
            springing={
                "maturity": date(2026, 7, 15),
                "if_outstanding": {
                    "tranche": "a",
                    "on": date(2026, 1, 15),
                    "above": Decimal(100_000),
                },
            },
        ),
    },
    inputs={
        "excess_cash.2025-03-31": "1000000",
        "excess_cash.2024-12-31": "-5",
        "prepay.a.2024-06-28": "123456.78",
        "prepay.b.2024-06-28": "123456.78",
        "treasury_yield.2024-06-10": "3.1%",
    },
    scenario={
        "excess_cash": {"2025-03-31": Decimal(2_400_000), "2026-03-31": Decimal(100_000)},
        "prepay": {"b": {"2024-06-03": Decimal(100_000), "2025-06-03": Decimal(100_000)}},
        "treasury_yield": "4.25%",
    },
    deal_terms={"excess_cash_sweep": {"percentage": "50%", "order": ["a", "b"]}},
)


def fees_between_the_days(business_day: str, amended: date) -> Case:
    """Interest to the day due, and fees on closed days between it and the day paid."""
    payments = MONTHLY | {"business_day": business_day, "interest_for_delay": "none"}
    return case(
        loan(
            payments=payments | {"first_payment": date(2024, 9, 1)},
            maturity=date(2026, 9, 1),
            fees={
                "amend": fee("amendment", date=amended, rate="0.5%"),
                "yearly": fee("anniversary", rate="1%", base="balance at the end of the day"),
            },
        ),
        {"prepay.a.2024-09-03": "100000", "prepay.a.2025-06-03": "33333.33"},
    )


MONTH_ENDS = QUARTERLY | {"first_payment": date(2024, 5, 30)}
CASES = {
    "a make-whole to the last of February": case(
        loan(
            maturity=date(2027, 2, 28),
            payments=MONTH_ENDS,
            call_protection={"make_whole": {"until": date(2026, 2, 28), "spread": "0.50%"}},
        ),
        {"prepay.a.2025-06-02": "100000.01", "prepay.a.2026-01-30": "50000"},
        treasury_yield="3.75%",
        prepay={"a": {"2024-09-12": Decimal(120_000), "2025-12-01": Decimal(120_000)}},
    ),
    "a fee between the day due and the day paid": fees_between_the_days(
        "Following", date(2024, 9, 2)
    ),
    "a fee between the day paid and the day due": fees_between_the_days(
        "Preceding", date(2024, 8, 31)
    ),
    "in kind, at a rate and by toggle": case(
        loan(in_kind=TOGGLED),
        {
            "pay_in_kind.a.2024-04-15": "100%",
            "prepay.a.2025-03-03": "250000.55",
            "prepay.a.2025-07-15": "100000",
        },
        pay_in_kind={"a": {"2024-07-15": "50%", "2025-07-15": "0%"}},
    ),
    "in kind, all repaid on a payment date": case(
        loan(in_kind={"rate": "2.00%"}),
        {"prepay.a.2024-03-15": "400000", "prepay.a.2024-04-15": "600000"},
    ),
    "level by payments a year": case(
        loan(
            payments=MONTHLY,
            maturity=date(2026, 1, 15),
            repayment={
                "type": "level payment",
                "method": "rate by payments a year",
                "amortization_payments": 360,
                "unpaid_balance_at_maturity": True,
            },
        ),
        {"prepay.a.2025-03-03": "250000.55"},
    ),
    "level set anew when the rate moves, with a balloon": case(
        loan(
            coupon=PRIME,
            payments=MONTHLY,
            maturity=date(2026, 1, 15),
            repayment={
                "type": "level payment",
                "method": "rate by payments a year",
                "amortization_payments": 24,
                "balloon": Decimal(100_000),
                "first": date(2024, 5, 15),
                "relevel": "when the rate changes",
                "unpaid_balance_at_maturity": True,
            },
        ),
        {"prime.2025-02-03": "7%", "prepay.a.2025-03-03": "250000.55"},
        index={"prime": {"2024-01-15": "8%", "2024-09-01": "7.5%"}},
    ),
    "delayed draws, a share of the original, pro rata, every fee": case(
        loan(
            principal=Decimal(900_000),
            drawings=[{"date": date(2024, 2, 15), "amount": Decimal(100_000)}],
            commitment=2 * MILLION,
            available_until=date(2025, 1, 15),
            prepayments_applied="pro rata",
            repayment={"type": "per cent of original", "rate": "2.5%", "first": date(2025, 4, 15)}
            | TO_THE_BALLOON,
            fees=EVERY_FEE,
        ),
        {"draw.a.2024-08-01": "250000.10", "prepay.a.2025-12-01": "1000000"},
        draw={"a": {"2024-06-03": Decimal(500_000)}},
        prepay={"a": {"2025-06-02": Decimal(300_000)}},
    ),
    "nothing drawn at closing, repaid and drawn again": case(
        loan(
            principal=Decimal(0),
            commitment=2 * MILLION,
            available_until=date(2025, 1, 15),
            fees={key: EVERY_FEE[key] for key in ("tick", "least")},
        ),
        {
            "draw.a.2024-01-15": "100000",
            "prepay.a.2024-07-15": "600000",
            "draw.a.2024-09-03": "333333.33",
            "prepay.a.2025-02-03": "333333.33",
        },
        draw={"a": {"2024-06-03": Decimal(500_000)}},
    ),
    "every second payment, direct order": case(
        loan(
            prepayments_applied="direct order",
            repayment={"type": "instalments", "amount": Decimal(50_000), "every": 2}
            | TO_THE_BALLOON,
        ),
        {"prepay.a.2024-04-15": "60000"},
        prepay={"a": {"2025-06-02": Decimal(120_000)}},
    ),
    "steps, pro rata, call premiums": case(
        loan(
            prepayments_applied="pro rata",
            repayment={
                "type": "steps",
                "steps": [
                    {"from": date(2024, 7, 15), "amount": Decimal(10_000)},
                    {"from": date(2025, 7, 15), "rate": "5%"},
                ],
            }
            | TO_THE_BALLOON,
            call_protection={
                "steps": [
                    {"until": date(2025, 1, 15), "premium": "2%"},
                    {"until": date(2026, 1, 15), "premium": "1%"},
                ]
            },
        ),
        {"prepay.a.2024-04-15": "60000", "prepay.a.2026-04-15": "60000"},
        prepay={"a": {"2025-06-02": Decimal(120_000)}},
    ),
    "a list of instalments": case(
        loan(
            repayment={
                "type": "custom",
                "instalments": [
                    {"due": date(2024, 7, 15), "amount": Decimal(10_000)},
                    {"due": date(2025, 7, 15), "amount": Decimal(990_000)},
                ],
            }
        ),
        {"prepay.a.2024-04-15": "60000"},
        prepay={"a": {"2025-06-02": Decimal(120_000)}},
    ),
    "level by days, ACT/360": exact_level("ACT/360", "monthly", "Following"),
    "level by days, ACT/ACT ISDA": exact_level("ACT/ACT ISDA", "monthly", "Modified Following"),
    "level by days, every two weeks": exact_level("30/360 US", "every two weeks", "Unadjusted"),
    "level by days, ACT/ACT ICMA": exact_level("ACT/ACT ICMA", "quarterly", "Following"),
    "a revolver with letters, steps and fees": Case(
        {"a": REVOLVER},
        {"draw.a.2025-03-03": "100000", "letters_of_credit.a.2025-02-01": "700000"},
        {
            "draw": {
                "a": {
                    "2024-01-15": MILLION,
                    "2024-03-01": Decimal("500000.33"),
                    "2024-10-15": Decimal(-200_000),
                }
            },
            "letters_of_credit": {
                "a": {"2024-02-01": Decimal(300_000), "2024-12-02": Decimal(100_000)}
            },
        },
        {},
    ),
    "a sweep over two loans, a make-whole, a maturity that springs": SWEPT,
}
