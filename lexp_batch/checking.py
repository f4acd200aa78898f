"""A term sheet checked: read, validated, and each of its scenarios projected."""

from lexp_calc import project, read_term_sheet
from lexp_calc.errors import LexpError, Problems
from lexp_calc.wording import counted


def check_term_sheet(term_sheet: str) -> str:
    """'FILE: OK, …' for a term sheet that gives workbooks in all its scenarios; else Problems."""
    deal = read_term_sheet(term_sheet)
    problems = []
    for name in deal.scenario:
        try:
            project(deal, name)
        except LexpError as problem:
            problems.append(problem.at(f"{term_sheet}: scenario.{name}"))
    if problems:
        raise Problems(problems)
    return f"{term_sheet}: OK, {deal.id} with {counted(len(deal.tranche), 'tranche')}"
