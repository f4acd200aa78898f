"""One tranche on its way from closing to the last payment, one day after the other.

Of each day: interest for the night before, what is drawn, the instalment, the prepayment,
what the excess-cash sweep takes, the balance at maturity, the fees on what is then owed.
"""

from fractions import Fraction

from tests.lexp_calc.simulation.accruals import Accrual, InKind
from tests.lexp_calc.simulation.amounts import ByDate, Refused, day_of, rounded
from tests.lexp_calc.simulation.dates import ONE_DAY, Dates, anniversaries
from tests.lexp_calc.simulation.day_counts import DayCount
from tests.lexp_calc.simulation.fees import Fees
from tests.lexp_calc.simulation.ledger import Ledger
from tests.lexp_calc.simulation.premiums import CallProtection
from tests.lexp_calc.simulation.rates import Coupon
from tests.lexp_calc.simulation.repayments import LevelPayments, Repayment


class Tranche:
    """Terms and scenario of one tranche, and where it stands."""

    def __init__(self, tranche_id, terms, scenario, deal, maturity):
        self.terms, self.maturity, self.closing = terms, maturity, deal.closing
        self.is_revolver = terms["type"] == "revolver"
        cents, self.calendar = deal.cents, deal.calendar
        self.dates = Dates(terms["payments"], deal.calendar, deal.closing, terms["maturity"])
        self.day_count = DayCount(terms["coupon"]["day_count"], self.dates, maturity)
        self.coupon = Coupon(tranche_id, terms["coupon"], scenario, deal.calendar)
        self.payments = self.dates.payments(maturity)
        self.fees = Fees(terms.get("fees", {}), cents)
        self.anniversaries = set(anniversaries(deal.closing, maturity))
        self.in_kind = InKind(tranche_id, terms.get("in_kind"), scenario)
        self.premiums = CallProtection(
            terms.get("call_protection"), terms["coupon"], self.dates.payments_a_year, scenario
        )
        self.set_repayment(terms.get("repayment", {"type": "bullet"}), deal, tranche_id)
        self.commitment_base = cents(terms.get("commitment", terms.get("principal", 0)))
        self.commitments = [
            (step["from"], cents(step["commitment"])) for step in terms.get("commitment_steps", [])
        ]
        self.letters = ByDate(
            scenario.get("letters_of_credit", {}).get(tranche_id), cents, before=0
        )
        self.moves_of(tranche_id, scenario, cents)
        self.open(cents(terms.get("principal", 0)))

    def set_repayment(self, terms, deal, tranche_id):
        """The contract's instalments, and how prepayments count against them."""
        self.level = None
        if terms["type"] == "level payment":
            self.level = LevelPayments(
                terms,
                self.dates,
                self.coupon,
                lambda payment: self.day_count.fraction(payment.start, payment.end),
                deal.cents,
            )
        self.repayment = Repayment(
            terms, self.payments, self.maturity, deal.is_extended(tranche_id), deal.cents
        )
        self.order = self.terms.get("prepayments_applied", "inverse order")

    def moves_of(self, tranche_id, scenario, cents):
        """What contract and scenario draw, and what the borrower repays of free will, by day."""
        self.draws, self.prepayments = {}, {}
        for each in self.terms.get("drawings", []):
            self.draws[each["date"]] = self.draws.get(each["date"], 0) + cents(each["amount"])
        for key, each in scenario.get("draw", {}).get(tranche_id, {}).items():
            day, amount = day_of(key), cents(each)
            if amount > 0:
                self.draws[day] = self.draws.get(day, 0) + amount
            else:
                self.prepayments[day] = -amount
        for key, each in scenario.get("prepay", {}).get(tranche_id, {}).items():
            self.prepayments[day_of(key)] = cents(each)

    def open(self, principal):
        """The closing day."""
        self.today, self.is_over = self.closing, False
        self.ledger = Ledger(self.coupon, self.day_count, self.closing)
        self.drawn = self.unprepaid = principal + self.draws.pop(self.closing, 0)
        self.credit = 0  # prepaid, and not yet counted against an instalment
        self.running, self.accrued_until = Accrual(self.closing), self.closing
        self.to_end, self.to_pay = list(self.payments), []
        fees = self.fees.at_closing(self.drawn, self.commitment_base)
        self.ledger.add(self.closing, self.closing, drawn=self.drawn, fees=fees)

    @property
    def balance(self):
        """What is owed."""
        return self.ledger.balance

    # ---------------------------------------------------------------- the nights

    def commitment(self, day):
        """The commitment of a day; a loan's lasts until its last day for drawing."""
        if not self.is_revolver and day >= self.terms.get("available_until", self.closing):
            return 0
        return [self.commitment_base, *(c for start, c in self.commitments if start <= day)][-1]

    def unused(self, day, letters):
        """What of the commitment is not used: a loan uses it by all that was drawn."""
        used = self.balance + letters
        if not self.is_revolver:
            used = self.drawn
        return max(self.commitment(day) - used, 0)

    def spend_night(self, day):
        """Interest and fees of the night after a day."""
        accrual, start = self.running, self.running.start
        part = self.day_count.night(start, day)
        coupon = self.coupon.of_the_night(start, day, part)
        accrual.lend(self.balance, part, *self.in_kind.split(start, coupon, part))
        letters = self.letters.on(day) if self.is_revolver else 0
        for number, fee in self.fees.accruing():
            amount = self.fees.of_the_night(
                fee, self.unused(day, 0), self.unused(day, letters), letters, part
            )
            accrual.fees[number] = accrual.fees.get(number, 0) + amount

    def nights_until(self, day):
        """All nights that have not been spent."""
        while self.accrued_until < day:
            self.spend_night(self.accrued_until)
            self.accrued_until += ONE_DAY

    def wake_up(self, today):
        """Into a new day; interest periods that end on it, or are paid on it, end."""
        self.today = today
        self.ledger.turn_to(today)
        self.nights_until(today)
        while self.to_end and (self.to_end[0].end <= today or self.to_end[0].paid <= today):
            payment = self.to_end.pop(0)
            self.nights_until(payment.end)  # paid early, for days that are still to come
            self.to_pay.append((payment, self.running))
            self.running = Accrual(payment.end)

    # ---------------------------------------------------------------- the day

    def pay(self, offered):
        """Everything that is drawn and paid on the day; what of the sweep's offer is taken."""
        taken, done = 0, False
        if self.today > self.maturity:
            offered = 0  # what is due, and paid late for a holiday, is no longer swept
        while self.to_pay and self.to_pay[0][0].paid == self.today:
            payment, accrual = self.to_pay.pop(0)
            moves_too = payment.end >= self.today and not done
            done = done or moves_too
            taken += self.make_payment(payment, accrual, moves_too, offered)
            if self.nothing_is_to_come() and (done or self.today not in self.draws):
                break  # a second payment that is moved to the day finds nothing owed
        if not done and not self.is_over:
            taken += self.make_moves(offered)
        if not self.is_over and self.nothing_is_to_come():
            self.is_over = True
            self.ledger.charge(sum(map(rounded, self.running.fees.values())))
        return taken

    def instalment(self, payment, interest):
        """What falls due of what is owed before the day, after what was prepaid has counted.

        What is drawn on the day bears no instalment yet.
        """
        if self.level:
            return self.level.instalment(payment, self.balance, interest)
        asked = self.repayment.asked(payment.due, self.drawn)
        unprepaid = self.unprepaid
        self.unprepaid -= min(asked, unprepaid)
        if self.order == "direct order":
            used = min(self.credit, asked)
            self.credit -= used
            asked -= used
        elif self.order == "pro rata" and unprepaid:
            asked = rounded(Fraction(asked * self.balance, unprepaid))
        return min(asked, self.balance)

    def make_payment(self, payment, accrual, moves_too, offered):
        """One payment date of the contract."""
        opening, drawn, prepaid = self.balance, 0, 0
        if moves_too:
            drawn = self.draws.get(self.today, 0)
            prepaid = self.prepayments.get(self.today, 0)
        interest, in_kind = rounded(accrual.owed), rounded(accrual.owed_in_kind)
        instalment = self.instalment(payment, interest)
        self.unprepaid += drawn
        self.drawn += drawn
        left = self.left(opening + drawn - instalment, prepaid)
        swept = min(offered, left) if moves_too else 0
        left -= swept
        balloon = left if payment.due == self.maturity else 0
        if left == balloon:
            interest, in_kind = rounded(accrual.owed + accrual.owed_in_kind), 0
        self.credit += prepaid + swept
        fees = sum(map(rounded, accrual.fees.values()))
        fees += self.fees.at_exit(instalment, prepaid + swept, balloon)
        fees += self.premiums.premium(self.today, prepaid)
        self.ledger.add(
            accrual.start,
            payment.end,
            accrual,
            drawn=drawn,
            interest=interest,
            pik_interest=in_kind,
            scheduled_principal=instalment,
            prepayment=prepaid + swept,
            balloon=balloon,
            fees=fees,
        )
        for later in [self.running, *(each for _, each in self.to_pay)]:
            later.restate(self.balance)
        self.is_over = payment.due == self.maturity
        return swept

    def make_moves(self, offered):
        """What is drawn, prepaid and swept on a day that ends no interest period."""
        drawn = self.draws.get(self.today, 0)
        prepaid = self.prepayments.get(self.today, 0)
        swept = min(offered, self.left(self.balance + drawn, prepaid))
        repaid = prepaid + swept
        if not drawn and not repaid:
            return 0
        interest = Fraction(0)
        if repaid and not self.is_revolver and self.balance:
            interest = self.running.take(min(Fraction(repaid, self.balance), Fraction(1)))
        self.drawn += drawn
        self.unprepaid += drawn
        self.credit += repaid
        fees = self.fees.at_exit(0, repaid, 0) + self.premiums.premium(self.today, prepaid)
        accrual = self.running if interest else None
        start = accrual.start if accrual else self.today
        self.ledger.add(
            start,
            self.today,
            accrual,
            drawn=drawn,
            interest=rounded(interest),
            prepayment=repaid,
            fees=fees,
        )
        return swept

    def left(self, owed, prepaid):
        """What is owed after a prepayment; no more can be prepaid than is owed."""
        if prepaid > owed:
            raise Refused(f"prepaid {prepaid} of {owed} on {self.today}")
        return owed - prepaid

    def nothing_is_to_come(self):
        """Whether all is repaid of a loan that can't be drawn any more."""
        if self.is_revolver or self.balance:
            return False
        is_drawn_later = any(day > self.today for day in self.draws)
        return not is_drawn_later and not self.unused(self.today, 0)

    def go_to_bed(self):
        """The fees on what is outstanding at the end of the day."""
        if self.is_over and any(day > self.today for day in self.prepayments):
            raise Refused(f"prepaid after {self.today}, when nothing is owed")
        if self.today in self.anniversaries:
            self.ledger.charge(self.fees.on_anniversary(self.balance, self.is_over))
        self.ledger.charge(self.fees.on_amendment(self.today, self.balance))
        if self.is_over:
            self.ledger.charge_with_last(self.fees.minimum_interest(self.ledger.interest))
