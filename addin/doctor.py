"""What is installed, what is missing, what to do: the checks behind `lexp doctor`.

Nothing here loads xlwings or asks Excel: it works as well where they are missing.
"""

from collections.abc import Callable, Iterable, Sequence

from addin.checks import calc, excel, macros, python
from addin.checks.check import NOTE, OK, WRONG, Check
from addin.log_file import log_fault
from addin.places import places_here
from lexp_calc.errors import LexpError, NotThere


def examine() -> list[Check]:
    """Everything looked at on this machine, in the order in which a person would mend it."""
    checks = [*_looked_at(python.lexp), *_looked_at(python.xlwings)]
    try:
        places = places_here()
    except NotThere as problem:
        if problem.where == "lexp addin":
            return [*checks, excel.elsewhere(), *_calc(is_only_host=True)]
        found = f"{problem.where}: {problem.found}"
        return [*checks, Check("Excel", WRONG, found, problem.expected)]
    for look in (
        excel.excel,
        excel.addin,
        excel.other_addins,
        excel.disabled_by_excel,
        macros.macros,
        python.conf,
        python.dll,
        python.packages,
    ):
        checks += _looked_at(look, places)
    return [*checks, *_calc(is_only_host=False)]


def _calc(is_only_host: bool) -> list[Check]:
    """The checks of Calc; of its worker only where there is a LibreOffice to ask it."""
    checks = _looked_at(calc.calc, is_only_host)
    return [*checks, *_looked_at(calc.worker)] if len(checks) > 1 else checks


def _looked_at(look: Callable, *given: object) -> list[Check]:
    """The checks of one look; one that fails is a note, and the others are made all the same."""
    try:
        found = look(*given)
    except LexpError as problem:
        found = Check(look.__name__, WRONG, f"{problem.where}: {problem.found}", problem.expected)
    except Exception as failure:  # one item of many
        found = Check(look.__name__, NOTE, f"could not be looked at: {log_fault(failure)}")
    if found is None:
        return []
    return [found] if isinstance(found, Check) else list(found)


def table(checks: Sequence[Check]) -> str:
    """The checks as a table: state, name, what was found; below it what to do."""
    width = max(len(each.name) for each in checks)
    lines = []
    for each in checks:
        lines.append(f"{each.state:<8} {each.name:<{width}}  {each.found}")
        if each.todo and each.state != OK:
            lines.append(f"{'':<8} {'':<{width}}  -> {each.todo}")
    return "\n".join(lines)


def problems(checks: Iterable[Check]) -> list[str]:
    """A line for each thing that is missing or wrong."""
    return [f"{each.name}: {each.found}; {each.todo}" for each in checks if each.is_problem]
