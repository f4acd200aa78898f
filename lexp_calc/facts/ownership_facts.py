"""Facts of who owns the borrower once all warrants are exercised."""

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from lexp_calc.deal import Deal, Projection
from lexp_calc.facts.fact import COUNT, RATE, Fact, source_of
from lexp_calc.money import rounded
from lexp_calc.ownership import Holding, shares_before, shares_of_deal
from lexp_calc.rates import RATE_DECIMALS
from lexp_calc.wording import per_cent_text

GROUP = "Ownership once all warrants are exercised"


def ownership_facts(projection: Projection) -> Iterator[Fact]:
    """Fully diluted shares after the closing, and what of them is new; nothing without a count."""
    deal = projection.deal
    if shares_before(deal) is None:
        return
    existing, *new = shares_of_deal(projection, deal.closing_date)
    total = sum(each.shares for each in (existing, *new))
    source = _source(deal)
    yield Fact(
        "ownership.fully-diluted-shares",
        GROUP,
        "Fully diluted shares",
        total,
        COUNT,
        " + ".join(f"{each.shares:,}" for each in (existing, *new)),
        source=source,
    )
    parts = (
        ("existing", "Part of the shares before the deal", (existing,)),
        ("issued", "Part of the shares issued", [each for each in new if each.strike is None]),
        ("warrants", "Part of the warrants", [each for each in new if each.strike is not None]),
    )
    for ending, figure, holdings in parts:
        if holdings:
            yield _part(f"ownership.{ending}", figure, holdings, total, source)


def _part(here: str, figure: str, holdings: list[Holding], total: int, source: str) -> Fact:
    shares = sum(each.shares for each in holdings)
    part: Decimal = rounded(Fraction(shares, total), RATE_DECIMALS)
    words = f"{shares:,} / {total:,} = {per_cent_text(part, most=2)}"
    return Fact(here, GROUP, figure, part, RATE, words, source=source)


def _source(deal: Deal) -> str:
    """Where the number of shares before the deal is stated."""
    if deal.shares_outstanding is not None:
        return source_of(deal, "shares_outstanding")
    said = next(each for each in deal.stock_for_interest.values() if each.shares_before is not None)
    return source_of(said, "shares_before")
