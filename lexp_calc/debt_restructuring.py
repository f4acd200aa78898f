"""A payable whose terms are changed in a troubled debt restructuring: gain, and what follows.

SFAS 15 (ASC 470-60), paragraphs 16 to 19, for the debtor. The fair value of shares or warrants
granted is taken off the carrying amount first. Where all future payments, undiscounted, fall
short of what is left, the shortfall is a gain, the debt is carried at the payments, and every
payment reduces it: there is no interest. Where they exceed it, there is no gain, and one new
effective rate makes the payments worth it. Payments that may have to be made count as if they
will be, as far as no gain arises; a floating rate counts as it is at the restructuring.
"""

from decimal import Decimal

import lexp_calc.kinds as kinds
from lexp_calc.cell_ranges import refuse_unequal
from lexp_calc.effective_rates import (
    PeriodLengths,
    effective_rate_of,
    payments_of,
)
from lexp_calc.errors import OutOfRange
from lexp_calc.money import CENTS, rounded
from lexp_calc.roll_forward import roll_forward
from lexp_calc.spreadsheet_function import Table, spreadsheet_function

HEADINGS = (
    "payment_date",
    "opening_carrying_amount",
    "effective_rate",
    "interest_expense",
    "payment",
    "reduction",
    "closing_carrying_amount",
)


@spreadsheet_function
def restructuring_gain(
    carrying_amount: kinds.PositiveAmount,
    amounts: kinds.Amounts,
    fair_value_of_equity: kinds.Amount = Decimal(0),
) -> kinds.Money:
    """The debtor's gain on a restructuring: what all future payments fall short, else 0.

    max(carrying amount - fair value of equity granted - sum of payments, 0). The carrying
    amount includes accrued interest, less unamortized discount and costs. One amount of 0
    stands for no payments: the debt is settled by the equity. Source: SFAS 15, paragraphs 15,
    17 and 19 (ASC 470-60-35).
    """
    left = _left(carrying_amount, fair_value_of_equity)
    return rounded(max(left - sum(amounts), Decimal(0)))


@spreadsheet_function
def restructured_debt(
    carrying_amount: kinds.PositiveAmount,
    start: kinds.Day,
    amounts: kinds.Amounts,
    dates: kinds.Days,
    fair_value_of_equity: kinds.Amount = Decimal(0),
    period_lengths: PeriodLengths = "actual days",
) -> kinds.TableResult:
    """The carrying amount after a restructuring, from payment to payment, to 0.

    `start` is the day of the restructuring, `amounts` all that is paid after it. The first
    opening amount is the carrying amount less equity granted, or the sum of the payments where
    that is less (the difference is the gain). Interest expense = opening x ((1 + effective
    rate)^length - 1), to the cent, the last row taking the rounding; reduction = payment -
    interest expense, below 0 where interest is added. Source: SFAS 15, paragraphs 16, 17, 19.
    """
    refuse_unequal(amounts=amounts, dates=dates)
    left = CENTS.minor_units(_left(carrying_amount, fair_value_of_equity))
    payments = payments_of(start, [Decimal(0)] * len(amounts), amounts, dates, period_lengths)
    opening = min(left, sum(payment.total for payment in payments))
    if not opening:
        expected = "less than the carrying amount, for something to stay owed, would be right"
        raise OutOfRange("fair_value_of_equity", f"found {fair_value_of_equity}", expected)
    rate = effective_rate_of(opening, payments, "amounts")
    rolled = roll_forward(opening, opening, payments, lambda number, carried: rate)
    rows = []
    for row in rolled.rows:
        paid, expense = row.payment.total, row.interest_expense
        amounts_after = map(CENTS.amount, (expense, paid, paid - expense, row.closing))
        first = (row.payment.day, CENTS.amount(row.opening), rate)
        rows.append((*first, *amounts_after))
    return Table(HEADINGS, tuple(rows))


def _left(carrying_amount: Decimal, fair_value_of_equity: Decimal) -> Decimal:
    if fair_value_of_equity > carrying_amount:
        found = f"found {fair_value_of_equity:,f}"
        expected = f"at most the carrying amount of {carrying_amount:,f} would be right"
        raise OutOfRange("fair_value_of_equity", found, expected)
    return carrying_amount - fair_value_of_equity
