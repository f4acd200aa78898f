"""Exchange offers as spreadsheets have them: a table of holders, a table of options."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Annotated

import lexp_calc.arguments as arguments
import lexp_calc.cell_ranges as cell_ranges
import lexp_calc.kinds as kinds
from lexp_calc.errors import LexpError, NotThere, OutOfRange, refuse_all
from lexp_calc.exchange_consideration import (
    IN_CASH,
    IN_NOTES,
    ZERO,
    Consideration,
    Offer,
    Option,
    Settlement,
    Tender,
    settlements,
)
from lexp_calc.spelling import expected_one_of, folded, named
from lexp_calc.spreadsheet_function import Table, spreadsheet_function
from lexp_calc.tenders import Acceptance, no_early_day

HOLDER_COLUMNS = ("holder", "option", "principal", "tendered_on")
OPTION_COLUMNS = ("option", "cash", "new_notes", "shares", "warrants", "early_cash", "early_notes")
RESULT_HEADINGS = (
    "holder",
    "option",
    "tendered",
    "accepted",
    "returned",
    "cash",
    "accrued interest",
    "new notes",
    "cash for fraction",
    "shares",
    "warrants",
    "cash in all",
)


@dataclass(frozen=True)
class HolderRow:
    """A row of the table of holders; `tendered_on` None where the cell is empty or left out."""

    holder: str
    option: str
    principal: Decimal
    tendered_on: date | None


def _holder(where: str, cells: dict) -> HolderRow:
    day = cells.get("tendered_on")
    return HolderRow(
        arguments.text(f"{where}.holder", cells["holder"]),
        arguments.text(f"{where}.option", cells["option"]),
        arguments.amount(f"{where}.principal", cells["principal"]),
        None if arguments.is_blank(day) else arguments.day(f"{where}.tendered_on", day),
    )


def _option(where: str, cells: dict) -> tuple[str, Option]:
    def number(column: str) -> Decimal:
        cell = cells.get(column)
        # What an option does not give is left empty; one that gives nothing is no option.
        return ZERO if arguments.is_blank(cell) else arguments.ratio(f"{where}.{column}", cell)

    late = Consideration(*(number(column) for column in OPTION_COLUMNS[1:5]))
    option = Option(late, number("early_cash"), number("early_notes"))
    if option == Option(Consideration()):
        expected = "cash, new notes, shares or warrants for 1,000 would be right"
        raise NotThere(where, "found an option that gives nothing", expected)
    return arguments.text(f"{where}.option", cells["option"]), option


def _read_holders(name: str, value: object) -> tuple[HolderRow, ...]:
    return cell_ranges.read_rows(name, value, HOLDER_COLUMNS, 3, _holder)


def _read_options(name: str, value: object) -> dict[str, Option]:
    read: dict[str, Option] = {}
    seen: set[str] = set()
    for number, (option_name, option) in enumerate(
        cell_ranges.read_rows(name, value, OPTION_COLUMNS, 2, _option), 1
    ):
        if folded(option_name) in seen:
            where = f"{name}[{number}].option"
            raise OutOfRange(where, f'found "{option_name}" twice', "each once would be right")
        read[option_name] = option
        seen.add(folded(option_name))
    return read


def _read_accrued_paid(name: str, value: object) -> str:
    return named((IN_CASH, IN_NOTES), arguments.text(name, value), name)


Holders = Annotated[
    tuple[HolderRow, ...],
    kinds.Kind(
        "rows: holder, option, principal, day tendered",
        kinds.TEXT,
        _read_holders,
        kinds.TABLE,
        date_columns=(HOLDER_COLUMNS.index("tendered_on"),),
    ),
]
Options = Annotated[
    dict[str, Option],
    kinds.Kind(
        "rows: option, then for 1,000: cash, new notes, shares, warrants, early cash, early notes",
        kinds.TEXT,
        _read_options,
        kinds.TABLE,
    ),
]
AccruedPaid = Annotated[str, kinds.Kind('"cash" or "new notes"', kinds.TEXT, _read_accrued_paid)]


def _tenders(
    holders: tuple[HolderRow, ...], options: dict[str, Option], early_until: date | None
) -> list[Tender]:
    problems: list[LexpError] = []
    tenders = []
    by_folded = {folded(each): each for each in options}
    if early_until is None and any(
        each.early_cash or each.early_new_notes for each in options.values()
    ):
        problems.append(no_early_day())
    for number, row in enumerate(holders, 1):
        where = f"holders[{number}]"
        known = by_folded.get(folded(row.option))
        if known is None:
            expected = expected_one_of(row.option, options)
            problems.append(NotThere(f"{where}.option", f'found "{row.option}"', expected))
            continue
        if early_until is not None and row.tendered_on is None:
            expected = f"the day of the tender, held against {early_until}, would be right"
            problems.append(NotThere(f"{where}.tendered_on", "found nothing (a blank)", expected))
            continue
        is_early = early_until is not None and row.tendered_on <= early_until
        tenders.append(Tender(row.holder, known, row.principal, is_early))
    refuse_all(problems)
    return tenders


@spreadsheet_function
def exchange_consideration(
    holders: Holders,
    options: Options,
    early_until: kinds.Day | None = None,
    maximum: kinds.PositiveAmount | None = None,
    minimum: kinds.Amount = 0,
    denomination: kinds.PositiveAmount = 1000,
    accrued_per_thousand: kinds.Ratio = 0,
    accrued_paid: AccruedPaid = IN_CASH,
) -> kinds.TableResult:
    """What each holder gets in an exchange or a tender for cash, a row a holder.

    accepted = tender x proration factor in whole denominations; consideration = (for 1,000) x
    accepted / 1,000, the early premium on top for tenders up to and with `early_until`; new
    notes in whole denominations with cash for the fraction; shares and warrants rounded down.
    """
    offer = Offer(
        options,
        Acceptance(maximum, minimum, denomination),
        denomination,
        Fraction(accrued_per_thousand),
        accrued_paid,
    )
    tenders = _tenders(holders, options, early_until)
    return Table(RESULT_HEADINGS, tuple(_row(each) for each in settlements(offer, tenders)))


def _row(each: Settlement) -> tuple:
    return (
        each.tender.holder,
        each.tender.option,
        each.tender.principal,
        each.accepted,
        each.returned,
        each.cash,
        each.accrued,
        each.new_notes,
        each.fraction_cash,
        each.shares,
        each.warrants,
        each.cash_in_all,
    )
