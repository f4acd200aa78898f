"""The workings of a schedule's dates: what comes next, what it is, when all is repaid."""

from workbook_templates.part import Part, Row
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


def date_columns(part: Part) -> tuple[Column, ...]:
    """The workings of the dates: what comes next, and what it is."""
    digits = part.currency.digits
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
        Column(
            "paid_date",
            "Next paid on",
            "date",
            f"IF([is_active]=1,{ADJUSTED_DATE[part.tranche.payments.business_day]},0)",
            lambda row: row.paid_date if row.before else 0,
            12.5,
            CONSTANT,
        ),
    ]
    if part.anniversary_fee_rate:
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
            "Next draw" if part.is_revolver else "Next prepayment",
            "date",
            'IFERROR(SMALL({move_dates},COUNTIF({move_dates},"<="&[settled_through@])+1),last_date)*[is_active]',
            lambda row: row.next_move if row.before else 0,
            12.5,
            CONSTANT,
        ),
        Column(
            "settled_through",
            "Settled through",
            "date",
            "IF([run_end]<[payment_date],[payment_date]-1,[payment_date])",
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
        columns.append(
            Column(
                "is_instalment",
                "Instalment",
                "count",
                "IF(AND([pays]=1,[due_date]=[regular_date],"
                "[payment_number]<={instalments_in_force}),1,0)",
                lambda row: int(row.is_instalment),
                9.5,
                CONSTANT,
            )
        )
    if part.anniversary_fee_rate:
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
    columns += [
        Column(
            "move",
            "Drawn or repaid" if part.is_revolver else "Asked to prepay",
            "money",
            "IF([settled_through]>[settled_through@],"
            "SUMIFS({move_amounts},{move_dates},[settled_through]),0)",
            lambda row: row.money(_move(row)),
            13.5,
            "SUMIFS({move_amounts},{move_dates},closing_date)",
        ),
        Column(
            "principal",
            "Principal repaid",
            "money",
            f"{'[scheduled_principal]+' * part.has_instalments}[prepayment]+[balloon]",
            lambda row: row.money(row.flow.principal),
            13.5,
        ),
        Column(
            "balance_change",
            "Balance change",
            "money",
            f"ROUND([closing_balance]-[opening_balance],{digits})",
            lambda row: row.money(row.part.change(row.flow)),
            13.5,
        ),
        Column(
            "is_finished",
            "Finished",
            "count",
            _finished_formula(part),
            lambda row: int(row.is_finished),
            8.5,
            CONSTANT,
            beyond=1,
        ),
    ]
    return tuple(columns)


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


def _move(row: Row) -> int:
    """The prepayment or draw of the day, in minor units, once."""
    through = row.flow.settled_through
    if row.before and through <= row.before.settled_through:
        return 0
    return dict(row.part.moves).get(through, 0)


def _finished_formula(part: Part) -> str:
    if part.plan.ends_when_repaid:
        return "IF(OR([is_active]=0,[is_maturity]=1,[closing_balance]=0),1,0)"
    return "IF(OR([is_active]=0,[is_maturity]=1),1,0)"
