"""What the words of a sheet accept and what they refuse.

The limits are Microsoft's: "Excel specifications and limits", and for names "Names in
formulas", both on support.microsoft.com.
"""

from datetime import date, datetime
from decimal import Decimal

import pytest
from openpyxl.utils.datetime import to_excel

from lexp_calc.errors import LexpError, NotThere, OutOfRange, WrongKind
from workbook_templates import styles, validations
from workbook_templates.addresses import Area, cell_name, column_letters, sheet_title
from workbook_templates.cells import Book
from workbook_templates.values import date_serial, number_text


@pytest.fixture
def book():
    return Book("Loan", "Test", "lexp", "en-US", "0.1.0")


@pytest.fixture
def sheet(book):
    return book.sheet("Terms", "inputs")


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0, "0"),
        (-17, "-17"),
        (123456789012345, "123456789012345"),
        (10**20, "1" + 20 * "0"),
        (Decimal("2354900.00"), "2354900"),
        (Decimal("-0.00"), "0"),
        (Decimal("0.05500"), "0.055"),
        (Decimal("1E+3"), "1000"),
        (Decimal("0.000000000000000123"), "0.000000000000000123"),
        (0.1 + 0.2, "0.30000000000000004"),
        (-0.0, "0"),
        (5.0, "5"),
    ],
)
def test_a_number_is_spelled_in_full(value, text):
    assert number_text(value) == text


@pytest.mark.parametrize(
    ("value", "kind"),
    [
        (float("nan"), OutOfRange),
        (float("inf"), OutOfRange),
        (Decimal("NaN"), OutOfRange),
        (Decimal("-Infinity"), OutOfRange),
        (1234567890123456, OutOfRange),
        (Decimal("12345678901234.56"), OutOfRange),
        (Decimal("1E+400"), OutOfRange),
        (True, WrongKind),
        ("5", WrongKind),
        (None, WrongKind),
    ],
)
def test_what_a_sheet_cannot_hold_as_a_number_is_refused(sheet, value, kind):
    with pytest.raises(kind, match="Terms!B3"):
        sheet.number(3, 2, value, "money")
    assert not sheet.rows


def test_a_float_of_numpy_is_spelled_like_any_other():
    numpy = pytest.importorskip("numpy")
    assert number_text(numpy.float64(1.5)) == "1.5"


@pytest.mark.parametrize("day", [date(1900, 3, 1), date(2003, 12, 18), date(2099, 12, 31)])
def test_dates_are_counted_as_openpyxl_counts_them(day):
    assert date_serial(day) == to_excel(day)


@pytest.mark.parametrize(
    ("day", "kind"),
    [
        (date(1900, 2, 28), OutOfRange),
        (datetime(2003, 12, 18, 9, 30), WrongKind),
        ("2003-12-18", WrongKind),
    ],
)
def test_other_days_are_refused(sheet, day, kind):
    with pytest.raises(kind, match="Terms!A1"):
        sheet.date(1, 1, day)


@pytest.mark.parametrize(
    "text",
    ["a\x00b", "a\tb", "a\rb", "\x7f", "\x85", "abc\u202ecba", "\u2066", "\u200f", "\ud800"]
    + ["\uffff", "x" * 32_768, "\U0001f600" * 16_384],
    ids=ascii,
)
def test_unsafe_text_is_refused(sheet, text):
    with pytest.raises(OutOfRange, match="Terms!A1"):
        sheet.text(1, 1, text)


@pytest.mark.parametrize(
    "text", ["", "two\nlines", "Ärzte & Söhne <GmbH>", "株式会社", "x" * 32_767], ids=len
)
def test_other_text_is_taken_as_it_is(sheet, text):
    sheet.text(1, 1, text)
    assert sheet.rows[1][0].value == text


@pytest.mark.parametrize(
    "name",
    ["TL1", "a1", "XFD1048576", "R1C1", "r", "C", "RC", "1st_rate", "rate of interest", "rate-1"]
    + ["", "TRUE", "Print_Area", "_xlnm.Print_Area", "x" * 256, "=rate"],
)
def test_names_that_excel_would_not_take_are_refused(book, sheet, name):
    with pytest.raises(OutOfRange):
        book.name(name, sheet, (1, 1))
    assert not book.names


def test_a_name_clashes_whatever_its_case(book, sheet):
    book.name("interest_rate", sheet, (1, 1))
    with pytest.raises(OutOfRange, match="Interest_Rate"):
        book.name("Interest_Rate", sheet, (2, 1))


def test_a_name_is_absolute_and_its_sheet_quoted(book):
    sheet = book.sheet("Lender's terms", "inputs")
    book.name("rates", sheet, (2, 3), (9, 3))
    assert book.names["rates"] == "'Lender''s terms'!$C$2:$C$9"


@pytest.mark.parametrize(
    ("text", "taken", "title"),
    [
        ("Schedule", (), "Schedule"),
        ("Term loan [A]: 5/6?", (), "Term loan -A-- 5-6-"),
        ("x" * 40, (), "x" * 31),
        ("\U0001f600" * 20, (), "\U0001f600" * 15),
        ("History", (), "History sheet"),
        ("'quoted'", (), "quoted"),
        ("", (), "Sheet"),
        ("schedule", ("Schedule",), "schedule (2)"),
        ("Schedule", ("SCHEDULE", "schedule (2)"), "Schedule (3)"),
        ("x" * 40, ("x" * 31,), "x" * 27 + " (2)"),
    ],
)
def test_a_sheet_title_is_made_from_any_text(text, taken, title):
    assert sheet_title(text, taken) == title


@pytest.mark.parametrize(
    ("row", "column", "name"), [(1, 1, "A1"), (5, 26, "Z5"), (5, 27, "AA5"), (1, 16_384, "XFD1")]
)
def test_cells_are_named_as_excel_names_them(row, column, name):
    assert cell_name(row, column) == name


@pytest.mark.parametrize(("row", "column"), [(0, 1), (1, 0), (1_048_577, 1), (1, 16_385)])
def test_a_cell_outside_the_sheet_is_refused(row, column):
    with pytest.raises(OutOfRange):
        cell_name(row, column)


def test_columns_beyond_the_first_thousand_have_letters_too():
    assert column_letters(1023) + column_letters(1024) == "AMIAMJ"


@pytest.mark.parametrize("formula", ["", "=A1", "IF(A1>0;1;2)", "A" * 8_193])
def test_a_formula_that_the_file_could_not_hold_is_refused(sheet, formula):
    with pytest.raises(OutOfRange, match="Terms!A1"):
        sheet.formula(1, 1, formula, 1, "count")


def test_a_semicolon_inside_the_text_of_a_formula_is_taken(sheet):
    sheet.formula(1, 1, 'IF(B1=0,"OK; done","ERROR")', "OK; done", "check")
    assert len(sheet.rows[1]) == 1


@pytest.mark.parametrize("value", [float("nan"), None, Decimal("1234567890123.456"), "a\x00"])
def test_a_formula_needs_a_value_that_a_cell_can_hold(sheet, value):
    with pytest.raises(LexpError, match="Terms!A1"):
        sheet.formula(1, 1, "B1", value, "money")


def test_an_input_is_unlocked_named_and_validated(book, sheet):
    rule = validations.decimals(Decimal(0), Decimal(1), "A rate from 0 to 1.")
    sheet.input(5, 2, Decimal("0.055"), "input_rate", "interest_rate", rule)
    sheet.input_range(6, 2, ((1,), (None,)), "input_rate", "margins", rule)
    assert book.names == {"interest_rate": "'Terms'!$B$5", "margins": "'Terms'!$B$6:$B$7"}
    assert sheet.validations == {rule: [Area(5, 2, 5, 2), Area(6, 2, 7, 2)]}


def test_an_input_with_a_locked_style_is_refused(sheet):
    with pytest.raises(WrongKind, match="input_"):
        sheet.input(1, 1, 5, "money")


def test_unknown_styles_and_kinds_of_sheets_are_refused(book, sheet):
    with pytest.raises(NotThere, match="monies"):
        sheet.number(1, 1, 5, "monies")
    with pytest.raises(NotThere, match="output"):
        book.sheet("Summary", "output")


@pytest.mark.parametrize(
    "make",
    [
        lambda: validations.choice(("x" * 200, "y" * 60), "One of the list."),
        lambda: validations.choice(("Actual/360", "30,360"), "One of the list."),
        lambda: validations.whole_numbers(1, 2, "x" * 256),
        lambda: validations.whole_numbers(1, 2, "x").with_prompt("x" * 33, "text"),
        lambda: Book("Loan", "Test", "lexp", "en-US", "v" * 250),
    ],
)
def test_messages_and_lists_beyond_excels_limits_are_refused(make):
    with pytest.raises(OutOfRange):
        make()


def test_a_rule_is_written_without_an_equals_sign(sheet):
    with pytest.raises(OutOfRange, match="=A1=0"):
        sheet.grey_where(Area(1, 1, 5, 5), "=A1=0")


@pytest.mark.parametrize("words", [{"paper": "B5"}, {"orientation": "upright"}])
def test_unknown_paper_is_refused(sheet, words):
    with pytest.raises(NotThere, match="would be right"):
        sheet.print_setup(Area(1, 1, 5, 5), **words)


def _luminance(colour):
    """Relative luminance, by WCAG 2.1."""
    channels = [int(colour[place : place + 2], 16) / 255 for place in (0, 2, 4)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _contrast(ink, paper):
    lighter, darker = sorted((_luminance(ink), _luminance(paper)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("name", [*styles.STYLES, *styles.EMPHASES])
def test_text_stands_out_from_its_fill(name):
    style = styles.STYLES.get(name) or styles.EMPHASES[name]
    papers = [style.fill or styles.WHITE]
    if name == "beyond_maturity":
        papers.append(styles.TOTAL_TINT)
    ink = style.colour or styles.INK
    assert min(_contrast(ink, paper) for paper in papers) >= 4.5


def test_only_inputs_are_blue_and_unlocked_and_only_links_green():
    for name, style in styles.STYLES.items():
        is_input = name.startswith("input_")
        assert (style.colour == styles.INPUT_BLUE) == is_input, name
        assert (style.fill == styles.INPUT_TINT) == is_input, name
        # The sample in the key to the colours looks like an input and is none.
        assert style.locked == (not is_input or name == "input_sample"), name
        assert (style.colour == styles.LINK_GREEN) == name.startswith("link_"), name
