"""The exchanges, the repurchase and the shares for interest, by hand from the press release."""

import pytest

from lexp_calc import builtin_deal, project
from tests.workbook_templates.deals import changed_deal, exchanges_with_limits
from tests.workbook_templates.reading import Reading
from tests.workbook_templates.test_workbooks import assert_short_and_without_numbers
from workbook_templates import write_workbook

SHEET = "Exchange"


@pytest.fixture(scope="module")
def lender(tmp_path_factory):
    path = tmp_path_factory.mktemp("notes") / "senior-notes.xlsx"
    write_workbook(project(builtin_deal()), path, "senior-notes")
    return Reading(path)


@pytest.fixture(scope="module")
def deal(tmp_path_factory):
    path = tmp_path_factory.mktemp("deal") / "deal.xlsx"
    write_workbook(project(builtin_deal()), path)
    return Reading(path)


# Label, figure, printed, printed less figure. Paragraph 5: 27,254,000 tendered, 1,558.52 for
# each 1,000, 42,476,000 of new notes with 424,781 warrants, 99.4 %.
STEPS = [
    ("Days of interest", 1_577, None, None),  # 4 x 360 + 4 x 30 + 17, 30/360
    ("Interest on a thousand of old notes", 558.520833333333, None, None),  # 127.5 x 1,577 / 360
    ("New notes for a thousand of old, rounded as printed", 1558.52, 1558.52, 0),
    ("New principal by the rounded ratio", 42_475_904.08, 42_476_000, 95.92),
    ("New principal by the exact ratio", 42_475_926.79, 42_476_000, 73.21),
    ("Warrants", 424_760, 424_781, 21),
    ("Participation, rounded as printed", 0.994, 0.994, 0),  # 27,254 / 27,412 = 0.99424
    ("So old notes outstanding above", 27_404_725.99, None, None),  # 27,254,000 / 0.9945
    ("So old notes outstanding at most", 27_432_310.02, None, None),  # 27,254,000 / 0.9935
    ("Old notes not tendered", 158_000, None, None),  # 27,412,000 of the circular - 27,254,000
]


@pytest.mark.parametrize(("label", "figure", "printed", "difference"), STEPS)
def test_the_senior_exchange_step_by_step(lender, label, figure, printed, difference):
    found = lender.line(SHEET, label)
    assert found[0] == pytest.approx(figure, abs=1e-9)
    assert found[1] == printed
    assert found[2] == (None if difference is None else pytest.approx(difference, abs=1e-9))


def test_the_outstanding_principal_fits_the_printed_participation(lender):
    label = "Against what the printed participation allows"
    assert lender.line(SHEET, label)[0] == "within its range"


def test_the_junior_exchange_shows_what_is_stated_and_no_rule(deal):
    heading = "Exchange of the 14% Junior Subordinated Notes"
    assert deal.line(SHEET, "New principal", heading)[:3] == [347_000, None, None]
    assert deal.line(SHEET, "Warrants", heading)[:3] == [3_470, 3_467, -3]
    labels = [cell.value for cell in deal.book[SHEET]["A"]]
    assert labels.count("Days of interest") == 1  # the senior exchange's alone


def test_a_lender_sees_his_own_exchange_alone(lender):
    assert "Claims settled" not in lender.book.sheetnames
    texts = [cell.value for row in lender.book[SHEET].iter_rows() for cell in row]
    assert not any("unior" in str(text) for text in texts)


# 7,500,000 for 5,810,000: 1,690,000 below, 5.81 / 7.5; 235,000 / 103,731; 4,828,036 + 103,731.
CLAIMS = [
    ("Price below the claim", 1_690_000),
    ("Price as a share of the face amount", 0.774666666666667),
    ("Contingent: claim that comes back", 7_500_000),
    ("Accrued interest bought with it", "not stated"),
    ("Price of a share", 2.26547512315508),
    ("Shares outstanding after", 4_931_767),
]


@pytest.mark.parametrize(("label", "figure"), CLAIMS)
def test_claims_settled_without_new_notes(deal, label, figure):
    found = deal.line("Claims settled", label)[0]
    assert found == (figure if isinstance(figure, str) else pytest.approx(figure, abs=1e-12))


def test_the_shares_after_are_those_that_the_annual_report_prints(deal):
    assert deal.line("Claims settled", "Shares outstanding after")[1:3] == [4_931_767, 0]


@pytest.fixture(scope="module")
def limited_path(tmp_path_factory):
    path = tmp_path_factory.mktemp("limited") / "deal.xlsx"
    write_workbook(project(changed_deal(exchanges_with_limits)), path)
    return path


@pytest.fixture(scope="module")
def limited(limited_path):
    return Reading(limited_path)


# 500,000 tendered for at most 400,000: 80,000; 200,400 and 119,600, down to a thousand.
# Interest: 140 x 47 / 360 = 18.277778 for 1,000, added to the new notes.
OFFER = [
    ("Proration factor", 0.8),
    ("First: accepted", 80_000),
    ("Second: accepted", 200_000),
    ("Third: accepted", 119_000),
    ("All holders: accepted", 399_000),
    ("First: cash", 36_000),  # 80 x (400 + 50), on the last early day
    ("First: new notes", 1_000),  # 80 x 18.277778 = 1,462.22
    ("First: cash for fraction", 462.22),
    ("First: shares", 1_000),  # 80 x 12.5
    ("Second: new notes", 193_000),  # 200 x (950 + 18.277778) = 193,655.56, a day late
    ("Second: cash for fraction", 655.56),
    ("Second: warrants", 2_000),
    ("Third: cash", 25_000),  # the whole pool
    ("Third: new notes", 98_000),  # 94 x 1,030 + 119 x 18.277778 = 98,995.06
    ("Third: cash for fraction", 995.06),
    ("All holders: new notes", 292_000),
    ("All holders: cash for fraction", 2_112.84),
    ("Cash paid to holders", 63_112.84),
]


@pytest.mark.parametrize(("label", "figure"), OFFER)
def test_an_offer_with_options_holder_by_holder(limited, label, figure):
    heading = "Exchange of the 14% Junior Subordinated Notes"
    assert limited.line(SHEET, label, heading)[0] == pytest.approx(figure, abs=1e-9)


def test_cash_to_holders_is_a_use_of_the_closing(limited):
    label = "Exchange of the 14% Junior Subordinated Notes: cash to holders"
    assert limited.line("Sources and uses", label)[0] == 63_112.84


def test_formulas_of_an_offer_are_short_too(limited_path):
    assert_short_and_without_numbers(limited_path)
