"""Deals, schedules and tables as HTML, as notebooks show them.

Plain tables with no script and no outside resource; colours are those of the page around
them, so that they read on a dark page too. All text is escaped.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from html import escape

from lexp_calc.wording import amount_text, counted, decimal_text

MOST_ROWS, LAST_ROWS = 60, 10  # of a table, the last of them from its end: a balloon stands there
YEAR = "year"  # the heading of whole numbers that take no thousands separator
STYLE = "border-collapse:collapse;font-variant-numeric:tabular-nums"
TEXT, NUMBER = "text-align:left;padding:2px 8px", "text-align:right;padding:2px 8px"
BELOW_HEAD = ";border-bottom:1px solid currentColor"


def table_html(headings: Sequence[str], rows: Iterable[Sequence[object]], caption: str = "") -> str:
    """Rows below headings, numbers to the right, None as an empty cell.

    Of a long table the first and the last rows, with a line that says how many are left out.
    """
    rows = list(rows)
    columns = [
        f"{NUMBER if any(is_number(row[place]) for row in rows) else TEXT}{BELOW_HEAD}"
        for place in range(len(headings))
    ]
    head = "".join(
        f'<th scope="col" style="{style}">{escape(str(heading))}</th>'
        for heading, style in zip(headings, columns, strict=True)
    )
    title = f'<caption style="text-align:left">{escape(caption)}</caption>' if caption else ""
    return (
        f'<div style="overflow-x:auto"><table style="{STYLE}">{title}'
        f"<thead><tr>{head}</tr></thead><tbody>{_body(headings, rows)}</tbody></table></div>"
    )


def _body(headings: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    if len(rows) <= MOST_ROWS:
        return "".join(_row(headings, row) for row in rows)
    first, last = rows[: MOST_ROWS - LAST_ROWS], rows[-LAST_ROWS:]
    left_out = (
        f'<tr><td colspan="{len(headings)}" style="{TEXT}">… '
        f"{counted(len(rows) - MOST_ROWS, 'row')} of {len(rows):,} left out …</td></tr>"
    )
    shown = [_row(headings, row) for row in (*first, *last)]
    return "".join((*shown[: len(first)], left_out, *shown[len(first) :]))


def _row(headings: Sequence[str], row: Sequence[object]) -> str:
    return f"<tr>{''.join(map(_cell, headings, row))}</tr>"


def _cell(heading: str, value: object) -> str:
    text = str(value) if heading == YEAR and value is not None else cell_text(value)
    return f'<td style="{NUMBER if is_number(value) else TEXT}">{escape(text)}</td>'


def is_number(value: object) -> bool:
    """Whether it is shown as a number; a truth value is a word."""
    return isinstance(value, (int, float, Decimal)) and not isinstance(value, bool)


def cell_text(value: object) -> str:
    """A value as people read it: thousands separators, no zeros at the end of a ratio."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Decimal):
        decimals = -value.as_tuple().exponent
        return amount_text(value) if 0 <= decimals <= 2 else decimal_text(value)
    if isinstance(value, int):
        return f"{value:,}"
    return value.isoformat() if isinstance(value, date) else str(value)


def section_html(title: str, *parts: str) -> str:
    """A title above tables."""
    return f"<section><h4>{escape(title)}</h4>{''.join(parts)}</section>"
