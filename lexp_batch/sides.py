"""What the arguments of `lexp compare` name: scenarios, scenario files and term sheets."""

from pathlib import Path

from lexp_calc import project, read_term_sheet
from lexp_calc.comparison import Side
from lexp_calc.deal import Deal, Projection
from lexp_calc.errors import LexpError, NotThere, Problems, one_by_one
from lexp_calc.scenario_checks import known_problems
from lexp_calc.spelling import folded, nearest
from lexp_calc.term_sheet import (
    BUILT_IN_DEALS,
    deal_from_tables,
    read_tables,
    term_sheet_path,
)

FILE_KEYS = ("file", "ageing")  # of tables that name a file beside the one they stand in


def sides_of(arguments: tuple[str, ...], term_sheet: str) -> tuple[Side, ...]:
    """Each argument as a projection, or every problem with them.

    A scenario of the deal comes first, then what is a file or a built-in deal. A file with
    tranches is a term sheet, which stands in its default scenario; one without them has the
    inputs of one scenario of the deal, as a term sheet writes them.
    """
    deal = read_term_sheet(term_sheet)
    sides, problems = [], []
    for argument in arguments:
        try:
            sides.append(Side(argument, _projection(argument, deal, term_sheet)))
        except LexpError as problem:
            problems.append(problem)
    if problems:
        raise Problems(problems)
    return tuple(sides)


def _projection(argument: str, deal: Deal, term_sheet: str) -> Projection:
    built_in = [path.stem for path in BUILT_IN_DEALS.glob("*.toml")]
    if folded(argument) in map(folded, deal.scenario):
        return project(deal, argument)
    if argument in built_in:
        return project(read_term_sheet(argument))
    path = Path(argument)
    if not path.is_file():
        is_path = path.suffix == ".toml" or len(path.parts) > 1
        found = "found no such file" if is_path else "found no scenario, deal or file of that name"
        known = [*deal.scenario, *built_in]
        expected = f"one of {', '.join(known)} or the path of a file would be right"
        raise NotThere(
            argument,
            "found a folder" if path.is_dir() else found,
            expected + nearest(argument, known),
        )
    try:
        tables = read_tables(path)
    except LexpError as problem:
        raise problem.at(argument) from None
    if "tranche" in tables:
        return project(read_term_sheet(argument))
    return _of_scenario_file(path, tables, term_sheet)


def _of_scenario_file(path: Path, inputs: dict, term_sheet: str) -> Projection:
    """The deal under a scenario that stands in a file of its own."""
    deal_path = term_sheet_path(term_sheet)
    tables = read_tables(deal_path)
    parent = inputs.get("inherits")
    if isinstance(parent, str):
        for problem in known_problems(f"{path}: inherits", parent, tables["scenario"]):
            raise problem
    name = "scenario-file"
    while name in tables["scenario"]:
        name += "-2"
    tables["scenario"][name] = _with_paths_from(path.parent.resolve(), inputs)
    try:
        return project(deal_from_tables(tables, deal_path.parent), name)
    except LexpError as failure:
        raise Problems(
            type(each)(
                f"{path}: {each.where.removeprefix(f'scenario.{name}.')}",
                each.found,
                each.expected,
            )
            for each in one_by_one([failure])
        ) from None


def _with_paths_from(folder: Path, value: object) -> object:
    """The same tables with the files that they name under their whole path."""
    if not isinstance(value, dict):
        return value
    return {
        key: str(folder / each)
        if key in FILE_KEYS and isinstance(each, str)
        else _with_paths_from(folder, each)
        for key, each in value.items()
    }
