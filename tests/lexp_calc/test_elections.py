"""Elections compared: interest under each option by hand, and against other projections."""

from datetime import date
from decimal import Decimal

from lexp_calc import project
from lexp_calc.elections import compared_elections
from tests.lexp_calc.variants import lexington


def rows(tranche="term-loan", **inputs):
    return compared_elections(project(lexington(), "closing", inputs)[tranche])


def test_the_first_period_by_hand():
    """13,500,000 for 46 days: prime 4 % + 1.5 %, LIBOR 1M 1.14875 % + 3.75 %, no LIBOR 3M.

    5.5 %: 94,875.00; 4.89875 %: 84,503.4375. The interest period ends on Monday 2 February.
    """
    first = rows(**{"LIBOR 1M": "1.14875%"})[0]
    assert (first.accrual_start, first.accrual_end) == (date(2003, 12, 18), date(2004, 2, 2))
    assert first.balance == 1_350_000_000
    assert first.interest == (9_487_500, 8_450_344, None)
    assert (first.elected, first.cheapest, first.saving) == ("prime", "LIBOR 1M", 1_037_156)


def test_the_elected_option_costs_what_the_schedule_charges():
    inputs = {
        "LIBOR 1M": "1.14875%",
        "LIBOR 3M": "1.17%",
        "elect.term-loan.2004-05-01": "LIBOR 3M",
        "prime.2004-06-30": "4.25%",
    }
    found = rows(**inputs)
    schedule = project(lexington(), "closing", inputs)["term-loan"]
    charged = {row.accrual_start: row.interest for row in schedule.rows if row.pays_interest}
    options = [option.index for option in schedule.rates.coupon.options]
    assert {row.accrual_start: row.interest[options.index(row.elected)] for row in found} == charged
    assert {row.elected for row in found} == {"prime", "LIBOR 3M"}


def test_the_other_option_costs_what_a_projection_with_it_charges():
    """Elected throughout, LIBOR gives the same amounts; a prepayment within a period included."""
    libor = {"LIBOR 1M": "1.14875%"}
    prepaid = {"prepay.term-loan.2004-07-15": "1234567"}
    compared = rows(**libor, **prepaid)
    under_libor = rows(**libor, **prepaid, **{"elect.term-loan": "LIBOR 1M"})
    assert [row.interest for row in compared] == [row.interest for row in under_libor]
    assert all(row.saving == 0 for row in under_libor)
    assert sum(row.saving for row in compared) > 0
    schedule = project(lexington(), "closing", libor | prepaid | {"elect.term-loan": "LIBOR 1M"})
    july = [row for row in compared if row.accrual_start == date(2004, 7, 1)]
    # Paid in two amounts, each rounded: a cent at most between them and the one.
    paid = sum(
        row.interest
        for row in schedule["term-loan"].rows
        if date(2004, 7, 1) < row.payment_date <= date(2004, 8, 2)
    )
    assert abs(july[0].interest[1] - paid) <= 1


def test_a_fixed_coupon_has_nothing_to_compare():
    assert rows("senior-notes") == ()


def test_amounts_are_minor_units_of_the_deal():
    schedule = project(lexington(), "closing", {"LIBOR 1M": "1.14875%"})["term-loan"]
    first = compared_elections(schedule)[0]
    assert schedule.currency.amount(first.interest[0]) == Decimal("94875.00")


def test_of_two_options_that_cost_the_same_the_elected_one_is_cheapest():
    """LIBOR 1.75 % + 3.75 % and prime 4 % + 1.5 % are both 5.5 %."""
    libor = {"LIBOR 1M": "1.75%"}
    assert {row.cheapest for row in rows(**libor)} == {"prime"}
    elected = rows(**libor, **{"elect.term-loan": "LIBOR 1M"})
    assert {(row.cheapest, row.saving) for row in elected} == {("LIBOR 1M", 0)}
