"""Rows 28 to 31: charts that say what they show, whole, and to those who cannot see them."""

from workbook_templates.standard.cell_styles import DRAWING, parsed
from workbook_templates.standard.tables import table_of
from workbook_templates.standard.workbook_file import WorkbookFile, named_areas

CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
SHEET_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing}"
AXES = ("catAx", "valAx", "dateAx", "serAx")


def charts(book: WorkbookFile) -> dict[str, object]:
    """The root of each chart that a drawing of a sheet leads to, by its part."""
    found = {}
    for sheet in book.sheets:
        for drawing in book.targets(sheet.part, "drawing"):
            for part in book.targets(drawing, "chart"):
                if part in book.parts:
                    found[part] = parsed(book.parts[part])
    return found


def titled(book: WorkbookFile):
    """Row 28: at least one chart; a title for each, and one for each of its axes."""
    found = charts(book)
    if not found:
        yield "workbook", "no chart"
    for part, root in found.items():
        if not _text(root.find(f"{CHART}chart/{CHART}title")):
            yield part, "no title"
        for axis in (each for kind in AXES for each in root.iter(CHART + kind)):
            deleted = axis.find(f"{CHART}delete")
            if deleted is not None and deleted.get("val", "1") in ("1", "true"):
                yield part, "an axis that is not shown"
            elif not _text(axis.find(f"{CHART}title")):
                yield part, "an axis without a title"


def whole(book: WorkbookFile):
    """Row 29: each series over all rows of the table in which it stands."""
    for part, root in charts(book).items():
        for reference, _ in _sources(root):
            for area in named_areas(reference.findtext(f"{CHART}f") or ""):
                sheet = book.by_title.get(area.sheet)
                table = sheet and table_of(sheet, area.first_row, area.first_column)
                is_column = area.first_column == area.last_column
                if table and is_column:
                    rows = (area.first_row, area.last_row)
                    if rows != (table.rows[0], table.rows[-1]):
                        yield part, f"{reference.findtext(f'{CHART}f')} leaves out rows"


def cached(book: WorkbookFile):
    """Row 30: the points that a preview draws are the values that the cells hold."""
    for part, root in charts(book).items():
        for reference, cache in _sources(root):
            text = reference.findtext(f"{CHART}f") or ""
            points = {} if cache is None else {
                int(point.get("idx")): point.findtext(f"{CHART}v")
                for point in cache.iter(f"{CHART}pt")
            }  # fmt: skip
            values = _values(book, text)
            if not values or any(
                not _same(value, points.get(place)) for place, value in enumerate(values)
            ):
                yield part, f"the cached points of {text} are not what its cells hold"


def told(book: WorkbookFile):
    """Row 31: an alternative text for each chart and picture."""
    for part, text in book.parts.items():
        if part.startswith("xl/drawings/drawing"):
            for frame in parsed(text).iter(f"{SHEET_DRAWING}cNvPr"):
                if not (frame.get("descr") or "").strip():
                    yield part, f"{frame.get('name')} without an alternative text"


def _sources(root):
    """(reference, its cache) of each series' categories and values."""
    for series in root.iter(f"{CHART}ser"):
        for kind in ("cat", "val", "xVal", "yVal"):
            for reference in series.iterfind(f"{CHART}{kind}/*"):
                if reference.tag in (f"{CHART}numRef", f"{CHART}strRef"):
                    caches = (reference.find(CHART + each) for each in ("numCache", "strCache"))
                    yield reference, next((each for each in caches if each is not None), None)


def _values(book: WorkbookFile, text: str) -> list:
    values = []
    for area in named_areas(text):
        cells = book.by_title[area.sheet].cells if area.sheet in book.by_title else {}
        for row in range(area.first_row, area.last_row + 1):
            for column in range(area.first_column, area.last_column + 1):
                cell = cells.get((row, column))
                values.append(None if cell is None else cell.value)
    return values


def _same(value, point: str | None) -> bool:
    if value is None or isinstance(value, str):
        # A chart of numbers draws a word, such as "not stated", as nothing.
        return value == point or point in (None, "0")
    if point is None:
        return False
    try:
        return abs(float(value) - float(point)) <= 1e-9 * max(1.0, abs(float(value)))
    except (TypeError, ValueError):
        return False


def _text(element) -> str:
    if element is None:
        return ""
    runs = "".join(run.text or "" for run in element.iter(f"{DRAWING}t"))
    return (runs or element.findtext(f".//{CHART}v") or "").strip()
