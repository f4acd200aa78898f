"""The sheet Scenarios: live figures beside those of the term sheet's scenarios; by hand."""

import copy
from datetime import date

import pytest

from lexp_calc import builtin_deal, project
from lexp_calc.term_sheet import deal_from_tables, read_tables, term_sheet_path
from tests.workbook_templates.reading import Reading
from workbook_templates import write_workbook

SHEET = "Scenarios"
UNIT, LIVE, CLOSING, HISTORICAL, LESS_CLOSING, LESS_HISTORICAL = range(6)


def workbook(tmp_path, deal=None, scenario=None, **inputs):
    path = tmp_path / "deal.xlsx"
    write_workbook(project(deal or builtin_deal(), scenario, inputs), path)
    return Reading(path)


def changed(change):
    path = term_sheet_path("lexp-2003")
    tables = copy.deepcopy(read_tables(path))
    change(tables)
    return deal_from_tables(tables, path.parent)


def test_what_does_not_turn_on_prime_is_the_same_in_all(tmp_path):
    """Fees 215,625 + 194,025 + 172,425 (press release, ¶ 3); 28,642,982.67 on the New Notes."""
    found = workbook(tmp_path)
    fees = found.line(SHEET, "Fees", "Secured term loan")
    assert fees[LIVE : LESS_HISTORICAL + 1] == [582_075, 582_075, 582_075, 0, 0]
    due = found.line(SHEET, "Due at maturity", "Term loan")
    assert due[LIVE : LESS_CLOSING + 1] == [4_800_000, 4_800_000, 4_800_000, 0]
    notes = "12% Senior Subordinated Notes due 2009"
    assert found.line(SHEET, "Interest", notes)[LIVE] == 28_642_982.67
    # The maturity, a Saturday, is paid on 3 August 2009, 2,055 days after the closing.
    assert found.line(SHEET, "Maturity", notes)[CLOSING] == date(2009, 8, 1)
    assert found.line(SHEET, "Average life of principal", notes)[LIVE] == pytest.approx(2055 / 365)
    cost = 28_642_982.67 / (42_476_000 * 2055 / 365)
    assert found.line(SHEET, "All-in cost", notes)[LIVE : CLOSING + 1] == pytest.approx([cost] * 2)


def test_a_difference_is_the_scenario_less_this_workbook(tmp_path):
    """With both extended: instalments to October 2007, 7,468,000 due on 30 June 2007."""
    extended = {"extend.revolver": True, "extend.secured-term-loan": True}
    found = workbook(tmp_path, None, "historical", **extended)
    due = found.line(SHEET, "Due at maturity", "Secured term loan")
    assert due[LIVE:] == [7_468_000, 8_620_000, 8_620_000, 1_152_000, 1_152_000]
    maturity = found.line(SHEET, "Maturity", "Secured term loan")
    assert maturity[LIVE : CLOSING + 1] == [date(2007, 6, 30), date(2006, 6, 30)]
    assert maturity[LESS_CLOSING:] == [-365, -365]
    interest = found.line(SHEET, "Interest", "Term loan")
    assert interest[LESS_CLOSING] == pytest.approx(interest[CLOSING] - interest[LIVE])
    assert interest[LESS_CLOSING] < 0 < interest[HISTORICAL] - interest[CLOSING]


def test_all_tranches_are_the_sum_of_each(tmp_path):
    found = workbook(tmp_path)
    names = [each.name for each in builtin_deal().tranche.values()]
    each = [found.line(SHEET, "Interest", name)[LIVE:] for name in names]
    in_all = found.line(SHEET, "Interest", "All tranches")[LIVE:]
    assert in_all == pytest.approx([sum(column) for column in zip(*each, strict=True)])
    # 4,800,000 + 8,620,000 + 42,476,000 + 347,000
    assert found.line(SHEET, "Due at maturity", "All tranches")[LIVE] == 56_243_000
    assert found.line(SHEET, "Maturity", "All tranches")[LIVE] == date(2009, 11, 1)


def without_rates(tables):
    tables["scenario"]["libor"] = {"elect": {"term-loan": "LIBOR 1M"}}


def test_a_refused_scenario_has_no_figures_and_says_why(tmp_path):
    found = workbook(tmp_path, changed(without_rates))
    interest = found.line(SHEET, "Interest", "Term loan")
    assert interest[LIVE + 3] == "-" and interest[-1] == "-"
    texts = [row[0] for row in found.book[SHEET].iter_rows(values_only=True) if row[0]]
    (reason,) = [each for each in texts if each.startswith("libor: no figures: ")]
    assert "prime" in reason


def one_alone(tables):
    tables["scenario"] = {"closing": tables["scenario"]["closing"]}


def test_one_scenario_alone_shows_what_the_inputs_change(tmp_path):
    found = workbook(tmp_path, changed(one_alone), None, prime="5.00%")
    interest = found.line(SHEET, "Interest", "Term loan")
    assert interest[LESS_CLOSING - 1] == pytest.approx(interest[CLOSING] - interest[LIVE])
    assert interest[LESS_CLOSING - 1] < 0


@pytest.mark.parametrize("change", [without_rates, one_alone])
def test_a_second_engine_agrees(tmp_path, libreoffice, change):
    from workbook_templates.verify import compare

    write_workbook(project(changed(change)), tmp_path / "deal.xlsx")
    assert compare(tmp_path / "deal.xlsx", libreoffice).differences == ()
