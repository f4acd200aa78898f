"""A described chart as its part of the file, with its cached points and its look.

openpyxl draws each shape of chart once, with numbered marks where its words, references
and points go; every chart of that shape then only puts its own in their places.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import islice

from openpyxl.chart import AreaChart, BarChart, LineChart
from openpyxl.chart.axis import ChartLines
from openpyxl.chart.data_source import (
    AxDataSource,
    NumData,
    NumDataSource,
    NumRef,
    NumVal,
    StrData,
    StrRef,
    StrVal,
)
from openpyxl.chart.layout import Layout
from openpyxl.chart.legend import Legend
from openpyxl.chart.marker import Marker
from openpyxl.chart.series import Series as LibrarySeries
from openpyxl.chart.series import SeriesLabel
from openpyxl.chart.shapes import GraphicalProperties
from openpyxl.chart.text import RichText, Text
from openpyxl.chart.title import Title
from openpyxl.descriptors.nested import NestedText
from openpyxl.drawing.line import LineProperties
from openpyxl.drawing.text import (
    CharacterProperties,
    Font,
    Paragraph,
    ParagraphProperties,
    RegularTextRun,
    RichTextProperties,
)

from workbook_templates import styles
from workbook_templates.addresses import Area
from workbook_templates.charts import Chart, Points, Series
from workbook_templates.values import FIRST_DAY
from workbook_templates.xml_text import (
    ART_NAMESPACE,
    CHART_NAMESPACE,
    DECLARATION,
    DRAWING_NAMESPACE,
    RELATIONSHIP_NAMESPACE,
    attribute,
    escaped,
    part_text,
)

MOST_LABELS = 8  # on a category axis, so that they stand level and apart
LINE_WIDTH = 22_225  # English Metric Units, 12,700 to the point
HAIRLINE = 6_350
LEVEL, UPWARDS = 0, -5_400_000  # directions of text, in 60,000ths of a degree
# LibreOffice breaks level labels into single letters where they are many, and drops some
# of them instead, as it should, when they are turned by anything at all.
LEVEL_UNBROKEN = 1


# Characters of private use, which no library changes; blanks at the ends of a text belong
# to the shape, because the file says of such a text that they are to be kept.
MARK = re.compile("\ue000([0-9]+)\ue000 ?")
SHAPES_AT_HAND = 64


def chart_text(chart: Chart) -> str:
    """The chart's part of the package."""
    texts = list(_texts(chart))
    pieces, places = _compiled(_shape(chart, texts))
    filled = [""] * (len(pieces) + len(places))
    filled[::2] = pieces
    filled[1::2] = [escaped(texts[place]) for place in places]
    return "".join(filled)


def drawing_text(charts: list[tuple[Chart, Area]]) -> str:
    """The part that places the charts of a sheet on areas of cells, with alternative texts."""
    anchors = (
        '<xdr:twoCellAnchor editAs="oneCell">'
        f"<xdr:from>{_corner(area.first_row - 1, area.first_column - 1)}</xdr:from>"
        f"<xdr:to>{_corner(area.last_row, area.last_column)}</xdr:to>"
        f'<xdr:graphicFrame><xdr:nvGraphicFramePr><xdr:cNvPr id="{number}" '
        f'name="Chart {number}"{attribute("descr", chart.words.alternative_text)}/>'
        "<xdr:cNvGraphicFramePr/></xdr:nvGraphicFramePr><xdr:xfrm/><a:graphic>"
        f'<a:graphicData uri="{CHART_NAMESPACE}"><c:chart r:id="rId{number}"/></a:graphicData>'
        "</a:graphic></xdr:graphicFrame><xdr:clientData/></xdr:twoCellAnchor>"
        for number, (chart, area) in enumerate(charts, 1)
    )
    return (
        f'{DECLARATION}<xdr:wsDr xmlns:xdr="{DRAWING_NAMESPACE}" xmlns:a="{ART_NAMESPACE}" '
        f'xmlns:c="{CHART_NAMESPACE}" xmlns:r="{RELATIONSHIP_NAMESPACE}">'
        f"{''.join(anchors)}</xdr:wsDr>"
    )


def _corner(row: int, column: int) -> str:
    return (
        f"<xdr:col>{column}</xdr:col><xdr:colOff>0</xdr:colOff>"
        f"<xdr:row>{row}</xdr:row><xdr:rowOff>0</xdr:rowOff>"
    )


def _texts(chart: Chart) -> Iterator[str]:
    """All that differs between two charts of one shape, in the order in which it is marked."""
    yield from (chart.words.title, chart.words.category_axis, chart.words.value_axis)
    yield from (chart.categories.reference, *chart.categories.spelled())
    for series in chart.series:
        yield from (series.name, series.points.reference, *series.points.spelled())


@dataclass(frozen=True)
class _MarkedPoints(Points):
    """Points of which a shape knows only the kind and the number."""

    marks: tuple[str, ...] = ()

    @property
    def reference(self) -> str:
        return self.marks[0]

    def spelled(self) -> tuple[str, ...]:
        return self.marks[1:]


def _shape(chart: Chart, texts: list[str]) -> Chart:
    """The chart with marks in the places of its texts."""
    marks = (
        f"\ue000{number}\ue000{' ' if text != text.strip() else ''}"
        for number, text in enumerate(texts)
    )

    def marked(points: Points) -> Points:
        size = len(points.values)
        kind = "-" if points.are_words else FIRST_DAY if points.are_dates else 0
        area = Area(1, 1, size, 1)
        return _MarkedPoints("", area, (kind,) * size, tuple(islice(marks, 1 + size)))

    title, category_axis, value_axis = islice(marks, 3)
    words = replace(
        chart.words,
        title=title,
        category_axis=category_axis,
        value_axis=value_axis,
        alternative_text="-",  # stands in the drawing
    )
    categories = marked(chart.categories)
    series = tuple(Series(next(marks), marked(each.points)) for each in chart.series)
    return replace(chart, words=words, categories=categories, series=series)


@lru_cache(SHAPES_AT_HAND)
def _compiled(shape: Chart) -> tuple[list[str], list[int]]:
    """The part in pieces, and the number of the text between each two of them."""
    pieces = MARK.split(part_text(_drawn_chart(shape)._write()))
    return pieces[::2], [int(number) for number in pieces[1::2]]


def _drawn_chart(chart: Chart):
    """The chart as openpyxl's objects."""
    drawn = _FORMS[chart.form]()
    drawn.title = _title(chart.words.title, styles.CHART_TITLE_SIZE, styles.INK, bold=True)
    drawn.series = [
        _series(chart, series, colour)
        for series, colour in zip(chart.series, _colours(chart), strict=True)
    ]
    _dress_axes(drawn, chart)
    drawn.legend = _legend() if len(chart.series) > 1 else None
    drawn.graphical_properties = GraphicalProperties(
        solidFill=styles.WHITE, ln=LineProperties(noFill=True)
    )
    drawn.roundedCorners = False
    drawn.visible_cells_only = False  # folded helper columns must not empty a chart
    return drawn


def _line():
    return LineChart(grouping="standard", varyColors=False)


def _area():
    return AreaChart(grouping="stacked", varyColors=False)


def _step():
    return BarChart(grouping="stacked", varyColors=False, gapWidth=0, overlap=100)


def _columns():
    return BarChart(grouping="clustered", varyColors=False, gapWidth=60)


def _stacked_columns():
    return BarChart(grouping="stacked", varyColors=False, gapWidth=60, overlap=100)


_FORMS = {
    "line": _line,
    "area": _area,
    "step": _step,
    "columns": _columns,
    "stacked_columns": _stacked_columns,
}


def _colours(chart: Chart) -> list[str]:
    if len(chart.series) == 1 and chart.form != "line":
        return [styles.PALETTE[1]]  # a single large area in the darkest colour would shout
    return [styles.PALETTE[place % len(styles.PALETTE)] for place in range(len(chart.series))]


def _series(chart: Chart, series: Series, colour: str) -> LibrarySeries:
    drawn = LibrarySeries(tx=SeriesLabel(v=series.name))
    drawn.cat = _category_source(chart.categories)
    number_format = styles.CHART_FORMATS[chart.words.value_format]
    drawn.val = NumDataSource(numRef=_numbers(series.points, number_format))
    if chart.form == "line":
        drawn.graphicalProperties = GraphicalProperties(
            ln=LineProperties(w=LINE_WIDTH, solidFill=colour)
        )
        drawn.marker = Marker(symbol="none")
        drawn.smooth = False
    else:
        drawn.graphicalProperties = GraphicalProperties(
            solidFill=colour, ln=LineProperties(noFill=True)
        )
        drawn.invertIfNegative = False
    return drawn


class _Number(NumVal):
    """A cached number as it is spelled: a mark, for openpyxl a text like any other."""

    v = NestedText(expected_type=str)
    # A subclass does not inherit its parts: without these lines the point comes out empty.
    __elements__ = NumVal.__elements__
    __attrs__ = NumVal.__attrs__


def _numbers(points: Points, number_format: str) -> NumRef:
    cached = [_Number(idx=position, v=spelled) for position, spelled in enumerate(points.spelled())]
    return NumRef(
        f=points.reference,
        numCache=NumData(formatCode=number_format, ptCount=len(cached), pt=cached),
    )


def _category_source(points: Points) -> AxDataSource:
    if not points.are_words:
        number_format = styles.CHART_DATE if points.are_dates else styles.GENERAL
        return AxDataSource(numRef=_numbers(points, number_format))
    cached = [StrVal(idx=position, v=spelled) for position, spelled in enumerate(points.spelled())]
    return AxDataSource(
        strRef=StrRef(f=points.reference, strCache=StrData(ptCount=len(cached), pt=cached))
    )


def _dress_axes(drawn, chart: Chart) -> None:
    labels = _rich_text("", styles.CHART_TEXT_SIZE, styles.GREY)
    axis_line = GraphicalProperties(ln=LineProperties(w=HAIRLINE, solidFill=styles.RULE))
    for axis, title, turned in (
        (drawn.x_axis, chart.words.category_axis, LEVEL),
        (drawn.y_axis, chart.words.value_axis, UPWARDS),
    ):
        axis.delete = False  # openpyxl 3.1 hides an axis unless told
        axis.title = _title(title, styles.CHART_TEXT_SIZE, styles.GREY, turned=turned)
        axis.textProperties = labels
        axis.majorTickMark = axis.minorTickMark = "none"
        axis.tickLblPos = "low"
    # Not a time axis, though Excel would like one for dates: rows beyond maturity hold a
    # zero date, which would stretch it back to 1900.
    drawn.x_axis.auto = False
    drawn.x_axis.noMultiLvlLbl = True
    drawn.x_axis.tickLblSkip = drawn.x_axis.tickMarkSkip = -(
        -len(chart.categories.values) // MOST_LABELS
    )
    if len(chart.categories.values) > MOST_LABELS:
        drawn.x_axis.textProperties = _rich_text(
            "", styles.CHART_TEXT_SIZE, styles.GREY, turned=LEVEL_UNBROKEN
        )
    drawn.x_axis.axPos = "b"
    drawn.x_axis.majorGridlines = None
    drawn.x_axis.graphicalProperties = axis_line
    drawn.x_axis.number_format = styles.CHART_DATE if chart.categories.are_dates else "General"
    if chart.words.top is not None:
        drawn.y_axis.scaling.min, drawn.y_axis.scaling.max = 0, float(chart.words.top)
    elif min(map(min, (series.points.values for series in chart.series))) >= 0:
        drawn.y_axis.scaling.min = 0  # or a column's length would say nothing
    drawn.y_axis.number_format = styles.CHART_FORMATS[chart.words.value_format]
    drawn.y_axis.majorGridlines = ChartLines(
        spPr=GraphicalProperties(ln=LineProperties(w=HAIRLINE, solidFill=styles.CHART_GRID))
    )
    drawn.y_axis.graphicalProperties = GraphicalProperties(ln=LineProperties(noFill=True))
    drawn.y_axis.crossBetween = "midCat" if chart.form == "area" else "between"
    for axis in (drawn.x_axis, drawn.y_axis):
        axis.numFmt.sourceLinked = False


def _legend() -> Legend:
    legend = Legend()
    legend.position = "b"
    legend.overlay = False
    legend.txPr = _rich_text("", styles.CHART_TEXT_SIZE, styles.INK)
    return legend


def _title(text: str, size: int, colour: str, bold: bool = False, turned: int = LEVEL) -> Title:
    rich = _rich_text(text, size, colour, bold, turned)
    return Title(tx=Text(rich=rich), overlay=False, layout=Layout())


def _rich_text(
    text: str, size: int, colour: str, bold: bool = False, turned: int = LEVEL
) -> RichText:
    letters = CharacterProperties(
        sz=100 * size,
        b=bold,
        solidFill=colour,
        latin=Font(typeface=styles.TYPEFACE),
    )
    runs = [RegularTextRun(rPr=letters, t=text)] if text else []
    return RichText(
        bodyPr=RichTextProperties(rot=turned, vert="horz"),
        p=[
            Paragraph(
                pPr=ParagraphProperties(defRPr=letters),
                r=runs,
                endParaRPr=None if text else CharacterProperties(lang="en-US"),
            )
        ],
    )
