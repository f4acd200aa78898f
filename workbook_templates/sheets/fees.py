"""Fees: what each charges over the life, what it is by the terms, and the sum in the schedule.

Fees on a balance are worked out once more here, from the balance of their day.
"""

from textwrap import wrap

from lexp_calc.fees import AnniversaryFee, of_kind
from lexp_calc.fees import fee as fee_on
from lexp_calc.periods import MONTHS_IN_A_YEAR, add_months, anniversaries
from lexp_calc.rates import units
from lexp_calc.term_list import passage_stating
from lexp_calc.tranches.charges import CALL_PREMIUM
from lexp_calc.wording import amount_text, per_cent_text
from workbook_templates.addresses import Area
from workbook_templates.contents import Contents
from workbook_templates.part import Part
from workbook_templates.sheets.fee_columns import fee_key, fee_names
from workbook_templates.table import Column, Table

CHARACTERS_A_LINE = 115  # that fit under the table
LAST_COLUMN = 7


def write(contents: Contents) -> None:
    """For each tranche with fees a list of them, and a table for those on anniversaries."""
    charged = [part for part in contents.parts if part.has_fees]
    if not charged:
        return
    sheet = contents.sheet("Fees", "calculation")
    row = 4
    for part in charged:
        sheet.text(row, 1, part.tranche.name, "heading")
        row = _list(sheet, row + 1, part) + 2
        for fee_id, each in of_kind(part.tranche.fees, AnniversaryFee).items():
            sheet.text(row, 1, f"{part.tranche.name}: {each.name}, worked out again", "heading")
            row = _anniversaries(sheet, row + 1, part, fee_id, each) + 2
    for part in charged:
        row = _sentences(sheet, row, contents, part)
    sheet.print_setup(Area(1, 1, row, LAST_COLUMN), orientation="either")
    sheet.freeze(4, 1)


def _list(sheet, head_row: int, part: Part) -> int:
    """One line a fee: its kind, its name, and all that the schedule charges of it."""
    fees = part.tranche.fees
    keys = fee_names(part)
    totals = {
        fee_id: part.money(sum(row.charges.get(fee_id, 0) for row in part.schedule.rows))
        for fee_id in keys
    }
    for column, head in enumerate(("Kind", "Fee", "In the schedule"), 1):
        style = "column_head" if column == 3 else "column_head_text"
        sheet.text(head_row, column, head, style)
    name_width = max([34, *(len(each.name) for each in fees.values())])
    name_width = max(name_width, sheet.column_widths.get(2, 0))
    sheet.widths({1: 18, 2: name_width, 3: 20, 4: 16, 5: 16, 6: 16, 7: 14})
    row = head_row
    for fee_id, key in keys.items():
        row += 1
        is_call = fee_id == CALL_PREMIUM
        sheet.text(row, 1, "call premium" if is_call else fees[fee_id].type, "label")
        sheet.text(row, 2, "Premium on prepayments" if is_call else fees[fee_id].name, "label")
        formula = f"SUM({part.name(f'schedule_{key}')})"
        sheet.formula(row, 3, formula, totals[fee_id], "money")
    area = Area(head_row + 1, 3, row, 3)
    row += 1
    sheet.text(row, 1, "Total", "label_total")
    sheet.blank(row, 2, "label_total")
    sheet.formula(row, 3, f"SUM({area.name()})", sum(totals.values()), "money_total")
    sheet.book.name(part.name("fees_total"), sheet, (row, 3))
    return row


def _anniversaries(sheet, head_row: int, part: Part, fee_id: str, each: AnniversaryFee) -> int:
    """One line for each anniversary up to the last possible maturity."""
    days = list(anniversaries(part.closing_date, part.maturities[-1]))
    key = fee_key(part, fee_id)

    def amount(number: int):
        return part.money(fee_on(part.schedule.balance(days[number - 1]), units(each.rate)))

    digits = part.currency.digits
    columns = (
        Column("number", "Year", "count", None, lambda number: number, 18),
        Column(
            "day",
            "Date",
            "date",
            "EDATE(closing_date,[number]*months_in_year)",
            lambda number: add_months(part.closing_date, MONTHS_IN_A_YEAR * number),
            sheet.column_widths[2],
        ),
        Column(
            "base",
            "Outstanding at the end of the day",
            "money",
            'ROUND(SUMIFS({schedule_balance_change},{schedule_payment_date},"<="&[day]),'
            f"{digits})",
            lambda number: part.money(part.schedule.balance(days[number - 1])),
            20,
        ),
        Column("rate", "Fee rate", "rate", f"{{fees_{key}_rate}}", lambda number: each.rate, 16),
        Column("fee", "Fee", "money", f"ROUND([base]*[rate],{digits})", amount, 16, total=True),
        Column(
            "paid",
            "In the schedule",
            "money",
            f"SUMIFS({{schedule_fee_{key}}},{{schedule_payment_date}},[day])",
            amount,
            16,
            total=True,
        ),
        Column("difference", "Difference", "money", "[fee]-[paid]", lambda number: 0, 14),
    )
    table = Table(sheet, columns, head_row, 1, part.name).write(range(1, len(days) + 1))
    sheet.heights({head_row: 30})
    total = sum(amount(number) for number in range(1, len(days) + 1))
    table.define(f"anniversaries_{key}_difference", "difference")
    return table.totals("Total", {"fee": total, "paid": total})


def _sentences(sheet, row: int, contents: Contents, part: Part) -> int:
    """What the documents say of each fee."""
    for fee_id, each in part.tranche.fees.items():
        field = "rate" if hasattr(each, "rate") else "amount"
        source = passage_stating(part.tranche, f"fees.{fee_id}.{field}")
        says = contents.deal.passage[source].shown if source else "assumption"
        size = per_cent_text(each.rate) if field == "rate" else amount_text(each.amount)
        for line in wrap(f"{each.name}, {size}: {says}", CHARACTERS_A_LINE):
            sheet.text(row, 1, line, "note")
            row += 1
    return row
