"""Facts of an offer with limits and options: how much is accepted, and what each option costs."""

from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal

from lexp_calc.deal import Deal
from lexp_calc.exchange_offers import (
    Totals,
    accrued_per_thousand,
    settlements_of,
    totals,
    totals_by_option,
)
from lexp_calc.exchange_terms import ExchangeOffer
from lexp_calc.facts.fact import AS_PRINTED, COUNT, RATE, Fact, source_of
from lexp_calc.money import as_decimal, rounded
from lexp_calc.rates import RATE_DECIMALS
from lexp_calc.wording import amount_text, counted


def offer_facts(deal: Deal, exchange_id: str) -> Iterator[Fact]:
    """What an exchange accepts by its limits, and what the listed tenders get by option."""
    exchange = deal.exchange[exchange_id]
    here = f"exchange.{exchange_id}"
    if (exchange.maximum or exchange.minimum) and exchange.tendered:
        yield from _acceptance(deal, exchange, here)
    settled = settlements_of(exchange, deal.money)
    if not settled:
        return
    if exchange.accrued_paid:
        yield _accrued(deal, exchange, here)
    for name, sums in totals_by_option(settled).items():
        yield from _sums(
            deal, exchange, f"{here}.options.{name}", exchange.options[name].name, sums
        )
    yield from _in_all(deal, exchange, here, totals(settled))


def _money(deal: Deal, amount: Decimal) -> Decimal:
    return rounded(amount, deal.money.digits)


def _text(deal: Deal, amount: Decimal) -> str:
    return amount_text(_money(deal, amount))


def _acceptance(deal: Deal, exchange: ExchangeOffer, here: str) -> Iterator[Fact]:
    """The proration factor, and what is accepted and returned."""
    tendered, given_up = exchange.tendered, exchange.given_up
    factor = exchange.acceptance.factor(tendered)
    shown = _text(deal, tendered)
    words = f"{shown} within the maximum"
    if not factor:
        words = f"0: {shown} tendered, less than the minimum of {_text(deal, exchange.minimum)}"
    elif factor < 1:
        words = f"{_text(deal, exchange.maximum)} / {shown}"
    yield Fact(
        f"{here}.proration-factor",
        exchange.name,
        "Proration factor",
        rounded(factor, RATE_DECIMALS),
        RATE,
        words,
        source=source_of(exchange, "maximum", "minimum"),
    )
    each = "each tender" if exchange.holders else "as stated; all tenders"
    multiples = f"{exchange.acceptance.denomination:,f}"
    accepted = (
        ("accepted", "Old notes accepted", given_up, f"{each} x factor, in whole {multiples}"),
        (
            "returned",
            "Old notes returned",
            tendered - given_up,
            f"{shown} - {_text(deal, given_up)}",
        ),
    )
    for ending, figure, amount, derivation in accepted:
        yield Fact(
            f"{here}.{ending}",
            exchange.name,
            figure,
            _money(deal, amount),
            deal.currency,
            derivation,
            source=source_of(exchange, "accepted", "tendered"),
        )


def _accrued(deal: Deal, exchange: ExchangeOffer, here: str) -> Fact:
    per_thousand = accrued_per_thousand(exchange)
    exact = as_decimal(per_thousand)
    return Fact(
        f"{here}.accrued-per-thousand",
        exchange.name,
        "Accrued interest for 1,000 of old notes",
        exact.quantize(AS_PRINTED, ROUND_HALF_UP),
        f"{deal.currency} per 1,000",
        f"from {exchange.accrued_from} to {exchange.accrued_to}, paid in {exchange.accrued_paid}",
        source=source_of(exchange, "accrued_paid", "coupon"),
    )


def _sums(
    deal: Deal, exchange: ExchangeOffer, here: str, option: str, sums: Totals
) -> Iterator[Fact]:
    """What one option, or the whole offer, comes to; what it does not give is left out."""
    part = _text(deal, sums.accepted)
    of = f"{part} accepted of {_text(deal, sums.tendered)}"
    amounts = (
        ("accepted", "accepted", sums.accepted, of),
        ("cash", "cash", sums.cash, f"for {of}"),
        ("accrued", "accrued interest in cash", sums.accrued, f"on {part}"),
        ("new-notes", "new notes", sums.new_notes, f"for {of}, in whole denominations"),
        ("fractions", "cash for fractions of notes", sums.fraction_cash, "holder by holder"),
    )
    source = source_of(exchange, "options")
    for ending, figure, amount, words in amounts:
        if amount or ending == "accepted":
            yield Fact(
                f"{here}.{ending}",
                exchange.name,
                f"{option}: {figure}",
                _money(deal, amount),
                deal.currency,
                words,
                source=source,
            )
    for ending, number in (("shares", sums.shares), ("warrants", sums.warrants)):
        if number:
            words = f"for {of}, fractions dropped holder by holder"
            figure = f"{option}: {ending}"
            yield Fact(
                f"{here}.{ending}", exchange.name, figure, number, COUNT, words, source=source
            )


def _in_all(deal: Deal, exchange: ExchangeOffer, here: str, sums: Totals) -> Iterator[Fact]:
    """The offer's cash, and its new notes against those that the documents print."""
    tenders = counted(len(exchange.holders), "tender")
    yield Fact(
        f"{here}.cash-in-all",
        exchange.name,
        "Cash paid to holders",
        _money(deal, sums.cash_in_all),
        deal.currency,
        f"{amount_text(sums.cash)} + {amount_text(sums.accrued)} accrued + "
        f"{amount_text(sums.fraction_cash)} for fractions, {tenders}",
        source=source_of(exchange, "options"),
    )
    printed = _money(deal, exchange.new_principal_printed)
    new_notes = _money(deal, sums.new_notes)
    yield Fact(
        f"{here}.new-principal-by-options",
        exchange.name,
        "New principal by the options",
        new_notes,
        deal.currency,
        f"the sum of {tenders}",
        printed,
        printed - new_notes,
        source_of(exchange, "new_principal_printed"),
    )
