"""What a loan's contract asks to be repaid on each payment date."""

from fractions import Fraction

from tests.lexp_calc.simulation.amounts import per_cent, rounded

DATED = ("instalments", "per cent of original", "steps")


class Repayment:
    """The instalments of one loan: `asked` on a payment, before anything prepaid counts."""

    def __init__(self, terms, payments, maturity, is_extended, cents):
        self.terms, self.cents = terms, cents
        self.kind = terms["type"]
        self.bearing = self.instalment_dates(payments, maturity, is_extended)

    def instalment_dates(self, payments, maturity, is_extended):
        """The payment dates on which instalments fall due, in order."""
        terms = self.terms
        if self.kind == "custom":
            return [each["due"] for each in terms["instalments"]]
        if self.kind not in DATED:
            return []
        first = terms["steps"][0]["from"] if self.kind == "steps" else terms.get("first")
        dues = [each.due for each in payments if each.is_regular]
        dues = [due for due in dues if first is None or due >= first][:: terms.get("every", 1)]
        if "count" in terms:
            return dues[: terms["count"]]
        last = maturity if is_extended else terms["last"]
        return [due for due in dues if due <= last]

    def asked(self, due, drawn_before):
        """The instalment that the contract names for a payment date."""
        if due not in self.bearing:
            return 0
        if self.kind == "instalments":
            return self.cents(self.terms["amount"])
        if self.kind == "per cent of original":
            return rounded(per_cent(self.terms["rate"]) * drawn_before)
        if self.kind == "custom":
            return sum(
                self.cents(e["amount"]) for e in self.terms["instalments"] if e["due"] == due
            )
        step = [each for each in self.terms["steps"] if each["from"] <= due][-1]
        if "amount" in step:
            return self.cents(step["amount"])
        return rounded(per_cent(step["rate"]) * drawn_before)


class LevelPayments:
    """Payments of interest and principal together that stay level."""

    def __init__(self, terms, dates, coupon, fraction_of, cents):
        self.terms, self.dates, self.coupon = terms, dates, coupon
        self.fraction_of = fraction_of  # of a payment's interest period
        self.balloon = cents(terms.get("balloon", 0))
        self.count = terms["amortization_payments"]
        self.level, self.rate, self.bearing = None, None, self.bearing_payments()

    def bearing_payments(self):
        """All payments of the amortization, those after maturity too."""
        number, dues = self.dates.first_number(), []
        first = self.terms.get("first")
        enough = self.count
        while enough:
            due = self.dates.regular(number)
            dues.append(due)
            enough -= first is None or due >= first
            number += 1
        return self.dates.numbered(dues)[-self.count :]

    def instalment(self, payment, balance, interest):
        """Level payment less interest; the last one repays what is left but the balloon."""
        position = [n for n, each in enumerate(self.bearing) if each.due == payment.due]
        if not payment.is_regular or not position:
            return 0
        left = self.bearing[position[0] :]
        if len(left) == 1:
            return max(balance - self.balloon, 0)
        rate = self.coupon.all_in(payment.start, payment.start)
        moved = self.terms.get("relevel") == "when the rate changes" and rate != self.rate
        if self.level is None or moved:
            self.level, self.rate = self.set_level(left, balance, rate), rate
        return min(max(self.level - interest, 0), balance)

    def set_level(self, left, balance, rate):
        """The payment that leaves the balloon after the payments that are left.

        Looked for from the end: what is owed after each payment is balance x growth - level.
        """
        growth, payments = Fraction(1), Fraction(0)
        for payment in left:
            if self.terms["method"] == "exact by days":
                factor = 1 + rate * self.fraction_of(payment)
            else:
                factor = 1 + rate / self.dates.payments_a_year
            growth, payments = growth * factor, payments * factor + 1
        return rounded((balance * growth - self.balloon) / payments)
