"""A second way to a schedule: the days from closing one after the other, nothing clever.

Dates, holidays and day counts are QuantLib's, amounts are exact fractions, and nothing of
`lexp_calc` is used. Of each day: interest for the night before, then the instalment, the
prepayment or draw, the balance at maturity, the anniversary fee.
"""

import csv
import math
from dataclasses import dataclass, field
from datetime import date, timedelta
from fractions import Fraction

import QuantLib as ql

FEDERAL_RESERVE = ql.UnitedStates(ql.UnitedStates.FederalReserve)
ONE_DAY = timedelta(days=1)


def ql_date(day):
    return ql.Date(day.day, day.month, day.year)


def following(day):
    moved = FEDERAL_RESERVE.adjust(ql_date(day), ql.Following)
    return date(moved.year(), moved.month(), moved.dayOfMonth())


def unadjusted(day):
    return day


def actual(start, end):
    return ql.Actual360().dayCount(ql_date(start), ql_date(end))


def thirty(start, end):
    return ql.Thirty360(ql.Thirty360.USA).dayCount(ql_date(start), ql_date(end))


def rounded(amount):
    """A fraction of cents as whole cents, ties away from zero."""
    return math.floor(abs(amount) + Fraction(1, 2)) * (1 if amount >= 0 else -1)


def per_cent(text):
    return Fraction(text) / 100


@dataclass(frozen=True)
class Facility:
    """Terms and a scenario, written out by hand. Amounts in cents, rates as fractions of one."""

    closing: date
    first_payment: date
    maturity: date
    months: int
    principal: int = 0
    instalment: int = 0
    instalments: int = 0
    adjust: object = following
    interest_for_delay: bool = True
    days: object = actual
    closing_fee: Fraction = Fraction(0)
    anniversary_fee: Fraction = Fraction(0)
    is_revolver: bool = False
    floor: Fraction | None = None
    margins: dict = field(default_factory=dict)  # index: margin; "fixed": the coupon
    indices: dict = field(default_factory=dict)  # index: function of a day
    daily: tuple = ("prime",)  # the indices whose changes count from their day
    elections: dict = field(default_factory=lambda: {})  # from: index
    first_index: str = "fixed"
    prepayments: dict = field(default_factory=dict)
    draws: dict = field(default_factory=dict)  # negative: a repayment

    def index(self, period_start, day):
        """The elected index's rate on a day of the period."""
        elected = self.first_index
        for start in sorted(self.elections):
            if start <= period_start:
                elected = self.elections[start]
        read_on = day if elected in self.daily else period_start
        index_rate = self.indices[elected](read_on) if elected != "fixed" else Fraction(0)
        return index_rate, index_rate + self.margins[elected]

    def rate(self, period_start, day):
        """The all-in rate of a day."""
        both = self.index(period_start, day)[1]
        return both if self.floor is None else max(both, self.floor)

    def due_dates(self):
        """The dates that the contract names, with their number; maturity is the last."""
        number = 0
        while True:
            step = ql.Period(number * self.months, ql.Months)
            due = ql_date(self.first_payment) + step
            due = date(due.year(), due.month(), due.dayOfMonth())
            number += 1
            if due >= self.maturity:
                yield number, self.maturity, due == self.maturity
                return
            yield number, due, True

    def anniversaries(self):
        years = 1
        while True:
            day = ql_date(self.closing) + ql.Period(years, ql.Years)
            day = date(day.year(), day.month(), day.dayOfMonth())
            if day > self.maturity:
                return
            yield day
            years += 1


def row(day, start, end, days, opening, drawn=0, index=0, all_in=0, interest=0, instalment=0,
        prepayment=0, balloon=0, fees=0):  # fmt: skip
    """One row with the columns of a schedule, amounts in cents."""
    return {
        "payment_date": day, "accrual_start": start, "accrual_end": end, "days": days,
        "opening_balance": opening, "drawn": drawn, "index_rate": index, "all_in_rate": all_in,
        "interest": interest, "pik_interest": 0, "scheduled_principal": instalment,
        "prepayment": prepayment, "balloon": balloon, "fees": fees,
        "total_payment": interest + instalment + prepayment + balloon + fees,
        "closing_balance": opening + drawn - instalment - prepayment - balloon,
    }  # fmt: skip


def simulate(loan):
    """The rows of the schedule, one day after the other."""
    return _Days(loan).rows


class _Days:
    """The balance and the accrued interest on their way from closing to the last payment."""

    def __init__(self, loan):
        self.loan = loan
        self.payments = {
            loan.adjust(due): (n, due, regular) for n, due, regular in loan.due_dates()
        }
        self.fee_days = set(loan.anniversaries()) if loan.anniversary_fee else set()
        self.day = self.start = loan.closing
        self.balance = loan.principal + loan.draws.get(loan.closing, 0)
        self.owed = Fraction(0)  # accrued in the running period on what was outstanding
        self.ratio = Fraction(0)  # rate x day count fraction since its start
        self.ended = None  # the last period that has ended: owed, ratio, start, end
        fees = rounded(self.balance * loan.closing_fee)
        self.rows = [row(self.day, self.day, self.day, 0, 0, drawn=self.balance, fees=fees)]
        while self.day < max(self.payments) and (self.balance or loan.is_revolver):
            self.accrue_one_night()
            self.end_period_if_due()
            before = len(self.rows)
            self.pay()
            self.prepay_or_draw()
            if self.day in self.fee_days:
                self.charge_fee(before)

    def add(self, *columns, **amounts):
        self.rows.append(row(self.day, *columns, **amounts))
        self.balance = self.rows[-1]["closing_balance"]

    def accrue_one_night(self):
        count = self.loan.days
        nights = count(self.start, self.day + ONE_DAY) - count(self.start, self.day)
        of_the_night = self.loan.rate(self.start, self.day) * Fraction(nights, 360)
        self.owed += self.balance * of_the_night
        self.ratio += of_the_night
        self.day += ONE_DAY

    def end_period_if_due(self):
        """Interest runs to the day paid, or to the day due where nothing is owed for the delay."""
        paid = self.day in self.payments
        due = any(self.day == due for _, due, _ in self.payments.values())
        if paid if self.loan.interest_for_delay else due:
            self.ended = self.owed, self.ratio, self.start, self.day
            self.owed, self.ratio, self.start = Fraction(0), Fraction(0), self.day

    def pay(self):
        if self.day not in self.payments:
            return
        number, due, regular = self.payments[self.day]
        owed, ratio, start, end = self.ended
        instalment = self.loan.instalment if regular and number <= self.loan.instalments else 0
        instalment = min(instalment, self.balance)
        drawn, prepayment = self.moves() if end == self.day else (0, 0)
        remaining = self.balance + drawn - instalment - prepayment
        days = self.loan.days(start, end)
        self.add(
            start,
            end,
            days,
            self.balance,
            drawn,
            self.loan.index(start, start)[0],
            ratio * 360 / days,
            rounded(owed),
            instalment,
            prepayment,
            balloon=remaining if due == self.loan.maturity else 0,
        )
        # What is repaid late without interest for the delay owes none for it.
        self.owed = self.balance * self.ratio

    def moves(self):
        """What is drawn and what is repaid of free will on the day."""
        draw = self.loan.draws.get(self.day, 0)
        return max(draw, 0), self.loan.prepayments.get(self.day, 0) - min(draw, 0)

    def prepay_or_draw(self):
        drawn, prepayment = self.moves()
        done = self.day in self.payments and self.start == self.day
        if done or not (drawn or prepayment):
            return
        interest = Fraction(0)
        if not self.loan.is_revolver:
            interest = self.owed if prepayment == self.balance else prepayment * self.ratio
        self.owed -= interest
        start = self.start if interest else self.day
        days = self.loan.days(start, self.day)
        index_rate = self.loan.index(start, start)[0] if days else Fraction(0)
        all_in = self.ratio * 360 / days if days else Fraction(0)
        columns = (start, self.day, days, self.balance, drawn, index_rate, all_in)
        self.add(*columns, rounded(interest), prepayment=prepayment)

    def charge_fee(self, rows_before):
        if len(self.rows) == rows_before:
            self.add(self.day, self.day, 0, self.balance)
        self.rows[-1]["fees"] = rounded(self.balance * self.loan.anniversary_fee)
        self.rows[-1]["total_payment"] += self.rows[-1]["fees"]


def prime_of_h15(path):
    """The prime rate of a day, from the table of changes."""
    with open(path, encoding="utf-8") as file:
        table = list(csv.reader(line for line in file if not line.startswith("#")))[1:]
    changes = [(date.fromisoformat(day), per_cent(text)) for day, text in table]

    def prime(day):
        return [rate for start, rate in changes if start <= day][-1]

    return prime


def flat(text):
    """An index that never changes."""
    value = per_cent(text)
    return lambda day: value


def steps(table):
    """An index given by its changes, {from: per cent}."""
    changes = sorted((start, per_cent(text)) for start, text in table.items())
    return lambda day: [rate for start, rate in changes if start <= day][-1]
