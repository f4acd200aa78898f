"""What accrues in one interest period of one tranche, night by night."""

from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

from tests.lexp_calc.simulation.amounts import ByDate, per_cent

NOTHING = Fraction(0)


@dataclass
class Accrual:
    """Interest and fees of the period that began on `start`, and the ratios they come from.

    A ratio is rate x part of a year since the start: what one unit lent at the start earns.
    """

    start: date
    part_of_year: Fraction = NOTHING
    ratio: Fraction = NOTHING
    ratio_in_kind: Fraction = NOTHING
    owed: Fraction = NOTHING
    owed_in_kind: Fraction = NOTHING
    fees: dict = field(default_factory=dict)

    def lend(self, balance, part_of_year, cash, in_kind):
        """One more night of a balance at its two rates."""
        self.part_of_year += part_of_year
        self.ratio += cash
        self.owed += balance * cash
        if in_kind:
            self.ratio_in_kind += in_kind
            self.owed_in_kind += balance * in_kind

    def restate(self, balance):
        """As if the balance had been this one from the start: for instalments paid late."""
        self.owed = balance * self.ratio
        self.owed_in_kind = balance * self.ratio_in_kind

    def take(self, share):
        """The interest on a share of what is owed, in cash whatever it was to be."""
        taken = share * (self.owed + self.owed_in_kind)
        self.owed -= share * self.owed
        self.owed_in_kind -= share * self.owed_in_kind
        return taken


class InKind:
    """What part of the interest of a period is added to principal."""

    def __init__(self, tranche_id, terms, scenario):
        self.terms = terms or {}
        chosen = scenario.get("pay_in_kind", {}).get(tranche_id)
        self.chosen = ByDate(chosen, per_cent, before=NOTHING)

    def share(self, start):
        """The share of the coupon chosen for the period that begins on `start`."""
        toggle = self.terms.get("toggle")
        if not toggle or ("until" in toggle and start >= toggle["until"]):
            return NOTHING
        return self.chosen.on(start)

    def split(self, start, coupon, part_of_year):
        """One night's rate in cash and in kind."""
        if not self.terms:
            return coupon, NOTHING
        share, rate = self.share(start), NOTHING
        if "rate" in self.terms:
            rate = per_cent(self.terms["rate"])
        premium = per_cent(self.terms.get("toggle", {}).get("premium", "0%"))
        in_kind = share * (coupon + premium * part_of_year) + rate * part_of_year
        return (1 - share) * coupon, in_kind
