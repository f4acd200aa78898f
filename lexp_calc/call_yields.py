"""Yields of notes that may be called: to each call, to the par call, to worst.

A call pays its price for 100 of face and the interest accrued to its day.
"""

from datetime import date
from fractions import Fraction

import lexp_calc.arguments as arguments
import lexp_calc.bond_yields as bond_yields
import lexp_calc.kinds as kinds
from lexp_calc.bonds import HUNDRED, Bond
from lexp_calc.cell_ranges import read_rows
from lexp_calc.errors import NotThere, OutOfRange
from lexp_calc.spreadsheet_function import Table, spreadsheet_function
from lexp_calc.terms import LARGEST_COUNT

Call = tuple[date, Fraction]  # the day, and what is paid for 100


def yield_to(bond: Bond, settlement: date, call: Call, price: float, where: str) -> float:
    """The yield where the note is called, or matures, with the interest accrued to the day.

    `where` names the argument of the call in a refusal.
    """
    day, paid = call
    flows = bond.flows_until(settlement, day, where).redeemed_at(paid)
    return bond_yields.yield_at(flows, price)


def call_schedule(rows: tuple[tuple, ...], maturity: date) -> tuple[Call, ...]:
    """Rows of (call date, call price) in order of dates before maturity; at most 1,200."""
    if len(rows) > LARGEST_COUNT:
        expected = f"at most {LARGEST_COUNT:,} calls would be right"
        raise OutOfRange("calls", f"found {len(rows):,} rows", expected)
    calls = read_rows("calls", rows, ("call date", "call price"), 2, _call)
    for number, (day, _) in enumerate(calls, 1):
        if number > 1 and day <= calls[number - 2][0]:
            found = f"found {day} after {calls[number - 2][0]}"
            expected = "dates once each, in order, would be right"
            raise OutOfRange(f"calls[{number}]", found, expected)
        if day >= maturity:
            found = f"found {day}, not before maturity on {maturity}"
            raise OutOfRange(f"calls[{number}]", found, "an earlier date would be right")
    return calls


def _call(where: str, cells: dict) -> Call:
    day = arguments.day(f"{where}: date", cells["call date"])
    return day, Fraction(arguments.strike(f"{where}: price", cells["call price"]))


def yields_of_calls(
    bond: Bond, settlement: date, price: float, calls: tuple[Call, ...]
) -> list[tuple[date, Fraction, float]]:
    """Day, price paid and yield of each call after settlement, and of maturity at 100."""
    ways = [(f"calls[{number}]", call) for number, call in enumerate(calls, 1)]
    ways = [way for way in ways if way[1][0] > settlement]
    ways.append(("maturity", (bond.maturity, Fraction(HUNDRED))))
    return [(*call, yield_to(bond, settlement, call, price, where)) for where, call in ways]


@spreadsheet_function
def yield_to_call(
    settlement: kinds.Day,
    maturity: kinds.Day,
    coupon: kinds.ChargedRate,
    price: kinds.Price,
    frequency: kinds.Frequency,
    call_date: kinds.Day,
    call_price: kinds.Price = 100,
    day_count: kinds.DayCount = "30/360 US",
) -> kinds.RealResult:
    """The yield if the note is called on a day, at a price for 100 of face and accrued interest.

    Coupon dates are those of the note, counted back from maturity.
    """
    if call_date > maturity:
        expected = f"a date up to maturity on {maturity} would be right"
        raise OutOfRange("call_date", f"found {call_date}", expected)
    bond = Bond(maturity, Fraction(coupon), frequency, day_count)
    return yield_to(bond, settlement, (call_date, Fraction(call_price)), price, "call_date")


@spreadsheet_function
def yield_to_par_call(
    settlement: kinds.Day,
    maturity: kinds.Day,
    coupon: kinds.ChargedRate,
    price: kinds.Price,
    frequency: kinds.Frequency,
    calls: kinds.DatedRows,
    day_count: kinds.DayCount = "30/360 US",
) -> kinds.RealResult:
    """The yield to the first call at 100 after settlement; refused where there is none."""
    bond = Bond(maturity, Fraction(coupon), frequency, day_count)
    for number, call in enumerate(call_schedule(calls, maturity), 1):
        if call[1] == HUNDRED and call[0] > settlement:
            return yield_to(bond, settlement, call, price, f"calls[{number}]")
    raise NotThere("calls", "found no call at 100 after settlement", "one would be right")


@spreadsheet_function
def yield_to_worst(
    settlement: kinds.Day,
    maturity: kinds.Day,
    coupon: kinds.ChargedRate,
    price: kinds.Price,
    frequency: kinds.Frequency,
    calls: kinds.DatedRows,
    day_count: kinds.DayCount = "30/360 US",
) -> kinds.RealResult:
    """The lowest of the yields to each call after settlement and to maturity.

    `calls` are rows of (date, price for 100), in order. A price that holds until the next
    step is worst on its first day if it is above the note's value and on its last if below;
    only the days given are tried.
    """
    bond = Bond(maturity, Fraction(coupon), frequency, day_count)
    found = yields_of_calls(bond, settlement, price, call_schedule(calls, maturity))
    return min(each for _, _, each in found)


@spreadsheet_function
def call_yields(
    settlement: kinds.Day,
    maturity: kinds.Day,
    coupon: kinds.ChargedRate,
    price: kinds.Price,
    frequency: kinds.Frequency,
    calls: kinds.DatedRows,
    day_count: kinds.DayCount = "30/360 US",
) -> kinds.TableResult:
    """Each call after settlement and maturity: day, price paid, yield, and which is worst."""
    bond = Bond(maturity, Fraction(coupon), frequency, day_count)
    found = yields_of_calls(bond, settlement, price, call_schedule(calls, maturity))
    worst = min(each for _, _, each in found)
    rows = tuple(
        (day, float(paid), each, "worst" if each == worst else None) for day, paid, each in found
    )
    return Table(("date", "price", "yield", "worst"), rows)
