"""Rates of return, effective interest and gains that others have printed."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from lexp_calc.debt_restructuring import restructuring_gain
from lexp_calc.effective_rates import effective_interest, effective_rate
from lexp_calc.extinguishment import extinguishment_gain, ten_percent_test
from lexp_calc.internal_rates import xirr, xnpv
from lexp_calc.issue_proceeds import proceeds_to_warrants
from tests.lexp_calc.published import figures, inputs, title

ROWS = figures("accounting.csv")
START = date(2021, 1, 1)
# Books round each row to the dollar, and their rate to a table's; two rows may be 2 apart.
DOLLARS_APART = 2


def numbers(text):
    return [Decimal(each) for each in text.split()]


def year_ends(count):
    """Days of which each is 365 after the one before, so that a rate a year is one a period."""
    return [START + timedelta(days=365 * number) for number in range(count)]


def of_dates(case):
    return numbers(case["amounts"]), case["dates"].split()


def table_of(case):
    interest, principal = numbers(case["interest"]), numbers(case["principal"])
    _, *dates = year_ends(len(interest) + 1)
    return effective_interest(
        Decimal(case["carrying"]), START, interest, principal, dates, "equal periods"
    )


def column(case, name):
    table = table_of(case)
    values = [row[table.headings.index(name)] for row in table.rows]
    return values[int(case["row"]) - 1] if "row" in case else sum(values)


def rate_of(case):
    both = zip(numbers(case["interest"]), numbers(case["principal"]), strict=True)
    paid = [sum(each) for each in both]
    _, *dates = year_ends(len(paid) + 1)
    return effective_rate(Decimal(case["carrying"]), START, paid, dates, "equal periods")


def irr(case):
    amounts = numbers(case["amounts"])
    return xirr(amounts, year_ends(len(amounts)))


def gain(case):
    return restructuring_gain(
        Decimal(case["carrying"]), numbers(case["amounts"]), Decimal(case["equity"])
    )


def cash_flow_test(case):
    old, new = [Decimal(case["old"])], [Decimal(case["new"])]
    table = ten_percent_test(old, [START], new, [START], 0.1, START, Decimal(case["fees"]))
    assert table.rows[0][4] == "yes"
    return table.rows[0][3]


FIGURES = {
    "xirr": lambda case: xirr(*of_dates(case)),
    "xnpv": lambda case: xnpv(Decimal(case["rate"]), *of_dates(case)),
    "irr": irr,
    "effective rate": rate_of,
    "interest expense": lambda case: column(case, "interest_expense"),
    "amortization": lambda case: column(case, "amortization"),
    "closing carrying amount": lambda case: column(case, "closing_carrying_amount"),
    "total interest expense": lambda case: column(case, "interest_expense"),
    "total amortization": lambda case: column(case, "amortization"),
    "extinguishment gain": lambda case: extinguishment_gain(
        *(Decimal(case[name]) for name in ("principal", "unamortized", "price"))
    ),
    "restructuring gain": gain,
    "proceeds to warrants": lambda case: proceeds_to_warrants(
        *(Decimal(case[name]) for name in ("proceeds", "notes", "warrants"))
    ),
    "cash flow test": cash_flow_test,
}
TABLE_ROWS = ("interest expense", "amortization", "closing carrying amount")


@pytest.mark.parametrize("row", ROWS, ids=title)
def test_the_printed_figure(row):
    found = FIGURES[row["figure"]](inputs(row))
    printed = Decimal(row["value"])
    apart = abs(Decimal(found) - printed)
    if row["figure"] in TABLE_ROWS:
        assert apart <= DOLLARS_APART, f"{found} for {printed}"
    elif row["unit"] == "USD" and row["figure"] != "xnpv":
        assert apart == 0, f"{found} for {printed}"
    else:  # half a unit of the last printed digit, or one where the printer cut the rest
        assert apart <= Decimal(1).scaleb(printed.as_tuple().exponent), f"{found} for {printed}"
