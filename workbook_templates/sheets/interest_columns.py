"""The workings of interest: balance x rate-days, what accrues, what is paid, what is capitalised.

Interest is one product of exact numbers inside one ROUND. Where a part is paid in kind, it
accrues as a product of its own beside the one in cash.
"""

from fractions import Fraction

from workbook_templates.part import Part
from workbook_templates.row import Row
from workbook_templates.sheets.rate_columns import length, working
from workbook_templates.table import Column


def interest_columns(part: Part) -> tuple[Column, ...]:
    """Balance x rate-days: accrued, paid, carried on; in cash and, beside it, in kind."""
    if part.in_kind is None:
        return tuple(_cash_columns(part, "[unit_days]", "[closing_balance]=0"))
    return (
        *_share_columns(part),
        *_cash_columns(part, "[cash_unit_days]", "[remaining]=0"),
        *_kind_columns(part),
    )


def interest_formula(part: Part) -> str:
    """What is paid as interest in cash."""
    product = "[paid_product]" if part.in_kind is None else "([paid_product]+[kind_in_cash])"
    return f"ROUND({product}/{{interest_divisor}},{part.currency.digits})"


def all_in_unit_days(part: Part) -> str:
    """The rate-days of the interest in cash and in kind."""
    return "[unit_days]" if part.in_kind is None else "([cash_unit_days]+[kind_unit_days])"


def _cash_columns(part: Part, unit_days: str, all_repaid: str) -> list[Column]:
    """The product that accrues in cash; `all_repaid` says when a loan pays the last of it."""
    paid = "IF([pays]=1,[product],0)"
    if not part.is_revolver:
        paid = f"IF(OR([pays]=1,{all_repaid}),[product],{_on_the_part(part, 'product', unit_days)})"
    return [
        working(
            "unit_days_before",
            "Held already",
            "exact",
            f"IF([pays@]=1,0,{unit_days.replace(']', '@]')})*[is_active]",
            lambda row: float(row.flow.accrual.unit_days_before),
            16,
        ),
        working(
            "product",
            "Accrued product",
            "exact",
            f"IF([is_active]=0,0,[carried_product@]+[opening_balance]*({unit_days}-[unit_days_before]))",
            lambda row: row.product(row.flow.accrual.product),
            22,
        ),
        working(
            "paid_product",
            "Paid product",
            "exact",
            paid,
            lambda row: row.product(row.flow.accrual.paid_product),
            22,
        ),
        working(
            "pays_interest",
            "Pays interest",
            "count",
            "IF(OR([pays]=1,[paid_product]<>0),1,0)"
            if part.in_kind is None
            else "IF(OR([pays]=1,[paid_product]+[kind_in_cash]<>0),1,0)",
            lambda row: int(row.flow.pays_interest),
            8,
        ),
        working(
            "carried_product",
            "Carried product",
            "exact",
            "[product]-[paid_product]",
            lambda row: row.product(row.flow.accrual.carried_product),
            22,
        ),
    ]


def _on_the_part(part: Part, product: str, unit_days: str) -> str:
    """What has accrued on the part prepaid; exact where nothing was drawn in the period."""
    if part.is_drawn_later:
        part_prepaid = "MIN([prepayment],[opening_balance])/MAX([opening_balance],tolerance)"
        return f"[{product}]*{part_prepaid}"
    return f"[prepayment]*{unit_days}"


def _share_columns(part: Part) -> list[Column]:
    """The share of the coupon paid in kind, and the rate-days in cash and in kind."""
    terms, run_length = part.in_kind.terms, length(part)
    toggle = terms.toggle
    own = f"{{in_kind_units}}*{run_length}" if terms.rate is not None else "0"
    if toggle is None:
        return [
            working("cash_unit_days", "Rate-days in cash", "exact", "[unit_days]", _cash_days, 16),
            working("kind_unit_days", "Rate-days in kind", "exact", own, _kind_days, 16),
        ]
    ended = ",[run_start]>={in_kind_toggle_until}" if toggle.until else ""
    share = f"IF(OR([choice]=0{ended}),0,INDEX({{share_shares}},[choice]))"
    return [
        working(
            "choice",
            "Choice no.",
            "count",
            'IF([is_active]=1,COUNTIF({share_dates},"<="&[run_start]),0)',
            lambda row: sum(day <= row.flow.accrual.start for day, _ in row.part.shown_shares),
            9,
        ),
        working(
            "kind_share",
            "Share in kind",
            "rate",
            share,
            lambda row: float(_share(row)),
            9,
        ),
        working(
            "cash_unit_days",
            "Rate-days in cash",
            "exact",
            "(1-[kind_share])*[unit_days]",
            _cash_days,
            16,
        ),
        working(
            "kind_unit_days",
            "Rate-days in kind",
            "exact",
            f"{own}+[kind_share]*([unit_days]+{{premium_units}}*{run_length})",
            _kind_days,
            16,
        ),
    ]


def _kind_columns(part: Part) -> list[Column]:
    digits = part.currency.digits
    scheduled = "-[scheduled_principal]" if part.has_instalments else ""
    on_the_part = _on_the_part(part, "kind_product", "[kind_unit_days]")
    return [
        Column(
            "remaining",
            "Left of the principal",
            "money",
            f"ROUND([opening_balance]+[drawn]{scheduled}-[prepayment]-[balloon],{digits})",
            lambda row: row.money(row.flow.closing_balance - row.flow.pik_interest),
            13.5,
        ),
        working(
            "kind_before",
            "Held already in kind",
            "exact",
            "IF([pays@]=1,0,[kind_unit_days@])*[is_active]",
            lambda row: float(row.flow.in_kind.unit_days_before),
            16,
        ),
        working(
            "kind_product",
            "Accrued in kind",
            "exact",
            "IF([is_active]=0,0,[kind_carried@]+[opening_balance]*([kind_unit_days]-[kind_before]))",
            lambda row: row.product(row.flow.in_kind.product),
            22,
        ),
        working(
            "kind_in_cash",
            "Of it paid in cash",
            "exact",
            f"IF([remaining]=0,[kind_product],IF([pays]=1,0,{on_the_part}))",
            lambda row: row.product(_kind_in_cash(row)),
            22,
        ),
        working(
            "kind_carried",
            "Carried in kind",
            "exact",
            "IF([pays]=1,0,[kind_product]-[kind_in_cash])",
            lambda row: row.product(row.flow.in_kind.carried_product),
            22,
        ),
    ]


def _share(row: Row) -> Fraction:
    return row.part.in_kind.share(row.flow.accrual.start)


def _cash_days(row: Row) -> float:
    return float(row.flow.accrual.unit_days)


def _kind_days(row: Row) -> float:
    return float(row.flow.in_kind.unit_days)


def _kind_in_cash(row: Row):
    """What has accrued in kind and is paid in cash: all of it at the end, else on a prepayment."""
    if row.flow.closing_balance == row.flow.pik_interest == 0 or not row.pays:
        return row.flow.in_kind.paid_product
    return 0
