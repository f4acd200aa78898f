"""One tranche of a workbook as its sheets need it: terms, rows, names, and room.

A tranche's sheets have room for every scenario of the deal, not just the one shown, so
that a workbook's layout never depends on its inputs: a changed input moves values alone.
"""

from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import cached_property

from lexp_calc.calendars import BUSINESS_DAY_CONVENTIONS
from lexp_calc.cash_flows import CashFlow, Schedule
from lexp_calc.coupons import IndexOption, takes_leverage
from lexp_calc.day_count import ThirtyDayMonths
from lexp_calc.deal import LONGEST_MOVE, Deal, Projection
from lexp_calc.fees import YEARLY_FEES, AmendmentFee, Fee, of_kind
from lexp_calc.in_kind import InKind
from lexp_calc.money import round_half_away
from lexp_calc.rate_days import FloatingRateDays
from lexp_calc.rates import UNITS_PER_ONE
from lexp_calc.tranches.happenings import days_of_fees
from lexp_calc.tranches.plan import Plan
from lexp_calc.tranches.revolver import Revolver
from lexp_calc.tranches.tranche import Tranche
from workbook_templates.room import Room
from workbook_templates.row import Row
from workbook_templates.short_ids import short_ids


class Part:
    """One tranche of a workbook: terms, schedule, room, and its defined names.

    `suffix` is put behind the names where several tranches share a workbook.
    """

    def __init__(self, projection: Projection, tranche_id: str, suffix: str):
        self.projection = projection
        self.tranche_id = tranche_id
        self.suffix = suffix
        self.tranche: Tranche = projection.deal.tranche[tranche_id]
        self.schedule: Schedule = projection[tranche_id]
        self.conditions = projection.conditions[tranche_id]
        self.currency = projection.deal.money
        self.closing_date = projection.deal.closing_date
        self.maturity = self.conditions.maturity
        self.regular_dates = self.conditions.regular_dates
        self.is_revolver = isinstance(self.tranche, Revolver)
        self.is_floating = isinstance(self.schedule.rates, FloatingRateDays)
        self.is_actual = self.schedule.day_count.counts_days
        thirty = isinstance(self.schedule.day_count, ThirtyDayMonths)
        self.has_length = not self.is_actual and not thirty
        self.moves = self.conditions.draws if self.is_revolver else self.conditions.prepayments

    @cached_property
    def room(self) -> Room:
        """The rows of its tables."""
        return Room(self)

    def name(self, base: str) -> str:
        """The defined name of one of this tranche's figures."""
        return base + self.suffix

    @cached_property
    def words(self) -> dict[str, str]:
        """The word in defined names for each fee, class of collateral, sub-limit and reserve."""
        ids = list(self.tranche.fees)
        if self.is_revolver:
            tranche = self.tranche
            ids += [*tranche.borrowing_base, *tranche.borrowing_base_limits, *tranche.reserves]
        return short_ids(tuple(dict.fromkeys(ids)))

    def money(self, minor_units: int) -> Decimal:
        """Minor units as an amount in currency units."""
        return self.currency.amount(minor_units)

    def minor_units(self, amount: Decimal) -> int:
        """An amount in currency units as minor units."""
        return self.currency.minor_units(amount)

    def rounded(self, amount: Decimal) -> int:
        """An exact amount in currency units, rounded once to minor units."""
        exact = Fraction(amount) * 10**self.currency.digits
        return round_half_away(exact.numerator, exact.denominator)

    def adjusted(self, day: date, convention: str | None = None) -> date:
        """The business day on which a date is paid, by the contract's convention or another."""
        move = BUSINESS_DAY_CONVENTIONS[convention or self.tranche.payments.business_day]
        return move(day, self.projection.deal.calendar)

    @property
    def has_long_last_period(self) -> bool:
        """Whether what is left before maturity joins the period before it."""
        return self.tranche.payments.last_period == "long"

    @property
    def half_a_minor_unit(self) -> Decimal:
        """The tolerance of all checks, in currency units."""
        return self.currency.amount(1) / 2

    @property
    def has_instalments(self) -> bool:
        """Whether any scenario pays instalments."""
        return bool(self.plan.instalments)

    @property
    def is_level(self) -> bool:
        """Whether interest and principal together are level."""
        return self.plan.repayment.is_level

    @property
    def has_fees(self) -> bool:
        """Whether anything can be charged besides interest."""
        return bool(self.tranche.fees) or self.plan.call_protection is not None

    @property
    def has_anniversaries(self) -> bool:
        """Whether a fee is charged each year."""
        return bool(of_kind(self.tranche.fees, *YEARLY_FEES))

    @property
    def running_fees(self) -> dict[str, Fee]:
        """The fees that accrue by days."""
        return {fee_id: each for fee_id, each in self.tranche.fees.items() if each.accrues}

    @property
    def is_drawn_later(self) -> bool:
        """Whether a loan is drawn on days after closing too."""
        return self.plan.last_draw is not None

    @property
    def is_swept(self) -> bool:
        """Whether the excess-cash sweep repays it."""
        sweep = self.projection.deal.excess_cash_sweep
        return sweep is not None and self.tranche_id in sweep.order

    @cached_property
    def in_kind(self) -> InKind | None:
        """What is paid in kind; None where nothing is."""
        return InKind(self.plan.in_kind, self.conditions.in_kind) if self.plan.in_kind else None

    @cached_property
    def plan(self) -> Plan:
        """Principal and instalments under the scenario, in minor units."""
        return self.projection.plans[self.tranche_id]

    @cached_property
    def event_days(self) -> tuple[date, ...]:
        """The days on which anything happens of its own, in order."""
        days = {day for day, _ in self.moves}
        days |= {day for day, _ in (*self.later_draws, *self.plan.drawings, *self.conditions.swept)}
        days |= set(days_of_fees(self.plan, self.conditions))
        return tuple(sorted(day for day in days if self.closing_date < day <= self.maturity))

    @property
    def later_draws(self) -> tuple[tuple[date, int], ...]:
        """What the borrower draws of a loan; a revolver's draws are its moves."""
        return () if self.is_revolver else self.conditions.draws

    @property
    def has_other_events(self) -> bool:
        """Whether anything but prepayments, or a revolver's draws, happens on a day of its own."""
        fixed = bool(self.plan.drawings) or bool(of_kind(self.tranche.fees, AmendmentFee))
        return fixed or self.is_drawn_later or self.is_swept or self.plan.accrues_fees

    def event(self, measure: str) -> str:
        """The defined name of a measure of what happens: dates, or amounts moved."""
        return f"event_{measure}" if self.has_other_events else f"move_{measure}"

    @cached_property
    def maturities(self) -> tuple[date, ...]:
        """Every maturity that a scenario can give."""
        springing = getattr(self.tranche, "springing", None)
        extension = self.tranche.extension
        each = [self.tranche.maturity]
        each += [springing.maturity] if springing else []
        each += [extension.maturity] if extension else []
        return tuple(sorted(each))

    @property
    def last_day(self) -> date:
        """The last day on which a payment can fall in any scenario."""
        return self.maturities[-1] + LONGEST_MOVE

    @property
    def last_business_day(self) -> date:
        """The last day that a formula can move: a level payment looks beyond maturity."""
        if not self.is_level:
            return self.last_day
        amortized = self.regular_dates.date(self.plan.instalments[-1])
        return max(self.last_day, amortized + LONGEST_MOVE)

    @property
    def shown_elections(self) -> tuple[tuple[date, str], ...]:
        """The elections as the inputs show them: one that holds throughout from closing."""
        return self._from_closing(self.conditions.elections)

    @property
    def shown_shares(self) -> tuple[tuple[date, Decimal], ...]:
        """The choices of paying in kind as the inputs show them."""
        return self._from_closing(self.conditions.in_kind)

    @property
    def shown_treasury_yields(self) -> tuple[tuple[date, Decimal], ...]:
        """The Treasury yields as the inputs show them."""
        return self._from_closing(self.conditions.treasury_yields)

    def _from_closing(self, table: tuple) -> tuple:
        return tuple((max(day, self.closing_date), value) for day, value in table)

    @cached_property
    def letters(self) -> tuple[tuple[date, Decimal], ...]:
        """A revolver's letters of credit outstanding, from each date on."""
        scenario = self.projection.scenario
        return scenario.letters_of_credit_path(self.tranche_id, self.closing_date)

    @property
    def letter_entries(self) -> int:
        """How many entries of the letters of credit lie on or before the as-of date."""
        return sum(1 for day, _ in self.letters if day <= self.projection.as_of)

    @property
    def options(self) -> tuple[IndexOption, ...]:
        """The index options of the coupon; none where it is fixed."""
        return self.tranche.coupon.options

    @property
    def compounded_number(self) -> int:
        """The number of the option that is compounded in arrears (1 = the first); 0 = none."""
        compounded = (n for n, option in enumerate(self.options, 1) if option.is_compounded)
        return next(compounded, 0)

    @property
    def joined_numbers(self) -> tuple[int, ...]:
        """The options whose steps are joined from index, fallback and margin."""
        listed = enumerate(self.options, 1)
        return tuple(n for n, each in listed if not (each.is_plain or each.is_compounded))

    @property
    def reads_paths(self) -> bool:
        """Whether any option's rate is read off a path of steps."""
        return any(not option.is_compounded for option in self.options)

    @property
    def has_grid(self) -> bool:
        """Whether a margin turns on leverage."""
        return takes_leverage(self.tranche.coupon)

    @property
    def has_default(self) -> bool:
        """Whether a default margin comes on top on days in default."""
        return self.tranche.coupon.default_margin is not None

    @property
    def shown_offers(self) -> tuple[tuple[date | int, int], ...]:
        """What the sweep offers, as the workbook's table has it: (0, 0) where it is nothing.

        The deal's workbook has a line for each amount of excess cash, a tranche's one for
        each offer.
        """
        offered = dict(self.conditions.swept)
        if not self.suffix:
            return self.conditions.swept
        days = [day for day, _ in self.projection.scenario.excess_cash]
        return tuple((day, offered[day]) if day in offered else (0, 0) for day in days)

    @cached_property
    def rows(self) -> list[Row | None]:
        """The schedule's rows, filled up with None."""
        flows = self.schedule.rows
        rows = [
            Row(self, flow, before) for flow, before in zip(flows, (None, *flows), strict=False)
        ]
        return rows + [None] * (self.room.rows - len(rows))

    @property
    def days_in_year(self) -> int:
        """The denominator of the day count."""
        return self.schedule.day_count.basis

    @property
    def interest_divisor(self) -> int:
        """balance x units x days over this is the interest."""
        return self.days_in_year * UNITS_PER_ONE

    @property
    def switches(self) -> dict[str, bool]:
        """The extensions on which this tranche's maturity turns, by tranche id."""
        deciding = []
        springing = getattr(self.tranche, "springing", None)
        if springing and springing.unless_extended:
            deciding.append(springing.unless_extended)
        if self.tranche.extension:
            deciding.append(self.tranche_id)
        return {each: self.projection.scenario.is_extended(each) for each in deciding}

    @property
    def springs(self) -> bool | None:
        """Whether another tranche's balance brings the maturity forward; None: none decides."""
        springing = getattr(self.tranche, "springing", None)
        if springing is None or springing.if_outstanding is None:
            return None
        return self.tranche.springs(self.projection.scenario, self.projection.schedules)

    def change(self, row: CashFlow) -> int:
        """What a row adds to the balance, in minor units."""
        return row.closing_balance - row.opening_balance


def part_suffix(deal: Deal, tranche_id: str) -> str:
    """The end of a tranche's defined names where several share a workbook."""
    return f"_{short_ids(tuple(deal.tranche))[tranche_id]}"


def extension_name(deal: Deal, tranche_id: str) -> str:
    """The defined name of the switch that extends a tranche."""
    return f"extend{part_suffix(deal, tranche_id)}"
