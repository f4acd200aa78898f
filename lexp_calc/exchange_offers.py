"""An exchange's own terms settled: what each listed tender gets, and the sums by option."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from lexp_calc.exchange_consideration import (
    IN_CASH,
    ZERO,
    Consideration,
    Offer,
    Option,
    Settlement,
    Tender,
    settlements,
)
from lexp_calc.exchange_terms import ExchangeOffer, ExchangeOption
from lexp_calc.exchanges import interest_per_thousand
from lexp_calc.money import Currency
from lexp_calc.tenders import DENOMINATION


def option_of(terms: ExchangeOption) -> Option:
    """An option's terms as the settlement takes them; what is left out is 0."""
    given = (terms.cash, terms.new_notes, terms.shares, terms.warrants)
    return Option(
        late=Consideration(*(each or ZERO for each in given)),
        early_cash=terms.early_cash or ZERO,
        early_new_notes=terms.early_new_notes or ZERO,
        cash_pool=terms.cash_pool,
        rest_in_notes=terms.rest_in_notes or ZERO,
    )


def accrued_per_thousand(exchange: ExchangeOffer) -> Fraction:
    """Interest accrued on 1,000 of old notes that the offer pays; 0 where it pays none."""
    return Fraction(0) if exchange.accrued_paid is None else interest_per_thousand(exchange)


def settlements_of(exchange: ExchangeOffer, currency: Currency) -> tuple[Settlement, ...]:
    """What each tender listed in the terms gets, in their order; none where none is listed."""
    offer = Offer(
        options={name: option_of(each) for name, each in exchange.options.items()},
        acceptance=exchange.acceptance,
        new_denomination=exchange.new_denomination or DENOMINATION,
        accrued_per_thousand=accrued_per_thousand(exchange),
        accrued_paid=exchange.accrued_paid or IN_CASH,
        digits=currency.digits,
    )
    return settlements(offer, [_tender(exchange, each) for each in exchange.holders])


def _tender(exchange: ExchangeOffer, holder) -> Tender:
    last = exchange.early_tender
    is_early = last is not None and holder.tendered_on <= last
    return Tender(holder.name, holder.option, holder.principal, is_early)


@dataclass(frozen=True)
class Totals:
    """Settlements added up, in currency units and whole securities."""

    tendered: Decimal
    accepted: Decimal
    cash: Decimal
    accrued: Decimal
    new_notes: Decimal
    fraction_cash: Decimal
    shares: int
    warrants: int

    @property
    def cash_in_all(self) -> Decimal:
        """The options' cash, accrued interest paid in cash, and cash for fractions."""
        return self.cash + self.accrued + self.fraction_cash


def totals(settled: Sequence[Settlement]) -> Totals:
    """The sums of settlements, of all or of those under one option."""
    return Totals(
        tendered=sum((each.tender.principal for each in settled), ZERO),
        accepted=sum((each.accepted for each in settled), ZERO),
        cash=sum((each.cash for each in settled), ZERO),
        accrued=sum((each.accrued for each in settled), ZERO),
        new_notes=sum((each.new_notes for each in settled), ZERO),
        fraction_cash=sum((each.fraction_cash for each in settled), ZERO),
        shares=sum(each.shares for each in settled),
        warrants=sum(each.warrants for each in settled),
    )


def totals_by_option(settled: Sequence[Settlement]) -> dict[str, Totals]:
    """The sums of each option that somebody chose, in the order in which they come."""
    names = dict.fromkeys(each.tender.option for each in settled)
    return {
        name: totals([each for each in settled if each.tender.option == name]) for name in names
    }
