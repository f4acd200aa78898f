"""Value of a warrant on its sheet: QuantLib's analytic engine, the diluted root, words."""

import pytest
import QuantLib as ql

from lexp_calc import builtin_deal, project
from tests.workbook_templates.reading import Reading
from workbook_templates import write_workbook

SHEET = "Warrant value"
GIVEN = {"share_price": "5.125", "volatility": "35%", "riskless_rate": "3.25%"}
# Days to 1 August 2009: 2,053 from the closing, 1,277 from 1 February 2006.
DAYS = {"2003-12-18": 2053, "2006-02-01": 1277}
SHARES = 4_931_767  # cover of the 10-K for 2003
WARRANTS = 424_781  # press release, ¶ 5


def workbook(tmp_path, tranche="senior-notes", **inputs):
    path = tmp_path / "notes.xlsx"
    write_workbook(project(builtin_deal(), "closing", inputs), path, tranche)
    return Reading(path)


def quantlib_value(share_price, days, volatility, rate):
    """A European call at 3.50, by QuantLib's analytic engine on ACT/365F."""
    today = ql.Date(18, 12, 2003)
    ql.Settings.instance().evaluationDate = today
    count, calendar = ql.Actual365Fixed(), ql.NullCalendar()

    def flat(value):
        return ql.YieldTermStructureHandle(ql.FlatForward(today, value, count))

    vol = ql.BlackVolTermStructureHandle(ql.BlackConstantVol(today, calendar, volatility, count))
    spot = ql.QuoteHandle(ql.SimpleQuote(share_price))
    process = ql.BlackScholesMertonProcess(spot, flat(0.0), flat(rate), vol)
    payoff = ql.PlainVanillaPayoff(ql.Option.Call, 3.50)
    option = ql.VanillaOption(payoff, ql.EuropeanExercise(today + days))
    option.setPricingEngine(ql.AnalyticEuropeanEngine(process))
    return option.NPV()


@pytest.mark.parametrize("day", DAYS)
@pytest.mark.parametrize(
    ("share_price", "volatility", "rate"),
    [("5.125", "35%", "3.25%"), ("2.2655", "60%", "-1%"), ("3.5", "500%", "0%")],
)
def test_the_value_is_quantlibs_and_the_diluted_one_solves_its_equation(
    tmp_path, day, share_price, volatility, rate
):
    inputs = {"share_price": share_price, "volatility": volatility, "riskless_rate": rate}
    found = workbook(tmp_path, as_of=day, **inputs)
    terms = DAYS[day], float(volatility[:-1]) / 100, float(rate[:-1]) / 100
    expected = quantlib_value(float(share_price), *terms)
    assert found.named("warrants_value_of_one") == pytest.approx(expected, abs=1e-10)
    assert found.line("Warrants", "Value of all not retired")[0] == pytest.approx(
        WARRANTS * expected, abs=1e-4
    )
    diluted = found.named("warrants_diluted_value")
    backed = float(share_price) + diluted * WARRANTS / SHARES
    undiluted = quantlib_value(backed, *terms)
    assert diluted == pytest.approx(SHARES / (SHARES + WARRANTS) * undiluted, abs=1e-9)
    last, before = found.table(SHEET, "Step")[10], found.table(SHEET, "Step")[9]
    assert last[-1] == pytest.approx(before[-1], abs=1e-12)


LACKING = [
    ({}, "needs a share price"),
    ({"share_price": "5"}, "needs a volatility"),
    ({"share_price": "5", "volatility": "35%"}, "needs a riskless rate"),
    ({"volatility": "35%", "riskless_rate": "3%"}, "needs a share price"),
    (GIVEN | {"as_of": "2009-08-02"}, "expired"),
    ({"as_of": "2009-08-02"}, "expired"),
]


@pytest.mark.parametrize(("inputs", "words"), LACKING)
def test_what_is_lacking_is_asked_for_in_words(tmp_path, inputs, words):
    found = workbook(tmp_path, **inputs)
    assert found.named("warrants_value_of_one") == words
    assert found.named("warrants_diluted_value") == words
    assert found.line(SHEET, "d1")[0] == words
    assert set(found.table(SHEET, "Step")[1]) == {0}


@pytest.mark.parametrize(("price", "value"), [("5.125", 1.625), ("3.5", 0), ("2", 0)])
def test_on_the_last_day_it_is_what_exercise_gives(tmp_path, price, value):
    """5.125 - 3.50; M new shares at 3.50 dilute nothing beyond that, whatever M and N."""
    found = workbook(tmp_path, **(GIVEN | {"share_price": price, "as_of": "2009-08-01"}))
    assert found.line(SHEET, "d1")[0] == "no time left"
    assert found.named("warrants_value_of_one") == pytest.approx(value, abs=1e-12)
    assert found.named("warrants_diluted_value") == pytest.approx(value, abs=1e-12)


def test_new_shares_by_the_treasury_stock_method(tmp_path):
    """424,781 x (1 - 3.50 / 7) = 212,390.5; none at the strike or below."""
    found = workbook(tmp_path, share_price="7")
    assert found.named("warrants_new_shares") == 212_390.5
    assert workbook(tmp_path, share_price="3.5").named("warrants_new_shares") == 0
    assert workbook(tmp_path).named("warrants_new_shares") == "needs a share price"


def test_who_owns_the_borrower(tmp_path):
    """4,828,036 + 103,731 + 424,781 + 3,467 = 5,360,015; at 7.00 half of the warrants count."""
    found = workbook(tmp_path, None, share_price="7")
    lines = found.table("Warrants senior-notes", "Shares of")
    shares = [line[0] for line in lines.values()]
    assert shares == [4_828_036, 103_731, 424_781, 3_467, 5_360_015]
    assert list(lines.values())[2][1] == pytest.approx(424_781 / 5_360_015)
    stock = [line[3] for line in lines.values()]
    assert stock == [4_828_036, 103_731, 212_390.5, 1_733.5, 5_145_891]
    expired = workbook(tmp_path, None, share_price="7", as_of="2009-08-02")
    lines = expired.table("Warrants senior-notes", "Shares of")
    assert [line[0] for line in lines.values()] == [4_828_036, 103_731, 0, 0, 4_931_767]


def test_a_lender_sees_the_number_of_shares_and_nothing_of_other_claims(tmp_path):
    found = workbook(tmp_path)
    assert found.line(SHEET, "N: shares outstanding after the closing")[0] == SHARES
    assert not any("stock_for_interest" in name for name in found.book.defined_names)
