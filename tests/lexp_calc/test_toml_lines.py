"""The lines of keys and entries, in documents written by hand and made by hypothesis."""

import tomllib
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from lexp_calc.term_sheet import term_sheet_path
from lexp_calc.toml_lines import toml_lines, written

BY_HAND = '''\
# a comment with [brackets] and = signs
title = "a # that is no comment, \\" and ["  # one that is

[owner]
name = 'C:\\'
"quoted key" = """
[not.a.table]
a = 1
"""""
born.year = 1979
born."month of" = 5

[[points]]
x = 1
[[points]]
x = 2
list = [
  1,  # the first
  { y = 3, z.w = [4,
    5] },
]
[points.inner]
deep = 1
[[points.parts]]
[[points.parts]]
k = { a.b = 1, c = [] }

[late.child]
a = \'\'\'x
y\'\'\'
[late]
b = 2003-12-18
'''
LINES_BY_HAND = {
    "title": 2,
    "owner": 4,
    "owner.name": 5,
    "owner.quoted key": 6,
    "owner.born": 10,
    "owner.born.year": 10,
    "owner.born.month of": 11,
    "points": 13,
    "points[1]": 13,
    "points[1].x": 14,
    "points[2]": 15,
    "points[2].x": 16,
    "points[2].list": 17,
    "points[2].list[1]": 18,
    "points[2].list[2]": 19,
    "points[2].list[2].y": 19,
    "points[2].list[2].z": 19,
    "points[2].list[2].z.w": 19,
    "points[2].list[2].z.w[1]": 19,
    "points[2].list[2].z.w[2]": 20,
    "points[2].inner": 22,
    "points[2].inner.deep": 23,
    "points[2].parts": 24,
    "points[2].parts[1]": 24,
    "points[2].parts[2]": 25,
    "points[2].parts[2].k": 26,
    "points[2].parts[2].k.a": 26,
    "points[2].parts[2].k.a.b": 26,
    "points[2].parts[2].k.c": 26,
    "late": 31,
    "late.child": 28,
    "late.child.a": 29,
    "late.b": 32,
}


def test_every_key_of_a_document_written_by_hand():
    tomllib.loads(BY_HAND)
    assert {written(path): line for path, line in toml_lines(BY_HAND).items()} == LINES_BY_HAND


def test_line_ends_of_windows_count_once():
    text = BY_HAND.replace("\n", "\r\n")
    assert {written(path): line for path, line in toml_lines(text).items()} == LINES_BY_HAND


def test_a_document_of_nothing_but_a_comment():
    assert toml_lines("# nothing\n\n") == {}


def test_the_built_in_term_sheet_has_each_key_on_the_line_that_spells_it():
    text = term_sheet_path("lexp-2003").read_text("utf-8")
    rows = text.splitlines()
    found = toml_lines(text)
    assert len(found) > 500
    for path, line in found.items():
        if isinstance(path[-1], str):
            assert path[-1] in rows[line - 1], path


KEYS = st.one_of(
    st.text("abcxyz019-_", min_size=1, max_size=5),
    st.text("a.#='\"[]{}, \\\n\té", max_size=5),
)
LEAVES = st.one_of(
    st.booleans(),
    st.integers(-(10**9), 10**9),
    st.dates(date(1900, 1, 1), date(2199, 12, 31)),
    st.text("ab#='\"[]{}, \\\n\té", max_size=12),
)
VALUES = st.recursive(
    LEAVES,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=3),
    max_leaves=12,
)


class Writer:
    """Writes tables as TOML in one of its many ways, and keeps the line of each path."""

    def __init__(self, random):
        self.random = random
        self.text = ""
        self.lines = {}

    def put(self, text):
        self.text += text

    def here(self, path):
        self.lines.setdefault(path, self.text.count("\n") + 1)

    def blank(self):
        """Blanks and comments as they may stand between statements and within lists."""
        self.put(self.random.choice(["", "", " ", "\n", "  # a ] } , = ' \" comment\n"]))

    def key(self, name):
        quoted = '"' + self.escaped(name) + '"'
        is_bare = name and all(each.isascii() and (each.isalnum() or each in "-_") for each in name)
        ways = [quoted]
        if is_bare:
            ways += [name, f"'{name}'"]
        elif "'" not in name and "\n" not in name:
            ways.append(f"'{name}'")
        self.put(self.random.choice(ways))

    def escaped(self, text):
        return text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")

    def leaf(self, value):
        if isinstance(value, bool):
            self.put(str(value).lower())
        elif isinstance(value, (int, date)):
            self.put(str(value))
        else:
            ways = [f'"{self.escaped(value)}"', '"""\n' + self.many_lined(value) + '"""']
            if "'" not in value:
                ways.append(f"'''\n{value}'''")
                if "\n" not in value:
                    ways.append(f"'{value}'")
            self.put(self.random.choice(ways))

    def many_lined(self, text):
        """Quotes stand as they are where that is allowed: up to two in a row."""
        plain = text.replace("\\", "\\\\")
        return plain if '"""' not in plain else plain.replace('"', '\\"')

    def inline(self, path, value):
        """A value behind its equals sign or within a list."""
        if isinstance(value, dict):
            self.put("{")
            for number, (name, each) in enumerate(value.items()):
                self.put(", " if number else " ")
                self.pair(path, name, each)
            self.put(" }")
        elif isinstance(value, list):
            self.put("[")
            for number, each in enumerate(value):
                self.blank()
                self.here((*path, number))
                self.inline((*path, number), each)
                self.blank()
                self.put(",")
            self.blank()
            self.put("]")
        else:
            self.leaf(value)

    def pair(self, path, name, value):
        """key = value; a table of one key may be written as a dotted key."""
        while True:
            path = (*path, name)
            self.here(path)
            self.key(name)
            is_dotted = isinstance(value, dict) and len(value) == 1 and self.random.random() < 0.5
            if not is_dotted:
                break
            self.put(self.random.choice([".", " . "]))
            ((name, value),) = value.items()
        self.put(self.random.choice(["=", " = "]))
        self.inline(path, value)

    def header(self, names, path, brackets):
        self.blank()
        self.put("\n")
        self.lines.pop(path, None)  # a table is where its own header is
        self.here(path)
        self.put("[" * brackets)
        for number, name in enumerate(names):
            self.put("." if number else "")
            self.key(name)
        self.put("]" * brackets + "\n")

    def table(self, names, path, tables):
        """The pairs of a table, then the tables within it under headers of their own."""
        later = []
        for name, value in tables.items():
            of_tables = (
                isinstance(value, list) and value and all(isinstance(x, dict) for x in value)
            )
            if (isinstance(value, dict) or of_tables) and self.random.random() < 0.6:
                later.append((name, value))
                continue
            self.blank()
            self.pair(path, name, value)
            self.put("\n")
        for name, value in later:
            inner = (*path, name)
            if isinstance(value, dict):
                self.header((*names, name), inner, 1)
                self.table((*names, name), inner, value)
                continue
            for number, each in enumerate(value):
                self.header((*names, name), (*inner, number), 2)
                self.lines.setdefault(inner, self.lines[(*inner, 0)])
                self.table((*names, name), (*inner, number), each)


@settings(max_examples=500, deadline=None)
@given(st.dictionaries(KEYS, VALUES, max_size=5), st.randoms(use_true_random=False))
def test_every_key_and_entry_of_any_document(tables, random):
    writer = Writer(random)
    writer.table((), (), tables)
    assert tomllib.loads(writer.text) == tables
    assert toml_lines(writer.text) == writer.lines, writer.text
