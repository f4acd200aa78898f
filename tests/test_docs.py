"""Each picture and page that the README and the docs name is there, and each picture is named.

What the pages on Excel say of a formula is what the add-in answers.
"""

import re
from pathlib import Path

import pytest

from lexp_calc.functions import FUNCTIONS
from tests.lexp_batch.typed_formulas import CALL, answer, same, split, value

ROOT = Path(__file__).parents[1]
PAGES = (ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md")))
ON_EXCEL = ("excel.md", "excel-checklist.md")
LINK = re.compile(r"\]\(([^)#:]+)(?:#[^)]*)?\)")
# A formula, and the next thing in code on the line: what it gives.
SHOWN = re.compile(r"`(=LEXP_[^`]+)`(?: gives| \|) `([^`]+)`")


def linked(page):
    """The files to which a page leads."""
    return {(page.parent / each).resolve() for each in LINK.findall(page.read_text("utf-8"))}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_what_a_page_names_is_there(page):
    assert [str(each) for each in linked(page) if not each.exists()] == []


def test_every_picture_is_shown_somewhere():
    shown = set().union(*map(linked, PAGES))
    assert {path for path in (ROOT / "docs" / "pictures").iterdir()} <= shown


def shown_formulas():
    for page in ON_EXCEL:
        for line in (ROOT / "docs" / page).read_text("utf-8").splitlines():
            yield from SHOWN.findall(line)


@pytest.mark.parametrize("formula, expected", shown_formulas())
def test_a_formula_gives_what_the_page_says(formula, expected):
    if formula.startswith("=LEXP_WHY"):
        name, *cells = split(CALL.fullmatch(formula)[2])
        call = f"={value(name, None)}({', '.join(cells)})"
        assert answer(call).reason == expected
    elif re.fullmatch(r"-?[\d.]+", expected):
        places = len(expected.partition(".")[2])
        assert same(round(answer(formula), places), float(expected))
    else:
        assert same(answer(formula), expected)


def test_the_pages_on_excel_show_enough():
    shown = list(shown_formulas())
    assert len(shown) >= 15
    assert {"#VALUE!", "#NUM!", "#N/A"} <= {expected for _, expected in shown}


def test_the_check_list_has_twenty_steps():
    text = (ROOT / "docs" / "excel-checklist.md").read_text("utf-8")
    steps = re.findall(r"^\*\*(\d+)\. ", text, re.MULTILINE)
    assert steps == [str(number) for number in range(1, 21)]
    for step in re.split(r"^\*\*\d+\. ", text, flags=re.MULTILINE)[1:]:
        assert "expected" in step.casefold(), step[:40]


def test_the_check_list_counts_the_functions():
    text = (ROOT / "docs" / "excel-checklist.md").read_text("utf-8")
    assert f'"Agree, of {len(FUNCTIONS)}" {len(FUNCTIONS)}' in " ".join(text.split())
    for category in dict.fromkeys(each.category for each in FUNCTIONS.values()):
        assert f"LEXP {category}" in " ".join(text.split())


def test_figures_of_the_check_list():
    """What its steps say in words, of calls over cells."""
    wall = answer('=LEXP_MATURITY_WALL("lexp-2003")')
    assert (len(wall), len(wall[0]), wall[-1][0], wall[-1][-1]) == (6, 7, "total", 67823000.0)
    schedule = answer('=LEXP_SCHEDULE("lexp-2003", "junior-notes")')
    assert (len(schedule), schedule[-1][-1]) == (26, 0.0)
    dates = {("B", row): value(f"DATE({day})", None) for row, day in enumerate(
        ("2008,1,1", "2008,3,1", "2008,10,30", "2009,2,15", "2009,4,1"), 1)}  # fmt: skip
    days = answer('=LEXP_BUSINESS_DAY(B1:B5, "Following")', dates)
    assert [row[0].isoformat() for row in days] == [
        "2008-01-02", "2008-03-03", "2008-10-30", "2009-02-17", "2009-04-01"
    ]  # fmt: skip
