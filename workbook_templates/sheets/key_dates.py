"""The dates that a lender keeps in mind, live where they turn on the inputs."""

from datetime import date
from typing import NamedTuple

from lexp_calc.fees import AmendmentFee, of_kind
from lexp_calc.wording import per_cent_text
from workbook_templates.part import Part
from workbook_templates.sheets.fee_columns import fee_key
from workbook_templates.table import with_names

WHAT, LONGEST_LABEL = "Key date", 26  # characters


class KeyDate(NamedTuple):
    """A date in words, its formula with {names} of the tranche, and the core's value."""

    label: str
    formula: str
    day: date | int  # 0 where there is none


def write_key_dates(sheet, row: int, column: int, part: Part) -> int:
    """A line a date, the words in one column and the days in the next; the last row."""
    sheet.text(row, column, WHAT, "column_head_text")
    sheet.text(row, column + 1, "Date", "column_head")
    for each in key_dates(part):
        row += 1
        sheet.text(row, column, each.label, "label")
        formula = with_names(each.formula, part.name)
        sheet.formula(row, column + 1, formula, each.day, "date")
    return row


def key_dates(part: Part) -> list[KeyDate]:
    """From the closing to the last payment, in the order of their kinds, which no input moves."""
    return [
        KeyDate("Closing", "closing_date", part.closing_date),
        *_first_payments(part),
        *_draws(part),
        *_calls(part),
        *_fee_dates(part),
        *_maturities(part),
        KeyDate(
            "Last payment",
            "MAX({schedule_payment_date})",
            part.schedule.rows[-1].payment_date,
        ),
    ]


def _first(column: str) -> str:
    """The payment date of the first row that has 1 in a column."""
    return f"IFERROR(INDEX({{schedule_payment_date}},MATCH(1,{{{column}}},0)),0)"


def _first_payments(part: Part) -> list[KeyDate]:
    rows = [row for row in part.rows if row]
    paid = (row.flow.payment_date for row in rows if row.pays and row.flow.payment_number == 1)
    listed = [KeyDate("First payment", _first("schedule_payment_number"), next(paid, 0))]
    if part.has_instalments and part.plan.instalments.start > 1:
        repaid = (row.flow.payment_date for row in rows if row.is_instalment)
        listed.append(
            KeyDate("First instalment", _first("schedule_is_instalment"), next(repaid, 0))
        )
    return listed


def _draws(part: Part) -> list[KeyDate]:
    """Later closings, the end of the availability, steps of the commitment."""
    listed = [
        KeyDate("Later closing", f"{{drawings_{number}_date}}", day)
        for number, (day, _) in enumerate(part.plan.drawings, 1)
    ]
    if part.is_drawn_later and part.tranche.available_until is not None:
        listed.append(KeyDate("Last day for draws", "{last_draw}", part.plan.last_draw))
    if part.is_revolver:
        listed += [
            KeyDate("Commitment changes", f"{{commitment_steps_{number}_start}}", each.start)
            for number, each in enumerate(part.tranche.commitment_steps, 1)
        ]
    return listed


def _calls(part: Part) -> list[KeyDate]:
    """Until when a prepayment costs a premium, and a coupon may be paid in kind."""
    listed = []
    protection = part.plan.call_protection
    if protection is not None:
        if protection.make_whole is not None:
            until = "{call_protection_make_whole_until}"
            listed.append(KeyDate("Make-whole before", until, protection.make_whole.until))
        listed += [
            KeyDate(
                f"Call at {per_cent_text(1 + each.premium)} before",
                f"{{call_protection_steps_{number}_until}}",
                each.until,
            )
            for number, each in enumerate(protection.steps, 1)
        ]
    toggle = part.in_kind.terms.toggle if part.in_kind else None
    if toggle is not None and toggle.until is not None:
        listed.append(KeyDate("In kind at choice before", "{in_kind_toggle_until}", toggle.until))
    return listed


def _fee_dates(part: Part) -> list[KeyDate]:
    listed = [
        KeyDate(_short(each.name), f"{{fees_{fee_key(part, fee_id)}_date}}", each.date)
        for fee_id, each in of_kind(part.tranche.fees, AmendmentFee).items()
    ]
    if part.has_anniversaries:
        ahead = "{schedule_fee_date_ahead}"
        formula = f"IFERROR(SMALL({ahead},COUNTIF({ahead},0)+1),0)"
        listed.append(KeyDate("Next yearly fee", formula, next_yearly_fee(part)))
    return listed


def next_yearly_fee(part: Part) -> date | int:
    """The first day after the as-of date on which a yearly fee falls due; 0 where none does."""
    days = (row.flow.payment_date for row in part.rows if row and row.is_yearly_fee_ahead)
    return next(days, 0)


def _maturities(part: Part) -> list[KeyDate]:
    """Every maturity that the contract knows, and the one in force."""
    springing, extension = getattr(part.tranche, "springing", None), part.tranche.extension
    listed = []
    if springing and springing.if_outstanding:
        test = springing.if_outstanding
        listed.append(KeyDate("Test of earlier maturity", "{springing_if_outstanding_on}", test.on))
    if springing:
        listed.append(KeyDate("Maturity if it springs", "{springing_maturity}", springing.maturity))
    if extension:
        listed.append(KeyDate("Maturity if extended", "{extension_maturity}", extension.maturity))
    if springing or extension:
        listed.append(KeyDate("Maturity otherwise", "{maturity}", part.tranche.maturity))
    listed.append(KeyDate("Maturity in force", "{maturity_in_force}", part.maturity))
    return listed


def _short(name: str) -> str:
    return name if len(name) <= LONGEST_LABEL else "Amendment fee"
