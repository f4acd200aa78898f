"""Rows 28 to 31: charts that say what they show, to readers, previews and screen readers."""

from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from workbook_templates.standard.finding import Fault
from workbook_templates.standard.reading import Block, ReadWorkbook, block_of

CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
ART = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing}"
NEAR = 1e-9


def charts_are_titled(book: ReadWorkbook) -> Iterator[Fault]:
    """Row 28: at least one chart; each with a title and titles of its axes."""
    charts = list(_charts(book))
    if not charts:
        yield "workbook", "no chart"
    for part, chart in charts:
        if not _words(chart.find(f"{CHART}title")):
            yield part, "no title"
        for kind in ("catAx", "valAx", "dateAx"):
            for axis in chart.iter(f"{CHART}{kind}"):
                if not _words(axis.find(f"{CHART}title")):
                    yield part, "an axis without a title"


def charts_show_all_rows(book: ReadWorkbook) -> Iterator[Fault]:
    """Row 29: a series begins under its column's head and ends with the last row."""
    for source in _sources(book):
        block = source.block
        sheet = book.sheet(block.sheet) if block else None
        if sheet is None:
            yield source.part, f"refers to {source.reference}, which is not there"
            continue
        if block.first_column != block.last_column:
            continue  # a row of figures: its ends are those of its table's heads
        before = sheet.cells.get((block.first_row - 1, block.first_column))
        after = sheet.cells.get((block.last_row + 1, block.first_column))
        if before is not None and before.formula is not None:
            yield source.part, f"{source.reference} leaves out the row above"
        if after is not None and isinstance(after.value, float) and not after.look.is_total:
            yield source.part, f"{source.reference} leaves out the row below"


def points_are_cached(book: ReadWorkbook) -> Iterator[Fault]:
    """Row 30: each point stands in the chart too, as its cell holds it."""
    for source in _sources(book):
        block = source.block
        sheet = book.sheet(block.sheet) if block else None
        if sheet is None:
            continue  # row 29 says so
        cells = [
            (row, column)
            for row in range(block.first_row, block.last_row + 1)
            for column in range(block.first_column, block.last_column + 1)
        ]
        for place, at in enumerate(cells):
            value = sheet.value(*at)
            if source.are_numbers and isinstance(value, str):
                value = 0.0  # words among numbers: drawn as nothing
            if place not in source.points or not _same(source.points[place], value):
                cached = source.points.get(place)
                yield source.part, f"{source.reference}, point {place + 1}: {cached} for {value}"
                break


def charts_are_described(book: ReadWorkbook) -> Iterator[Fault]:
    """Row 31: alternative text for each chart."""
    for sheet in book.sheets:
        for drawing in book.targets(sheet.part, "/drawing"):
            if drawing not in book.parts:
                continue
            for frame in book.tree(drawing).iter(f"{DRAWING}graphicFrame"):
                shown = frame.find(f"{DRAWING}nvGraphicFramePr/{DRAWING}cNvPr")
                if shown is None or not shown.get("descr"):
                    yield f"{sheet.title}, {drawing}", "a chart without alternative text"


def _charts(book: ReadWorkbook) -> Iterator[tuple[str, Element]]:
    for part in sorted(book.parts):
        if part.startswith("xl/charts/chart"):
            chart = book.tree(part).find(f"{CHART}chart")
            if chart is not None:
                yield part, chart


@dataclass(frozen=True)
class Source:
    """What a chart draws: a reference, the cells that it stands for, and the points at hand."""

    part: str
    reference: str
    block: Block | None
    are_numbers: bool
    points: dict[int, str | None]


def _sources(book: ReadWorkbook) -> Iterator[Source]:
    """The categories and the values of each chart."""
    for part, chart in _charts(book):
        for kind, cache in (("numRef", "numCache"), ("strRef", "strCache")):
            for each in chart.iter(f"{CHART}{kind}"):
                reference = each.findtext(f"{CHART}f") or ""
                cached = each.findall(f"{CHART}{cache}/{CHART}pt")
                points = {int(point.get("idx")): point.findtext(f"{CHART}v") for point in cached}
                yield Source(part, reference, block_of(reference), kind == "numRef", points)


def _words(title: Element | None) -> str:
    if title is None:
        return ""
    return "".join(each.text or "" for each in title.iter(f"{ART}t")).strip()


def _same(cached: str | None, value: object) -> bool:
    if isinstance(value, float):
        try:
            return abs(float(cached) - value) <= NEAR * max(1.0, abs(value))
        except (TypeError, ValueError):
            return False
    return cached == ("" if value is None else str(value))
