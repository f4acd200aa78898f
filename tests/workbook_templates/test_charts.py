"""Charts as a file holds them: points cached, axes there, told in words."""

import zipfile
from datetime import date
from decimal import Decimal
from io import BytesIO
from xml.etree import ElementTree

import pytest

from lexp_calc.errors import LexpError, OutOfRange
from workbook_templates import charts
from workbook_templates.addresses import Area
from workbook_templates.cells import Book
from workbook_templates.charts import Points, Series, Words
from workbook_templates.writer import workbook_bytes

CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing}"
TEXT = "{http://schemas.openxmlformats.org/drawingml/2006/main}"

WORDS = Words("Balance falls to 2.2m", "Payment date", "USD million", "Falls from 2.4 to 2.2m.")
DAYS = Points("Lender's schedule", Area(5, 1, 7, 1), (date(2004, 3, 18),) * 3)
BALANCES = Points(
    "Lender's schedule", Area(5, 2, 7, 2), (Decimal("2354900.00"), Decimal("2302900.5"), 2250900)
)
BALANCE, OTHER = Series("Balance", BALANCES), Series("Other", BALANCES)
MAKERS = (
    charts.line_chart,
    charts.area_chart,
    charts.step_chart,
    charts.columns,
    charts.stacked_columns,
)


def parts(*made):
    """The chart parts and the drawing part of a book with these charts."""
    book = Book("Loan", "Test", "lexp", "en-US", "0.1.0")
    sheet = book.sheet("Summary", "results")
    for number, chart in enumerate(made):
        sheet.chart(chart, Area(3 + 20 * number, 2, 18 + 20 * number, 9))
    with zipfile.ZipFile(BytesIO(workbook_bytes(book))) as archive:
        read = [
            ElementTree.fromstring(archive.read(f"xl/charts/chart{number}.xml"))
            for number in range(1, len(made) + 1)
        ]
        return read, ElementTree.fromstring(archive.read("xl/drawings/drawing1.xml"))


def texts(element):
    return [run.text for run in element.iter(f"{TEXT}t")]


@pytest.mark.parametrize("make", MAKERS)
def test_a_chart_says_its_finding_and_its_axes(make):
    (chart,), _ = parts(make(WORDS, DAYS, (BALANCE,)))
    assert texts(chart.find(f"{CHART}chart/{CHART}title")) == ["Balance falls to 2.2m"]
    axes = chart.findall(f".//{CHART}catAx") + chart.findall(f".//{CHART}valAx")
    assert [texts(axis.find(f"{CHART}title")) for axis in axes] == [
        ["Payment date"],
        ["USD million"],
    ]
    assert all(axis.find(f"{CHART}delete").get("val") == "0" for axis in axes)
    assert axes[1].find(f"{CHART}numFmt").get("formatCode") == "#,##0.0,,"
    overlays = [overlay.get("val") for overlay in chart.iter(f"{CHART}overlay")]
    assert overlays == ["0"] * 3


def test_spaces_at_the_ends_of_a_title_are_kept():
    words = Words(" Balance falls ", "Payment date", "USD million", "Falls.")
    (chart,), _ = parts(charts.line_chart(words, DAYS, (BALANCE,)))
    assert texts(chart.find(f"{CHART}chart/{CHART}title")) == [" Balance falls "]


@pytest.mark.parametrize("make", MAKERS)
def test_every_point_is_cached(make):
    (chart,), _ = parts(make(WORDS, DAYS, (BALANCE, OTHER)))
    series = chart.findall(f".//{CHART}ser")
    assert [found.find(f"{CHART}tx/{CHART}v").text for found in series] == ["Balance", "Other"]
    for found in series:
        days = found.find(f"{CHART}cat/{CHART}numRef")
        assert days.find(f"{CHART}f").text == "'Lender''s schedule'!$A$5:$A$7"
        # 38064 is 18 March 2004 by Excel's count.
        assert [float(value.text) for value in days.iter(f"{CHART}v")] == [38064.0] * 3
        cache = found.find(f"{CHART}val/{CHART}numRef/{CHART}numCache")
        assert cache.find(f"{CHART}ptCount").get("val") == "3"
        amounts = [float(value.text) for value in cache.iter(f"{CHART}v")]
        assert amounts == [2354900.0, 2302900.5, 2250900.0]


def test_points_are_spelled_as_their_cells_are():
    """To 16 digits, as openpyxl writes numbers, this amount would end in 0000001."""
    points = Points("Summary", Area(5, 2, 5, 2), (Decimal("863939.93"),))
    day = Points("Summary", Area(5, 1, 5, 1), (date(2004, 3, 18),))
    (chart,), _ = parts(charts.columns(WORDS, day, (Series("Balance", points),)))
    assert [value.text for value in chart.iter(f"{CHART}v")] == ["Balance", "38064", "863939.93"]


def test_charts_of_one_shape_have_their_own_words_and_points():
    later = Points("Later", Area(9, 1, 11, 1), (date(2005, 3, 18),) * 3)
    rates = Points("Later", Area(9, 4, 11, 4), (1, Decimal("0.5"), 0.25))
    words = Words("Rate & <rate>", "Reset date", "per cent", "Falls.")
    (first, second), drawing = parts(
        charts.line_chart(WORDS, DAYS, (BALANCE,)),
        charts.line_chart(words, later, (Series("Rate", rates),)),
    )
    assert texts(first) == ["Balance falls to 2.2m", "Payment date", "USD million"]
    assert texts(second) == ["Rate & <rate>", "Reset date", "per cent"]
    assert [found.text for found in first.iter(f"{CHART}v")][-1] == "2250900"
    # 38429 is 18 March 2005 by Excel's count.
    assert [found.text for found in second.iter(f"{CHART}v")] == [
        *("Rate", "38429", "38429", "38429"),
        *("1", "0.5", "0.25"),
    ]
    references = [found.text for found in second.iter(f"{CHART}f")]
    assert references == ["'Later'!$A$9:$A$11", "'Later'!$D$9:$D$11"]
    described = [found.get("descr") for found in drawing.iter(f"{DRAWING}cNvPr")]
    assert described == ["Falls from 2.4 to 2.2m.", "Falls."]


def test_words_as_categories_are_cached_as_words():
    lenders = Points("Summary", Area(5, 1, 5, 3), ("Bank <A>", "Bank B", "Bank C"))
    (chart,), _ = parts(charts.columns(WORDS, lenders, (BALANCE,)))
    cache = chart.find(f".//{CHART}cat/{CHART}strRef/{CHART}strCache")
    assert [value.text for value in cache.iter(f"{CHART}v")] == ["Bank <A>", "Bank B", "Bank C"]


def test_a_legend_only_where_there_is_something_to_tell_apart():
    (one, two), _ = parts(
        charts.line_chart(WORDS, DAYS, (BALANCE,)), charts.line_chart(WORDS, DAYS, (BALANCE, OTHER))
    )
    assert one.find(f".//{CHART}legend") is None
    assert two.find(f".//{CHART}legend") is not None
    colours = [line.find(f".//{TEXT}srgbClr").get("val") for line in two.iter(f"{CHART}ser")]
    assert len(set(colours)) == 2


def test_each_chart_has_its_place_and_its_alternative_text():
    other = Words("Other", "Payment date", "USD", "Another text.")
    _, drawing = parts(
        charts.line_chart(WORDS, DAYS, (BALANCE,)), charts.columns(other, DAYS, (BALANCE,))
    )
    anchors = drawing.findall(f"{DRAWING}twoCellAnchor")
    described = [anchor.find(f".//{DRAWING}cNvPr").get("descr") for anchor in anchors]
    assert described == ["Falls from 2.4 to 2.2m.", "Another text."]
    corners = [
        [int(anchor.find(f"{DRAWING}{corner}/{DRAWING}{side}").text)]
        for anchor in anchors
        for corner, side in (("from", "row"), ("from", "col"), ("to", "row"), ("to", "col"))
    ]
    assert sum(corners, []) == [2, 1, 18, 9, 22, 1, 38, 9]


@pytest.mark.parametrize(
    "make",
    [
        lambda: Points("Summary", Area(5, 1, 7, 1), (1, 2)),
        lambda: Points("Summary", Area(5, 1, 7, 1), ()),
        lambda: Points("Summary", Area(5, 1, 6, 2), (1, 2, 3, 4)),
        lambda: charts.columns(WORDS, Points("Summary", Area(5, 1, 6, 1), (1, 2)), (BALANCE,)),
        lambda: Words("", "Date", "USD", "Text"),
        lambda: Words("Title", "Date", "USD", "Text\x00"),
        lambda: Words("Title", "Date", "USD", "Text", "per cent"),
    ],
)
def test_a_chart_that_does_not_fit_its_cells_is_refused(make):
    with pytest.raises(LexpError):
        make()


def test_a_point_that_is_no_number_is_refused():
    points = Points("Summary", Area(5, 2, 7, 2), (1.0, float("nan"), 2.0))
    with pytest.raises(OutOfRange, match="finite"):
        parts(charts.line_chart(WORDS, DAYS, (Series("Balance", points),)))
