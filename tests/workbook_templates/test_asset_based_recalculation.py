"""The certificate of a revolver with caps, sub-limits and reserves, recalculated.

As written, and after other collateral, letters of credit and dates were typed in: the
workbook must then show what the core computed for them.
"""

import pytest

from lexp_calc import project
from tests.workbook_templates.deals import asset_based_lending, changed_deal
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
