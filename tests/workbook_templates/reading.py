"""A finished workbook as its reader sees it: values by defined name, and by label."""

import openpyxl


class Reading:
    """The stored values of a workbook."""

    def __init__(self, path):
        self.book = openpyxl.load_workbook(path, data_only=True)

    def named(self, name):
        """The value of a one-cell name, the list of values of a longer one."""
        ((title, reference),) = self.book.defined_names[name].destinations
        cells = self.book[title][reference.replace("$", "")]
        if not isinstance(cells, tuple):
            return plain(cells.value)
        return [plain(cell.value) for row in cells for cell in row]

    def place(self, name):
        """(sheet title, "B7") of a one-cell name."""
        ((title, reference),) = self.book.defined_names[name].destinations
        return title, reference.replace("$", "")

    def line(self, title, label, heading=None):
        """The values beside a label in column A, the first below `heading` where one is named."""
        below = heading is None
        for row in self.book[title].iter_rows(values_only=True):
            if below and row[0] == label:
                return [plain(value) for value in row[1:]]
            below = below or row[0] == heading
        raise AssertionError(f"no line {label!r} on {title!r}")

    def table(self, title, head):
        """The rows below the head that begins with `head`, to the first one without a label."""
        rows = [list(row) for row in self.book[title].iter_rows(values_only=True)]
        first = next(number for number, row in enumerate(rows) if row[0] == head) + 1
        found = {}
        for row in rows[first:]:
            if row[0] is None:
                break
            found[plain(row[0])] = [plain(value) for value in row[1:]]
        return found


def plain(value):
    """A date without its time."""
    return value.date() if hasattr(value, "date") else value
