"""Which formula needs which: the graph of a workbook's formula cells, and a circle in it."""

from collections.abc import Iterator

from workbook_templates.standard.workbook_file import Area, WorkbookFile

Node = tuple  # (sheet title, row, column), or an Area of several cells


class Dependencies:
    """Formula cells and the blocks that they refer to; a block leads to the formulas in it."""

    def __init__(self, book: WorkbookFile):
        self.book = book
        self.cells = {
            (sheet.title, cell.row, cell.column): (sheet, cell)
            for sheet in book.sheets
            for cell in sheet.formulas
        }
        self.by_sheet = {
            sheet.title: [(cell.row, cell.column) for cell in sheet.formulas]
            for sheet in book.sheets
        }

    def needed(self, node: Node) -> list[Node]:
        """What a cell, or a block of cells, needs directly."""
        if isinstance(node, Area):
            return self._inside(node)
        found: list[Node] = []
        for area in self.book.referred(*self.cells[node]):
            if not area.is_one_cell:
                found.append(area)
            elif area[:3] in self.cells:
                found.append(area[:3])
        return found

    def _inside(self, area: Area) -> list[Node]:
        formulas = self.by_sheet.get(area.sheet, [])
        rows = area.last_row - area.first_row + 1
        if rows * (area.last_column - area.first_column + 1) > len(formulas):
            return [(area.sheet, *at) for at in formulas if area.holds(area.sheet, *at)]
        places = (
            (area.sheet, row, column)
            for row in range(area.first_row, area.last_row + 1)
            for column in range(area.first_column, area.last_column + 1)
        )
        return [place for place in places if place in self.cells]

    def circles(self) -> Iterator[list[Node]]:
        """Each circle met on a walk over all formulas: its cells, the first one last again."""
        done: set[Node] = set()
        for start in self.cells:
            if start not in done:
                yield from self._walk(start, done)

    def _walk(self, start: Node, done: set[Node]) -> Iterator[list[Node]]:
        path = {start: None}  # in order
        stack = [iter(self.needed(start))]
        while stack:
            node = next(stack[-1], None)
            if node is None:
                stack.pop()
                done.add(path.popitem()[0])
            elif node in path:
                nodes = list(path)
                circle = [*nodes[nodes.index(node) :], node]
                yield [each for each in circle if not isinstance(each, Area)]
            elif node not in done:
                path[node] = None
                stack.append(iter(self.needed(node)))

    def reached(self, start: Node) -> set[Node]:
        """All cells and blocks that a cell needs, at any distance."""
        seen = {start}
        waiting = [start]
        while waiting:
            for node in self.needed(waiting.pop()):
                if node not in seen:
                    seen.add(node)
                    waiting.append(node)
        return seen - {start}


def dependencies(book: WorkbookFile) -> Dependencies:
    """The dependencies of a workbook, made once."""
    if book.dependencies is None:
        book.dependencies = Dependencies(book)
    return book.dependencies
