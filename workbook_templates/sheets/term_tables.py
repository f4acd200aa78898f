"""Tables of terms that formulas look up: steps, listed instalments, call premiums, commitments.

Each cell links to the term above it on the sheet, so that a term stands in one place.
"""

from typing import NamedTuple

from workbook_templates.contents import Contents
from workbook_templates.part import Part
from workbook_templates.row import LAST_DATE

AMOUNT_WIDTH = 18  # fits an amount below 100 billion


class TermTable(NamedTuple):
    """A heading, the heads, names and styles of its columns, and rows of (formula, value)."""

    heading: str
    heads: tuple[str, ...]
    names: tuple[str, ...]
    styles: tuple[str, ...]
    rows: tuple[tuple[tuple[str | None, object], ...], ...]


def write(sheet, row: int, contents: Contents, part: Part) -> int:
    """Each table of the tranche, one under the other; the next free row."""
    for table in tables(part):
        sheet.text(row, 1, f"{table.heading}: {part.tranche.name}", "heading")
        row += 1
        for column, head in enumerate(table.heads, 2):
            sheet.text(row, column, head, "column_head")
            sheet.widths({column: max(sheet.column_widths.get(column, 0), AMOUNT_WIDTH)})
        first = row + 1
        for cells in table.rows:
            row += 1
            for column, ((formula, value), style) in enumerate(
                zip(cells, table.styles, strict=True), 2
            ):
                _cell(sheet, row, column, part, formula, value, style)
        for column, name in enumerate(table.names, 2):
            contents.book.name(part.name(name), sheet, (first, column), (row, column))
        row += 2
    return row


def _cell(sheet, row: int, column: int, part: Part, formula, value, style: str) -> None:
    if formula is not None:
        name = formula if formula in ("closing_date", "last_date") else part.name(formula)
        sheet.formula(row, column, name, value, style)
    else:
        sheet.number(row, column, value, style)


def tables(part: Part):
    """The tables that the tranche's formulas look up."""
    repayment = part.plan.repayment
    if repayment.type == "steps":
        yield _steps(repayment.steps)
    if repayment.type == "custom":
        yield TermTable(
            "Instalments",
            ("Due", "Amount"),
            ("instalment_dates", "instalment_amounts"),
            ("date", "money"),
            tuple(
                (
                    (f"repayment_instalments_{number}_due", each.due),
                    (f"repayment_instalments_{number}_amount", each.amount),
                )
                for number, each in enumerate(repayment.instalments, 1)
            ),
        )
    if part.plan.drawings:
        yield _drawings(part)
    if part.plan.call_protection is not None:
        yield _call_premiums(part.plan.call_protection.steps)
    if part.is_revolver and part.tranche.commitment_steps:
        yield _commitments(part)


def _steps(steps) -> TermTable:
    def given(number: int, each, field: str):
        value = getattr(each, field)
        return (None, 0) if value is None else (f"repayment_steps_{number}_{field}", value)

    return TermTable(
        "Steps of the instalments",
        ("From", "Amount", "Rate"),
        ("step_dates", "step_amounts", "step_rates"),
        ("date", "money", "rate"),
        tuple(
            (
                (f"repayment_steps_{number}_start", each.start),
                given(number, each, "amount"),
                given(number, each, "rate"),
            )
            for number, each in enumerate(steps, 1)
        ),
    )


def _drawings(part: Part) -> TermTable:
    return TermTable(
        "Later closings",
        ("Date", "Amount"),
        ("drawing_dates", "drawing_amounts"),
        ("date", "money"),
        tuple(
            ((f"drawings_{number}_date", each.date), (f"drawings_{number}_amount", each.amount))
            for number, each in enumerate(part.tranche.drawings, 1)
        ),
    )


def _call_premiums(steps) -> TermTable:
    rows = [
        (
            (f"call_protection_steps_{number}_until", each.until),
            (f"call_protection_steps_{number}_premium", each.premium),
        )
        for number, each in enumerate(steps, 1)
    ]
    rows.append((("last_date", LAST_DATE), (None, 0)))
    return TermTable(
        "Call premiums",
        ("Until", "Premium"),
        ("call_until", "call_premiums"),
        ("date", "rate"),
        tuple(rows),
    )


def _commitments(part: Part) -> TermTable:
    rows = [(("closing_date", part.closing_date), ("commitment", part.tranche.commitment))]
    rows += [
        (
            (f"commitment_steps_{number}_start", each.start),
            (f"commitment_steps_{number}_commitment", each.commitment),
        )
        for number, each in enumerate(part.tranche.commitment_steps, 1)
    ]
    return TermTable(
        "Commitment",
        ("From", "Commitment"),
        ("commitment_dates", "commitment_amounts"),
        ("date", "money"),
        tuple(rows),
    )
