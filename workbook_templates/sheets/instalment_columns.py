"""The workings of an instalment: what the contract asks, and what prepayments left of it.

Shown where an instalment is not simply a fixed amount, no more than is owed.
"""

from math import gcd

from lexp_calc.amortization import Instalments
from lexp_calc.level_repayment import BY_ACTUAL_DAYS
from lexp_calc.money import round_half_away
from lexp_calc.rates import UNITS_PER_ONE
from lexp_calc.tranches.plan import DIRECT_ORDER, INVERSE_ORDER, PRO_RATA
from workbook_templates.part import Part
from workbook_templates.row import Row
from workbook_templates.sheets.rate_columns import working
from workbook_templates.table import CONSTANT, Column


def is_plain(part: Part) -> bool:
    """Whether each instalment is one fixed amount, and prepayments shorten the loan."""
    fixed = isinstance(part.plan.repayment, Instalments)
    return fixed and part.plan.prepayments_applied == INVERSE_ORDER


def scheduled_formula(part: Part) -> str:
    """The formula of the instalment that is paid."""
    if is_plain(part):
        return "IF([is_instalment]=1,MIN({repayment_amount},[opening_balance]),0)"
    if part.is_level:
        return "[level_principal]"
    if part.plan.prepayments_applied == DIRECT_ORDER:
        return "MIN([asked]-[counted],[opening_balance])"
    if part.plan.prepayments_applied == PRO_RATA:
        return "MIN([share],[opening_balance])"
    return "MIN([contractual],[opening_balance])"


def instalment_columns(part: Part) -> tuple[Column, ...]:
    """What the repayment needs beside the schedule; nothing for a plain one."""
    if not part.has_instalments or is_plain(part):
        return ()
    return tuple(_level_columns(part) if part.is_level else _asked_columns(part))


def _asked_columns(part: Part) -> list[Column]:
    digits = part.currency.digits
    columns = []
    if part.plan.repayment.type == "steps":
        columns.append(
            working(
                "step",
                "Step no.",
                "count",
                'IF([is_instalment]=1,COUNTIF({step_dates},"<="&[due_date]),0)',
                _step,
                8,
            )
        )
        columns += _step_columns()
    columns.append(
        Column(
            "contractual",
            "Asked by the contract",
            "money",
            f"IF([is_instalment]=1,{_contractual_formula(part)},0)",
            lambda row: row.money(contractual(row)),
            13.5,
            CONSTANT,
        )
    )
    applied = part.plan.prepayments_applied
    if applied == INVERSE_ORDER:
        return columns
    columns.append(
        Column(
            "asked",
            "Asked, nothing prepaid",
            "money",
            "MIN([contractual],[unprepaid@])",
            lambda row: row.money(_asked(row)),
            13.5,
            CONSTANT,
        )
    )
    columns += _direct_columns(digits) if applied == DIRECT_ORDER else _share_columns(digits)
    in_kind = "+[pik_interest]" if part.in_kind else ""
    columns.append(
        Column(
            "unprepaid",
            "Owed, nothing prepaid",
            "money",
            f"ROUND([unprepaid@]*[is_active]+[drawn]{in_kind}-[asked],{digits})",
            lambda row: row.money(row.flow.to_date.unprepaid),
            13.5,
            "[drawn]",
        )
    )
    return columns


def _direct_columns(digits: int) -> list[Column]:
    return [
        Column(
            "counted",
            "Prepaid already",
            "money",
            "MIN([asked],[credit@])",
            lambda row: row.money(_counted(row)),
            13.5,
            CONSTANT,
        ),
        Column(
            "credit",
            "Prepaid, to count",
            "money",
            f"IF([is_active]=1,ROUND([credit@]-[counted]+[prepayment],{digits}),0)",
            lambda row: row.money(row.flow.to_date.credit),
            13.5,
            CONSTANT,
        ),
    ]


def _share_columns(digits: int) -> list[Column]:
    """The instalment's share of what is still owed, as an exact fraction in lowest terms.

    Amounts times amounts have more digits than a cell holds: a tie could fall either way.
    """
    asked, owed = "ROUND([asked]/tolerance/2,0)", "ROUND([unprepaid@]/tolerance/2,0)"
    return [
        working(
            "shared",
            "Units shared",
            "count",
            f"IF([unprepaid@]*[is_active]=0,0,GCD({asked},{owed}))",
            _shared,
            16,
        ),
        working(
            "asked_parts",
            "Asked, in these",
            "count",
            "IF([shared]=0,0,ROUND([asked]/tolerance/2/[shared],0))",
            lambda row: _asked(row) // (_shared(row) or 1),
            16,
        ),
        working(
            "owed_parts",
            "Owed, in these",
            "count",
            "IF([shared]=0,0,ROUND([unprepaid@]/tolerance/2/[shared],0))",
            lambda row: _unprepaid_before(row) // (_shared(row) or 1),
            16,
        ),
        Column(
            "share",
            "Share of what is owed",
            "money",
            f"IF([owed_parts]=0,0,ROUND([asked_parts]*[opening_balance]/[owed_parts],{digits}))",
            lambda row: row.money(_share(row)),
            13.5,
            CONSTANT,
        ),
    ]


def _unprepaid_before(row: Row) -> int:
    return row.before.to_date.unprepaid if row.before else 0


def _shared(row: Row) -> int:
    """The greatest number of minor units that divides both, 0 where nothing is owed."""
    owed = _unprepaid_before(row)
    return gcd(_asked(row), owed) if owed else 0


def _contractual_formula(part: Part) -> str:
    digits = part.currency.digits
    drawn = "[drawn_to_date@]" if part.is_drawn_later else "{principal}"
    kind = part.plan.repayment.type
    if kind == "per cent of original":
        return f"ROUND({{repayment_rate}}*{drawn},{digits})"
    if kind == "steps":
        return f"[step_amount]+ROUND([step_rate]*{drawn},{digits})"
    if kind == "custom":
        return "SUMIFS({instalment_amounts},{instalment_dates},[due_date])"
    return "{repayment_amount}"


def contractual(row: Row) -> int:
    """What the contract asks for on a row, in minor units."""
    if not row.is_instalment:
        return 0
    part = row.part
    drawn = part.money(row.before.to_date.drawn)
    return part.rounded(part.plan.repayment.asked(row.flow.due_date, drawn))


def _asked(row: Row) -> int:
    return min(contractual(row), row.before.to_date.unprepaid) if row.before else 0


def _counted(row: Row) -> int:
    return min(_asked(row), row.before.to_date.credit) if row.before else 0


def _share(row: Row) -> int:
    if not row.before or not row.before.to_date.unprepaid:
        return 0
    return round_half_away(_asked(row) * row.flow.opening_balance, row.before.to_date.unprepaid)


def _step_columns() -> list[Column]:
    """The amount and the rate of the step in force; one of them is zero."""
    return [
        working(
            f"step_{field}",
            head,
            style,
            f"IF([step]=0,0,INDEX({{step_{field}s}},[step]))",
            lambda row, field=field: _of_step(row, field),
            13.5,
        )
        for field, head, style in (
            ("amount", "Amount of the step", "money"),
            ("rate", "Rate of the step", "rate_exact"),
        )
    ]


def _of_step(row: Row, field: str):
    number = _step(row)
    return getattr(row.part.plan.repayment.steps[number - 1], field) or 0 if number else 0


def _step(row: Row) -> int:
    if not row.is_instalment:
        return 0
    return sum(step.start <= row.flow.due_date for step in row.part.plan.repayment.steps)


def _level_columns(part: Part) -> list[Column]:
    """The level payment in force, and the principal in it."""
    digits = part.currency.digits
    moved = ",[units_at_start]<>[level_units@]" if part.plan.repayment.relevel != "never" else ""
    last = "MAX([opening_balance]-{repayment_balloon},0)"
    rest = f"ROUND([level]-[interest_due],{digits})"
    return [
        working(
            "sets_level",
            "Sets the level",
            "count",
            f"IF(AND([is_instalment]=1,OR([level@]=0{moved})),1,0)",
            lambda row: int(_sets_level(row)),
            8,
        ),
        working(
            "level_units",
            "Set for rate units",
            "exact",
            f"IF([sets_level]=1,{_units_at_start(part)},[level_units@])*[is_active]",
            lambda row: row.flow.to_date.level_units,
            12,
        ),
        working(
            "payments_left",
            "Payments left",
            "count",
            "IF([sets_level]=1,{last_level_payment}-[payment_number]+1,0)",
            _payments_left,
            8,
        ),
        *_level_terms(part),
        working(
            "new_level",
            "New level payment",
            "money",
            f"IF([sets_level]=1,{_level_formula(part)},0)",
            lambda row: row.money(row.flow.to_date.level if _sets_level(row) else 0),
            13.5,
        ),
        working(
            "level",
            "Level payment",
            "money",
            "IF([sets_level]=1,[new_level],[level@])*[is_active]",
            lambda row: row.money(row.flow.to_date.level),
            13.5,
        ),
        working(
            "interest_due",
            "Interest due",
            "money",
            f"IF([is_instalment]=1,ROUND([product]/{{interest_divisor}},{digits}),0)",
            lambda row: row.money(row.flow.interest) if row.is_instalment else 0,
            13.5,
        ),
        working(
            "level_rest",
            "Level less interest",
            "money",
            f"IF([is_instalment]=1,MAX({rest},0),0)",
            lambda row: row.money(_level_rest(row)),
            13.5,
        ),
        working(
            "level_principal",
            "Principal in it",
            "money",
            f"IF([payment_number]={{last_level_payment}},{last},"
            "MIN([level_rest],[opening_balance]))*[is_instalment]",
            lambda row: row.money(row.flow.scheduled_principal),
            13.5,
        ),
    ]


def _units_at_start(part: Part) -> str:
    return "[units_at_start]" if part.is_floating else "{coupon_units}"


def _level_formula(part: Part) -> str:
    digits = part.currency.digits
    if _is_by_days(part):
        left = "[opening_balance]-[balloon_left]*{level_last_discount}"
        return f"ROUND(({left})/{{level_annuity}},{digits})"
    left = "[payments_left],[opening_balance],-[balloon_left]"
    return f"ROUND(-PMT([period_rate],{left}),{digits})"


def _is_by_days(part: Part) -> bool:
    return part.plan.repayment.method == BY_ACTUAL_DAYS


def _level_terms(part: Part) -> list[Column]:
    """What a new level payment leaves to the end, and the rate of a period that it is set at."""
    columns = [
        working(
            "balloon_left",
            "Left to the end",
            "money",
            "IF([sets_level]=1,MIN({repayment_balloon},[opening_balance]),0)",
            lambda row: row.money(_balloon_left(row)),
            13.5,
        )
    ]
    if not _is_by_days(part):
        columns.append(
            working(
                "period_rate",
                "Rate of a period",
                "rate_exact",
                f"IF([sets_level]=1,{_units_at_start(part)}/rate_units/{{payments_a_year}},0)",
                _period_rate,
                12,
            )
        )
    return columns


def _balloon_left(row: Row) -> int:
    if not _sets_level(row):
        return 0
    return min(row.part.minor_units(row.part.plan.repayment.balloon), row.flow.opening_balance)


def _period_rate(row: Row) -> float:
    if not _sets_level(row):
        return 0
    return row.rate.units_at_start / UNITS_PER_ONE / row.part.tranche.payments.payments_a_year


def _level_rest(row: Row) -> int:
    return max(row.flow.to_date.level - row.flow.interest, 0) if row.is_instalment else 0


def _payments_left(row: Row) -> int:
    if not _sets_level(row):
        return 0
    return row.part.plan.instalments[-1] - row.flow.payment_number + 1


def _sets_level(row: Row) -> bool:
    if not row.is_instalment:
        return False
    before = row.before.to_date
    moved = row.part.plan.repayment.relevel != "never"
    return not before.level or (moved and row.rate.units_at_start != before.level_units)
