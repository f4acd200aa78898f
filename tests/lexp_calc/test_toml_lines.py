"""The lines of keys and entries, in documents written by hand and made by hypothesis."""

import tomllib
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from lexp_calc.term_sheet import term_sheet_path
from lexp_calc.toml_lines import toml_lines, written
from tests.lexp_calc.toml_writer import Writer

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


@settings(max_examples=500, deadline=None)
@given(st.dictionaries(KEYS, VALUES, max_size=5), st.randoms(use_true_random=False))
def test_every_key_and_entry_of_any_document(tables, random):
    writer = Writer(random)
    writer.table((), (), tables)
    assert tomllib.loads(writer.text) == tables
    assert toml_lines(writer.text) == writer.lines, writer.text
