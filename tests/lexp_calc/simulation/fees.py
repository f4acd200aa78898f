"""Fees of a tranche, each rounded for itself."""

from fractions import Fraction

from tests.lexp_calc.simulation.amounts import per_cent, rounded

ACCRUING = ("unused", "letter of credit")


class Fees:
    """What the fees of one tranche come to on the occasions on which they fall due."""

    def __init__(self, terms, cents):
        self.terms, self.cents = list(terms.values()), cents

    def of(self, *kinds):
        """The fees of some kinds."""
        return [fee for fee in self.terms if fee["type"] in kinds]

    def at_closing(self, drawn, commitment):
        """Closing fees, the discount that is kept back, the agent's first year."""
        total = 0
        for fee in self.of("closing"):
            base = commitment if fee.get("base") == "commitment" else drawn
            total += rounded(per_cent(fee["rate"]) * base)
        total += sum(rounded(per_cent(fee["rate"]) * drawn) for fee in self.of("discount"))
        return total + sum(self.cents(fee["amount"]) for fee in self.of("agency"))

    def on_anniversary(self, balance, is_over):
        """On what is outstanding; the agent's next year while the tranche lasts."""
        total = sum(rounded(per_cent(fee["rate"]) * balance) for fee in self.of("anniversary"))
        if not is_over:
            total += sum(self.cents(fee["amount"]) for fee in self.of("agency"))
        return total

    def on_amendment(self, day, balance):
        """On what is outstanding on the day of an amendment."""
        return sum(
            rounded(per_cent(fee["rate"]) * balance)
            for fee in self.of("amendment")
            if fee["date"] == day
        )

    def at_exit(self, instalment, prepaid, at_maturity):
        """On principal repaid: all of it, or what is prepaid or due at maturity."""
        total = 0
        for fee in self.of("exit"):
            base = prepaid + at_maturity
            if fee["base"] == "all principal repaid":
                base += instalment
            total += rounded(per_cent(fee["rate"]) * base)
        return total

    def minimum_interest(self, interest):
        """What all interest falls short of, when the last is repaid."""
        return sum(max(self.cents(f["amount"]) - interest, 0) for f in self.of("minimum interest"))

    def accruing(self):
        """Fees that run by the day and are paid with interest: (position, fee)."""
        return list(enumerate(self.of(*ACCRUING)))

    @staticmethod
    def of_the_night(fee, unused, unused_with_letters, letters, part_of_year):
        """What one night adds to a fee."""
        if fee["type"] == "letter of credit":
            base = letters
        elif fee.get("letters_of_credit", "count as used") == "count as used":
            base = unused_with_letters
        else:
            base = unused
        return per_cent(fee["rate"]) * base * part_of_year if base else Fraction(0)
