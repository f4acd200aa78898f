"""Every function through xlwings' own decorators and `call_udf`; stand-ins for Windows alone."""

import io
from types import SimpleNamespace

import pytest

from lexp_calc.functions import FUNCTIONS
from lexp_calc.kinds import NUMBER, SCALAR, TABLE
from tests.addin.example_cells import (
    DAY_ZERO_1900,
    DAY_ZERO_1904,
    EVERY_FUNCTION,
    example_cells,
    rows_of,
    same,
    serial,
)
from tests.addin.windows_stand_ins import MISSING, ExcelRange, error_code, windows

ERROR_NUMBERS = {  # of Microsoft's XlCVError
    "#NULL!": 2000,
    "#DIV/0!": 2007,
    "#VALUE!": 2015,
    "#REF!": 2023,
    "#NAME?": 2029,
    "#NUM!": 2036,
    "#N/A": 2042,
    "#SPILL!": 2045,
    "#CALC!": 2050,
}


@pytest.fixture(scope="module")
def excel():
    """xlwings as on Windows, with the module of functions loaded."""
    with windows():
        import xlwings.udfs

        import addin.udfs

        yield SimpleNamespace(udfs=addin.udfs, xlwings=xlwings.udfs)


@pytest.fixture
def call(excel):
    """A call as the wrapper in VBA makes it: values of cells, None left out."""

    def calling(name, *cells, date_1904=False):
        left_out = len(FUNCTIONS[name].arguments) - len(cells)
        given = [MISSING if cell is None else cell for cell in (*cells, *[None] * left_out)]
        return excel.xlwings.call_udf("addin.udfs", name, (*given, date_1904))

    return calling


def error(found):
    """The error value that the wrapper in VBA makes of one marked text, else None."""
    ((cell,),) = found
    if not isinstance(cell, str) or not cell.startswith("\x01"):
        return None
    _, text, reason = cell.split("\x01")
    assert reason
    return text


def agrees(found, function):
    expected = rows_of(function.example.value)
    shape, expected_shape = [list(map(len, rows)) for rows in (found, expected)]
    assert shape == expected_shape
    pairs = [pair for rows in zip(found, expected, strict=True) for pair in zip(*rows, strict=True)]
    return [pair for pair in pairs if not same(*pair)] == []


@pytest.mark.parametrize("function", EVERY_FUNCTION, ids=lambda each: each.name)
def test_every_function_answers_its_example(call, function):
    assert agrees(call(function.name, *example_cells(function, DAY_ZERO_1900)), function)


@pytest.mark.parametrize("function", EVERY_FUNCTION, ids=lambda each: each.name)
def test_every_function_reads_dates_from_1904(call, function):
    cells = example_cells(function, DAY_ZERO_1904)
    assert agrees(call(function.name, *cells, date_1904=True), function)


def with_one_changed(function, change):
    """Calls of the example with one argument changed, where `change` has a cell for it."""
    cells = example_cells(function)
    for place, argument in enumerate(function.arguments):
        changed = change(argument, cells[place])
        if changed is not None:
            yield argument, [*cells[:place], changed, *cells[place + 1 :]]


BAD_CELLS = {
    "blank": lambda argument, cell: None if argument.is_optional else MISSING,
    "empty text": lambda argument, cell: None if argument.is_optional else "",
    "number as text": lambda argument, cell: "1" if is_number(argument) else None,
    "true": lambda argument, cell: True if is_number(argument) else None,
    "range for one cell": lambda argument, cell: (
        ((cell,), (cell,)) if argument.kind.shape == SCALAR and cell is not None else None
    ),
    "ragged": lambda argument, cell: (
        (cell[0], cell[0][:1]) if argument.kind.shape == TABLE and cell is not None else None
    ),
    "a block for a column": lambda argument, cell: (
        (cell[0] * 2, cell[0] * 2) if is_column(argument) and cell is not None else None
    ),
}


def is_number(argument):
    return argument.kind.shape == SCALAR and argument.kind.written == NUMBER


def is_column(argument):
    return argument.kind.shape not in (SCALAR, TABLE)


@pytest.mark.parametrize("bad", BAD_CELLS)
@pytest.mark.parametrize("function", EVERY_FUNCTION, ids=lambda each: each.name)
def test_a_bad_cell_is_a_value_error(call, function, bad):
    if function.by_row and bad == "range for one cell":
        return  # answers row by row, which the next tests hold
    for argument, cells in with_one_changed(function, BAD_CELLS[bad]):
        assert error(call(function.name, *cells)) == "#VALUE!", argument.name


@pytest.mark.parametrize("text", ERROR_NUMBERS)
@pytest.mark.parametrize("function", EVERY_FUNCTION, ids=lambda each: each.name)
def test_an_error_cell_comes_back_as_the_same_error(call, function, text):
    code = error_code(ERROR_NUMBERS[text])

    def with_error(argument, cell):
        if argument.kind.shape == SCALAR or cell is None:
            return code
        first, *rest = cell
        return (*rest, (code, *first[1:]))

    for argument, cells in with_one_changed(function, with_error):
        assert error(call(function.name, *cells)) == text, argument.name


@pytest.mark.parametrize(
    ("name", "cells", "expected"),
    [
        ("LEXP_FEE", (-1.0, 0.01), "#NUM!"),
        ("LEXP_FEE", (1e13, 0.01), "#NUM!"),
        ("LEXP_FEE", (float("nan"), 0.01), "#NUM!"),
        ("LEXP_DAYS", (10.0, 38000.0, "ACT/360"), "#NUM!"),
        ("LEXP_DAYS", (38000.5, 38100.0, "ACT/360"), "#VALUE!"),
        ("LEXP_DAYS", (-1.0, 38100.0, "ACT/360"), "#NUM!"),
        ("LEXP_DAYS", (38000.0, 38100.0, "30/360"), "#N/A"),
        ("LEXP_INDEX", ("LIBOR 1M", 38000.0), "#N/A"),
        ("LEXP_INDEX", ("prime", 36526.0), "#N/A"),
        ("LEXP_BALANCE", ("lexp-2003", "no-such-loan", 38000.0), "#N/A"),
        ("LEXP_BALANCE", ("no-such-file.toml", "term-loan", 38000.0), "#N/A"),
        ("LEXP_SCHEDULE", ("lexp-2003", "term-loan", "no such scenario"), "#N/A"),
    ],
)
def test_each_fault_has_its_error(call, name, cells, expected):
    assert error(call(name, *cells)) == expected


def test_a_number_counts_as_the_sheet_shows_it(call):
    # 0.1 + 0.2 is 0.30000000000000004 to a machine; 0.3 x 0.5 is 0.15 by hand
    assert call("LEXP_FEE", 0.1 + 0.2, 0.5) == [[0.15]]


def test_a_column_is_answered_row_by_row(call):
    rates = ((0.04,), (error_code(2042),), (None,), ("x",), (0.05,), (None,))
    answers = call("LEXP_ALL_IN_RATE", rates, 0.015)
    texts = [cell if isinstance(cell, float) else cell.split("\x01")[1] for (cell,) in answers]
    assert texts == [0.055, "#N/A", "#VALUE!", "#VALUE!", 0.065]


def test_a_row_and_a_column_make_a_block(call):
    assert call("LEXP_ALL_IN_RATE", ((0.04, 0.05),), ((0.01,), (0.02,))) == [
        [0.05, 0.06],
        [0.06, 0.07],
    ]


@pytest.mark.parametrize(
    ("rates", "margins"),
    [
        (((0.04,), (0.05,)), ((0.01,), (0.02,), (0.03,))),
        (((0.04, 0.05),), ((0.01, 0.02, 0.03),)),
        (((0.04,), (0.05,)), ((0.01, 0.02, 0.03),) * 3),
        (((0.04,), (0.05,)), ((0.01, 0.02), (0.03,))),
    ],
)
def test_ranges_of_another_shape_are_refused(call, rates, margins):
    assert error(call("LEXP_ALL_IN_RATE", rates, margins)) == "#VALUE!"


def test_ten_thousand_rows(call):
    starts = tuple((serial("2004-01-01") + number,) for number in range(10_000))
    answers = call("LEXP_DAYS", starts, serial("2004-01-01") + 10_000, "ACT/365F")
    assert answers == [[10_000.0 - number] for number in range(10_000)]


def test_ten_thousand_rows_of_three_cells(call):
    # Customers of 100 each, none over age: all of 9,999 x 100 but what is above a fifth: nothing
    ageing = tuple((f"customer {number}", 100.0, 30.0) for number in range(9_999))
    assert call("LEXP_ELIGIBLE_RECEIVABLES", ageing) == [[999_900.0]]


def test_more_rows_than_a_column_may_have_are_refused(call):
    assert error(call("LEXP_ALL_IN_RATE", ((0.04,),) * 100_001, 0.01)) == "#NUM!"
    assert error(call("LEXP_ALL_IN_RATE", ((0.04,) * 500,) * 500, 0.01)) == "#NUM!"
    assert error(call("LEXP_XIRR", ((1.0,),) * 100_001, ((38000.0,),) * 100_001)) == "#NUM!"
    assert error(call("LEXP_XIRR", ((1.0,),) * 100_001, (("x",),) * 100_001)) == "#NUM!"


def test_a_term_sheet_that_changes_is_read_anew(call, tmp_path):
    from lexp_calc.term_sheet import term_sheet_path

    text = term_sheet_path("lexp-2003").read_text(encoding="utf-8")
    path = tmp_path / "deal.toml"
    path.write_text(text, encoding="utf-8")
    day = serial("2003-12-31")
    before = call("LEXP_BALANCE", str(path), "senior-notes", day)
    path.write_text("[deal]\nbroken", encoding="utf-8")
    assert error(call("LEXP_BALANCE", str(path), "senior-notes", day)) in ("#VALUE!", "#N/A")
    path.unlink()
    assert error(call("LEXP_BALANCE", str(path), "senior-notes", day)) == "#N/A"
    path.write_text(text, encoding="utf-8")
    assert call("LEXP_BALANCE", str(path), "senior-notes", day) == before


def test_a_fault_of_the_program_is_a_value_error_and_no_traceback(call, monkeypatch):
    def broken(*_):
        raise ZeroDivisionError("a fault")

    monkeypatch.setitem(FUNCTIONS["LEXP_FEE"].__dict__, "plain", broken)
    found = call("LEXP_FEE", 100.0, 0.01)
    assert error(found) == "#VALUE!"
    assert "Traceback" not in found[0][0] and "fault of the program" in found[0][0]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("LEXP_FEE", False, 100.0, 0.01), ""),
        (("fee", False, None, 0.01), "principal: found nothing (a blank)"),
        (("LEXP_FEE", False, error_code(2023), 0.01), "principal: found the error #REF!"),
        (("LEXP_NO", False), "LEXP_NO"),
        ((None, False), "name: the name of a function"),
        ((error_code(2042), False), "name: the name of a function"),
        (("LEXP_BALANCE", False, "x" * 32_767, "term-loan", 38000.0), "deal: "),
        (("LEXP_ALL_IN_RATE", False, ((0.04,), ("x",)), 0.01), 'index_rate: found "x"'),
    ],
)
def test_why_says_the_reason(excel, arguments, words):
    ((found,),) = excel.xlwings.call_udf("addin.udfs", "LEXP_WHY", arguments)
    assert words in found if words else found == ""
    assert len(found) <= 32_767  # what a cell holds


# ------------------------------------------------------------- what xlwings registers


def test_xlwings_writes_a_wrapper_for_each_function(excel):
    text = io.StringIO()
    workbook = SimpleNamespace(Name="lexp.xlam")
    excel.xlwings.generate_vba_wrapper("addin.udfs", excel.udfs, text, workbook)
    lines = text.getvalue().splitlines()
    written = {line.split("(")[0].split()[-1]: line for line in lines if line[:9] == "Function "}
    assert set(written) == {*FUNCTIONS, "LEXP_WHY"}
    assert written["LEXP_NOTE_PRICE"] == (
        "Function LEXP_NOTE_PRICE(settlement, maturity, coupon, yield_, frequency, "
        "Optional day_count)"
    )


@pytest.mark.parametrize("function", EVERY_FUNCTION, ids=lambda each: each.name)
def test_the_wizard_has_the_words_of_the_registry(excel, function):
    registered = getattr(excel.udfs, function.name).__xlfunc__
    *arguments, date_1904 = registered["args"]
    assert registered["ret"]["doc"] == function.help
    assert registered["category"] == f"LEXP {function.category}"
    assert not registered["volatile"]
    assert [each["doc"] for each in arguments] == [each.help for each in function.arguments]
    assert ["optional" in each for each in arguments] == [
        each.is_optional for each in function.arguments
    ]
    assert date_1904["vba"] == "LexpDate1904()"


def test_a_whole_column_is_cut_before_it_is_read(call):
    column = ExcelRange(((0.04,), (0.05,)), height=1_048_576)
    assert call("LEXP_ALL_IN_RATE", column, 0.01) == [[0.05], [0.06]]
    assert column.read == [2]


def test_a_range_within_the_used_rows_is_read_whole(call):
    column = ExcelRange(((0.04,), (0.05,)), height=2)
    assert call("LEXP_ALL_IN_RATE", column, 0.01) == [[0.05], [0.06]]
    assert column.read == [2]
