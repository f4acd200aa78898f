"""Inputs of a scenario held against the tranches that they are for."""

from collections.abc import Iterable, Iterator
from decimal import Decimal

from lexp_calc.borrowing_base import unknown_lines
from lexp_calc.coupons import takes_leverage
from lexp_calc.errors import LexpError, NotThere, OutOfRange, WrongKind, quoted
from lexp_calc.scenario import TOTAL_RESERVE, Scenario
from lexp_calc.spelling import expected_one_of
from lexp_calc.terms import EARLIEST_DATE
from lexp_calc.tranches.revolver import Revolver

TABLES_BY_TRANCHE = (
    "elect",
    "leverage",
    "default",
    "extend",
    "prepay",
    "draw",
    "collateral",
    "appraisal",
    "reserves",
    "letters_of_credit",
    "pay_in_kind",
)


def known_problems(where: str, name: str, known: Iterable[str]) -> Iterator[LexpError]:
    """A name that is not among the known ones."""
    if name not in known:
        yield NotThere(where, quoted(name), expected_one_of(name, sorted(known, key=str)))


def scenario_problems(
    tranches: dict, scenario: Scenario, where: str, tranche_ids: Iterable[str]
) -> Iterator[LexpError]:
    """Inputs for tranches that do not exist, or that cannot take them.

    `tranche_ids` may hold more than `tranches`: those that could not be read.
    """
    for field in TABLES_BY_TRANCHE:
        for tranche_id, value in getattr(scenario, field).items():
            path = f"{where}{field}.{tranche_id}"
            yield from known_problems(path, tranche_id, tranche_ids)
            tranche = tranches.get(tranche_id)
            if tranche is not None:
                yield from _input_problems(field, path, tranche, value)


def deal_input_problems(deal, scenario: Scenario, where: str) -> Iterator[LexpError]:
    """Inputs for the deal as a whole: days outside its life, excess cash that no term sweeps."""
    closing = deal.closing_date
    if scenario.as_of and scenario.as_of < closing:
        found = f"found {scenario.as_of}, before closing on {closing}"
        yield OutOfRange(f"{where}as_of", found, "a later date would be right")
    sweep = deal.excess_cash_sweep
    order = sweep.order if sweep else ()
    swept = [deal.tranche[each].last_maturity for each in order if each in deal.tranche]
    for day, _ in scenario.excess_cash if swept else ():
        if not closing < day <= max(swept):
            expected = f"a date after closing on {closing}, up to {max(swept)}, would be right"
            yield OutOfRange(f"{where}excess_cash.{day}", f"found {day}", expected)
    yield from _earnings_problems(deal, scenario, where)
    if scenario.excess_cash and sweep is None:
        yield WrongKind(
            f"{where}excess_cash",
            "found excess cash",
            "a deal with an excess_cash_sweep would be right",
        )


def _earnings_problems(deal, scenario: Scenario, where: str) -> Iterator[LexpError]:
    """Earnings of days outside the deal's life, or with broken minor units."""
    last = max((each.last_maturity for each in deal.tranche.values()), default=deal.closing_date)
    for day, earnings in scenario.earnings:
        here = f"{where}earnings.{day}"
        if not deal.closing_date <= day <= last:
            expected = f"a date from the closing on {deal.closing_date} to {last} would be right"
            yield OutOfRange(here, f"found {day}", expected)
        try:
            deal.money.minor_units(earnings, here)
        except OutOfRange as broken:
            yield broken


def _input_problems(field: str, path: str, tranche, value) -> Iterator[LexpError]:
    if field == "elect":
        yield from _election_problems(path, tranche, value)
    elif field == "leverage":
        if not takes_leverage(tranche.coupon):
            yield WrongKind(path, "found a leverage", "a tranche with a margin grid would be right")
    elif field == "default":
        if tranche.coupon.default_margin is None:
            expected = "a tranche with a default margin in its coupon would be right"
            yield WrongKind(path, "found a default", expected)
    elif field == "extend":
        if tranche.extension is None:
            expected = "a tranche with an extension option would be right"
            yield WrongKind(path, "found an extension", expected)
    elif field == "prepay":
        if isinstance(tranche, Revolver):
            yield WrongKind(
                path, "found a prepayment of a revolver", "a draw below zero would be right"
            )
    elif field == "draw":
        if not isinstance(tranche, Revolver) and tranche.commitment is None:
            found = f'found "{tranche.type}" that is lent at closing'
            yield WrongKind(path, found, "a revolver, or a loan with a commitment, would be right")
    elif field == "pay_in_kind":
        yield from _toggle_problems(path, tranche, value)
    elif not isinstance(tranche, Revolver):
        yield WrongKind(path, f'found "{tranche.type}"', "a revolver would be right")
    elif field == "collateral":
        for problem in unknown_lines(tranche.borrowing_base, value):
            yield problem.at(path, ".")
    elif field == "appraisal":
        yield from _appraisal_problems(path, tranche, value)
    elif field == "reserves":
        yield from _reserve_problems(path, tranche, value)
    elif field == "letters_of_credit":
        yield from _letter_problems(path, tranche, value)


def _election_problems(path: str, tranche, value) -> Iterator[LexpError]:
    known = [option.index for option in tranche.coupon.options]
    if not known:
        yield WrongKind(path, "found an election", "a tranche with a choice would be right")
    for _, index in value if known else ():
        if index not in known:
            yield NotThere(path, f'found "{index}"', expected_one_of(index, known))


def _toggle_problems(path: str, tranche, value) -> Iterator[LexpError]:
    in_kind = getattr(tranche, "in_kind", None)
    if in_kind is None or in_kind.toggle is None:
        expected = "a tranche with a toggle would be right"
        yield WrongKind(path, "found a choice to pay in kind", expected)
        return
    shares = (Decimal(0), *in_kind.toggle.shares)
    until = in_kind.toggle.until
    for day, share in value:
        if share and until and day >= until:
            where, found = f"{path}.{day}", f"found {share:%} from {day} on"
            yield OutOfRange(
                where, found, f"a date before the choice ends on {until} would be right"
            )
        if share not in shares:
            listed = ", ".join(f"{each:.0%}" for each in shares)
            yield OutOfRange(path, f"found {share:%}", f"one of {listed} would be right")


def _appraisal_problems(path: str, revolver: Revolver, appraisals: dict) -> Iterator[LexpError]:
    """Appraisals of classes that are lent against at what an appraiser says."""
    for class_id, rate in appraisals.items():
        where = f"{path}.{class_id}"
        terms = revolver.borrowing_base.get(class_id)
        if terms is None:
            yield NotThere(
                where, quoted(class_id), expected_one_of(class_id, revolver.borrowing_base)
            )
        elif terms.net_orderly_liquidation_value is None:
            expected = "a class with a net_orderly_liquidation_value would be right"
            yield WrongKind(where, "found an appraisal", expected)
        elif rate < 0:
            yield OutOfRange(where, f"found {rate:%}", "a rate from 0% to 100% would be right")


def _reserve_problems(path: str, revolver: Revolver, reserves: dict) -> Iterator[LexpError]:
    """Reserves by the names that the revolver has; one amount where it has none."""
    known = tuple(revolver.reserves) or (TOTAL_RESERVE,)
    for reserve_id, amount in reserves.items():
        if reserve_id in known:
            continue
        if reserve_id == TOTAL_RESERVE:
            found = f"found {amount:,} for all reserves"
            listed = ", ".join(f"{path}.{each}" for each in known)
            yield WrongKind(path, found, f"an amount for each of {listed} would be right")
        elif not revolver.reserves:
            expected = "one amount would be right: the revolver names no reserves"
            yield NotThere(f"{path}.{reserve_id}", quoted(reserve_id), expected)
        else:
            where = f"{path}.{reserve_id}"
            yield NotThere(where, quoted(reserve_id), expected_one_of(reserve_id, known))


def _letter_problems(path: str, revolver: Revolver, letters) -> Iterator[LexpError]:
    """Letters of credit above the sublimit."""
    sublimit = revolver.letter_of_credit_sublimit
    for day, amount in letters:
        if sublimit is not None and amount > sublimit:
            where = path if day == EARLIEST_DATE else f"{path}.{day}"
            expected = f"at most the letter-of-credit sublimit of {sublimit:,} would be right"
            yield OutOfRange(where, f"found {amount:,}", expected)
