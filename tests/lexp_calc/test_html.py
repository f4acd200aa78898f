"""What notebooks show of deals, schedules and tables."""

from decimal import Decimal
from pathlib import Path

import pytest
from lxml import etree

import lexp_calc
from lexp_calc.capital_structure import capital_structure
from lexp_calc.html import MOST_ROWS, table_html
from lexp_calc.spreadsheet_function import Table

EXAMPLES = sorted((Path(__file__).parents[2] / "examples").glob("*.toml"))


@pytest.fixture(scope="module")
def projection():
    return lexp_calc.project(lexp_calc.builtin_deal("lexp-2003"))


def cells(html):
    """The rows of the tables in well-formed HTML, as text."""
    root = etree.fromstring(f"<div>{html}</div>")
    return [["".join(cell.itertext()) for cell in row] for row in root.iter("tr")]


def test_a_schedule_shows_its_own_figures(projection):
    schedule = projection["term-loan"]
    head, *rows = cells(schedule._repr_html_())
    assert head[0] == "payment_date" and len(rows) == len(schedule.rows)
    assert rows[-1][12] == "4,800,000.00" and rows[1][8] == "94,875.00"
    assert rows[1][7] == "0.055"


def test_the_capital_structure_and_the_deal(projection):
    rows = cells(capital_structure(projection)._repr_html_())
    assert ["Senior, unsecured note", "senior, unsecured", "", "7,500,000.00", "0.00"] in rows
    assert rows[-1][-1] == "3,467"
    deal = cells(projection.deal._repr_html_())
    assert deal[2][:2] == ["term-loan", "Term loan"] and deal[2][4] == "13,500,000"
    totals = cells(projection._repr_html_())
    assert totals[4] == [
        "senior-notes",
        "42,476,000.00",
        "28,642,982.67",
        "0.00",
        "71,118,982.67",
        "2009-08-03",
    ]


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_every_example_is_well_formed(path):
    projection = lexp_calc.project(lexp_calc.read_term_sheet(path))
    for each in (projection, projection.deal, capital_structure(projection)):
        assert cells(each._repr_html_())
    for schedule in projection.schedules.values():
        assert cells(schedule._repr_html_())


def test_text_is_escaped_and_blanks_are_empty():
    table = Table(("<b>", "&"), (("<script>alert(1)</script>", None), (True, Decimal("0.1275"))))
    html = table._repr_html_()
    assert "<script>" not in html and "<b>" not in html
    assert cells(html) == [["<b>", "&"], ["<script>alert(1)</script>", ""], ["yes", "0.1275"]]


def test_a_long_table_says_what_it_leaves_out():
    html = table_html(("number",), [(each,) for each in range(MOST_ROWS + 7)])
    assert len(cells(html)) == 1 + MOST_ROWS
    assert f"{MOST_ROWS} of {MOST_ROWS + 7} rows are shown" in html
