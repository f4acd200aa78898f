"""Terms made up by hypothesis: dates, coupons, amounts as a term sheet writes them."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from hypothesis import assume
from hypothesis import strategies as st

from tests.lexp_calc.simulation.dates import (
    ADJUSTED_BY_QUANTLIB,
    CALENDARS,
    FREQUENCIES,
    Dates,
    calendar,
)

LONGEST = 1000  # days from closing to maturity, about: the simulation takes each one by one
STEP_DAYS = {
    "weekly": 7,
    "every two weeks": 14,
    "every four weeks": 28,
    "monthly": 31,
    "every two months": 61,
    "quarterly": 92,
    "every four months": 122,
    "semiannual": 183,
    "annual": 365,
}
BUSINESS_DAYS = (*ADJUSTED_BY_QUANTLIB, "Nearest")
NEVER_EARLIER = ("Following", "Unadjusted")
DAY_COUNTS = (
    "ACT/360",
    "ACT/365F",
    "ACT/ACT ISDA",
    "30/360 US",
    "30E/360",
    "30E/360 ISDA",
    "30/360 ISDA",
)
DAYS_OF_DELAY = 10
EARLIEST, LATEST = date(1990, 1, 1), date(2055, 12, 31)


@dataclass(frozen=True)
class Frame:
    """What all terms of a generated deal refer to."""

    closing: date
    calendar: str
    digits: int  # of the currency's minor unit

    def amount(self, minor_units):
        """Minor units as currency units."""
        return Decimal(minor_units).scaleb(-self.digits)

    def open_days(self):
        """The deal's business days."""
        return calendar(self.calendar)


CURRENCIES = {"USD": 2, "JPY": 0}


@st.composite
def frames(draw):
    """A closing day, a calendar, a currency."""
    closing = draw(st.dates(EARLIEST, date(2050, 12, 31)))
    currency = draw(st.sampled_from(["USD", "USD", "USD", "JPY"]))
    return Frame(closing, draw(st.sampled_from(sorted(CALENDARS))), CURRENCIES[currency])


def rates(lowest, highest):
    """Rates as people write them, in hundredths of a per cent."""
    return st.integers(lowest, highest).map(lambda hundredths: f"{hundredths / 100:.2f}%")


def maybe(strategy):
    """Of the strategy, or none."""
    return st.one_of(st.none(), strategy)


def shares(draw, total, count):
    """Whole amounts above 0 that add up to `total` or less."""
    return [max(draw(st.integers(1, max(total // count, 1))), 1) for _ in range(count)]


@st.composite
def business_days(draw, frame, first, last, most, least=0):
    """Business days from `first` to `last`, both included, in order; many at a month's end."""
    if first > last:
        return []
    span = (last - first).days
    offsets = draw(st.lists(st.integers(0, span), min_size=least, max_size=most))
    calendar = frame.open_days()
    days = [first + timedelta(days=n) for n in offsets]
    days = [at_month_end(day) if draw(st.integers(0, 3)) == 0 else day for day in days]
    days = {calendar.adjusted(day, "Following") for day in days}
    return sorted(day for day in days if day <= last)


@dataclass(frozen=True)
class PaymentDates:
    """Payment terms with the contract's maturity and the regular dates up to it."""

    payments: dict
    maturity: date
    regular: list

    @property
    def in_months(self):
        """Whether the dates are so many months apart, not weeks."""
        return not self.payments["frequency"].endswith(("weekly", "weeks"))


@st.composite
def payment_dates(draw, frame, frequencies=tuple(FREQUENCIES), longest=LONGEST, stubs=True):
    """First payment or first period, stubs, month ends, business days, delay."""
    frequency = draw(st.sampled_from(frequencies))
    step = STEP_DAYS[frequency]
    count = draw(st.integers(1, max(longest // step, 1)))
    payments = {
        "frequency": frequency,
        "business_day": draw(st.sampled_from(BUSINESS_DAYS)),
        "interest_for_delay": draw(st.sampled_from(["to the day paid", "none"])),
    }
    in_months = not frequency.endswith(("weekly", "weeks"))
    if in_months and draw(st.booleans()):
        payments["end_of_month"] = draw(st.booleans())
    month_end = draw(st.booleans())
    rest = draw(st.integers(1, step - 1)) if stubs and draw(st.booleans()) else 0
    if stubs and draw(st.integers(0, 3)) == 0:
        payments["first_period"] = draw(st.sampled_from(["short", "long"]))
        maturity = frame.closing + timedelta(days=count * step + rest)
        maturity = at_month_end(maturity) if month_end else maturity
        dates = Dates(payments, frame.open_days(), frame.closing, maturity)
    else:
        first = frame.closing + timedelta(days=draw(st.integers(1, step + step * 2 // 3)))
        payments["first_payment"] = at_month_end(first) if month_end else first
        dates = Dates(payments, frame.open_days(), frame.closing, None)
        maturity = dates.regular(count - 1) + timedelta(days=rest)
    if rest and draw(st.booleans()):
        payments["last_period"] = draw(st.sampled_from(["short", "long"]))
    found = dates.payments(maturity)
    assume(found[0].paid > frame.closing)
    regular = [each.due for each in found if each.is_regular]
    return PaymentDates(payments, maturity, regular)


@st.composite
def dates_of_the_drawn(draw, frame, **terms):
    """For a tranche that may be drawn after closing: paid no earlier than interest ends."""
    dates = draw(payment_dates(frame, **terms))
    if dates.payments["interest_for_delay"] == "none":
        dates.payments["business_day"] = draw(st.sampled_from(NEVER_EARLIER))
    return dates


def at_month_end(day):
    """The last day of the month."""
    return (day.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)


@st.composite
def paths(draw, first, last, values, most=8):
    """A value from the first day on, changed now and then."""
    span = (last - first).days
    later = {}
    if span:
        later = draw(st.dictionaries(st.integers(1, span), values, max_size=most))
    path = {first: draw(values)}
    path |= {first + timedelta(days=n): each for n, each in later.items()}
    return {day.isoformat(): each for day, each in path.items()}


def flat_or_by_date(first, last, values):
    """A value that holds throughout, or one by date."""
    return st.one_of(values, paths(first, last, values))


def fixed_coupons(day_counts=DAY_COUNTS, highest=2000):
    """One rate."""
    return st.fixed_dictionaries(
        {
            "type": st.just("fixed"),
            "rate": rates(0, highest),
            "day_count": st.sampled_from(day_counts),
        }
    )


@st.composite
def prime_coupons(draw, day_counts=DAY_COUNTS):
    """Prime and a margin, perhaps between a floor and a cap."""
    option = {
        "index": "prime",
        "margin": draw(rates(0, 500)),
        "reset": draw(st.sampled_from(["daily", "per period"])),
    }
    coupon = {
        "type": "floating",
        "options": [option],
        "day_count": draw(st.sampled_from(day_counts)),
    }
    return with_limits(draw, coupon)


def with_limits(draw, coupon):
    """Perhaps a floor and a cap on the all-in rate."""
    if draw(st.booleans()):
        coupon["floor"] = draw(rates(0, 800))
    if draw(st.booleans()):
        coupon["cap"] = draw(rates(800, 1500))
    return coupon


def simple_coupons(day_counts=DAY_COUNTS):
    """Fixed, or over prime."""
    return st.one_of(fixed_coupons(day_counts), prime_coupons(day_counts))


def scenario_of(**tables):
    """A scenario of the tables that are not empty."""
    return {
        name: each
        for name, each in tables.items()
        if each and all(not isinstance(inner, dict) or inner for inner in each.values())
    }


def deal_tables(frame, tranches, scenario, **others):
    """A term sheet's tables."""
    currency = next(name for name, digits in CURRENCIES.items() if digits == frame.digits)
    return {
        "id": "generated",
        "name": "A generated deal",
        "borrower": "Borrower",
        "currency": currency,
        "closing_date": frame.closing,
        "calendar": frame.calendar,
        "default_scenario": "base",
        "tranche": {
            name: {"name": name, "seniority": "senior", **terms} for name, terms in tranches.items()
        },
        "scenario": {"base": scenario},
        **others,
    }
