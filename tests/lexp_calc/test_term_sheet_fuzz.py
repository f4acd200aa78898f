"""Whatever stands in a term sheet, reading it gives a deal or says what is wrong."""

import copy
from datetime import UTC, date, datetime, time
from decimal import Decimal
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import lexp_calc
from lexp_calc import Deal, LexpError, project
from lexp_calc.term_sheet import deal_from_tables, read_tables, term_sheet_path
from lexp_calc.tranches.revolver import Revolver
from tests.bad_inputs import every_term

BUILT_IN = term_sheet_path("lexp-2003")
TABLES = read_tables(BUILT_IN)
FOLDER = Path(lexp_calc.__file__).parent / "deals"
EVERY_TERM = read_tables(every_term.TERM_SHEET)


def places(value, path=()):
    """The path of every table, list and leaf."""
    if path:
        yield path
    steps = value.items() if isinstance(value, dict) else enumerate(value)
    for step, inner in steps:
        if isinstance(inner, (dict, list)):
            yield from places(inner, (*path, step))
        else:
            yield (*path, step)


PLACES = list(places(TABLES))
PLACES_OF_TERMS = list(places(EVERY_TERM))
ODD = [
    None, True, False, 0, 1, -1, 10**13, 10**30, 10**400, 1201, 0.5, float("nan"), float("inf"),
    1e308, Decimal("NaN"), Decimal("sNaN"), Decimal("-Infinity"), Decimal("1E+999999"),
    Decimal("1E-999999"), Decimal("0.1234567890123456789"), Decimal("13500000.005"),
    Decimal("-0"), "", " ", "x", "prime", "LIBOR 1M", "100%", "101%", "-100%", "0%", "0.000001%",
    "nan%", "%", "1e5%", "2006-02-29", "2006-06-30", "0000-00-00", "2199-12-31", "9999-12-31",
    "1,000", "１２", "\ud800", "\x00", "\u202e", "=1+1", "../x", "bullet", "term loan", "notes",
    "revolver", "floating", "fixed", "historical", "a" * 300, date(1, 1, 1), date(2003, 12, 18),
    date(2006, 6, 30), date(2199, 12, 31), date(9999, 12, 31), datetime(2006, 6, 30),
    datetime(2006, 6, 30, tzinfo=UTC), time(7, 32), [], {}, [[]], [{}], {"": ""},
    {"type": "fixed"}, {"type": "bullet"}, {"type": None}, {"type": {}}, {"file": ""},
    {"file": "/"}, {"file": "\x00"}, {"file": []}, {"file": "lexp-2003.toml"},
    {"x": {"x": {"x": {}}}}, [1, "2", None], b"x", {1: 2}, {None: None}, {"2004-01-01": "4%"},
    {"2004-01-01": {}}, {"nan": "nan"},
]  # fmt: skip
ODD_VALUES = st.one_of(
    st.sampled_from(ODD),
    st.integers(),
    st.decimals(),
    st.text(max_size=20),
    st.dates(),
    st.integers(-10_000, 30_000).map(lambda hundredths: f"{hundredths / 100}%"),
)


def replaced(tables, path, value):
    """A copy of the tables with one place changed."""
    changed = copy.deepcopy(tables)
    inner = changed
    for step in path[:-1]:
        inner = inner[step]
    inner[path[-1]] = value
    return changed


def hashable(value):
    try:
        hash(value)
    except TypeError:
        return False
    return True


def renamed(tables, path, key):
    """A copy of the tables with one key, or the number of an entry left out, changed."""
    changed = copy.deepcopy(tables)
    inner = changed
    for step in path[:-1]:
        inner = inner[step]
    value = inner.pop(path[-1])
    if key is not None and isinstance(inner, dict):
        inner[key] = value
    return changed


def assert_a_deal_or_problems(tables, folder=FOLDER):
    try:
        deal = deal_from_tables(tables, folder)
    except LexpError as problem:
        lines = str(problem).splitlines()
        assert lines and all("; " in line and ":" in line for line in lines), str(problem)
        return
    assert isinstance(deal, Deal)
    for name in deal.scenario:
        try:
            projection = project(deal, name)
            for tranche_id, tranche in deal.tranche.items():
                if isinstance(tranche, Revolver):
                    projection.certificate(tranche_id)
        except LexpError as problem:
            assert str(problem)


DEAL = deal_from_tables(TABLES, FOLDER)
INPUT_PATHS = [
    "prime", "prime.2004-06-30", "LIBOR 1M", "index.prime", "elect.term-loan",
    "elect.term-loan.2004-09-10", "extend.revolver", "extend.secured-term-loan",
    "prepay.term-loan.2005-02-01", "prepay.senior-notes.2005-03-09", "draw.revolver.2004-01-15",
    "draw.revolver.2003-12-18", "collateral.revolver.receivables.gross",
    "collateral.revolver.inventories.other", "reserves.revolver", "letters_of_credit.revolver",
    "share_price", "as_of", "prepay.revolver.2005-02-01", "draw.term-loan.2005-02-01",
    "extend.senior-notes", "elect.senior-notes",
]  # fmt: skip

FUZZ = settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.too_slow])
TERMS = settings(FUZZ, max_examples=250)
KEYS = [
    None, "", "x", "type", "amount", "rate", "from", "until", "date", "steps", "first",
    "2024-01-16", "2024-06-03", "revolver", "bridge", "total", "gross", "source", "assumption",
    5, "\ud800",
]  # fmt: skip


@FUZZ
@given(st.sampled_from(PLACES), ODD_VALUES)
def test_one_odd_value_is_taken_or_refused_and_never_breaks_the_reader(path, value):
    assert_a_deal_or_problems(replaced(TABLES, path, value))


@TERMS
@given(st.sampled_from(PLACES_OF_TERMS), ODD_VALUES)
def test_one_odd_value_of_any_term_is_taken_or_refused(path, value):
    assert_a_deal_or_problems(replaced(EVERY_TERM, path, value), every_term.FOLDER)


@TERMS
@given(st.sampled_from(PLACES_OF_TERMS), st.sampled_from(PLACES_OF_TERMS))
def test_a_value_of_another_term_is_taken_or_refused(path, other):
    value = EVERY_TERM
    for step in other:
        value = value[step]
    assert_a_deal_or_problems(replaced(EVERY_TERM, path, value), every_term.FOLDER)


@TERMS
@given(st.sampled_from(PLACES_OF_TERMS), st.sampled_from(KEYS))
def test_a_key_left_out_or_changed_is_taken_or_refused(path, key):
    assert_a_deal_or_problems(renamed(EVERY_TERM, path, key), every_term.FOLDER)


@TERMS
@given(st.sampled_from(PLACES_OF_TERMS), ODD_VALUES, st.sampled_from(PLACES_OF_TERMS), ODD_VALUES)
def test_two_odd_values_are_taken_or_refused(path, value, other, second):
    tables = replaced(EVERY_TERM, path, value)
    try:
        tables = replaced(tables, other, second)
    except (TypeError, KeyError, IndexError):
        pass  # the first value took the place of the second
    assert_a_deal_or_problems(tables, every_term.FOLDER)


@FUZZ
@given(
    st.dictionaries(
        st.one_of(
            st.sampled_from(INPUT_PATHS),
            st.text(max_size=30),
            st.sampled_from(ODD[:40]).filter(hashable),
        ),
        ODD_VALUES,
        min_size=1,
        max_size=3,
    )
)
def test_odd_inputs_of_a_projection_are_taken_or_refused(inputs):
    try:
        projection = project(DEAL, "closing", inputs)
        projection.certificate("revolver")
    except LexpError as problem:
        assert str(problem)
        return
    assert all(schedule.rows[-1].closing_balance == 0 for schedule in projection.schedules.values())
