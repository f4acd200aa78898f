"""The certificate of a revolver with caps, sub-limits and reserves, recalculated.

As written, and after other collateral, letters of credit and dates were typed in: the
workbook must then show what the core computed for them.
"""

import pytest

from lexp_calc import project
from tests.workbook_templates.deals import asset_based_lending, changed_deal
from tests.workbook_templates.reading import Reading
from workbook_templates import write_workbook
from workbook_templates.verify import compare, input_changes

BASE = "collateral.revolver"
MIDDLING = {
    f"{BASE}.in-transit.gross": "1234567.89",
    f"{BASE}.receivables.gross": "12345678.91",
    f"{BASE}.receivables.over-90-days": "1111111.11",
    f"{BASE}.receivables.cross-aged": "222222.22",
    f"{BASE}.foreign.gross": "900000.01",
    f"{BASE}.raw-materials.gross": "3333333.33",
    f"{BASE}.raw-materials.obsolete": "33333.33",
    f"{BASE}.finished-goods.gross": "4444444.44",
    f"{BASE}.finished-goods.slow-moving": "444444.44",
    f"{BASE}.equipment.gross": "2000000",
    "reserves.revolver.rent": "123456.78",
    "letters_of_credit.revolver.2003-12-18": "700000",
    "draw.revolver.2003-12-18": "9000000",
}
CASES = {
    "no cap binds": {
        f"{BASE}.in-transit.gross": "1",
        f"{BASE}.receivables.gross": "30000000",
        f"{BASE}.foreign.gross": "1",
        f"{BASE}.raw-materials.gross": "1",
        f"{BASE}.finished-goods.gross": "1000",
        f"{BASE}.equipment.gross": "1",
    },
    "middling collateral": MIDDLING | {"as_of": "2004-03-31"},
    "every cap binds": MIDDLING
    | {
        f"{BASE}.in-transit.gross": "90000000",
        f"{BASE}.foreign.gross": "90000000",
        f"{BASE}.raw-materials.gross": "90000000",
        f"{BASE}.finished-goods.gross": "90000000",
        f"{BASE}.equipment.gross": "90000000",
        "reserves.revolver.dilution": "345678.90",
        "letters_of_credit.revolver.2004-02-02": "1250000.50",
        "letters_of_credit.revolver.2004-06-30": "0",
        "as_of": "2004-06-29",
    },
    "appraised anew, so that the rate on cost holds": MIDDLING
    | {"appraisal.revolver.finished-goods": "70.5%"},
    "appraised anew at less": MIDDLING | {"appraisal.revolver.finished-goods": "43.217%"},
    "over-advanced": MIDDLING
    | {
        f"{BASE}.receivables.gross": "2345678.91",
        "letters_of_credit.revolver.2004-06-30": "2000000",
        "as_of": "2004-07-01",
    },
    "nothing to lend against": {
        f"{BASE}.{each}.gross": "0"
        for each in (
            "in-transit",
            "receivables",
            "foreign",
            "raw-materials",
            "finished-goods",
            "equipment",
        )
    },
}


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    """The path of the revolver's or the deal's workbook under a case, written once."""
    folder = tmp_path_factory.mktemp("certificates")
    deal = changed_deal(asset_based_lending)
    paths = {}

    def path_of(tranche, case=None):
        if (tranche, case) not in paths:
            path = folder / f"{len(paths)}.xlsx"
            write_workbook(project(deal, "closing", CASES.get(case, {})), path, tranche)
            paths[tranche, case] = path
        return paths[tranche, case]

    return path_of


@pytest.mark.parametrize("tranche", ["revolver", None])
def test_the_blank_certificate_as_written(written, libreoffice, tranche):
    found = compare(written(tranche), libreoffice)
    assert found.differences == () and found.cells_compared > 500


@pytest.mark.parametrize("case", CASES)
def test_the_certificate_after_collateral_was_typed_in(written, libreoffice, case):
    before, after = written("revolver"), written("revolver", case)
    changes = input_changes(before, after)
    assert len(changes) >= 6
    found = compare(before, libreoffice, changes, expected=after)
    assert found.differences == () and found.cells_compared > 500


def test_the_certificate_emptied_again(written, libreoffice):
    before, after = written("revolver", "every cap binds"), written("revolver")
    found = compare(before, libreoffice, input_changes(before, after), expected=after)
    assert found.differences == ()


DAY = 37_990  # 4 January 2004, as a sheet counts days
# cells typed in, by name and row of the area; the check that then says ERROR.
UNSOUND = {
    "letters above the sublimit": (
        {("letter_dates", 1): DAY, ("letter_amounts", 1): 2_000_000.01},
        "Letters of credit never exceed their sublimit",
    ),
    "letters out of order": (
        {("letter_dates", 2): DAY, ("letter_dates", 1): DAY, ("letter_amounts", 2): 5.0},
        "Letters of credit are in date order",
    ),
    "a gap before a date": (
        {("letter_dates", 3): DAY, ("letter_amounts", 3): 5.0},
        "Letters of credit stand without gaps",
    ),
    "a date without an amount": (
        {("letter_dates", 1): DAY},
        "Each date of the letters of credit has an amount",
    ),
    "ineligibles above the gross amount": (
        {("receivables_gross", 0): 1.0, ("receivables_foreign", 0): 2.0},
        "Ineligibles never exceed the gross amount of a class",
    ),
}


@pytest.mark.parametrize("case", UNSOUND.values(), ids=UNSOUND)
def test_unsound_collateral_is_said_on_the_checks(written, libreoffice, case):
    typed, check = case
    path = written("revolver", "middling collateral")
    found = Reading(path)
    changes = {}
    for (name, down), value in typed.items():
        title, area = found.place(name)
        first = area.split(":")[0]
        letters = first.rstrip("0123456789")
        changes[title, f"{letters}{int(first[len(letters) :]) + down}"] = float(value)
    recalculated = libreoffice.recalculate(path, changes)
    assert found.named("master_check") == "OK"
    assert recalculated[found.place("master_check")] == "ERROR"
    row = next(row[0].row for row in found.book["Checks"].iter_rows() if row[0].value == check)
    assert recalculated["Checks", f"D{row}"] == "ERROR"


def test_the_certificate_by_hand(written):
    """The middling case: 88 % x 11,012,345.58 = 9,690,864.1104; 80 % x 900,000.01 = 720,000.008;
    45.125 % x 3,300,000 = 1,489,125; 85 % x 61.37 % = 52.1645 %, less than the 52.5 % of cost,
    x 4,000,000 = 2,086,580, of which 12.5 %,
    260,822.50, for goods in transit; 80 % x 2,000,000 = 1,600,000 for equipment. No other cap
    binds: 15,847,391.62 less rent of 123,456.78 is the base, less 750,000 may be used.
    """
    found = Reading(written("revolver", "middling collateral"))
    assert found.named("certificate_borrowing_base") == 15_723_934.84
    assert found.named("certificate_limit") == 15_723_934.84
    assert found.named("certificate_availability") == 5_273_934.84  # less 9,000,000 and 700,000


def test_a_later_appraisal_by_hand(written):
    """85 % x 70.5 % = 59.925 % of 4,000,000, at most 52.5 %: 2,100,000; at 43.217 %: 1,469,378."""
    label, sheet = "Lendable value: eligible x the lesser rate", "Borrowing base"
    higher = Reading(written("revolver", "appraised anew, so that the rate on cost holds"))
    assert higher.line(sheet, label)[0] == 2_100_000
    assert Reading(written("revolver", "appraised anew at less")).line(sheet, label)[0] == 1_469_378


def test_every_cap_by_hand(written):
    """The case in which each cap binds: receivables 9,690,864.11; foreign capped at 1,500,000.50.

    Stock: raw materials 2,500,000 and finished goods above 46 million, at most 75 % of the
    receivables, 7,268,148.0825; equipment: 20 / 80 of the other 18,459,012.69 is more than
    its 4,000,000. In all 22,459,012.69; less reserves of 469,135.68 is 21,989,877.01.
    """
    found = Reading(written("revolver", "every cap binds"))
    sheet = "Borrowing base"
    assert found.line(sheet, "Stock, lendable value")[0] == 7_268_148.08
    assert found.line(sheet, "Afloat, lendable value")[0] == 500_000
    assert found.line(sheet, "Raw materials, lendable value")[0] == 2_500_000
    assert found.line(sheet, "Equipment, lendable value")[0] == 4_000_000
    assert found.named("certificate_borrowing_base") == 21_989_877.01
    assert found.named("certificate_limit") == 20_000_000  # committed from 1 March to 30 June
    assert found.line(sheet, "Letters of credit")[0] == 1_250_000.50  # from 2 February to 29 June
