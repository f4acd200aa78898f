"""The term sheet: a TOML file read into a `Deal`, every problem in it reported at once."""

import csv
from collections.abc import Iterator
from datetime import date
from hashlib import sha256
from os.path import isdir, isfile
from pathlib import Path

from pydantic import ValidationError

from lexp_calc.ageing_files import with_ageings
from lexp_calc.calendars import CALENDARS
from lexp_calc.cross_checks import deal_problems
from lexp_calc.csv_files import csv_text
from lexp_calc.deal import Deal
from lexp_calc.errors import LexpError, NotThere, OutOfRange, Problems, WrongKind
from lexp_calc.holiday_file import calendar_from_csv
from lexp_calc.lender_files import with_lenders_file
from lexp_calc.rates import INDICES
from lexp_calc.spelling import expected_one_of, folded
from lexp_calc.terms import read_day, read_rate
from lexp_calc.toml_files import read_tables
from lexp_calc.validation import problems_of, with_tuples
from lexp_calc.wording import counted

BUILT_IN_DEALS = Path(__file__).parent / "deals"
ID_TABLES = (
    "document",
    "passage",
    "facility",
    "collateral",
    "tranche",
    "warrant",
    "exchange",
    "repurchase",
    "stock_for_interest",
    "lender",
    "scenario",
)
LISTS_APART = ("allow",)  # without which the rest can still be read


def builtin_deal(deal_id: str = "lexp-2003") -> Deal:
    """A deal that comes with the product, by its id."""
    return read_term_sheet(term_sheet_path(deal_id))


def term_sheet_path(term_sheet: str | Path) -> Path:
    """The file of a term sheet: a path, or the id of a built-in deal."""
    built_in = {path.stem: path for path in sorted(BUILT_IN_DEALS.glob("*.toml"))}
    if str(term_sheet) in built_in:
        return built_in[str(term_sheet)]
    path = Path(term_sheet)
    if not isfile(path):  # also of a name that no file can have
        found = "found a folder" if isdir(path) else "found no such file"
        expected = "the path of a term sheet, or one of the built-in deals: "
        raise NotThere(str(term_sheet), found, expected + ", ".join(built_in) + ", would be right")
    return path


def term_sheet_hash(path: Path) -> str:
    """The SHA-256 of a term sheet's bytes, as hexadecimal digits."""
    return sha256(Path(path).read_bytes()).hexdigest()


def read_term_sheet(path: str | Path) -> Deal:
    """The deal that a term sheet describes; all its problems in one `Problems` if it has any."""
    path = term_sheet_path(path)
    try:
        deal = deal_from_tables(read_tables(path), path.parent)
    except LexpError as problem:
        raise problem.at(str(path)) from None
    deal._term_sheet_sha256 = term_sheet_hash(path)
    return deal


def deal_from_tables(tables: dict, folder: Path) -> Deal:
    """The deal in a term sheet's tables; files that it names are read from `folder`."""
    deal, problems = readable_deal(tables, folder)
    if problems:
        raise Problems(problems)
    return deal


def readable_deal(tables: dict, folder: Path) -> tuple[Deal | None, list[LexpError]]:
    """What can be read of a deal, None where its head cannot; and every problem in its tables."""
    problems: list[LexpError] = []
    tables = _with_holiday_file(tables, folder, problems)
    tables = _with_rate_files(tables, folder, problems)
    tables, lenders_file = with_lenders_file(tables, folder, problems)
    tables = with_tuples(with_ageings(tables, folder, problems))
    ids = {name: set(_entries(tables, name)) for name in ID_TABLES}
    try:
        readable = Deal.model_validate(tables)
    except ValidationError as failure:
        problems += problems_of(Deal, tables, failure)
        readable = _readable_part(tables, failure)
    if readable is not None:
        problems += deal_problems(readable, ids)
    problems += _early_maturities(tables, readable)
    if lenders_file:
        problems = [each for problem in problems for each in lenders_file.placed(problem)]
    return readable, problems


def _early_maturities(tables: dict, readable: Deal | None) -> Iterator[LexpError]:
    """Maturities not after closing, of tranches whose other terms contradict them.

    Such a tranche could not be read, and its other terms alone would be blamed.
    """
    closing = tables.get("closing_date")
    for tranche_id, tranche in _entries(tables, "tranche").items():
        was_read = readable is not None and tranche_id in readable.tranche
        maturity = tranche.get("maturity") if isinstance(tranche, dict) else None
        if was_read or not type(closing) is type(maturity) is date:
            continue
        if maturity <= closing:
            found = f"found {maturity}, not after closing on {closing}"
            where = f"tranche.{tranche_id}.maturity"
            yield OutOfRange(where, found, "a later date would be right")


def _entries(tables: dict, name: str) -> dict:
    table = tables.get(name)
    return table if isinstance(table, dict) else {}


def _readable_part(tables: dict, failure: ValidationError) -> Deal | None:
    """The deal without the entries that could not be read; None where its head could not."""
    locations = {error["loc"][:2] for error in failure.errors(include_url=False)}
    apart = {location for location in locations if location[0] in LISTS_APART}
    tables = {name: each for name, each in tables.items() if (name,) not in {x[:1] for x in apart}}
    locations -= apart
    if any(len(location) < 2 or location[0] not in ID_TABLES for location in locations):
        return None
    rest = {
        name: {key: each for key, each in table.items() if (name, key) not in locations}
        if isinstance(table, dict)
        else table
        for name, table in tables.items()
    }
    try:
        return Deal.model_validate(rest)
    except ValidationError:
        return None


def _with_holiday_file(tables: dict, folder: Path, problems: list[LexpError]) -> dict:
    """The tables with `calendar = "holidays.csv"` replaced by the calendar of the file."""
    value = tables.get("calendar")
    if not isinstance(value, str) or folded(value) in {folded(name) for name in CALENDARS}:
        return tables
    is_path = "/" in value or value.casefold().endswith(".csv") or isfile(folder / value)
    if not is_path:
        return tables  # an unknown name, refused with the list of the known ones
    try:
        calendar = calendar_from_csv(csv_text(folder, value), value)
    except LexpError as problem:
        problems.append(problem.at("calendar"))
        calendar = CALENDARS["weekends"]  # stands in, so that other problems are found too
    return {**tables, "calendar": calendar}


def _with_rate_files(tables: dict, folder: Path, problems: list[LexpError]) -> dict:
    """The tables with `index.X = { file = "…" }` replaced by the rates of the file."""
    scenarios = {}
    for name, scenario in _entries(tables, "scenario").items():
        paths = scenario.get("index") if isinstance(scenario, dict) else None
        if isinstance(paths, dict):
            read = {}
            seen = set()
            for index, value in paths.items():
                where = f"scenario.{name}.index.{index}"
                if folded(index) not in {folded(known) for known in INDICES}:
                    problems.append(
                        NotThere(where, f'found "{index}"', expected_one_of(index, INDICES))
                    )
                    continue
                if folded(index) in seen:
                    expected = "each index once would be right"
                    problems.append(OutOfRange(where, "found it twice", expected))
                    continue
                seen.add(folded(index))
                try:
                    read[index] = _rates(value, folder)
                except LexpError as problem:
                    problems.append(problem.at(where))
            scenario = {**scenario, "index": read}
        scenarios[name] = scenario
    return {**tables, "scenario": scenarios} if scenarios else tables


def _rates(value: object, folder: Path) -> object:
    if not isinstance(value, dict) or "file" not in value:
        return value
    return rates_from_csv(csv_text(folder, str(value["file"])), Path(str(value["file"])).name)


def rates_from_csv(text: str, name: str) -> dict[str, str]:
    """Dates and rates of a CSV file: a date, then a rate in per cent; lines with # are notes.

    A first line without a date is a heading. Dates once each and in order.
    """
    rates: dict[str, str] = {}
    previous: date | None = None
    is_first = True
    for number, line in enumerate(text.splitlines(), 1):
        if line.startswith("#") or not line.strip():
            continue
        where = f"{name}: line {number}"
        cells = _cells(line, where)
        is_heading, is_first = is_first and not cells[0][:1].isdigit(), False
        if is_heading:
            continue
        if len(cells) != 2:
            found = f"found {counted(len(cells), 'column')}"
            raise WrongKind(where, found, "a date and a rate would be right")
        try:
            day = read_day(cells[0])
            read_rate(f"{cells[1].removesuffix('%')}%")
        except LexpError as problem:
            raise problem.at(where, "") from None
        if previous and day <= previous:
            raise OutOfRange(
                where, f"found {day} after {previous}", "dates in order would be right"
            )
        previous = day
        rates[cells[0]] = f"{cells[1].removesuffix('%')}%"
    if not rates:
        raise NotThere(name, "found no rates", "a date and a rate a line would be right")
    return rates


def _cells(line: str, where: str) -> list[str]:
    try:
        return next(csv.reader([line]))
    except csv.Error as failure:
        raise WrongKind(where, f"found: {failure}", "a line of CSV would be right") from None
