"""Row 11: no formula depends on itself, however long the way round."""

from collections.abc import Iterator

from openpyxl.formula import Tokenizer

from workbook_templates.addresses import cell_name
from workbook_templates.standard.finding import Fault
from workbook_templates.standard.formulas import every_formula
from workbook_templates.standard.reading import Block, ReadWorkbook, block_of

Place = tuple[str, int, int]  # sheet, row, column


def no_circles(book: ReadWorkbook) -> Iterator[Fault]:
    """The first circle of references found, as the cells on it."""
    needs, blocks = _graph(book)
    finished: set = set()
    for start in needs:
        circle = _circle_from(start, needs, blocks, finished)
        if circle:
            shown = [f"{sheet}!{cell_name(row, column)}" for sheet, row, column in circle]
            yield shown[0], f"depends on itself by way of {', '.join(shown[1:4]) or 'nothing else'}"
            return


def _graph(book: ReadWorkbook) -> tuple[dict[Place, set[Block]], dict[Block, list[Place]]]:
    """The blocks that each formula reads, and the formulas in each block."""
    needs = {
        (sheet.title, cell.row, cell.column): _read_by(book, sheet.title, cell.formula)
        for sheet, cell in every_formula(book)
    }
    columns: dict[tuple[str, int], list[int]] = {}
    for title, row, column in sorted(needs):
        columns.setdefault((title, column), []).append(row)
    blocks = {}
    for block in set().union(*needs.values()) if needs else ():
        blocks[block] = [
            (block.sheet, row, column)
            for column in range(block.first_column, block.last_column + 1)
            for row in columns.get((block.sheet, column), ())
            if block.first_row <= row <= block.last_row
        ]
    return needs, blocks


def _read_by(book: ReadWorkbook, title: str, formula: str) -> set[Block]:
    found = set()
    for token in Tokenizer(f"={formula}").items:
        if token.subtype != "RANGE":
            continue
        text = token.value
        block = book.names.get(text) or block_of(text if "!" in text else f"'{title}'!{text}")
        if block is not None:
            found.add(block)
    return found


def _circle_from(start: Place, needs, blocks, finished: set) -> list[Place]:
    """Walks from a formula to all that it needs; the cells of a circle, if it meets one.

    Without recursion: a schedule's rows lean on each other some hundred deep. Blocks are
    stops on the way, so that a long column is looked through once.
    """
    path: dict = {start: iter(needs[start])}
    while path:
        here = next(reversed(path))
        for step in path[here]:
            if step in finished:
                continue
            if step in path:
                way = list(path)
                return [each for each in way[way.index(step) :] if not isinstance(each, Block)]
            path[step] = iter(blocks[step] if isinstance(step, Block) else needs[step])
            break
        else:
            finished.add(here)
            del path[here]
    return []
