"""What one part of a deal says about another: ids that must exist, dates that must fit."""

import re
from collections.abc import Iterator

from lexp_calc.calendars import following
from lexp_calc.deal import Deal
from lexp_calc.errors import LexpError, NotThere, OutOfRange, WrongKind
from lexp_calc.lenders import holding_problems, lender_problems
from lexp_calc.periods import payment_dates
from lexp_calc.scenario_checks import deal_input_problems, known_problems, scenario_problems
from lexp_calc.spelling import expected_one_of
from lexp_calc.term_list import listed_terms, nested_terms
from lexp_calc.terms import Terms
from lexp_calc.tranches.life import outside_life
from lexp_calc.tranches.revolver import Revolver
from lexp_calc.tranches.term_loan import TermLoan

PLACE_IN_LIST = re.compile(r"\.(\d+)(?=\.|$)")  # drawings.1.amount: no id begins with a figure

WHOLE_DEAL = "deal"


def deal_problems(deal: Deal, ids: dict[str, set[str]]) -> Iterator[LexpError]:
    """Every contradiction between the parts of a deal.

    `ids` are all ids of the file by table, so that a part which could not be read for
    another reason is not reported as missing.
    """
    yield from _references(deal, ids)
    yield from _sweep(deal, ids)
    yield from _dates(deal)
    yield from _cents(deal)
    yield from _sources(deal, "", deal, ids)
    yield from lender_problems(deal.lender)
    yield from holding_problems(deal.lender, deal.tranche, ids["tranche"])
    for name, scenario in deal.scenario.items():
        where = f"scenario.{name}"
        if scenario.inherits is not None:
            yield from known_problems(f"{where}.inherits", scenario.inherits, ids["scenario"])
        if scenario.inherits in deal.scenario:
            yield from _circles(deal, name)
        yield from scenario_problems(deal.tranche, scenario, f"{where}.", ids["tranche"])
        yield from deal_input_problems(deal, scenario, f"{where}.")
    yield from known_problems("default_scenario", deal.default_scenario, ids["scenario"])


def _circles(deal: Deal, name: str) -> Iterator[LexpError]:
    try:
        deal.scenario_named(name)
    except OutOfRange as circle:
        yield circle
    except NotThere:
        return  # reported where the missing scenario is named


def _references(deal: Deal, ids: dict[str, set[str]]) -> Iterator[LexpError]:
    for facility_id, facility in deal.facility.items():
        where = f"facility.{facility_id}"
        for tranche_id in facility.tranches:
            yield from known_problems(f"{where}.tranches", tranche_id, ids["tranche"])
        parts = [deal.tranche.get(each) for each in facility.tranches]
        if all(parts):
            total = sum(each.size for each in parts)
            if total != facility.amount:
                yield OutOfRange(
                    f"{where}.amount",
                    f"found {facility.amount:,}, and tranches of {total:,} in all",
                    "a facility that is the sum of its tranches would be right",
                )
    for tranche_id, tranche in deal.tranche.items():
        where = f"tranche.{tranche_id}"
        if tranche_id == WHOLE_DEAL:
            yield OutOfRange(
                where,
                f'found the id "{WHOLE_DEAL}"',
                "another would be right: it stands for the whole deal in names of files",
            )
        for lien in tranche.liens:
            yield from known_problems(f"{where}.liens", lien.collateral, ids["collateral"])
        if isinstance(tranche, TermLoan) and tranche.springing:
            yield from _springing(deal, tranche.springing, f"{where}.springing", ids)
    for warrant_id, warrant in deal.warrant.items():
        yield from known_problems(f"warrant.{warrant_id}.tranche", warrant.tranche, ids["tranche"])
    for exchange_id, exchange in deal.exchange.items():
        where = f"exchange.{exchange_id}"
        yield from known_problems(f"{where}.new_tranche", exchange.new_tranche, ids["tranche"])
        if exchange.warrants:
            yield from known_problems(f"{where}.warrants", exchange.warrants, ids["warrant"])
    yield from _one_a_tranche("warrant", "tranche", deal.warrant)
    yield from _one_a_tranche("exchange", "new_tranche", deal.exchange)
    for passage_id, passage in deal.passage.items():
        yield from known_problems(
            f"passage.{passage_id}.document", passage.document, ids["document"]
        )


def _springing(deal: Deal, springing, where: str, ids: dict[str, set[str]]) -> Iterator[LexpError]:
    """The tranche on which a springing maturity turns, and what it must have."""
    if springing.if_outstanding:
        test = springing.if_outstanding
        yield from known_problems(f"{where}.if_outstanding.tranche", test.tranche, ids["tranche"])
        other = deal.tranche.get(test.tranche)
        if other and test.on >= other.last_maturity:
            found = f'found {test.on}, when "{test.tranche}" is due on {other.last_maturity}'
            yield OutOfRange(
                f"{where}.if_outstanding.on", found, "a date before that would be right"
            )
        return
    other = springing.unless_extended
    field = f"{where}.unless_extended"
    yield from known_problems(field, other, ids["tranche"])
    named = deal.tranche.get(other)
    if named and not named.extension:
        yield OutOfRange(
            field, f'found "{other}", which has no extension', "one that has would be right"
        )


def _sweep(deal: Deal, ids: dict[str, set[str]]) -> Iterator[LexpError]:
    """The tranches that the excess-cash sweep repays, and that none waits for itself."""
    for tranche_id in deal.excess_cash_sweep.order if deal.excess_cash_sweep else ():
        where = "excess_cash_sweep.order"
        yield from known_problems(where, tranche_id, ids["tranche"])
        if isinstance(deal.tranche.get(tranche_id), Revolver):
            found = f'found "{tranche_id}", a revolver'
            yield WrongKind(where, found, "a term loan or notes would be right")
    try:
        _ = deal.projection_order
    except OutOfRange as circle:
        yield circle


def _one_a_tranche(table: str, field: str, entries: dict) -> Iterator[LexpError]:
    """A tranche has one set of warrants, and came out of one exchange."""
    first: dict[str, str] = {}
    for entry_id, entry in entries.items():
        tranche_id = getattr(entry, field)
        if tranche_id in first:
            yield OutOfRange(
                f"{table}.{entry_id}.{field}",
                f'found "{tranche_id}", which {table}.{first[tranche_id]} names too',
                "another tranche would be right",
            )
        first.setdefault(tranche_id, entry_id)


def _dates(deal: Deal) -> Iterator[LexpError]:
    closing = deal.closing_date
    for tranche_id, tranche in deal.tranche.items():
        where = f"tranche.{tranche_id}"
        if tranche.maturity <= closing:
            yield OutOfRange(
                f"{where}.maturity",
                f"found {tranche.maturity}, not after closing on {closing}",
                "a later date would be right",
            )
        first_payment = tranche.payments.first_payment
        if first_payment and first_payment <= closing:
            yield OutOfRange(
                f"{where}.payments.first_payment",
                f"found {first_payment}, not after closing on {closing}",
                "a later date would be right",
            )
        for field, found, expected in _contradictions(deal, tranche):
            yield OutOfRange(f"{where}.{field}", f"found {found}", f"{expected} would be right")
        springing = getattr(tranche, "springing", None)
        if springing and springing.maturity <= closing:
            yield OutOfRange(
                f"{where}.springing.maturity",
                f"found {springing.maturity}, not after closing on {closing}",
                "a later date would be right",
            )
        years = (tranche.last_maturity - closing).days / 365
        payments = years * tranche.payments.payments_a_year
        if payments > 1200:
            yield OutOfRange(
                f"{where}.maturity",
                f"found {tranche.last_maturity}, about {payments:,.0f} payments away",
                "at most 1,200 payments would be right",
            )


def _contradictions(deal: Deal, tranche) -> Iterator[tuple[str, object, str]]:
    """What a tranche's terms contradict once closing and calendar are known."""
    yield from tranche.contradictions_from(deal.closing_date)
    yield from outside_life(tranche, deal.closing_date)
    yield from _first_payment(deal, tranche)
    for number, drawing in enumerate(getattr(tranche, "drawings", ()), 1):
        if not deal.calendar.is_business_day(drawing.date):
            found = f"{drawing.date}, no business day ({deal.calendar.name})"
            following_day = f"the next one, {following(drawing.date, deal.calendar)},"
            yield f"drawings[{number}].date", found, following_day


def _first_payment(deal: Deal, tranche) -> Iterator[tuple[str, object, str]]:
    """A first payment that a business-day convention moves to the closing or before it."""
    regular = tranche.regular_dates(deal.closing_date)
    dates = payment_dates(tranche.payments, regular, deal.calendar, tranche.maturity)
    first = next(dates)
    if first.due > deal.closing_date >= first.paid:
        field = "first_payment" if tranche.payments.first_payment else "first_period"
        found = f"a first payment on {first.due}, which {tranche.payments.business_day} moves to "
        yield f"payments.{field}", f"{found}{first.paid}", "one paid after the closing"


def _cents(deal: Deal) -> Iterator[LexpError]:
    """Every amount is a whole number of the currency's minor units."""
    tables = ("facility", "tranche", "warrant", "exchange", "repurchase", "stock_for_interest")
    for table in tables:
        for entry_id, entry in getattr(deal, table).items():
            for term in listed_terms(entry):
                if term.unit != "amount":
                    continue
                try:
                    path = PLACE_IN_LIST.sub(r"[\1]", term.path)
                    deal.money.minor_units(term.value, f"{table}.{entry_id}.{path}")
                except LexpError as problem:
                    yield problem


def _sources(part: Terms, path: str, deal: Deal, ids: dict[str, set[str]]) -> Iterator[LexpError]:
    """`source` and `assumption` name fields that exist; sources name passages that exist."""
    for kind in ("source", "assumption"):
        for field, value in getattr(part, kind).items():
            where = f"{path}{kind}.{field}"
            if field not in type(part).model_fields:
                known = sorted(type(part).model_fields)
                yield NotThere(where, f'found "{field}"', expected_one_of(field, known))
            elif kind == "source":
                yield from known_problems(where, value, ids["passage"])
            if kind == "assumption" and field in part.source:
                expected = "either a source or an assumption would be right"
                yield OutOfRange(where, "found a source for it too", expected)
    for name in type(part).model_fields:
        value = getattr(part, name)
        for key, each in nested_terms(value):
            yield from _sources(each, f"{path}{name}{key}.", deal, ids)
