"""Every spreadsheet function: its example, its words, and what it does with bad cells."""

import math
from datetime import date
from decimal import Decimal

import pytest

import lexp_calc
from lexp_calc.errors import LexpError, NotThere
from lexp_calc.functions import FUNCTIONS, function_named
from lexp_calc.kinds import COLUMN, SCALAR, TABLE
from lexp_calc.spreadsheet_function import LONGEST_HELP, Table

CLOSE = 1e-9  # relative
# The names and arguments that users' sheets rely on; brackets: may be left out.
PROMISED = """
LEXP_DAYS(start, end, day_count, [termination])
LEXP_YEARFRAC(start, end, day_count, [period_start], [period_end], [frequency])
LEXP_BUSINESS_DAY(date, convention, [calendar])
LEXP_PAYMENT_DATES(start, end, frequency, [first_date], [convention], [calendar])
LEXP_INDEX(index, date)
LEXP_ALL_IN_RATE(index_rate, margin, [floor], [cap])
LEXP_AMORTIZATION(principal, rate, instalment, start, first_payment, frequency, maturity, [day_count])
LEXP_LEVEL_PAYMENT(principal, rate, periods, frequency)
LEXP_BALLOON(principal, instalment, first_payment, frequency, maturity)
LEXP_INTEREST(principal, rate, start, end, day_count)
LEXP_FEE(principal, fee_rate)
LEXP_XIRR(amounts, dates)
LEXP_XNPV(rate, amounts, dates)
LEXP_AVERAGE_LIFE(dates, principal_amounts, start)
LEXP_BORROWING_BASE(eligible_receivables, eligible_inventory, [receivables_rate], [inventory_rate], [reserves])
LEXP_AVAILABILITY(borrowing_base, commitment, outstanding, [letters_of_credit])
LEXP_ELIGIBLE_RECEIVABLES(aging, [over_days], [cross_age], [concentration_limit])
LEXP_UNUSED_FEE(commitment, outstanding, fee_rate, start, end)
LEXP_ACCRUED(principal, coupon, from_date, to_date, [day_count])
LEXP_NOTE_PRICE(settlement, maturity, coupon, yield, frequency, [day_count])
LEXP_NOTE_YIELD(settlement, maturity, coupon, price, frequency, [day_count])
LEXP_EXCHANGE_RATIO(coupon, accrued_from, accrued_to, [day_count])
LEXP_NEW_NOTES(old_principal, ratio)
LEXP_REDEMPTION_AMOUNT(principal, coupon, last_payment_date, redemption_date, [day_count])
LEXP_REPURCHASE_GAIN(face, accrued, price)
LEXP_REINSTATED_CLAIM(face, accrued, price, returned)
LEXP_WARRANT_EXERCISE_VALUE(share_price, warrants, [strike], [as_of])
LEXP_WARRANT_VALUE(share_price, strike, expiry, as_of, volatility, rate, [warrants], [shares_outstanding])
LEXP_WARRANT_SHARES(share_price, warrants, [strike])
LEXP_WARRANTS_RETIRED(notes_redeemed, notes_outstanding, warrants, redemption_date)
LEXP_SCHEDULE(deal, tranche, [scenario])
LEXP_BALANCE(deal, tranche, date, [scenario])
LEXP_DEBT_SERVICE(deal, tranche, from_date, to_date, [scenario])
LEXP_TERMS(deal, tranche)
LEXP_CAP_TABLE(deal, [date])
LEXP_MATURITY_WALL(deal)
LEXP_SOURCES_AND_USES(deal)
""".split("\n")[1:-1]


def signature(function):
    names = (f"[{each.name}]" if each.is_optional else each.name for each in function.arguments)
    return f"{function.name}({', '.join(names)})"


@pytest.mark.parametrize("promised", PROMISED, ids=lambda each: each.partition("(")[0])
def test_a_promised_function_takes_its_arguments_in_order(promised):
    """More arguments may follow, if they may be left out."""
    name = promised.partition("(")[0]
    own = signature(FUNCTIONS[name])
    assert own == promised or own.startswith(f"{promised[:-1]}, [")


def called(function, changes=None):
    """The example's call with some arguments changed."""
    return function.plain(**(function.example.args | (changes or {})))


def plain(value):
    """A value as an example writes it."""
    if isinstance(value, Table):
        return [list(value.headings), *(list(map(plain, row)) for row in value.rows)]
    if isinstance(value, tuple):
        return [plain(each) for each in value]
    if isinstance(value, date):
        return value.isoformat()
    return float(value) if isinstance(value, Decimal) else value


def assert_close(found, expected, where=""):
    if isinstance(expected, list):
        assert isinstance(found, list) and len(found) == len(expected), f"{where}: {found}"
        for number, (one, other) in enumerate(zip(found, expected, strict=True), 1):
            assert_close(one, other, f"{where}[{number}]")
    elif isinstance(expected, (int, float, Decimal)) and not isinstance(expected, bool):
        assert math.isclose(found, expected, rel_tol=CLOSE, abs_tol=CLOSE), where
    else:
        assert found == expected, where


@pytest.fixture(params=FUNCTIONS.values(), ids=FUNCTIONS)
def function(request):
    return request.param


def test_the_example_gives_its_value(function):
    assert_close(plain(called(function)), function.example.value, function.name)


def test_the_example_names_arguments_and_their_source(function):
    names = [each.name for each in function.arguments]
    needed = {each.name for each in function.arguments if not each.is_optional}
    assert needed <= set(function.example.args) <= set(names)
    assert list(function.example.args) == [each for each in names if each in function.example.args]
    assert function.source.strip()


def test_the_words_fit_a_spreadsheet(function):
    assert set(function.argument_help) == {each.name for each in function.arguments}
    for text in (function.help, *function.argument_help.values()):
        assert 3 < len(text) <= LONGEST_HELP and text == text.strip() and "\n" not in text


def test_the_function_is_in_the_core_by_its_name(function):
    name = function.plain.__name__
    assert getattr(lexp_calc, name) is function.plain and name in lexp_calc.__all__


def test_the_docstring_says_what_it_computes(function):
    assert len(function.plain.__doc__.splitlines()[0]) > 20


# ------------------------------------------------------------------- bad cells

OF_NO_SCALAR = {
    "a list": [1, 2],
    "a table": [[1, 2], [3, 4]],
    "an error": "#N/A",
    "another error": "#REF!",
    "an object": {"a": 1},
    "white space": "  ",
}
OF_NO_NUMBER = {
    "text": "12x",
    "a number as text": "1",
    "separators": "1,000",
    "underscores": "1_000",
    "full-width digits": "\uff11\uff12",
    "true": True,
    "false": False,
    "not a number": math.nan,
    "infinite": math.inf,
    "infinite below": -math.inf,
    "far too large": 1e308,
    "a decimal without end": Decimal("sNaN"),
    "far too large a whole number": 10**400,
}
OF_NO_DATE = {
    "no such day": "2006-02-29",
    "day or month first": "06/07/2006",
    "a serial number": 60,
    "a serial number of today": 38000,
    "time": "2006-06-30T00:00:00",
    "zone": "2006-06-30Z",
    "year 9999": "9999-12-31",
    "too early": "1900-02-28",
    "text": "soon",
    "true": True,
}
OF_NO_TEXT = {"a number": 7, "true": True, "not a number": math.nan}
OF_NO_YES_OR_NO = {"a number": 1, "text": "yes"}
BY_WRITTEN = {
    "number": OF_NO_NUMBER,
    "date": OF_NO_DATE,
    "text": OF_NO_TEXT,
    "yes or no": OF_NO_YES_OR_NO,
}
OF_NO_RANGE = {
    "one number": 7,
    "text": "abc",
    "an error": "#N/A",
    "nothing in it": [],
    "true": True,
}


def bad_values(argument):
    """Values that no argument of this kind may have."""
    if argument.kind.shape == SCALAR:
        return OF_NO_SCALAR | BY_WRITTEN[argument.kind.written]
    if argument.kind.shape == COLUMN:
        bad = {
            f"{name} in it": [value] for name, value in BY_WRITTEN[argument.kind.written].items()
        }
        bad |= {"a blank within": [None, bad["true in it"][0]], "two columns": [[1, 2], [3, 4]]}
        return OF_NO_RANGE | bad
    assert argument.kind.shape == TABLE
    return OF_NO_RANGE | {"ragged rows": [[1, 2, 3], [1, 2]], "blank rows": [[None, None]]}


CASES = [
    (function, argument, name)
    for function in FUNCTIONS.values()
    for argument in function.arguments
    for name in bad_values(argument)
]


@pytest.mark.parametrize(
    ("function", "argument", "name"),
    CASES,
    ids=[f"{f.name}-{a.name}-{name.replace(' ', '-')}" for f, a, name in CASES],
)
def test_a_bad_cell_is_refused_by_the_name_of_its_argument(function, argument, name):
    with pytest.raises(LexpError) as caught:
        called(function, {argument.name: bad_values(argument)[name]})
    text = str(caught.value)
    assert any(line.startswith(argument.name) for line in text.splitlines()), text
    assert "Traceback" not in text and "would be right" in text


def test_a_blank_is_no_zero(function):
    for argument in function.arguments:
        if argument.is_optional:
            continue
        with pytest.raises(LexpError, match=f"(?m)^{argument.name}: found nothing"):
            called(function, {argument.name: None})


def test_an_argument_too_many_is_refused(function):
    with pytest.raises(LexpError, match="found no argument of this name"):
        called(function, {"principle": 1})
    with pytest.raises(LexpError, match=rf"found {len(function.arguments) + 1} arguments"):
        function.plain(*[1] * (len(function.arguments) + 1))


def test_names_are_found_in_any_case_and_the_nearest_is_named():
    assert function_named("lexp_exchange_ratio") is FUNCTIONS["LEXP_EXCHANGE_RATIO"]
    assert function_named("exchange_ratio") is FUNCTIONS["LEXP_EXCHANGE_RATIO"]
    with pytest.raises(NotThere, match='did you mean "LEXP_EXCHANGE_RATIO"'):
        function_named("LEXP_EXCHANG_RATIO")
    with pytest.raises(NotThere, match="lexp functions"):
        function_named("")
