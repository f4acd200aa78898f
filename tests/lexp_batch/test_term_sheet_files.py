"""Files, folders and patterns of term sheets: what each stands for, each file once."""

import os
from pathlib import Path

import pytest

from lexp_batch.term_sheet_files import TermSheetFile, term_sheet_files
from lexp_calc.errors import NotThere
from lexp_calc.term_sheet import BUILT_IN_DEALS


@pytest.fixture
def deals(tmp_path, monkeypatch):
    """b and a with a note, a hidden file, and a folder with c; the current folder is above."""
    folder = tmp_path / "deals"
    for name in ("b.toml", "a.toml", "notes.txt", ".#a.toml", "later/c.toml"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text("")
    monkeypatch.chdir(tmp_path)
    return folder


def names(*arguments):
    return [Path(each.name).as_posix() for each in term_sheet_files(arguments)]


def refused(argument):
    (problem,) = term_sheet_files([argument])
    assert isinstance(problem, NotThere)
    return str(problem)


def test_a_folder_is_the_term_sheets_directly_in_it_by_name(deals):
    assert names("deals") == names("deals/") == ["deals/a.toml", "deals/b.toml"]


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("deals/*.toml", ["deals/a.toml", "deals/b.toml"]),
        ("deals/**/*.toml", ["deals/a.toml", "deals/b.toml", "deals/later/c.toml"]),
        ("deals/[b-c].toml", ["deals/b.toml"]),
        ("*/?.toml", ["deals/a.toml", "deals/b.toml"]),
    ],
)
def test_a_pattern_is_the_files_that_fit(deals, pattern, expected):
    assert names(pattern) == expected


def test_a_file_that_is_found_twice_counts_once(deals):
    once = names("deals/b.toml", "./deals/b.toml", str(deals / "b.toml"), "deals", "deals/*.toml")
    assert once == ["deals/b.toml", "deals/a.toml"]
    assert names("lexp-2003", str(BUILT_IN_DEALS / "lexp-2003.toml")) == ["lexp-2003"]


def test_a_link_to_a_file_is_that_file(deals):
    try:
        os.symlink(deals / "a.toml", deals / "z.toml")
    except OSError:
        pytest.skip("no right to make a link here")
    assert names("deals") == ["deals/a.toml", "deals/b.toml"]


def test_a_file_whose_name_looks_like_a_pattern(deals):
    (deals / "[b].toml").write_text("")
    assert names("deals/[b].toml") == ["deals/[b].toml"]


def test_a_built_in_deal_comes_before_a_folder_of_its_name(deals):
    (deals.parent / "lexp-2003").mkdir()
    assert names("lexp-2003") == ["lexp-2003"]


def test_what_is_named_is_told_from_what_is_found(deals):
    assert list(term_sheet_files(["deals/a.toml"])) == [TermSheetFile("deals/a.toml", True)]
    assert not any(each.is_named for each in term_sheet_files(["deals"]))


@pytest.mark.parametrize("name", ["later/deeper", "deals/.hidden"])
def test_a_folder_without_a_term_sheet_is_refused(deals, name):
    (deals.parent / name).mkdir(parents=True)
    assert refused(name).startswith(f"{name}: found no term sheet in this folder; ")


def test_a_pattern_that_nothing_fits_is_refused(deals):
    assert refused("deals/x*.toml").startswith("deals/x*.toml: found no file of this pattern; ")


def test_a_problem_stands_where_its_argument_stood(deals):
    kinds = [type(each) for each in term_sheet_files(["x*", "deals/a.toml", "y*", "lexp-2003"])]
    assert kinds == [NotThere, TermSheetFile, NotThere, TermSheetFile]
