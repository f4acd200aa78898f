"""Where the example of a spreadsheet function stands on a sheet, and the formula over it.

Pure: no workbook is made. `function_examples` draws it; whoever has a spreadsheet to hand can
put the same cells into it and hold the answer against `expected`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from textwrap import wrap

from lexp_calc.kinds import COLUMN, DATE, SCALAR, TABLE
from lexp_calc.spreadsheet_function import Argument, Function, Table
from workbook_templates.addresses import Area, cell_name
from workbook_templates.array_formulas import Rows
from workbook_templates.cells import Value

NAME_COLUMN, VALUE_COLUMN, NOTE_COLUMN = 1, 2, 3
LINE, NOTE_LINE = 140, 100  # characters, of a line across the sheet and of a note beside a value


@dataclass(frozen=True)
class ArgumentCells:
    """An argument's input cells: where, what stands in them, and the lines of help beside them.

    One blank cell where the example leaves the argument out.
    """

    argument: Argument
    area: Area
    values: Rows
    note: tuple[str, ...]
    note_row: int

    @property
    def is_given(self) -> bool:
        """Whether the example gives it."""
        return self.values != ((None,),)


@dataclass(frozen=True)
class ExampleCells:
    """The cells of one example from its heading down: inputs, expected and live answer, check.

    `formula` has no '='. `live` has the size of `expected`, one cell for one value.
    """

    function: Function
    first_row: int
    words: tuple[str, ...]  # below the heading, a line each: the help, then the source
    arguments: tuple[ArgumentCells, ...]
    values: Rows
    expected: Area
    live: Area
    formula: str
    check: tuple[int, int]

    @property
    def last_row(self) -> int:
        """The row of the check, the last of the block."""
        return self.check[0]

    @property
    def last_column(self) -> int:
        """The last column with a value."""
        areas = (self.expected, *(each.area for each in self.arguments))
        return max(area.last_column for area in areas)


def example_cells(function: Function, first_row: int = 1) -> ExampleCells:
    """The cells of a function's example, its heading in `first_row`."""
    source = f"Expected value: {function.source}"
    words = (*wrap(function.help, LINE), *wrap(source, LINE))
    row = first_row + 1 + len(words)
    arguments = []
    for argument in function.arguments:
        placed = _argument_cells(function, argument, row)
        arguments.append(placed)
        row = max(placed.area.last_row + 1, placed.note_row + len(placed.note))
    values = expected_values(function)
    expected = _area(row, VALUE_COLUMN, values)
    live = _area(expected.last_row + 1, VALUE_COLUMN, values)
    return ExampleCells(
        function,
        first_row,
        words,
        tuple(arguments),
        values,
        expected,
        live,
        _formula(function, arguments),
        (live.last_row + 1, VALUE_COLUMN),
    )


def _argument_cells(function: Function, argument: Argument, row: int) -> ArgumentCells:
    given = argument_values(argument, function.example.args.get(argument.name))
    optional = " Optional." if argument.is_optional else ""
    note = tuple(wrap(f"{argument.help}{optional} ({argument.kind.unit})", NOTE_LINE))
    # A table takes the columns in which the note stands, so it starts below the note.
    value_row = row + len(note) if len(given[0]) > 1 else row
    return ArgumentCells(argument, _area(value_row, VALUE_COLUMN, given), given, note, row)


def argument_values(argument: Argument, value: object) -> Rows:
    """An example's value as rows of cells, with dates as dates; one empty cell for None."""
    kind = argument.kind
    if value is None:
        return ((None,),)
    if kind.shape == SCALAR:
        return ((_cell(value, kind.written == DATE),),)
    if kind.shape == COLUMN:
        return tuple((_cell(each, kind.written == DATE),) for each in value)
    return tuple(
        tuple(_cell(each, column in kind.date_columns) for column, each in enumerate(row))
        for row in value
    )


def _cell(value: Value, is_date: bool) -> Value:
    return date.fromisoformat(value) if is_date and value is not None else value


def expected_values(function: Function) -> Rows:
    """The value that the example gives, as rows of cells.

    The example writes dates as texts; which ones are dates the core's own answer says.
    """
    answer = function.plain(**function.example.args)
    value = function.example.value
    if function.result.shape == TABLE:
        kinds = [[str] * len(answer.headings), *answer.rows] if isinstance(answer, Table) else []
        return tuple(
            tuple(_as(known, cell) for known, cell in zip(known_row, row, strict=True))
            for known_row, row in zip(kinds, value, strict=True)
        )
    if function.result.shape == COLUMN:
        return tuple((_as(known, cell),) for known, cell in zip(answer, value, strict=True))
    return ((_as(answer, value),),)


def _as(known: object, cell: Value) -> Value:
    is_date = isinstance(known, date) and not isinstance(known, datetime)
    return _cell(cell, is_date and isinstance(cell, str))


def _area(row: int, column: int, values: Sequence[Sequence]) -> Area:
    return Area(row, column, row + len(values) - 1, column + len(values[0]) - 1)


def _formula(function: Function, arguments: Sequence[ArgumentCells]) -> str:
    """The call over the cells; what is left out is a blank cell, for a person to fill in.

    One cell that may be blank is written as a range, B6:B6: LibreOffice gives a function 0 for a
    blank cell, and blank for a blank range.
    """
    references = [_reference(each) for each in arguments]
    return f"{function.name}({','.join(references)})"


def _reference(cells: ArgumentCells) -> str:
    name = cells.area.name()
    return f"{name}:{name}" if cells.argument.is_optional and ":" not in name else name


def same_value(example: ExampleCells) -> str:
    """A formula, without '=', that is TRUE where the live answer is the expected one.

    Numbers may differ by the workbook's `tolerance`, in relation to those above 1. Over a
    block of cells it is an array formula.
    """
    live, expected = example.live.name(), example.expected.name()
    ((value, *_), *_) = example.values
    if live != cell_name(*example.live[:2]):
        near = f"ABS({live}-{expected})<=tolerance*IF(ABS({expected})>1,ABS({expected}),1)"
        # A blank cell of the one is an empty text of the other, which LibreOffice tells apart.
        texts = f'IF(ISNUMBER({live}),FALSE,{live}&""={expected}&"")'
        each = f"IF(ISNUMBER({expected}),IF(ISNUMBER({live}),{near}),{texts})"
        return f"IFERROR(AND({each}),FALSE)"
    if isinstance(value, str):
        return f"EXACT({live},{expected})"
    near = f"ABS(N({live})-{expected})<=tolerance*MAX(1,ABS({expected}))"
    return f"AND(ISNUMBER({live}),{near})"
