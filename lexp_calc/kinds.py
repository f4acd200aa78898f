"""What an argument of a spreadsheet function may be, and what a function gives back.

A kind reads one value, exactly, or refuses it by the argument's name; it says the unit for
help texts, and how the value is written where all is text. Functions name a kind as the
annotation of an argument: `coupon: kinds.Rate`.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Annotated, Any

import lexp_calc.arguments as arguments
import lexp_calc.cell_ranges as cell_ranges
from lexp_calc.calendars import BUSINESS_DAY_CONVENTIONS, Calendar
from lexp_calc.day_count import DayCount as DayCountConvention
from lexp_calc.day_count import day_count
from lexp_calc.errors import LexpError, WrongKind, quoted
from lexp_calc.rates import INDICES
from lexp_calc.regular_dates import Frequency as PaymentFrequency
from lexp_calc.spelling import named
from lexp_calc.terms import PLAIN_NUMBER

# How a value is written on a command line.
NUMBER, TEXT, DATE, YES_OR_NO = "number", "text", "date", "yes or no"
SCALAR, COLUMN, TABLE = "one value", "column", "table"


@dataclass(frozen=True)
class Kind:
    """What one argument may be.

    `read(name, value)` gives the value as the function takes it, or refuses it by the
    argument's name. `date_columns` are the columns of a table, counted from 0, that hold
    dates: a spreadsheet keeps those as numbers.
    """

    unit: str
    written: str
    read: Callable[[str, object], Any]
    shape: str = SCALAR
    date_columns: tuple[int, ...] = ()

    def from_text(self, name: str, text: str) -> object:
        """The value that a text on a command line stands for, still to be read."""
        if self.shape != SCALAR:
            return _cells(name, text)
        if self.written == NUMBER and PLAIN_NUMBER.fullmatch(text):
            return Decimal(text)
        if self.written == YES_OR_NO and text.casefold() in ("true", "false"):
            return text.casefold() == "true"
        if self.written in (NUMBER, YES_OR_NO):
            expected = "a plain number such as 1250000.50 or 0.055 would be right"
            if self.written == YES_OR_NO:
                expected = "true or false would be right"
            raise WrongKind(name, quoted(text), expected)
        return text


def _cells(name: str, text: str) -> object:
    try:
        cells = json.loads(text, parse_float=Decimal)
    except (ValueError, RecursionError):
        cells = None
    if not isinstance(cells, list):
        expected = "a list as JSON, such as [-100, 110] or [[1, 2], [3, 4]], would be right"
        raise WrongKind(name, quoted(text), expected)
    return cells


@dataclass(frozen=True)
class Result:
    """What a function gives back: its unit, and whether it is one value, a column or a table."""

    unit: str
    shape: str = SCALAR


def _name_of(known) -> Callable[[str, object], str]:
    def read(name: str, value: object) -> str:
        return named(known, arguments.text(name, value), name)

    return read


def _day_count(name: str, value: object) -> DayCountConvention:
    return day_count(arguments.text(name, value), name)


def _column(unit: str, written: str, read_one) -> Kind:
    def read(name: str, value: object) -> tuple:
        found, problems = [], []
        for number, cell in enumerate(cell_ranges.column(name, value), 1):
            try:
                found.append(read_one(f"{name}[{number}]", cell))
            except LexpError as problem:
                problems.append(problem)
        cell_ranges.refuse_some(problems)
        return tuple(found)

    return Kind(unit, written, read, COLUMN)


# Amounts are exact Decimals of at most 15 digits; rates exact Decimals; real numbers floats.
Amount = Annotated[Decimal, Kind("currency units, to the cent", NUMBER, arguments.amount)]
PositiveAmount = Annotated[
    Decimal, Kind("currency units above 0, to the cent", NUMBER, arguments.positive_amount)
]
SignedAmount = Annotated[
    Decimal, Kind("currency units of either sign, to the cent", NUMBER, arguments.signed_amount)
]
Rate = Annotated[
    Decimal, Kind("decimal a year from -1 to 1: 0.055 is 5.5 %", NUMBER, arguments.rate)
]
ChargedRate = Annotated[
    Decimal, Kind("decimal from 0 to 1: 0.01875 is 1.875 %", NUMBER, arguments.fee_rate)
]
Share = Annotated[Decimal, Kind("share from 0 to 1", NUMBER, arguments.share)]
Ratio = Annotated[Decimal, Kind("number of 0 or more", NUMBER, arguments.ratio)]
Count = Annotated[int, Kind("whole number from 1 to 1,200", NUMBER, arguments.count)]
WholeDays = Annotated[int, Kind("whole days, 0 or more", NUMBER, arguments.whole_days)]
Units = Annotated[int, Kind("whole number, 0 or more", NUMBER, arguments.units)]
WholeUnits = Annotated[int, Kind("whole number, 1 or more", NUMBER, arguments.whole_units)]
UnitPrice = Annotated[Decimal, Kind("currency units each, 0 or more", NUMBER, arguments.unit_price)]
Strike = Annotated[Decimal, Kind("currency units each, above 0", NUMBER, arguments.strike)]
Real = Annotated[float, Kind("number", NUMBER, arguments.real)]
PositiveReal = Annotated[float, Kind("number above 0", NUMBER, arguments.positive_real)]
RealRate = Annotated[float, Kind("decimal a year from -1 to 1", NUMBER, arguments.real_rate)]
Price = Annotated[float, Kind("per 100 of face, above 0", NUMBER, arguments.positive_real)]
RealPrice = Annotated[float, Kind("currency units each, 0 or more", NUMBER, arguments.real_price)]
DividendYield = Annotated[
    float, Kind("decimal a year from 0 to 1", NUMBER, arguments.dividend_yield)
]
Volatility = Annotated[float, Kind("decimal a year from 0 to 5", NUMBER, arguments.volatility)]
Frequency = Annotated[
    PaymentFrequency, Kind("payments a year: 1, 2, 4 or 12", NUMBER, arguments.frequency)
]
Day = Annotated[date, Kind("date", DATE, arguments.day)]
YesOrNo = Annotated[bool, Kind("true or false", YES_OR_NO, arguments.yes_or_no)]
Text = Annotated[str, Kind("text", TEXT, arguments.text)]
DayCount = Annotated[DayCountConvention, Kind('day count, such as "ACT/360"', TEXT, _day_count)]
BusinessDay = Annotated[
    str, Kind('convention, such as "Following"', TEXT, _name_of(BUSINESS_DAY_CONVENTIONS))
]
BusinessCalendar = Annotated[
    Calendar,
    Kind('"US Federal Reserve", "weekends" or a holiday file', TEXT, arguments.calendar),
]
Index = Annotated[str, Kind('index, such as "prime"', TEXT, _name_of(INDICES))]

Amounts = Annotated[
    tuple[Decimal, ...],
    _column("currency units of 0 or more, to the cent", NUMBER, arguments.amount),
]
Rates = Annotated[
    tuple[Decimal, ...], _column("decimals a year from -1 to 1", NUMBER, arguments.rate)
]
UnitPrices = Annotated[
    tuple[Decimal, ...], _column("currency units each, 0 or more", NUMBER, arguments.unit_price)
]
Counts = Annotated[
    tuple[int, ...], _column("whole numbers from 1 to 1,200", NUMBER, arguments.count)
]
Reals = Annotated[tuple[float, ...], _column("numbers", NUMBER, arguments.real)]
RealPrices = Annotated[
    tuple[float, ...], _column("prices of 0 or more", NUMBER, arguments.real_price)
]
Volatilities = Annotated[
    tuple[float, ...], _column("decimals a year from 0 to 5", NUMBER, arguments.volatility)
]
Days = Annotated[tuple[date, ...], _column("dates", DATE, arguments.day)]
Rows = Annotated[tuple[tuple, ...], Kind("rows of cells", TEXT, cell_ranges.rows, TABLE)]
DatedRows = Annotated[
    tuple[tuple, ...], Kind("rows of cells", TEXT, cell_ranges.rows, TABLE, date_columns=(0,))
]

# What comes back.
Money = Annotated[Decimal, Result("currency units, rounded to the cent")]
RateResult = Annotated[Decimal, Result("decimal a year")]
ExactMoney = Annotated[Decimal, Result("currency units, not rounded")]
RatioResult = Annotated[Decimal, Result("number, not rounded")]
YearsResult = Annotated[Decimal, Result("years, not rounded")]
RealResult = Annotated[float, Result("number, not rounded")]
PriceResult = Annotated[float, Result("per 100 of face, not rounded")]
CountResult = Annotated[int, Result("whole number")]
DayResult = Annotated[date, Result("date")]
TextResult = Annotated[str, Result("text")]
DayColumn = Annotated[tuple[date, ...], Result("dates", COLUMN)]
MoneyColumn = Annotated[tuple[Decimal, ...], Result("currency units, to the cent", COLUMN)]
TableResult = Annotated[Any, Result("rows below a row of headings", TABLE)]
AnyResult = Annotated[Any, Result("amount, rate, number, date or text")]
