"""What is left to be paid on a bond with regular coupons, counted in coupon periods.

A bond's worth depends on amounts and on how many coupon periods away each is. Both are exact
here, for 100 of face, so that the same flows are priced in binary floats (`bond_yields`) or in
decimals of 40 digits where an amount payable hangs on the price.

The periods are counted as spreadsheets do: A, what has accrued of the running period, and
E, the length of a period, by the day count: 360 / frequency days for ACT/360 and the
conventions of 30-day months, 365 / frequency for ACT/365F, the period's own days for ACT/ACT.
What is left of the period is E - A; for ACT/360 and ACT/365F the days to the next coupon, as
Microsoft's help page of PRICE, LibreOffice and Gnumeric have it (Excel itself takes E - A).
"""

from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from functools import cached_property

from lexp_calc.day_count import ActualActualICMA, DayCount, ThirtyDayMonths
from lexp_calc.errors import OutOfRange
from lexp_calc.regular_dates import Frequency, RegularDates
from lexp_calc.terms import LARGEST_COUNT

HUNDRED = 100
SETTLED_AND_PAID_OFF = ("settlement", "maturity")  # names of arguments


@dataclass(frozen=True)
class Flows:
    """What is still paid for 100 of face, and when.

    Amount number 0 comes `first` coupon periods after settlement, each further one period
    later, and the last `last_step` periods after the one before. `accrued` is what the buyer
    owes the seller.
    """

    first: Fraction
    amounts: tuple[Fraction, ...]
    accrued: Fraction
    frequency: int
    last_step: Fraction = Fraction(1)

    def redeemed_at(self, redemption: Fraction) -> "Flows":
        """The same with the redemption paid beside the last coupon."""
        *others, last = self.amounts
        return replace(self, amounts=(*others, last + redemption))

    @cached_property
    def times(self) -> tuple[Fraction, ...]:
        """Coupon periods from settlement to each amount."""
        count = len(self.amounts)
        regular = [self.first + number for number in range(count)]
        if count > 1:
            regular[-1] = regular[-2] + self.last_step
        return tuple(regular)


@dataclass(frozen=True)
class Bond:
    """A bond of 100 of face with regular coupons, counted back from its maturity.

    `coupon` is a decimal a year. Coupons fall on month ends where maturity is its month's
    last day, as spreadsheets and US corporate notes have it.
    """

    maturity: date
    coupon: Fraction
    frequency: Frequency
    day_count: DayCount

    @cached_property
    def dates(self) -> RegularDates:
        """The coupon dates; maturity is number 0."""
        return RegularDates(self.maturity, self.frequency, end_of_month=True, anchor_number=0)

    @property
    def payment(self) -> Fraction:
        """One regular coupon for 100 of face."""
        return HUNDRED * self.coupon / self.frequency.payments_a_year

    def flows(self, settlement: date, names: tuple[str, str] = SETTLED_AND_PAID_OFF) -> Flows:
        """The coupons left after `settlement`, without the redemption.

        Refused where none is left or more than 1,200 are; `names` are those of the arguments
        of the settlement and of the maturity in a refusal.
        """
        last = self._last_coupon_before(settlement, self.maturity, names[1])
        return Flows(
            self._left(last, settlement, names[0]),
            (self.payment,) * -last,
            self.payment * self.accrued_part(settlement),
            self.frequency.payments_a_year,
        )

    def flows_until(self, settlement: date, end: date, where: str) -> Flows:
        """The same up to a day before maturity, on which what has accrued is paid.

        `where` names the argument of that day in a refusal.
        """
        if end == self.maturity:
            return self.flows(settlement, ("settlement", where))
        last = self._last_coupon_before(settlement, end, where)
        ends_in = self.dates.number_until(end)
        part = self.accrued_part(end)
        whole = ends_in - last
        first = self._left(last, settlement, "settlement")
        accrued = self.payment * self.accrued_part(settlement)
        amounts = [self.payment] * whole
        if part:
            amounts.append(self.payment * part)
        step = part if part and whole else Fraction(1)
        if not whole:
            first = part - self.accrued_part(settlement)
        if not amounts or first < 0:
            found = f"found {end}, with no interest day after settlement on {settlement}"
            raise OutOfRange(where, found, "a later date would be right")
        return Flows(first, tuple(amounts), accrued, self.frequency.payments_a_year, Fraction(step))

    def _last_coupon_before(self, settlement: date, end: date, where: str) -> int:
        """The number of the last coupon date on or before settlement, which precedes `end`."""
        if end <= settlement:
            found = f"found {end}, not after settlement on {settlement}"
            raise OutOfRange(where, found, "a later date would be right")
        last = self.dates.number_until(settlement)
        if -last > LARGEST_COUNT:
            found = f"found {end}, {-last:,} coupons after settlement on {settlement}"
            raise OutOfRange(where, found, f"at most {LARGEST_COUNT:,} coupons would be right")
        return last

    def accrued_part(self, day: date) -> Fraction:
        """A / E: what has accrued of the coupon that runs on a day, as a part of it."""
        number = self.dates.number_until(day)
        return self._accrued_days(number, day) / self._period_days(number)

    def _accrued_days(self, number: int, day: date) -> Fraction:
        start = self.dates.date(number)
        if isinstance(self.day_count, ActualActualICMA):
            return Fraction((day - start).days)
        return Fraction(self.day_count.length(start, day))

    def _period_days(self, number: int) -> Fraction:
        start, end = self.dates.date(number), self.dates.date(number + 1)
        if isinstance(self.day_count, ActualActualICMA):
            return Fraction((end - start).days)
        if self.has_even_periods:
            return Fraction(self.day_count.basis, self.frequency.payments_a_year)
        return Fraction(self.day_count.length(start, end))

    @property
    def has_even_periods(self) -> bool:
        """Whether every period counts the same: a part of a year of 360 or 365 days."""
        return self.day_count.counts_days or isinstance(self.day_count, ThirtyDayMonths)

    def _left(self, number: int, settlement: date, where: str) -> Fraction:
        """Periods from settlement to the coupon after it.

        None are left on 30 December of a coupon of 31 December where months have 30 days:
        the coupon is accrued in full and paid without discount, as the spreadsheets' PRICE.
        """
        if self.day_count.counts_days:
            days = (self.dates.date(number + 1) - settlement).days
            left = Fraction(days) / self._period_days(number)
        else:
            left = 1 - self.accrued_part(settlement)
        return not_past(left, settlement, where)


def not_past(left: Fraction, settlement: date, where: str = "settlement") -> Fraction:
    """The periods left to the next coupon; refused where more than the coupon has accrued."""
    if left < 0:
        found = f"found {settlement}, with more accrued than the next coupon"
        raise OutOfRange(where, found, "an earlier date would be right")
    return left
