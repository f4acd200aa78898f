"""What a warrant is worth before it expires: in closed form, diluted, within a window."""

from dataclasses import replace
from datetime import date

import lexp_calc.kinds as kinds
from lexp_calc.dilution import diluted_value
from lexp_calc.errors import NotThere, OutOfRange
from lexp_calc.exercise_lattice import value_in_window
from lexp_calc.option_values import LARGEST_VOLATILITY, Call, implied_volatility
from lexp_calc.spreadsheet_function import Table, spreadsheet_function

DAYS_A_YEAR = 365  # ACT/365F
MOST_CELLS = 100_000  # of a sensitivity table


@spreadsheet_function
def warrant_value(
    share_price: kinds.RealPrice,
    strike: kinds.PositiveReal,
    expiry: kinds.Day,
    as_of: kinds.Day,
    volatility: kinds.Volatility,
    rate: kinds.RealRate,
    warrants: kinds.Units | None = None,
    shares_outstanding: kinds.Units | None = None,
) -> kinds.RealResult:
    """The value of one warrant after Black and Scholes (1973), not rounded.

    S N(d1) - K e^(-rT) N(d2), a continuous rate, T on ACT/365F. With both counts (M warrants,
    N shares before exercise) diluted after Galai and Schneller (1978), W solving
    W = N / (N + M) x C(S + W x M / N); volatility is then that of shares and warrants
    together. One count alone is refused.
    """
    call = Call(strike, _years(as_of, expiry), volatility, rate)
    return _value(call, share_price, warrants, shares_outstanding)


@spreadsheet_function
def warrant_value_with_dividends(
    share_price: kinds.RealPrice,
    strike: kinds.PositiveReal,
    expiry: kinds.Day,
    as_of: kinds.Day,
    volatility: kinds.Volatility,
    rate: kinds.RealRate,
    dividend_yield: kinds.DividendYield,
    warrants: kinds.Units | None = None,
    shares_outstanding: kinds.Units | None = None,
) -> kinds.RealResult:
    """`warrant_value` where the share pays a continuous dividend yield: Merton (1973)."""
    call = Call(strike, _years(as_of, expiry), volatility, rate, dividend_yield)
    return _value(call, share_price, warrants, shares_outstanding)


@spreadsheet_function
def warrant_value_in_window(
    share_price: kinds.RealPrice,
    strike: kinds.PositiveReal,
    exercisable_from: kinds.Day,
    expiry: kinds.Day,
    as_of: kinds.Day,
    volatility: kinds.Volatility,
    rate: kinds.RealRate,
    dividend_yield: kinds.DividendYield = 0,
) -> kinds.RealResult:
    """The value of one warrant exercisable on any day from the first to expiry, not rounded.

    A binomial lattice, within 0.0002 of the share price; without dividends, and at no
    negative rate, the closed value. T on ACT/365F, continuous rates. No dilution.
    """
    years = _years(as_of, expiry)
    if exercisable_from > expiry:
        expected = f"a date up to the expiry, {expiry}, would be right"
        raise OutOfRange("exercisable_from", f"found {exercisable_from}", expected)
    opens = (exercisable_from - as_of).days / DAYS_A_YEAR
    return value_in_window(
        Call(strike, years, volatility, rate, dividend_yield), opens, share_price
    )


@spreadsheet_function
def warrant_delta(
    share_price: kinds.RealPrice,
    strike: kinds.PositiveReal,
    expiry: kinds.Day,
    as_of: kinds.Day,
    volatility: kinds.Volatility,
    rate: kinds.RealRate,
    dividend_yield: kinds.DividendYield = 0,
) -> kinds.RealResult:
    """How much the value of one warrant moves with the share price: e^(-qT) N(d1).

    Also the shares that hedge one warrant. Undiluted; on the last day 0, 1/2 at the strike, 1.
    """
    call = Call(strike, _years(as_of, expiry), volatility, rate, dividend_yield)
    return call.delta(share_price)


@spreadsheet_function
def warrant_vega(
    share_price: kinds.RealPrice,
    strike: kinds.PositiveReal,
    expiry: kinds.Day,
    as_of: kinds.Day,
    volatility: kinds.Volatility,
    rate: kinds.RealRate,
    dividend_yield: kinds.DividendYield = 0,
) -> kinds.RealResult:
    """How much the value of one warrant moves for 1.00 of volatility: S e^(-qT) n(d1) sqrt(T).

    A hundredth of it is the move for one point of volatility. Undiluted.
    """
    call = Call(strike, _years(as_of, expiry), volatility, rate, dividend_yield)
    return call.vega(share_price)


@spreadsheet_function
def warrant_implied_volatility(
    warrant_price: kinds.RealPrice,
    share_price: kinds.RealPrice,
    strike: kinds.PositiveReal,
    expiry: kinds.Day,
    as_of: kinds.Day,
    rate: kinds.RealRate,
    dividend_yield: kinds.DividendYield = 0,
) -> kinds.RealResult:
    """The volatility, from 0 to 5, at which the closed value is the warrant's price.

    Refused where no volatility gives the price, and where all do (no time or share price
    left). Undiluted, exercise at expiry alone.
    """
    years = _years(as_of, expiry)
    if not years:
        expected = "an earlier date would be right: volatility no longer matters"
        raise OutOfRange("as_of", f"found the expiry itself, {as_of}", expected)
    if not share_price:
        expected = "a price above 0 would be right: volatility no longer matters"
        raise OutOfRange("share_price", "found 0", expected)
    call = Call(strike, years, LARGEST_VOLATILITY, rate, dividend_yield)
    found = implied_volatility(call, share_price, warrant_price)
    if found is None:
        least, most = replace(call, volatility=0.0).value(share_price), call.value(share_price)
        expected = f"a price from {least:.10g} to {most:.10g} would be right: no volatility from"
        expected += f" 0 to {LARGEST_VOLATILITY:g} gives another"
        raise OutOfRange("warrant_price", f"found {warrant_price}", expected)
    return found


@spreadsheet_function
def warrant_sensitivity(
    share_prices: kinds.RealPrices,
    volatilities: kinds.Volatilities,
    strike: kinds.PositiveReal,
    expiry: kinds.Day,
    as_of: kinds.Day,
    rate: kinds.RealRate,
    dividend_yield: kinds.DividendYield = 0,
    warrants: kinds.Units | None = None,
    shares_outstanding: kinds.Units | None = None,
) -> kinds.TableResult:
    """The value of one warrant at each share price (a row) and each volatility (a column).

    As `warrant_value_with_dividends`, diluted where both counts are given.
    """
    cells = len(share_prices) * len(volatilities)
    if cells > MOST_CELLS:
        found = f"found {len(share_prices):,} prices and {len(volatilities):,} volatilities"
        expected = f"at most {MOST_CELLS:,} cells of a table, not {cells:,}, would be right"
        raise OutOfRange("share_prices", found, expected)
    years = _years(as_of, expiry)
    calls = [Call(strike, years, each, rate, dividend_yield) for each in volatilities]
    rows = (
        (price, *(_value(call, price, warrants, shares_outstanding) for call in calls))
        for price in share_prices
    )
    headings = (f"volatility {each:.10g}" for each in volatilities)
    return Table(("share_price", *headings), tuple(rows))


def _years(as_of: date, expiry: date) -> float:
    if as_of > expiry:
        expected = f"a date up to the expiry, {expiry}, would be right"
        raise OutOfRange("as_of", f"found {as_of}", expected)
    return (expiry - as_of).days / DAYS_A_YEAR


def _value(
    call: Call, share_price: float, warrants: int | None, shares_outstanding: int | None
) -> float:
    """The closed value; diluted where both counts are there."""
    if warrants is None and shares_outstanding is None:
        return call.value(share_price)
    if warrants is None:
        raise _one_count_alone("warrants", "shares_outstanding")
    if shares_outstanding is None:
        raise _one_count_alone("shares_outstanding", "warrants")
    if not shares_outstanding:
        expected = "a number above 0 would be right"
        raise OutOfRange("shares_outstanding", "found 0", expected)
    return diluted_value(call, share_price, warrants, shares_outstanding)


def _one_count_alone(missing: str, given: str) -> NotThere:
    expected = f"both counts, or neither, would be right: {given} is given"
    return NotThere(missing, "found nothing (a blank)", expected)
