"""Each picture and page that the README and the docs name is there, and each picture is named."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PAGES = (ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md")))
LINK = re.compile(r"\]\(([^)#:]+)(?:#[^)]*)?\)")


def linked(page):
    """The files to which a page leads."""
    return {(page.parent / each).resolve() for each in LINK.findall(page.read_text("utf-8"))}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_what_a_page_names_is_there(page):
    assert [str(each) for each in linked(page) if not each.exists()] == []


def test_every_picture_is_shown_somewhere():
    shown = set().union(*map(linked, PAGES))
    assert {path for path in (ROOT / "docs" / "pictures").iterdir()} <= shown
