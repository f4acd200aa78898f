"""Receivables by age: ineligibles by hand, each dollar taken out once, bad rows by number."""

from decimal import Decimal

import pytest

from lexp_calc import LexpError
from lexp_calc.ageing import CRITERIA, Limits, aged_receivables, eligible_receivables
from lexp_calc.ageing_rows import amounts_in_csv, amounts_in_rows
from lexp_calc.money import CENTS

HALF, FIFTH, WHOLE = 50_000_000, 20_000_000, 100_000_000  # rate units
HEADS = "customer,days,amount,contra,foreign,intercompany,government\n"


def lines(text, over_days=90, cross_age=HALF, concentration=WHOLE, criteria=CRITERIA):
    """What is taken out by criterion, in currency units, nothing left out; and what is left."""
    amounts = amounts_in_csv(text, "ageing.csv", CENTS, over_days, None)
    found = aged_receivables(amounts, Limits(over_days, cross_age, concentration), criteria)
    taken = {each: Decimal(amount) / 100 for each, amount in found.lines.items() if amount}
    return taken, Decimal(found.eligible) / 100


# rows; lines taken out; what is left. Worked out by hand after the definitions in the module.
AGEINGS = {
    "over 90 days, 90 itself is not": (
        "a,90,100,,,,\na,91,30,,,,\n",
        {"over_days": 30},
        100,
    ),
    # 50 of 100 is not more than half; 51 of 101 is
    "exactly half is not cross-aged": ("a,91,50,,,,\na,1,50,,,,\n", {"over_days": 50}, 50),
    "more than half is cross-aged": (
        "a,91,51,,,,\na,1,50,,,,\n",
        {"over_days": 51, "cross_aged": 50},
        0,
    ),
    "cross-ageing counts a customer's rows together, whatever the case of the name": (
        "Acme Inc,95,60,,,,\nOther,1,10,,,,\nACME  inc,5,40,,,,\n",
        {"over_days": 60, "cross_aged": 40},
        10,
    ),
    # Balance 100 - 30 = 70 with 20 of it old: the old credit of 30 is not netted against it.
    "credits over 90 days are added back": (
        "a,120,20,,,,\na,120,-30,,,,\na,1,80,,,,\n",
        {"over_days": 20},
        50,
    ),
    "younger credits lower what is left": ("a,10,-25,,,,\na,1,100,,,,\n", {}, 75),
    "a customer in credit has nothing to take": (
        "a,95,10,,yes,,\na,1,-40,,,,\nb,1,100,,,,\n",
        {"over_days": 10},
        60,
    ),
    "foreign, intercompany, government": (
        "f,1,10,,yes,,\ni,1,20,,,yes,\ng,1,40,,,,yes\no,1,80,,,,\n",
        {"foreign": 10, "intercompany": 20, "government": 40},
        80,
    ),
    "what is intercompany and foreign is taken once, as intercompany": (
        "x,1,10,,yes,yes,\no,1,80,,,,\n",
        {"intercompany": 10},
        80,
    ),
    "one yes marks the customer": ("x,1,10,,,,\nx,2,5,,yes,,\no,1,80,,,,\n", {"foreign": 15}, 80),
    "contra is the lower of what each owes the other": (
        "a,1,100,30,,,\nb,1,20,50,,,\n",
        {"contra": 50},
        70,
    ),
    "contra counts against what is left of a customer": (
        "a,95,40,30,,,\na,1,45,,,,\nb,95,40,60,,,\nb,1,45,,,,\n",
        {"over_days": 80, "contra": 75},
        15,
    ),
    # Left after all else: 50, 30, 20; 40 % of 100 is 40, so 10 of the 50 are too much.
    "concentration is measured once, on what is left before it": (
        "a,1,50,,,,\nb,1,30,,,,\nc,1,20,,,,\nd,95,900,,,,\n",
        {"over_days": 900, "concentration": 10},
        90,
    ),
}


@pytest.mark.parametrize("case", AGEINGS.values(), ids=AGEINGS)
def test_an_ageing_by_hand(case):
    rows, taken, left = case
    concentration = 40_000_000 if "concentration" in taken else WHOLE
    assert lines(HEADS + rows, concentration=concentration) == (taken, left)


def test_the_excess_over_a_concentration_limit_is_rounded_once_a_customer():
    """20 % of 1.03 is 0.206: each of 0.41 and 0.62 is above it, by 0.204 and 0.414."""
    taken, left = lines(HEADS + "a,1,0.41,,,,\nb,1,0.62,,,,\n", concentration=FIFTH)
    assert taken == {"concentration": Decimal("0.61")} and left == Decimal("0.42")


def test_a_criterion_that_the_contract_does_not_have_takes_nothing():
    rows = HEADS + "a,91,51,,yes,,\na,1,50,10,,,\n"
    taken, left = lines(rows, concentration=FIFTH, criteria=("over_days", "contra"))
    assert (taken, left) == ({"over_days": 51, "contra": 10}, 40)


def test_other_measures():
    rows = HEADS + "a,61,30,,,,\na,1,70,,,,\nb,1,900,,,,\n"
    assert lines(rows, over_days=60, cross_age=25_000_000) == (
        {"over_days": 30, "cross_aged": 70},
        900,
    )


# The same debts in every form that a table may have: 100 young, 40 old of A; 60 young of B.
FORMS = {
    "days": "customer,days,amount\nA,10,100\nA,95,40\nB,0,60\n",
    "columns in another order and case": "Amount,Customer,DAYS\n100,A,10\n40,A,95\n60,B,0\n",
    "buckets": "customer,current,1-30,31-60,61-90,over 90\nA,0,100,,,40\nB,60,,,,\n",
    "buckets as ledgers do": "Customer,Current,1-30 Days,31-90 days,90+\nA,,100,,40\nB,60,,,\n",
    "buckets, one row each": "customer,0-90,over 90\nA,100,40\nB,60,\n",
    "notes and empty lines": "# a note\ncustomer,days,amount\n\nA,10,100\nA,95,40\nB,0,60\n",
    "an invoice column": "invoice,customer,days,amount\n1,A,10,100\n2,A,95,40\nX-3,B,0,60\n",
    "not due yet": "customer,days,amount\nA,-10,100\nA,95,40\nB,0,60\n",
}


@pytest.mark.parametrize("text", FORMS.values(), ids=FORMS)
def test_the_forms_of_an_ageing(text):
    assert lines(text) == ({"over_days": 40}, 160)


# all receivables of a customer, of these overdue, and the threshold; all are then cross-aged.
PUBLISHED_CROSS_AGEING = [
    (10_000, 5_000, 25_000_000, "alliedfinancialcorp.com, Accounts Receivables Cross Aging 101"),
    (15_000, 7_000, 30_000_000, "fincyclopedia.net, cross-age rule: 7,000 / 15,000 is 46.6 %"),
]


@pytest.mark.parametrize("balance, overdue, threshold, source", PUBLISHED_CROSS_AGEING)
def test_published_examples_of_cross_ageing(balance, overdue, threshold, source):
    text = f"customer,days,amount\nA,91,{overdue}\nA,1,{balance - overdue}\n"
    taken = {"over_days": overdue, "cross_aged": balance - overdue}
    assert lines(text, cross_age=threshold) == (taken, 0), source


def test_contra_beside_buckets_is_owed_once():
    text = "customer,0-60,61-90,over 90,contra\nA,60,40,,30\n"
    assert lines(text) == ({"contra": 30}, 70)


@pytest.mark.parametrize(
    "heading, dates",
    [("invoice_date", ("2024-03-21", "2023-12-27")), ("due date", ("2024-04-30", "2023-12-31"))],
)
def test_ages_from_dates(heading, dates):
    """31 March 2024 less 27 December 2023 is 95 days, less 31 December 91."""
    from datetime import date

    text = f"customer,{heading},amount\nA,{dates[0]},100\nA,{dates[1]},40\n"
    amounts = amounts_in_csv(text, "a.csv", CENTS, 90, date(2024, 3, 31))
    found = aged_receivables(amounts, Limits(90, HALF, WHOLE))
    assert (found.lines["over_days"], found.eligible) == (40_00, 100_00)


def test_the_function_of_a_sheet_range():
    """Cross-aged A; of B 500 and four of 100, 900 in all, at most 20 % each: 180 + 400."""
    rows = [
        ["Customer", "Amount", "Days"],
        ["A", 1000, 30],
        ["A", 1200, Decimal(95)],
        ["B", 500, 20],
        *([name, 100, 1] for name in "CDEF"),
        [None, None, ""],
    ]
    assert eligible_receivables(rows) == Decimal("580.00")
    assert eligible_receivables(rows[1:]) == Decimal("580.00")  # without headings
    assert eligible_receivables(rows, concentration_limit=Decimal(1)) == 900
    assert eligible_receivables(rows, 90, Decimal("0.6"), Decimal(1)) == 1900
    assert eligible_receivables(rows, 120, Decimal("0.5"), Decimal(1)) == 3100


# text of a file; what the refusal says.
BAD_FILES = {
    "empty": ("", ("ageing.csv: found no rows",)),
    "headings alone": ("customer,days,amount\n", ("found no rows",)),
    "an unknown heading": (
        "customer,days,amount,terms\nA,1,2,3\n",
        ("row 1", 'found "terms"', '"contra"'),
    ),
    "a heading twice": ("customer,days,amount,days\nA,1,2,3\n", ("row 1", "heading twice")),
    "no age": ("customer,amount\nA,1\n", ("found no age", "invoice_date")),
    "two ages": ("customer,days,due date,amount\nA,1,2024-01-01,5\n", ("days and due date",)),
    "no amount": ("customer,days\nA,1\n", ("found no amount",)),
    "no customer": ("days,amount\n1,5\n", ("found no customer",)),
    "amounts beside buckets": (
        "customer,0-90,over 90,amount\nA,1,2,3\n",
        ("columns by age and amount",),
    ),
    "a bucket across the limit": ("customer,0-60,61-120\nA,1,2\n", ('"61-120"', "part at 90")),
    "a bucket that ends before it": ("customer,0-60,over 60\nA,1,2\n", ('"over 60"', "part at")),
    "a bucket backwards": ("customer,60-30,over 90\nA,1,2\n", ('"60-30"', "smaller number")),
    "dates without an as-of date": ("customer,due date,amount\nA,2024-01-01,5\n", ("as_of",)),
    "a blank customer": ("customer,days,amount\n ,1,2\n", ("row 2: customer", 'found " "')),
    "a blank amount": ("customer,days,amount\nA,1,\n", ("row 2: amount: found nothing",)),
    "an amount with separators": (
        'customer,days,amount\nA,1,"1,000"\n',
        ("row 2: amount", 'found "1,000"', "without separators"),
    ),
    "less than a cent": ("customer,days,amount\nA,1,0.001\n", ("row 2: amount", "0.01")),
    "days that are none": ("customer,days,amount\nA,soon,1\n", ("row 2: days", '"soon"')),
    "half a day": ("customer,days,amount\nA,1.5,1\n", ("row 2: days", '"1.5"')),
    "too many days": ("customer,days,amount\nA,3651,1\n", ("row 2: days", "3,650")),
    "a negative contra": ("customer,days,amount,contra\nA,1,1,-1\n", ("row 2: contra", "0 or")),
    "a flag that is none": (
        "customer,days,amount,foreign\nA,1,1,abroad\n",
        ("row 2: foreign", '"abroad"', "yes or no"),
    ),
    "a row that is short": ("customer,days,amount\nA,1\n", ("row 2: found 2 columns; 3",)),
    "a value without a heading": ("customer,days,amount\nA,1,2,3\n", ("without a heading",)),
    "the line of the file, notes counted": (
        "# a note\ncustomer,days,amount\nA,1,2\n# another\nB,x,2\n",
        ("ageing.csv: row 5: days",),
    ),
    "every bad row": (
        "customer,days,amount\nA,x,2\nB,1,2\nC,1,y\n",
        ("row 2: days", "row 4: amount"),
    ),
    "credits alone": ("customer,days,amount\nA,1,-2\n", ("credits above all receivables",)),
}


@pytest.mark.parametrize("case", BAD_FILES.values(), ids=BAD_FILES)
def test_a_bad_ageing_is_refused_by_its_row(case):
    text, parts = case
    with pytest.raises(LexpError) as caught:
        lines(text)
    said = str(caught.value)
    assert all(part in said for part in parts), said


# rows and further arguments of the function; what the refusal says.
BAD_CALLS = {
    "text for an amount": (([["A", "1000", 10]],), ("row 1: amount", 'found "1000"', "not text")),
    "text for days": (([["A", 1000, "10"]],), ("row 1: days", 'found "10"', "not text")),
    "an error for a customer": (([["#N/A", 1000, 10]],), ("row 1: customer", "#N/A")),
    "no rows": (([],), ("aging", "found nothing (a blank)")),
    "a truth value for an amount": (([["A", True, 1]],), ("row 1: amount", "found true")),
    "a binary float": (([["A", 0.1 + 0.2, 1]],), ("row 1: amount", "15 significant digits")),
    "a truth value for days": (([["A", 1, True]],), ("row 1: days", "found true")),
    "a number for a customer": (([[5, 1, 1]],), ("row 1: customer", "found 5")),
    "a share above 1": (([["A", 1, 1]], 90, Decimal(50)), ("cross_age", "0 to 1")),
    "a share that is no number": (
        ([["A", 1, 1]], 90, Decimal(0), Decimal("nan")),
        ("concentration_limit",),
    ),
    "negative days": (([["A", 1, 1]], -1), ("over_days", "found -1")),
}


@pytest.mark.parametrize("case", BAD_CALLS.values(), ids=BAD_CALLS)
def test_a_bad_call_is_refused_by_its_argument(case):
    arguments, parts = case
    with pytest.raises(LexpError) as caught:
        eligible_receivables(*arguments)
    said = str(caught.value)
    assert all(part in said for part in parts), said


def test_bad_rows_beyond_a_screenful_are_not_all_listed():
    rows = [["A", "x", 1]] * 1000
    with pytest.raises(LexpError) as caught:
        amounts_in_rows(rows, "aging", CENTS, 90)
    assert len(str(caught.value).splitlines()) == 20
