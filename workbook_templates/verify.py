"""Does the workbook say what it computes? Its stored values against a second engine's.

Every formula cell holds a formula and the core's own value. `compare` lets another program
compute the formulas and reports each cell where the two disagree; with `changes` it does so
after other inputs were typed in.
"""

from dataclasses import dataclass

from lexp_calc.errors import LexpError
from workbook_templates.exactness import LARGEST_AMOUNT, room_of_workings
from workbook_templates.stored_cells import (
    CellError,
    stored_formula_cells,
    unlocked_input_cells,
)

__all__ = [
    "CellError",
    "Comparison",
    "Difference",
    "compare",
    "input_changes",
    "stored_formula_cells",
    "unlocked_input_cells",
]

RELATIVE_TOLERANCE = 1e-9
# However large the amount, a whole cent is a difference. Beyond the largest amount of money
# a number is a product of exact workings, where only its leading digits can agree; what is
# made of such products is as exact as they are.
LARGEST_TOLERANCE = 0.005


@dataclass(frozen=True)
class Difference:
    """One formula cell where the stored and the recalculated value disagree.

    A value is float, str, bool, CellError, or None where there is none.
    """

    sheet: str
    cell: str
    formula: str
    stored: object
    recalculated: object

    def __str__(self):
        return (
            f"{self.sheet}!{self.cell}: stored {shown(self.stored)}, "
            f"recalculated {shown(self.recalculated)}; ={self.formula}"
        )


@dataclass(frozen=True)
class Comparison:
    """How many formula cells were compared, and those that disagree, in the file's order."""

    cells_compared: int
    differences: tuple[Difference, ...]

    def __str__(self):
        lines = [f"{self.cells_compared} cells compared, {len(self.differences)} differ"]
        return "\n".join(lines + [str(difference) for difference in self.differences])


def compare(path, engine, changes=None, expected=None, tolerance=RELATIVE_TOLERANCE):
    """Recalculate the workbook with `engine` and compare every formula cell; a Comparison.

    `changes` {(sheet title, "B7"): value} are typed in first. What the cells should then hold
    are the values stored in `path` itself or, where given, in the workbook `expected` of the
    same layout: workbook A with B's inputs typed in has to recalculate to B. Numbers agree
    within `tolerance` x max(1, |value|), always less than half a cent, and unrounded workings
    as far as what they are made of allows; texts and truth values exactly; an error, or a cell
    missing on either side, is a difference. LexpError for a file that does not open.
    """
    stored = stored_formula_cells(path)
    wanted = stored if expected is None else stored_formula_cells(expected)
    recalculated = engine.recalculate(path, changes)
    nothing = ("", None)
    # In the file's order; what only the other two have comes last.
    cells = dict.fromkeys([*stored, *wanted, *recalculated])
    differences = []
    for sheet, cell in cells:
        formula = stored.get((sheet, cell), nothing)[0]
        value = wanted.get((sheet, cell), nothing)[1]
        other = recalculated.get((sheet, cell))
        if not agree(value, other, tolerance) and not (
            type(value) is type(other) is float
            and abs(value - other) <= room_of_workings(sheet, formula, wanted)
        ):
            differences.append(Difference(sheet, cell, formula, value, other))
    return Comparison(len(cells), tuple(differences))


def input_changes(path, other_path):
    """What to type into the workbook to give it the other's inputs, as `changes` of `compare`.

    Both must have the same unlocked cells; LexpError, naming one that only one of them has,
    if not.
    """
    inputs, others = unlocked_input_cells(path), unlocked_input_cells(other_path)
    for sheet, cell in inputs.keys() ^ others.keys():
        lacking = path if (sheet, cell) in others else other_path
        raise LexpError(
            str(lacking), f"no input cell {sheet}!{cell}", "two workbooks of the same layout"
        )
    return {key: others[key] for key in inputs if differ(inputs[key], others[key])}


def differ(value, other):
    """Whether two inputs differ; the number 1 and TRUE do."""
    return type(value) is not type(other) or value != other


def agree(stored, recalculated, tolerance):
    """Whether a recalculated value confirms the stored one."""
    if isinstance(stored, bool):
        # LibreOffice has no truth values: TRUE comes back as 1.
        return isinstance(recalculated, bool | float) and stored == recalculated
    if isinstance(stored, float):
        if isinstance(recalculated, bool) or not isinstance(recalculated, float):
            return False
        room = tolerance * max(1.0, abs(stored))
        if abs(stored) < LARGEST_AMOUNT:
            room = min(room, LARGEST_TOLERANCE)
        return abs(stored - recalculated) <= room
    return isinstance(stored, str) and stored == recalculated


def shown(value):
    """A value as a message prints it."""
    if value is None:
        return "nothing"
    return str(value) if isinstance(value, CellError) else repr(value)
