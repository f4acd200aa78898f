"""A stand-in for xlwings' Book, App, Sheet and Range: a sheet as a dict, and what was done to it.

It has what the ribbon's actions use, as xlwings' own classes document it; Excel itself ran
nowhere in these tests.
"""

from types import SimpleNamespace

from openpyxl.utils import get_column_letter

from tests.addin.excel_over_com import ComError


class Sheet:
    """A sheet: cells by (row, column), each a formula or a value."""

    def __init__(self, name="Sheet 1", protected=False, dynamic_arrays=True):
        self.name = name
        self.cells = {}
        self.formats = {}
        self.bold = set()
        self.fills = {}
        self.merged = set()
        self.spilled = set()  # filled by a formula elsewhere
        self.array_formulas = {}
        self.api = SimpleNamespace(ProtectContents=protected)
        self.dynamic_arrays = dynamic_arrays


class OldApi:
    """A range of an Excel without Formula2: xlwings raises what COM's own look-up raises."""

    def __getattr__(self, name):
        raise ComError("Unknown name.")


class Range:
    """Cells of a sheet, from a first one, so many rows by so many columns."""

    def __init__(self, sheet, row, column, height=1, width=1):
        self.sheet, self.row, self.column = sheet, row, column
        self.height, self.width = height, width
        self.font = Font(self)

    @property
    def api(self):
        """What COM gives: Formula2 where Excel has dynamic arrays, else xlwings' COM error."""
        return SimpleNamespace(Formula2="") if self.sheet.dynamic_arrays else OldApi()

    def places(self):
        """Each cell's row and column."""
        for row in range(self.row, self.row + self.height):
            for column in range(self.column, self.column + self.width):
                yield row, column

    def __getitem__(self, key):
        down, across = (self._part(key[0], self.height), self._part(key[1], self.width))
        return Range(
            self.sheet,
            self.row + down.start,
            self.column + across.start,
            down.stop - down.start,
            across.stop - across.start,
        )

    @staticmethod
    def _part(key, length):
        return range(length)[key] if isinstance(key, slice) else range(key, key + 1)

    def resize(self, height, width):
        """As many rows and columns from the same first cell."""
        return Range(self.sheet, self.row, self.column, height, width)

    def offset(self, row, column):
        """The range so many rows down and columns right."""
        return Range(self.sheet, self.row + row, self.column + column, self.height, self.width)

    def get_address(self, row_absolute, column_absolute):
        """B4."""
        assert not row_absolute and not column_absolute
        return f"{get_column_letter(self.column)}{self.row}"

    @property
    def merge_cells(self):
        """None where some of several cells are merged, as Excel answers."""
        among = [place in self.sheet.merged for place in self.places()]
        return True if all(among) else None if any(among) else False

    def options(self, **options):
        """The same; its value always as rows."""
        assert options == {"ndim": 2}
        return self

    def _rows(self, content):
        found = [content.get(place) for place in self.places()]
        return [found[n : n + self.width] for n in range(0, len(found), self.width)]

    @property
    def formula(self):
        """Formulas as rows; "" for an empty cell."""
        own = {
            place: str(cell)
            for place, cell in self.sheet.cells.items()
            if cell is not None and place not in self.sheet.spilled
        }
        return tuple(tuple(each or "" for each in row) for row in self._rows(own))

    @property
    def value(self):
        """Values as rows; a formula that shows nothing has none."""
        return [
            [None if isinstance(each, str) and each[:1] == "=" else each for each in row]
            for row in self._rows(self.sheet.cells)
        ]

    @value.setter
    def value(self, rows):
        flat = [cell for row in rows for cell in row]
        assert len(flat) == self.height * self.width
        self.sheet.cells.update(zip(self.places(), flat, strict=True))

    def _set(self, content, value):
        content.update(dict.fromkeys(self.places(), value))

    formula2 = property(lambda self: None, lambda self, text: self._set(self.sheet.cells, text))
    color = property(lambda self: None, lambda self, value: self._set(self.sheet.fills, value))
    number_format = property(
        lambda self: None, lambda self, value: self._set(self.sheet.formats, value)
    )

    @property
    def formula_array(self):
        """Not read."""

    @formula_array.setter
    def formula_array(self, text):
        self.sheet.array_formulas[self.row, self.column, self.height, self.width] = text


class Font:
    """The font of a range."""

    def __init__(self, cells):
        self.cells = cells

    bold = property(lambda self: None, lambda self, yes: self.cells.sheet.bold.update(
        self.cells.places() if yes else ()))  # fmt: skip


class Book:
    """A workbook with what is selected in it, and the alerts that were shown."""

    def __init__(self, fullname, selection):
        self.fullname = str(fullname)
        self.alerts = []
        self.app = SimpleNamespace(selection=selection, alert=self._alert)

    def _alert(self, prompt, title=None, buttons="ok", mode=None, callback=None):
        assert title == "lexp" and mode in ("info", "critical")
        self.alerts.append((mode, prompt))
