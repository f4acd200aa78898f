"""Scenarios: this workbook's live figures beside those of every scenario of the term sheet."""

from dataclasses import dataclass
from textwrap import wrap

from lexp_calc.deal import Projection, project
from lexp_calc.errors import LexpError
from lexp_calc.tranche_figures import DAYS_A_YEAR
from workbook_templates.addresses import Area, cell_name
from workbook_templates.charts import Points, Series, Words, stacked_columns
from workbook_templates.contents import Contents
from workbook_templates.part import Part
from workbook_templates.sheets.scenario_measures import (
    BALANCE_YEARS,
    IN_ALL,
    MATURITIES,
    REPAID,
    SUMMED,
    YEARS,
    Measure,
    measures_in_all,
    measures_of,
    working_columns,
)
from workbook_templates.table import LINE_HEIGHT, Table, with_names, write_constant

LABEL, UNIT, LIVE = 1, 2, 3
LABEL_WIDTH, UNIT_WIDTH, WIDTH = 44, 10, 17
HEAD_ROW = 6
CHART_ROWS = 13
NONE = "-"
THIS = "This workbook, live"
LESS = "less this workbook"
REASON_LINE = 100
MOST_SIDES_UPRIGHT = 2
MOST_ROWS_A_PAGE = 60
MILLION = 1_000_000
NOTES = (
    "The column of this workbook is live and follows the Inputs. Those of the scenarios are "
    "constants, as generated.",
    "All-in cost: interest, interest in kind and fees a year, over the balance outstanding "
    f"(simple, years of {DAYS_A_YEAR} days).",
)


@dataclass(frozen=True)
class Side:
    """A scenario of the term sheet; `problem` says why there are no figures of it."""

    name: str
    projection: Projection | None
    problem: str = ""


def write(contents: Contents) -> None:
    """In the deal's workbook: all tranches, a chart, each tranche, and how it is worked out."""
    if contents.tranche_id is not None:
        return
    sheet = contents.sheet("Scenarios", "results", "Scenarios beside this workbook")
    for row, note in enumerate(NOTES, 3):
        sheet.text(row, LABEL, note, "note")
    sides = tuple(_side(contents, name) for name in contents.deal.scenario)
    last_column = LIVE + 2 * len(sides)
    widths = dict.fromkeys(range(LIVE, last_column + 1), WIDTH)
    sheet.widths({LABEL: LABEL_WIDTH, UNIT: UNIT_WIDTH, **widths})
    row = _Comparison(sheet, contents, sides).write()
    for side in sides:
        words = f"{side.name}: {side.problem}" if side.problem else ""
        for line in wrap(words, REASON_LINE, subsequent_indent="    "):
            row += 1
            sheet.text(row, LABEL, line, "note")
    upright = len(sides) <= MOST_SIDES_UPRIGHT
    orientation = "portrait" if upright else "landscape"
    area = Area(1, 1, row, max(last_column, LIVE + 3))
    pages = 1 if upright or row <= MOST_ROWS_A_PAGE else 2
    sheet.print_setup(area, (HEAD_ROW, HEAD_ROW), orientation=orientation, pages_tall=pages)
    sheet.freeze(HEAD_ROW + 1, LIVE + 1)


def _side(contents: Contents, name: str) -> Side:
    try:
        return Side(name, project(contents.deal, name))
    except LexpError as problem:
        return Side(name, None, f"no figures: {' '.join(str(problem).split())}")


class _Comparison:
    """The lines of the comparison, from the heads to the workings."""

    def __init__(self, sheet, contents: Contents, sides: tuple[Side, ...]):
        self.sheet = sheet
        self.contents = contents
        self.sides = sides
        self.last_side = LIVE + len(sides)
        self.in_all = measures_in_all(contents)
        self.own = {part.tranche_id: measures_of(part) for part in contents.parts}
        self.chart_row = HEAD_ROW + len(self.in_all) + 3
        self.first_row = self._rows()

    def _rows(self) -> dict[str, int]:
        """The row of each tranche's heading."""
        row = self.chart_row + CHART_ROWS + 1
        rows = {}
        for tranche_id, measures in self.own.items():
            rows[tranche_id] = row
            row += len(measures) + 2
        return rows

    def write(self) -> int:
        """Everything; gives back the last row."""
        self.heads()
        self.sheet.text(HEAD_ROW + 1, LABEL, "All tranches", "heading")
        for row, measure in enumerate(self.in_all, HEAD_ROW + 2):
            self.line(row, measure, self.formula_in_all(row, measure))
        self.chart()
        row = 0
        for part in self.contents.parts:
            head_row = self.first_row[part.tranche_id]
            self.sheet.text(head_row, LABEL, part.tranche.name, "heading")
            measures = self.own[part.tranche_id]
            for row, measure in enumerate(measures, head_row + 1):
                self.line(row, measure, self.formula(part, head_row, measures, measure))
        return self.workings(row + 2)

    def heads(self) -> None:
        """This workbook, the scenarios, and their differences."""
        self.sheet.text(HEAD_ROW, LABEL, "Figure", "column_head_text")
        self.sheet.text(HEAD_ROW, UNIT, "Unit", "column_head_unit")
        self.sheet.text(HEAD_ROW, LIVE, THIS, "column_head")
        for place, side in enumerate(self.sides, 1):
            self.sheet.text(HEAD_ROW, LIVE + place, f"Scenario {side.name}", "column_head")
            head = f"{side.name} {LESS}"
            self.sheet.text(HEAD_ROW, self.last_side + place, head, "column_head")
        lines = max((len(wrap(f"{each.name} {LESS}", WIDTH - 1)) for each in self.sides), default=1)
        self.sheet.heights({HEAD_ROW: max(lines, 2) * LINE_HEIGHT, HEAD_ROW + 1: 22})

    def formula(self, part: Part, head_row: int, measures, measure: Measure) -> str:
        """The live figure of a tranche."""
        costs = [row for row, each in enumerate(measures, head_row + 1) if each.is_cost]
        range_of_costs = Area(costs[0], LIVE, costs[-1], LIVE).name()
        return with_names(measure.formula, part.name).replace("[costs]", range_of_costs)

    def formula_in_all(self, row: int, measure: Measure) -> str:
        """The live figure of all tranches: the sum of theirs, as short for many, or worked out."""
        if measure.key in SUMMED:
            *_, (last_id, last_head_row) = self.first_row.items()
            first, last = min(self.first_row.values()), last_head_row + len(self.own[last_id])
            labels = Area(first, LABEL, last, LABEL).name(absolute=True)
            figures = Area(first, LIVE, last, LIVE).name(absolute=True)
            return f"SUMIF({labels},{cell_name(row, LABEL)},{figures})"
        costs = [HEAD_ROW + 2 + place for place, each in enumerate(self.in_all) if each.is_cost]
        range_of_costs = Area(costs[0], LIVE, costs[-1], LIVE).name()
        named = with_names(measure.formula, lambda base: f"{base}_{IN_ALL}")
        return named.replace("[costs]", range_of_costs)

    def line(self, row: int, measure: Measure, formula: str) -> None:
        """One figure: live, of each scenario, and their differences."""
        sheet, style = self.sheet, measure.style
        live = measure.value(self.contents.projection)
        sheet.text(row, LABEL, measure.label, "label_indented")
        sheet.text(row, UNIT, measure.unit, "unit")
        sheet.formula(row, LIVE, formula, live, style)
        first = cell_name(row, LIVE)
        for place, side in enumerate(self.sides, 1):
            other = cell_name(row, LIVE + place)
            value = difference = NONE
            if side.projection is not None:
                value = measure.value(side.projection)
                difference = value - live
            less = f"{other}-{first}"
            if style == "money":  # a small difference of large sums has lost its last digits
                less = f"ROUND({less},{self.contents.deal.money.digits})"
            write_constant(sheet, row, LIVE + place, value, style)
            sheet.formula(
                row,
                self.last_side + place,
                f'IF(COUNT({first},{other})=2,{less},"{NONE}")',
                difference.days if style == "date" and difference != NONE else difference,
                "count" if style == "date" else style,
            )

    def chart(self) -> None:
        """Interest and fees of all tranches, a column for this workbook and each scenario."""
        sheet, projections = self.sheet, [each.projection for each in self.sides]
        projections.insert(0, self.contents.projection)
        series, sums = [], [0] * len(projections)
        for row, measure in enumerate(self.in_all, HEAD_ROW + 2):
            if not measure.is_cost:
                continue
            values = tuple(measure.value(each) if each else 0 for each in projections)
            sums = [one + other for one, other in zip(sums, values, strict=True)]
            area = Area(row, LIVE, row, self.last_side)
            series.append(Series(measure.label, Points(sheet.title, area, values)))
        known = [each for each, one in zip(sums, projections, strict=True) if one]
        least, most = (f"{each / MILLION:,.1f}" for each in (min(known), max(known)))
        amount = f"{least} million" if least == most else f"{least} to {most} million"
        words = Words(
            f"Interest and fees in all: {amount} (as generated)",
            "Scenario",
            f"{self.contents.deal.currency} million",
            "Interest and fees of all tranches in this workbook and in each scenario, stacked",
        )
        heads = (THIS, *(f"Scenario {each.name}" for each in self.sides))
        categories = Points(sheet.title, Area(HEAD_ROW, LIVE, HEAD_ROW, self.last_side), heads)
        last_column = max(LIVE + 2 * len(self.sides), LIVE + 3)
        area = Area(self.chart_row, 1, self.chart_row + CHART_ROWS - 1, last_column)
        sheet.chart(stacked_columns(words, categories, tuple(series)), area)

    def workings(self, row: int) -> int:
        """What average lives and costs of the live column are worked out from."""
        sheet, contents = self.sheet, self.contents
        sheet.text(row, LABEL, "Workings of the live column", "heading")
        sheet.text(row + 1, LABEL, "Days in a year")
        sheet.text(row + 1, UNIT, "days", "unit")
        sheet.number(row + 1, LIVE, DAYS_A_YEAR, "count")
        days = cell_name(row + 1, LIVE, absolute=True)
        head_row = row + 3
        columns = working_columns(contents, days, (LABEL_WIDTH, UNIT_WIDTH, WIDTH))
        sheet.blank(head_row, UNIT, "column_head_text")
        table = Table(sheet, columns, head_row, 1, str)
        table.write(contents.parts, lambda part: part.name)
        table.fit_heads()
        sums = {
            column.key: sum(column.value(part) for part in contents.parts)
            for column in columns
            if column.total
        }
        last = table.totals("All tranches", sums)
        for base in (REPAID, YEARS, BALANCE_YEARS):
            column = table.position[base]
            for number, part in enumerate(contents.parts, head_row + 1):
                contents.book.name(part.name(base), sheet, (number, column))
            contents.book.name(f"{base}_{IN_ALL}", sheet, (last, column))
        area = table.area(MATURITIES)
        contents.book.name(MATURITIES, sheet, area[:2], area[2:])
        return last
