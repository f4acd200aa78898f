"""Warrants of the press release, ¶ 5 and 6: number, window, value, retirement; by hand."""

import pytest

from lexp_calc import builtin_deal, project
from tests.workbook_templates.reading import Reading
from workbook_templates import write_workbook

SHEET = "Warrants"
REDEEMED = {
    "prepay.senior-notes.2005-03-15": "10000000",
    "prepay.senior-notes.2005-04-15": "1000000",
    "prepay.senior-notes.2005-08-01": "1000000",
}


def workbook(tmp_path, tranche="senior-notes", **inputs):
    path = tmp_path / "notes.xlsx"
    write_workbook(project(builtin_deal(), "closing", inputs), path, tranche)
    return Reading(path)


def test_the_printed_number_stands_beside_the_rule(tmp_path):
    """42,476,000 / 1,000 x 10 = 424,760; 424,781 are printed; at 3.50 each 1,486,733.50."""
    found = workbook(tmp_path)
    assert found.line(SHEET, "Issued, as printed")[0] == 424_781
    assert found.named("warrants_by_rule") == 424_760
    assert found.line(SHEET, "Printed less rule")[0] == 21
    assert found.line(SHEET, "Strike money of all issued")[0] == 1_486_733.50


# Day, share price, status, exercise value. 3.50 a share, 2005-08-01 through 2009-08-01.
DAYS = [
    ("2003-12-18", None, "attached to the notes", 0),
    ("2005-07-31", "9", "attached to the notes", 0),
    ("2005-08-01", "4.25", "exercisable", 318_585.75),  # 0.75 x 424,781
    ("2009-08-01", "4.25", "exercisable", 318_585.75),
    ("2006-02-01", "3.50", "exercisable", 0),
    ("2006-02-01", "2.2655", "exercisable", 0),
    ("2006-02-01", None, "exercisable", "needs a share price"),
    ("2009-08-02", "4.25", "expired", "expired"),
    ("2009-08-02", None, "expired", "expired"),
]


@pytest.mark.parametrize(("day", "price", "status", "value"), DAYS)
def test_status_and_exercise_value_on_a_day(tmp_path, day, price, status, value):
    found = workbook(tmp_path, as_of=day, **({"share_price": price} if price else {}))
    assert found.line(SHEET, "Status")[0] == status
    assert found.named("warrants_exercise_value") == value


def test_a_blank_share_price_is_asked_for_in_words(tmp_path):
    found = workbook(tmp_path)
    assert found.line(SHEET, "Share price")[0] == "needs a share price"
    assert found.line(SHEET, "Price above strike")[0] == "needs a share price"


def test_each_redemption_retires_its_share_of_what_is_left(tmp_path):
    """424,781 x 10 / 42.476 = 100,004.9; 324,776 / 32.476 = 10,000.49; detached in August."""
    found = workbook(tmp_path, **REDEEMED, as_of="2005-04-14")
    lines = found.table(SHEET, "Redemption")
    outstanding, redeemed, before, retired, left, in_all = range(1, 7)
    assert lines[1][outstanding:] == [42_476_000, 10_000_000, 424_781, 100_005, 324_776, 100_005]
    assert lines[2][outstanding:] == [32_476_000, 1_000_000, 324_776, 10_000, 314_776, 110_005]
    assert lines[3][outstanding:] == [31_476_000, 1_000_000, 314_776, 0, 314_776, 110_005]
    assert lines[4][outstanding:] == [0] * 6
    assert (lines["Total"][redeemed], lines["Total"][retired]) == (12_000_000, 110_005)
    assert found.named("warrants_outstanding") == 324_776  # the second redemption is a day later


def test_retired_warrants_have_no_exercise_value(tmp_path):
    """314,776 are left on 2005-09-01: 0.75 x 314,776 = 236,082."""
    found = workbook(tmp_path, **REDEEMED, as_of="2005-09-01", share_price="4.25")
    assert found.named("warrants_exercise_value") == 236_082
    all_redeemed = {"prepay.senior-notes.2005-07-29": "42476000"}
    gone = workbook(tmp_path, **all_redeemed, as_of="2005-09-01", share_price="4.25")
    assert (gone.named("warrants_outstanding"), gone.named("warrants_exercise_value")) == (0, 0)


def test_the_deal_adds_up_both_issues(tmp_path):
    """424,781 + 3,467 = 428,248, at 3.50 each 1,498,868."""
    found = workbook(tmp_path, None)
    title = "Warrants senior-notes"
    assert found.line(title, "Issued, as printed", "All warrants")[0] == 428_248
    assert found.line(title, "Strike money of all issued", "All warrants")[0] == 1_498_868
    assert found.named("warrants_by_rule_junior_notes") == 3_470


@pytest.mark.parametrize("tranche", ["revolver", "term-loan", "secured-term-loan"])
def test_tranches_without_warrants_have_no_such_sheet(tmp_path, tranche):
    assert SHEET not in workbook(tmp_path, tranche).book.sheetnames
