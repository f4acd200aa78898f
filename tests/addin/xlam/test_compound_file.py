"""Compound files, each record walked by a reader of our own and read once more by olefile."""

import io

import olefile
import pytest
from hypothesis import given
from hypothesis import strategies as st

from addin.build.compound_file import compound_file
from tests.addin.xlam.compound_files import FREE, CompoundFile

NAMES = st.text("abcXYZ019_é", min_size=1, max_size=31)
SIZES = st.sampled_from([0, 1, 63, 64, 65, 511, 512, 513, 4095, 4096, 4097, 9000])
STREAMS = st.dictionaries(NAMES, SIZES.map(lambda size: bytes(i % 251 for i in range(size))))


def without_clashes(streams):
    """No two names that differ in case alone: they are one name in a compound file."""
    return {name: data for name, data in {n.upper(): d for n, d in streams.items()}.items()}


def check(content):
    """Walks the file; returns its streams."""
    data = compound_file(content)
    found = CompoundFile(data)
    for path, members in found.trees.items():
        keys = [(len(each.name), each.name.upper()) for each in members]
        assert keys == sorted(set(keys)), path
        assert len({each.number for each in members}) == len(members)
    for record in found.records:
        assert record.color in (0, 1)
        if record.kind in (1, 5):
            found.black_height(record.child)
            top = found.records[record.child] if record.child != FREE else None
            assert top is None or top.color == 1
    for n, next_of in enumerate(found.fat):
        assert (next_of == FREE) == (n not in found.used)
    for n, next_of in enumerate(found.mini_fat):
        assert (next_of == FREE) == (n not in found.used_mini)
    assert len(found.used) == len(found.sectors)
    with olefile.OleFileIO(io.BytesIO(data), raise_defects=olefile.DEFECT_UNSURE) as other:
        paths = ["/".join(path) for path in other.listdir()]
        assert {path: other.openstream(path).read() for path in paths} == found.streams
    return found.streams


@given(STREAMS.map(without_clashes), STREAMS.map(without_clashes))
def test_every_stream_is_read_back(top, below):
    expected = dict(top) | {f"STORAGE OF THEM/{name}": data for name, data in below.items()}
    assert check({**top, "STORAGE OF THEM": below}) == expected


@pytest.mark.parametrize("count", range(40))
def test_the_tree_of_every_number_of_names_is_sound(count):
    content = {f"{'n' * (n % 7)}{n}": b"x" * n for n in range(count)}
    assert check(content) == content


def test_a_file_of_many_sectors_lists_them_all():
    content = {"large": bytes(range(256)) * 20_000, "small": b"x" * 4095}
    assert check(content) == content


@pytest.mark.parametrize("sectors", [*range(120, 132), *range(248, 260), 13_842])
def test_the_table_of_sectors_has_room_for_its_own(sectors):
    """Around 128 and 256 sectors, what one and two sectors of the table list; the most of all."""
    content = {"large": bytes(sectors * 512)}
    assert check(content) == content


def test_more_than_the_header_can_list_is_refused():
    with pytest.raises(ValueError, match="sectors"):
        compound_file({"x": bytes(110 * 128 * 512)})


@pytest.mark.parametrize("name", ["", "n" * 32])
def test_a_name_of_no_or_too_many_characters_is_refused(name):
    with pytest.raises(ValueError, match="name"):
        compound_file({name: b""})


def test_the_same_content_is_the_same_bytes_in_any_order():
    one, other = {"a": b"1", "b": b"2"}, {"b": b"2", "a": b"1"}
    assert compound_file(one) == compound_file(other)
