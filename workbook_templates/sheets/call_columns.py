"""The workings of the call premium: what a prepayment costs on top of its principal."""

from fractions import Fraction

from lexp_calc.bonds import Bond
from lexp_calc.spread_prices import HUNDRED, price_to
from lexp_calc.tranches.charges import CALL_PREMIUM
from workbook_templates.part import Part
from workbook_templates.row import Row
from workbook_templates.sheets.rate_columns import working
from workbook_templates.table import Column


def call_columns(part: Part) -> list[Column]:
    """The premium rate of the day, and the premium in money."""
    protection = part.plan.call_protection
    step = 'INDEX({call_premiums},COUNTIF({call_until},"<="&[settled_through])+1)'
    formula = f"IF([move]=0,0,{step})"
    columns = []
    if protection.make_whole is not None:
        columns += _make_whole_columns()
        columns.append(
            working(
                "step_premium",
                "Premium by the steps",
                "rate_exact",
                formula,
                lambda row: float(_step_premium(row)),
                12,
            )
        )
        formula = "IF([is_make_whole]=1,[make_whole_premium],[step_premium])"
    columns.append(
        working(
            "premium_rate",
            "Premium",
            "rate_exact",
            formula,
            lambda row: float(_premium(row)),
            12,
        )
    )
    columns.append(
        working(
            "call_premium",
            "Call premium",
            "money",
            f"ROUND([move]*[premium_rate],{part.currency.digits})",
            lambda row: row.money(row.flow.charges.get(CALL_PREMIUM, 0)),
            13.5,
        )
    )
    return columns


def _make_whole_columns() -> list[Column]:
    """Whether the make-whole is in force, at which yield, and what it comes to.

    Within the last coupon period the price has simple interest. That is written out, for
    PRICE does so in Excel and not in every other spreadsheet.
    """
    days = "[settled_through],[make_whole_end],"
    terms = "{coupon_rate},[make_whole_yield],[call_price],{payments_a_year},0"
    return [
        working(
            "is_make_whole",
            "Make-whole (1)",
            "count",
            "IF(AND([move]>0,[settled_through]<{call_protection_make_whole_until}),1,0)",
            lambda row: int(_is_make_whole(row)),
            8,
        ),
        working(
            "make_whole_end",
            "Make-whole until",
            "date",
            "IF([is_make_whole]=1,{call_protection_make_whole_until},0)",
            _end,
            12.5,
        ),
        working(
            "call_price",
            "Call price then",
            "price",
            "IF([is_make_whole]=1,{par_at_call},0)",
            lambda row: _redemption(row) if _is_make_whole(row) else 0,
            12,
        ),
        working(
            "treasury_yield",
            "Treasury yield",
            "rate_exact",
            "IF([is_make_whole]=0,0,INDEX(treasury_yields,"
            'COUNTIF(treasury_dates,"<="&[settled_through])))',
            lambda row: _treasury_yield(row),
            12,
        ),
        working(
            "make_whole_yield",
            "Treasury and spread",
            "rate_exact",
            "IF([is_make_whole]=0,0,[treasury_yield]+{call_protection_make_whole_spread})",
            lambda row: _yield(row),
            12,
        ),
        working(
            "coupons_left",
            "Coupons left",
            "count",
            f"IF([is_make_whole]=0,0,COUPNUM({days}{{payments_a_year}},0))",
            _coupons_left,
            8,
        ),
        working(
            "part_accrued",
            "Part accrued",
            "rate_exact",
            f"IF([coupons_left]=1,COUPDAYBS({days}{{payments_a_year}},0)*{{part_a_day}},0)",
            lambda row: float(_part_accrued(row)),
            12,
        ),
        working(
            "simple_interest",
            "1 and simple interest",
            "exact",
            "IF([coupons_left]=1,1+(1-[part_accrued])*[make_whole_yield]/{payments_a_year},0)",
            lambda row: float(_simple_interest(row)),
            13,
        ),
        working(
            "last_price",
            "Price in the last period",
            "price",
            "IF([coupons_left]=1,([call_price]+{coupon_payment})/[simple_interest],0)"
            "-[part_accrued]*{coupon_payment}",
            lambda row: float(_last_price(row)),
            13,
        ),
        working(
            "earlier_price",
            "Price before it",
            "price",
            f"IF([coupons_left]>1,PRICE({days}{terms}),0)",
            lambda row: float(0 if _coupons_left(row) == 1 else _price(row)),
            13,
        ),
        working(
            "make_whole_price",
            "Make-whole price",
            "price",
            "[last_price]+[earlier_price]",
            lambda row: float(_price(row)),
            13,
        ),
        working(
            "make_whole_premium",
            "Make-whole premium",
            "rate_exact",
            "IF([is_make_whole]=0,0,MAX([make_whole_price]/{par}-1,0))",
            lambda row: float(_premium(row)) if _is_make_whole(row) else 0,
            12,
        ),
    ]


def _prepaid(row: Row) -> bool:
    return row.flow.prepayment > row.flow.swept


def _is_make_whole(row: Row) -> bool:
    protection = row.part.plan.call_protection
    return _prepaid(row) and protection.is_make_whole(row.flow.settled_through)


def _end(row: Row):
    return row.part.plan.call_protection.make_whole.until if _is_make_whole(row) else 0


def _treasury_yield(row: Row):
    if not _is_make_whole(row):
        return 0
    known = row.part.conditions.treasury_yields
    return [each for day, each in known if day <= row.flow.settled_through][-1]


def _yield(row: Row):
    if not _is_make_whole(row):
        return 0
    return _treasury_yield(row) + row.part.plan.call_protection.make_whole.spread


def _bond(row: Row) -> Bond:
    part = row.part
    return part.plan.call_protection.make_whole_bond(
        part.tranche.coupon, part.tranche.payments.step
    )


def _coupons_left(row: Row) -> int:
    """Coupons to the make-whole's end; none where it isn't in force."""
    return len(_bond(row).flows(row.flow.settled_through).amounts) if _is_make_whole(row) else 0


def _part_accrued(row: Row) -> Fraction | int:
    return _bond(row).accrued_part(row.flow.settled_through) if _coupons_left(row) == 1 else 0


def _last_price(row: Row):
    return _price(row) if _coupons_left(row) == 1 else 0


def _price(row: Row):
    if not _is_make_whole(row):
        return 0
    return price_to(_bond(row), row.flow.settled_through, _yield(row), _redemption(row))


def _redemption(row: Row):
    protection = row.part.plan.call_protection
    return HUNDRED * (1 + protection.step_premium(protection.make_whole.until))


def _simple_interest(row: Row):
    if _coupons_left(row) != 1:
        return 0
    a_year = row.part.tranche.payments.payments_a_year
    return 1 + (1 - _part_accrued(row)) * Fraction(_yield(row)) / a_year


def _step_premium(row: Row):
    if not _prepaid(row):
        return 0
    return row.part.plan.call_protection.step_premium(row.flow.settled_through)


def _premium(row: Row):
    if not _prepaid(row):
        return 0
    part = row.part
    return part.plan.call_protection.premium(
        row.flow.settled_through,
        part.tranche.coupon,
        part.tranche.payments.step,
        part.conditions.treasury_yields,
    )
