"""Sources and uses, capital structure, liens, maturity wall, debt service: sums by hand."""

from datetime import date

import pytest

from lexp_calc import builtin_deal, project
from tests.workbook_templates.reading import Reading
from workbook_templates import write_workbook


def workbook(folder, scenario="closing", **inputs):
    path = folder / "deal.xlsx"
    write_workbook(project(builtin_deal(), scenario, inputs), path)
    return Reading(path)


@pytest.fixture(scope="module")
def deal(tmp_path_factory):
    return workbook(tmp_path_factory.mktemp("deal"))


def test_sources_are_uses_and_what_is_not_stated_balances_them(deal):
    """13.5 + 11.5 million lent; 5,810,000 for the note, 1.875 % x 11,500,000 = 215,625 in fees."""
    title = "Sources and uses"
    assert deal.line(title, "Revolving credit facility")[:2] == ["no draw entered", "scenario"]
    assert deal.line(title, "All sources")[0] == deal.line(title, "All uses")[0] == 25_000_000
    assert deal.line(title, "Secured term loan: fees at closing")[:2] == [215_625, "derived"]
    rest = "Debt repaid, purchases and expenses (not itemised in the source)"
    assert deal.line(title, rest)[:3] == [18_974_375, "derived", pytest.approx(0.758975)]
    assert deal.line(title, "Cash of the borrower (not itemised in the source)")[0] == 0


def test_a_draw_at_closing_is_a_source(tmp_path):
    """25,000,000 + 12,000,000, less the 5,810,000 and 215,625 that are itemised."""
    found = workbook(tmp_path, **{"draw.revolver.2003-12-18": "12000000"})
    assert found.line("Sources and uses", "Revolving credit facility")[0] == 12_000_000
    assert found.line("Sources and uses", "All uses")[0] == 37_000_000
    after = found.line("Capital structure", "senior secured")[4]
    assert after == 37_000_000  # with 13.5 and 11.5 million of term loans


def test_exchanges_without_cash(deal):
    """27,254,000 with 558.5208333 of interest a thousand; the junior notes' old face is unsaid."""
    lines = deal.table("Sources and uses", "Exchange")
    senior = lines["Exchange of the 12 3/4% Senior Subordinated Notes"]
    assert senior[:3] == [42_475_926.79, 42_476_000, 424_781]
    junior = lines["Exchange of the 14% Junior Subordinated Notes"]
    assert junior[:3] == ["not stated", 347_000, 3_467]
    shares = lines["Shares for the interest on the old junior subordinated notes"]
    assert shares[:3] == [235_000, "none", 103_731]


def test_the_capital_structure_before_and_after(deal):
    title = "Capital structure"
    before, after = 2, 4
    lines = deal.table(title, "Debt")
    assert lines["Term loan"][before:5] == ["new", "-", 13_500_000]
    assert lines["12 3/4% Senior Subordinated Notes"][before:5] == [27_412_000, "stated", 158_000]
    assert lines["14% Junior Subordinated Notes"][before] == "not stated"
    rankings = deal.table(title, "Debt by ranking")
    # 27,412,000 + 15,221,926.79 of interest; 42,476,000 + 158,000 not tendered
    assert rankings["senior subordinated"][before] == pytest.approx(42_633_926.79)
    assert rankings["senior subordinated"][after] == 42_634_000
    assert rankings["senior secured"][before] == "not stated"
    assert rankings["senior, unsecured"][before:5] == [7_500_000, None, 0]
    # 13.5 + 11.5 + 42.476 + 0.347 + 0.158 million
    assert deal.line(title, "All debt, as far as it is stated")[after] == 67_981_000
    # 4,931,767 shares and 428,248 warrants
    assert deal.line(title, "Shares if every warrant is exercised")[after] == 5_360_015


def test_liens_by_rank_with_what_ranks_ahead(tmp_path):
    """On 30 June 2004: 13.5 less 5 x 0.3 and 11.5 less 6 x 0.096 million; the revolver 2.0."""
    found = workbook(tmp_path, as_of="2004-06-30", **{"draw.revolver.2003-12-18": "2000000"})
    rows = [row[:6] for row in found.book["Liens"].iter_rows(values_only=True)]
    assert [row for row in rows if row[0] in (1, 2)] == [
        (1, "Secured term loan", "¶ 3, sentence 4", 10_924_000, 0, 10_924_000),
        (1, "Revolving credit facility", "¶ 2, sentence 6", 2_000_000, 0, 14_000_000),
        (1, "Term loan", "¶ 2, sentence 6", 12_000_000, 0, 14_000_000),
        (2, "Secured term loan", "¶ 3, sentence 4", 10_924_000, 14_000_000, 24_924_000),
    ]


def test_the_maturity_wall_by_year(deal):
    """Term loan 11, 12 and 5 + balloon; secured loan 12 a year, 6 and 8.62 million in 2006."""
    years = deal.table("Maturity wall", "Year")
    assert years[2004] == [0, 3_300_000, 1_152_000, 0, 0, 4_452_000]
    assert years[2005] == [0, 3_600_000, 1_152_000, 0, 0, 4_752_000]
    assert years[2006] == [0, 6_600_000, 9_196_000, 0, 0, 15_796_000]
    assert years[2009] == [0, 0, 0, 42_476_000, 347_000, 42_823_000]
    assert years["Total"][-1] == 67_823_000  # all that was lent or issued
    assert deal.line("Maturity wall", "Year in which most falls due")[0] == 2009


def test_an_extension_moves_the_wall(tmp_path):
    """45 x 0.3 million: 12 in 2006, 10 in 2007; secured: 12, then 6 and 7.468 million."""
    extended = {"extend.revolver": True, "extend.secured-term-loan": True}
    years = workbook(tmp_path, **extended).table("Maturity wall", "Year")
    assert years[2006][:3] == [0, 3_600_000, 1_152_000]
    assert years[2007][:3] == [0, 3_000_000, 8_044_000]


def test_debt_service_by_period(deal):
    """New Notes: 608,822.67 first, then 1,274,280 (press release, ¶ 5; 30/360)."""
    rows = deal.table("Debt service", "Quarter to")
    heads = [cell.value for cell in deal.book["Debt service"][4]][1:]
    notes = heads.index("12% Senior Subordinated Notes due 2009: interest")
    fees = heads.index("Secured term loan: fees")
    principal = heads.index("Term loan: principal")
    assert rows[date(2003, 12, 31)][fees] == 215_625
    assert rows[date(2004, 12, 31)][fees] == 194_025
    assert rows[date(2004, 3, 31)][notes] == 608_822.67
    assert rows[date(2004, 6, 30)][notes] == 1_274_280
    assert rows[date(2006, 6, 30)][principal] == 5_700_000  # 3 x 300,000 and 4,800,000
    assert rows["Total"][notes] == 28_642_982.67  # 608,822.67 + 22 x 1,274,280
    assert list(rows)[-2] == date(2009, 12, 31)
    for row in rows.values():
        assert row[3] == pytest.approx(sum(row[:3])) == pytest.approx(sum(row[4:]))


@pytest.mark.parametrize("tranche", builtin_deal().tranche)
def test_a_lender_gets_none_of_these(tmp_path, tranche):
    path = tmp_path / "lender.xlsx"
    write_workbook(project(builtin_deal()), path, tranche)
    of_the_deal = {"Sources and uses", "Capital structure", "Liens", "Maturity wall"}
    assert not (of_the_deal | {"Debt service", "Scenarios"}) & set(Reading(path).book.sheetnames)
