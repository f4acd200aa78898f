"""Nothing of one lender in another's workbook: the search in every part, and that it can find.

The long run is scripts/search_for_other_lenders.py, over a thousand deals.
"""

import runpy
import zipfile
from pathlib import Path
from xml.sax.saxutils import escape

import pytest

from lexp_calc import project, read_term_sheet
from lexp_calc.errors import OutOfRange
from lexp_calc.lender_view import WITHHELD
from tests.workbook_templates.bad_workbooks import rewritten
from tests.workbook_templates.leaks import Forbidden
from tests.workbook_templates.lender_deals import LenderDeal
from workbook_templates import workbook, write_workbook

ROOT = Path(__file__).parents[2]
SCRIPT = ROOT / "scripts" / "search_for_other_lenders.py"
SEEDS = range(1, 21)
LENDER, OTHER, TRANCHE = "northgate", "fjordbanken", "term-loan"


@pytest.fixture(scope="module")
def club():
    return project(read_term_sheet(ROOT / "examples" / "club-deal.toml"))


@pytest.fixture
def own_copy(club, tmp_path):
    path = tmp_path / "own.xlsx"
    write_workbook(club, path, TRANCHE, lender=LENDER)
    return path


@pytest.mark.parametrize("seed", SEEDS)
def test_no_lender_reads_of_another(seed, tmp_path):
    deal = LenderDeal(seed).deal
    projection = project(deal)
    written = 0
    for lender_id, lender in deal.lender.items():
        for tranche_id in lender.share:
            path = tmp_path / f"{lender_id}_{tranche_id}.xlsx"
            write_workbook(projection, path, tranche_id, lender=lender_id)
            assert Forbidden(projection, tranche_id, lender_id).found_in(path) == []
            written += 1
    assert written >= len(deal.lender) >= 2


def test_the_deals_have_what_could_leak():
    """Agents, reasons and passages that name lenders; whole tranches, parts, parts not placed."""
    deals = [LenderDeal(seed).deal for seed in SEEDS]
    tranches = [each for deal in deals for each in deal.tranche.values()]
    assert any(each.lender for each in tranches)
    assert any("by a message of" in each.assumption.get("maturity", "") for each in tranches)
    shares = [share for deal in deals for each in deal.lender.values() for share in [each.share]]
    held = [share for each in shares for share in each.values()]
    assert 1 in held and any(share < 1 for share in held)
    assert {len(deal.lender) for deal in deals} == {2, 3, 4, 5}
    assert {each.type for each in tranches} == {"term loan", "notes", "revolver"}
    assert not all(each.name.isascii() for deal in deals for each in deal.lender.values())


def test_the_examples_lenders_do_not_read_of_each_other(club, tmp_path):
    for lender_id, lender in club.deal.lender.items():
        for tranche_id in lender.share:
            path = tmp_path / "own.xlsx"
            write_workbook(club, path, tranche_id, lender=lender_id)
            assert Forbidden(club, tranche_id, lender_id).found_in(path) == []


OTHERS_NAME = "Fjordbanken Nordsjø ASA"
# The share of Fjordbanken, by hand: 33.28 % of 38,450,000.00 is 12,796,160.00.
SUMMARY, TEXT = "xl/worksheets/sheet1.xml", '<is><t xml:space="preserve">'
POISONS = {
    "a name in a text": (SUMMARY, TEXT, TEXT + OTHERS_NAME),
    "a name in other letters": (
        SUMMARY,
        TEXT,
        TEXT + "\uff26JORDBANKEN nordsjø asa ",
    ),
    "a name in runs": (
        SUMMARY,
        TEXT,
        "<is><r><t>Fjordbanken Nor</t></r><r><t>dsjø ASA </t></r></is><is><t>",
    ),
    "a name as entities": (
        "docProps/core.xml",
        "<dc:title>",
        "<dc:title>&#70;jordbanken Nordsj&#xF8; ASA ",
    ),
    "a contact in the properties": (
        "docProps/core.xml",
        "<dc:title>",
        "<dc:title>syndication@fjordbanken.example ",
    ),
    "a domain in the properties": ("docProps/app.xml", "<Application>", "<Application>fjordbanken.example "),
    "an id as a defined name": ("xl/workbook.xml", '<definedName name="', '<definedName name="fjordbanken" x="'),
    "a share as a number": ("xl/worksheets/sheet1.xml", "<sheetData>", "<sheetData><c><v>0.3328</v></c>"),
    "a share in per cent": (SUMMARY, TEXT, TEXT + "33.28% "),
    "a share apart from its sign": (SUMMARY, TEXT, TEXT + "33.28 % "),
    "a share with a comma": (SUMMARY, TEXT, TEXT + "33,28% "),
    "an amount as a number": ("xl/worksheets/sheet3.xml", "<sheetData>", "<sheetData><c><v>12796160</v></c>"),
    "an amount with its cents": (SUMMARY, TEXT, TEXT + "12,796,160.00 "),
    "an amount in a chart": ("xl/charts/chart1.xml", "<numCache>", "<numCache><v>12796160.0</v>"),
    "another tranche's id": (SUMMARY, TEXT, TEXT + "revolver "),
    "another tranche's size": (SUMMARY, TEXT, TEXT + "4,275,333.35 "),
}  # fmt: skip


@pytest.mark.parametrize("poison", POISONS)
def test_a_poisoned_file_is_found(club, own_copy, poison):
    part, place, poisoned = POISONS[poison]
    forbidden = Forbidden(club, TRANCHE, LENDER)
    assert forbidden.found_in(own_copy) == []

    def change(xml):
        assert place.encode() in xml
        return xml.replace(place.encode(), poisoned.encode(), 1)

    own_copy.write_bytes(rewritten(own_copy.read_bytes(), part, change))
    found = forbidden.found_in(own_copy)
    assert found and {each for each, _ in found} == {part}


@pytest.mark.parametrize("name", ["xl/fjordbanken.xml", "customXml/item1.xml"])
def test_a_part_more_is_searched_too(club, own_copy, name):
    with zipfile.ZipFile(own_copy, "a") as archive:
        archive.writestr(name, f"<note>{escape(OTHERS_NAME)}</note>")
    assert Forbidden(club, TRANCHE, LENDER).found_in(own_copy)


def test_without_the_view_of_one_lender_it_would_leak(monkeypatch, tmp_path):
    """What the deals hold on purpose is found where nothing is taken away."""
    monkeypatch.setattr(workbook, "read_by", lambda deal, lender_id: deal)
    monkeypatch.setattr(workbook, "refuse_others", lambda *of: None)
    leaking = 0
    for seed in SEEDS:
        deal = LenderDeal(seed).deal
        projection = project(deal)
        lender_id, lender = next(iter(deal.lender.items()))
        tranche_id = next(iter(lender.share))
        path = tmp_path / "leaking.xlsx"
        write_workbook(projection, path, tranche_id, lender=lender_id)
        leaking += bool(Forbidden(projection, tranche_id, lender_id).found_in(path))
    assert leaking == len(SEEDS)


def test_sentences_that_name_another_are_withheld(tmp_path):
    deal = LenderDeal(1).deal
    lender_id, lender = next(iter(deal.lender.items()))
    path = tmp_path / "own.xlsx"
    write_workbook(project(deal), path, next(iter(lender.share)), lender=lender_id)
    with zipfile.ZipFile(path) as archive:
        parts = [archive.read(name).decode() for name in archive.namelist()]
        assert any(WITHHELD in each for each in parts)


@pytest.mark.parametrize("place", ["tranche", "deal"])
def test_a_name_that_cannot_be_taken_away_is_refused(club, place, tmp_path):
    """The title of the tranche names the other lender: nothing is written."""
    deal = club.deal
    if place == "deal":
        deal = deal.model_copy(update={"name": "Loans of Caisse du Rivage"})
    else:
        tranche = deal.tranche[TRANCHE].model_copy(update={"name": "CAISSE DU  RIVAGE loan"})
        deal = deal.model_copy(update={"tranche": {**deal.tranche, TRANCHE: tranche}})
    path = tmp_path / "own.xlsx"
    with pytest.raises(
        OutOfRange, match='lender.northgate: .*found "Caisse du Rivage", of another'
    ):
        write_workbook(project(deal), path, TRANCHE, lender=LENDER)
    assert not path.exists()
    write_workbook(project(deal), path, TRANCHE, lender="caisse-rivage")


def test_a_name_within_ones_own_is_no_other_lender(club, tmp_path):
    """'Caisse' lends beside 'Caisse du Rivage', whose own copy may say its name."""
    lenders = dict(club.deal.lender)
    lenders["northgate"] = lenders["northgate"].model_copy(update={"name": "Caisse"})
    deal = club.deal.model_copy(update={"lender": lenders})
    write_workbook(project(deal), tmp_path / "own.xlsx", TRANCHE, lender="caisse-rivage")


def test_the_long_trial_counts_what_it_searches(monkeypatch, capsys):
    monkeypatch.setattr("sys.argv", [str(SCRIPT), "--deals", "2", "--seed", "7"])
    with pytest.raises(SystemExit) as ended:
        runpy.run_path(str(SCRIPT), run_name="__main__")
    assert ended.value.code == 0
    assert capsys.readouterr().out.startswith("2 deals, 13 workbooks of lenders, ")
