"""What the roll is given: the deal's setting, the scenario's conditions, the tranche's plan."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from lexp_calc.amortization import Bullet
from lexp_calc.calendars import Calendar
from lexp_calc.call_protection import CallProtection
from lexp_calc.fees import Fee
from lexp_calc.in_kind import PaymentInKind
from lexp_calc.level_repayment import Repayment
from lexp_calc.money import Currency
from lexp_calc.rates import IndexPath
from lexp_calc.regular_dates import RegularDates

BULLET = Bullet(type="bullet")
INVERSE_ORDER, DIRECT_ORDER, PRO_RATA = "inverse order", "direct order", "pro rata"


@dataclass(frozen=True)
class Setting:
    """Where a tranche stands: what the deal says of all tranches."""

    closing_date: date
    calendar: Calendar
    currency: Currency


@dataclass(frozen=True)
class Conditions:
    """What a scenario says of one tranche. Amounts are minor units; dates in order."""

    maturity: date
    extended: bool
    index_paths: dict[str, IndexPath | None]
    elections: tuple[tuple[date, str], ...] = ()
    in_kind: tuple[tuple[date, Decimal], ...] = ()  # the share of the coupon paid in kind
    prepayments: tuple[tuple[date, int], ...] = ()
    draws: tuple[tuple[date, int], ...] = ()
    swept: tuple[tuple[date, int], ...] = ()  # what the excess-cash sweep offers
    letters_of_credit: tuple[tuple[date, int], ...] = ()  # outstanding from a day on
    leverage: tuple[tuple[date, Decimal], ...] = ()
    in_default: tuple[tuple[date, bool], ...] = ()
    treasury_yields: tuple[tuple[date, Decimal], ...] = ()
    regular_dates: RegularDates = field(kw_only=True)


def in_force(steps: tuple[tuple[date, int], ...], day: date) -> int:
    """The value of the last step up to a day; 0 before the first."""
    return next((value for start, value in reversed(steps) if start <= day), 0)


@dataclass(frozen=True)
class Plan:
    """What the roll needs of a tranche, whatever its type. Amounts are minor units."""

    principal: int  # lent at closing
    size: int  # of a loan: all that may ever be drawn; of a revolver: its commitment
    commitments: tuple[tuple[date, int], ...]  # what may be drawn, from each day on
    is_revolving: bool  # what is repaid may be drawn again; only maturity ends it
    drawings: tuple[tuple[date, int], ...] = ()  # later closings that the contract fixes
    last_draw: date | None = None  # the last day on which a loan may be drawn
    repayment: Repayment = BULLET
    instalments: range = range(1, 1)  # the numbers of the payments that bring one
    prepayments_applied: str = INVERSE_ORDER
    in_kind: PaymentInKind | None = None
    call_protection: CallProtection | None = None
    fees: dict[str, Fee] = field(default_factory=dict)

    def commitment(self, day: date) -> int:
        """What may be drawn, at the end of a day."""
        return in_force(self.commitments, day)

    @property
    def accrues_fees(self) -> bool:
        """Whether a fee runs on what is not drawn, or on letters of credit."""
        return any(each.accrues for each in self.fees.values())
