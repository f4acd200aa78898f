"""The workings of a schedule's dates: what comes next, what it is, when all is repaid."""

from workbook_templates.part import Part
from workbook_templates.sheets.regular_date import regular_date, steps_to_next
from workbook_templates.table import CONSTANT, Column

FOLLOWING, PRECEDING = "WORKDAY([due_date]-1,1,holidays)", "WORKDAY([due_date]+1,-1,holidays)"
ADJUSTED_DATE = {
    "Unadjusted": "[due_date]",
    "Following": FOLLOWING,
    "Modified Following": f"IF(MONTH({FOLLOWING})=MONTH([due_date]),{FOLLOWING},{PRECEDING})",
    "Preceding": PRECEDING,
    "Modified Preceding": f"IF(MONTH({PRECEDING})=MONTH([due_date]),{PRECEDING},{FOLLOWING})",
    # WEEKDAY counts Sunday as 1 and Monday as 2.
    "Nearest": f"IF(WEEKDAY([due_date])<=2,{FOLLOWING},{PRECEDING})",
}


# By these a payment moves back where the business day is of another month; the day it has first.
FIRST_TRIED = {"Modified Following": FOLLOWING, "Modified Preceding": PRECEDING}


def date_columns(part: Part) -> tuple[Column, ...]:
    """The workings of the dates: what comes next, and what it is."""
    days = part.event("dates")
    columns = [
        *_steps_from_anchor(part),
        Column(
            "regular_date",
            "Next regular date",
            "date",
            f"IF([is_active]=1,{regular_date(part, steps_to_next(part))},0)",
            lambda row: row.regular_date if row.before else 0,
            12.5,
            CONSTANT,
        ),
        *_following_date(part),
        Column(
            "due_date",
            "Next due date",
            "date",
            f"IF([is_active]=1,{_due_date(part)},0)",
            lambda row: row.due_date if row.before else 0,
            12.5,
            CONSTANT,
        ),
        *_paid_date(part),
    ]
    if part.has_anniversaries:
        columns.append(
            Column(
                "anniversary",
                "Next anniversary",
                "date",
                "IF([is_active]=1,EDATE(closing_date,([anniversary_number@]+1)*months_in_year),0)",
                lambda row: row.anniversary if row.before else 0,
                12.5,
                CONSTANT,
            )
        )
    columns += [
        Column(
            "next_move",
            _next_move_head(part),
            "date",
            f'IFERROR(SMALL({{{days}}},COUNTIF({{{days}}},"<="&[settled_through@])+1),last_date)'
            "*[is_active]",
            lambda row: row.next_move if row.before else 0,
            12.5,
            CONSTANT,
        ),
        Column(
            "settled_through",
            "Settled through",
            "date",
            "IF(AND([pays]=1,[run_end]<[payment_date]),[payment_date]-1,[payment_date])",
            lambda row: row.flow.settled_through,
            12.5,
            "closing_date",
        ),
        Column("is_active", "Active", "count", "1-[is_finished@]", lambda row: 1, 7, CONSTANT),
        Column(
            "pays",
            "Pays",
            "count",
            "IF(AND([is_active]=1,[payment_date]=[paid_date]),1,0)",
            lambda row: int(row.pays),
            7,
            CONSTANT,
        ),
        Column(
            "is_maturity",
            "Maturity",
            "count",
            "IF(AND([pays]=1,[due_date]={maturity_in_force}),1,0)",
            lambda row: int(row.flow.event == "Maturity"),
            8.5,
            CONSTANT,
        ),
    ]
    if part.has_instalments:
        columns += _instalment_columns(part)
    if part.has_anniversaries:
        columns.append(
            Column(
                "anniversary_number",
                "Anniversaries",
                "count",
                "IF(AND([is_active]=1,[settled_through]=[anniversary]),1,0)"
                "+[anniversary_number@]*[is_active]",
                lambda row: row.flow.anniversary_number,
                12,
                CONSTANT,
            )
        )
    return tuple(columns)


def _next_move_head(part: Part) -> str:
    if part.has_other_events:
        return "Next event"
    return "Next draw" if part.is_revolver else "Next prepayment"


def _steps_from_anchor(part: Part) -> tuple[Column, ...]:
    """How many steps the next payment is from the anchor, where that is not the first payment."""
    if part.tranche.payments.first_payment:
        return ()
    return (
        Column(
            "regular_steps",
            "Steps from maturity",
            "count",
            "([payment_number@]+1-{anchor_number})*[is_active]",
            lambda row: row.regular_steps if row.before else 0,
            9,
            CONSTANT,
        ),
    )


def _following_date(part: Part) -> tuple[Column, ...]:
    """The regular date after the next one, where a long last period asks for it."""
    if not part.has_long_last_period:
        return ()
    steps = f"({steps_to_next(part)}+1)"
    return (
        Column(
            "following_date",
            "Regular date after",
            "date",
            f"IF([is_active]=1,{regular_date(part, steps)},0)",
            lambda row: row.following_date if row.before else 0,
            12.5,
            CONSTANT,
        ),
    )


def _due_date(part: Part) -> str:
    if part.has_long_last_period:
        return "IF([following_date]>{maturity_in_force},{maturity_in_force},[regular_date])"
    return "MIN([regular_date],{maturity_in_force})"


def _paid_date(part: Part) -> tuple[Column, ...]:
    """The business day of the next payment, after the one tried first where it may move back."""
    convention = part.tranche.payments.business_day
    formula, columns = ADJUSTED_DATE[convention], []
    if convention in FIRST_TRIED:
        tried = FIRST_TRIED[convention]
        formula = formula.replace(tried, "[business_day]")
        columns.append(
            Column(
                "business_day",
                "Business day from it" if tried == FOLLOWING else "Business day before it",
                "date",
                f"IF([is_active]=1,{tried},0)",
                lambda row: row.business_day if row.before else 0,
                12.5,
                CONSTANT,
            )
        )
    columns.append(
        Column(
            "paid_date",
            "Next paid on",
            "date",
            f"IF([is_active]=1,{formula},0)",
            lambda row: row.paid_date if row.before else 0,
            12.5,
            CONSTANT,
        )
    )
    return tuple(columns)


def _instalment_columns(part: Part) -> tuple[Column, ...]:
    """Whether the payment is one of those that bring an instalment."""
    instalments, columns = part.plan.instalments, []
    conditions = ["[pays]=1", "[due_date]=[regular_date]"]
    if instalments.start == 1:
        conditions.append("[payment_number]<={instalments_in_force}")
    else:
        conditions.append("[is_within]=1")
        columns.append(
            Column(
                "is_within",
                "From first to last",
                "count",
                "IF(AND([payment_number]>={first_instalment},"
                "[payment_number]<={instalments_in_force}),[pays],0)",
                lambda row: int(row.pays and _is_within(instalments, row.flow.payment_number)),
                9.5,
                CONSTANT,
            )
        )
    if instalments.step > 1:
        conditions.append("[is_turn]=1")
        columns.append(
            Column(
                "is_turn",
                "By turns",
                "count",
                "IF(MOD([payment_number]-{first_instalment},{repayment_every})=0,[pays],0)",
                lambda row: int(row.pays and _is_turn(instalments, row.flow.payment_number)),
                8.5,
                CONSTANT,
            )
        )
    columns.append(
        Column(
            "is_instalment",
            "Instalment",
            "count",
            f"IF(AND({','.join(conditions)}),1,0)",
            lambda row: int(row.is_instalment),
            9.5,
            CONSTANT,
        )
    )
    return tuple(columns)


def _is_within(instalments: range, number: int) -> bool:
    return instalments.start <= number < instalments.stop


def _is_turn(instalments: range, number: int) -> bool:
    return (number - instalments.start) % instalments.step == 0
