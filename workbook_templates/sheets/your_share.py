"""Your share: what a lender that holds a part of the tranche has lent, and gets on each date.

Row by row beside the Schedule. The balance is the share of the tranche's, rounded; what is
drawn and repaid is what that balance moves by; interest and fees are rounded for themselves:
lexp_calc.shared_schedule says why.
"""

from collections.abc import Callable

from lexp_calc.shared_schedule import SharedFlow, shared_schedule
from workbook_templates.addresses import Area, column_letters
from workbook_templates.contents import Contents
from workbook_templates.part import Part
from workbook_templates.table import CONSTANT, GAP, Column, Table

TITLE = "Your share"
SHARE_NAME = "lender_share"
LENDER_ROW, SHARE_ROW, HEAD_ROW = 4, 5, 8
LABEL, VALUE, UNIT = 1, 3, 4
ROUNDING = (
    "Balance: your share of the tranche's, rounded; drawn and repaid: what it moves by. Interest "
    "and fees: your share of each, rounded. All lenders' amounts may miss the tranche's by cents."
)
NAMED_COLUMNS = (
    "payment_date",
    "drawn",
    "interest",
    "total_payment",
    "closing_balance",
    "principal",
    "added",
    "balance_change",
    "roll_forward_check",
    "sum_check",
)


def write(contents: Contents) -> None:
    """The share, and a row for each of the Schedule's; nothing for a lender of all or of none."""
    if contents.share is None:
        return
    part = contents.parts[0]
    sheet = contents.sheet(TITLE, "calculation", f"{TITLE}: {contents.lender.name}")
    sheet.text(3, 1, ROUNDING, "note")
    sheet.text(LENDER_ROW, LABEL, "Lender", "label")
    sheet.text(LENDER_ROW, VALUE, contents.lender.name)
    sheet.text(SHARE_ROW, LABEL, "Your share", "label")
    sheet.number(SHARE_ROW, VALUE, contents.share, "rate_exact")
    sheet.text(SHARE_ROW, UNIT, "% of the tranche", "unit")
    contents.book.name(SHARE_NAME, sheet, (SHARE_ROW, VALUE))
    shown, workings = _shown(part), _workings(part)
    flows = list(shared_schedule(part.schedule.rows, contents.share))
    rows = [*flows, *[None] * (part.room.rows - len(flows))]
    table = Table(sheet, (*shown, GAP, *workings), HEAD_ROW, 1, part.name)
    table.write(enumerate(rows, 1))
    first_working = table.position["gap"] + 1
    sheet.text(HEAD_ROW - 1, first_working, "Workings (not printed)", "heading")
    totals = {
        column.key: part.money(sum(getattr(flow, column.key) for flow in flows))
        for column in shown
        if column.total
    }
    last_row = table.totals("Total", totals)
    for key in NAMED_COLUMNS:
        table.define(f"share_{key}", key)
    sheet.heights({HEAD_ROW: 30})
    sheet.freeze(HEAD_ROW + 1, table.position["payment_date"] + 1)
    last_shown = table.position["gap"] - 1
    contents.as_of(sheet, last_shown - 1)
    sheet.print_setup(Area(1, 1, last_row, last_shown), (HEAD_ROW, HEAD_ROW))
    sheet.group_columns(first_working, last_shown + 1 + len(workings))
    _mark_rows(sheet, table, last_shown)


def _amount(
    part: Part, key: str, head: str, formula: str, width: float = 13.5, total: bool = False
) -> Column:
    """A column of the lender's amounts; 0 in a row that is not in use."""

    def value(row: tuple[int, SharedFlow | None]):
        _, flow = row
        return part.money(getattr(flow, key)) if flow else 0

    return Column(key, head, "money", formula, value, width, total=total)


def _of_schedule(key: str) -> str:
    """The tranche's figure on the same row of the Schedule."""
    return f"INDEX({{schedule_{key}}},[line])"


def _shared(part: Part, amount: str) -> str:
    return f"ROUND({amount}*{SHARE_NAME},{part.currency.digits})"


def _shown(part: Part) -> tuple[Column, ...]:
    """What the lender reads: dates, its balance, what it lends and gets."""
    digits = part.currency.digits

    def moved(key: str, head: str, before: str, after: str, width: float = 13.5) -> Column:
        return _amount(part, key, head, f"ROUND([{before}]-[{after}],{digits})", width, True)

    kind, instalments = bool(part.in_kind), part.has_instalments
    lent = "after_in_kind" if kind else "after_drawing"
    repaid = "[scheduled_principal]+" * instalments + "[prepayment]+[balloon]"
    columns = [
        _figure("payment_number", "No.", "count", lambda flow: flow.payment_number, 6.5),
        _figure("payment_date", "Payment date", "date", lambda flow: flow.payment_date, 12.5),
        Column(
            "opening_balance",
            "Opening balance",
            "money",
            "[closing_balance@]",
            lambda row: part.money(row[1].opening_balance) if row[1] else 0,
            15,
            CONSTANT,
        ),
        moved("drawn", "Drawn", "after_drawing", "opening_balance", 15),
        _amount(part, "interest", "Interest", _shared(part, _of_schedule("interest")), total=True),
    ]
    if kind:
        columns.append(moved("pik_interest", "Interest in kind", lent, "after_drawing"))
    if instalments:
        columns.append(
            moved("scheduled_principal", "Scheduled principal", lent, "after_instalment")
        )
    columns += [
        moved(
            "prepayment",
            "Repayment" if part.is_revolver else "Prepayment",
            "after_instalment" if instalments else lent,
            "after_prepayment",
        ),
        moved("balloon", "Due at maturity", "after_prepayment", "closing_balance", 15),
    ]
    if part.has_fees:
        columns.append(
            _amount(part, "fees", "Fees", _shared(part, _of_schedule("fees")), total=True)
        )
    total = f"[interest]+{repaid}{'+[fees]' * part.has_fees}"
    columns += [
        _amount(part, "total_payment", "Total payment", total, 15, True),
        _amount(
            part,
            "closing_balance",
            "Closing balance",
            _shared(part, _of_schedule("closing_balance")),
            15,
        ),
    ]
    return tuple(columns)


def _figure(key: str, head: str, style: str, of_flow: Callable, width: float) -> Column:
    """A figure of the Schedule as it is."""
    return Column(
        key, head, style, _of_schedule(key), lambda row: of_flow(row[1].flow) if row[1] else 0, width
    )


def _workings(part: Part) -> tuple[Column, ...]:
    """The lender's balance after each thing that happens on a day, and what must be zero."""
    digits, kind, instalments = part.currency.digits, bool(part.in_kind), part.has_instalments

    def unrounded(row):
        _, flow = row
        return part.money(flow.flow.closing_balance + flow.flow.balloon) if flow else 0

    opening, drawn = _of_schedule("opening_balance"), _of_schedule("drawn")
    closing, repaid = _of_schedule("closing_balance"), _of_schedule("principal")
    before = f"([tranche_after_prepayment]+{_of_schedule('prepayment')})"
    columns = [
        Column("line", "Row of the Schedule", "count", "[line@]+1", lambda row: row[0], 11,
               CONSTANT),
        Column(
            "tranche_after_prepayment",
            "Tranche: after prepayment",
            "money",
            f"{closing}+{_of_schedule('balloon')}",
            unrounded,
            15,
        ),
        _amount(part, "after_drawing", "After drawing", _shared(part, f"({opening}+{drawn})"), 15),
    ]  # fmt: skip
    if kind:
        columns.append(
            _amount(
                part,
                "after_in_kind",
                "After interest in kind",
                _shared(part, f"({closing}+{repaid})"),
                15,
            )
        )
    if instalments:
        columns.append(
            _amount(part, "after_instalment", "After instalment", _shared(part, before), 15)
        )
    columns.append(
        _amount(
            part,
            "after_prepayment",
            "After prepayment",
            _shared(part, "[tranche_after_prepayment]"),
            15,
        )
    )
    added = "[drawn]" + "+[pik_interest]" * kind
    parts = "[scheduled_principal]+" * instalments + "[prepayment]+[balloon]"
    rolled = f"[opening_balance]+{added}-[principal]-[closing_balance]"
    paid = "[total_payment]-[interest]-[principal]" + "-[fees]" * part.has_fees
    columns += [
        _amount(part, "principal", "Principal repaid", f"ROUND({parts},{digits})"),
        Column("added", "Added to the balance", "money", f"ROUND({added},{digits})",
               lambda row: part.money(row[1].drawn + row[1].pik_interest) if row[1] else 0, 13.5),
        Column("balance_change", "Balance change", "money",
               f"ROUND([closing_balance]-[opening_balance],{digits})",
               lambda row: part.money(row[1].closing_balance - row[1].opening_balance)
               if row[1] else 0, 13.5),
        Column("roll_forward_check", "Check: roll-forward", "money",
               f"ROUND({rolled},{digits})", lambda row: 0, 11),
        Column("sum_check", "Check: sum of parts", "money", f"ROUND({paid},{digits})",
               lambda row: 0, 11),
    ]  # fmt: skip
    return tuple(columns)


def _mark_rows(sheet, table: Table, last_shown: int) -> None:
    """Greys what is not in use and sets each year apart, as on the Schedule."""
    first = table.first_row
    body = Area(first, 1, table.last_row, last_shown)
    day = column_letters(table.position["payment_date"])
    sheet.grey_where(body, f"${day}{first}=0")
    new_year = f"AND(${day}{first}>0,YEAR(${day}{first})<>YEAR(${day}{first - 1}))"
    sheet.emphasise_where(body, new_year, "new_year")
