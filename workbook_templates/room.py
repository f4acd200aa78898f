"""How many rows a tranche's tables have: room for every scenario, not the one shown alone."""

from functools import cached_property
from typing import Any

from lexp_calc.coupons import IndexOption
from lexp_calc.deal import Projection
from lexp_calc.fees import AmendmentFee, of_kind
from lexp_calc.periods import anniversaries, payment_dates


def rounded_up(needed: int, step: int) -> int:
    """Room for `needed` rows, in steps, so that a few more inputs change no layout."""
    return max(step, -(-needed // step) * step)


class Room:
    """The rows of each table of one tranche; `part` is its Part."""

    def __init__(self, part: Any):
        self.part = part

    @property
    def letters(self) -> int:
        """Rows for letters of credit."""
        return rounded_up(len(self.part.letters), 6) if self.part.is_revolver else 0

    def margins(self, option: IndexOption) -> int:
        """Rows for the margins of an option after its first one."""
        return self.leverage if option.margin_grid else len(option.margin_steps)

    @property
    def leverage(self) -> int:
        """Rows for the leverage of each tranche, one size for all."""
        return _room_for(self.part.projection, "leverage")

    @property
    def defaults(self) -> int:
        """Rows for the days on which a default begins or ends, one size for all."""
        return _room_for(self.part.projection, "in_default")

    def joined(self, option: IndexOption) -> int:
        """Rows for the steps of an option: index, fallback and margin joined."""
        fixings = self.paths * len(option.indices)
        return fixings + self.margins(option) + (option.fallback is not None)

    @property
    def steps(self) -> int:
        """Rows for the steps of any option."""
        joined = [self.joined(self.part.options[number - 1]) for number in self.part.joined_numbers]
        return max([self.paths, *joined])

    @property
    def moves(self) -> int:
        """Rows for prepayments or draws."""
        return rounded_up(len(self.part.moves), 12 if self.part.is_revolver else 6)

    @property
    def draws(self) -> int:
        """Rows for the borrower's draws of a loan."""
        may_draw = not self.part.is_revolver and self.part.tranche.commitment is not None
        return rounded_up(len(self.part.later_draws), 6) if may_draw else 0

    @property
    def sweeps(self) -> int:
        """Rows for the days of the excess-cash sweep."""
        return sweep_room(self.part.projection) if self.part.is_swept else 0

    @property
    def shares(self) -> int:
        """Rows for the choices of paying in kind."""
        return rounded_up(len(self.part.conditions.in_kind), 12)

    @property
    def events(self) -> int:
        """Rows of the schedule for what happens between payments."""
        if not self.part.has_other_events:
            return self.moves
        fixed = len(self.part.plan.drawings) + len(of_kind(self.part.tranche.fees, AmendmentFee))
        running = 0
        if self.part.plan.accrues_fees:
            running = len(self.part.plan.commitments) - 1 + self.letters
        return self.moves + self.draws + self.sweeps + fixed + running

    @cached_property
    def paths(self) -> int:
        """Rows for the rates of each index."""
        return path_room(self.part.projection)

    @cached_property
    def rows(self) -> int:
        """Rows of the schedule in the longest scenario."""
        calendar = self.part.projection.deal.calendar
        payments = max(
            sum(
                1
                for _ in payment_dates(
                    self.part.tranche.payments, self.part.regular_dates, calendar, maturity
                )
            )
            for maturity in self.part.maturities
        )
        fees = 0
        if self.part.has_anniversaries:
            fees = sum(1 for _ in anniversaries(self.part.closing_date, self.part.maturities[-1]))
        return 1 + payments + fees + self.events


def sweep_room(projection: Projection) -> int:
    """Rows for the excess cash of each year."""
    return rounded_up(len(projection.scenario.excess_cash), 8)


def path_room(projection: Projection) -> int:
    """Rows for index rates: enough for each index of the deal, one size for all."""
    longest = max(
        (
            len(path.dates)
            for conditions in projection.conditions.values()
            for path in conditions.index_paths.values()
            if path
        ),
        default=0,
    )
    return rounded_up(longest, 24)


def _room_for(projection: Projection, table: str) -> int:
    longest = max(len(getattr(each, table)) for each in projection.conditions.values())
    return rounded_up(longest, 12)
