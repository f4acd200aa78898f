"""Whole-deal functions of structure: by hand on the built-in deal, and what they refuse."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from lexp_calc import (
    LexpError,
    cap_table,
    credit_ratios,
    debt_service,
    debt_service_by_period,
    interest_coverage,
    leverage,
    liens,
    loan_to_value,
    ownership,
    project,
    read_term_sheet,
    recovery,
    waterfall,
)
from lexp_calc.credit_ratios import credit_ratios_by_date
from lexp_calc.facts import facts_of
from lexp_calc.service_by_period import period_ends
from tests.lexp_calc.variants import lexington

DEAL = "lexp-2003"
TERM_SHEET = Path(__file__).parents[2] / "lexp_calc" / "deals" / "lexp-2003.toml"
EXAMPLES = TERM_SHEET.parents[2] / "examples"
SHEETS = [TERM_SHEET, *sorted(EXAMPLES.glob("*.toml"))]
MAY, AFTER = "2004-05-03", "2009-08-02"
VALUES = [["real-property", 9_000_000], ["other-assets", 10_000_000]]


def column(table, heading):
    return [row[table.headings.index(heading)] for row in table.rows]


def changed(tmp_path, old, new):
    """The built-in deal with one text replaced, rates flat so that no file is needed."""
    text = TERM_SHEET.read_text("utf-8")
    assert old in text
    text = text.replace("../data/", f"{TERM_SHEET.parents[1] / 'data'}/")
    path = tmp_path / "deal.toml"
    path.write_text(text.replace(old, new, 1), "utf-8")
    return str(path)


# ------------------------------------------------------------------- by hand


def test_claims_are_those_of_the_date():
    """On 2 February 2004, 300,000 and 2 x 96,000 are repaid: 13,200,000 and 11,308,000 owed.

    Other assets of 10,000,000 go to the term loan; 3,200,000 and 2,308,000 are deficiencies.
    """
    found = recovery(DEAL, VALUES, "2004-02-02")
    assert column(found, "claim")[1:3] == [Decimal("13200000.00"), Decimal("11308000.00")]
    assert column(found, "recovered")[1:3] == [Decimal("10000000.00"), Decimal("9000000.00")]
    assert column(found, "recovered")[-2:] == [Decimal("19000000.00"), 0]


def test_interest_accrued_is_a_part_of_the_claim():
    """17 March 2005: 16 days of ACT/360 since 1 March, 46 of 30/360 since 1 February.

    9,300,000 x 5.50% x 16/360 = 22,733.33; 10,060,000 x 8.25% x 16/360 = 36,886.67;
    42,476,000 x 12% x 46/360 = 651,298.67; 347,000 x 13% x 46/360 = 5,764.06.
    """
    found = recovery(DEAL, VALUES, "2005-03-17")
    interest = ["0", "22733.33", "36886.67", "651298.67", "5764.06"]
    assert column(found, "interest in it")[:5] == [Decimal(each) for each in interest]
    assert column(found, "claim")[1] == Decimal("9322733.33")


def test_other_claims_share_and_are_not_turned_over_to():
    """30,000,000 pay the secured debt of 25,000,000; 42,823,000 of notes and as much of trade
    share 5,000,000 equally; the junior notes' 20,257.81 are turned over to the senior ones."""
    values = [["real-property", 0], ["other-assets", 30_000_000]]
    found = recovery(DEAL, values, None, None, 42_823_000)
    assert column(found, "recovered")[3:6] == [2_500_000, 0, 2_500_000]
    assert column(found, "turned over")[3:6] == [Decimal("20257.81"), Decimal("-20257.81"), 0]


def test_all_debt_paid_leaves_the_rest():
    found = recovery(DEAL, [["other-assets", 70_000_000], ["REAL-property", 0]])
    assert column(found, "recovery")[1:6] == [1] * 5
    assert column(found, "recovered")[-1] == 70_000_000 - 67_823_000


def test_periods_of_a_calendar():
    first, last = date(2003, 12, 18), date(2004, 2, 29)
    months = [date(2003, 12, 31), date(2004, 1, 31), date(2004, 2, 29)]
    assert list(period_ends(first, last, 1)) == months
    assert list(period_ends(first, last, 12)) == [date(2003, 12, 31), date(2004, 12, 31)]
    assert period_ends(date(2004, 5, 3), date(2004, 6, 1), 12) == (date(2004, 12, 31),)


@pytest.mark.parametrize("period", ["month", "quarter", "year"])
@pytest.mark.parametrize("scenario", ["closing", "historical"])
def test_every_period_gives_the_same_sums(period, scenario):
    projection = project(lexington(), scenario)
    found = debt_service_by_period(DEAL, period, scenario)
    for heading in ("interest", "principal", "fees"):
        rows = [row for each in projection.schedules.values() for row in each.rows]
        whole = sum(getattr(row, heading) for row in rows)
        assert column(found, heading)[-1] == Decimal(whole) / 100
        assert sum(column(found, heading)[:-1]) == column(found, heading)[-1]


def test_all_tranches_are_the_sum_of_each():
    each = [
        column(debt_service_by_period(DEAL, "month", tranche=tranche), "total")[-1]
        for tranche in lexington().tranche
    ]
    assert sum(each) == column(debt_service_by_period(DEAL, "month"), "total")[-1]


def test_a_year_is_what_debt_service_gives_for_its_days():
    found = dict(
        zip(
            *(
                column(debt_service_by_period(DEAL, "year"), each)
                for each in ("period end", "total")
            ),
            strict=True,
        )
    )
    of_2005 = [debt_service(DEAL, each, "2005-01-01", "2005-12-31") for each in lexington().tranche]
    assert found[date(2005, 12, 31)] == sum(of_2005) > 0


@pytest.mark.parametrize("day", ["2003-12-19", "2004-01-31", "2004-02-02", "2004-12-17"])
def test_a_part_of_the_first_year_has_no_coverage(day):
    """A quarterly coupon more or less would move it from 37 times to 2 in two days."""
    (found,) = credit_ratios(DEAL, None, [[day, 12_000_000]]).rows
    assert found[1] == date(2003, 12, 18) and found[7] > 5
    assert found[9:] == (None, None)


def test_what_is_paid_in_a_part_of_the_first_year_is_shown():
    """To 2 February 2004: principal paid is 300,000 + 2 x 96,000 = 492,000."""
    (found,) = credit_ratios(DEAL, None, [["2004-02-02", 10_000_000]]).rows
    interest, service = found[5], found[6]
    assert interest > 0 and service - interest == 492_000
    assert found[3:5] == (67_823_000 - 492_000, 25_000_000 - 492_000)


def test_coverage_starts_on_the_first_anniversary():
    """12,000,000 over what was paid after 18 December 2003 up to 18 December 2004."""
    (found,) = credit_ratios(DEAL, None, [["2004-12-18", 12_000_000]]).rows
    year = [
        row
        for each in lexington().tranche
        for row in project(lexington())[each].rows
        if date(2003, 12, 18) < row.payment_date <= date(2004, 12, 18)
    ]
    interest = Decimal(sum(each.interest for each in year)) / 100
    assert found[5] == interest and abs(found[9] - 12_000_000 / interest) < Decimal("1e-20")


def test_prepayments_are_no_debt_service():
    """A prepayment of 1,000,000 lowers debt, and is not among what was due."""
    base, prepaid = (
        credit_ratios_by_date(project(lexington(), None, inputs), ((day, Decimal(10_000_000)),))[0]
        for day in [date(2004, 7, 31)]
        for inputs in ({}, {"prepay.term-loan.2004-07-30": 1_000_000})
    )
    assert base.total_debt - prepaid.total_debt == 1_000_000_00
    assert prepaid.debt_service - prepaid.interest == base.debt_service - base.interest


def test_a_loss_has_no_leverage_and_negative_coverage():
    (found,) = credit_ratios(DEAL, None, [["2008-12-31", -5_142_230]]).rows
    assert found[7:9] == (None, None) and found[9:] == (-1, -1)


def test_earnings_of_a_scenario_are_facts():
    projection = project(lexington(), None, {"earnings.2008-12-31": 12_000_000})
    found = {each.id: each for each in facts_of(projection) if each.id.startswith("credit.")}
    assert found["credit.2008-12-31.total-leverage"].value == Decimal("3.568583")
    assert found["credit.2008-12-31.interest-coverage"].value == Decimal("2.333618")
    assert found["credit.2008-12-31.total-leverage"].unit == "times"
    assert not [each for each in facts_of(project(lexington())) if each.id.startswith("credit.")]


def test_shares_outstanding_are_a_term(tmp_path):
    """600,000 of 1,000,000 less 400,000: before 468,021 in all, 103,731 + 424,781 + 3,467 new."""
    closing = "closing_date = 2003-12-18\n"
    path = changed(tmp_path, closing, f"{closing}shares_outstanding = 468_021\n")
    found = ownership(path)
    assert column(found, "shares") == [468_021, 103_731, 424_781, 3_467, 1_000_000]
    assert column(found, "ownership")[0] == Decimal("0.468021")


def with_inputs(tmp_path, lines):
    """The built-in deal whose default scenario says more."""
    return changed(tmp_path, "[scenario.closing]\n", f"[scenario.closing]\n{lines}\n")


def test_expired_warrants_are_no_shares():
    """On 1 August 2009 they may still be exercised; the day after, the 10-K's 4,931,767 are all."""
    last, after = (column(ownership(DEAL, None, day), "shares") for day in ("2009-08-01", AFTER))
    assert last == [4_828_036, 103_731, 424_781, 3_467, 5_360_015]
    assert after == [4_828_036, 103_731, 0, 0, 4_931_767]


def test_warrants_retired_with_redeemed_notes_are_no_shares(tmp_path):
    """Half of the notes redeemed retires half of 424,781, the odd half rounded up: 212,391."""
    path = with_inputs(tmp_path, "prepay.senior-notes = { 2004-05-03 = 21_238_000 }")
    shares = [column(ownership(path, None, day), "shares")[2] for day in ("2004-05-02", MAY)]
    assert shares == [424_781, 212_390]


def test_the_share_price_of_the_scenario_is_taken(tmp_path):
    """At 7.00 half of the warrants, as their strike is 3.50; a price given goes before it."""
    path = with_inputs(tmp_path, "share_price = 7")
    assert column(ownership(path), "treasury stock shares")[2] == Decimal("212390.5")
    assert column(ownership(path, 14), "treasury stock shares")[2] == Decimal("318585.75")
    assert ownership(DEAL).headings == ("shares of", "shares", "ownership")


def test_ownership_is_a_fact_where_shares_are_known():
    """428,248 warrants of 5,360,015 shares: 7.9897 %; an example without shares has none."""
    found = {each.id: each.value for each in facts_of(project(lexington()))}
    assert found["ownership.fully-diluted-shares"] == 5_360_015
    assert found["ownership.warrants"] == Decimal("0.07989679")
    other = facts_of(project(read_term_sheet(EXAMPLES / "term-loan-b.toml")))
    assert not [each for each in other if each.id.startswith("ownership.")]


@pytest.mark.parametrize("path", SHEETS, ids=lambda path: path.stem)
def test_liens_hold_all_that_is_owed_after_the_closing(path):
    """Each pool's last line holds all that is owed on it; every tranche stands in the table."""
    found, debt = liens(str(path)), cap_table(str(path)).rows
    owed = dict(zip(column(found, "tranche"), column(found, "after"), strict=True))
    owed.pop(None, None)
    total = next(row for row in debt if row[0] == "total of the tranches")
    assert sum(owed.values()) == total[-1]
    for pool in set(column(found, "pool")) - {"no lien"}:
        rows = [row for row in found.rows if row[0] == pool]
        assert rows[-1][-1] == sum(row[-2] for row in rows)
        assert [row[2] for row in rows] == sorted(row[2] for row in rows)


def test_no_shares_known_is_refused(tmp_path):
    path = changed(tmp_path, "shares_before = 4_828_036\n", "")
    text = Path(path).read_text("utf-8").replace('shares_before = "ten-q"\n', "")
    text = text.replace("shares_after_printed = 4_931_767\n", "")
    text = text.replace('shares_after_printed = "ten-k"\n', "")
    Path(path).write_text(text, "utf-8")
    with pytest.raises(LexpError, match="^deal: found no number of shares outstanding"):
        ownership(path)


# ------------------------------------------------------------------- refused

OTHER = ["other-assets", 1]


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: recovery(DEAL, [["real-propert", 1], OTHER]), 'did you mean "real-property"'),
        (lambda: recovery(DEAL, [OTHER]), r'^values: found no value of "real-property"'),
        (lambda: recovery(DEAL, [*VALUES, OTHER]), r"^values\[3\].pool: .*as in row 2"),
        (lambda: recovery(DEAL, [["real-property", -1], OTHER]), r"^values\[1\].value: found -1"),
        (lambda: recovery(DEAL, [["real-property", None], OTHER]), r"^values\[1\].value: found no"),
        (lambda: recovery(DEAL, [["real-property"], OTHER]), "^values: found 2 cells in row 2"),
        (lambda: recovery(DEAL, [[1, 2, 3]]), "^values: found 1 rows of 3 cells"),
        (lambda: recovery(DEAL, VALUES, "2003-12-17"), "^date: found 2003-12-17; a date from"),
        (lambda: recovery(DEAL, VALUES, "2009-11-03"), "^date: found 2009-11-03; a date from"),
        (lambda: recovery(DEAL, VALUES, None, "closng"), '^scenario: .*did you mean "closing"'),
        (lambda: recovery(DEAL, VALUES, None, None, -1), "^other_claims: found -1"),
        (lambda: recovery("none.toml", VALUES), "^deal: none.toml: found no such file"),
        (lambda: waterfall([["a", 1, 2], ["A", 1, 2]], 1), r"^claims\[2\].claim: .*as in row 1"),
        (lambda: waterfall([["a", 0, 2]], 1), r"^claims\[1\].rank: found 0"),
        (lambda: waterfall([["a", 1, -2]], 1), r"^claims\[1\].amount: found -2"),
        (lambda: waterfall([["a", 1, 2]], -1), "^value: found -1"),
        (lambda: debt_service_by_period(DEAL, "weekly"), "^period: .*one of"),
        (
            lambda: debt_service_by_period(DEAL, "year", None, "term-lone"),
            '^tranche: .*did you mean "term-loan"',
        ),
        (lambda: debt_service_by_period(DEAL, "year", "x"), "^scenario: "),
        (lambda: liens("nowhere.toml"), "^deal: "),
        (lambda: credit_ratios(DEAL), "^earnings: found none"),
        (
            lambda: credit_ratios(DEAL, None, [["2003-12-17", 1]]),
            r"^earnings\[1\].date: found 2003",
        ),
        (
            lambda: credit_ratios(DEAL, None, [["2010-01-01", 1]]),
            r"^earnings\[1\].date: found 2010",
        ),
        (
            lambda: credit_ratios(DEAL, None, [["2005-01-01", 1], ["2005-01-01", 2]]),
            r"^earnings\[2\].date: found 2005-01-01, not after",
        ),
        (lambda: ownership(DEAL, 0), "^share_price: found 0"),
        (lambda: ownership(DEAL, None, "2003-12-17"), "^date: found 2003-12-17; a date from the c"),
        (lambda: leverage(1, 0), "^earnings: found 0"),
        (lambda: leverage(1, -5), "^earnings: found -5"),
        (lambda: interest_coverage(1, 0), "^interest: found 0"),
        (lambda: loan_to_value(1, 0), "^value: found 0"),
    ],
)
def test_what_is_refused(call, message):
    with pytest.raises(LexpError, match=message):
        call()


def test_a_broken_term_sheet_is_refused_as_the_deal(tmp_path):
    path = changed(tmp_path, 'currency = "USD"', 'currency = "XXX"')
    for call in (liens, ownership, credit_ratios):
        with pytest.raises(LexpError, match="^deal: "):
            call(path)


@pytest.mark.parametrize(
    ("inputs", "message"),
    [
        ({"earnings.2003-12-17": 1}, "^earnings.2003-12-17: found 2003-12-17; a date from"),
        ({"earnings.2004-12-31": "0.001"}, "^earnings.2004-12-31: found 0.001; a whole multiple"),
        ({"earnings": 1}, "^earnings: found 1 parts"),
        ({"earning.2004-12-31": 1}, 'did you mean "earnings"'),
    ],
)
def test_bad_earnings_of_a_scenario_are_refused(inputs, message):
    with pytest.raises(LexpError, match=message):
        project(lexington(), None, inputs)
