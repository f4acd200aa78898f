"""The capital before and after, liens, sources and uses, and the maturity wall."""

from datetime import date

import pytest

from lexp_calc import builtin_deal, project
from lexp_calc.capital_structure import capital_structure, liens
from lexp_calc.maturity_wall import maturity_wall, maturity_wall_by_year
from lexp_calc.sources_and_uses import NOT_ITEMISED_SOURCE, NOT_ITEMISED_USE, sources_and_uses_of

REVOLVER, TERM_LOAN = "Revolving credit facility", "Term loan"
SECURED, SENIOR = "Secured term loan", "12% Senior Subordinated Notes due 2009"
JUNIOR = "13% Junior Subordinated Notes due 2009"
OLD_SENIOR, OLD_JUNIOR = "12 3/4% Senior Subordinated Notes", "14% Junior Subordinated Notes"
OLD_INTEREST = f"Interest accrued on the {OLD_SENIOR} tendered"
STOCK = "Shares for the interest on the old junior subordinated notes"

# Amounts in dollars and cents; paragraphs are the press release's of 18 December 2003.
DEBT = (
    # instrument, before, basis, after, basis, source
    (REVOLVER, None, None, 0, "scenario", "no draw in the scenario"),
    (TERM_LOAN, None, None, 13_500_000, "stated", "paragraph 2"),
    (SECURED, None, None, 11_500_000, "stated", "paragraph 3"),
    (SENIOR, None, None, 42_476_000, "stated", "paragraph 5"),
    (JUNIOR, None, None, 347_000, "stated", "paragraph 6"),
    ("Senior, unsecured note", 7_500_000, "stated", 0, "derived", "paragraph 4"),
    (OLD_SENIOR, 27_412_000, "stated", 158_000, "derived", "offering circular less paragraph 5"),
    (OLD_INTEREST, 15_221_926.79, "derived", 0, "derived", "hand: 27,254 x 127.50 x 1577/360"),
    (OLD_JUNIOR, None, None, None, None, "not stated"),
    (STOCK, 235_000, "stated", 0, "derived", "paragraph 6"),
)
SOURCES = (
    (REVOLVER, 0, "scenario", "no draw in the scenario"),
    (TERM_LOAN, 13_500_000, "stated", "paragraph 2"),
    (SECURED, 11_500_000, "stated", "paragraph 3"),
)
USES = (
    ("Repurchase of the senior, unsecured note", 5_810_000, "stated", "paragraph 4"),
    (f"{SECURED}: fees at closing", 215_625, "derived", "hand: 1.875% x 11.5m"),
    (NOT_ITEMISED_USE, 18_974_375, "derived", "hand: 25,000,000 - 5,810,000 - 215,625"),
)
BY_YEAR = (
    # year, tranche, instalments, balloon, source
    (2004, "term-loan", 3_300_000, 0, "hand: February to December, 11 x 300,000"),
    (2004, "secured-term-loan", 1_152_000, 0, "hand: 12 x 96,000"),
    (2005, "term-loan", 3_600_000, 0, "hand: 12 x 300,000"),
    (2005, "secured-term-loan", 1_152_000, 0, "hand: 12 x 96,000"),
    (2006, "term-loan", 1_800_000, 4_800_000, "hand: January to June, 6 x 300,000"),
    (2006, "secured-term-loan", 576_000, 8_620_000, "hand: 6 x 96,000"),
    (2009, "senior-notes", 0, 42_476_000, "paragraph 5"),
    (2009, "junior-notes", 0, 347_000, "paragraph 6"),
)


def cents(amount):
    return None if amount is None else round(amount * 100)


@pytest.fixture(scope="module")
def projection():
    return project(builtin_deal("lexp-2003"))


@pytest.mark.parametrize("position", range(len(DEBT)))
def test_debt_before_and_after(projection, position):
    instrument, before, before_basis, after, after_basis, source = DEBT[position]
    row = capital_structure(projection).debt[position]
    assert (row.instrument, row.before, row.before_basis) == (
        instrument,
        cents(before),
        before_basis,
    ), source
    assert (row.after, row.after_basis) == (cents(after), after_basis), source


def test_no_row_of_debt_beyond_the_table(projection):
    assert len(capital_structure(projection).debt) == len(DEBT)


def test_shares_and_warrants(projection):
    shares, senior, junior = capital_structure(projection).shares
    assert (shares.before, shares.after) == (4_828_036, 4_931_767)  # covers of 10-Q and 10-K
    assert (senior.before, senior.after) == (None, 424_781)  # paragraph 5
    assert (junior.before, junior.after) == (None, 3_467)  # paragraph 6


@pytest.mark.parametrize(("side", "table"), [("sources", SOURCES), ("uses", USES)])
def test_sources_and_uses(projection, side, table):
    lines = getattr(sources_and_uses_of(projection), side)
    found = [(line.name, line.amount, line.basis) for line in lines]
    assert found == [(name, cents(amount), basis) for name, amount, basis, _ in table]


def test_sources_equal_uses_with_a_drawn_revolver():
    drawn = project(builtin_deal("lexp-2003"), inputs={"draw.revolver.2003-12-18": "9000000"})
    both = sources_and_uses_of(drawn)
    assert both.sources[0].amount == 900_000_000
    assert both.total == sum(line.amount for line in both.uses) == 3_400_000_000
    assert both.uses[-1].amount == 2_797_437_500  # hand: 34,000,000 - 5,810,000 - 215,625


def test_uses_above_sources_are_balanced_by_the_borrowers_cash(projection):
    deal = projection.deal
    note = deal.repurchase["senior-unsecured-note"].model_copy(
        update={"price": deal.tranche["senior-notes"].principal}
    )
    dear = deal.model_copy(update={"repurchase": {"senior-unsecured-note": note}})
    both = sources_and_uses_of(project(dear))
    # hand: 42,476,000 + 215,625 - 25,000,000
    assert (both.sources[-1].name, both.sources[-1].amount) == (NOT_ITEMISED_SOURCE, 1_769_162_500)
    assert both.total == sum(line.amount for line in both.uses)


def test_exchanges_move_no_cash(projection):
    senior, junior, stock = sources_and_uses_of(projection).exchanges
    assert (senior.given_up_amount, senior.received_amount) == (4_247_592_679, 4_247_600_000)
    assert (junior.given_up_amount, junior.received_amount) == (None, 34_700_000)
    assert (stock.given_up_amount, stock.received_amount, stock.units) == (
        23_500_000,
        None,
        103_731,
    )
    assert (senior.units, junior.units) == (424_781, 3_467)


def test_liens_by_pool_and_rank(projection):
    found = [
        (claim.collateral_id, claim.rank, claim.tranche_id) for claim in liens(projection.deal)
    ]
    assert found == [  # paragraphs 2 and 3
        ("real-property", 1, "secured-term-loan"),
        ("other-assets", 1, "revolver"),
        ("other-assets", 1, "term-loan"),
        ("other-assets", 2, "secured-term-loan"),
    ]


@pytest.mark.parametrize("position", range(len(BY_YEAR)))
def test_maturity_wall_by_year(projection, position):
    year, tranche_id, instalments, balloon, source = BY_YEAR[position]
    found = maturity_wall_by_year(projection)[position]
    assert (found.year, found.tranche_id, found.instalments, found.balloon, found.prepayments) == (
        year,
        tranche_id,
        cents(instalments),
        cents(balloon),
        0,
    ), source
    assert len(maturity_wall_by_year(projection)) == len(BY_YEAR)


def test_maturity_wall_by_day(projection):
    wall = maturity_wall(projection)
    assert [each.day for each in wall] == sorted(each.day for each in wall)
    first = wall[0]
    # 1 January 2004 is a holiday: the first instalment is paid the day after
    assert (first.day, first.tranche_id, first.instalment) == (
        date(2004, 1, 2),
        "secured-term-loan",
        9_600_000,
    )
    drawn = sum(schedule.rows[0].drawn for schedule in projection.schedules.values())
    assert sum(each.total for each in wall) == drawn
