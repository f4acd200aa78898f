"""The terms of exchanges, repurchases and stock for interest, as a term sheet has them."""

from decimal import Decimal

from pydantic import Field

from lexp_calc.day_count import ActualActualICMA, day_count
from lexp_calc.exchange_consideration import IN_CASH, IN_NOTES
from lexp_calc.spelling import expected_one_of
from lexp_calc.tenders import DENOMINATION, Acceptance
from lexp_calc.terms import (
    Amount,
    Day,
    DayCountName,
    Identifier,
    LongText,
    Name,
    PositiveAmount,
    Rate,
    Terms,
    UnitPrice,
    WholeUnits,
    choice,
)


class ExchangeOption(Terms):
    """One choice of an offer: what it gives for 1,000 of old notes accepted.

    `early_cash` and `early_new_notes` come on top for early tenders. A `cash_pool` is shared
    among all accepted under the option; `rest_in_notes` is new principal for each 1,000 that
    the pool does not pay.
    """

    name: Name
    cash: UnitPrice | None = None
    new_notes: UnitPrice | None = None
    shares: UnitPrice | None = None
    warrants: UnitPrice | None = None
    early_cash: UnitPrice | None = None
    early_new_notes: UnitPrice | None = None
    cash_pool: PositiveAmount | None = None
    rest_in_notes: UnitPrice | None = None

    @property
    def has_early_premium(self) -> bool:
        """Whether early tenders get more."""
        return bool(self.early_cash or self.early_new_notes)

    def contradictions(self):
        """Something is given; a pool alone or cash for 1,000; its rest where there is a pool."""
        given = (self.cash, self.new_notes, self.shares, self.warrants, self.cash_pool)
        if not any(given):
            yield "name", "an option that gives nothing", "cash, new_notes, shares or warrants"
        if self.rest_in_notes and not self.cash_pool:
            yield "rest_in_notes", f"{self.rest_in_notes} without a cash_pool", "a cash_pool too"
        if self.cash_pool and (self.cash or self.early_cash):
            yield "cash_pool", f"{self.cash_pool:,} and cash for 1,000 too", "one of the two"


class HolderTender(Terms):
    """Old notes that a holder tendered, for one option of the offer."""

    name: Name
    option: Identifier
    principal: PositiveAmount
    tendered_on: Day | None = None


class ExchangeOffer(Terms):
    """Old notes tendered for units of new notes and warrants, or for what an option gives.

    With `coupon` and the accrual dates the new principal is old principal plus simple
    interest; without them the new principal is a term of its own. With `options` each holder
    chooses one; `maximum` and `minimum` then say how much is accepted of what is tendered.
    """

    name: Name
    old_notes: Name
    seniority: Name | None = None
    tendered: PositiveAmount | None = None
    outstanding: PositiveAmount | None = None
    participation_printed: Rate | None = None
    coupon: Rate
    accrued_from: Day | None = None
    accrued_to: Day | None = None
    day_count: DayCountName | None = None
    ratio_printed: UnitPrice | None = None
    new_tranche: Identifier
    new_principal_printed: PositiveAmount
    warrants: Identifier | None = None
    options: dict[Identifier, ExchangeOption] = Field(default_factory=dict)
    early_tender: Day | None = None
    minimum: PositiveAmount | None = None
    maximum: PositiveAmount | None = None
    denomination: PositiveAmount | None = None
    new_denomination: PositiveAmount | None = None
    accrued_paid: choice(IN_CASH, IN_NOTES) | None = None
    accepted: Amount | None = None
    holders: tuple[HolderTender, ...] = ()

    @property
    def has_rule(self) -> bool:
        """Whether coupon, dates and the principal given up give the new principal by rule."""
        return self.has_accrual and bool(self.given_up) and not self.options

    @property
    def has_accrual(self) -> bool:
        """Whether coupon and dates say what had accrued on the old notes."""
        return None not in (self.accrued_from, self.accrued_to, self.day_count)

    @property
    def acceptance(self) -> Acceptance:
        """How much of what is tendered is accepted."""
        minimum = self.minimum or Decimal(0)
        return Acceptance(self.maximum, minimum, self.denomination or DENOMINATION)

    @property
    def given_up(self) -> Decimal | None:
        """Old principal given up: what was accepted, all that was tendered unless said so."""
        return self.tendered if self.accepted is None else self.accepted

    @property
    def accepted_by_terms(self) -> Decimal | None:
        """What the limits accept: holder by holder where they are listed, else of the total."""
        if self.holders:
            return sum(self.acceptance.accepted([each.principal for each in self.holders]))
        return None if self.tendered is None else self.acceptance.accepted([self.tendered])[0]

    def contradictions(self):
        """Accrual dates in order, a day count for them, no more tendered than outstanding."""
        if self.day_count and isinstance(day_count(self.day_count), ActualActualICMA):
            found = f'"{self.day_count}", which counts in regular payments, and none are given'
            yield "day_count", found, "another day count"
        if self.accrued_from and self.accrued_to and self.accrued_to <= self.accrued_from:
            yield "accrued_to", f"{self.accrued_to}", f"a date after {self.accrued_from}"
        if self.outstanding and self.tendered and self.tendered > self.outstanding:
            yield "tendered", f"{self.tendered:,}", f"at most {self.outstanding:,}"
        yield from self._limits()
        yield from self._choices()

    def _limits(self):
        """Limits that fit, and an `accepted` that they give."""
        if self.minimum and self.maximum and self.minimum > self.maximum:
            yield "minimum", f"{self.minimum:,}", f"at most the maximum of {self.maximum:,}"
        if self.minimum and self.outstanding and self.minimum > self.outstanding:
            yield "minimum", f"{self.minimum:,}", f"at most the outstanding {self.outstanding:,}"
        if self.accrued_paid and not self.has_accrual:
            expected = "accrued_from, accrued_to and day_count too"
            yield "accrued_paid", f'"{self.accrued_paid}" without the dates of interest', expected
        by_terms = self.accepted_by_terms
        if by_terms is None:
            if self.accepted is not None:
                yield "accepted", f"{self.accepted:,} and no tenders", "tendered too"
        elif not self._fits(by_terms):
            found = "nothing" if self.accepted is None else f"{self.accepted:,}"
            most = "" if self.holders else "at most "
            yield "accepted", found, f"{most}{by_terms:,}, what the terms accept,"

    def _fits(self, by_terms: Decimal) -> bool:
        """Whether the principal given up is what the limits accept.

        Without the holders it may be less than that where tenders were cut: each is rounded.
        """
        if self.holders or by_terms in (0, self.tendered):
            return self.given_up == by_terms
        return self.accepted is not None and 0 < self.accepted <= by_terms

    def _choices(self):
        """Options that exist, early tenders with their day, tenders that add up."""
        early = [name for name, each in self.options.items() if each.has_early_premium]
        if early and self.early_tender is None:
            yield "early_tender", f"nothing, and early terms in options.{early[0]}", "a date"
        for number, holder in enumerate(self.holders, 1):
            where = f"holders[{number}]"
            if holder.option not in self.options:
                known = expected_one_of(holder.option, self.options).removesuffix(" would be right")
                yield f"{where}.option", f'"{holder.option}"', known
            if self.early_tender and holder.tendered_on is None:
                yield f"{where}.tendered_on", "nothing", f"a date, held against {self.early_tender}"
        total = sum(each.principal for each in self.holders)
        if self.holders and self.tendered != total:
            found = "nothing" if self.tendered is None else f"{self.tendered:,}"
            yield "tendered", found, f"{total:,}, the sum of the holders' tenders,"


class NoteRepurchase(Terms):
    """A note bought back below face; the claim may come back if the price must be returned.

    `reinstatement_until` is the last day on which it may; without it there is no such day.
    """

    name: Name
    note: Name | None = None
    seniority: Name | None = None
    face: PositiveAmount
    accrued: Amount | None = None
    price: PositiveAmount
    reinstatement: LongText | None = None
    reinstatement_until: Day | None = None


class StockForInterest(Terms):
    """Accrued interest settled in new shares."""

    name: Name
    interest: PositiveAmount
    shares: WholeUnits
    shares_before: WholeUnits | None = None
    shares_after_printed: WholeUnits | None = None
