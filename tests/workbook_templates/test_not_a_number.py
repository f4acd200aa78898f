"""What is no number reaches no file, whichever way it comes."""

from datetime import date
from decimal import Decimal

import numpy
import pytest

from lexp_calc.errors import LexpError
from workbook_templates import charts, validations
from workbook_templates.addresses import Area
from workbook_templates.cells import Book
from workbook_templates.charts import Points, Series, Words
from workbook_templates.statement import Line, Statement
from workbook_templates.table import Column, Table, write_constant
from workbook_templates.writer import workbook_bytes

NO_NUMBERS = (
    float("nan"),
    float("inf"),
    float("-inf"),
    Decimal("NaN"),
    Decimal("sNaN"),
    Decimal("-Infinity"),
    numpy.float64("nan"),
    numpy.float32("nan"),
)


def charted(values, categories=(1, 2), top=None):
    """A chart with these values on the sheet."""

    def route(sheet, value):
        filled = tuple(value if each is None else each for each in values)
        along = tuple(value if each is None else each for each in categories)
        words = Words("Balance", "Date", "USD", "Falls.", top=value if top else None)
        points = Points("Loan", Area(5, 2, 6, 2), filled)
        days = Points("Loan", Area(5, 1, 6, 1), along)
        sheet.chart(charts.columns(words, days, (Series("Balance", points),)), Area(9, 1, 20, 6))

    return route


def in_a_table(formula):
    """A column whose value it is."""
    column = Column("rate", "Rate", "rate", formula, lambda row: row)
    return lambda sheet, value: Table(sheet, (column,), 4, 1, str).write([value])


ROUTES = {
    "number": lambda sheet, value: sheet.number(5, 2, value, "rate"),
    "money": lambda sheet, value: sheet.number(5, 2, value, "money"),
    "value of a formula": lambda sheet, value: sheet.formula(5, 2, "A1", value, "money"),
    "input": lambda sheet, value: sheet.input(5, 2, value, "input_rate"),
    "inputs": lambda sheet, value: sheet.input_range(5, 2, ((1, value),), "input_money"),
    "text": lambda sheet, value: sheet.text(5, 2, value),
    "date": lambda sheet, value: sheet.date(5, 2, value),
    "constant": lambda sheet, value: write_constant(sheet, 5, 2, value, "count"),
    "table": in_a_table(None),
    "formula of a table": in_a_table("A1"),
    "statement": lambda sheet, value: Statement(sheet, 5, str).write(
        Line("base", "Base", "money", "A1", value)
    ),
    "point": charted((1, None)),
    "first point": charted((None, 1)),
    "category": charted((1, 2), (None, 2)),
    "point of dates": charted((date(2004, 3, 18), None)),
    "top of an axis": charted((1, 2), top=True),
    "lower bound": lambda sheet, value: validations.decimals(value, Decimal(1), "Not so."),
    "upper bound": lambda sheet, value: validations.decimals(Decimal(0), value, "Not so."),
    "whole bound": lambda sheet, value: validations.whole_numbers(0, value, "Not so."),
    "date bound": lambda sheet, value: validations.dates(date(2004, 3, 18), value, "Not so."),
    "length": lambda sheet, value: validations.text_up_to(value, "Not so."),
}

# What the sheets themselves count and measure: plain floats.
PLACES = {
    "row of a name": lambda sheet, value: sheet.book.name("base", sheet, (value, 2)),
    "column of a name": lambda sheet, value: sheet.book.name("base", sheet, (5, value)),
    "width": lambda sheet, value: sheet.widths({1: value}),
    "height": lambda sheet, value: sheet.heights({1: value}),
}


@pytest.fixture
def sheet():
    """A sheet with something on it."""
    sheet = Book("Loan", "Test", "lexp", "en-US", "0.1.0").sheet("Loan", "results")
    sheet.text(1, 1, "Loan")
    return sheet


@pytest.mark.parametrize("value", NO_NUMBERS, ids=repr)
@pytest.mark.parametrize("route", ROUTES)
def test_a_value_is_refused(sheet, route, value):
    with pytest.raises(LexpError):
        ROUTES[route](sheet, value)
        workbook_bytes(sheet.book)


@pytest.mark.parametrize("value", [float("nan"), float("-inf")])
@pytest.mark.parametrize("route", PLACES)
def test_a_place_or_size_is_refused(sheet, route, value):
    with pytest.raises(LexpError):
        PLACES[route](sheet, value)


def test_sizes_end_where_excel_would_repair_the_file(sheet):
    sheet.widths({1: float("inf")})
    sheet.heights({1: 500})
    sheet.number(2, 2, 1e300, "money")
    assert (sheet.column_widths[1], sheet.row_heights[1], sheet.widest_amounts[2]) == (
        255,
        409,
        255,
    )
