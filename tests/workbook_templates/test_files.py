"""A file is replaced whole or not at all, whatever the disk and other programs do."""

import errno
import os

import pytest

from lexp_calc.errors import LexpError
from workbook_templates.files import replace_file


@pytest.fixture
def target(tmp_path):
    """A file that is there already."""
    path = tmp_path / "loan.xlsx"
    path.write_bytes(b"old")
    return path


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        (errno.ENOSPC, "the disk is full; free some space"),
        (errno.EDQUOT, "the disk quota is used up; free some space"),
        (errno.EIO, "it cannot be written (Input/output error)"),
    ],
)
def test_a_disk_that_fails_at_the_last_moment_leaves_the_old_file(
    target, monkeypatch, number, expected
):
    def fails(file):
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(os, "fsync", fails)
    with pytest.raises(LexpError) as refused:
        replace_file(target, b"new")
    assert str(refused.value).startswith(f"{target}: {expected}")
    assert target.read_bytes() == b"old"
    assert os.listdir(target.parent) == ["loan.xlsx"]


def test_a_rest_that_cannot_be_removed_does_not_hide_the_problem(target, monkeypatch):
    """A virus scanner may hold the new file for a moment, and Excel the old one."""

    def refused(*paths):
        raise PermissionError(errno.EACCES, "Access is denied", paths[-1])

    monkeypatch.setattr(os, "replace", refused)
    monkeypatch.setattr(os, "remove", refused)
    with pytest.raises(LexpError, match=r"loan\.xlsx: .*open in another program"):
        replace_file(target, b"new")
    assert target.read_bytes() == b"old"


def test_a_link_stays_a_link(target):
    link = target.with_name("link.xlsx")
    try:
        link.symlink_to(target)
    except OSError:
        pytest.skip("no right to make a link here")
    replace_file(link, b"new")
    assert link.is_symlink() and target.read_bytes() == b"new"


def test_what_is_refused_just_before_the_renaming_leaves_the_old_file(target):
    """By whoever asks for the file: the run of which it is a part may be over."""

    def refuses():
        (new,) = (each for each in target.parent.iterdir() if each != target)
        assert new.read_bytes() == b"new" and target.read_bytes() == b"old"
        raise LexpError("run", "found it over", "another would be right")

    with pytest.raises(LexpError, match="found it over"):
        replace_file(target, b"new", refuses)
    assert target.read_bytes() == b"old"
    assert os.listdir(target.parent) == ["loan.xlsx"]
