"""What an option's rate is made of: fixings and when they count, the fallback, the margins.

A column each, from the left, as the inputs and terms give them; `joined_options` makes the
steps of one table from them.
"""

from bisect import bisect_right
from collections.abc import Callable
from datetime import date
from functools import cached_property

from lexp_calc.coupons import PER_PERIOD, IndexOption
from lexp_calc.margins import MarginPath, level_of
from lexp_calc.rate_paths import counts_from
from lexp_calc.rates import IndexPath, rate
from workbook_templates.addresses import Area, column_letters
from workbook_templates.contents import Contents
from workbook_templates.part import Part
from workbook_templates.sheets.rate_inputs import index_name

HEAD_HEIGHT = 42


def write_levels(sheet, row: int, contents: Contents, part: Part, number: int) -> int:
    """The margin grid: where each level ends, and its margin."""
    grid = part.options[number - 1].margin_grid
    bound = "up_to" if grid[0].up_to is not None else "below"
    word = "Up to (x)" if bound == "up_to" else "Below (x)"
    for column, head in enumerate(("Level", word, "Margin"), 1):
        sheet.text(row, column, head, "column_head")
    for place, level in enumerate(grid, 1):
        term = f"coupon_options_{number}_margin_grid_{place}"
        sheet.number(row + place, 1, place, "count")
        if level.bound is None:
            sheet.text(row + place, 2, "none", "unit")
        else:
            sheet.formula(row + place, 2, part.name(f"{term}_{bound}"), level.bound, "price")
        margin = part.name(f"{term}_margin")
        sheet.formula(row + place, 3, margin, level.margin, "rate_exact")
    last = row + len(grid)
    name = contents.book.name
    name(part.name(f"grid_{number}_bounds"), sheet, (row + 1, 2), (last - 1, 2))
    name(part.name(f"grid_{number}_margins"), sheet, (row + 1, 3), (last, 3))
    return last + 1


class OptionSources:
    """What an option's rate is made of, a column each, from the left."""

    def __init__(self, sheet, row: int, contents: Contents, part: Part, number: int):
        self.sheet, self.part, self.number = sheet, part, number
        self.book = contents.book
        self.option: IndexOption = part.options[number - 1]
        self.starts = counts_from(self.option, part.projection.deal.calendar)
        self.head_row, self.first = row, row + 1
        path_room = 0 if self.option.is_compounded else part.room.paths
        self.room = max(path_room, part.room.margins(self.option), 1)
        self.column = 1
        self.counted: list[date | int] = []  # the values from which the joined dates are taken
        self.inputs: list[int] = []  # the columns whose dates must be in order

    def write(self) -> None:
        """Rates and margins, the dates that are typed in, the dates from which they count."""
        sheet, option = self.sheet, self.option
        sheet.text(self.head_row, 1, "Entry no.", "column_head")
        sheet.heights({self.head_row: HEAD_HEIGHT})
        for place in range(self.room):
            sheet.number(self.first + place, 1, place + 1, "count")
        indices = () if option.is_compounded else option.indices
        read_on = {}
        for place, index in enumerate(indices):
            self._rates(index, ("index", "fallback")[place])
        if self.part.room.margins(option):
            self._margins()
        for place, index in enumerate(indices):
            read_on[index] = self._read_on(index, ("index", "fallback")[place])
        first_counted = self.column + 1
        if self.part.room.margins(option):
            self._margin_dates()
            self.inputs.append(self.column)
        for place, index in enumerate(indices):
            self._counts_from(index, ("index", "fallback")[place], read_on[index])
        if option.fallback:
            self._switch()
        if indices:
            area = (self.first, first_counted), (self.first + self.room - 1, self.column)
            self.book.name(self._name("counted"), sheet, *area)
        self._order_check()

    def _name(self, what: str) -> str:
        return self.part.name(f"joined_{self.number}_{what}")

    def _fill(self, head: str, what: str, style: str, formulas, values) -> None:
        """The next column: a formula and its value a row, 0 where there is none; named."""
        self.column += 1
        self.sheet.text(self.head_row, self.column, head, "column_head")
        for place in range(self.room):
            formula = formulas(place + 1, self.first + place)
            value = values[place] if place < len(values) else 0
            if formula is None:
                self.sheet.number(self.first + place, self.column, 0, style)
            else:
                self.sheet.formula(self.first + place, self.column, formula, value, style)
        area = (self.first, self.column), (self.first + self.room - 1, self.column)
        self.book.name(self._name(what), self.sheet, *area)

    def fixings(self, index: str) -> IndexPath:
        """The rates of an index as the scenario has them, none where it has none."""
        return self.part.conditions.index_paths.get(index) or IndexPath(index, (), ())

    @cached_property
    def counting_from(self) -> dict[str, list[date]]:
        """By index the day from which each fixing counts, in order."""
        return {
            index: [self.starts(day) for day in self.fixings(index).dates]
            for index in self.option.indices
        }

    def entries(self, index: str, day: date) -> int:
        """How many fixings of an index count by a day."""
        return bisect_right(self.counting_from[index], day)

    def _input(self, name: str, room: int) -> Callable[[int, int], str]:
        """The formula of a row that reads an input's column; 0 below the end of a shorter one."""
        if room >= self.room:
            return lambda place, at: f"INDEX({name},$A{at})"
        return lambda place, at: f"IF($A{at}>ROWS({name}),0,INDEX({name},$A{at}))"

    def _rates(self, index: str, what: str) -> None:
        formulas = self._input(f"{index_name(index)}_rates", self.part.room.paths)
        values = self.fixings(index).rates
        self._fill(f"{index} rate", f"{what}_rates", "rate_exact", formulas, values)

    def _read_on(self, index: str, what: str) -> str:
        formulas = self._input(f"{index_name(index)}_dates", self.part.room.paths)
        values = self.fixings(index).dates
        self._fill(f"{index} of", f"{what}_read_on", "date", formulas, values)
        self.inputs.append(self.column)
        return column_letters(self.column)

    def _counts_from(self, index: str, what: str, read_on: str) -> None:
        values = self.counting_from[index]

        def formulas(place: int, at: int) -> str:
            return f"IF({read_on}{at}=0,0,{self._shifted(f'{read_on}{at}')})"

        self._fill(f"{index} counts from", f"{what}_from", "date", formulas, values)
        self.counted += [*values, *[0] * (self.room - len(values))]

    def _shifted(self, day: str) -> str:
        """From when a fixing of a day counts: `lookback` business days later."""
        if not self.option.lookback:
            return day
        lookback = self.part.name(f"coupon_options_{self.number}_lookback")
        if self.option.reset == PER_PERIOD:
            return f"WORKDAY({day}-1,{lookback},holidays)+1"
        return f"WORKDAY({day}-1,1+{lookback},holidays)"

    def _switch(self) -> None:
        start = self.part.name(f"coupon_options_{self.number}_fallback_from_date")
        formula = self._shifted(start)

        def formulas(place: int, at: int) -> str | None:
            return formula if place == 1 else None

        values = [self.starts(self.option.fallback.from_date)]
        self._fill("Fallback counts from", "switches", "date", formulas, values)
        self.counted += [*values, *[0] * (self.room - 1)]
        name = self._name("switch")
        self.book.name(name, self.sheet, (self.first, self.column))

    @cached_property
    def margin_path(self) -> MarginPath:
        """The margins under the scenario."""
        return self.option.margins(self.part.conditions.leverage)

    def _margins(self) -> None:
        values = [rate(each) for each in self.margin_path.margins]
        if not self.option.margin_grid:
            steps = len(self.option.margin_steps)
            self._fill("Margin", "margins", "rate_exact", self._step("margin", steps), values)
            return
        leverage = [each for _, each in self.part.conditions.leverage]
        formulas = self._input(self.part.name("leverage"), self.part.room.leverage)
        self._fill("Leverage (x)", "leverage", "price", formulas, leverage)
        stands = column_letters(self.column)
        bounds = self.part.name(f"grid_{self.number}_bounds")
        less = "<=" if self.option.margin_grid[0].up_to is None else "<"
        dates = self.part.name("leverage_dates")

        def level(place: int, at: int) -> str:
            return f'IF($A{at}>COUNT({dates}),0,1+COUNTIF({bounds},"{less}"&{stands}{at}))'

        levels = [level_of(self.option.margin_grid, each) for each in leverage]
        self._fill("Level", "levels", "count", level, levels)
        letters, margins = (
            column_letters(self.column),
            self.part.name(f"grid_{self.number}_margins"),
        )

        def margin(place: int, at: int) -> str:
            return f"IF({letters}{at}=0,0,INDEX({margins},{letters}{at}))"

        self._fill("Margin", "margins", "rate_exact", margin, values)

    def _margin_dates(self) -> None:
        values = list(self.margin_path.dates)
        if self.option.margin_grid:
            formulas = self._input(self.part.name("leverage_dates"), self.part.room.leverage)
        else:
            formulas = self._step("from_date", len(self.option.margin_steps))
        self._fill("Margin from", "margin_from", "date", formulas, values)
        self.counted += [*values, *[0] * (self.room - len(values))]

    def _step(self, field: str, count: int) -> Callable[[int, int], str | None]:
        term = f"coupon_options_{self.number}_margin_steps"

        def formulas(place: int, at: int) -> str | None:
            return self.part.name(f"{term}_{place}_{field}") if place <= count else None

        return formulas

    def _order_check(self) -> None:
        """1 for each date that does not follow the one above it, or follows a gap."""
        left, right = self.inputs[0], self.inputs[-1]  # they stand side by side
        self.column += 1
        self.sheet.text(self.head_row, self.column, "Check: out of order", "column_head")
        self.sheet.number(self.first, self.column, 0, "count")
        for at in range(self.first + 1, self.first + self.room):
            here = Area(at, left, at, right).name()
            above = Area(at - 1, left, at - 1, right).name()
            formula = f"SUMPRODUCT(({here}>0)*(({here}<={above})+({above}=0)>0))"
            self.sheet.formula(at, self.column, formula, 0, "count")
        area = (self.first, self.column), (self.first + self.room - 1, self.column)
        self.book.name(self._name("disorder"), self.sheet, *area)
