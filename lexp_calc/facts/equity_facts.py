"""Facts of warrants by rule and printed, of a note bought back, of interest paid in shares."""

from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal

from lexp_calc.deal import Deal
from lexp_calc.facts.fact import AS_PRINTED, COUNT, DATE, RATE, Fact, source_of
from lexp_calc.rates import RATE_DECIMALS
from lexp_calc.repurchases import price_of_face, reinstated_claim, repurchase_gain
from lexp_calc.stock_for_debt import share_issue_price, shares_after
from lexp_calc.warrant_counts import warrants_by_rule
from lexp_calc.wording import amount_text, per_cent_text


def warrant_facts(deal: Deal, warrant_id: str) -> Iterator[Fact]:
    """One issue of warrants: number by the rule, strike money, the exercise window."""
    warrant = deal.warrant[warrant_id]
    here = f"warrant.{warrant_id}"
    notes = deal.tranche[warrant.tranche].size
    by_rule = warrants_by_rule(notes, warrant.per_thousand)
    issued = int(warrant.issued)
    yield Fact(
        f"{here}.number",
        warrant.name,
        "Warrants by the rule",
        by_rule,
        COUNT,
        f"{warrant.per_thousand} for each 1,000 of {notes:,f} of notes, fractions dropped",
        issued,
        issued - by_rule,
        source_of(warrant, "issued"),
    )
    yield Fact(
        f"{here}.strike-money",
        warrant.name,
        "Strike money of all",
        _in_cents(deal, warrant.strike * issued),
        deal.currency,
        f"{issued:,} x {warrant.strike:,f}",
        source=source_of(warrant, "strike"),
    )
    dates = [
        ("exercisable-from", "First day of exercise", warrant.exercisable_from, "exercisable_from"),
        ("expires", "Last day of exercise", warrant.expires, "expires"),
    ]
    if warrant.retired_with_notes_before:
        field = "retired_with_notes_before"
        figure = "Until then only with the note, and retired without value with a redeemed one"
        dates.append(("detached-from", figure, warrant.retired_with_notes_before, field))
    for ending, figure, day, field in dates:
        source = source_of(warrant, field)
        yield Fact(f"{here}.{ending}", warrant.name, figure, day, DATE, "a term", source=source)


def warrant_total_facts(deal: Deal) -> Iterator[Fact]:
    """All warrants together."""
    issues = tuple(deal.warrant.values())
    if not issues:
        return
    yield Fact(
        "warrants.number",
        "All warrants",
        "Warrants issued",
        int(sum(each.issued for each in issues)),
        COUNT,
        " + ".join(f"{int(each.issued):,}" for each in issues),
        source=source_of(issues[0], "issued"),
    )
    yield Fact(
        "warrants.strike-money",
        "All warrants",
        "Strike money",
        _in_cents(deal, sum(each.issued * each.strike for each in issues)),
        deal.currency,
        " + ".join(f"{int(each.issued):,} x {each.strike:,f}" for each in issues),
        source=source_of(issues[0], "strike"),
    )


def repurchase_facts(deal: Deal, repurchase_id: str) -> Iterator[Fact]:
    """One note bought back: how far below its claim, and what comes back if the price must."""
    note = deal.repurchase[repurchase_id]
    here = f"repurchase.{repurchase_id}"
    accrued = note.accrued or Decimal(0)
    source = source_of(note, "price")
    face, price = (amount_text(_in_cents(deal, each)) for each in (note.face, note.price))
    unstated = "" if note.accrued else ", before the accrued interest (amount not stated)"
    claim = f"{face} + {amount_text(_in_cents(deal, accrued))} accrued" if note.accrued else face
    yield Fact(
        f"{here}.discount",
        note.name,
        "Price below the claim",
        _in_cents(deal, repurchase_gain(note.face, accrued, note.price)),
        deal.currency,
        f"{claim} - {price}{unstated}",
        source=source,
    )
    yield Fact(
        f"{here}.price-of-face",
        note.name,
        "Price as a share of the face amount",
        price_of_face(note.price, note.face).quantize(
            Decimal(1).scaleb(-RATE_DECIMALS), ROUND_HALF_UP
        ),
        RATE,
        f"{price} / {face} = {per_cent_text(note.price / note.face, most=2)}",
        source=source,
    )
    yield Fact(
        f"{here}.reinstated-claim",
        note.name,
        "Claim reinstated if the whole price must be returned",
        _in_cents(deal, reinstated_claim(note.face, accrued, note.price, note.price)),
        deal.currency,
        f"{claim}{unstated}; contingent",
        source=source_of(note, "reinstatement"),
    )
    if note.reinstatement_until:
        yield Fact(
            f"{here}.reinstatement-until",
            note.name,
            "Last day on which the claim may come back",
            note.reinstatement_until,
            DATE,
            "a term; the claim is 0 after it",
            source=source_of(note, "reinstatement_until"),
        )


def stock_facts(deal: Deal, stock_id: str) -> Iterator[Fact]:
    """Interest settled in shares: the price of a share, and the share count after."""
    stock = deal.stock_for_interest[stock_id]
    here = f"stock-for-interest.{stock_id}"
    shares = int(stock.shares)
    yield Fact(
        f"{here}.price",
        stock.name,
        "Price of a share",
        share_issue_price(stock.interest, shares).quantize(AS_PRINTED, ROUND_HALF_UP),
        f"{deal.currency} a share",
        f"{amount_text(_in_cents(deal, stock.interest))} / {shares:,}",
        source=source_of(stock, "shares"),
    )
    if stock.shares_before is None:
        return
    before = int(stock.shares_before)
    printed = None if stock.shares_after_printed is None else int(stock.shares_after_printed)
    yield Fact(
        f"{here}.shares-after",
        stock.name,
        "Shares outstanding after",
        shares_after(before, shares),
        COUNT,
        f"{before:,} + {shares:,}",
        printed,
        None if printed is None else printed - before - shares,
        source_of(stock, "shares_after_printed", "shares_before"),
    )


def _in_cents(deal: Deal, amount: Decimal) -> Decimal:
    return Decimal(amount).quantize(Decimal(1).scaleb(-deal.money.digits), ROUND_HALF_UP)
