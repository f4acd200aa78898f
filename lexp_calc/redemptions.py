"""Interest accrued on notes, and what a redemption costs and does to attached warrants."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import lexp_calc.kinds as kinds
from lexp_calc.arguments import below_limit
from lexp_calc.day_count import DayCount
from lexp_calc.errors import NotThere, OutOfRange
from lexp_calc.money import rounded
from lexp_calc.spreadsheet_function import Table, spreadsheet_function
from lexp_calc.warrant_retirement import warrants_retired
from lexp_calc.warrants import NEW_NOTES_DETACHED


def _accrued(
    principal: Decimal, coupon: Decimal, day_count: DayCount, first: date, last: date
) -> Decimal:
    fraction = Fraction(day_count.length(first, last)) / day_count.basis
    return below_limit("principal", rounded(Fraction(principal) * Fraction(coupon) * fraction))


@spreadsheet_function
def accrued(
    principal: kinds.Amount,
    coupon: kinds.ChargedRate,
    from_date: kinds.Day,
    to_date: kinds.Day,
    day_count: kinds.DayCount = "30/360 US",
) -> kinds.Money:
    """Interest from `from_date` (included) to `to_date` (excluded), rounded once to the cent.

    principal x coupon x day count fraction; positive = what the borrower owes. ACT/ACT ICMA
    is refused, for it asks for the regular coupon dates.
    """
    if to_date < from_date:
        expected = f"a date from {from_date} would be right"
        raise OutOfRange("to_date", f"found {to_date}", expected)
    return _accrued(principal, coupon, day_count, from_date, to_date)


@spreadsheet_function
def redemption_amount(
    principal: kinds.Amount,
    coupon: kinds.ChargedRate,
    last_payment_date: kinds.Day,
    redemption_date: kinds.Day,
    day_count: kinds.DayCount = "30/360 US",
) -> kinds.Money:
    """100 % of the principal redeemed and the interest accrued since the last payment.

    To the cent. Source: the built-in deal's press release, "redeemable at any time at 100% of
    principal amount plus accrued and unpaid interest".
    """
    if redemption_date < last_payment_date:
        expected = f"a date from {last_payment_date} would be right"
        raise OutOfRange("redemption_date", f"found {redemption_date}", expected)
    interest = _accrued(principal, coupon, day_count, last_payment_date, redemption_date)
    return below_limit("principal", principal + interest)


@spreadsheet_function
def redemption(
    principal: kinds.Amount,
    coupon: kinds.ChargedRate,
    last_payment_date: kinds.Day,
    redemption_date: kinds.Day,
    price: kinds.Ratio = 100,
    notes_outstanding: kinds.PositiveAmount | None = None,
    warrants: kinds.Units | None = None,
    retired_before: kinds.Day = NEW_NOTES_DETACHED,
) -> kinds.TableResult:
    """What a redemption of notes pays, and what it leaves of the warrants attached to them.

    Principal, premium (price - 100 for each 100), accrued interest (30/360 US) and their sum,
    to the cent. With the notes outstanding and the warrants before it: the warrants retired
    for no value, pro rata and rounded half away from zero, none from `retired_before` on.
    """
    interest = redemption_amount(principal, coupon, last_payment_date, redemption_date) - principal
    premium = below_limit("price", rounded(Fraction(principal) * (Fraction(price) - 100) / 100))
    rows = [
        ("principal", principal),
        ("premium", premium),
        ("accrued interest", interest),
        ("total", below_limit("price", principal + premium + interest)),
    ]
    if (notes_outstanding is None) != (warrants is None):
        missing = "warrants" if warrants is None else "notes_outstanding"
        expected = "both the notes outstanding and the warrants, or neither, would be right"
        raise NotThere(missing, "found nothing", expected)
    if warrants is not None:
        if principal > notes_outstanding:
            found = f"found {principal:f} of {notes_outstanding:f} outstanding"
            raise OutOfRange("principal", found, "at most the notes outstanding would be right")
        retired = warrants_retired(
            principal, notes_outstanding, warrants, redemption_date, retired_before
        )
        rows += [
            ("notes left", notes_outstanding - principal),
            ("warrants retired", retired),
            ("warrants left", warrants - retired),
        ]
    return Table(("item", "value"), tuple(rows))
