"""What a spreadsheet asks of a revolver: its borrowing base, availability and unused fee."""

from decimal import Decimal
from fractions import Fraction

import lexp_calc.kinds as kinds
from lexp_calc.day_count import DAY_COUNTS
from lexp_calc.errors import OutOfRange
from lexp_calc.money import rounded
from lexp_calc.spreadsheet_function import spreadsheet_function

DAY_COUNT_OF_FEES = DAY_COUNTS["ACT/360"]


@spreadsheet_function
def borrowing_base(
    eligible_receivables: kinds.Amount,
    eligible_inventory: kinds.Amount,
    receivables_rate: kinds.ChargedRate = Decimal("0.88"),
    inventory_rate: kinds.ChargedRate = Decimal("0.65"),
    reserves: kinds.Amount = Decimal(0),
) -> kinds.Money:
    """88 % x eligible receivables + 65 % x eligible inventories - reserves, not below 0.

    Each product is rounded to the cent, as a borrowing base certificate prints it. Source of
    the default rates: Lexington Precision, press release of 18 December 2003.
    """
    receivables = rounded(Fraction(eligible_receivables) * Fraction(receivables_rate))
    inventory = rounded(Fraction(eligible_inventory) * Fraction(inventory_rate))
    return max(receivables + inventory - reserves, Decimal(0))


@spreadsheet_function
def availability(
    borrowing_base: kinds.Amount,
    commitment: kinds.Amount,
    outstanding: kinds.Amount,
    letters_of_credit: kinds.Amount = Decimal(0),
) -> kinds.Money:
    """What can still be borrowed, not below 0.

    The lesser of commitment and borrowing base, less loans and letters of credit.
    """
    used = outstanding + letters_of_credit
    return max(min(commitment, borrowing_base) - used, Decimal(0))


@spreadsheet_function
def over_advance(
    borrowing_base: kinds.Amount,
    commitment: kinds.Amount,
    outstanding: kinds.Amount,
    letters_of_credit: kinds.Amount = Decimal(0),
) -> kinds.Money:
    """What is used above the lesser of commitment and borrowing base, and must be repaid.

    Loans and letters of credit less that limit, not below 0: where it is above 0,
    availability is 0.
    """
    used = outstanding + letters_of_credit
    return max(used - min(commitment, borrowing_base), Decimal(0))


@spreadsheet_function
def unused_fee(
    commitment: kinds.Amount,
    outstanding: kinds.Amount,
    fee_rate: kinds.ChargedRate,
    start: kinds.Day,
    end: kinds.Day,
) -> kinds.Money:
    """Fee on what of a commitment is not used, from `start` (included) to `end` (excluded).

    (commitment - outstanding) x fee_rate x days / 360, rounded once to the cent; `fee_rate`
    is a decimal a year; letters of credit that count as used stand in `outstanding`.
    Positive = what the borrower pays. Source: the usual definition of "Unused Line Fee" in
    credit agreements, with their year of 360 days.
    """
    if end < start:
        expected = f"{start}, the start, or a later day would be right"
        raise OutOfRange("end", f"found {end}", expected)
    if outstanding > commitment:
        found = f"found {outstanding:,}, above the commitment of {commitment:,}"
        raise OutOfRange("outstanding", found, "at most the commitment would be right")
    length = DAY_COUNT_OF_FEES.length(start, end)
    unused = Fraction(commitment - outstanding)
    return rounded(unused * Fraction(fee_rate) * length / DAY_COUNT_OF_FEES.basis)
