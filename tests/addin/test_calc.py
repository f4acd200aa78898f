"""The functions in a real, hidden LibreOffice Calc: on cells, by formulas, and its errors.

Expected values are those of the registry's examples, whose authors it names, or Calc's own.
"""

from datetime import date
from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.formula import ArrayFormula

from lexp_calc.functions import FUNCTIONS
from lexp_calc.kinds import NUMBER, SCALAR
from lexp_calc.spreadsheet_function import PREFIX
from tests.addin.calc_session import running_calc
from tests.addin.example_cells import EVERY_FUNCTION, example_cells, rows_of, same, serial

EXAMPLES = Path(__file__).parents[2] / "examples"
WORKBOOK_OF_EXAMPLES = Path(__file__).parents[2] / "addin/examples.xlsx"
ERROR_TYPES = {"#NULL!": 1, "#DIV/0!": 2, "#VALUE!": 3, "#REF!": 4, "#NAME?": 5, "#NUM!": 6}


def letters(column):
    """0 is A, 26 is AA."""
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(ord("A") + rest) + name
    return name


def address(row, column, height=1, width=1):
    """A range by its first row and column, counted from 0."""
    first = f"{letters(column)}{row + 1}"
    if height == width == 1:
        return first
    return f"{first}:{letters(column + width - 1)}{row + height}"


class Placed:
    """A function's example on a sheet: the cells of its arguments, and its formula below them."""

    def __init__(self, function, top):
        self.cells, references, column, height = {}, [], 0, 1
        for given in example_cells(function):
            rows = given if isinstance(given, tuple) else ((given,),)
            if given is None:
                references.append("")
                continue
            self.cells[address(top, column)] = [list(row) for row in rows]
            reference = address(top, column, len(rows), len(rows[0]))
            # A 0 that might be a blank cell is given as a range, as docs/calc.md says.
            references.append(f"{reference}:{reference}" if given == 0 else reference)
            column += len(rows[0])
            height = max(height, len(rows))
        while references and not references[-1]:
            references.pop()
        self.references = references
        self.formula = f"={function.name}({';'.join(references)})"
        self.expected = rows_of(function.example.value)
        self.top = top + height
        self.height, self.width = len(self.expected), max(map(len, self.expected))
        self.below = self.top + self.height + 1

    @property
    def area(self):
        """The cells of the answer."""
        return address(self.top, 0, self.height, self.width)


def all_placed():
    top = 0
    for function in EVERY_FUNCTION:
        placed = Placed(function, top)
        top = placed.below
        yield function.name, placed


PLACED = dict(all_placed())


@pytest.fixture(scope="module")
def calc():
    with running_calc() as session:
        yield session


@pytest.fixture(scope="module")
def answers(calc):
    """The rows of all examples, calculated by Calc."""
    sheet = calc.open()
    for placed in PLACED.values():
        calc.put(sheet, **placed.cells)
    single = [each for each in PLACED.values() if each.height == each.width == 1]
    calc.put(sheet, **{each.area: {"formula": each.formula} for each in single})
    tables = [[each.area, each.formula] for each in PLACED.values() if each not in single]
    calc.ask("array", document=sheet, formulas=tables)
    last = max(each.below for each in PLACED.values())
    widest = max(each.width for each in PLACED.values())
    return calc.values(address(0, 0, last, widest), sheet)


@pytest.fixture(scope="module")
def blanks(calc, answers):
    """For each function what it answers with each argument in turn blank that must be given."""
    sheet, formulas = calc.open(), []
    for function in EVERY_FUNCTION:
        placed = PLACED[function.name]
        calc.put(sheet, **placed.cells)
        for place, argument in enumerate(function.arguments):
            if not argument.is_optional:
                # A number alone would be 0, as docs/calc.md says; others count as blank alone.
                is_number = argument.kind.written == NUMBER and argument.kind.shape == SCALAR
                given = [*placed.references]
                given[place] = "XFD1:XFD1" if is_number else "XFD1"
                formula = f"=INDEX({function.name}({';'.join(given)});1;1)"
                formulas.append((function.name, argument.name, formula))
    cells = {address(row, 100): {"formula": each[2]} for row, each in enumerate(formulas)}
    calc.put(sheet, **cells)
    rows = calc.values(address(0, 100, len(formulas)), sheet)
    found = {name: {} for name in PLACED}
    for (name, argument, _), (answer,) in zip(formulas, rows, strict=True):
        found[name][argument] = answer["error"] if isinstance(answer, dict) else answer
    calc.ask("close", document=sheet)
    return found


def is_same(found, expected):
    """As `same`; a date has come as its serial number."""
    if isinstance(found, float) and isinstance(expected, str):
        return found == serial(expected)
    return same(float(found) if isinstance(expected, bool) else found, expected)


@pytest.mark.parametrize("name", PLACED)
def test_a_function_answers_its_example_on_cells(name, answers):
    placed = PLACED[name]
    found = [row[: placed.width] for row in answers[placed.top : placed.top + placed.height]]
    for row, expected in zip(found, placed.expected, strict=True):
        assert all(map(is_same, row, expected)), (placed.formula, row, expected)


def test_the_function_wizard_knows_each_function_and_its_arguments(calc):
    assert calc.value("=LEXP_FEE(1000;0.01)") == 10  # Calc reads the arguments once one is called
    known = calc.ask("describe")["functions"]
    assert known.keys() == {*FUNCTIONS, "LEXP_WHY"}
    for function in EVERY_FUNCTION:
        words, arguments = known[function.name]
        assert words == function.help
        assert [name for name, _ in arguments] == [each.name for each in function.arguments]
        for (_, shown), argument in zip(arguments, function.arguments, strict=True):
            assert shown.startswith(argument.help)


# ------------------------------------------------------------- errors


@pytest.mark.parametrize(
    ("formula", "error"),
    [
        ('LEXP_FEE(1000;"abc")', "#VALUE!"),
        ("LEXP_FEE(1000;9)", "#NUM!"),
        ("LEXP_FEE(1000)", "#VALUE!"),
        ("LEXP_FEE(1000;)", "#VALUE!"),
        ('LEXP_BALANCE("lexp-2003";"no such";DATE(2006;6;29))', "#N/A"),
        ('LEXP_BALANCE("no such.toml";"term-loan";DATE(2006;6;29))', "#N/A"),
        ("LEXP_FEE(1/0;0.01)", "#DIV/0!"),
        ("LEXP_FEE(NA();0.01)", "#N/A"),
        ("LEXP_XIRR({100;110};{36892;37257})", "#NUM!"),
    ],
)
def test_a_bad_argument_is_a_real_error(calc, formula, error):
    assert calc.value(f"={formula}") == error
    assert calc.value(f'=IFERROR({formula};"caught")') == "caught"
    assert calc.value(f"=ISERROR({formula})") == 1
    assert calc.value(f"=ISNA({formula})") == (error == "#N/A")
    calc.put(A1={"formula": f"={formula}"})
    assert calc.value("=ERROR.TYPE(A1)") == ERROR_TYPES.get(error, 7)


@pytest.mark.parametrize("made", ["=1/0", "=NA()", "=EXP(1000)", '="a"+1', "=NO_SUCH_FUNCTION()"])
def test_an_error_cell_comes_back_as_the_same_error(calc, made):
    calc.put(A1={"formula": made})
    error = calc.value("=A1")
    assert error.startswith("#")
    assert calc.value("=LEXP_FEE(A1;0.01)") == error


def test_too_many_arguments_are_calcs_own_error(calc):
    assert calc.value("=LEXP_FEE(1000;0.01;3)") == "Err:504"


def test_an_error_cell_within_a_range_is_calcs_own_error(calc):
    calc.put(A1=[[1000.0], [None]], A2={"formula": "=NA()"}, B1=[[38000.0], [38100.0]])
    assert calc.value("=LEXP_XIRR(A1:A2;B1:B2)") == "Err:504"
    assert calc.value('=IFERROR(LEXP_XIRR(A1:A2;B1:B2);"caught")') == "caught"


def test_an_answer_of_many_rows_has_its_errors_in_their_rows(calc):
    document = calc.open()
    calc.put(document, A1=[[0.04], ["abc"], [9.0], [0.05]])
    formula = "LEXP_ALL_IN_RATE(A1:A4;0.01)"
    formulas = [["C1:C4", f"={formula}"], ["D1:D4", f"=IFERROR({formula};-1)"]]
    calc.ask("array", document=document, formulas=formulas)
    first, second, third, fourth = (row[0] for row in calc.values("C1:C4", document))
    assert [first, fourth] == pytest.approx([0.05, 0.06], rel=1e-12)
    assert [second["error"], third["error"]] == ["#VALUE!", "#NUM!"]
    assert [calc.value(f"=ERROR.TYPE(C{row})", document) for row in (2, 3)] == [3, 6]
    assert [row[0] for row in calc.values("D2:D3", document)] == [-1, -1]
    calc.ask("close", document=document)


def test_the_reason_is_told_in_words(calc):
    calc.put(B4=1000, B5="abc", B6=0.01)
    reason = calc.value('=LEXP_WHY("LEXP_FEE";B4;B5)')
    assert "fee_rate" in reason and "abc" in reason and "\n" not in reason
    assert calc.value('=LEXP_WHY("LEXP_FEE";B4;B6)') == ""
    assert "fee_rate" in calc.value('=LEXP_WHY("fee";B4)')
    assert "LEXP_FEE" in calc.value('=LEXP_WHY("LEXP_FEES";B4)')
    assert calc.value("=LEXP_WHY(B20;B4)") != ""


# ------------------------------------------------------------- forms of a cell


def test_an_answer_for_one_row_is_one_value_in_other_formulas(calc):
    # These functions answer Calc with a block of one cell.
    rate = "LEXP_ALL_IN_RATE(0.04;0.01)"
    assert calc.value(f"={rate}*2") == 0.1
    assert calc.value(f'=IF({rate}>0.03;"high";"low")') == "high"
    assert calc.value(f'="at "&{rate}') == "at 0.05"
    assert calc.value(f"=MAX({rate};0.01)") == calc.value(f"=SUM({rate})") == 0.05
    assert calc.value(f"=LEXP_FEE(1000;{rate})") == 50
    assert calc.value(f"=VLOOKUP({rate};{{0.05;7}};2;0)") == 7


def test_a_text_is_no_number_and_true_is_one(calc):
    calc.put(A1="1000", A2={"formula": "=TRUE()"})
    assert calc.value("=LEXP_FEE(A1;0.01)") == "#VALUE!"
    assert calc.value("=LEXP_FEE(1000;A2)") == 1000  # Calc has no other form of TRUE


def test_a_blank_cell_counts_as_left_out_where_a_text_or_date_is_due(calc):
    with_default = calc.value(
        "=LEXP_NOTE_PRICE(DATE(2008;2;15);DATE(2017;11;15);0.0575;0.065;2;A99)"
    )
    assert with_default == pytest.approx(94.63436162132218, rel=1e-12)  # Microsoft's example
    assert calc.value('=LEXP_DAYS(A99;DATE(2004;1;1);"ACT/360")') == "#VALUE!"
    assert "blank" in calc.value('=LEXP_WHY("LEXP_DAYS";A99;DATE(2004;1;1);"ACT/360")')
    assert calc.value("=LEXP_DAYS(DATE(2004;1;1);DATE(2004;1;2);A99)") == "#VALUE!"


def test_a_blank_cell_that_may_be_a_zero_is_refused_where_they_would_differ(calc):
    assert calc.value("=LEXP_ALL_IN_RATE(0.04;0.04;;A99)") == "#VALUE!"
    assert "B4:B4" in calc.value('=LEXP_WHY("LEXP_ALL_IN_RATE";0.04;0.04;;A99)')
    assert calc.value("=LEXP_ALL_IN_RATE(0.04;0.04;;A99:A99)") == 0.08
    assert calc.value("=LEXP_ALL_IN_RATE(0.04;0.04;0)") == 0.08  # the floor changes nothing
    assert calc.value("=LEXP_ALL_IN_RATE(-0.05;0.04;0)") == "#VALUE!"
    assert calc.value("=LEXP_ALL_IN_RATE(-0.05;0.04;{0})") == 0
    calc.put(A98=0)
    assert calc.value("=LEXP_ALL_IN_RATE(-0.05;0.04;A98:A98)") == 0


def test_a_blank_cell_counts_as_zero_where_a_number_is_due(calc):
    # Calc's own rule for every function; docs/calc.md says so.
    assert calc.value("=LEXP_FEE(1000;A99)") == 0
    assert calc.value("=LEXP_FEE(1000;A99:A99)") == "#VALUE!"


@pytest.mark.parametrize(
    ("blank", "error", "referring"),
    [("A99:A99", "Err:504", 0), ('IF(A99="";"";A99)', "#N/A", "#VALUE!")],
)
def test_a_blank_number_is_refused_in_the_forms_that_are_advised(calc, blank, error, referring):
    assert calc.value(f"=LEXP_FEE(1000;{blank})") == "#VALUE!"
    assert calc.value(f'=IFERROR(LEXP_FEE(1000;{blank});"caught")') == "caught"
    assert "blank" in calc.value(f'=LEXP_WHY("LEXP_FEE";1000;{blank})')
    document = calc.open()
    calc.put(document, A99={"formula": "=NA()"})
    assert calc.value(f"=LEXP_FEE(1000;{blank})", document) == error
    calc.put(document, A99={"formula": "=A98"})  # of a blank cell
    assert calc.value(f"=LEXP_FEE(1000;{blank})", document) == referring
    calc.put(document, A99=0)
    assert calc.value(f"=LEXP_FEE(1000;{blank})", document) == 0
    calc.ask("close", document=document)


@pytest.mark.parametrize("name", PLACED)
def test_an_argument_that_must_be_given_is_refused_blank(name, blanks):
    found = blanks[name]
    assert set(found.values()) <= {"#VALUE!"}, found


def test_a_range_for_one_value_and_a_wrong_shape_are_refused(calc):
    calc.put(A1=[[1000.0], [2000.0]], B1=[[38000.0, 38001.0], [38002.0, 38003.0]])
    assert calc.value("=LEXP_FEE(A1:A2;0.01)") == "#VALUE!"
    assert "2 rows" in calc.value('=LEXP_WHY("LEXP_FEE";A1:A2;0.01)')
    assert calc.value("=LEXP_XIRR(A1:A2;B1:C2)") == "#VALUE!"


def test_arrays_written_out_and_ranges_of_formulas_are_taken(calc):
    # 0.1 by hand: 110 a year after 100.
    assert calc.value("=LEXP_XIRR({-100;110};{36526;36892})") == pytest.approx(
        1.1 ** (365 / 366) - 1, rel=1e-9
    )
    calc.put(A1={"formula": "=-50*2"}, A2={"formula": "=A1*-1.1"}, B1=[[36892.0], [37257.0]])
    assert calc.value("=LEXP_XIRR(A1:A2;B1:B2)") == pytest.approx(0.1, rel=1e-12)
    assert calc.value("=LEXP_XIRR({-100|110};{36892|37257})") == pytest.approx(0.1, rel=1e-12)


def test_a_single_row_is_not_repeated_over_the_area(calc):
    document = calc.open()
    calc.put(document, A1=0.04)
    single = "=LEXP_PAYMENT_DATES(DATE(2004;1;15);DATE(2004;1;31);12)"
    formulas = [["C1:C3", "=LEXP_ALL_IN_RATE(A1:A3;0.01)"], ["D1:D3", single]]
    formulas.append(["E1:E2", "=LEXP_ALL_IN_RATE(A1:A3;9)"])
    calc.ask("array", document=document, formulas=formulas)
    first, second, third = calc.values("C1:E3", document)
    assert first[:2] == [0.05, serial("2004-01-31")] and second[:2] == ["", ""]
    assert [each["error"] for each in third[:2]] == ["#N/A", "#N/A"]
    assert first[2]["error"] == "#NUM!"
    calc.ask("close", document=document)


def test_whole_columns_end_at_their_last_used_row(calc):
    document = calc.open()
    calc.put(document, A1=[[-100.0, 36892.0], [110.0, 37257.0]])
    assert calc.value("=LEXP_XIRR(A:A;B:B)", document) == pytest.approx(0.1, rel=1e-12)
    calc.put(document, D1=[[0.04, 0.01], [0.05, 0.02], [0.06, None]])
    calc.ask("array", document=document, formulas=[["F1:F3", "=LEXP_ALL_IN_RATE(D:D;E:E)"]])
    rows = calc.values("F1:F3", document)
    assert [rows[0][0], rows[1][0]] == [0.05, pytest.approx(0.07, rel=1e-12)]
    assert rows[2][0]["error"] == "#VALUE!"  # its margin is blank
    calc.ask("close", document=document)


def test_ten_thousand_rows_are_one_call(calc):
    document = calc.open()
    rows = [
        [f"customer {number % 700}", 100.0 + number, float(number % 80)] for number in range(10_000)
    ]
    calc.put(document, A1=rows)
    found = calc.value("=LEXP_ELIGIBLE_RECEIVABLES(A1:C10000)", document)
    # None is over 90 days, nor any customer over a fifth: all are eligible.
    assert found == sum(row[1] for row in rows)
    calc.ask("close", document=document)


# ------------------------------------------------------------- documents


def test_each_document_counts_its_dates_from_its_own_day(calc):
    formulas = {
        "days": '=LEXP_DAYS(DATE(1999;8;1);DATE(2003;12;18);"30/360 US")',
        "date": '=LEXP_BUSINESS_DAY(DATE(2007;6;30);"Following")',
    }
    for day_zero in (None, [1904, 1, 1], [1900, 1, 1]):
        document = calc.open(null_date=day_zero)
        assert calc.value(formulas["days"], document) == 1577
        found = calc.value(formulas["date"], document)
        zero = date(*day_zero) if day_zero else date(1899, 12, 30)
        assert found == serial("2007-07-02", zero)
        assert calc.value('=TEXT(AZ1;"YYYY-MM-DD")', document, cell="AZ2") == "2007-07-02"
        calc.ask("close", document=document)


@pytest.mark.parametrize(
    ("ending", "filter_name"), [("ods", "calc8"), ("xlsx", "Calc MS Excel 2007 XML")]
)
def test_a_stored_formula_is_found_again(calc, tmp_path, ending, filter_name):
    document = calc.open()
    calc.put(document, A1=11_500_000, B1=0.01875, C1={"formula": "=LEXP_FEE(A1;B1)"})
    calc.put(document, C2={"formula": "=LEXP_FEE(A1;B9:B9)"})  # one cell, written as a range
    url = (tmp_path / f"stored.{ending}").as_uri()
    calc.ask("store", document=document, url=url, filter=filter_name)
    calc.ask("close", document=document)
    loaded = calc.open(url=url)
    calc.put(loaded, A1=1000)
    assert calc.values("C1", loaded) == [[18.75]]
    assert calc.values("C2", loaded)[0][0]["error"] == "#VALUE!"
    calc.put(loaded, B9=0.01)
    assert calc.values("C2", loaded) == [[10]]
    calc.ask("close", document=loaded)


@pytest.fixture
def from_excel(tmp_path):
    """The address of a workbook with formulas as Excel stores them."""
    book = openpyxl.Workbook()
    sheet, other = book.active, book.create_sheet("other")
    sheet["A1"], sheet["B1"] = 11_500_000, 0.01875
    sheet["C1"], sheet["C2"] = "=LEXP_FEE(A1,B1)", "=IFERROR(1+LEXP_FEE(A1,B1),-1)"
    sheet["C3"] = "=no_such_function(A1)"
    sheet["E1"] = ArrayFormula("E1:F2", '=LEXP_MATURITY_WALL("lexp-2003")')
    other["A1"] = "=Sheet!C1*2"
    book.save(tmp_path / "from-excel.xlsx")
    return (tmp_path / "from-excel.xlsx").as_uri()


def test_formulas_that_excel_stored_are_found_as_the_file_is_opened(calc, from_excel):
    loaded = calc.open(url=from_excel, shown=True)
    assert [row[0] for row in calc.values("C1:C2", loaded)] == [215_625, 215_626]
    assert calc.values("E1:F2", loaded) == [["year", "revolver"], [2004, 0]]
    assert calc.values("C3", loaded)[0][0]["error"] == "#NAME?"
    assert calc.ask("state", document=loaded) == {"modified": False, "undo": []}
    calc.put(loaded, A1=1000)
    assert calc.values("C1", loaded) == [[18.75]]
    calc.ask("close", document=loaded)


def test_the_workbook_of_examples_agrees_in_calc(calc):
    """Every function on live cells, computed by Calc when the file is opened."""
    loaded = calc.open(url=WORKBOOK_OF_EXAMPLES.as_uri(), shown=True)
    calc.ask("recalculate", document=loaded)
    rows = calc.values("A1:D200", loaded)
    checks = {row[0]: row[3] for row in rows if str(row[0]).startswith("LEXP_")}
    assert checks == dict.fromkeys(FUNCTIONS, "agrees")
    assert calc.ask("state", document=loaded)["modified"] is False
    calc.ask("close", document=loaded)


def test_formulas_that_excel_stored_are_found_once_entered_anew(calc, from_excel):
    # A hidden document is not looked at; neither is any where the job is not run.
    loaded = calc.open(url=from_excel)
    assert calc.ask("again", document=loaded)["cells"] > 1
    assert [row[0] for row in calc.values("C1:C2", loaded)] == [215_625, 215_626]
    calc.ask("close", document=loaded)


def test_a_term_sheet_that_breaks_between_two_recalculations(calc, tmp_path):
    document, sheet = calc.open(), tmp_path / "deal.toml"
    sound = (EXAMPLES / "commercial-mortgage.toml").read_text(encoding="utf-8")

    def cell():
        calc.ask("recalculate", document=document)
        return calc.values("B1", document)[0][0]

    sheet.write_text(sound, encoding="utf-8")
    formula = {"formula": "=INDEX(LEXP_MATURITY_WALL(A1);1;1)"}
    calc.put(document, A1=str(sheet), B1=formula)
    assert cell() == "year"
    sheet.write_text("broken = [", encoding="utf-8")
    assert cell()["error"] == "#VALUE!"
    assert "deal.toml" in calc.value('=LEXP_WHY("LEXP_MATURITY_WALL";A1)', document)
    sheet.rename(tmp_path / "moved.toml")
    assert cell()["error"] == "#N/A"
    sheet.write_text(sound, encoding="utf-8")
    assert cell() == "year"
    calc.ask("close", document=document)


def test_every_name_has_the_prefix_by_which_the_component_knows_it():
    assert all(name.startswith(PREFIX) for name in FUNCTIONS)
