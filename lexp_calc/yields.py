"""The price of a bond at a yield, to as many digits as an amount payable needs.

Powers with broken exponents are irrational, so prices are decimals of 40 digits: far more
than what rounding to a minor unit can see.
"""

from datetime import date
from decimal import Context, Decimal, localcontext

from lexp_calc.day_count import DAY_COUNTS
from lexp_calc.errors import OutOfRange
from lexp_calc.regular_dates import MONTHS_IN_A_YEAR, Frequency, RegularDates

DIGITS = 40
HUNDRED = Decimal(100)


def price_on_thirty_day_months(
    settlement: date,
    maturity: date,
    coupon: Decimal,
    bond_yield: Decimal,
    redemption: Decimal,
    frequency: int,
) -> Decimal:
    """Clean price per 100 of face, 30/360 US, coupons counted back from `maturity`.

    Street convention: the sum of 100 x coupon / frequency / (1 + yield / frequency)^k over
    the coupons left, k counted in periods from settlement, plus the redemption (per 100)
    discounted likewise, less accrued interest; simple interest in the last coupon period.
    Source: SIFMA, Standard Securities Calculation Methods; Excel's PRICE with basis 0.
    """
    if bond_yield <= -frequency:
        raise OutOfRange("yield", f"found {bond_yield:%}", "a higher one would be right")
    count, accrued_days = coupons_left(settlement, maturity, frequency)
    period = Decimal(360) / frequency
    part = (period - accrued_days) / period
    with localcontext(Context(prec=DIGITS)):
        payment = HUNDRED * coupon / frequency
        accrued = payment * accrued_days / period
        if count == 1:
            return (redemption + payment) / (1 + part * bond_yield / frequency) - accrued
        growth = 1 + bond_yield / frequency
        discounted = sum(payment / growth ** (k + part) for k in range(count))
        return discounted + redemption / growth ** (count - 1 + part) - accrued


def coupons_left(settlement: date, maturity: date, frequency: int) -> tuple[int, int]:
    """How many coupons are left, and the days accrued since the last one, by 30/360 US.

    Coupons fall on month ends where `maturity` is its month's last day, as for PRICE.
    """
    step = Frequency(frequency, months=MONTHS_IN_A_YEAR // frequency)
    coupons = RegularDates(maturity, step, end_of_month=True, anchor_number=0)
    last = coupons.number_until(settlement)
    return -last, DAY_COUNTS["30/360 US"].days(coupons.date(last), settlement)
