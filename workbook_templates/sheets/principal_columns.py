"""The workings of principal: what is drawn, prepaid and swept on a day, and when all is repaid."""

from workbook_templates.part import Part
from workbook_templates.row import Row
from workbook_templates.table import CONSTANT, Column


def principal_columns(part: Part) -> tuple[Column, ...]:
    """From what happens on the day to whether the loan is finished."""
    digits = part.currency.digits
    columns = [_moved(part)]
    if part.has_other_events:
        columns += _event_columns(part)
    elif part.is_revolver:
        columns.append(_move_column())
    if part.is_drawn_later:
        columns += _drawing_columns()
    if part.is_swept:
        columns += _sweep_columns(part)
    columns += [
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
    if part.in_kind:
        columns.append(
            Column(
                "added",
                "Added to the balance",
                "money",
                f"ROUND([drawn]+[pik_interest],{digits})",
                lambda row: row.money(row.flow.drawn + row.flow.pik_interest),
                13.5,
            )
        )
    if part.is_revolver or part.is_swept:
        columns.append(_as_entered(part))
    return tuple(columns)


def _as_entered(part: Part) -> Column:
    """What the row has of the inputs' draws and repayments: a sweep's part is none of them."""
    return Column(
        "as_entered",
        "As entered",
        "money",
        f"ROUND({'[drawn]-[prepayment]' if part.is_revolver else '[prepayment]-[swept]'},"
        f"{part.currency.digits})",
        lambda row: row.money(
            row.flow.drawn - row.flow.prepayment
            if part.is_revolver
            else row.flow.prepayment - row.flow.swept
        ),
        13.5,
    )


def on_the_day(amounts: str, dates: str) -> str:
    """The sum of a table's amounts dated on the row's day, once."""
    return (
        f"IF([settled_through]>[settled_through@],SUMIFS({{{amounts}}},{{{dates}}},"
        "[settled_through]),0)"
    )


def _happened(row: Row, table) -> int:
    """What a dated table has on the row's day, in minor units."""
    return sum(amount for day, amount in table if day == row.happens)


def _moved(part: Part) -> Column:
    amounts, dates = part.event("amounts"), part.event("dates")
    return Column(
        "move",
        "Drawn or repaid" if part.is_revolver else "Asked to prepay",
        "money",
        on_the_day(amounts, dates),
        lambda row: row.money(_happened(row, row.part.moves)),
        13.5,
        f"SUMIFS({{{amounts}}},{{{dates}}},closing_date)",
    )


def _event_columns(part: Part) -> list[Column]:
    """What a row between payments is called."""
    lesser = 'IF([anniversary_number]>[anniversary_number@],"Fee","Change")'
    if not part.has_anniversaries:
        lesser = '"Change"'
    if part.is_swept:
        lesser = f'IF([offered]>0,"Sweep",{lesser})'
    greater = 'IF([move]>0,"Prepayment",[lesser_event])'
    if part.is_revolver:
        greater = 'IF([move]>0,"Draw",IF([move]<0,"Repayment",[lesser_event]))'
    elif part.is_drawn_later:
        greater = f'IF([drawn]>0,"Draw",{greater})'
    return [
        Column(
            "lesser_event", "Or else", "word", f"IF([is_active]=0,0,{lesser})", _lesser, 9, CONSTANT
        ),
        Column(
            "other_event",
            "Between payments",
            "word",
            f"IF([is_active]=0,0,{greater})",
            _other_event,
            9,
            CONSTANT,
        ),
    ]


def _move_column() -> Column:
    """What a row between payments is called where a revolver has draws and fees alone."""

    def called(row: Row):
        moved = _happened(row, row.part.moves)
        if not row.before:
            return 0
        return "Draw" if moved > 0 else "Repayment" if moved else "Fee"

    return Column(
        "other_event",
        "Between payments",
        "word",
        'IF([is_active]=0,0,IF([move]<0,"Repayment",IF([move]>0,"Draw","Fee")))',
        called,
        9,
        CONSTANT,
    )


def _lesser(row: Row):
    if not row.before:
        return 0
    if row.part.is_swept and _happened(row, row.part.conditions.swept):
        return "Sweep"
    return "Fee" if row.flow.anniversary_number > row.before.anniversary_number else "Change"


def _other_event(row: Row):
    if not row.before:
        return 0
    moved = _happened(row, row.part.moves)
    if row.part.is_revolver and moved:
        return "Draw" if moved > 0 else "Repayment"
    if row.flow.drawn:
        return "Draw"
    return "Prepayment" if moved else _lesser(row)


def _drawing_columns() -> list[Column]:
    """A loan's later drawings, and all drawings so far."""
    return [
        Column(
            "drawn_on_the_day",
            "Drawn on the day",
            "money",
            on_the_day("event_drawn", "event_dates"),
            lambda row: row.money(row.flow.drawn),
            13.5,
            "{principal}+SUMIFS({event_drawn},{event_dates},closing_date)",
        ),
        Column(
            "drawn_to_date",
            "Drawn to date",
            "money",
            "[drawn_to_date@]*[is_active]+[drawn]",
            lambda row: row.money(row.flow.to_date.drawn),
            13.5,
            "[drawn]",
        ),
        Column(
            "draws_ended",
            "Draws ended",
            "count",
            "IF(OR([settled_through]>={last_draw},[drawn_to_date]>={size}),1,0)",
            _draws_ended,
            8.5,
        ),
    ]


def _draws_ended(row: Row) -> int:
    """Whether nothing more can be drawn: the last day has passed, or all is drawn."""
    plan = row.part.plan
    is_late = row.flow.settled_through >= plan.last_draw
    return int(is_late or row.flow.to_date.drawn >= plan.size)


def _sweep_columns(part: Part) -> list[Column]:
    owed = "[opening_balance]" + "+[drawn]" * part.is_drawn_later
    owed += "-[scheduled_principal]" * part.has_instalments
    return [
        Column(
            "offered",
            "Offered by the sweep",
            "money",
            on_the_day("event_offered", "event_dates"),
            lambda row: row.money(_happened(row, row.part.conditions.swept)),
            13.5,
            CONSTANT,
        ),
        Column(
            "swept",
            "Swept",
            "money",
            f"MIN([offered],ROUND({owed}-[move],{part.currency.digits}))",
            lambda row: row.money(row.flow.swept),
            13.5,
            CONSTANT,
        ),
    ]


def _finished_formula(part: Part) -> str:
    if part.is_revolver:
        return "IF(OR([is_active]=0,[is_maturity]=1),1,0)"
    repaid = "[closing_balance]=0"
    if part.is_drawn_later:
        repaid = "AND([closing_balance]=0,[draws_ended]=1)"
    return f"IF(OR([is_active]=0,[is_maturity]=1,{repaid}),1,0)"
