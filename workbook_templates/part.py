"""One tranche of a workbook as its sheets need it: terms, rows, names, and room.

A tranche's sheets have room for every scenario of the deal, not just the one shown, so
that a workbook's layout never depends on its inputs: a changed input moves values alone.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import cached_property

from lexp_calc.calendars import BUSINESS_DAY_CONVENTIONS
from lexp_calc.cash_flows import CashFlow, Schedule
from lexp_calc.coupons import IndexOption, takes_leverage
from lexp_calc.day_count import ThirtyDayMonths
from lexp_calc.deal import LONGEST_MOVE, Projection
from lexp_calc.fees import AnniversaryFee, rate_of
from lexp_calc.periods import MONTHS_IN_A_YEAR, add_months, anniversaries, due_date, payment_dates
from lexp_calc.rate_days import FloatingRateDays
from lexp_calc.rates import UNITS_PER_ONE
from lexp_calc.terms import LATEST_DATE
from lexp_calc.tranches.revolver import Revolver
from lexp_calc.tranches.term_loan import TermLoan
from lexp_calc.tranches.tranche import Plan, Tranche

LAST_DATE = LATEST_DATE  # stands for 'never again' in a column of next dates


def rounded_up(needed: int, step: int) -> int:
    """Room for `needed` rows, in steps, so that a few more inputs change no layout."""
    return max(step, -(-needed // step) * step)


def held(number: int | Fraction) -> int | float:
    """An exact number as a cell holds it."""
    return number if isinstance(number, int) else float(number)


@dataclass(frozen=True)
class Row:
    """A row of a schedule as the workbook shows it: the core's row and the one before it."""

    part: "Part"
    flow: CashFlow
    before: CashFlow | None

    def money(self, minor_units: int) -> Decimal:
        """An amount in currency units."""
        return self.part.money(minor_units)

    @property
    def regular_steps(self) -> int:
        """How many steps the next payment is from the date that regular dates are counted from."""
        return self.before.payment_number + 1 - self.part.regular_dates.anchor_number

    @cached_property
    def regular_date(self) -> date:
        """The next date of the regular sequence, as the contract names it."""
        return self.part.regular_dates.date(self.before.payment_number + 1)

    @property
    def following_date(self) -> date:
        """The regular date after the next one."""
        return self.part.regular_dates.date(self.before.payment_number + 2)

    @cached_property
    def due_date(self) -> date:
        """The next payment's date, maturity at the latest."""
        part, number = self.part, self.before.payment_number + 1
        return due_date(part.tranche.payments, part.regular_dates, number, part.maturity)

    @cached_property
    def paid_date(self) -> date:
        """The business day on which the next payment is made."""
        return self.part.adjusted(self.due_date)

    @property
    def anniversary(self) -> date:
        """The next anniversary of the closing."""
        years = self.before.anniversary_number + 1
        return add_months(self.part.closing_date, MONTHS_IN_A_YEAR * years)

    @property
    def next_move(self) -> date:
        """The next prepayment or draw after the row before; LAST_DATE where none is left."""
        later = (day for day, _ in self.part.moves if day > self.before.settled_through)
        return next(later, LAST_DATE)

    @property
    def pays(self) -> bool:
        """Whether a payment of the contract falls on the row."""
        return self.before is not None and self.flow.payment_number > self.before.payment_number

    @property
    def is_instalment(self) -> bool:
        """Whether an instalment falls due on the row."""
        regular = self.pays and self.due_date == self.regular_date
        return regular and self.flow.payment_number <= self.part.plan.instalments

    @property
    def is_finished(self) -> bool:
        """Whether nothing follows: maturity was paid, or a loan is repaid."""
        return self.flow is self.part.schedule.rows[-1]

    @property
    def rate(self):
        """The running interest period's rate."""
        return self.flow.accrual.rate

    def product(self, minor_unit_product: int | Fraction) -> float:
        """balance x units x days with the balance in currency units, as a sheet holds it."""
        return float(minor_unit_product / 10**self.part.currency.digits)


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
        self.anniversary_fee_rate = rate_of(self.tranche.fees, AnniversaryFee)
        self.moves = self.conditions.draws if self.is_revolver else self.conditions.prepayments

    def name(self, base: str) -> str:
        """The defined name of one of this tranche's figures."""
        return base + self.suffix

    def money(self, minor_units: int) -> Decimal:
        """Minor units as an amount in currency units."""
        return self.currency.amount(minor_units)

    def adjusted(self, day: date) -> date:
        """The business day on which a date of the contract is paid."""
        convention = BUSINESS_DAY_CONVENTIONS[self.tranche.payments.business_day]
        return convention(day, self.projection.deal.calendar)

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
        return self.plan.instalment > 0

    @property
    def has_fees(self) -> bool:
        """Whether the tranche has fees of any kind."""
        return bool(self.tranche.fees)

    @cached_property
    def plan(self) -> Plan:
        """Principal and instalments under the scenario, in minor units."""
        return self.tranche.plan(self.conditions, self.currency)

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
    def shown_elections(self) -> tuple[tuple[date, str], ...]:
        """The elections as the inputs show them: one that holds throughout from closing."""
        return tuple(
            (max(day, self.closing_date), index) for day, index in self.conditions.elections
        )

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

    def margin_room(self, option: IndexOption) -> int:
        """Rows for the margins of an option after its first one."""
        return self.leverage_room if option.margin_grid else len(option.margin_steps)

    @property
    def leverage_room(self) -> int:
        """Rows for the leverage of each tranche, one size for all."""
        return _room_for(self.projection, "leverage")

    @property
    def default_room(self) -> int:
        """Rows for the days on which a default begins or ends, one size for all."""
        return _room_for(self.projection, "in_default")

    def joined_room(self, option: IndexOption) -> int:
        """Rows for the steps of an option: index, fallback and margin joined."""
        fixings = self.path_room * len(option.indices)
        return fixings + self.margin_room(option) + (option.fallback is not None)

    @property
    def step_room(self) -> int:
        """Rows for the steps of any option."""
        joined = [self.joined_room(self.options[number - 1]) for number in self.joined_numbers]
        return max([self.path_room, *joined])

    @property
    def move_room(self) -> int:
        """Rows for prepayments or draws."""
        return rounded_up(len(self.moves), 12 if self.is_revolver else 6)

    @property
    def path_room(self) -> int:
        """Rows for the rates of each index."""
        return path_room(self.projection)

    @cached_property
    def row_room(self) -> int:
        """Rows of the schedule in the longest scenario."""
        calendar = self.projection.deal.calendar
        payments = max(
            sum(
                1
                for _ in payment_dates(
                    self.tranche.payments, self.regular_dates, calendar, maturity
                )
            )
            for maturity in self.maturities
        )
        fees = 0
        if self.anniversary_fee_rate:
            fees = sum(1 for _ in anniversaries(self.closing_date, self.maturities[-1]))
        return 1 + payments + fees + self.move_room

    @cached_property
    def rows(self) -> list[Row | None]:
        """The schedule's rows, filled up with None."""
        flows = self.schedule.rows
        rows = [
            Row(self, flow, before) for flow, before in zip(flows, (None, *flows), strict=False)
        ]
        return rows + [None] * (self.row_room - len(rows))

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
        if isinstance(self.tranche, TermLoan) and self.tranche.springing:
            deciding.append(self.tranche.springing.unless_extended)
        if self.tranche.extension:
            deciding.append(self.tranche_id)
        return {each: self.projection.scenario.is_extended(each) for each in deciding}

    def change(self, row: CashFlow) -> int:
        """What a row adds to the balance, in minor units."""
        return row.closing_balance - row.opening_balance


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


def extension_name(tranche_id: str) -> str:
    """The defined name of the switch that extends a tranche."""
    return f"extend_{tranche_id.replace('-', '_')}"
