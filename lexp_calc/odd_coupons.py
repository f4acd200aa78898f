"""Notes whose first or last coupon is odd: short or long, counted in notional coupon periods.

Regular dates are stepped from the odd coupon's regular end (the first coupon date, or the
last one before maturity) on; the odd coupon is 100 x coupon / f x the notional periods that
it lasts. Source: SIFMA, Standard Securities Calculation Methods; Excel's ODDFPRICE,
ODDFYIELD, ODDLPRICE and ODDLYIELD.
"""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

import lexp_calc.bond_yields as bond_yields
import lexp_calc.kinds as kinds
from lexp_calc.bonds import HUNDRED, Bond, Flows, not_past
from lexp_calc.day_count import DAY_COUNTS, DayCount
from lexp_calc.errors import OutOfRange
from lexp_calc.regular_dates import Frequency
from lexp_calc.spreadsheet_function import spreadsheet_function
from lexp_calc.terms import LARGEST_COUNT


@dataclass(frozen=True)
class NoteTerms:
    """A note's coupon as a decimal, its frequency and day count."""

    coupon: Fraction
    frequency: Frequency
    day_count: DayCount

    def counted_back_from(self, maturity: date) -> "PeriodLine | DayLine":
        """Coupon periods counted back from maturity, as ODDFPRICE of Excel has them."""
        line = DayLine if self.day_count.counts_days else PeriodLine
        return line(Bond(maturity, self.coupon, self.frequency, self.day_count))

    def counted_from(self, coupon_date: date) -> "PeriodLine":
        """Coupon periods counted on both sides of a regular coupon date.

        In actual days over those of the period for ACT/360 and ACT/365F too: parts of periods
        then add up, and ODDLPRICE of Excel counts so.
        """
        day_count = DAY_COUNTS["ACT/ACT ICMA"] if self.day_count.counts_days else self.day_count
        return PeriodLine(Bond(coupon_date, self.coupon, self.frequency, day_count))

    @property
    def payment(self) -> Fraction:
        """One regular coupon for 100 of face."""
        return HUNDRED * self.coupon / self.frequency.payments_a_year


@dataclass(frozen=True)
class PeriodLine:
    """A line on which regular coupon dates are whole numbers."""

    bond: Bond

    def number(self, day: date) -> Fraction:
        """Where a day stands: the number of the coupon date before it and the part accrued."""
        return self.bond.dates.number_until(day) + self.bond.accrued_part(day)

    def between(self, start: date, end: date) -> Fraction:
        """Coupon periods from one day to a later one."""
        return self.number(end) - self.number(start)

    def until_coupon(self, start: date, coupon_date: date) -> Fraction:
        """Coupon periods from a day to a later coupon date."""
        return self.between(start, coupon_date)


@dataclass(frozen=True)
class DayLine:
    """Days over a part of a year of 360 or 365; whole periods up to a coupon date are whole."""

    bond: Bond

    def between(self, start: date, end: date) -> Fraction:
        """Days from one day to a later one, over 360 / frequency or 365 / frequency."""
        year = self.bond.day_count.basis
        return Fraction((end - start).days * self.bond.frequency.payments_a_year, year)

    def until_coupon(self, start: date, coupon_date: date) -> Fraction:
        """Days to the next coupon date so counted, and the whole periods after it."""
        dates = self.bond.dates
        number = dates.number_until(start)
        whole = dates.number_until(coupon_date) - number - 1
        return self.between(start, dates.date(number + 1)) + whole


def _in_order(**days: date) -> None:
    """Refuses a day that is not after the one before it, by its name."""
    names = list(days)
    for before, after in zip(names, names[1:], strict=False):
        if days[after] <= days[before]:
            found = f"found {days[after]}, not after {before} on {days[before]}"
            raise OutOfRange(after, found, "a later date would be right")


def odd_first_flows(
    terms: NoteTerms, issue: date, settlement: date, first_coupon: date, maturity: date
) -> Flows:
    """The flows of a note settled in its odd first coupon period; regular ones follow."""
    _in_order(issue=issue, settlement=settlement, first_coupon=first_coupon)
    if maturity <= first_coupon:
        found = f"found {maturity}, not after the first coupon on {first_coupon}"
        raise OutOfRange("maturity", found, "a later date would be right")
    line = terms.counted_back_from(maturity)
    count = -line.bond.dates.number_until(first_coupon)
    if line.bond.dates.date(-count) != first_coupon:
        expected = f"a coupon date counted back from maturity on {maturity} would be right"
        raise OutOfRange("first_coupon", f"found {first_coupon}", expected)
    if count >= LARGEST_COUNT:
        found = f"found {maturity}, {count + 1:,} coupons after issue"
        raise OutOfRange("maturity", found, f"at most {LARGEST_COUNT:,} coupons would be right")
    first = terms.payment * line.until_coupon(issue, first_coupon)
    accrued = terms.payment * line.between(issue, settlement)
    left = line.until_coupon(settlement, first_coupon)
    return Flows(
        not_past(left, settlement),
        (first, *[terms.payment] * count),
        accrued,
        terms.frequency.payments_a_year,
    ).redeemed_at(Fraction(HUNDRED))


def odd_last_flows(terms: NoteTerms, settlement: date, last_coupon: date, maturity: date) -> Flows:
    """The flows of a note whose last coupon, from `last_coupon` to maturity, is odd."""
    _in_order(last_coupon=last_coupon, maturity=maturity)
    _in_order(settlement=settlement, maturity=maturity)
    line = terms.counted_from(last_coupon)
    last = terms.payment * line.between(last_coupon, maturity)
    if settlement >= last_coupon:
        accrued = terms.payment * line.between(last_coupon, settlement)
        left = not_past(line.between(settlement, maturity), settlement)
        flows = Flows(left, (last,), accrued, terms.frequency.payments_a_year)
    else:
        regular = line.bond.flows(settlement, ("settlement", "last_coupon"))
        step = line.between(last_coupon, maturity)
        flows = Flows(
            regular.first,
            (*regular.amounts, last),
            regular.accrued,
            regular.frequency,
            step,
        )
    return flows.redeemed_at(Fraction(HUNDRED))


@spreadsheet_function
def odd_first_price(
    settlement: kinds.Day,
    maturity: kinds.Day,
    issue: kinds.Day,
    first_coupon: kinds.Day,
    coupon: kinds.ChargedRate,
    yield_: kinds.RealRate,
    frequency: kinds.Frequency,
    day_count: kinds.DayCount = "30/360 US",
) -> kinds.PriceResult:
    """The clean price for 100 of face of a note settled in an odd first coupon period.

    As Excel's ODDFPRICE with redemption at 100; the first coupon may be short or long.
    """
    terms = NoteTerms(Fraction(coupon), frequency, day_count)
    flows = odd_first_flows(terms, issue, settlement, first_coupon, maturity)
    return bond_yields.clean_price(flows, yield_)


@spreadsheet_function
def odd_first_yield(
    settlement: kinds.Day,
    maturity: kinds.Day,
    issue: kinds.Day,
    first_coupon: kinds.Day,
    coupon: kinds.ChargedRate,
    price: kinds.Price,
    frequency: kinds.Frequency,
    day_count: kinds.DayCount = "30/360 US",
) -> kinds.RealResult:
    """The yield of a note settled in an odd first coupon period, as Excel's ODDFYIELD."""
    terms = NoteTerms(Fraction(coupon), frequency, day_count)
    flows = odd_first_flows(terms, issue, settlement, first_coupon, maturity)
    return bond_yields.yield_at(flows, price)


@spreadsheet_function
def odd_last_price(
    settlement: kinds.Day,
    maturity: kinds.Day,
    last_coupon: kinds.Day,
    coupon: kinds.ChargedRate,
    yield_: kinds.RealRate,
    frequency: kinds.Frequency,
    day_count: kinds.DayCount = "30/360 US",
) -> kinds.PriceResult:
    """The clean price for 100 of face of a note whose last coupon is odd.

    `last_coupon` is the last coupon date before maturity. From it on simple interest, as
    Excel's ODDLPRICE; settled before it, regular coupons come first.
    """
    terms = NoteTerms(Fraction(coupon), frequency, day_count)
    return bond_yields.clean_price(odd_last_flows(terms, settlement, last_coupon, maturity), yield_)


@spreadsheet_function
def odd_last_yield(
    settlement: kinds.Day,
    maturity: kinds.Day,
    last_coupon: kinds.Day,
    coupon: kinds.ChargedRate,
    price: kinds.Price,
    frequency: kinds.Frequency,
    day_count: kinds.DayCount = "30/360 US",
) -> kinds.RealResult:
    """The yield of a note whose last coupon is odd, as Excel's ODDLYIELD."""
    terms = NoteTerms(Fraction(coupon), frequency, day_count)
    return bond_yields.yield_at(odd_last_flows(terms, settlement, last_coupon, maturity), price)
