"""Fees: what is owed on closing and on each anniversary, on what, and where it is paid."""

from textwrap import wrap

from lexp_calc.fees import AnniversaryFee, ClosingFee, fee, rate_of
from lexp_calc.periods import MONTHS_IN_A_YEAR, add_months, anniversaries
from lexp_calc.rates import rate
from workbook_templates.addresses import Area
from workbook_templates.contents import Contents
from workbook_templates.part import Part
from workbook_templates.table import Column, Table

CHARACTERS_A_LINE = 115  # that fit under the table


def write(contents: Contents) -> None:
    """A table a tranche with fees."""
    charged = [part for part in contents.parts if part.has_fees]
    if not charged:
        return
    sheet = contents.sheet("Fees", "calculation")
    row = 4
    for part in charged:
        sheet.text(row, 1, part.tranche.name, "heading")
        row = _table(sheet, row + 1, part) + 2
    for part in charged:
        for each in part.tranche.fees.values():
            source = each.source.get("rate", "")
            says = contents.deal.passage[source].shown if source else "assumption"
            for line in wrap(f"{each.name}, {each.rate:.3%}: {says}", CHARACTERS_A_LINE):
                sheet.text(row, 1, line, "note")
                row += 1
    sheet.print_setup(Area(1, 1, row, 7))
    sheet.freeze(4, 1)


def _table(sheet, head_row: int, part: Part) -> int:
    """One line for the closing, one for each anniversary up to the last possible maturity."""
    days = [part.closing_date]
    if part.anniversary_fee_rate:
        days += anniversaries(part.closing_date, part.maturities[-1])
    closing_rate = rate_of(part.tranche.fees, ClosingFee)
    anniversary_rate = rate_of(part.tranche.fees, AnniversaryFee)

    def rate_on(number: int) -> int:
        return anniversary_rate if number else closing_rate

    def amount(number: int):
        day = add_months(part.closing_date, MONTHS_IN_A_YEAR * number)
        return part.money(fee(part.schedule.balance(day), rate_on(number)))

    def balance(number: int):
        day = add_months(part.closing_date, MONTHS_IN_A_YEAR * number)
        return part.money(part.schedule.balance(day))

    digits = part.currency.digits
    columns = (
        Column("number", "Year", "count", None, lambda number: number, 8),
        Column(
            "day",
            "Date",
            "date",
            "EDATE(closing_date,[number]*months_in_year)",
            lambda number: days[number],
            14,
        ),
        Column(
            "base",
            "Outstanding at the end of the day",
            "money",
            'ROUND(SUMIFS({schedule_balance_change},{schedule_payment_date},"<="&[day]),'
            f"{digits})",
            balance,
            20,
        ),
        Column(
            "rate",
            "Fee rate",
            "rate",
            "{anniversary_fee_rate}",
            lambda number: rate(rate_on(number)),
            12,
            "{closing_fee_rate}",
        ),
        Column("fee", "Fee", "money", f"ROUND([base]*[rate],{digits})", amount, 16, total=True),
        Column(
            "paid",
            "In the schedule",
            "money",
            "SUMIFS({schedule_fees},{schedule_payment_date},[day])",
            amount,
            16,
            total=True,
        ),
        Column("difference", "Difference", "money", "[fee]-[paid]", lambda number: 0, 14),
    )
    table = Table(sheet, columns, head_row, 1, part.name).write(range(len(days)))
    sheet.heights({head_row: 30})
    total = part.schedule.total("fees")
    last = table.totals("Total", {"fee": total, "paid": total})
    sheet.book.name(part.name("fees_total"), sheet, (last, table.position["fee"]))
    return last
