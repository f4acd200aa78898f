"""Facts of the exchanges of notes: accrued interest, the ratio, new principal, participation."""

from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal

from lexp_calc.deal import Deal
from lexp_calc.exchange_terms import ExchangeOffer
from lexp_calc.exchanges import (
    ExchangeRule,
    exchange_rule,
    half_of_last_digit,
    rounded_as_printed,
)
from lexp_calc.facts.fact import AS_PRINTED, ASSUMPTION, DAYS, RATE, Fact, source_of
from lexp_calc.facts.offer_facts import offer_facts
from lexp_calc.facts.variants import Variants
from lexp_calc.money import Currency
from lexp_calc.restructuring import restructuring_test
from lexp_calc.wording import amount_text, counted, per_cent_text


def exchange_facts(variants: Variants, exchange_id: str) -> Iterator[Fact]:
    """All figures of one exchange."""
    deal = variants.given.deal
    yield from _new_principal(deal, exchange_id)
    yield from offer_facts(deal, exchange_id)
    yield from _participation(deal, exchange_id)
    yield from _restructuring(variants, exchange_id)


def _new_principal(deal: Deal, exchange_id: str) -> Iterator[Fact]:
    """The rule's new principal against the printed one, from old principal and accrued interest."""
    exchange = deal.exchange[exchange_id]
    here = f"exchange.{exchange_id}"
    printed = _in_cents(exchange.new_principal_printed, deal.money)
    printed_in = source_of(exchange, "new_principal_printed")
    rule = exchange_rule(exchange, deal.money)
    if exchange.holders:
        return  # by the options that they chose
    if rule is None:
        yield Fact(
            f"{here}.new-principal",
            exchange.name,
            "New principal",
            printed,
            deal.currency,
            f"as printed; {_why_no_rule(exchange)}",
            printed,
            printed - printed,
            printed_in,
        )
        return
    yield from _ratio(deal, exchange_id, rule)
    dots = "" if _short(rule.ratio) == rule.ratio else "..."
    exactly, rounded = f"{_short(rule.ratio):,f}{dots}", amount_text(rule.ratio_rounded)
    ways = (
        ("by-rounded-ratio", "rounded ratio", rule.new_principal_by_rounded, rounded),
        ("by-unrounded-ratio", "unrounded ratio", rule.new_principal, exactly),
    )
    for ending, figure, by_rule, words in ways:
        yield Fact(
            f"{here}.new-principal-{ending}",
            exchange.name,
            f"New principal by the {figure}",
            by_rule,
            deal.currency,
            f"{amount_text(_in_cents(exchange.given_up, deal.money))} x {words} / 1,000 = "
            f"{amount_text(by_rule)}, about {amount_text(by_rule.quantize(1, ROUND_HALF_UP))}",
            printed,
            printed - by_rule,
            printed_in,
        )


def _why_no_rule(exchange: ExchangeOffer) -> str:
    if exchange.options:
        return "without the holders' tenders the options do not give it"
    return "without the principal tendered and its interest dates no rule gives it"


def _ratio(deal: Deal, exchange_id: str, rule: ExchangeRule) -> Iterator[Fact]:
    exchange = deal.exchange[exchange_id]
    here = f"exchange.{exchange_id}"
    ratio = rule.ratio
    per_thousand = f"{deal.currency} per 1,000"
    rate = per_cent_text(exchange.coupon)
    yield Fact(
        f"{here}.accrued-days",
        exchange.name,
        f"Days of accrued interest, {exchange.day_count}",
        rule.days,
        DAYS,
        f"from {exchange.accrued_from} to {exchange.accrued_to}",
        source=source_of(exchange, "accrued_from"),
    )
    yield Fact(
        f"{here}.interest-per-thousand",
        exchange.name,
        "Accrued interest for 1,000 of old notes",
        _short(ratio - 1000),
        per_thousand,
        f"1,000 x {rate} x {rule.length}/{rule.basis}, simple interest",
        source=source_of(exchange, "coupon"),
    )
    printed = exchange.ratio_printed
    rounded = rule.ratio_rounded
    yield Fact(
        f"{here}.ratio",
        exchange.name,
        "New notes for 1,000 of old notes",
        rounded,
        per_thousand,
        f"1,000 + {amount_text(_short(ratio - 1000))} = {amount_text(_short(ratio))}, rounded",
        printed,
        None if printed is None else printed - rounded,
        source_of(exchange, "ratio_printed", "coupon"),
    )


def _participation(deal: Deal, exchange_id: str) -> Iterator[Fact]:
    """What a printed percentage says of the old notes outstanding, and what was not tendered."""
    exchange = deal.exchange[exchange_id]
    here = f"exchange.{exchange_id}"
    printed, tendered = exchange.participation_printed, exchange.tendered
    if tendered is None:
        return
    shown = amount_text(_in_cents(tendered, deal.money))
    if printed is not None:
        half = half_of_last_digit(printed)
        bounds = (
            ("outstanding-above", "Old notes outstanding, above", printed + half),
            ("outstanding-at-most", "Old notes outstanding, at most", printed - half),
        )
        for ending, figure, share in bounds:
            yield Fact(
                f"{here}.{ending}",
                exchange.name,
                f"{figure}, by the printed participation",
                _in_cents((tendered / share).quantize(_cent(deal.money)), deal.money),
                deal.currency,
                f"{shown} / {per_cent_text(share)}; printed {per_cent_text(printed, fewest=0)}",
                source=source_of(exchange, "participation_printed"),
            )
    if exchange.outstanding is not None:
        yield from _tendered_of_outstanding(deal, exchange, here)


def _tendered_of_outstanding(deal: Deal, exchange: ExchangeOffer, here: str) -> Iterator[Fact]:
    printed, tendered = exchange.participation_printed, exchange.tendered
    outstanding = exchange.outstanding
    share = tendered / outstanding
    rounded = rounded_as_printed(share, printed or Decimal("0.0001"))
    part, whole = (amount_text(_in_cents(each, deal.money)) for each in (tendered, outstanding))
    source = source_of(exchange, "outstanding")
    yield Fact(
        f"{here}.participation",
        exchange.name,
        "Participation",
        rounded,
        RATE,
        f"{part} / {whole} = {per_cent_text(share, most=4)}, rounded",
        printed,
        None if printed is None else printed - rounded,
        source,
    )
    yield Fact(
        f"{here}.not-tendered",
        exchange.name,
        "Old notes not tendered",
        _in_cents(outstanding - tendered, deal.money),
        deal.currency,
        f"{whole} - {part}",
        source=source,
    )


def _restructuring(variants: Variants, exchange_id: str) -> Iterator[Fact]:
    """ASC 470-60 (SFAS 15) on the contract's own payments, not extended and not prepaid."""
    deal = variants.given.deal
    exchange = deal.exchange[exchange_id]
    new_notes = variants.unextended[exchange.new_tranche]
    test = restructuring_test(exchange, new_notes, deal.money)
    if test is None:
        return
    here = f"exchange.{exchange_id}.restructuring"
    group = f"{exchange.name}: restructuring test (ASC 470-60)"
    amount = deal.money.amount
    payments = amount(test.future_payments)
    carrying = amount(test.carrying_amount)
    amounts = (
        (
            "future-payments",
            "Future payments on the new notes",
            payments,
            f"the sum of {counted(len(test.payments), 'payment')}, undiscounted, "
            f"to {test.payments[-1][0]}",
        ),
        (
            "carrying-amount",
            "Carrying amount of the old notes",
            carrying,
            f"{amount_text(amount(test.old_principal))} + "
            f"{amount_text(amount(test.accrued_interest))} accrued",
        ),
        (
            "excess",
            "Future payments less carrying amount",
            payments - carrying,
            f"{amount_text(payments)} - {amount_text(carrying)}",
        ),
        (
            "gain",
            "Gain on the exchange",
            amount(test.gain),
            "max(carrying amount - future payments, 0)",
        ),
    )
    for ending, figure, value, derivation in amounts:
        yield Fact(f"{here}.{ending}", group, figure, value, deal.currency, derivation)
    if test.effective_rate is not None:
        yield Fact(
            f"{here}.effective-rate",
            group,
            "Effective interest rate",
            test.effective_rate,
            RATE,
            f"the annual rate, ACT/365F, at which the payments on the contract's dates are "
            f"worth {amount_text(carrying)} on {test.exchanged_on}; no value put on warrants",
            source=ASSUMPTION,
        )


def _in_cents(amount: Decimal, money: Currency) -> Decimal:
    """An amount of the terms with all the digits of its currency."""
    return money.amount(money.minor_units(amount))


def _cent(money: Currency) -> Decimal:
    return Decimal(1).scaleb(-money.digits)


def _short(number: Decimal) -> Decimal:
    return number.quantize(AS_PRINTED, ROUND_HALF_UP)
