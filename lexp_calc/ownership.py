"""Who owns the borrower: shares before the deal, shares issued for interest, warrants."""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from lexp_calc.deal import Deal
from lexp_calc.dilution import net_shares
from lexp_calc.errors import NotThere

EXISTING = "Common shares outstanding before"


@dataclass(frozen=True)
class Holding:
    """Shares of one origin; `strike` is what each costs, None for those issued already."""

    name: str
    shares: int
    strike: Decimal | None = None

    def shares_at(self, share_price: Decimal) -> Fraction:
        """The shares by the treasury stock method; issued ones count in full."""
        if self.strike is None:
            return Fraction(self.shares)
        return net_shares(share_price, self.shares, self.strike)


def shares_of_deal(deal: Deal) -> tuple[Holding, ...]:
    """Existing shares, those issued for interest, and the warrants of each issue.

    Shares outstanding before the deal are its term `shares_outstanding`, else what the first
    exchange of interest for stock says.
    """
    before = [each.shares_before for each in deal.stock_for_interest.values()]
    stated = [each for each in (deal.shares_outstanding, *before) if each is not None]
    if not stated:
        expected = "the term shares_outstanding in the term sheet would be right"
        raise NotThere("deal", "found no number of shares outstanding", expected)
    return (
        Holding(EXISTING, int(stated[0])),
        *(Holding(each.name, int(each.shares)) for each in deal.stock_for_interest.values()),
        *(Holding(each.name, int(each.issued), each.strike) for each in deal.warrant.values()),
    )
