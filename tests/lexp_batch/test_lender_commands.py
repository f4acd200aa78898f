"""Lenders on the command line: checked with lines, shown without contacts, verified."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from lexp_batch.cli import main
from lexp_calc import builtin_deal, project, read_term_sheet
from lexp_calc.lender_files import read_lenders, with_lenders
from workbook_templates import write_workbook

CLUB = Path(__file__).parents[2] / "examples" / "club-deal.toml"
LENDERS = (
    '[lender.a]\nname = "Ä Bank"\ncontacts = ["a@b.example"]\nshare = { term-loan = "37.31%" }\n'
)


def lexp(*arguments):
    return CliRunner().invoke(main, list(map(str, arguments)))


def lines_of(path, *texts):
    lines = path.read_text(encoding="utf-8").splitlines()
    return [1 + next(n for n, line in enumerate(lines) if text in line) for text in texts]


def test_check_says_every_problem_of_lenders_with_its_line(tmp_path):
    path = tmp_path / "club.toml"
    text = CLUB.read_text(encoding="utf-8")
    text = text.replace('"43.75%"', '"60%"').replace("33.28%", "-33.28%")
    text = text.replace("loans@caisse-rivage.example", "loans@localhost")
    text = text.replace('["@northgate.example', '["northgate.example')
    text = text.replace('"31.25%"', '"40%"').replace("draw.revolver", "draw.revolvr")
    path.write_text(text, encoding="utf-8")
    made = lexp("check", path)
    allow, first, second, third, draw = lines_of(
        path, "allow =", '"60%"', "-33.28%", 'contacts = ["loans@localhost', "draw.revolvr"
    )
    assert made.exit_code == 1
    address = "an address such as loans@firstbank.example would be right"
    assert [line.removeprefix(f"{path}: ") for line in made.stderr.splitlines()] == [
        f'lender.fjordbanken.share.term-loan: found "-33.28%"; a share above 0%, at most 100%, '
        f"would be right (line {second})",
        f'lender.caisse-rivage.contacts[1]: found "loans@localhost", "localhost" after its @; '
        f"{address} (line {third})",
        f'allow[1]: found "northgate.example" with no @; {address} (line {allow})',
        f'allow[3]: found "loans@localhost", "localhost" after its @; {address} (line {allow})',
        f'scenario.base.draw.revolvr: found "revolvr"; one of "revolver", "term-loan" would be '
        f'right; did you mean "revolver"? (line {draw})',
    ]
    assert first < second


def test_shares_over_the_whole_come_with_what_else_is_wrong(tmp_path):
    path = tmp_path / "club.toml"
    text = CLUB.read_text(encoding="utf-8")
    path.write_text(text.replace('"43.75%"', '"43.76%"'), encoding="utf-8")
    made = lexp("check", path)
    assert "share.term-loan: found 22.97%, which makes 100.01% of the tranche" in made.stderr
    assert made.stderr.count("\n") == 1


def test_show_has_names_and_shares_and_no_contact():
    shown = lexp("show", CLUB).output
    assert (
        "Lenders of revolver: Northgate Commercial Bank 62.5%, Caisse du Rivage 31.25%, "
        "not placed 6.25%" in shown
    )
    assert "Fjordbanken Nordsjø ASA 33.28%" in shown
    for lender in read_term_sheet(CLUB).lender.values():
        assert not any(contact in shown for contact in lender.contacts)


def test_show_names_the_tranches_without_a_lender(tmp_path):
    path = tmp_path / "club.toml"
    text = CLUB.read_text(encoding="utf-8")
    path.write_text(
        text.replace(', revolver = "62.5%"', "").replace(', revolver = "31.25%"', ""), "utf-8"
    )
    assert "No lender is named for: revolver" in lexp("show", path).output
    assert "No lender is named" not in lexp("show").output


@pytest.fixture
def beside(tmp_path):
    """A file of lenders beside the built-in deal, and a copy made with it."""
    file = tmp_path / "beside.toml"
    file.write_text(LENDERS, encoding="utf-8")
    deal = with_lenders(builtin_deal(), read_lenders(file))
    workbook = tmp_path / "own.xlsx"
    write_workbook(project(deal), workbook, "term-loan", lender="a")
    return file, workbook


def test_verify_flips_a_copy_with_the_file_of_lenders(beside, libreoffice):
    file, workbook = beside
    made = lexp("verify", workbook, "--flips", 1, "--lenders", file)
    assert made.exit_code == 0, made.output
    assert "1 flips, " in made.output and made.output.count(", 0 differ") == 2


def test_verify_says_that_the_lender_is_missing(beside, libreoffice):
    _, workbook = beside
    made = lexp("verify", workbook, "--flips", 1)
    assert made.exit_code == 1
    assert 'its Audit sheet: lender: found "a"' in made.stderr
