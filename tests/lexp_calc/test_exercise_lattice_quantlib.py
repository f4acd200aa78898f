"""Exercise within a window against QuantLib's engines."""

from tests.lexp_calc.quantlib_calls import Market
from tests.lexp_calc.window_cases import cases, later, value


def differences(drawn, expected):
    """How far off each case is, as a part of the share price, in order of size."""
    return sorted(abs(value(case) - expected(case)) / case.share_price for case in drawn)


def test_exercise_on_any_day_is_quantlibs():
    """150 cases against the exercise boundary's integral equation; worst near the boundary."""
    found = differences(cases(150, seed=51), Market().on_any_day)
    assert found[-1] < 2e-4
    assert found[len(found) // 2] < 5e-6


def test_exercise_in_a_window_is_the_mean_of_quantlibs_values_on_its_first_day():
    market = Market()
    found = differences(cases(60, seed=52, opens=later, rates=(0.0, 0.12)), market.in_window)
    assert found[-1] < 1e-4
    assert found[len(found) // 2] < 5e-6


def test_exercise_in_a_window_is_that_of_quantlibs_lattice():
    """Its first day of exercise is the next step of its lattice, so it is the less exact."""
    market = Market()
    drawn = cases(60, seed=53, opens=later)
    found = differences(drawn, lambda case: market.on_lattice(case, 801))
    assert found[-1] < 1e-3
    assert found[len(found) // 2] < 1e-4
