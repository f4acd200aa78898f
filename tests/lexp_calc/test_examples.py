"""The example term sheets: they read clean, every scenario projects, and figures by hand.

Each figure was worked out from the example's summary of terms, not from the program; the
arithmetic stands beside it.
"""

from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from functools import cache
from pathlib import Path

import pytest
import QuantLib

from lexp_calc import project, read_term_sheet
from lexp_calc.assumptions import assumptions
from lexp_calc.term_list import NOT_STATED

EXAMPLES = Path(__file__).parents[2] / "examples"
NAMES = sorted(path.stem for path in EXAMPLES.glob("*.toml"))
KINDS = [
    "asset-based-revolver",
    "club-deal",
    "commercial-mortgage",
    "exchange-offer",
    "mezzanine-with-warrants",
    "pik-toggle-note",
    "term-loan-b",
    "yen-loan",
]


@cache
def deal(name):
    return read_term_sheet(EXAMPLES / f"{name}.toml")


@cache
def projected(name, scenario=None):
    return project(deal(name), scenario)


def cents(number):
    """Rounded to cents, ties away from zero."""
    return Decimal(number).quantize(Decimal("0.01"), ROUND_HALF_UP)


def per_cent(rate):
    return Fraction(rate) / 100


def by_days(amount, rate, days, basis):
    """amount x rate x days / basis, to the cent."""
    exact = Fraction(amount) * per_cent(rate) * days / basis
    return cents(Decimal(exact.numerator) / Decimal(exact.denominator))


def test_these_are_the_kinds():
    assert NAMES == KINDS


@pytest.mark.parametrize("name", NAMES)
def test_every_term_has_a_source_or_a_reason(name):
    unexplained = [term.path for term in assumptions(deal(name)) if term.assumption == NOT_STATED]
    assert unexplained == []


@pytest.mark.parametrize("name", NAMES)
def test_scenarios_project_and_one_inherits(name):
    scenarios = deal(name).scenario
    assert len(scenarios) >= 2
    assert any(each.inherits for each in scenarios.values())
    for scenario in scenarios:
        projection = projected(name, scenario)
        for tranche in deal(name).tranche:
            rows = projection[tranche].rows
            assert rows[-1].closing_balance == 0
            drawn = sum(row.drawn + row.pik_interest for row in rows)
            assert drawn == sum(row.principal for row in rows)


# example, scenario, tranche, day paid, column: the figure, and how it comes about.
FIGURES = [
    # -------------------------------------------------------------- exchange offer
    # 60,000,000 x 7.25 % x 90 / 360, 1 April to 30 June 2025
    ("exchange-offer", "plan", "bank-loan", "2025-06-30", "interest", "1087500.00"),
    # 60,000,000 - 15 x 1,500,000; 31 March 2029 is a Saturday: paid on the 30th
    ("exchange-offer", "plan", "bank-loan", "2029-03-30", "balloon", "37500000.00"),
    # 66,513,000 x 10.50 % / 2
    ("exchange-offer", "plan", "new-notes", "2025-10-01", "interest", "3491932.50"),
    # 12,000,000 x 10.50 % x 136 / 360, 1 April to 17 August 2026
    ("exchange-offer", "ship-sold", "new-notes", "2026-08-17", "interest", "476000.00"),
    # 54,513,000 x 10.50 % / 2
    ("exchange-offer", "ship-sold", "new-notes", "2026-10-01", "interest", "2861932.50"),
    # -------------------------------------------------------------- term loan B
    # 1 % of 450 million
    ("term-loan-b", "base", "term-loan-b", "2024-03-28", "fees", "4500000.00"),
    # 30 June 2024 is a Sunday, 1 July another month: 28 June, 92 days from 28 March;
    # 450,000,000 x (5.30 % + 3.75 %) x 92 / 360
    ("term-loan-b", "base", "term-loan-b", "2024-06-28", "interest", "10407500.00"),
    ("term-loan-b", "base", "term-loan-b", "2024-06-28", "scheduled_principal", "0.00"),
    # 0.25 % of 450 million
    ("term-loan-b", "base", "term-loan-b", "2024-09-30", "scheduled_principal", "1125000.00"),
    # half of 18 million; 15 days since 31 March at 4.40 % + 3.75 % on what is swept
    ("term-loan-b", "base", "term-loan-b", "2025-04-15", "prepayment", "9000000.00"),
    ("term-loan-b", "base", "term-loan-b", "2025-04-15", "interest", "30562.50"),
    # sweeps bear no premium
    ("term-loan-b", "base", "term-loan-b", "2025-04-15", "fees", "0.00"),
    # 9 million are 8 instalments of 1,125,000: none is left until 31 March 2027
    ("term-loan-b", "base", "term-loan-b", "2025-06-30", "scheduled_principal", "0.00"),
    # more than 50 million of notes on 28 December 2029: due on the 31st;
    # 450,000,000 - 3 x 1,125,000 - 9,000,000 - 12,000,000 - 15,000,000 - 17,000,000 - 18,000,000
    ("term-loan-b", "base", "term-loan-b", "2029-12-31", "balloon", "375625000.00"),
    # the notes are gone: 2031; no instalment is left after 71 million of prepayments in
    # direct order (23 of them come to 25,875,000)
    ("term-loan-b", "refinanced", "term-loan-b", "2031-03-28", "balloon", "375625000.00"),
    # 1 % of 112.5 million within six months
    ("term-loan-b", "repriced", "term-loan-b", "2024-07-15", "fees", "1125000.00"),
    # 450,000,000 - 3,375,000 - 21,000,000 = 425,625,000; the index of 0.20 % floored at 0.50 %
    # + 3.50 %: 4 % for 4 days, and 6 % for the 86 from 4 January 2027
    ("term-loan-b", "downturn", "term-loan-b", "2027-03-31", "interest", "6289791.67"),
    # 75,000,000 x 1 % x 92 / 360
    ("term-loan-b", "base", "delayed-draw-loan", "2024-06-28", "fees", "191666.67"),
    # 15 days on 75 million, 75 on the 45 million left after 15 January: 4.5 billion x 1 % / 360
    ("term-loan-b", "base", "delayed-draw-loan", "2025-03-31", "fees", "125000.00"),
    # 0.25 % of 55 million
    ("term-loan-b", "base", "delayed-draw-loan", "2026-06-30", "scheduled_principal", "137500.00"),
    # (60 - 12 - 4.5 million) x 0.50 % x 92 / 360 = 55,583.33; 4.5 million x 3.25 % x 92 / 360
    # = 37,375.00
    ("term-loan-b", "base", "revolver", "2024-06-28", "fees", "92958.33"),
    # 28 March to 1 October in 30-day months: 183 days; 200,000,000 x 8.25 % x 183 / 360
    ("term-loan-b", "base", "senior-notes", "2024-10-01", "interest", "8387500.00"),
    # -------------------------------------------------------------- PIK toggle
    ("pik-toggle-note", "cash-pay", "toggle-notes", "2024-05-15", "fees", "3750000.00"),
    # 250,000,000 x 9 % / 2
    ("pik-toggle-note", "cash-pay", "toggle-notes", "2024-11-15", "interest", "11250000.00"),
    # half in cash at 9 %, half in kind at 9.75 %; paid on Monday, 17 November
    ("pik-toggle-note", "toggle-used", "toggle-notes", "2025-11-17", "interest", "5625000.00"),
    ("pik-toggle-note", "toggle-used", "toggle-notes", "2025-11-17", "pik_interest", "6093750.00"),
    # 256,093,750.00 x 4.875 % = 12,484,570.3125; 268,578,320.31 x 4.875 % = 13,093,193.1151
    ("pik-toggle-note", "toggle-used", "toggle-notes", "2026-05-15", "pik_interest", "12484570.31"),
    ("pik-toggle-note", "toggle-used", "toggle-notes", "2026-11-16", "pik_interest", "13093193.12"),
    # 281,671,513.43 x 4.5 % = 12,675,218.1044
    ("pik-toggle-note", "toggle-used", "toggle-notes", "2027-05-17", "interest", "12675218.10"),
    ("pik-toggle-note", "toggle-used", "toggle-notes", "2031-05-15", "balloon", "281671513.43"),
    # 103 on 75 million; 15 May to 17 August are 92 days: 75,000,000 x 9 % x 92 / 360
    ("pik-toggle-note", "called-early", "toggle-notes", "2026-08-17", "fees", "2250000.00"),
    ("pik-toggle-note", "called-early", "toggle-notes", "2026-08-17", "interest", "1725000.00"),
    # 101.5 on 125 million
    ("pik-toggle-note", "called-early", "toggle-notes", "2027-06-15", "fees", "1875000.00"),
    # 250,000,000 x 1.04875 = 262,187,500; x 4.875 % = 12,781,640.625, rounded up
    (
        "pik-toggle-note",
        "toggle-then-call",
        "toggle-notes",
        "2025-05-15",
        "closing_balance",
        "274969140.63",
    ),
    # the make-whole has ended that day: 3 % of 100 million
    ("pik-toggle-note", "toggle-then-call", "toggle-notes", "2026-05-15", "fees", "3000000.00"),
    # -------------------------------------------------------------- mezzanine
    # 1 % of 40 million and 50,000; 2 % of 20 million
    ("mezzanine-with-warrants", "base", "bank-loan", "2021-06-30", "fees", "450000.00"),
    ("mezzanine-with-warrants", "base", "mezzanine", "2021-06-30", "fees", "400000.00"),
    # LIBOR of 0.25 % floored at 0.75 %: 40,000,000 x 4 % x 92 / 360
    ("mezzanine-with-warrants", "base", "bank-loan", "2021-09-30", "interest", "408888.89"),
    # 40 million less 8 of 1 million and 11 of 1.5 million
    ("mezzanine-with-warrants", "base", "bank-loan", "2026-06-30", "balloon", "15500000.00"),
    # prime 7.50 % + 2.25 % for 91 days on 40 - 8 million
    (
        "mezzanine-with-warrants",
        "prime-elected",
        "bank-loan",
        "2023-09-29",
        "interest",
        "788666.67",
    ),
    # a quarter of 10 % and of 3 %
    ("mezzanine-with-warrants", "base", "mezzanine", "2021-09-30", "interest", "500000.00"),
    ("mezzanine-with-warrants", "base", "mezzanine", "2021-09-30", "pik_interest", "150000.00"),
    # 20,301,125.00 x 1.0075 = 20,453,383.4375; x 1.0075 = 20,606,783.8158
    (
        "mezzanine-with-warrants",
        "base",
        "mezzanine",
        "2022-06-30",
        "closing_balance",
        "20606783.82",
    ),
    # 2 % premium and 1.5 % exit fee on 8 million; 75 days at 10 % and 3 % on what is prepaid
    ("mezzanine-with-warrants", "sold", "mezzanine", "2023-03-15", "fees", "280000.00"),
    ("mezzanine-with-warrants", "sold", "mezzanine", "2023-03-15", "interest", "216666.67"),
    # -------------------------------------------------------------- mortgage
    # 0.75 % of 24 million
    ("commercial-mortgage", "held-to-maturity", "mortgage", "2024-02-15", "fees", "180000.00"),
    # 15 February to 1 April 2024: 46 days
    ("commercial-mortgage", "held-to-maturity", "mortgage", "2024-04-01", "interest", "191666.67"),
    # 31 days of 6.25 % on 24 million: 129,166.67, so 147,772.13 - 129,166.67 of principal
    (
        "commercial-mortgage",
        "held-to-maturity",
        "mortgage",
        "2026-04-01",
        "scheduled_principal",
        "18605.46",
    ),
    # 4 % of 3 million, with 14 days of interest on it; 2 % of 15 million
    ("commercial-mortgage", "sold", "mortgage", "2027-06-15", "fees", "120000.00"),
    ("commercial-mortgage", "sold", "mortgage", "2027-06-15", "interest", "7291.67"),
    ("commercial-mortgage", "sold", "mortgage", "2031-09-15", "fees", "300000.00"),
    ("commercial-mortgage", "sold", "improvement-loan", "2031-09-15", "fees", "0.00"),
    # -------------------------------------------------------------- club
    # 1.125 % of 38.45 million; 7.29 % on it for 91 days: 708,537.375
    ("club-deal", "base", "term-loan", "2025-03-31", "fees", "432562.50"),
    ("club-deal", "base", "term-loan", "2025-06-30", "interest", "708537.38"),
    # 38.45 million - 19 x 961,250; 30 March 2030 is a Saturday, and the next Monday is in April
    ("club-deal", "base", "term-loan", "2030-03-29", "balloon", "20186250.00"),
    # 2,350,000.05 pays two instalments, and of the third all but 533,749.95
    ("club-deal", "prepaid", "term-loan", "2027-12-30", "scheduled_principal", "0.00"),
    ("club-deal", "prepaid", "term-loan", "2028-03-30", "scheduled_principal", "533749.95"),
    # 0.375 % of 12 million for 42 days, then of 7,724,666.65 for 49: 5,250.00 + 3,942.80
    ("club-deal", "base", "revolver", "2025-06-30", "fees", "9192.80"),
    # -------------------------------------------------------------- yen
    # 0.50 % of 4.5 billion and 3 million
    ("yen-loan", "as-agreed", "term-loan", "2024-09-20", "fees", "25500000"),
    # 20 March 2025 is the vernal equinox; 182 days on 3 billion, 49 on 1.5 billion, 1.375 % / 365
    ("yen-loan", "as-agreed", "term-loan", "2025-03-21", "interest", "23337329"),
    # 0.25 % of 1.5 billion for the 133 days to 31 January: 1,366,438.36
    ("yen-loan", "as-agreed", "term-loan", "2025-03-21", "fees", "1366438"),
    # 0.10 % of 4.5 billion - 250 million - 350 million
    ("yen-loan", "as-agreed", "term-loan", "2026-06-15", "fees", "3900000"),
    # 20 September 2026 is a Sunday, then three holidays: paid on the 24th
    ("yen-loan", "as-agreed", "term-loan", "2026-09-24", "scheduled_principal", "450000000"),
    # 4.5 billion - 1.6 billion; 20 September 2027 is the day of respect for the aged
    ("yen-loan", "as-agreed", "term-loan", "2027-09-21", "balloon", "2900000000"),
    # 350 million x 3,650 / 4,250 = 300,588,235.29
    ("yen-loan", "prepaid", "term-loan", "2026-03-23", "scheduled_principal", "300588235"),
    # 143 days of 1.375 % on 600 million: 3,232,191.78
    ("yen-loan", "prepaid", "term-loan", "2026-02-12", "interest", "3232192"),
    # 450 million x 0.95 % x 18 / 365 = 210,821.92
    ("yen-loan", "as-agreed", "working-capital", "2025-03-21", "interest", "210822"),
    # -------------------------------------------------------------- asset-based
    # 0.50 % of 18 million and 40,000
    ("asset-based-revolver", "closing", "revolver", "2024-01-31", "fees", "130000.00"),
    # 8,400,000 x (5.30 % + 1.75 %) x 29 / 360
    ("asset-based-revolver", "closing", "revolver", "2024-02-29", "interest", "47705.00"),
    # 9 million unused x 0.375 % x 29 / 360 = 2,718.75; 600,000 x 1.75 % x 29 / 360 = 845.83
    ("asset-based-revolver", "closing", "revolver", "2024-02-29", "fees", "3564.58"),
    # prime 8.50 % + 0.50 % for 31 days on 10 million
    ("asset-based-revolver", "over-advance", "revolver", "2024-05-31", "interest", "77500.00"),
]


@pytest.mark.parametrize("name, scenario, tranche, day, column, expected", FIGURES)
def test_figures_by_hand(name, scenario, tranche, day, column, expected):
    [row] = [
        record
        for record in projected(name, scenario)[tranche].records()
        if record["payment_date"] == date.fromisoformat(day)
    ]
    assert str(row[column]) == expected


def rate_on(name, scenario, tranche, day):
    rows = projected(name, scenario)[tranche].records()
    return next(row["all_in_rate"] for row in rows if row["payment_date"] == day)


def test_a_sweep_larger_than_the_first_loan_goes_on_to_the_next():
    """Half of 900 million: 450,000,000 - 3,375,000 - 21,000,000 are owed, the rest is left."""
    projection = project(deal("term-loan-b"), "base", {"excess_cash.2026-10-15": "900000000"})
    swept = {}
    for tranche in ("term-loan-b", "delayed-draw-loan"):
        rows = projection[tranche].records()
        day = date(2026, 10, 15)
        swept[tranche] = sum(row["prepayment"] for row in rows if row["payment_date"] == day)
    assert swept == {"term-loan-b": 425_625_000, "delayed-draw-loan": 24_375_000}


def test_the_margin_steps_down_with_leverage():
    """3.40 from 15 May 2026, so periods from 30 June: 3.70 % + 3.50 %; before, + 3.75 %."""
    before = rate_on("term-loan-b", "base", "term-loan-b", date(2026, 6, 30))
    after = rate_on("term-loan-b", "base", "term-loan-b", date(2026, 9, 30))
    assert (before, after) == (Decimal("0.0745"), Decimal("0.0720"))


def test_libor_passes_to_term_sofr():
    """The period of 29 September 2023 is the first after 1 July: 5.00 % + 0.26161 % + 3.25 %."""
    rate = rate_on("mezzanine-with-warrants", "base", "bank-loan", date(2023, 12, 29))
    assert rate == Decimal("0.0851161")


def test_default_interest_of_the_bank_loan():
    """24.5 million (40 - 8 x 1 - 5 x 1.5): 92 days at 8.51161 %, 46 of them 2 % more."""
    rows = projected("mezzanine-with-warrants", "default")["bank-loan"].records()
    [row] = [each for each in rows if each["payment_date"] == date(2024, 12, 31)]
    rate_days = 92 * per_cent("8.51161") + 46 * per_cent(2)
    expected = 24_500_000 * rate_days / 360
    assert row["interest"] == cents(Decimal(expected.numerator) / Decimal(expected.denominator))


def test_mezzanine_at_maturity():
    """23 quarters of 0.75 % are added, the 24th is paid in cash with the loan; exit 1.5 %."""
    balance = Decimal(20_000_000)
    for _ in range(23):
        balance += cents(balance * Decimal("0.0075"))
    last = projected("mezzanine-with-warrants")["mezzanine"].records()[-1]
    assert last["balloon"] == balance
    assert last["fees"] == cents(balance * Decimal("0.015"))
    assert last["interest"] == cents(balance * Decimal("0.0325"))


def test_warrants_of_the_mezzanine():
    warrant = deal("mezzanine-with-warrants").warrant["mezzanine-warrants"]
    assert warrant.issued == 6 * 20_000
    assert warrant.status(date(2021, 6, 30)) == "exercisable"


def test_make_whole_within_the_last_coupon_period():
    """17 November 2025 to 15 May 2026: 178 of 180 days, 4.25 % + 0.50 %, redeemed at 103.

    Excel's PRICE for one coupon: (103 + 4.5) / (1 + 178/180 x 4.75 % / 2) - 4.5 x 2/180.
    """
    price = Fraction(215, 2) / (1 + Fraction(178, 180) * per_cent("4.75") / 2) - Fraction(1, 20)
    premium = 50_000_000 * (price / 100 - 1)
    rows = projected("pik-toggle-note", "called-early")["toggle-notes"].records()
    # Two rows fall on the day: the coupon of 15 November, and the redemption.
    coupon, redemption = [row for row in rows if row["payment_date"] == date(2025, 11, 17)]
    assert coupon["interest"] == 11_250_000 and coupon["fees"] == 0
    assert redemption["fees"] == cents(Decimal(premium.numerator) / Decimal(premium.denominator))


def test_level_payment_by_the_annuity_formula():
    """24,000,000 x r / (1 - (1 + r)^-360) with r = 6.25 % / 12 is 147,772.13."""
    r = Fraction(625, 10_000) / 12
    level = 24_000_000 * r / (1 - (1 + r) ** -360)
    expected = cents(Decimal(level.numerator) / Decimal(level.denominator))
    assert expected == Decimal("147772.13")
    rows = projected("commercial-mortgage")["mortgage"].records()
    paid = [row["total_payment"] for row in rows if row["scheduled_principal"] > 0]
    assert paid[:-1] == [expected] * 95


def months_from(first, count):
    for number in range(count):
        months = first.year * 12 + first.month - 1 + number
        yield date(months // 12, months % 12 + 1, first.day)


def test_balloon_of_the_mortgage():
    """Month by month: 147,772.13 less the days' interest, from 1 April 2026 to 1 March 2034."""
    balance, start = Decimal(24_000_000), date(2026, 3, 1)
    for due in months_from(date(2026, 4, 1), 96):
        balance -= Decimal("147772.13") - by_days(balance, "6.25", (due - start).days, 360)
        start = due
    last = projected("commercial-mortgage")["mortgage"].records()[-1]
    assert last["balloon"] == balance


def test_improvement_loan_exact_by_days():
    """1,800,000 over the sum of the 120 discount factors, each by its month's own days."""
    factor, annuity, start = Fraction(1), Fraction(0), date(2024, 2, 15)
    for due in months_from(date(2024, 4, 1), 120):
        factor /= 1 + per_cent("7.10") * (due - start).days / 360
        annuity += factor
        start = due
    level = 1_800_000 / annuity
    expected = cents(Decimal(level.numerator) / Decimal(level.denominator))
    rows = projected("commercial-mortgage")["improvement-loan"].records()
    assert [row["total_payment"] for row in rows[1:-1]] == [expected] * 119
    assert abs(rows[-1]["total_payment"] - expected) < 1  # 119 payments rounded to the cent


def test_tokyo_holidays_are_those_of_quantlib():
    calendar, tokyo = deal("yen-loan").calendar, QuantLib.Japan()
    day = date(2024, 1, 1)
    while day < date(2028, 1, 1):
        theirs = tokyo.isBusinessDay(QuantLib.Date(day.day, day.month, day.year))
        assert calendar.is_business_day(day) == theirs, day
        day += timedelta(1)


def test_certificate_by_hand():
    """Receivables 9,843,982.75 less, in turn,

    397,685.85 over 90 days (invoices before 1 January; a credit is not set off),
    142,775.00 of Eastgate, of whom 285,350.50 of 428,125.50 are past 90 days,
    264,000.00 intercompany, 539,150.00 foreign, 226,880.00 government, 86,400.00 contra,
    1,441,050.37: Ashdown's 3,078,468.75 above 20 % of the 8,187,091.90 left so far,
    24,150.00 disputed: 6,721,891.53; x 85 % = 5,713,607.80.
    Raw materials 3,109,505.55 x 50 % = 1,554,752.78, capped at 1,500,000; finished goods
    6,956,365.75 x 85 % x 61.4 % = 3,630,527.28 (55 % of cost is more); together above 5,000,000.
    Equipment 4,650,000 x 80 % x 70 % = 2,604,000: no more than 2,000,000, or than 15/85 of
    10,713,607.80, which is 1,890,636.67. In all 12,604,244.47, less reserves of 282,900.
    """
    certificate = projected("asset-based-revolver").certificate("revolver")
    receivables = certificate.classes[0]
    assert receivables.gross == 9_843_982_75
    assert dict(receivables.ineligibles) == {
        "over-90-days": 397_685_85,
        "cross-aged": 142_775_00,
        "intercompany": 264_000_00,
        "foreign": 539_150_00,
        "government": 226_880_00,
        "contra": 86_400_00,
        "concentration": 1_441_050_37,
        "disputed": 24_150_00,
    }
    assert [each.lendable for each in certificate.classes] == [
        5_713_607_80,
        1_500_000_00,
        3_630_527_28,
        1_890_636_67,
    ]
    assert certificate.limits[0].lendable == 5_000_000_00
    assert certificate.borrowing_base == 12_321_344_47
    # less 1,250,000 that stays undrawn, loans of 8,900,000 and letters of credit of 850,000
    assert certificate.availability == 1_321_344_47


def test_other_certificates_by_hand():
    """52.8 %: 3,122,016.95 of finished goods, 4,622,016.95 of stock; 15/85 of 10,335,624.75."""
    lower = projected("asset-based-revolver", "lower-appraisal").certificate("revolver")
    assert lower.borrowing_base == 5_713_607_80 + 4_622_016_95 + 1_823_933_78 - 282_900_00
    # 13,500,000 and 850,000 used of 12,321,344.47 - 1,250,000
    over = projected("asset-based-revolver", "over-advance").certificate("revolver")
    assert (over.availability, over.over_advance) == (0, 3_278_655_53)
