"""Who owns the borrower: shares before the deal, shares issued for interest, warrants."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from lexp_calc.deal import Deal, Projection
from lexp_calc.dilution import net_shares
from lexp_calc.errors import NotThere
from lexp_calc.warrant_retirement import retirements_under, warrants_left
from lexp_calc.warrants import Warrants

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


def shares_before(deal: Deal) -> int | None:
    """Shares outstanding before the deal; None where no term says.

    Its term `shares_outstanding`, else what the first exchange of interest for stock says.
    """
    before = [each.shares_before for each in deal.stock_for_interest.values()]
    stated = [each for each in (deal.shares_outstanding, *before) if each is not None]
    return int(stated[0]) if stated else None


def shares_after_closing(deal: Deal) -> int | None:
    """Shares outstanding with those issued for interest; None where no term says."""
    before = shares_before(deal)
    if before is None:
        return None
    return before + sum(int(each.shares) for each in deal.stock_for_interest.values())


def shares_of_deal(projection: Projection, day: date) -> tuple[Holding, ...]:
    """Existing shares, those issued for interest, and the warrants of each issue on a day.

    Warrants before they may be exercised count; those that have expired, or were retired with
    redeemed notes, do not.
    """
    deal = projection.deal
    existing = shares_before(deal)
    if existing is None:
        expected = "the term shares_outstanding in the term sheet would be right"
        raise NotThere("deal", "found no number of shares outstanding", expected)
    return (
        Holding(EXISTING, existing),
        *(Holding(each.name, int(each.shares)) for each in deal.stock_for_interest.values()),
        *(
            Holding(each.name, _warrants_on(projection, each, day), each.strike)
            for each in deal.warrant.values()
        ),
    )


def _warrants_on(projection: Projection, warrants: Warrants, day: date) -> int:
    if day > warrants.expires:
        return 0
    return warrants_left(warrants, retirements_under(warrants, projection[warrants.tranche]), day)
