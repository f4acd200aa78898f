"""Notes of a schedule: where a term bites, each by hand from the terms and the calendar."""

from datetime import date
from pathlib import Path

import pytest

from lexp_calc import builtin_deal, project, read_term_sheet
from tests.workbook_templates.coupon_deals import compounded_sofr
from tests.workbook_templates.deals import changed_deal, unadjusted_with_a_cap
from tests.workbook_templates.reading import Reading, plain
from workbook_templates import write_workbook
from workbook_templates.verify import compare, input_changes

EXAMPLES = Path(__file__).parents[2] / "examples"
HEAD_ROW = 4


def notes(folder, deal, tranche, scenario=None, inputs=None):
    """The words of each row that has some, by payment date; in use or not."""
    path = folder / f"{tranche}.xlsx"
    write_workbook(project(deal, scenario, inputs), path, tranche)
    rows = list(Reading(path).book["Schedule"].iter_rows(min_row=HEAD_ROW, values_only=True))
    day, words = rows[0].index("Payment date"), rows[0].index("Notes")
    found = {}
    for row in rows[1:]:
        if row[0] == "Total":
            return found
        if row[words] != 0:
            found.setdefault(plain(row[day]), row[words])
    raise AssertionError("no totals row")


def example(name):
    return read_term_sheet(str(EXAMPLES / f"{name}.toml"))


def test_payments_moved_off_weekends_and_holidays(tmp_path):
    """The 1st of the month: a Sunday in February 2004, a Saturday in May, a holiday in 2005."""
    found = notes(tmp_path, builtin_deal(), "term-loan")
    assert found[date(2004, 2, 2)] == "current, moved from 01-Feb-2004"
    assert found[date(2004, 5, 3)] == "moved from 01-May-2004"
    assert found[date(2005, 1, 3)] == "moved from 01-Jan-2005"
    assert date(2004, 3, 1) not in found  # a Monday
    # ¶ 2, sentence 5: payable on 30 June 2006 if the revolver is not extended; a Friday.
    assert found[date(2006, 6, 30)] == "springing maturity, balloon"


def test_an_extended_loan_says_so_beyond_its_earlier_maturity(tmp_path):
    """45 instalments of 300,000 repay 13,500,000: no balloon on 1 October 2007, a Monday."""
    found = notes(tmp_path, builtin_deal(), "term-loan", "closing", {"extend.revolver": True})
    assert found[date(2007, 10, 1)] == "extended"
    assert found[date(2006, 7, 3)] == "moved from 01-Jul-2006, extended"
    assert date(2006, 6, 1) not in found
    assert not any("balloon" in each or "springing" in each for each in found.values())


@pytest.mark.parametrize(
    ("as_of", "paid"), [("2004-03-31", date(2004, 4, 1)), ("2006-07-01", None)]
)
def test_the_period_of_the_as_of_date_is_the_current_one(tmp_path, as_of, paid):
    found = notes(tmp_path, builtin_deal(), "term-loan", "closing", {"as_of": as_of})
    current = [day for day, each in found.items() if each.startswith("current")]
    assert current == ([paid] if paid else [])


def test_a_floor_binds_from_the_day_on_which_prime_falls_below_it(tmp_path):
    """Prime + 4.00 %, at least 8.25 %: at 4.25 % the floor is met and does not bind."""
    deal, inputs = builtin_deal(), {"prime.2003-12-18": "4.25%", "prime.2004-02-17": "4.00%"}
    found = notes(tmp_path, deal, "secured-term-loan", "closing", inputs)
    bound = [day for day, each in found.items() if "floor binding" in each]
    assert min(bound) == date(2004, 3, 1)
    assert len(bound) == 28 + 1  # payments from March 2004 to June 2006, and the maturity
    assert found[date(2003, 12, 18)] == "Fee on the closing date"
    # Its own name is longer than a note holds. 18 December 2004, a Saturday, moves nothing.
    assert found[date(2004, 12, 18)] == "anniversary fee"


def test_a_cap_binds_for_the_periods_that_begin_above_it(tmp_path):
    """At most 9.00 %: prime of 5.25 % and 4.00 % from 30 June 2004 on, read once a period."""
    deal, inputs = changed_deal(unadjusted_with_a_cap), {"prime.2004-06-30": "5.25%"}
    found = notes(tmp_path, deal, "secured-term-loan", "closing", inputs)
    assert "cap binding" in found[date(2004, 8, 1)]
    assert "cap" not in found.get(date(2004, 7, 1), "")
    assert "floor binding" in found[date(2004, 6, 1)]
    assert not any("moved" in each for each in found.values())  # Unadjusted


def sofr_without_a_coupon_floor(tables):
    compounded_sofr(tables)
    del tables["tranche"]["secured-term-loan"]["coupon"]["floor"]


@pytest.mark.parametrize(("sofr", "binds"), [("1.04%", True), ("1.05%", False), ("5%", False)])
def test_the_floor_of_a_compounded_index_is_on_each_day(tmp_path, sofr, binds):
    deal = changed_deal(sofr_without_a_coupon_floor)
    found = notes(tmp_path, deal, "secured-term-loan", "closing", {"SOFR.2003-12-01": sofr})
    assert ("floor binding" in found.get(date(2004, 3, 1), "")) is binds


def test_draws_and_repayments_of_a_revolver(tmp_path):
    inputs = {
        "draw.revolver.2003-12-18": "5000000",
        "draw.revolver.2004-03-15": "1500000",
        "draw.revolver.2004-03-17": "-700000",
    }
    found = notes(tmp_path, builtin_deal(), "revolver", "closing", inputs)
    assert found[date(2004, 3, 15)] == "draw"
    assert found[date(2004, 3, 17)] == "repayment"
    assert date(2003, 12, 18) not in found


def test_coupons_in_kind_at_the_issuers_choice(tmp_path):
    """Half, all and all of the three coupons from 15 May 2025 to 15 November 2026."""
    found = notes(tmp_path, example("pik-toggle-note"), "toggle-notes", "toggle-used")
    in_kind = [day for day, each in found.items() if "interest in kind" in each]
    assert in_kind == [date(2025, 11, 17), date(2026, 5, 15), date(2026, 11, 16)]
    assert found[date(2031, 5, 15)] == "principal due"


def test_prepayments_at_a_premium_and_days_in_default(tmp_path):
    """At 104 in June 2027; 15 January to 15 April 2029 touches four monthly payments."""
    deal = example("commercial-mortgage")
    found = notes(tmp_path, deal, "mortgage", "sold")
    assert found[date(2027, 6, 15)] == "prepayment, call premium"
    found = notes(tmp_path, deal, "mortgage", "default")
    in_default = [day for day, each in found.items() if "default margin" in each]
    assert in_default == [date(2029, 2, 1), date(2029, 3, 1), date(2029, 4, 2), date(2029, 5, 1)]


def test_sweeps_and_a_discount(tmp_path):
    found = notes(tmp_path, example("term-loan-b"), "term-loan-b")
    assert found[date(2024, 3, 28)] == "Original issue discount"
    swept = [day for day, each in found.items() if "sweep" in each]
    assert [day.year for day in swept] == [2025, 2026, 2027, 2028, 2029]


def strange_names(tables):
    """Fees whose names no formula of a table can hold as they are."""
    fees = tables["tranche"]["secured-term-loan"]["fees"]
    for fee, name in zip(fees.values(), ('{x} [y] "50%"', "=1+1"), strict=True):
        fee["name"] = name


def test_a_fees_name_is_only_ever_text(tmp_path, libreoffice):
    found = notes(tmp_path, changed_deal(strange_names), "secured-term-loan")
    assert found[date(2003, 12, 18)] == "closing fee"
    assert found[date(2004, 12, 18)] == "=1+1"
    assert compare(tmp_path / "secured-term-loan.xlsx", libreoffice).differences == ()


MOVED = {
    "term-loan": {"extend.revolver": True, "as_of": "2006-09-15"},
    "secured-term-loan": {
        "prime.2004-02-17": "6.00%",
        "prepay.secured-term-loan.2004-12-20": "2000000",
        "as_of": "2004-12-31",
    },
}


@pytest.mark.parametrize("tranche", MOVED)
def test_notes_follow_the_inputs(tmp_path, libreoffice, tranche):
    paths = [tmp_path / "a.xlsx", tmp_path / "b.xlsx"]
    for path, inputs in zip(paths, ({}, MOVED[tranche]), strict=True):
        write_workbook(project(builtin_deal(), "closing", inputs), path, tranche)
    found = compare(paths[0], libreoffice, input_changes(*paths), expected=paths[1])
    assert found.differences == ()


def test_years_are_summed_under_the_schedule(tmp_path):
    """Eleven instalments of 300,000 in 2004, twelve in 2005, six and 4,800,000 in 2006."""
    path = tmp_path / "loan.xlsx"
    write_workbook(project(builtin_deal()), path, "term-loan")
    sheet = list(Reading(path).book["Schedule"].iter_rows(values_only=True))
    heads = sheet[HEAD_ROW - 1]
    top = next(n for n, row in enumerate(sheet) if row[0] == "By calendar year")
    years = {row[0]: dict(zip(heads, row, strict=True)) for row in sheet[top + 1 :]}
    assert list(years) == [2003, 2004, 2005, 2006, 2007]
    scheduled = [year["Scheduled principal"] for year in years.values()]
    assert scheduled == [0, 3_300_000, 3_600_000, 1_800_000, 0]
    assert years[2006]["Due at maturity"] == 4_800_000
    assert years[2005]["Closing balance"] == 13_500_000 - 23 * 300_000
    assert years[2003]["Drawn"] == 13_500_000


def test_the_current_period_and_new_years_stand_out(tmp_path):
    path = tmp_path / "loan.xlsx"
    write_workbook(project(builtin_deal()), path, "term-loan")
    rules = Reading(path).book["Schedule"].conditional_formatting
    looks = [rule.dxf for area in rules for rule in area.rules]
    assert any(look.fill and look.font.b for look in looks)
    assert any(look.border and look.border.top.style == "thin" for look in looks)
