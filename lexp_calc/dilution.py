"""What exercise of warrants does to the shares: how many are new, and who owns how much."""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

import lexp_calc.kinds as kinds
from lexp_calc.errors import OutOfRange
from lexp_calc.money import as_decimal
from lexp_calc.option_values import Call
from lexp_calc.spreadsheet_function import spreadsheet_function
from lexp_calc.warrant_counts import NEW_NOTES_STRIKE
from lexp_calc.whole_units import Rounding, whole

MOST_ITERATIONS = 200


@spreadsheet_function
def warrant_shares(
    share_price: kinds.UnitPrice, warrants: kinds.Units, strike: kinds.Strike = NEW_NOTES_STRIKE
) -> kinds.RatioResult:
    """New shares by the treasury stock method: warrants x (1 - strike / share price), or 0.

    The strike money buys back shares at the share price (over a period: its average). Not
    rounded. Source: ASC 260-10-45-23.
    """
    return as_decimal(net_shares(share_price, warrants, strike))


@spreadsheet_function
def warrant_diluted_shares(
    shares_outstanding: kinds.Units,
    share_price: kinds.UnitPrice,
    warrants: kinds.Units,
    strike: kinds.Strike = NEW_NOTES_STRIKE,
) -> kinds.RatioResult:
    """Shares outstanding plus the new ones by the treasury stock method, not rounded."""
    return as_decimal(shares_outstanding + net_shares(share_price, warrants, strike))


@spreadsheet_function
def warrant_cashless_shares(
    share_price: kinds.UnitPrice,
    warrants: kinds.Units,
    strike: kinds.Strike = NEW_NOTES_STRIKE,
    rounding: Rounding = "down",
) -> kinds.RatioResult:
    """Shares that a holder gets for giving up warrants instead of paying the strike.

    warrants x (share price - strike) / share price, or 0; one share a warrant. "down" drops
    the fraction of a share.
    """
    return as_decimal(whole(net_shares(share_price, warrants, strike), rounding))


def net_shares(share_price: Decimal, warrants: int, strike: Decimal) -> Fraction:
    """New shares by the treasury stock method, exact: warrants x (1 - strike / share price)."""
    if share_price <= strike:
        return Fraction(0)
    return warrants * (1 - Fraction(strike) / Fraction(share_price))


@spreadsheet_function
def warrant_ownership(warrants: kinds.Units, shares_outstanding: kinds.Units) -> kinds.RatioResult:
    """The part of the company that holders own once all is exercised for cash.

    warrants / (shares outstanding before + warrants), one share a warrant, not rounded.
    """
    if not warrants + shares_outstanding:
        found = "found 0 and no warrants"
        raise OutOfRange("shares_outstanding", found, "a number above 0 would be right")
    return as_decimal(Fraction(warrants, shares_outstanding + warrants))


def diluted_value(call: Call, share_price: float, warrants: int, shares: int) -> float:
    """A warrant's value where exercise makes new shares, after Galai and Schneller (1978).

    W = N / (N + M) x C(S + W x M / N) for M warrants on N shares, solved by Newton's steps.
    The right side bends upwards, so steps from 0 come up to the root and never pass it.
    """
    value = 0.0
    for _ in range(MOST_ITERATIONS):
        following = diluted_step(call, share_price, warrants, shares, value).following
        if not following > value:
            break
        value = following
    return value


@dataclass(frozen=True)
class DilutedStep:
    """One of Newton's steps towards a diluted value.

    `backed` is the share price with the warrants' part in it, `undiluted` and `delta` are
    the call's there.
    """

    value: float
    backed: float
    undiluted: float
    delta: float
    following: float


def diluted_step(
    call: Call, share_price: float, warrants: int, shares: int, value: float
) -> DilutedStep:
    """From a value of W = N / (N + M) x C(S + W x M / N) to the next, nearer its root."""
    kept, each = shares / (shares + warrants), warrants / shares
    backed = share_price + value * each
    undiluted, delta = call.value(backed), call.delta(backed)
    following = value + (kept * undiluted - value) / (1 - kept * each * delta)
    return DilutedStep(value, backed, undiluted, delta, following)
