"""The borrowing base: collateral less ineligibles, advance rates, limit, availability."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from pydantic import Field

from lexp_calc.errors import LexpError, NotThere, OutOfRange
from lexp_calc.money import Currency, round_half_away, rounded
from lexp_calc.rates import UNITS_PER_ONE, units
from lexp_calc.spelling import expected_one_of
from lexp_calc.terms import Identifier, Name, Rate, Terms

GROSS = "gross"


class CollateralClass(Terms):
    """One kind of collateral: what counts, and how much is lent against it.

    `ineligible` names the lines that the certificate takes off the gross amount, by id.
    """

    name: Name
    advance_rate: Rate
    ineligible: dict[Identifier, Name] = Field(default_factory=dict)


@dataclass(frozen=True)
class ClassBase:
    """One class of a certificate, in minor units."""

    class_id: str
    gross: int
    ineligibles: tuple[tuple[str, int], ...]  # (id, amount), in the terms' order
    advance_rate: int  # rate units

    @property
    def eligible(self) -> int:
        """Gross less all ineligibles."""
        return self.gross - sum(amount for _, amount in self.ineligibles)

    @property
    def lendable(self) -> int:
        """Eligible x advance rate, rounded once."""
        return round_half_away(self.eligible * self.advance_rate, UNITS_PER_ONE)


@dataclass(frozen=True)
class Certificate:
    """A borrowing base certificate, in minor units.

    Limit = min(commitment, borrowing base); availability = limit less loans and letters
    of credit, not below 0; what lies above the limit is the over-advance.
    """

    classes: tuple[ClassBase, ...]
    reserves: int
    commitment: int
    outstanding: int
    letters_of_credit: int

    @property
    def borrowing_base(self) -> int:
        """The sum over the classes less reserves, not below 0."""
        return max(sum(each.lendable for each in self.classes) - self.reserves, 0)

    @property
    def limit(self) -> int:
        """The lesser of the commitment and the borrowing base."""
        return min(self.commitment, self.borrowing_base)

    @property
    def used(self) -> int:
        """Loans and letters of credit."""
        return self.outstanding + self.letters_of_credit

    @property
    def availability(self) -> int:
        """What can still be borrowed."""
        return max(self.limit - self.used, 0)

    @property
    def over_advance(self) -> int:
        """What is lent above the limit, and must be repaid."""
        return max(self.used - self.limit, 0)


def unknown_lines(
    base: dict[str, CollateralClass], given: dict[str, dict[str, object]]
) -> Iterator[LexpError]:
    """Classes and lines that the borrowing base does not have."""
    for class_id, lines in given.items():
        if class_id not in base:
            yield NotThere(class_id, f'found "{class_id}"', expected_one_of(class_id, base))
            continue
        known = [GROSS, *base[class_id].ineligible]
        for line in lines:
            if line not in known:
                where = f"{class_id}.{line}"
                yield NotThere(where, f'found "{line}"', expected_one_of(line, known))


def class_base(
    class_id: str, terms: CollateralClass, lines: dict[str, int], currency: Currency
) -> ClassBase:
    """One class from its lines in minor units: "gross" and any of the ineligibles."""
    if GROSS not in lines:
        raise NotThere(f"{class_id}.{GROSS}", "found nothing", "the gross amount would be right")
    ineligibles = tuple((line, lines.get(line, 0)) for line in terms.ineligible)
    base = ClassBase(class_id, lines[GROSS], ineligibles, units(terms.advance_rate))
    if base.eligible < 0:
        raise OutOfRange(
            class_id,
            f"found ineligibles {currency.amount(-base.eligible):,} above the gross amount",
            "ineligibles up to the gross amount would be right",
        )
    return base


def borrowing_base(
    eligible_receivables: Decimal,
    eligible_inventory: Decimal,
    receivables_rate: Decimal = Decimal("0.88"),
    inventory_rate: Decimal = Decimal("0.65"),
    reserves: Decimal = Decimal(0),
) -> Decimal:
    """88% x eligible receivables + 65% x eligible inventories - reserves, to the cent, >= 0.

    Source of the default rates: Lexington Precision, press release of 18 December 2003.
    """
    total = Decimal(0)
    for amount, advance_rate in (
        (eligible_receivables, receivables_rate),
        (eligible_inventory, inventory_rate),
    ):
        total += rounded(Fraction(amount) * Fraction(advance_rate))
    return max(total - Decimal(reserves), Decimal(0))


def availability(
    base: Decimal,
    commitment: Decimal,
    outstanding: Decimal,
    letters_of_credit: Decimal = Decimal(0),
) -> Decimal:
    """max(min(commitment, borrowing base) - outstanding - letters of credit, 0)."""
    limit = min(Decimal(commitment), Decimal(base))
    return max(limit - Decimal(outstanding) - Decimal(letters_of_credit), Decimal(0))
