"""What an exchange offer gives its holders: cash, new notes, shares and warrants by option.

A holder chooses one option. What it gives is said for 1,000 of old notes accepted; those who
tendered in time get the early premium on top. New notes come in whole denominations, with cash
for the fraction. Every payment is rounded once, to the minor unit.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from lexp_calc.cash_pools import pool_paid, shared
from lexp_calc.money import rounded
from lexp_calc.tenders import DENOMINATION, Acceptance, whole_multiples
from lexp_calc.whole_units import whole_number

ZERO = Decimal(0)
IN_CASH, IN_NOTES = "cash", "new notes"


@dataclass(frozen=True)
class Consideration:
    """What is given for 1,000 of old notes accepted: amounts, and numbers of securities."""

    cash: Decimal = ZERO
    new_notes: Decimal = ZERO
    shares: Decimal = ZERO
    warrants: Decimal = ZERO


@dataclass(frozen=True)
class Option:
    """One choice of an offer.

    `late` is for every tender, `early_cash` and `early_new_notes` come on top for early ones.
    `cash_pool` is shared among all accepted under the option, 1,000 for 1,000 at the most;
    `rest_in_notes` is new principal for each 1,000 that the pool leaves unpaid.
    """

    late: Consideration
    early_cash: Decimal = ZERO
    early_new_notes: Decimal = ZERO
    cash_pool: Decimal | None = None
    rest_in_notes: Decimal = ZERO

    def notes_and_cash(self, is_early: bool) -> tuple[Decimal, Decimal]:
        """New notes and cash for 1,000, without what a pool pays."""
        if is_early:
            return self.late.new_notes + self.early_new_notes, self.late.cash + self.early_cash
        return self.late.new_notes, self.late.cash


@dataclass(frozen=True)
class Tender:
    """Old notes that a holder tendered for an option."""

    holder: str
    option: str
    principal: Decimal
    is_early: bool = True


@dataclass(frozen=True)
class Offer:
    """The terms by which tenders are settled.

    `accrued_per_thousand` is interest accrued on 1,000 of old notes, paid in cash or added to
    the new notes; `digits` are those of the currency's minor unit.
    """

    options: Mapping[str, Option]
    acceptance: Acceptance = Acceptance()
    new_denomination: Decimal = DENOMINATION
    accrued_per_thousand: Fraction = Fraction(0)
    accrued_paid: str = IN_CASH
    digits: int = 2


@dataclass(frozen=True)
class Settlement:
    """What one tender gets, in currency units and whole securities.

    `exact_notes` is new principal before it is made whole; `fraction_cash` is paid for the
    rest of it. `cash` is the option's own, interest and fractions apart.
    """

    tender: Tender
    accepted: Decimal
    cash: Decimal
    accrued: Decimal
    exact_notes: Fraction
    new_notes: Decimal
    fraction_cash: Decimal
    shares: int
    warrants: int

    @property
    def returned(self) -> Decimal:
        """Old notes that go back to the holder."""
        return self.tender.principal - self.accepted

    @property
    def cash_in_all(self) -> Decimal:
        """The option's cash, accrued interest paid in cash, and cash for the fraction."""
        return self.cash + self.accrued + self.fraction_cash


def settlements(offer: Offer, tenders: Sequence[Tender]) -> tuple[Settlement, ...]:
    """What each tender gets, in their order.

    Of all tenders together the offer accepts by its limits, whatever option they chose; then
    each holder gets (for 1,000) x accepted / 1,000 of what the option gives.
    """
    accepted = offer.acceptance.accepted([each.principal for each in tenders])
    pools = _pool_cash(offer, tenders, accepted)
    return tuple(_settlement(offer, *each) for each in zip(tenders, accepted, pools, strict=True))


def _pool_cash(
    offer: Offer, tenders: Sequence[Tender], accepted: Sequence[Decimal]
) -> list[Decimal]:
    """Each tender's part of its option's pool; 0 where the option has none."""
    cash = [ZERO] * len(tenders)
    for name, option in offer.options.items():
        if option.cash_pool is None:
            continue
        places = [k for k, each in enumerate(tenders) if each.option == name and accepted[k]]
        if not places:
            continue
        weights = [accepted[k] for k in places]
        paid = pool_paid(option.cash_pool, sum(weights), Decimal(1000))
        parts = shared(paid * 10**offer.digits // 1, weights)
        for place, part in zip(places, parts, strict=True):
            cash[place] = Decimal(part).scaleb(-offer.digits)
    return cash


def _settlement(offer: Offer, tender: Tender, accepted: Decimal, pool_cash: Decimal) -> Settlement:
    option = offer.options[tender.option]
    thousands = Fraction(accepted) / 1000
    notes_per_thousand, cash_per_thousand = option.notes_and_cash(tender.is_early)
    accrued = thousands * offer.accrued_per_thousand
    exact = thousands * Fraction(notes_per_thousand)
    if option.cash_pool is not None:
        exact += (Fraction(accepted) - Fraction(pool_cash)) * Fraction(option.rest_in_notes) / 1000
    if offer.accrued_paid == IN_NOTES:
        exact, accrued = exact + accrued, Fraction(0)
    whole = whole_multiples(exact, offer.new_denomination)
    return Settlement(
        tender=tender,
        accepted=accepted,
        cash=rounded(thousands * Fraction(cash_per_thousand), offer.digits) + pool_cash,
        accrued=rounded(accrued, offer.digits),
        exact_notes=exact,
        new_notes=whole,
        fraction_cash=rounded(exact - Fraction(whole), offer.digits),
        shares=whole_number(thousands * Fraction(option.late.shares), "down"),
        warrants=whole_number(thousands * Fraction(option.late.warrants), "down"),
    )
