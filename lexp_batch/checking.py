"""A term sheet checked: read, validated, and each of its scenarios projected."""

from collections.abc import Iterator

from lexp_calc import project
from lexp_calc.deal import Deal
from lexp_calc.errors import LexpError, Problems, one_by_one
from lexp_calc.scenario import Scenario
from lexp_calc.scenario_checks import deal_input_problems, scenario_problems
from lexp_calc.term_lines import TermLines
from lexp_calc.term_sheet import readable_deal, term_sheet_path
from lexp_calc.toml_files import read_tables
from lexp_calc.tranches.revolver import Revolver
from lexp_calc.wording import counted

# Terms that no cash flow hangs on: of a tranche, and the lists of who gets its workbooks.
APART_FROM_CASH_FLOWS = ("source", "assumption", "liens", "lender", "allow")


def check_term_sheet(term_sheet: str) -> str:
    """'FILE: OK, …' for a term sheet that gives workbooks in all its scenarios; else Problems.

    Each problem ends with the line of the file on which it stands.
    """
    path = term_sheet_path(term_sheet)
    try:
        tables = read_tables(path)
    except LexpError as problem:
        raise problem.at(str(path)) from None
    deal, problems = readable_deal(tables, path.parent)
    lines = TermLines(path.read_text("utf-8-sig"))
    shown = [lines.shown(problem) for problem in one_by_one(problems)]
    if deal is not None and not any(_unsettles_cash_flows(problem) for problem in shown):
        has_collateral = not any(".collateral." in problem.where for problem in shown)
        shown += _projection_problems(deal, lines, has_collateral)
    if shown:
        raise Problems(problem.at(str(path)) for problem in shown)
    return f"{term_sheet}: OK, {deal.id} with {counted(len(deal.tranche), 'tranche')}"


def _unsettles_cash_flows(problem: LexpError) -> bool:
    """Whether it lies in a tranche, the sweep or the deal's head: what follows is no news."""
    table, *fields = problem.where.partition(": ")[0].split(".")
    apart = any(field.startswith(APART_FROM_CASH_FLOWS) for field in (table, *fields))
    return not apart and (table in ("tranche", "excess_cash_sweep") or not fields)


def _projection_problems(deal: Deal, lines: TermLines, has_collateral: bool) -> Iterator[LexpError]:
    """What keeps the scenarios from being projected, beyond what their terms say already.

    Where collateral could not be read, no certificate is made of what is left of it.
    """
    scenarios = {name: _without_refused(deal, each) for name, each in deal.scenario.items()}
    settled = deal.model_copy(update={"scenario": scenarios})
    for name in deal.scenario:
        if _inherits_what_is_refused(deal, name):
            continue
        try:
            projection = project(settled, name)
            for tranche_id, tranche in deal.tranche.items():
                if has_collateral and isinstance(tranche, Revolver):
                    projection.certificate(tranche_id)
        except LexpError as failure:
            for problem in one_by_one([failure]):
                place = _place(deal, name, problem.where, lines)
                yield lines.shown(problem.at(f"scenario.{name}"), place)


def _without_refused(deal: Deal, scenario: Scenario) -> Scenario:
    """The scenario without the inputs that are reported already."""
    changed = {}
    for problem in (
        *scenario_problems(deal.tranche, scenario, "", deal.tranche),
        *deal_input_problems(deal, scenario, ""),
    ):
        field, _, rest = problem.where.partition(".")
        value = changed.get(field, getattr(scenario, field))
        if isinstance(value, dict):
            key = rest.partition(".")[0]
            changed[field] = {name: each for name, each in value.items() if name != key}
        else:
            changed[field] = getattr(Scenario(), field)
    return scenario.model_copy(update=changed)


def _inherits_what_is_refused(deal: Deal, name: str) -> bool:
    """Whether a scenario stands on one that is missing, unreadable or itself."""
    try:
        deal.scenario_named(name)
    except LexpError:
        return True
    return False


def _place(deal: Deal, name: str, where: str, lines: TermLines) -> str:
    """The path of an input that a projection speaks of, here or in a scenario inherited.

    'tranche.term-loan: prepay.2004-07-04' is scenario.NAME.prepay.term-loan.2004-07-04.
    """
    of_tranche, _, place = where.partition(": ")
    field, _, rest = (place or of_tranche).partition(".")
    tranche_id = of_tranche.removeprefix("tranche.") if place else ""
    chain = [name]
    while (parent := deal.scenario[chain[-1]].inherits) not in (None, *chain):
        chain.append(parent)
    inputs = [
        ".".join(["scenario", scenario, *filter(None, way)])
        for way in ([field, tranche_id, rest], [field, rest])
        for scenario in chain
    ]
    known = [path for each in inputs if (path := lines.nearest_path(each))]
    return max(known, key=lambda path: path.count("."), default=f"scenario.{name}")
