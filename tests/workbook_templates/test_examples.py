"""The workbooks of the example term sheets: recalculated, validated, and short formulas.

Every tranche's and every deal's workbook of the default scenario, as written, and after the
inputs of the file's other scenarios, and others still, were typed in.
"""

from functools import cache
from pathlib import Path

import pytest

from lexp_calc import project, read_term_sheet
from tests.open_xml_sdk import validate_with_open_xml_sdk
from tests.workbook_templates.test_workbooks import assert_short_and_without_numbers
from workbook_templates import write_workbook
from workbook_templates.verify import compare, input_changes

EXAMPLES = Path(__file__).parents[2] / "examples"
# A second scenario of each file, and inputs that none of its scenarios has.
CHANGED = {
    "asset-based-revolver": (
        "over-advance",
        {
            "Term SOFR 1M.2024-05-31": "-0.25%",
            # Of the option that is not elected: no check minds.
            "prime.2024-05-15": "-5.00%",
            "elect.revolver": "Term SOFR 1M",
            "letters_of_credit.revolver.2025-02-03": "1999999.99",
            "collateral.revolver.equipment.gross": "1000000",
            "as_of": "2025-03-31",
        },
    ),
    "club-deal": (
        "prepaid",
        {
            "prepay.term-loan.2026-11-02": "1234567.89",
            "draw.revolver.2028-02-01": "-3000000.01",
            "Term SOFR 3M.2027-01-29": "-0.50%",
            "as_of": "2027-06-30",
        },
    ),
    "commercial-mortgage": (
        "sold",
        {
            "prepay.mortgage.2026-04-01": "1234567.89",
            "prepay.improvement-loan.2025-07-04": None,
            "default.mortgage.2025-05-05": True,
            "default.mortgage.2025-08-20": False,
        },
    ),
    "exchange-offer": (
        "ship-sold",
        {
            "prepay.bank-loan.2026-02-17": "7654321.09",
            "prepay.new-notes.2027-04-01": "1",
            "as_of": "2027-06-30",
        },
    ),
    "mezzanine-with-warrants": (
        "sold",
        {
            "elect.bank-loan.2022-07-01": "prime",
            "Term SOFR 3M.2025-03-31": "0.10%",
            "share_price": "0.005",
            "volatility": "123.456789%",
            "riskless_rate": "-0.5%",
            "prepay.mezzanine.2021-10-15": "1000000",
            "prepay.bank-loan.2025-06-30": "2500000.01",
        },
    ),
    "pik-toggle-note": (
        "called-early",
        {
            "pay_in_kind.toggle-notes.2024-11-15": "50%",
            "treasury_yield.2025-01-02": "1.25%",
            "prepay.toggle-notes.2025-03-03": "10000000.01",
        },
    ),
    "term-loan-b": (
        "repriced",
        {
            "leverage.term-loan-b.2025-11-14": "3.50",
            "leverage.delayed-draw-loan.2027-02-15": "3.51",
            "Term SOFR 3M.2026-06-01": "0.49%",
            "draw.delayed-draw-loan.2026-03-26": "20000000",
            "draw.revolver.2026-08-17": "55500000",
            "excess_cash.2026-10-15": "900000000",
        },
    ),
    "yen-loan": (
        "default",
        {
            "prepay.term-loan.2025-02-17": "1",
            "draw.working-capital.2026-10-01": "999999999",
            "draw.working-capital.2026-09-24": None,
        },
    ),
}
WORKBOOKS = [
    (name, tranche)
    for name in CHANGED
    for tranche in (*read_term_sheet(EXAMPLES / f"{name}.toml").tranche, None)
]


@cache
def projected(name, changed):
    deal = read_term_sheet(EXAMPLES / f"{name}.toml")
    if not changed:
        return project(deal)
    scenario, inputs = CHANGED[name]
    return project(deal, scenario, {path: each for path, each in inputs.items() if each})


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    """The path of a workbook, written once."""
    folder = tmp_path_factory.mktemp("examples")
    paths = {}

    def path_of(name, tranche, changed=False):
        key = (name, tranche, changed)
        if key not in paths:
            paths[key] = folder / f"{len(paths)}.xlsx"
            write_workbook(projected(name, changed), paths[key], tranche)
        return paths[key]

    return path_of


def test_every_example_is_here():
    assert sorted(CHANGED) == sorted(path.stem for path in EXAMPLES.glob("*.toml"))


@pytest.mark.parametrize("name, tranche", WORKBOOKS)
def test_every_formula_cell(written, libreoffice, name, tranche):
    """As written, and after the changed inputs were typed in."""
    before, after = written(name, tranche), written(name, tranche, True)
    found = compare(before, libreoffice)
    assert found.differences == () and found.cells_compared > 1_000
    changes = input_changes(before, after)
    assert changes
    found = compare(before, libreoffice, changes, expected=after)
    assert found.differences == ()


@pytest.mark.parametrize("name", CHANGED)
def test_the_open_xml_sdk_finds_nothing(written, name):
    assert validate_with_open_xml_sdk(written(name, None)) == []


@pytest.mark.parametrize("name, tranche", WORKBOOKS)
def test_formulas_are_short_and_hold_no_numbers(written, name, tranche):
    assert_short_and_without_numbers(written(name, tranche))


def test_half_a_yen_of_a_share_is_rounded_away_from_zero(tmp_path, libreoffice):
    """2,750,176,429 x 3/26 is 317,328,049.5: amount x amount / amount falls below the half."""
    deal = read_term_sheet(EXAMPLES / "yen-loan.toml")
    inputs = {"prepay.term-loan.2026-02-13": "653012866"}
    path = tmp_path / "loan.xlsx"
    projection = project(deal, "prepaid", inputs)
    paid = [row.scheduled_principal for row in projection["term-loan"].rows]
    assert 317_328_050 in paid
    write_workbook(projection, path, "term-loan")
    assert compare(path, libreoffice).differences == ()
