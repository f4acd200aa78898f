"""Every formula cell of every workbook, recalculated by a second engine.

As written, and after other inputs were typed in: workbook A with B's inputs must show what
the core computed for B. Both have one layout, which no input changes.
"""

import pytest

from lexp_calc import builtin_deal, project
from tests.workbook_templates.deals import CHANGES, built_in, changed_deal
from workbook_templates import write_workbook
from workbook_templates.verify import compare, input_changes

EXTENDED = {"extend.revolver": True, "extend.secured-term-loan": True}
BORROWED = {
    "draw.revolver.2003-12-18": "12000000",
    "draw.revolver.2004-03-15": "1500000",
    "draw.revolver.2004-03-17": "-700000",
    "collateral.revolver.receivables.gross": "18000000",
    "collateral.revolver.receivables.over-90-days": "750000",
    "collateral.revolver.receivables.foreign": "120000",
    "collateral.revolver.inventories.gross": "9000000",
    "collateral.revolver.inventories.slow-moving": "400000",
    "reserves.revolver": "250000",
    "letters_of_credit.revolver": "300000",
}
INPUTS = {
    "prime up": ("closing", {"prime": "6.25%"}),
    "prime down a little later": ("closing", {"prime.2004-02-17": "3.75%"}),
    "historical prime, both extended": ("historical", EXTENDED),
    "LIBOR elected for part of the life": (
        "closing",
        {
            "LIBOR 1M": "1.14875%",
            "LIBOR 3M.2003-12-01": "1.17%",
            "LIBOR 3M.2005-03-05": "2.17%",
            "elect.term-loan.2004-05-01": "LIBOR 1M",
            "elect.term-loan.2005-01-03": "LIBOR 3M",
            "elect.revolver": "LIBOR 1M",
        },
    ),
    "prepayments on and between payment dates": (
        "historical",
        {
            "prepay.term-loan.2004-07-15": "1234567",
            "prepay.term-loan.2005-01-03": "1000000",
            "prepay.secured-term-loan.2004-12-20": "2000000",
            "prepay.senior-notes.2005-03-15": "10000000",
            # 1 May 2005 is a Sunday: the coupon runs to it, the part redeemed a day longer.
            "prepay.senior-notes.2005-05-02": "5000000",
            "prepay.senior-notes.2008-02-29": "1000001",
            "prepay.junior-notes.2006-06-14": "347000",
        },
    ),
    "collateral filled in, loans drawn": ("closing", BORROWED | {"as_of": "2004-06-15"}),
    "over-advanced": (
        "closing",
        BORROWED | {"collateral.revolver.receivables.gross": "9000000", "as_of": "2004-06-15"},
    ),
    "shares above the strike": ("closing", {"share_price": "5.125", "as_of": "2006-02-01"}),
    "a warrant's value": (
        "closing",
        {"share_price": "2.2655", "volatility": "61.8%", "riskless_rate": "3.42%"},
    ),
    "a warrant's value on its last day": (
        "closing",
        {
            "share_price": "5.125",
            "volatility": "500%",
            "riskless_rate": "-2.5%",
            "as_of": "2009-08-01",
            "prepay.senior-notes.2005-03-15": "40000000",
        },
    ),
    "after the warrants expired": ("closing", {"share_price": "5", "as_of": "2009-08-02"}),
    "all together": (
        "historical",
        EXTENDED
        | BORROWED
        | {
            "LIBOR 1M": "2.5%",
            "elect.term-loan.2005-06-01": "LIBOR 1M",
            "elect.term-loan.2006-06-01": "prime",
            "prepay.term-loan.2005-08-15": "400000",
            "as_of": "2005-09-30",
        },
    ),
}
TRANCHES = (*builtin_deal().tranche, None)


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    """The path of a workbook of the built-in deal under a case, written once."""
    folder = tmp_path_factory.mktemp("workbooks")
    paths = {}

    def path_of(tranche, case=None):
        if (tranche, case) not in paths:
            name = f"{tranche or 'deal'}_{len(paths)}.xlsx"
            projection = project(builtin_deal(), *INPUTS.get(case, ("closing", {})))
            write_workbook(projection, folder / name, tranche)
            paths[tranche, case] = folder / name
        return paths[tranche, case]

    return path_of


def assert_same(comparison, at_least):
    assert comparison.differences == ()
    assert comparison.cells_compared >= at_least


@pytest.mark.parametrize("tranche", TRANCHES)
def test_every_formula_cell_as_written(written, libreoffice, tranche):
    assert_same(compare(written(tranche), libreoffice), 1000)


@pytest.mark.parametrize("case", INPUTS)
@pytest.mark.parametrize("tranche", TRANCHES)
def test_every_formula_cell_after_changed_inputs(written, libreoffice, tranche, case):
    before, after = written(tranche), written(tranche, case)
    changes = input_changes(before, after)
    assert_same(compare(before, libreoffice, changes, expected=after), 1000)


def test_the_cases_change_every_workbook(written):
    """Each tranche's inputs are changed by some case, else nothing above was tried."""
    for tranche in TRANCHES:
        before = written(tranche)
        changed = [case for case in INPUTS if input_changes(before, written(tranche, case))]
        assert len(changed) >= 2, tranche


@pytest.mark.parametrize("change", [each for each in CHANGES if each is not built_in])
def test_other_conventions(tmp_path, libreoffice, change):
    """The deal's workbook under other terms, and after changed inputs."""
    deal = changed_deal(change)
    before, after = tmp_path / "before.xlsx", tmp_path / "after.xlsx"
    write_workbook(project(deal), before)
    assert_same(compare(before, libreoffice), 10_000)
    prepayments = {
        "prepay.term-loan.2004-02-27": "1000000",
        "prepay.term-loan.2005-08-31": "1000000",
        "prepay.senior-notes.2008-02-29": "1000000",
        "prepay.senior-notes.2008-03-31": "1000000",
        "prime.2005-02-28": "5.60%",
        "prime.2006-01-31": "7.60%",
    }
    write_workbook(project(deal, "historical", EXTENDED | prepayments), after)
    changes = input_changes(before, after)
    assert_same(compare(before, libreoffice, changes, expected=after), 10_000)


def test_a_poisoned_cell_is_found(written, libreoffice, tmp_path):
    """The comparison can fail: one stored interest amount changed by a cent."""
    import re
    from zipfile import ZipFile

    good, poisoned = written("term-loan"), tmp_path / "poisoned.xlsx"
    found = 0
    with ZipFile(good) as source, ZipFile(poisoned, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            if name.startswith("xl/worksheets/sheet"):
                # 61,875.00: interest of the first period's 30 days would be; the value after
                # the first payment's formula is what is changed.
                content, count = re.subn(
                    rb"(<f>ROUND\([A-Z]+6/interest_divisor,2\)</f><v>)([0-9.]+)(</v>)",
                    lambda match: match[1] + b"%.2f" % (float(match[2]) + 0.01) + match[3],
                    content,
                )
                found += count
            target.writestr(name, content)
    assert found == 1
    comparison = compare(poisoned, libreoffice)
    assert [difference.sheet for difference in comparison.differences] == ["Schedule"]
