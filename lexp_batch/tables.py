"""Tables on stdout: CSV and JSON for programs, aligned columns for people."""

import csv
import io
import json
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal

from lexp_calc.cash_flows import MONEY_COLUMNS, SCHEDULE_COLUMNS, Schedule
from lexp_calc.wording import amount_text, decimal_text, per_cent_text

RATE_COLUMNS = ("index_rate", "all_in_rate")
# Shown to people even where they hold nothing but zeros.
ALWAYS_SHOWN = (
    "payment_date",
    "accrual_start",
    "accrual_end",
    "days",
    "opening_balance",
    "interest",
    "total_payment",
    "closing_balance",
)
TOTALLED = ("drawn", *MONEY_COLUMNS[2:-1])
NONE = "-"


def schedule_records(schedule: Schedule) -> list[dict[str, object]]:
    """The rows with rates as the shortest plain decimals; amounts keep all their digits."""
    records = schedule.records()
    for record in records:
        for column in RATE_COLUMNS:
            record[column] = Decimal(decimal_text(record[column]))
    return records


def csv_text(records: Sequence[dict[str, object]], columns: Sequence[str]) -> str:
    """A heading and one line a record, without a line end after the last."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(columns)
    for record in records:
        writer.writerow([_plain(record[column]) for column in columns])
    return text.getvalue().rstrip("\n")


def json_text(records: Sequence[dict[str, object]]) -> str:
    """A list of objects; numbers are written with the digits they have (4800000.00)."""
    objects = []
    for record in records:
        pairs = (f"{json.dumps(key)}: {_json(value)}" for key, value in record.items())
        objects.append("  {" + ", ".join(pairs) + "}")
    return "[\n" + ",\n".join(objects) + "\n]" if objects else "[]"


def json_value(value: object) -> str:
    """One value of tables, lists and scalars; numbers with the digits they have."""
    if isinstance(value, dict):
        pairs = (f"{json.dumps(str(key))}: {json_value(each)}" for key, each in value.items())
        return "{" + ", ".join(pairs) + "}"
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(map(json_value, value)) + "]"
    return _json(value)


def _plain(value: object) -> str:
    if isinstance(value, Decimal):
        return f"{value:f}"
    return value.isoformat() if isinstance(value, date) else str(value)


def _json(value: object) -> str:
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, date):
        return json.dumps(value.isoformat())
    return json.dumps(value, ensure_ascii=False)


def aligned(
    heading: Sequence[str], rows: Iterable[Sequence[str]], left: Iterable[int] = ()
) -> list[str]:
    """Lines with each column as wide as its longest value; numbers right, `left` columns left.

    A heading may have several lines, parted by line ends; the last stands over a rule.
    """
    rows = list(rows)
    parts = [each.split("\n") for each in heading]
    height = max(len(part) for part in parts)
    parts = [[""] * (height - len(part)) + part for part in parts]
    lines = [[part[line] for part in parts] for line in range(height)]
    widths = [max(map(len, column)) for column in zip(*lines, *rows, strict=True)]
    left = set(left)

    def line(cells: Sequence[str]) -> str:
        padded = (
            cell.ljust(width) if number in left else cell.rjust(width)
            for number, (cell, width) in enumerate(zip(cells, widths, strict=True))
        )
        return "  ".join(padded).rstrip()

    rule = "  ".join("-" * width for width in widths)
    return [*map(line, lines), rule, *map(line, rows)]


def schedule_table(schedule: Schedule) -> str:
    """A schedule for people: separators, rates as per cent, zero as '-', a line of totals.

    Columns that are zero in every row are left out and named below.
    """
    records = schedule.records()
    shown = [
        column
        for column in SCHEDULE_COLUMNS
        if column in ALWAYS_SHOWN or any(record[column] for record in records)
    ]
    rows = [[_for_people(column, record[column]) for column in shown] for record in records]
    totals = [
        _for_people(column, schedule.total(column)) if column in TOTALLED else ""
        for column in shown
    ]
    totals[0] = "Total"
    heading = ["\n".join(column.rsplit("_", 1)).replace("_", " ") for column in shown]
    lines = aligned(heading, [*rows, totals], left=[0])
    lines.insert(-1, lines[len(lines) - len(rows) - 2])
    left_out = [column.replace("_", " ") for column in SCHEDULE_COLUMNS if column not in shown]
    if left_out:
        lines += ["", f"Zero throughout: {', '.join(left_out)}."]
    return "\n".join(lines)


def _for_people(column: str, value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    if not value:
        return NONE
    if column in RATE_COLUMNS:
        return per_cent_text(value)
    return amount_text(value) if isinstance(value, Decimal) else f"{value:,}"
