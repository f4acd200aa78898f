"""Workbooks of coupons with lookbacks, fallbacks, margins that move, defaults, compounding.

Recalculated by a second engine as written, and after other inputs were typed in.
"""

from datetime import date

import openpyxl
import pytest

from lexp_calc import project
from tests.open_xml_sdk import validate_with_open_xml_sdk
from tests.workbook_templates.coupon_deals import (
    GRID,
    INPUTS,
    STEPS,
    compounded_sofr,
    default_margins,
    fallbacks,
    lookbacks_and_limits,
    margins_by_date_and_leverage,
    sofr,
)
from tests.workbook_templates.deals import changed_deal
from tests.workbook_templates.test_workbooks import assert_short_and_without_numbers
from workbook_templates import write_workbook
from workbook_templates.verify import CellError, compare, input_changes


def written(change, inputs, path, tranche=None):
    write_workbook(project(changed_deal(change), "closing", inputs), path, tranche)
    return path


@pytest.mark.parametrize("change", INPUTS)
def test_every_formula_cell_as_written_and_after_changed_inputs(tmp_path, libreoffice, change):
    as_written, typed = INPUTS[change]
    before = written(change, as_written, tmp_path / "before.xlsx")
    found = compare(before, libreoffice)
    assert found.differences == ()
    assert found.cells_compared >= 10_000
    after = written(change, typed, tmp_path / "after.xlsx")
    changes = input_changes(before, after)
    assert len(changes) > 10
    found = compare(before, libreoffice, changes, expected=after)
    assert found.differences == ()
    assert found.cells_compared >= 10_000


@pytest.mark.parametrize("change", INPUTS)
def test_formulas_are_short_and_hold_no_numbers(tmp_path, change):
    path = written(change, INPUTS[change][1], tmp_path / "deal.xlsx")
    assert_short_and_without_numbers(path)


TRANCHES = (
    (margins_by_date_and_leverage, "revolver"),
    (lookbacks_and_limits, "secured-term-loan"),
    (fallbacks, "term-loan"),
    (default_margins, "senior-notes"),
    (compounded_sofr, "term-loan"),
    (compounded_sofr, "secured-term-loan"),
)


@pytest.mark.parametrize(("change", "tranche"), TRANCHES)
def test_a_lender_s_workbook_too(tmp_path, libreoffice, change, tranche):
    """One tranche alone, its names without a suffix; as written and after changed inputs."""
    as_written, typed = INPUTS[change]
    before = written(change, as_written, tmp_path / "before.xlsx", tranche)
    after = written(change, typed, tmp_path / "after.xlsx", tranche)
    assert validate_with_open_xml_sdk(after) == []
    assert compare(before, libreoffice).differences == ()
    changes = input_changes(before, after)
    assert changes
    found = compare(before, libreoffice, changes, expected=after)
    assert found.differences == ()
    assert found.cells_compared >= 1_000


def all_at_once(tables):
    """Compounding and joined steps beside one another, on ACT/ACT ISDA, with a default margin."""
    compounded_sofr(tables)
    prime = tables["tranche"]["term-loan"]["coupon"]["options"][0]
    prime |= {"lookback": 3, "margin_steps": STEPS}
    revolver = tables["tranche"]["revolver"]["coupon"]
    revolver |= {"default_margin": "2%"}
    revolver["options"][0] |= {"lookback": 2, "margin_grid": GRID}
    for tranche in ("revolver", "term-loan", "secured-term-loan"):
        tables["tranche"][tranche]["coupon"]["day_count"] = "ACT/ACT ISDA"


def test_all_at_once_on_a_day_count_without_days(tmp_path, libreoffice):
    rates = sofr(date(2003, 12, 1), 400, 101)
    typed = INPUTS[compounded_sofr][1] | {
        "prime.2004-12-31": "4.4%",
        "default.revolver.2004-12-15": True,
        "default.revolver.2005-01-15": False,
        "leverage.revolver.2004-11-01": "4",
        "draw.revolver.2003-12-18": "5000000",
        "extend.revolver": True,
    }
    before = written(all_at_once, rates, tmp_path / "before.xlsx")
    after = written(all_at_once, rates | typed, tmp_path / "after.xlsx")
    found = compare(before, libreoffice, input_changes(before, after), expected=after)
    assert found.differences == ()


def cleared(path, name):
    """The changes that empty an input's cells."""
    ((title, reference),) = openpyxl.load_workbook(path).defined_names[name].destinations
    first, last = reference.replace("$", "").split(":")
    column = first.rstrip("0123456789")
    rows = range(int(first[len(column) :]), int(last[len(column) :]) + 1)
    return {(title, f"{column}{row}"): None for row in rows}


@pytest.mark.parametrize(
    ("change", "tranche", "name"),
    [
        (compounded_sofr, "secured-term-loan", "sofr_dates"),
        (fallbacks, "secured-term-loan", "term_sofr_3m_dates"),
        (lookbacks_and_limits, "secured-term-loan", "prime_dates"),
    ],
)
def test_a_missing_fixing_gives_an_error_never_a_number(
    tmp_path, libreoffice, change, tranche, name
):
    """The index's dates emptied: interest cannot be told, and the checks say so."""
    path = written(change, INPUTS[change][0], tmp_path / "before.xlsx", tranche)
    found = libreoffice.recalculate(path, cleared(path, name))
    book = openpyxl.load_workbook(path)
    ((title, reference),) = book.defined_names["schedule_interest"].destinations
    last = reference.replace("$", "").split(":")[1]
    column = last.rstrip("0123456789")
    total = f"{column}{int(last[len(column) :]) + 1}"
    assert isinstance(found[title, total], CellError)
    assert found[place_of(book, "master_check")] == "ERROR"


def place_of(book, name):
    ((title, reference),) = book.defined_names[name].destinations
    return title, reference.replace("$", "")


# What is typed in: the change, the name of the input, its cell (0 = the first) and a value.
OUT_OF_ORDER = [
    (margins_by_date_and_leverage, "revolver", "leverage_dates", 1, 38000),
    (margins_by_date_and_leverage, "revolver", "leverage_dates", 3, 38400),  # after a gap
    (default_margins, "term-loan", "default_dates", 1, 38000),
    (compounded_sofr, "secured-term-loan", "leverage_dates", 1, 38000),
    (lookbacks_and_limits, "term-loan", "libor_1m_dates", 1, 37000),
]


@pytest.mark.parametrize(("change", "tranche", "name", "place", "serial"), OUT_OF_ORDER)
def test_the_master_check_sees_dates_out_of_order(
    tmp_path, libreoffice, change, tranche, name, place, serial
):
    path = written(change, INPUTS[change][1], tmp_path / "before.xlsx", tranche)
    book = openpyxl.load_workbook(path)
    assert libreoffice.recalculate(path)[place_of(book, "master_check")] == "OK"
    cell = sorted(cleared(path, name), key=lambda each: int(each[1].lstrip("ABCDEFGHIJ")))[place]
    found = libreoffice.recalculate(path, {cell: float(serial)})
    assert found[place_of(book, "master_check")] == "ERROR"
