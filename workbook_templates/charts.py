"""Charts as a quiet report prints them: a title that says the finding, few lines.

    words = Words("Balance falls to 4.8m in June 2006", "Payment date", "USD million", "...")
    sheet.chart(area_chart(words, dates, (Series("Balance", balances),)), Area(5, 2, 22, 9))

A chart refers to ranges of cells and carries the values that stand there, because
previews and converters draw those cached points and do not recalculate.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from lexp_calc.errors import NotThere, OutOfRange
from workbook_templates.addresses import Area, quoted_title
from workbook_templates.styles import CHART_FORMATS
from workbook_templates.values import date_serial, number_text, safe_text


@dataclass(frozen=True)
class Points:
    """A range of cells, one row or column, and the values that stand in it.

    All numbers, all dates or all words; as many as the range has cells.
    """

    sheet_title: str
    area: Area
    values: tuple

    def __post_init__(self):
        rows = self.area.last_row - self.area.first_row + 1
        columns = self.area.last_column - self.area.first_column + 1
        if not self.values or min(rows, columns) != 1 or max(rows, columns) != len(self.values):
            raise OutOfRange(
                f"points of a chart in {self.reference}",
                f"found {len(self.values)} values for {rows} rows and {columns} columns",
                "one value for each cell of one row or column would be right",
            )

    @property
    def reference(self) -> str:
        """The range as a formula, absolute."""
        return f"{quoted_title(self.sheet_title)}!{self.area.name(absolute=True)}"

    @property
    def are_dates(self) -> bool:
        """Whether the points are days."""
        return isinstance(self.values[0], date)

    @property
    def are_words(self) -> bool:
        """Whether the points are text."""
        return isinstance(self.values[0], str)

    def spelled(self) -> list[str]:
        """The values as the file's cache of points holds them."""
        spell = safe_text if self.are_words else date_serial if self.are_dates else number_text
        return [str(spell(value, self.reference)) for value in self.values]


@dataclass(frozen=True)
class Series:
    """A line, area or set of columns, by the name that the legend shows."""

    name: str
    points: Points


@dataclass(frozen=True)
class Words:
    """What a chart says: the finding as title, the axes with their units.

    `alternative_text` says the same to those who cannot see it. `value_format` is one of
    CHART_FORMATS; "millions" shows amounts divided by a million. `top` is where the value
    axis ends, None where the points decide it.
    """

    title: str
    category_axis: str
    value_axis: str
    alternative_text: str
    value_format: str = "millions"
    top: Decimal | None = None

    def __post_init__(self):
        for text in (self.title, self.category_axis, self.value_axis, self.alternative_text):
            if not safe_text(text, "words of a chart"):
                raise OutOfRange("words of a chart", "found none", "text for each would be right")
        if self.top is not None:
            number_text(self.top, "top of a chart's value axis")
        if self.value_format not in CHART_FORMATS:
            raise NotThere(
                "format of a chart's value axis",
                f'found "{self.value_format}"',
                f"one of {', '.join(CHART_FORMATS)} would be right",
            )


@dataclass(frozen=True)
class Chart:
    """A chart by its form, words and points; each series has a point for each category."""

    form: str
    words: Words
    categories: Points
    series: tuple[Series, ...]

    def __post_init__(self):
        for series in self.series:
            if len(series.points.values) != len(self.categories.values):
                raise OutOfRange(
                    f'series "{series.name}" of the chart "{self.words.title}"',
                    f"found {len(series.points.values)} points",
                    f"{len(self.categories.values)}, one for each category, would be right",
                )


def line_chart(words: Words, categories: Points, series: tuple[Series, ...]) -> Chart:
    """Lines without markers; the categories stand at equal distances, dates too."""
    return Chart("line", words, categories, series)


def area_chart(words: Words, categories: Points, series: tuple[Series, ...]) -> Chart:
    """Filled areas one upon the other, the categories at equal distances."""
    return Chart("area", words, categories, series)


def step_chart(words: Words, categories: Points, series: tuple[Series, ...]) -> Chart:
    """Columns without gaps: a balance that stays until the next date changes it.

    No spreadsheet has steps of its own, and this way needs no doubled points.
    """
    return Chart("step", words, categories, series)


def columns(words: Words, categories: Points, series: tuple[Series, ...]) -> Chart:
    """A column for each point, those of several series side by side."""
    return Chart("columns", words, categories, series)


def stacked_columns(words: Words, categories: Points, series: tuple[Series, ...]) -> Chart:
    """A column for each category, the series one upon the other."""
    return Chart("stacked_columns", words, categories, series)
