"""Deals, schedules and tables as HTML, as notebooks show them.

Plain tables with no script and no outside resource; colours are those of the page around
them, so that they read on a dark page too. All text is escaped.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from html import escape

from lexp_calc.wording import amount_text, counted, decimal_text

MOST_ROWS = 60  # of a table; what is left out is said
STYLE = "border-collapse:collapse;font-variant-numeric:tabular-nums"
HEAD = "text-align:left;padding:2px 8px;border-bottom:1px solid currentColor"
TEXT, NUMBER = "text-align:left;padding:2px 8px", "text-align:right;padding:2px 8px"


def table_html(headings: Sequence[str], rows: Iterable[Sequence[object]], caption: str = "") -> str:
    """Rows below headings: numbers to the right, None as an empty cell."""
    rows = list(rows)
    head = "".join(f'<th scope="col" style="{HEAD}">{escape(str(each))}</th>' for each in headings)
    body = "".join(f"<tr>{''.join(map(_cell, row))}</tr>" for row in rows[:MOST_ROWS])
    title = f'<caption style="text-align:left">{escape(caption)}</caption>' if caption else ""
    left_out = ""
    if len(rows) > MOST_ROWS:
        left_out = f"<p>{MOST_ROWS} of {counted(len(rows), 'row')} are shown.</p>"
    return (
        f'<div style="overflow-x:auto"><table style="{STYLE}">{title}'
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>{left_out}</div>"
    )


def _cell(value: object) -> str:
    is_number = isinstance(value, (int, float, Decimal)) and not isinstance(value, bool)
    style = NUMBER if is_number else TEXT
    return f'<td style="{style}">{escape(cell_text(value))}</td>'


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
        return str(value) if 1900 <= value <= 2200 else f"{value:,}"  # a year, as a rule
    return value.isoformat() if isinstance(value, date) else str(value)


def section_html(title: str, *parts: str) -> str:
    """A title above tables."""
    return f"<section><h4>{escape(title)}</h4>{''.join(parts)}</section>"
