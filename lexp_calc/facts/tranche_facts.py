"""Facts of one tranche's principal: size, ranking, instalments, balance at maturity, fees."""

from collections.abc import Iterator
from datetime import date
from itertools import groupby

from lexp_calc.cash_flows import CashFlow
from lexp_calc.deal import Deal
from lexp_calc.facts.fact import COUNT, DATE, TEXT, Fact, source_of
from lexp_calc.facts.variants import Variants
from lexp_calc.fees import AmendmentFee, AnniversaryFee, ClosingFee, Discount
from lexp_calc.tranches.tranche import Tranche
from lexp_calc.wording import amount_text, per_cent_text

MOST_RUNS = 4  # of instalments of one amount that are named one by one


def tranche_facts(variants: Variants, tranche_id: str) -> Iterator[Fact]:
    """Figures of a tranche that do not hang on rates."""
    deal = variants.given.deal
    yield from _terms(deal, tranche_id)
    yield from _repayment(variants, tranche_id)
    yield from _fees(variants, tranche_id)


def _terms(deal: Deal, tranche_id: str) -> Iterator[Fact]:
    tranche = deal.tranche[tranche_id]
    group = tranche.name
    size = deal.money.amount(deal.money.minor_units(tranche.size))
    word = "commitment" if getattr(tranche, "commitment", None) else "principal"
    yield Fact(
        f"{tranche_id}.{word}",
        group,
        word.capitalize(),
        size,
        deal.currency,
        "a term",
        source=source_of(tranche, word),
    )
    yield Fact(
        f"{tranche_id}.ranking",
        group,
        "Ranking",
        tranche.seniority,
        TEXT,
        "a term",
        source=source_of(tranche, "seniority"),
    )


def _variants(variants: Variants, tranche_id: str) -> Iterator[tuple[str, str, tuple]]:
    """(ending of the id, words, rows) of each course that the extensions leave open."""
    tranche = variants.given.deal.tranche[tranche_id]
    unextended = variants.unextended[tranche_id].rows
    extended = variants.extended[tranche_id].rows
    if unextended[-1].due_date == extended[-1].due_date:
        yield "", "", unextended
        return
    springing = getattr(tranche, "springing", None)
    whom = ""
    if springing and springing.unless_extended:
        whom = f"{variants.given.deal.tranche[springing.unless_extended].name} "
    yield "", f", {whom}not extended", unextended
    yield "-if-extended", f", {whom}extended", extended


def _repayment(variants: Variants, tranche_id: str) -> Iterator[Fact]:
    deal = variants.given.deal
    tranche = deal.tranche[tranche_id]
    amount = deal.money.amount
    repaid_by = source_of(tranche, "repayment", "maturity")
    for ending, words, rows in _variants(variants, tranche_id):
        last = rows[-1]
        is_undrawn = not any(row.drawn for row in rows)
        # Nothing drawn until its availability ends: such a loan's schedule ends there.
        ends = last.due_date
        if is_undrawn and last.event != "Maturity":
            ends = variants.unextended.conditions[tranche_id].maturity
        matures = _maturity_source(variants, tranche_id, ends)
        instalments = [row for row in rows if row.scheduled_principal]
        paid = sum(row.scheduled_principal for row in instalments)
        less = f"{_lent_in_words(rows, amount)} = "
        if len(rows) > 1 and rows[0].drawn == last.balloon:
            less = "the whole principal, "
        if instalments:
            less = f"{_lent_in_words(rows, amount)} - {_sum_in_words(instalments, amount)} = "
            final = instalments[-1].due_date
            named = f"from {instalments[0].due_date} to {final}"
            yield Fact(
                f"{tranche_id}.instalments{ending}",
                tranche.name,
                f"Number of instalments{words}",
                len(instalments),
                COUNT,
                f"{tranche.payments.frequency} {named}",
                source=repaid_by,
            )
            yield Fact(
                f"{tranche_id}.last-instalment{ending}",
                tranche.name,
                f"Last instalment{words}",
                final,
                DATE,
                f"instalment {len(instalments)}, {tranche.payments.frequency} {named}",
                source=repaid_by,
            )
            yield Fact(
                f"{tranche_id}.instalments-sum{ending}",
                tranche.name,
                f"Sum of the instalments{words}",
                amount(paid),
                deal.currency,
                f"{_sum_in_words(instalments, amount)} = {amount_text(amount(paid))}",
                source=repaid_by,
            )
        yield Fact(
            f"{tranche_id}.maturity{ending}",
            tranche.name,
            f"Maturity{words}",
            ends,
            DATE,
            "as the terms name it"
            if last.payment_date == last.due_date or ends != last.due_date
            else f"no business day: paid on {last.payment_date}",
            source=matures,
        )
        if not is_undrawn:
            due = amount(last.balloon)
            yield Fact(
                f"{tranche_id}.balloon{ending}",
                tranche.name,
                f"Balance due on {last.due_date}{words}",
                due,
                deal.currency,
                f"{less}{amount_text(due)}",
                source=matures,
            )


def _sum_in_words(instalments: list[CashFlow], amount) -> str:
    """'29 x 300,000.00', '(8 x 1,000.00 + 11 x 1,500.00)'; many amounts as their range."""
    runs = [
        (len(tuple(run)), amount_text(amount(principal)))
        for principal, run in groupby(row.scheduled_principal for row in instalments)
    ]
    if len(runs) > MOST_RUNS:
        amounts = [row.scheduled_principal for row in instalments]
        least, most = (amount_text(amount(each)) for each in (min(amounts), max(amounts)))
        return f"{len(instalments)} instalments of {least} to {most}"
    parts = [each if count == 1 and len(runs) > 1 else f"{count} x {each}" for count, each in runs]
    return parts[0] if len(parts) == 1 else f"({' + '.join(parts)})"


def _lent_in_words(rows: tuple[CashFlow, ...], amount) -> str:
    """What is repaid in all: what was drawn and what was added in kind."""
    added = sum(row.pik_interest for row in rows)
    parts = [row.drawn for row in rows if row.drawn]
    words = " + ".join(amount_text(amount(each)) for each in parts)
    return f"{words} + {amount_text(amount(added))} added in kind" if added else words


def _maturity_source(variants: Variants, tranche_id: str, maturity: date) -> str:
    """Who says that the tranche ends on this day: its own term, an extension, a springing one."""
    tranche = variants.given.deal.tranche[tranche_id]
    springing = getattr(tranche, "springing", None)
    if springing and springing.maturity == maturity:
        return source_of(tranche, "springing")
    if tranche.extension and tranche.extension.maturity == maturity:
        return source_of(tranche, "extension")
    return source_of(tranche, "maturity")


def _fees(variants: Variants, tranche_id: str) -> Iterator[Fact]:
    """A fact a day for what is charged on it, and a total for each fee that accrues."""
    deal = variants.given.deal
    tranche = deal.tranche[tranche_id]
    amount = deal.money.amount
    first_end = variants.unextended[tranche_id].rows[-1].due_date
    rows = variants.extended[tranche_id].rows
    accruing = {fee_id: each for fee_id, each in tranche.fees.items() if each.accrues}
    for row in rows:
        charged = {key: each for key, each in row.charges.items() if key not in accruing}
        if not charged:
            continue
        words = ", extended" if row.due_date > first_end else ""
        charging = [fee_id for fee_id in charged if fee_id in tranche.fees]
        terms = [tranche.fees[fee_id] for fee_id in charging]
        yield Fact(
            f"{tranche_id}.fee.{row.due_date}",
            tranche.name,
            f"Fee on {row.due_date}{words}",
            amount(sum(charged.values())),
            deal.currency,
            _derived(terms, row, amount),
            source=_fee_source(tranche, charging[0])
            if charging
            else source_of(tranche, "call_protection"),
        )
    for fee_id, each in accruing.items():
        yield Fact(
            f"{tranche_id}.fee.{fee_id}",
            tranche.name,
            f"{each.name}, in all, scenario {variants.given.scenario_name}",
            amount(sum(row.charges.get(fee_id, 0) for row in variants.given[tranche_id].rows)),
            deal.currency,
            f"{per_cent_text(each.rate)} a year by days, paid with interest",
            source=_fee_source(tranche, fee_id),
        )


def _fee_source(tranche: Tranche, fee_id: str) -> str:
    size = "rate" if hasattr(tranche.fees[fee_id], "rate") else "amount"
    return source_of(tranche, f"fees.{fee_id}.{size}")


def _derived(terms: list, row: CashFlow, amount) -> str:
    """How the fees of a day came about."""
    on_balance = (ClosingFee, Discount, AnniversaryFee, AmendmentFee)
    if terms and all(isinstance(each, on_balance) for each in terms):
        rate = sum(each.rate for each in terms)
        outstanding = amount_text(amount(row.closing_balance))
        return f"{per_cent_text(rate)} x {outstanding} then outstanding"
    return " + ".join(each.name for each in terms) or "the premium on what is prepaid"
