"""A deal: everything the contract says, and its projection under a scenario."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Annotated, Union

from pydantic import Field, PrivateAttr

from lexp_calc.cash_flows import Schedule
from lexp_calc.errors import LexpError, NotThere, OutOfRange, refuse_all
from lexp_calc.excess_cash import ExcessCashSweep
from lexp_calc.exchange_terms import ExchangeOffer, NoteRepurchase, StockForInterest
from lexp_calc.lenders import Lender
from lexp_calc.lookback import read_for_day
from lexp_calc.mail_addresses import Allowed
from lexp_calc.money import MINOR_UNIT_DIGITS, Currency, currency
from lexp_calc.rates import IndexName
from lexp_calc.scenario import Scenario
from lexp_calc.scenario_checks import deal_input_problems, scenario_problems
from lexp_calc.scenario_inputs import merged, scenario_from_inputs
from lexp_calc.spelling import expected_one_of, named
from lexp_calc.terms import (
    EARLIEST_DATE,
    Day,
    DealCalendar,
    Identifier,
    LongText,
    Name,
    PositiveAmount,
    Rate,
    Terms,
    WholeUnits,
    choice,
)
from lexp_calc.tranches import TRANCHE_TYPES
from lexp_calc.tranches.plan import Conditions, Plan, Setting
from lexp_calc.tranches.roll import roll
from lexp_calc.tranches.tranche import Tranche
from lexp_calc.warrants import Warrants

AnyTranche = Annotated[Union[tuple(TRANCHE_TYPES.values())], Field(discriminator="type")]  # noqa: UP007

# A payment moves by a few days at the most; rates in that time matter too.
LONGEST_MOVE = timedelta(days=14)


class Document(Terms):
    """A document that states terms."""

    title: Name
    date: Day | None = None
    published: Name


class Passage(Terms):
    """What a document says, by the id that `source` entries name.

    `wording` tells a sentence word for word from a report of what the document says.
    """

    document: Identifier
    paragraph: Name
    wording: choice("verbatim", "as reported")
    text: LongText

    @property
    def shown(self) -> str:
        """The text, marked where it is no quotation."""
        return self.text if self.wording == "verbatim" else f"As reported: {self.text}"


class Facility(Terms):
    """Tranches lent under one agreement, with its total."""

    name: Name
    amount: PositiveAmount
    tranches: tuple[Identifier, ...]


class CollateralPool(Terms):
    """A pool of assets on which liens rank."""

    name: Name


class Observation(Terms):
    """An index rate observed on a date: a fact to compare with, no input to anything."""

    index: IndexName
    date: Day
    rate: Rate


class Deal(Terms):
    """All terms of a deal and its named scenarios, as the term sheet has them."""

    id: Identifier
    name: Name
    borrower: Name
    contact: Name | None = None
    currency: choice(*MINOR_UNIT_DIGITS)
    closing_date: Day
    calendar: DealCalendar
    default_scenario: Identifier
    document: dict[Identifier, Document] = Field(default_factory=dict)
    passage: dict[Identifier, Passage] = Field(default_factory=dict)
    facility: dict[Identifier, Facility] = Field(default_factory=dict)
    collateral: dict[Identifier, CollateralPool] = Field(default_factory=dict)
    tranche: dict[Identifier, AnyTranche] = Field(min_length=1)
    warrant: dict[Identifier, Warrants] = Field(default_factory=dict)
    exchange: dict[Identifier, ExchangeOffer] = Field(default_factory=dict)
    repurchase: dict[Identifier, NoteRepurchase] = Field(default_factory=dict)
    stock_for_interest: dict[Identifier, StockForInterest] = Field(default_factory=dict)
    excess_cash_sweep: ExcessCashSweep | None = None
    shares_outstanding: WholeUnits | None = None
    lender: dict[Identifier, Lender] = Field(default_factory=dict)
    lenders: LongText | None = None
    allow: tuple[Allowed, ...] | None = None
    observation: dict[Identifier, Observation] = Field(default_factory=dict)
    scenario: dict[Identifier, Scenario] = Field(min_length=1)
    _term_sheet_sha256: str = PrivateAttr("")

    @property
    def term_sheet_sha256(self) -> str:
        """The SHA-256 of the term sheet's bytes; empty for a deal made in Python."""
        return self._term_sheet_sha256

    @property
    def money(self) -> Currency:
        """The deal's currency, with its minor unit."""
        return currency(self.currency)

    @property
    def setting(self) -> Setting:
        """What all tranches share."""
        return Setting(self.closing_date, self.calendar, self.money)

    @property
    def last_floating_maturity(self) -> date:
        """The day to which index rates can matter; one for all, so that all read one path."""
        floating = (each for each in self.tranche.values() if each.coupon.options)
        return max((each.last_maturity for each in floating), default=self.closing_date)

    @property
    def looks_back(self) -> bool:
        """Whether any index is read on another day than it counts for."""
        options = (option for each in self.tranche.values() for option in each.coupon.options)
        return any(option.lookback or option.is_compounded for option in options)

    @property
    def first_rate_day(self) -> date:
        """The first day on which an index may be read: the closing, or the lookback before it."""
        if not self.looks_back:
            return self.closing_date
        longest = max(
            option.lookback_days for each in self.tranche.values() for option in each.coupon.options
        )
        return read_for_day(self.closing_date, longest, self.calendar)

    def _repr_html_(self) -> str:
        from lexp_calc.html import section_html, table_html

        money = self.money
        rows = [
            (
                key,
                each.name,
                each.type,
                each.seniority,
                money.amount(money.minor_units(each.size)),
                each.maturity,
            )
            for key, each in self.tranche.items()
        ]
        headings = ("id", "name", "type", "ranking", f"amount, {self.currency}", "maturity")
        facts = f"closing {self.closing_date}; scenarios: {', '.join(self.scenario)}"
        return section_html(f"{self.borrower}: {self.name}", table_html(headings, rows, facts))

    def tranche_named(self, tranche_id: str, where: str = "tranche") -> Tranche:
        """The tranche of this id, or a refusal with the list."""
        return self.tranche[named(self.tranche, tranche_id, where)]

    @property
    def projection_order(self) -> tuple[str, ...]:
        """The tranche ids, each after those on whose schedules it depends."""
        ordered: list[str] = []
        for tranche_id in self.tranche:
            self._place(tranche_id, (), ordered)
        return tuple(ordered)

    def looked_at_by(self, tranche_id: str) -> tuple[str, ...]:
        """The tranches whose schedules decide on this one's."""
        sweep = self.excess_cash_sweep
        swept_before = sweep.before(tranche_id) if sweep else ()
        return (*self.tranche[tranche_id].depends_on, *swept_before)

    def _place(self, tranche_id: str, waiting: tuple[str, ...], ordered: list[str]) -> None:
        if tranche_id in ordered or tranche_id not in self.tranche:
            return
        if tranche_id in waiting:
            circle = " -> ".join([*waiting[waiting.index(tranche_id) :], tranche_id])
            raise OutOfRange(
                f"tranche.{tranche_id}",
                f"found a circle of tranches that depend on one another: {circle}",
                "a springing maturity or sweep that does not come back to the tranche would be "
                "right",
            )
        for other in self.looked_at_by(tranche_id):
            self._place(other, (*waiting, tranche_id), ordered)
        ordered.append(tranche_id)

    def scenario_named(self, name: str | None = None) -> Scenario:
        """The scenario with all that it inherits; the deal's default without a name."""
        chain = []
        name = named(self.scenario, name or self.default_scenario, "scenario")
        while name is not None:
            if name in chain:
                raise OutOfRange(
                    f"scenario.{name}.inherits",
                    f"found a circle: {' -> '.join([*chain, name])}",
                    "a scenario that does not inherit itself would be right",
                )
            chain.append(name)
            parent = self.scenario[name].inherits
            if parent is not None and parent not in self.scenario:
                raise NotThere(
                    f"scenario.{name}.inherits",
                    f'found "{parent}"',
                    expected_one_of(parent, self.scenario),
                )
            name = parent
        scenario = Scenario()
        for each in reversed(chain):
            scenario = merged(scenario, self.scenario[each])
        return scenario


@dataclass(frozen=True)
class Projection:
    """A deal under one scenario: the schedule of each tranche, and what it was made from."""

    deal: Deal
    scenario_name: str
    scenario: Scenario
    inputs: dict = field(default_factory=dict)
    conditions: dict[str, Conditions] = field(default_factory=dict)
    plans: dict[str, Plan] = field(default_factory=dict)
    schedules: dict[str, Schedule] = field(default_factory=dict)

    def __getitem__(self, tranche_id: str) -> Schedule:
        return self.schedules[named(self.schedules, tranche_id, "tranche")]

    def _repr_html_(self) -> str:
        from lexp_calc.html import section_html, table_html

        rows = [
            (
                key,
                each.total("drawn"),
                each.total("interest"),
                each.total("fees"),
                each.total("total_payment"),
                each.maturity_row.payment_date,
            )
            for key, each in self.schedules.items()
        ]
        headings = ("tranche", "drawn", "interest", "fees", "all payments", "last payment")
        title = f"{self.deal.borrower}: {self.deal.name}, scenario {self.scenario_name}"
        return section_html(title, table_html(headings, rows, f"in {self.deal.currency}"))

    @property
    def as_of(self) -> date:
        """The day from which the reader looks: the scenario's, else the closing."""
        return self.scenario.as_of or self.deal.closing_date

    def certificate(self, tranche_id: str):
        """The revolver's borrowing base as of `as_of`; None while collateral is blank."""
        revolver = self.deal.tranche_named(tranche_id)
        return revolver.certificate(tranche_id, self.scenario, self[tranche_id], self.as_of)


def _from_closing(deal: Deal, table: tuple) -> tuple:
    """A table by date whose flat value is dated from the closing."""
    return tuple((deal.closing_date if day == EARLIEST_DATE else day, each) for day, each in table)


def conditions_of(
    deal: Deal, tranche_id: str, scenario: Scenario, schedules: dict[str, Schedule]
) -> Conditions:
    """What the scenario says of one tranche, in minor units.

    `schedules` has those of the tranches on which it depends.
    """
    tranche = deal.tranche[tranche_id]
    last_day = deal.last_floating_maturity + LONGEST_MOVE

    def in_minor_units(table: dict, name: str) -> tuple[tuple[date, int], ...]:
        return tuple(
            (day, deal.money.minor_units(amount, f"{name}.{day}"))
            for day, amount in table.get(tranche_id, ())
        )

    swept = ()
    if deal.excess_cash_sweep:
        swept = deal.excess_cash_sweep.offered(
            tranche_id, scenario.excess_cash, schedules, deal.money
        )
    return Conditions(
        maturity=tranche.maturity_in(tranche_id, scenario, schedules),
        regular_dates=tranche.regular_dates(deal.closing_date),
        extended=scenario.is_extended(tranche_id),
        index_paths={
            index: scenario.index_path(index, deal.first_rate_day, last_day)
            for option in tranche.coupon.options
            for index in option.indices
        },
        elections=scenario.elect.get(tranche_id, ()),
        in_kind=scenario.pay_in_kind.get(tranche_id, ()),
        prepayments=in_minor_units(scenario.prepay, "prepay"),
        draws=in_minor_units(scenario.draw, "draw"),
        swept=swept,
        letters_of_credit=in_minor_units(scenario.letters_of_credit, "letters_of_credit"),
        leverage=_from_closing(deal, scenario.leverage.get(tranche_id, ())),
        in_default=_from_closing(deal, scenario.default.get(tranche_id, ())),
        treasury_yields=scenario.treasury_yield,
    )


def project(deal: Deal, scenario: str | None = None, inputs: dict | None = None) -> Projection:
    """The deal's cash flows under a named scenario, with single inputs changed.

    `inputs` has the paths and values of `--set`: {"prime": "5.00%", "extend.revolver": True}.
    """
    name = named(deal.scenario, scenario or deal.default_scenario, "scenario")
    resolved = merged(deal.scenario_named(name), scenario_from_inputs(inputs or {}))
    problems = list(scenario_problems(deal.tranche, resolved, "", deal.tranche))
    problems += deal_input_problems(deal, resolved, "")
    refuse_all(problems)
    conditions: dict[str, Conditions] = {}
    plans: dict[str, Plan] = {}
    schedules: dict[str, Schedule] = {}
    for tranche_id in deal.projection_order:
        tranche = deal.tranche[tranche_id]
        if not schedules.keys() >= set(deal.looked_at_by(tranche_id)):
            continue  # the tranche that it depends on is refused already
        try:
            conditions[tranche_id] = conditions_of(deal, tranche_id, resolved, schedules)
            plan = tranche.plan(conditions[tranche_id], deal.closing_date, deal.money)
            schedules[tranche_id] = roll(
                tranche_id, tranche, plan, conditions[tranche_id], deal.setting
            )
        except LexpError as problem:
            problems.append(problem.at(f"tranche.{tranche_id}"))
        else:
            plans[tranche_id] = plan
    refuse_all(problems)
    in_order = {tranche_id: schedules[tranche_id] for tranche_id in deal.tranche}
    return Projection(deal, name, resolved, dict(inputs or {}), conditions, plans, in_order)
