"""What notebooks show of deals, schedules and tables."""

from decimal import Decimal
from pathlib import Path

import pytest
from lxml import etree

import lexp_calc
from lexp_calc.capital_structure import capital_structure
from lexp_calc.html import LAST_ROWS, MOST_ROWS, table_html
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
    assert deal[2][:2] == ["term-loan", "Term loan"] and deal[2][4] == "13,500,000.00"
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
def test_every_figure_of_every_example_is_the_schedules_own(path):
    projection = lexp_calc.project(lexp_calc.read_term_sheet(path))
    for each in (projection, projection.deal, capital_structure(projection)):
        assert cells(each._repr_html_())
    for schedule in projection.schedules.values():
        head, *rows = cells(schedule._repr_html_())
        records = schedule.records()
        if len(rows) != len(records):
            records = records[: MOST_ROWS - LAST_ROWS] + [None] + records[-LAST_ROWS:]
        for row, record in zip(rows, records, strict=True):
            if record is None:
                continue
            shown = dict(zip(head, row, strict=True))
            for column in ("interest", "balloon", "total_payment", "closing_balance"):
                assert shown[column] == f"{record[column]:,}"
            for column in ("index_rate", "all_in_rate"):
                assert record[column] is None or Decimal(shown[column]) == record[column]


def test_text_is_escaped_and_blanks_are_empty():
    table = Table(("<b>", "&"), (("<script>alert(1)</script>", None), (True, Decimal("0.1275"))))
    html = table._repr_html_()
    assert "<script>" not in html and "<b>" not in html
    assert cells(html) == [["<b>", "&"], ["<script>alert(1)</script>", ""], ["yes", "0.1275"]]


def test_a_long_table_says_what_it_leaves_out():
    """The last rows stay: a balloon stands there."""
    html = table_html(("number", "word"), [(each, "w") for each in range(1, MOST_ROWS + 1008)])
    head, *rows = cells(html)
    assert len(rows) == MOST_ROWS + 1
    assert rows[MOST_ROWS - LAST_ROWS] == ["… 1,007 rows of 1,067 left out …"]
    assert rows[0] == ["1", "w"] and rows[MOST_ROWS - LAST_ROWS - 1] == ["50", "w"]
    assert rows[-LAST_ROWS] == ["1,058", "w"] and rows[-1] == ["1,067", "w"]
    whole = cells(table_html(("number",), [(each,) for each in range(MOST_ROWS)]))
    assert len(whole) == 1 + MOST_ROWS


def test_numbers_stand_to_the_right_below_their_headings(projection):
    root = etree.fromstring(projection["term-loan"]._repr_html_())
    first = root.find(".//tbody/tr")
    for head, cell in zip(root.iter("th"), first, strict=True):
        is_date = head.text in ("payment_date", "accrual_start", "accrual_end")
        side = "text-align:left" if is_date else "text-align:right"
        assert side in head.get("style")
        assert side in cell.get("style") or not cell.text, head.text


def test_years_have_no_thousands_separator():
    rows = cells(lexp_calc.maturity_wall("lexp-2003")._repr_html_())
    assert rows[4][:1] + rows[4][-1:] == ["2009", "42,823,000.00"]
    assert cells(table_html(("warrants",), [(2004,)]))[1] == ["2,004"]


def test_it_brings_no_colours_scripts_or_outside_resources(projection):
    """On a dark page a colour of its own would be unreadable."""
    root = etree.fromstring(f"<div>{projection._repr_html_()}{projection.deal._repr_html_()}</div>")
    tags = {each.tag for each in root.iter()}
    assert tags <= set("div section h4 table caption thead tbody tr th td".split())
    attributes = {name for each in root.iter() for name in each.attrib}
    assert attributes <= {"style", "scope", "colspan"}
    for each in root.iter():
        style = each.get("style", "").replace("currentColor", "")
        assert "color" not in style and "background" not in style and "url" not in style
