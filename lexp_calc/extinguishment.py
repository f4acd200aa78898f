"""When debt ends or is replaced: the gain or loss, and whether new terms are a new debt."""

from collections.abc import Sequence
from datetime import date
from decimal import Context, Decimal, localcontext

import lexp_calc.kinds as kinds
from lexp_calc.cell_ranges import refuse_unequal
from lexp_calc.errors import LexpError, OutOfRange
from lexp_calc.internal_rates import DAYS_IN_A_YEAR, RateAboveMinusOne, present_value
from lexp_calc.money import rounded
from lexp_calc.spreadsheet_function import Table, spreadsheet_function

SUBSTANTIAL = Decimal("0.10")  # ASC 470-50-40-10
DIGITS = 40  # of present values; broken powers are irrational
RATIO_DIGITS = 20
TEST_HEADINGS = (
    "present_value_old",
    "present_value_new",
    "difference",
    "ratio",
    "substantially_different",
)


@spreadsheet_function
def extinguishment_gain(
    principal: kinds.PositiveAmount,
    unamortized: kinds.SignedAmount,
    reacquisition_price: kinds.Amount,
    other_costs: kinds.SignedAmount = Decimal(0),
) -> kinds.Money:
    """Gain on debt extinguished: net carrying amount less reacquisition price; below 0 a loss.

    Net carrying amount = principal - unamortized discount and issue costs (`unamortized`; a
    premium is below 0). The reacquisition price is what is paid, call premium included; where
    new debt or shares are given instead, their fair value. `other_costs` are fees between
    debtor and creditor and costs of reacquisition, paid above 0, received below. Interest
    accrued and paid is in neither. Source: ASC 470-50-40-2 and -17.
    """
    return rounded(principal - unamortized - reacquisition_price - other_costs)


@spreadsheet_function
def ten_percent_test(
    old_amounts: kinds.Amounts,
    old_dates: kinds.Days,
    new_amounts: kinds.Amounts,
    new_dates: kinds.Days,
    effective_rate: RateAboveMinusOne,
    as_of: kinds.Day,
    fees: kinds.SignedAmount = Decimal(0),
) -> kinds.TableResult:
    """Whether new terms are substantially different: the 10 per cent cash flow test.

    Present values on `as_of` at the old debt's effective rate (a decimal a year, compounded
    yearly, ACT/365F), shown to the cent: of the payments left under the old terms, and of those
    under the new terms plus `fees`, which are what the debtor pays the creditor that day
    (received: below 0). ratio = |new - old| / old, of the values before rounding; "yes" from
    0.10 on: the old debt is extinguished. Fees to third parties count in neither.

    Where either debt can be prepaid, test with and without prepayment on `as_of` and take the
    smallest ratio; a floating rate is held at its level on `as_of`; terms changed within a
    year are tested from those of a year ago. Source: ASC 470-50-40-10 and -12.
    """
    refuse_unequal(old_amounts=old_amounts, old_dates=old_dates)
    refuse_unequal(new_amounts=new_amounts, new_dates=new_dates)
    old = _worth("old", effective_rate, old_amounts, old_dates, as_of)
    new = _worth("new", effective_rate, new_amounts, new_dates, as_of) + fees
    if not old:
        raise OutOfRange("old_amounts", "found a value of 0", "payments above 0 would be right")
    # Not from the values to the cent: 10 per cent of payments on one day are so at any rate.
    with localcontext(Context(prec=DIGITS)):
        ratio = Context(prec=RATIO_DIGITS).create_decimal(abs(new - old) / old)
    verdict = "yes" if ratio >= SUBSTANTIAL else "no"
    return Table(TEST_HEADINGS, ((rounded(old), rounded(new), rounded(new - old), ratio, verdict),))


def _worth(
    which: str, rate: float, amounts: Sequence[Decimal], dates: Sequence[date], as_of: date
) -> Decimal:
    """The present value to 40 digits, refused by the name of the columns or of the rate."""
    if min(dates) < as_of:
        expected = f"dates from {as_of}, the day of the test, would be right"
        raise OutOfRange(f"{which}_dates", f"found {min(dates)}", expected)
    try:
        present_value(rate, [float(each) for each in amounts], dates, as_of)
    except LexpError as problem:
        raise OutOfRange("effective_rate", problem.found, problem.expected) from None
    with localcontext(Context(prec=DIGITS)):
        growth = 1 + Decimal(repr(rate))
        factors = {
            day: growth ** (Decimal((as_of - day).days) / DAYS_IN_A_YEAR) for day in set(dates)
        }
        return sum(
            (amount * factors[day] for amount, day in zip(amounts, dates, strict=True)), Decimal(0)
        )
