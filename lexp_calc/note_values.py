"""What notes are worth: price and yield for 100 of face, accrued interest, duration.

Street convention, as the spreadsheets' PRICE and YIELD: regular coupons counted back from
maturity, redemption at 100, simple interest in the last coupon period. Prices, yields and
durations are not rounded.
"""

from fractions import Fraction

import lexp_calc.bond_yields as bond_yields
import lexp_calc.kinds as kinds
from lexp_calc.bonds import HUNDRED, Bond, Flows
from lexp_calc.spreadsheet_function import spreadsheet_function

PAR = Fraction(HUNDRED)


def note_flows(settlement, maturity, coupon, frequency, day_count) -> Flows:
    """The flows of a note redeemed at 100 on maturity."""
    return Bond(maturity, Fraction(coupon), frequency, day_count).flows(settlement).redeemed_at(PAR)


@spreadsheet_function
def note_price(
    settlement: kinds.Day,
    maturity: kinds.Day,
    coupon: kinds.ChargedRate,
    yield_: kinds.RealRate,
    frequency: kinds.Frequency,
    day_count: kinds.DayCount = "30/360 US",
) -> kinds.PriceResult:
    """The clean price of a note for 100 of face at a yield; not rounded.

    The sum of 100 x coupon / f and of 100 at maturity, each / (1 + yield / f)^t, less accrued
    interest; f = payments a year, t = coupon periods from settlement. `coupon` and `yield` are
    decimals a year. Source: SIFMA, Standard Securities Calculation Methods; Excel's PRICE.
    """
    flows = note_flows(settlement, maturity, coupon, frequency, day_count)
    return bond_yields.clean_price(flows, yield_)


@spreadsheet_function
def note_yield(
    settlement: kinds.Day,
    maturity: kinds.Day,
    coupon: kinds.ChargedRate,
    price: kinds.Price,
    frequency: kinds.Frequency,
    day_count: kinds.DayCount = "30/360 US",
) -> kinds.RealResult:
    """The yield, a decimal a year compounded with the coupons, at which `note_price` is `price`.

    `price` is clean, for 100 of face. Solved to 1e-13 of the price; refused where no yield
    gives it. Source: as `note_price`; Excel's YIELD.
    """
    flows = note_flows(settlement, maturity, coupon, frequency, day_count)
    return bond_yields.yield_at(flows, price)


@spreadsheet_function
def note_accrued(
    settlement: kinds.Day,
    maturity: kinds.Day,
    coupon: kinds.ChargedRate,
    frequency: kinds.Frequency,
    day_count: kinds.DayCount = "30/360 US",
) -> kinds.PriceResult:
    """Interest accrued since the last coupon for 100 of face: 100 x coupon / f x A / E.

    A is what has accrued of the coupon period and E its length, by the day count; not rounded.
    """
    return float(note_flows(settlement, maturity, coupon, frequency, day_count).accrued)


@spreadsheet_function
def note_dirty_price(
    settlement: kinds.Day,
    maturity: kinds.Day,
    coupon: kinds.ChargedRate,
    yield_: kinds.RealRate,
    frequency: kinds.Frequency,
    day_count: kinds.DayCount = "30/360 US",
) -> kinds.PriceResult:
    """The price with accrued interest for 100 of face: what a buyer pays; not rounded."""
    flows = note_flows(settlement, maturity, coupon, frequency, day_count)
    return bond_yields.dirty_price(flows, yield_)


@spreadsheet_function
def note_duration(
    settlement: kinds.Day,
    maturity: kinds.Day,
    coupon: kinds.ChargedRate,
    yield_: kinds.RealRate,
    frequency: kinds.Frequency,
    day_count: kinds.DayCount = "30/360 US",
) -> kinds.RealResult:
    """Macaulay duration in years: the mean time of the payments, by present value.

    Compounded in the last coupon period too, as Excel's DURATION.
    """
    flows = note_flows(settlement, maturity, coupon, frequency, day_count)
    return bond_yields.macaulay_duration(flows, yield_)


@spreadsheet_function
def note_modified_duration(
    settlement: kinds.Day,
    maturity: kinds.Day,
    coupon: kinds.ChargedRate,
    yield_: kinds.RealRate,
    frequency: kinds.Frequency,
    day_count: kinds.DayCount = "30/360 US",
) -> kinds.RealResult:
    """Macaulay duration / (1 + yield / f): the part of the dirty price lost for 1 of yield.

    As Excel's MDURATION.
    """
    flows = note_flows(settlement, maturity, coupon, frequency, day_count)
    return bond_yields.modified_duration(flows, yield_)


@spreadsheet_function
def note_convexity(
    settlement: kinds.Day,
    maturity: kinds.Day,
    coupon: kinds.ChargedRate,
    yield_: kinds.RealRate,
    frequency: kinds.Frequency,
    day_count: kinds.DayCount = "30/360 US",
) -> kinds.RealResult:
    """The second derivative of the dirty price by the yield over that price, in years squared.

    The sum of t (t + 1) x present value / (1 + yield / f)^2 / f^2 over the price.
    """
    flows = note_flows(settlement, maturity, coupon, frequency, day_count)
    return bond_yields.convexity(flows, yield_)
