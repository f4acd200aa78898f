"""The rows of a receivables ageing, from a CSV file or the cells of a sheet.

A heading row names the columns, in any order and case:

- customer: whose debt it is; a customer may stand in many rows
- the age, in one of four forms: `days` (past invoice or past due, as the contract counts),
  `invoice_date`, `due_date` (both counted to the ageing's as-of date), or one column of
  amounts a bucket, each headed `current` or like `0-30`, `31-60 days`,
  `over 90` or `90+`
- amount: what is owed, a credit below zero (not beside buckets, which hold the amounts)
- contra: what the borrower owes the customer, in one row of that customer
- foreign, intercompany, government: yes or no, blank for no; one yes marks the customer
- invoice: a number or text for the reader, not used

Without a heading row the columns are customer, amount, days.
"""

import csv
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from lexp_calc.arguments import ERROR_VALUES, shortest_decimal
from lexp_calc.errors import LexpError, NotThere, OutOfRange, Problems, WrongKind, quoted
from lexp_calc.money import Currency
from lexp_calc.spelling import expected_one_of, folded
from lexp_calc.terms import read_amount, read_day, read_text

FLAGS = ("foreign", "intercompany", "government")
DATES = ("invoice date", "due date")
HEADINGS = ("customer", "invoice", "days", *DATES, "amount", "contra", *FLAGS)
# What the last line of an ageing is called where a program has added it up.
SUMS = ("total", "totals", "grand total", "sum", "subtotal")
WITHOUT_HEADINGS = ("customer", "amount", "days")
BUCKET = re.compile(
    r"(?:(\d{1,4}) ?- ?(\d{1,4})|over (\d{1,4})|(\d{1,4}) ?\+|current)(?: days)?", re.ASCII
)
LARGEST_AGE = 3650  # days
LARGEST_AGEING = 100_000  # rows
LONGEST_CUSTOMER = 200  # bytes
MOST_REPORTED = 20  # bad rows; a file in another form would fill the screen
YES_OR_NO = {"yes": True, "no": False, "true": True, "false": False, "": False}


@dataclass(frozen=True)
class AgedAmount:
    """What one row says: minor units and whole days; `flags` are some of FLAGS."""

    customer: str
    amount: int
    days: int
    contra: int = 0
    flags: frozenset[str] = frozenset()


@dataclass(frozen=True)
class _Bucket:
    """A column of amounts by age, both ends in days; `last` None for 'over 90'."""

    first: int
    last: int | None

    def days(self, over_days: int) -> int | None:
        """An age of the bucket; None where the limit lies within it."""
        if self.last is None:
            return self.first if self.first > over_days else None
        return None if self.first <= over_days < self.last else self.last


def amounts_in_rows(
    rows: Sequence[Sequence[object]],
    where: str,
    currency: Currency,
    over_days: int,
    as_of: date | None = None,
) -> list[AgedAmount]:
    """The rows as amounts by age, or every bad row at once.

    `over_days` matters to buckets alone: one that holds both older and younger amounts
    cannot say which are too old and is refused.
    """
    numbered = [(number, list(row)) for number, row in enumerate(rows, 1)]
    return _amounts(numbered, where, _Reading(currency, over_days, as_of, _typed))


def amounts_in_csv(
    text: str, where: str, currency: Currency, over_days: int, as_of: date | None
) -> list[AgedAmount]:
    """The same from the text of a CSV file with a heading row; lines with # are notes."""
    reader = csv.reader(text.splitlines(True))
    try:
        numbered = [(reader.line_num, row) for row in reader]
    except csv.Error as failure:
        raise WrongKind(where, f"found: {failure}", "a CSV file would be right") from None
    kept = [(number, row) for number, row in numbered if not (row and row[0].startswith("#"))]
    return _amounts(kept, where, _Reading(currency, over_days, as_of, _written))


@dataclass(frozen=True)
class _Reading:
    """What the rows do not say themselves."""

    currency: Currency
    over_days: int
    as_of: date | None
    number: Callable[[object], object]  # what may stand for a number


def _typed(cell: object) -> object:
    """A number of a sheet's cell, which may be a binary float: text is none."""
    if isinstance(cell, str):
        raise WrongKind("", quoted(cell), "a number, not text, would be right")
    return shortest_decimal(cell) if isinstance(cell, float) else cell


def _written(cell: object) -> object:
    """A number of a file, where all is text."""
    return cell


def _amounts(numbered, where: str, reading: _Reading) -> list[AgedAmount]:
    numbered = [(number, row) for number, row in numbered if any(map(_is_filled, row))]
    if not numbered:
        raise NotThere(where, "found no rows", "a row for each invoice or customer would be right")
    if len(numbered) > LARGEST_AGEING:
        found = f"found {len(numbered):,} rows"
        raise OutOfRange(where, found, f"at most {LARGEST_AGEING:,} would be right")
    number, first = numbered[0]
    headings = WITHOUT_HEADINGS
    if any(folded_heading(cell) in HEADINGS for cell in first):
        headings = [folded_heading(cell) for cell in first]
        del numbered[0]
    columns = _columns(headings, f"{where}: row {number}", reading)
    problems, amounts = [], []
    for number, row in numbered:
        try:
            amounts += _row(row, columns, reading)
        except LexpError as problem:
            joint = ": " if problem.where else ""
            problems.append(problem.at(f"{where}: row {number}", joint))
    if len(problems) == 1:
        raise problems[0]
    if problems:
        raise Problems(problems[:MOST_REPORTED])
    if not amounts:
        raise NotThere(where, "found no rows", "rows under the headings would be right")
    return amounts


def folded_heading(cell: object) -> str:
    """A heading as it is compared: 'Invoice_Date' is 'invoice date'."""
    return folded(cell).replace("_", " ") if isinstance(cell, str) else ""


def _is_filled(cell: object) -> bool:
    return cell is not None and (not isinstance(cell, str) or bool(cell.strip()))


def _columns(headings, where: str, reading: _Reading) -> list[tuple[int, str | _Bucket]]:
    """Position and meaning of each column; None of them twice, the age in one form."""
    columns: list[tuple[int, str | _Bucket]] = []
    for position, heading in enumerate(headings):
        bucket = BUCKET.fullmatch(heading)
        if bucket:
            columns.append((position, _bucket(bucket, where, reading.over_days)))
        elif heading in HEADINGS:
            columns.append((position, heading))
        elif heading:
            raise NotThere(where, quoted(heading), expected_one_of(heading, HEADINGS))
    meanings = [meaning for _, meaning in columns]
    if "customer" not in meanings:
        raise NotThere(where, "found no customer", "a column headed customer would be right")
    if len(set(meanings)) != len(meanings):
        raise OutOfRange(where, "found a heading twice", "each column once would be right")
    ages = [each for each in ("days", *DATES) if each in meanings]
    buckets = [each for each in meanings if isinstance(each, _Bucket)]
    if len(ages) + bool(buckets) != 1:
        named = [*ages, "columns by age"] if buckets else ages
        found = f"found {' and '.join(named) or 'no age'}"
        raise WrongKind(where, found, "one of days, invoice_date, due_date or columns such as 0-30")
    if bool(buckets) == ("amount" in meanings):
        found = "found columns by age and amount" if buckets else "found no amount"
        expected = "a column headed amount, or columns by age, would be right"
        raise WrongKind(where, found, expected)
    if ages and ages[0] in DATES and reading.as_of is None:
        expected = "the as_of date of the ageing beside it would be right"
        raise NotThere(where, f"found {ages[0]}", expected)
    return columns


def _bucket(match: re.Match, where: str, over_days: int) -> _Bucket:
    first, last, over, plus = match.groups()
    above = over or plus
    bucket = _Bucket(int(above) + 1, None) if above else _Bucket(int(first or 0), int(last or 0))
    if bucket.last is not None and bucket.last < bucket.first:
        raise OutOfRange(where, quoted(match[0]), "the smaller number of days first would be right")
    if bucket.days(over_days) is None:
        expected = (
            f"columns that part at {over_days} days, such as over {over_days}, would be right"
        )
        raise OutOfRange(where, quoted(match[0]), expected)
    return bucket


def _row(row: list, columns, reading: _Reading) -> list[AgedAmount]:
    """One amount of a row, or one a bucket."""
    if len(row) < len(columns):
        raise WrongKind("", f"found {len(row)} columns", f"{len(columns)} would be right")
    beyond = {position for position, _ in columns}
    if any(_is_filled(cell) for position, cell in enumerate(row) if position not in beyond):
        raise WrongKind("", "found a value without a heading", "a heading for it would be right")
    cells = {meaning: row[position] for position, meaning in columns}
    customer = cells.get("customer")
    if not isinstance(customer, str) or not customer.strip() or customer in ERROR_VALUES:
        raise WrongKind("customer", quoted(customer), "the name of a customer would be right")
    if folded(customer).rstrip(":") in SUMS:
        expected = "rows of customers alone would be right: sums are made here"
        raise WrongKind("customer", quoted(customer), expected)
    try:
        read_text(customer.strip(), LONGEST_CUSTOMER)
    except LexpError as problem:
        raise problem.at("customer", "") from None
    flags = frozenset(flag for flag in FLAGS if _yes(cells.get(flag), flag))
    contra = _money(cells.get("contra"), "contra", reading, blank=0)
    if contra < 0:
        raise OutOfRange("contra", f"found {cells['contra']}", "0 or more would be right")
    buckets = {each: cell for each, cell in cells.items() if isinstance(each, _Bucket)}
    if not buckets:
        amount = _money(cells["amount"], "amount", reading)
        return [AgedAmount(customer, amount, _days(cells, reading), contra, flags)]
    found = []
    for bucket, cell in buckets.items():
        amount = _money(cell, f"{bucket.first} days", reading, blank=0)
        # What the borrower owes is owed once, whatever the number of columns.
        owed = 0 if found else contra
        found.append(AgedAmount(customer, amount, bucket.days(reading.over_days), owed, flags))
    return found


def _yes(cell: object, where: str) -> bool:
    if cell is None or isinstance(cell, bool):
        return bool(cell)
    if not isinstance(cell, str) or folded(cell) not in YES_OR_NO:
        raise WrongKind(where, quoted(cell), "yes or no would be right")
    return YES_OR_NO[folded(cell)]


def _money(cell: object, where: str, reading: _Reading, blank: int | None = None) -> int:
    if not _is_filled(cell):
        if blank is None:
            raise WrongKind(where, "found nothing", "an amount would be right")
        return blank
    try:
        return reading.currency.minor_units(read_amount(reading.number(cell)), "")
    except LexpError as problem:
        raise type(problem)(where, problem.found, problem.expected) from None


def _days(cells: dict, reading: _Reading) -> int:
    """The age of a row, whichever column says it."""
    if "days" in cells:
        try:
            return _whole_days(reading.number(cells["days"]))
        except LexpError as problem:
            raise type(problem)("days", problem.found, problem.expected) from None
    heading = next(each for each in DATES if each in cells)
    cell = cells[heading]
    try:
        day = read_day(cell)
    except LexpError as problem:
        raise type(problem)(heading, problem.found, problem.expected) from None
    if heading == "invoice date" and day > reading.as_of:
        raise OutOfRange(heading, f"found {day}", f"a day up to {reading.as_of} would be right")
    return (reading.as_of - day).days


def _whole_days(cell: object) -> int:
    """Whole days; below zero for what is not due yet."""
    text = str(cell).strip() if not isinstance(cell, bool) else ""
    if not re.fullmatch(r"-?\d{1,6}(\.0+)?", text, re.ASCII):
        raise WrongKind("days", quoted(cell), "a whole number of days would be right")
    days = int(Decimal(text))
    if abs(days) > LARGEST_AGE:
        raise OutOfRange("days", f"found {days}", f"at most {LARGEST_AGE:,} would be right")
    return days
