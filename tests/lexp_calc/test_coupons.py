"""Terms of a coupon, and the rate of every day under them: by hand and by a second way."""

import random
from datetime import date, timedelta
from decimal import Decimal

import pytest
import QuantLib as ql

from lexp_calc.all_in_rates import all_in_rate
from lexp_calc.calendars import CALENDARS
from lexp_calc.coupons import FixedCoupon, FloatingCoupon
from lexp_calc.day_count import DAY_COUNTS
from lexp_calc.errors import LexpError
from lexp_calc.rate_days import rate_days
from lexp_calc.rate_paths import RateConditions
from lexp_calc.rates import IndexPath, rate, units
from lexp_calc.validation import validated
from tests.lexp_calc.simulation.dates import FEDERAL_RESERVE, ql_date

PRIME = {"index": "prime", "margin": "1.50%", "reset": "daily"}
TERM_SOFR = {"index": "Term SOFR 1M", "margin": "3.00%", "reset": "per period"}
LIBOR = {"index": "LIBOR 1M", "margin": "3.00%", "reset": "per period"}
STARTS_AT = {date(2023, 1, 2): "0%"}


def floating(*options, **terms):
    raw = {"type": "floating", "options": options, "day_count": "ACT/360"} | terms
    return validated(FloatingCoupon, raw, "coupon")


def resolved(terms, leverage=(), in_default=(), **paths):
    """The rate-days of a coupon; paths are {from: per cent} by name, '_' for a space."""
    index_paths = {
        name.replace("_", " "): IndexPath(
            name, tuple(path), tuple(Decimal(each[:-1]) / 100 for each in path.values())
        )
        for name, path in paths.items()
    }
    calendar = CALENDARS["US Federal Reserve"]
    conditions = RateConditions(
        index_paths, calendar, DAY_COUNTS[terms.day_count], (), tuple(leverage), tuple(in_default)
    )
    return rate_days(terms, conditions)


def per_cent(text):
    return units(Decimal(text) / 100)


# What a term sheet may not say of an option: the change, and parts of the refusal.
CONTRADICTIONS = {
    "prime compounded": (PRIME | {"reset": "compounded in arrears"}, "reset", "prime", "SOFR"),
    "fallback of a daily rate": (
        PRIME
        | {"fallback": {"from": date(2023, 7, 3), "index": "SOFR", "spread_adjustment": "0%"}},
        "fallback",
        'read "daily"',
    ),
    "fallback to itself": (
        LIBOR
        | {"fallback": {"from": date(2023, 7, 3), "index": "LIBOR 1M", "spread_adjustment": "0%"}},
        "fallback.index",
        "the index itself",
    ),
    "floor above cap": (PRIME | {"floor": "5%", "cap": "4%"}, "floor", "above the cap"),
    "steps out of order": (
        PRIME
        | {
            "margin_steps": [
                {"from": date(2024, 1, 1), "margin": "2%"},
                {"from": date(2023, 1, 1), "margin": "1%"},
            ]
        },
        "margin_steps[2].from",
        "2023-01-01 after 2024-01-01",
    ),
    "steps and a grid": (
        PRIME
        | {
            "margin_steps": [{"from": date(2024, 1, 1), "margin": "2%"}],
            "margin_grid": [{"up_to": 3, "margin": "1%"}, {"margin": "2%"}],
        },
        "margin_steps",
        "one of the two",
    ),
    "a grid of one level": (
        PRIME | {"margin_grid": [{"margin": "2%"}]},
        "margin_grid",
        "two or more levels",
    ),
    "a grid that is closed": (
        PRIME | {"margin_grid": [{"up_to": 3, "margin": "1%"}, {"up_to": 4, "margin": "2%"}]},
        "margin_grid",
        "a last level without a bound",
    ),
    "a grid with a hole": (
        PRIME | {"margin_grid": [{"margin": "1%"}, {"margin": "2%"}]},
        "margin_grid",
        "no bound at level 1",
    ),
    "bounds that fall": (
        PRIME
        | {
            "margin_grid": [
                {"below": 3, "margin": "1%"},
                {"below": Decimal("2.5"), "margin": "2%"},
                {"margin": "3%"},
            ]
        },
        "margin_grid",
        "2.5 after 3",
    ),
    "two kinds of bounds": (
        PRIME
        | {
            "margin_grid": [
                {"below": 3, "margin": "1%"},
                {"up_to": 4, "margin": "2%"},
                {"margin": "3%"},
            ]
        },
        "margin_grid",
        "both up_to and below",
    ),
    "a leverage below zero": (
        PRIME | {"margin_grid": [{"up_to": -1, "margin": "1%"}, {"margin": "2%"}]},
        "margin_grid[1].up_to",
        "found -1",
    ),
    "lookback of months": (PRIME | {"lookback": 31}, "lookback", "from 0 to 30"),
    "lookback in text": (PRIME | {"lookback": "5"}, "lookback", 'found "5"'),
    "an unknown key of a fallback": (
        LIBOR
        | {
            "fallback": {
                "form": date(2023, 7, 3),
                "index": "SOFR",
                "spread_adjustment": "0%",
                "from": date(2023, 7, 3),
            }
        },
        "fallback.form",
        '"from"',
    ),
}


@pytest.mark.parametrize("case", CONTRADICTIONS)
def test_contradictions_are_refused_in_words(case):
    option, field, *parts = CONTRADICTIONS[case]
    with pytest.raises(LexpError) as refused:
        floating(option)
    for part in (f"coupon: options[1].{field}: found", *parts):
        assert part in str(refused.value)


def test_the_all_in_rate_as_a_function():
    """4 % + 4 % = 8 %, floor 8.25 %; 20 % + 4 % capped at 18 %."""
    assert all_in_rate(Decimal("0.04"), Decimal("0.04")) == Decimal("0.08")
    with_floor = all_in_rate(Decimal("0.04"), Decimal("0.04"), Decimal("0.0825"))
    assert with_floor == Decimal("0.0825")
    capped = all_in_rate(Decimal("0.20"), Decimal("0.04"), cap=Decimal("0.18"))
    assert capped == Decimal("0.18")
    with pytest.raises(LexpError, match="floor of 9.*above the cap of 8"):
        all_in_rate(Decimal("0.04"), Decimal("0.04"), Decimal("0.09"), Decimal("0.08"))


def test_term_sofr_is_read_two_business_days_before_the_period():
    """1 August 2023 is a Tuesday: Friday 28 July counts, the change on Monday does not yet."""
    path = {date(2023, 7, 3): "5.10%", date(2023, 7, 28): "5.20%", date(2023, 7, 31): "5.30%"}
    rates = resolved(floating(TERM_SOFR | {"lookback": 2}), Term_SOFR_1M=path)
    found = rates.period(date(2023, 8, 1), date(2023, 9, 1))
    assert (found.index_units, found.units_at_start) == (per_cent("5.20"), per_cent("8.20"))
    assert found.unit_days == 31 * per_cent("8.20")
    next_day = rates.period(date(2023, 8, 2), date(2023, 9, 1))
    assert next_day.index_units == per_cent("5.30")


def test_the_reset_date_decides_on_the_fallback():
    """LIBOR ended on 30 June 2023; the adjustment for one month is 0.11448 %.

    Source: Bloomberg as ISDA's adjustment vendor, 5 March 2021; LIBOR Act, 12 U.S.C. 5802.
    The reset for 3 July (Monday) is 29 June, for 5 July (after Independence Day) 30 June,
    for 6 July it is 3 July: the first on or after 1 July.
    """
    fallback = {
        "from": date(2023, 7, 1),
        "index": "Term SOFR 1M",
        "spread_adjustment": "0.11448%",
    }
    rates = resolved(
        floating(LIBOR | {"lookback": 2, "fallback": fallback}),
        LIBOR_1M={date(2023, 1, 2): "5.20%"},
        Term_SOFR_1M={date(2023, 6, 1): "5.10%", date(2023, 7, 3): "5.15%"},
    )
    found = [
        rates.period(day, date(2023, 8, 1)).index_units
        for day in (date(2023, 7, 3), date(2023, 7, 5), date(2023, 7, 6))
    ]
    assert found == [per_cent("5.20"), per_cent("5.20"), per_cent("5.26448")]
    assert rates.period(date(2023, 7, 6), date(2023, 8, 1)).units_at_start == per_cent("8.26448")


def test_a_missing_rate_of_the_fallback_is_refused_not_carried():
    fallback = {"from": date(2023, 7, 1), "index": "SOFR", "spread_adjustment": "0%"}
    terms = floating(LIBOR | {"fallback": fallback})
    rates = resolved(terms, LIBOR_1M={date(2023, 1, 2): "5%"}, SOFR={date(2023, 7, 10): "5%"})
    assert rates.period(date(2023, 6, 30), date(2023, 7, 31)).index_units == per_cent("5")
    with pytest.raises(LexpError, match="index.SOFR: found no rate before 2023-07-10.*2023-07-03"):
        rates.period(date(2023, 7, 3), date(2023, 7, 31))
    only_later = resolved(terms, SOFR={date(2023, 7, 1): "5%"})
    assert only_later.period(date(2023, 7, 3), date(2023, 7, 31)).index_units == per_cent("5")
    with pytest.raises(LexpError, match="index.LIBOR 1M: found no rate at all"):
        only_later.period(date(2023, 6, 30), date(2023, 7, 31))


def test_a_lookback_needs_a_rate_of_its_day():
    rates = resolved(floating(TERM_SOFR | {"lookback": 2}), Term_SOFR_1M={date(2023, 8, 1): "5%"})
    with pytest.raises(LexpError, match="no rate before 2023-08-01.*needed from 2023-07-31"):
        rates.period(date(2023, 8, 2), date(2023, 9, 1))
    assert rates.period(date(2023, 8, 3), date(2023, 9, 1)).index_units == per_cent("5")


@pytest.mark.parametrize(
    ("bound", "leverage", "margin"),
    [
        ("up_to", "2.99", "2.00"),
        ("up_to", "3", "2.00"),
        ("up_to", "3.01", "2.50"),
        ("up_to", "4", "2.50"),
        ("up_to", "4.000001", "3.00"),
        ("below", "2.999999", "2.00"),
        ("below", "3", "2.50"),
        ("below", "4.00", "3.00"),
    ],
)
def test_a_margin_grid_by_its_words(bound, leverage, margin):
    """Up to 3.00x 2 %, above 3.00x up to 4.00x 2.5 %, else 3 %; or less than 3.00x, and so on."""
    grid = [{bound: 3, "margin": "2%"}, {bound: 4, "margin": "2.5%"}, {"margin": "3%"}]
    terms = floating(PRIME | {"margin_grid": grid})
    from_date = date(2023, 3, 31)
    rates = resolved(terms, [(from_date, Decimal(leverage))], prime=STARTS_AT)
    assert rates.period(from_date, date(2023, 4, 1)).unit_days == per_cent(margin)
    # Before a leverage is known the margin itself holds.
    assert rates.period(date(2023, 3, 30), from_date).unit_days == per_cent("1.50")


def test_a_margin_that_steps_within_a_period():
    """Daily: 10 days at 1.5 % and 21 at 2 %. Per period: all 31 at that of the first day."""
    steps = [{"from": date(2023, 1, 15), "margin": "2%"}]
    period = date(2023, 1, 5), date(2023, 2, 5)
    daily = resolved(floating(PRIME | {"margin_steps": steps}), prime=STARTS_AT)
    assert daily.period(*period).unit_days == 10 * per_cent("1.5") + 21 * per_cent("2")
    fixed = PRIME | {"margin_steps": steps, "reset": "per period"}
    per_period = resolved(floating(fixed), prime=STARTS_AT)
    assert per_period.period(*period).unit_days == 31 * per_cent("1.5")
    assert per_period.period(date(2023, 1, 15), date(2023, 2, 5)).unit_days == 21 * per_cent("2")


def test_the_default_margin_is_by_day_on_top_of_the_cap():
    """In default from 10 to 20 January: 10 days of 2 % on top of a rate capped at 1 %."""
    terms = floating(PRIME, cap="1%", default_margin="2%")
    in_default = [(date(2023, 1, 10), True), (date(2023, 1, 20), False)]
    rates = resolved(terms, in_default=in_default, prime=STARTS_AT)
    found = rates.period(date(2023, 1, 5), date(2023, 2, 5))
    assert found.unit_days == 31 * per_cent("1") + 10 * per_cent("2")
    assert found.units_at_start == per_cent("1")
    within = rates.period(date(2023, 1, 12), date(2023, 1, 15))
    assert within.unit_days == 3 * per_cent("3")
    assert within.units_at_start == per_cent("1")


def test_the_default_margin_of_a_fixed_coupon():
    """12 % on 30/360, in default from 15 January to the end of a half year: 180 days and 165."""
    terms = FixedCoupon(type="fixed", rate="12%", default_margin="2%", day_count="30/360 US")
    rates = resolved(terms, in_default=[(date(2023, 1, 16), True)])
    found = rates.period(date(2023, 1, 1), date(2023, 7, 1))
    assert found.unit_days == 180 * per_cent("12") + 165 * per_cent("2")
    assert found.units_at_start == per_cent("12")


def shifted(day, business_days):
    moved = FEDERAL_RESERVE.advance(ql_date(day), -business_days, ql.Days)
    return date(moved.year(), moved.month(), moved.dayOfMonth())


def preceding(day):
    moved = FEDERAL_RESERVE.adjust(ql_date(day), ql.Preceding)
    return date(moved.year(), moved.month(), moved.dayOfMonth())


def value_on(path, day):
    """The value of a path {from: value} on a day; None before the first."""
    known = [path[start] for start in sorted(path) if start <= day]
    return known[-1] if known else None


def rate_of_the_day(case, period_start, day):
    """The all-in rate of one day, in units, by the contract and QuantLib's calendar."""
    if case["reset"] == "per period":
        day, read_on = period_start, shifted(period_start, case["lookback"])
        if not case["lookback"]:
            read_on = period_start
    else:
        read_on = shifted(preceding(day), case["lookback"]) if case["lookback"] else day
    index = value_on(case["index"], read_on)
    if case["fallback"] and read_on >= case["fallback"]:
        index = value_on(case["fallback_index"], read_on) + 11_448
    index = max(index, case["floor"])
    margin = value_on(case["margins"], day)
    margin = case["margin"] if margin is None else margin
    return max(min(index + margin, case["cap"]), 0)


def random_path(chance, first, count, lowest=-200, highest=1500):
    path = {first: chance.randint(lowest, highest) * 10_000}
    for _ in range(count):
        day = first + timedelta(days=chance.randint(1, 500))
        path[day] = chance.randint(lowest, highest) * 10_000
    return dict(sorted(path.items()))


def decimals(path):
    return {day: f"{Decimal(each).scaleb(-6)}%" for day, each in path.items()}


@pytest.mark.parametrize("seed", range(150))
def test_every_day_by_a_second_way(seed):
    """Lookback, fallback, floor of the index, margin steps and cap, all at once, at random."""
    chance = random.Random(seed)
    first = date(2022, 1, 1) + timedelta(days=chance.randint(0, 300))
    case = {
        "reset": chance.choice(["daily", "per period"]),
        "lookback": chance.choice([0, 0, 1, 2, 5]),
        "index": random_path(chance, first - timedelta(days=60), 12),
        "fallback": None,
        "fallback_index": random_path(chance, first - timedelta(days=60), 12),
        "floor": chance.choice([0, 1_000_000]),
        "margin": 2_500_000,
        "margins": random_path(chance, first + timedelta(days=30), 4, 100, 400),
        "cap": chance.choice([9_000_000, 12_000_000]),
    }
    option = {
        "index": "LIBOR 1M",
        "margin": "2.5%",
        "reset": case["reset"],
        "lookback": case["lookback"],
        "floor": f"{Decimal(case['floor']).scaleb(-6)}%",
        "margin_steps": [
            {"from": day, "margin": text} for day, text in decimals(case["margins"]).items()
        ],
    }
    if case["reset"] == "per period" and chance.random() < 0.7:
        case["fallback"] = first + timedelta(days=chance.randint(0, 300))
        option["fallback"] = {
            "from": case["fallback"],
            "index": "Term SOFR 1M",
            "spread_adjustment": "0.011448%",
        }
    terms = floating(option, floor="0%", cap=f"{Decimal(case['cap']).scaleb(-6)}%")
    rates = resolved(
        terms,
        LIBOR_1M=decimals(case["index"]),
        Term_SOFR_1M=decimals(case["fallback_index"]),
    )
    for _ in range(8):
        start = first + timedelta(days=chance.randint(0, 350))
        end = start + timedelta(days=chance.randint(1, 100))
        days = [start + timedelta(days=n) for n in range((end - start).days)]
        by_day = [rate_of_the_day(case, start, day) for day in days]
        found = rates.period(start, end)
        assert found.unit_days == sum(by_day)
        assert found.units_at_start == by_day[0]
        assert rate(found.length) == rate(len(days))
