"""Deals kept between calls: read once, read anew when a file has changed, refused by name."""

import os
import shutil
from datetime import date
from pathlib import Path

import pytest

from lexp_calc.deal_cache import MOST_DEALS, deal_named, projection_of
from lexp_calc.errors import LexpError

ROOT = Path(__file__).parents[2]
TERM_SHEET = ROOT / "lexp_calc" / "deals" / "lexp-2003.toml"


@pytest.fixture
def copied(tmp_path):
    """The built-in deal in a folder of its own, with its file of rates."""
    for folder in ("deals", "data"):
        shutil.copytree(ROOT / "lexp_calc" / folder, tmp_path / folder)
    return tmp_path / "deals" / "lexp-2003.toml"


def changed(path, old, new):
    """Text of a file replaced, and its time of change moved on by a second."""
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")
    later = path.stat().st_mtime_ns + 1_000_000_000
    os.utime(path, ns=(later, later))


def test_the_same_deal_is_projected_once():
    assert projection_of("lexp-2003") is projection_of("lexp-2003")
    assert projection_of("lexp-2003") is projection_of("lexp-2003", "CLOSING")
    assert projection_of("lexp-2003") is not projection_of("lexp-2003", "historical")
    assert deal_named("lexp-2003") is projection_of("lexp-2003", "historical").deal


def test_a_changed_term_sheet_is_read_anew(copied):
    assert deal_named(str(copied)).tranche["term-loan"].size == 13_500_000
    changed(copied, "commitment = 23_500_000", "commitment = 23_400_000")
    with pytest.raises(LexpError, match="^deal: .*facility.secured-credit-facility.amount"):
        deal_named(str(copied))
    changed(copied, "amount = 37_000_000", "amount = 36_900_000")
    assert deal_named(str(copied)).tranche["revolver"].commitment == 23_400_000


def test_a_changed_file_of_rates_is_read_anew(copied):
    """H.15: prime 4.25 % from 2004-06-30, by which the term loan bears 5.75 %."""

    def rate_in_july():
        rows = projection_of(str(copied), "historical")["term-loan"].rows
        return next(row for row in rows if row.accrual_start == date(2004, 7, 1)).interest

    before = rate_in_july()
    changed(copied.parent.parent / "data" / "prime-h15.csv", "2004-06-30,4.25", "2004-06-30,5.25")
    # by hand: six instalments of 300,000 are paid; 1 August 2004 is a Sunday, so 32 days:
    # 11,700,000 x 1 % x 32 / 360 = 10,400.00
    assert rate_in_july() - before == 10_400_00


def test_a_file_that_was_missing_is_watched_from_when_it_is_there(copied):
    rates = copied.parent.parent / "data" / "prime-h15.csv"
    content = rates.read_text("utf-8")
    rates.unlink()
    with pytest.raises(LexpError, match="prime-h15.csv"):
        projection_of(str(copied), "historical")
    rates.write_text(content, "utf-8")
    before = projection_of(str(copied), "historical")
    changed(rates, "2004-06-30,4.25", "2004-06-30,5.25")
    assert projection_of(str(copied), "historical") is not before


def test_no_more_deals_are_kept_than_said(tmp_path):
    example = (ROOT / "examples" / "term-loan-b.toml").read_text("utf-8")
    paths = [tmp_path / f"{number}.toml" for number in range(MOST_DEALS + 1)]
    for path in paths:
        path.write_text(example, "utf-8")
    first = deal_named(str(paths[0]))
    assert deal_named(str(paths[0])) is first
    for path in paths[1:]:
        deal_named(str(path))
    assert deal_named(str(paths[0])) is not first


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (None, "found no such file"),
        ("", "found an empty file"),
        ("id = ", "file: found"),
        ('id = "a"', "tranche"),
    ],
)
def test_a_missing_or_broken_term_sheet_is_named(tmp_path, content, found):
    path = tmp_path / "broken.toml"
    if content is not None:
        path.write_text(content, "utf-8")
    with pytest.raises(LexpError) as refused:
        projection_of(str(path))
    for line in str(refused.value).splitlines():
        assert line.startswith(f"deal: {path}: ")
    assert found in str(refused.value)


@pytest.mark.parametrize("deal", ["lexp-2004", "x" * 9_000, "a\0b", str(ROOT)])
def test_what_is_no_file_is_refused_as_the_deal(deal):
    with pytest.raises(LexpError, match="^deal: .*found"):
        deal_named(deal)


def test_an_unknown_scenario_is_refused_with_the_nearest():
    with pytest.raises(LexpError, match='^scenario: .*did you mean "historical"'):
        projection_of("lexp-2003", "historic")


def test_a_scenario_that_lacks_a_rate_is_refused_by_its_name(copied):
    changed(copied, 'inherits = "closing"\nindex.prime = { file = "../data/prime-h15.csv" }', "")
    with pytest.raises(LexpError, match="^scenario: tranche.revolver: .*prime"):
        projection_of(str(copied), "historical")
