"""Receivables by age: what of them counts, and what is taken out, every dollar once.

The lines are taken in the order of `CRITERIA`; what one has taken no later one sees:

- over_days: what is owed for more than `over_days` days. Credits as old as that are not
  netted against it ("credits in prior" are added back), so they lower what is left.
- cross_aged: all that is left of a customer who owes more than the share `cross_age` of
  the whole balance for more than `over_days` days.
- intercompany, foreign, government: all that is left of such a customer.
- contra: what the borrower owes the customer, up to what is left: the lower of the two.
- concentration: what is left of a customer above `concentration_limit` of what is left of
  all customers that owe anything. That base is measured once, before any excess is taken
  out, and not again afterwards.

Sources: the standard ineligibles of asset-based lenders as assetbasedlendingservices.com
lists them (past due first, credits in prior, contra as the lower of the two totals,
concentration "typically 20%", the cross-aging rule), OCC, Comptroller's Handbook,
"Asset-Based Lending" (March 2014) for the concepts; the base of the concentration limit is
that of "Excess Concentration" in receivables purchase agreements filed with the SEC
(Peabody Energy, AAR): a percentage x the outstanding balance of all eligible receivables.
The measures taken where none are given, 90 days, 50 % and 20 %, are those of the borrowing
base template at uslegalforms.com (form 484397); shares for cross-aging of 10 % to 50 % are
met, and the agreement's own is right.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

import lexp_calc.kinds as kinds
from lexp_calc.ageing_rows import AgedAmount, amounts_in_rows
from lexp_calc.errors import OutOfRange
from lexp_calc.money import CENTS, round_half_away
from lexp_calc.rates import UNITS_PER_ONE, units
from lexp_calc.spelling import folded
from lexp_calc.spreadsheet_function import Table, spreadsheet_function
from lexp_calc.terms import Count, Identifier, Rate, Terms

OF_A_CUSTOMER = ("intercompany", "foreign", "government")
GROSS, ELIGIBLE = "gross", "eligible"
CRITERIA = ("over_days", "cross_aged", *OF_A_CUSTOMER, "contra", "concentration")


class AgeingLines(Terms):
    """Which ineligible of the class each line of an ageing fills.

    A line left out is no ineligible of this contract: nothing is taken out for it.
    """

    over_days: Identifier
    cross_aged: Identifier | None = None
    intercompany: Identifier | None = None
    foreign: Identifier | None = None
    government: Identifier | None = None
    contra: Identifier | None = None
    concentration: Identifier | None = None

    @property
    def by_criterion(self) -> dict[str, str]:
        """The ineligible's id by criterion, in the order in which they are taken."""
        given = {criterion: getattr(self, criterion) for criterion in CRITERIA}
        return {criterion: line for criterion, line in given.items() if line is not None}

    def contradictions(self):
        """Each ineligible for one criterion."""
        ids = list(self.by_criterion.values())
        if len(set(ids)) != len(ids):
            yield "over_days", ", ".join(ids), "an ineligible of its own for each line"


class AgeingRules(Terms):
    """How old is too old, and how much of one customer is too much."""

    over_days: Count = 90
    cross_age: Rate = Decimal("0.5")
    concentration_limit: Rate = Decimal("0.2")
    lines: AgeingLines

    def contradictions(self):
        """Shares from 0 to 100 per cent."""
        for field in ("cross_age", "concentration_limit"):
            share = getattr(self, field)
            if share < 0:
                yield field, f"{share:%}", "a share from 0% to 100%"


@dataclass(frozen=True)
class Limits:
    """The measures of an ageing: days, and two shares in rate units."""

    over_days: int
    cross_age: int
    concentration: int


@dataclass(frozen=True)
class AgedReceivables:
    """Receivables with what is taken out of them by criterion, in minor units."""

    gross: int
    lines: dict[str, int]

    @property
    def eligible(self) -> int:
        """Gross less all that is taken out."""
        return self.gross - sum(self.lines.values())


@dataclass
class _Customer:
    """One customer's balance, and what is left of it while lines are taken out."""

    balance: int = 0
    old: int = 0  # owed for too long, credits not netted
    contra: int = 0
    flags: frozenset[str] = frozenset()
    left: int = 0

    def take(self, amount: int) -> int:
        """So much of what is left, not below nothing."""
        taken = max(min(amount, self.left), 0)
        self.left -= taken
        return taken


def aged_receivables(
    amounts: Iterable[AgedAmount], limits: Limits, criteria: Sequence[str] = CRITERIA
) -> AgedReceivables:
    """What is taken out under each criterion, in their order; see the module's text.

    OutOfRange where credits leave less than nothing to lend against.
    """
    customers = _by_customer(amounts, limits.over_days)
    lines = {each: 0 for each in CRITERIA if each in criteria}
    for customer in customers:
        customer.left = customer.balance - customer.old
        lines["over_days"] += customer.old
        for criterion in lines:
            lines[criterion] += customer.take(_ineligible(customer, criterion, limits))
    if "concentration" in lines:
        lines["concentration"] = _concentration(customers, limits.concentration)
    found = AgedReceivables(sum(each.balance for each in customers), lines)
    if found.eligible < 0:
        raise OutOfRange(
            "aging",
            "found credits above all receivables that count",
            "receivables above the credits would be right",
        )
    return found


def _by_customer(amounts: Iterable[AgedAmount], over_days: int) -> list[_Customer]:
    customers: dict[str, _Customer] = {}
    for each in amounts:
        customer = customers.setdefault(folded(each.customer), _Customer())
        customer.balance += each.amount
        customer.contra += each.contra
        customer.flags |= each.flags
        if each.days > over_days:
            customer.old += max(each.amount, 0)
    return list(customers.values())


def _ineligible(customer: _Customer, criterion: str, limits: Limits) -> int:
    """What a criterion would take of one customer, were it all left."""
    if criterion == "cross_aged":
        share = customer.old * UNITS_PER_ONE
        is_cross_aged = customer.old > 0 and share > limits.cross_age * customer.balance
        return customer.left if is_cross_aged else 0
    if criterion in OF_A_CUSTOMER:
        return customer.left if criterion in customer.flags else 0
    return customer.contra if criterion == "contra" else 0


def _concentration(customers: list[_Customer], limit: int) -> int:
    """The sum of what each customer has above the limit, each rounded once."""
    owing = [each.left for each in customers if each.left > 0]
    most = limit * sum(owing)
    above = (max(each * UNITS_PER_ONE - most, 0) for each in owing)
    return sum(round_half_away(each, UNITS_PER_ONE) for each in above)


@spreadsheet_function
def eligible_receivables(
    aging: kinds.Rows,
    over_days: kinds.WholeDays = 90,
    cross_age: kinds.Share = Decimal("0.5"),
    concentration_limit: kinds.Share = Decimal("0.2"),
) -> kinds.Money:
    """Receivables less over-age, cross-aged, flagged, contra and concentrated ones, to the cent.

    `aging`: rows of a receivables ageing, with or without a heading row (`ageing_rows`);
    `cross_age` and `concentration_limit` are decimals from 0 to 1. Each bad row is reported.
    """
    limits = Limits(over_days, units(cross_age), units(concentration_limit))
    return CENTS.amount(_aged(aging, limits).eligible)


@spreadsheet_function
def ineligible_receivables(
    aging: kinds.Rows,
    over_days: kinds.WholeDays = 90,
    cross_age: kinds.Share = Decimal("0.5"),
    concentration_limit: kinds.Share = Decimal("0.2"),
) -> kinds.TableResult:
    """What is taken out of receivables under each criterion, from the gross to the eligible.

    The lines of the module's text, in the order in which they are taken out; gross less all
    of them is the last row, what `eligible_receivables` gives.
    """
    limits = Limits(over_days, units(cross_age), units(concentration_limit))
    found = _aged(aging, limits)
    lines = {GROSS: found.gross, **found.lines, ELIGIBLE: found.eligible}
    rows = tuple((line, CENTS.amount(amount)) for line, amount in lines.items())
    return Table(("line", "amount"), rows)


def _aged(aging: tuple[tuple, ...], limits: Limits) -> AgedReceivables:
    amounts = amounts_in_rows(aging, "aging", CENTS, limits.over_days)
    return aged_receivables(amounts, limits)
