"""lexp init, lexp schema and lexp check, as somebody uses them in a folder of her own."""

import json
import os
import re
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import get_args

import pytest
from click.testing import CliRunner

from lexp_batch.cli import main
from lexp_calc import project, read_term_sheet
from lexp_calc.calendars import BUSINESS_DAY_CONVENTIONS, CALENDARS
from lexp_calc.coupons import Coupon
from lexp_calc.day_count import DAY_COUNTS
from lexp_calc.fees import Fee
from lexp_calc.level_repayment import Repayment
from lexp_calc.money import MINOR_UNIT_DIGITS
from lexp_calc.periods import FREQUENCIES
from lexp_calc.rates import INDICES
from lexp_calc.term_sheet_schema import term_sheet_schema
from lexp_calc.tranches import TRANCHE_TYPES
from lexp_calc.validation import models_in
from tests.lexp_batch.term_sheets import THREE_MISTAKES, copy_of_built_in, with_three_mistakes

ROOT = Path(__file__).parents[2]


def run(*arguments):
    result = CliRunner().invoke(main, [str(each) for each in arguments])
    assert "Traceback" not in result.output
    return result


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return tmp_path


def types_of(union):
    return {get_args(model.model_fields["type"].annotation)[0] for model in models_in(union)}


class TestInit:
    def test_what_it_writes_passes_the_check_as_it_is(self, folder):
        result = run("init", "my.toml")
        assert (result.exit_code, result.stdout, result.stderr) == (0, "my.toml\n", "")
        result = run("check", "my.toml")
        assert (result.exit_code, result.stderr) == (0, "")
        assert result.stdout == "my.toml: OK, my with 3 tranches\n"
        assert [each.name for each in folder.iterdir()] == ["my.toml"]

    def test_it_shows_each_kind_of_tranche_and_gives_cash_flows(self):
        run("init", "my.toml")
        deal = read_term_sheet("my.toml")
        assert {tranche.type for tranche in deal.tranche.values()} == set(TRANCHE_TYPES)
        for name in deal.scenario:
            projection = project(deal, name)
            assert all(projection.schedules[each].total("interest") for each in deal.tranche)
            assert projection.certificate("revolver").availability > 0

    @pytest.mark.parametrize(
        ("names", "written_above"),
        [
            (MINOR_UNIT_DIGITS, "currency ="),
            (CALENDARS, "calendar ="),
            (types_of(Coupon), 'type = "floating"'),
            (DAY_COUNTS, "day_count ="),
            (FREQUENCIES, "frequency ="),
            (BUSINESS_DAY_CONVENTIONS, "business_day ="),
            (types_of(Fee), "[tranche.term-loan.fees.closing]"),
        ],
    )
    def test_every_choice_stands_above_the_term(self, names, written_above):
        run("init", "my.toml")
        text = Path("my.toml").read_text("utf-8")
        comment = text[: text.index(f"\n{written_above}")].rpartition("# one of ")[2]
        assert set(re.findall(r'"([^"]+)"', comment.partition("\n# The first")[0])) == set(names)

    @pytest.mark.parametrize("names", [TRANCHE_TYPES, INDICES, types_of(Repayment)])
    def test_choices_of_types_and_indices_are_listed(self, names):
        run("init", "my.toml")
        comments = re.findall(r"^# one of (.*(?:\n# \".*)*)$", Path("my.toml").read_text(), re.M)
        assert set(names) in [set(re.findall(r'"([^"]+)"', each)) for each in comments]

    def test_the_terms_that_are_switched_off_may_be_switched_on(self):
        run("init", "my.toml")
        text = Path("my.toml").read_text("utf-8")
        switched_on, count = re.subn("^#- ", "", text, flags=re.M)
        assert count > 20 and "#-" not in switched_on.partition("#- to use it")[2]
        Path("all.toml").write_text(switched_on, "utf-8")
        result = run("check", "all.toml")
        assert (result.exit_code, result.stderr) == (0, "")
        projection = project(read_term_sheet("all.toml"))
        assert projection["term-loan"].rows[-1].due_date == date(2029, 1, 15)
        assert projection["term-loan"].total("prepayment") > 0
        assert projection["senior-notes"].total("pik_interest") > 0

    def test_no_line_is_too_long_to_read(self):
        run("init", "my.toml")
        assert max(map(len, Path("my.toml").read_text("utf-8").splitlines())) <= 100

    def test_its_first_line_names_the_schema_for_editors(self, folder):
        run("init", "my.toml")
        first = Path("my.toml").read_text("utf-8").splitlines()[0]
        # taplo: a path beside the file
        assert first == "#:schema ./lexp.schema.json"

    @pytest.mark.parametrize(
        ("file", "deal_id"),
        [
            ("acme-2026.toml", "acme-2026"),
            ("My Deal.toml", "my-deal"),
            ("con.toml", "my-deal"),
            ("ü.toml", "my-deal"),
            ("-x.toml", "my-deal"),
        ],
    )
    def test_the_id_follows_the_name_of_the_file_where_it_is_one(self, file, deal_id):
        assert run("init", "--", file).exit_code == 0
        assert read_term_sheet(file).id == deal_id

    def test_a_file_that_is_there_stays_as_it_is(self):
        Path("my.toml").write_text("mine")
        result = run("init", "my.toml")
        assert (result.exit_code, result.stdout) == (1, "")
        assert result.stderr.startswith("my.toml: found a file there already; ")
        assert Path("my.toml").read_text() == "mine"

    @pytest.mark.parametrize(
        ("file", "expected"),
        [
            ("none/my.toml", 'none/my.toml: found no folder "none"; '),
            ("my.txt", 'my.txt: found the ending ".txt"; a file that ends in .toml would be right'),
            ("my", 'my: found the ending ""; '),
            ("my.xlsx", "not there yet"),
        ],
    )
    def test_what_it_refuses(self, folder, file, expected):
        result = run("init", file)
        assert (result.exit_code, result.stdout) == (1, "")
        assert expected in result.stderr and len(result.stderr.splitlines()) == 1
        assert not list(folder.iterdir())

    def test_a_folder_of_that_name(self, folder):
        Path("my.toml").mkdir()
        assert run("init", "my.toml").exit_code == 1

    def test_a_line_end_in_the_name_does_not_end_a_comment(self):
        if os.name == "nt":
            pytest.skip("no file of that name on Windows")
        assert run("init", "a\nb = 1.toml").exit_code == 0
        assert run("check", "a\nb = 1.toml").exit_code == 0


class TestSchema:
    def test_it_is_printed_as_json(self):
        result = run("schema")
        assert (result.exit_code, result.stderr) == (0, "")
        assert json.loads(result.stdout) == term_sheet_schema()

    def test_it_takes_no_argument(self):
        assert run("schema", "x").exit_code == 2


def line_of(path, text):
    """The line of a file that starts with a text, and that alone."""
    lines = path.read_text("utf-8").splitlines()
    (number,) = (number for number, line in enumerate(lines, 1) if line.startswith(text))
    return number


class TestLinesOfProblems:
    def problems(self, path):
        result = run("check", path)
        assert (result.exit_code, result.stdout) == (1, "")
        lines = result.stderr.splitlines()
        assert all(line.startswith(f"{path}: ") for line in lines)
        return [line.removeprefix(f"{path}: ") for line in lines]

    def test_each_problem_ends_with_its_line(self, folder):
        path = with_three_mistakes(folder)
        places = ['coupon = { type = "fixed", rate = 12,', "principal = -1"]
        found = self.problems(path)
        assert len(found) == len(THREE_MISTAKES)
        for text, (_, _, start) in zip(places, THREE_MISTAKES, strict=False):
            (line,) = (line for line in found if line.startswith(start))
            assert line.endswith(f" (line {line_of(path, text)})")
        # nothing is there to point at
        (line,) = (line for line in found if line.startswith("currency: found nothing"))
        assert line == "currency: found nothing; this term is required"

    @pytest.mark.parametrize(
        ("old", "new", "start", "place"),
        [
            (  # missing: the table that should have it
                'frequency = "quarterly"\nbusiness_day = "Following"\ninterest_for_delay = '
                '"none"\n\n[tranche.junior-notes.payments.assumption]',
                'frequency = "quarterly"\ninterest_for_delay = "none"\n\n'
                "[tranche.junior-notes.payments.assumption]",
                "tranche.junior-notes.payments.business_day: found nothing; ",
                "[tranche.junior-notes.payments]",
            ),
            (  # within an inline table within a list
                '  { index = "prime", margin = "1.00%"',
                '  { index = "prime", margin = 1.00',
                "tranche.revolver.coupon.options[1].margin: found 1.00; ",
                '  { index = "prime", margin = 1.00',
            ),
            (  # between two parts of the deal
                'tranches = ["revolver", "term-loan"]',
                'tranches = ["revolver", "term-laon"]',
                'facility.secured-credit-facility.tranches: found "term-laon"; ',
                "tranches = [",
            ),
            (  # a source in an inline table, named as in the list of terms
                'source.rate = "p6-1"',
                'source.rate = "p6-9"',
                'tranche.junior-notes.coupon.source.rate: found "p6-9"; ',
                'coupon = { type = "fixed", rate = "13%"',
            ),
            (  # an amount that the currency does not have
                "principal = 347_000",
                "principal = 347_000.005",
                "tranche.junior-notes.principal: found 347000.005; ",
                "principal = 347_000.005",
            ),
            (  # an unknown key
                'contact = "Warren',
                'contract = "Warren',
                'contract: found the unknown key "contract"; ',
                "contract =",
            ),
        ],
    )
    def test_the_line_of(self, folder, old, new, start, place):
        path = copy_of_built_in(folder, "bad.toml", [(old, new)])
        (line,) = (line for line in self.problems(path) if line.startswith(start))
        assert line.endswith(f" (line {line_of(path, place)})")

    def test_a_key_that_stands_twice(self, folder):
        path = copy_of_built_in(
            folder, "bad.toml", [('currency = "USD"\n', 'currency = "USD"\ncurrency = "USD"\n')]
        )
        (line,) = self.problems(path)
        second = line_of(path, 'contact = "Warren') + 2
        assert line.startswith("file: found ") and f"(at line {second}, " in line
        assert path.read_text("utf-8").splitlines()[second - 1] == 'currency = "USD"'

    @pytest.mark.parametrize(
        ("change", "place"),
        [
            ("prepay.term-loan.2004-07-04 = 1", "prepay.term-loan"),
            ('elect.term-loan = "LIBOR 1M"', 'index.prime = { file = "../data'),  # no rates of it
            ("draw.revolver.2004-07-04 = 5", "draw.revolver"),
        ],
    )
    def test_an_input_that_keeps_a_scenario_from_being_projected(self, folder, change, place):
        old = 'inherits = "closing"\n'
        path = copy_of_built_in(folder, "bad.toml", [(old, f"{old}{change}\n")])
        (line,) = self.problems(path)
        assert line.startswith("scenario.historical: tranche.")
        assert line.endswith(f" (line {line_of(path, place)})")

    def test_collateral_that_makes_no_certificate(self, folder):
        old = 'inherits = "closing"\n'
        change = "collateral.revolver.receivables = { foreign = 5 }"
        path = copy_of_built_in(folder, "bad.toml", [(old, f"{old}{change}\n")])
        (line,) = self.problems(path)
        assert line.startswith("scenario.historical: collateral.revolver.receivables.gross: ")
        assert line.endswith(f" (line {line_of(path, change)})")

    def test_an_input_of_the_scenario_that_is_inherited(self, folder):
        old = "[scenario.closing]\n"
        new = f"{old}prepay.term-loan.2004-07-04 = 1\n"
        path = copy_of_built_in(folder, "bad.toml", [(old, new)])
        found = self.problems(path)
        assert {line.split(":")[0] for line in found} == {
            "scenario.closing",
            "scenario.historical",
        }
        for line in found:
            assert line.endswith(f" (line {line_of(path, 'prepay.term-loan')})")

    def test_terms_cross_checks_and_projections_all_at_once(self, folder):
        inherits = 'inherits = "closing"\n'
        path = copy_of_built_in(
            folder,
            "bad.toml",
            [
                ("strike = 3.50\nexercisable_from = 2005-08-01\nexpires = 2009-08-01\n"
                 "retired_with_notes_before = 2005-08-01\n\n[warrant.senior-warrants.source]",
                 "strike = 0\nexercisable_from = 2005-08-01\nexpires = 2009-08-01\n"
                 "retired_with_notes_before = 2005-08-01\n\n[warrant.senior-warrants.source]"),
                ('tranches = ["revolver", "term-loan"]', 'tranches = ["revolver", "x"]'),
                ('maturity = "p6-1"', 'maturity = "p6-9"'),
                (inherits, f"{inherits}prepay.term-loan.2004-07-04 = 1\nextend.x = true\n"
                 "excess_cash.2004-03-31 = 5\n"),
            ],
        )  # fmt: skip
        found = self.problems(path)
        assert sum("prepay.2004-07-04" in line for line in found) == 1
        assert sorted(line.split(": ")[0] for line in found) == [
            "facility.secured-credit-facility.tranches",
            "scenario.historical",
            "scenario.historical.excess_cash",
            "scenario.historical.extend.x",
            "tranche.junior-notes.source.maturity",
            "warrant.senior-warrants.strike",
        ]

    @pytest.mark.parametrize(
        ("old", "new", "start"),
        [
            ("principal = 13_500_000", "principal = -1", "tranche.term-loan.principal: found -1; "),
            (
                'unless_extended = "revolver"',
                'unless_extended = "senior-notes"',
                "tranche.term-loan.springing.unless_extended: found ",
            ),
        ],
    )
    def test_what_follows_from_a_bad_tranche_is_not_said(self, folder, old, new, start):
        """The prepayment cannot be judged before the loan is right."""
        inherits = 'inherits = "closing"\n'
        prepaid = f"{inherits}prepay.term-loan.2004-07-04 = 1\n"
        path = copy_of_built_in(folder, "bad.toml", [(old, new), (inherits, prepaid)])
        (line,) = self.problems(path)
        assert line.startswith(start)

    def test_a_workbook_is_not_taken_yet_and_that_is_said(self):
        Path("my.xlsx").write_bytes(b"PK")
        assert self.problems("my.xlsx") == [
            'file: found the ending ".xlsx"; a term sheet in TOML would be right; '
            "as workbooks they are not there yet"
        ]

    def test_a_scenario_that_inherits_itself(self, folder):
        old = "[scenario.closing]\n"
        path = copy_of_built_in(folder, "bad.toml", [(old, f'{old}inherits = "historical"\n')])
        found = self.problems(path)
        assert found and all("found a circle" in line for line in found)
        assert len(found) == len(set(found)) == 2


def test_the_package_runs_as_the_command(folder):
    done = subprocess.run(
        [sys.executable, "-m", "lexp_batch", "init", "my.toml"],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert (done.returncode, done.stdout.strip(), done.stderr) == (0, "my.toml", "")
    done = subprocess.run(
        [sys.executable, "-m", "lexp_batch", "init"],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode == 2 and done.stderr.startswith("Usage: lexp init")
