"""Amounts, rates and tables as a term sheet writes them, read once more and plainly."""

import math
from datetime import date
from fractions import Fraction
from functools import cache

MINOR_UNIT_DIGITS = {"USD": 2, "EUR": 2, "GBP": 2, "JPY": 0}


def rounded(amount):
    """A fraction of minor units as whole ones, ties away from zero."""
    return math.floor(abs(amount) + Fraction(1, 2)) * (1 if amount >= 0 else -1)


@cache
def per_cent(text):
    """ "5.50%" is 0.055."""
    assert text.endswith("%")
    return Fraction(text[:-1]) / 100


def day_of(key):
    """A date, or the ISO text of one that a table has as its key."""
    return key if isinstance(key, date) else date.fromisoformat(key)


class Refused(Exception):
    """A scenario that no lender would accept: nothing can be paid as it says."""


class ByDate:
    """A value that the scenario gives flat, or from dates on; `before` holds until the first."""

    UNKNOWN = object()

    def __init__(self, table, read, before=UNKNOWN):
        self.before = before
        if table is None:
            table = {}
        self.flat = not isinstance(table, dict)
        self.values = read(table) if self.flat else None
        self.changes = (
            [] if self.flat else sorted((day_of(k), read(each)) for k, each in table.items())
        )

    def on(self, day):
        """The value of a day."""
        if self.flat:
            return self.values
        known = [value for start, value in self.changes if start <= day]
        if known:
            return known[-1]
        if self.before is ByDate.UNKNOWN:
            raise Refused(f"nothing known on {day}")
        return self.before
