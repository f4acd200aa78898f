"""The commands, through click's runner: what they print, where, and how they end."""

import csv
import io
import json
import re
import tempfile
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from click.testing import CliRunner

import lexp_calc
from lexp_batch.cli import main
from tests.lexp_batch.term_sheets import THREE_MISTAKES, copy_of_built_in, with_three_mistakes

# The columns that the product's users rely on, in this order.
COLUMNS = (
    "payment_date, accrual_start, accrual_end, days, opening_balance, drawn, index_rate, "
    "all_in_rate, interest, pik_interest, scheduled_principal, prepayment, balloon, fees, "
    "total_payment, closing_balance"
).split(", ")
MONEY = [each for each in COLUMNS[4:] if not each.endswith("_rate")]
HISTORICAL = ("--scenario", "historical")
DATES, RATES = COLUMNS[:3], ["index_rate", "all_in_rate"]


def run(*arguments):
    result = CliRunner().invoke(main, [str(each) for each in arguments])
    assert "Traceback" not in result.output
    return result


def rows_of(*arguments):
    result = run("schedule", *arguments, "--format", "csv")
    assert result.exit_code == 0, result.stderr
    return list(csv.DictReader(io.StringIO(result.stdout)))


def total(rows, column):
    return sum(Decimal(row[column]) for row in rows)


class TestWithoutACommand:
    def test_says_in_eighteen_lines_what_it_can_do(self):
        result = run()
        assert result.exit_code == 0
        assert len(result.stdout.splitlines()) == 18
        for command in (
            "show",
            "schedule",
            "facts",
            "workbooks",
            "verify",
            "init",
            "schema",
            "check",
            "compare",
            "addin install",
            "doctor",
        ):
            assert f"lexp {command}" in result.stdout

    def test_version(self):
        assert run("--version").stdout.strip().endswith(lexp_calc.__version__)


class TestWrongUsage:
    @pytest.mark.parametrize(
        "arguments",
        [
            ("shwo",),
            ("schedule",),
            ("check",),
            ("schedule", "term-loan", "--format", "xml"),
            ("schedule", "term-loan", "--set", "prime"),
            ("schedule", "term-loan", "--set", "=5%"),
            ("facts", "--format", "csv"),
            ("show", "lexp-2003", "lexp-2003"),
            ("workbooks", "--no-such-option"),
        ],
    )
    def test_ends_with_2_and_prints_no_result(self, arguments):
        result = run(*arguments)
        assert (result.exit_code, result.stdout) == (2, "")
        assert result.stderr


class TestRefusals:
    @pytest.mark.parametrize(
        ("arguments", "expected"),
        [
            (("schedule", "term-laon"), 'did you mean "term-loan"?'),
            (("schedule", "x"), '"revolver", "term-loan", "secured-term-loan", "senior-notes"'),
            (("facts", "--scenario", "histrical"), 'did you mean "historical"?'),
            (("schedule", "term-loan", "--set", "pirme=5.00%"), 'did you mean "prime"?'),
            (("schedule", "term-loan", "--set", "prime=5"), 'did you mean "5%"?'),
            (("schedule", "term-loan", "--set", "extend.term-loan=true"), "extension"),
            (("show", "no-such-file.toml"), "no-such-file.toml: found no such file"),
        ],
    )
    def test_ends_with_1_one_line_and_no_result(self, arguments, expected):
        result = run(*arguments)
        assert (result.exit_code, result.stdout) == (1, "")
        assert expected in result.stderr
        assert len(result.stderr.splitlines()) == 1

    @pytest.mark.parametrize("command", ["show", "facts", "check"])
    def test_a_refused_term_sheet_says_every_problem(self, tmp_path, command):
        path = with_three_mistakes(tmp_path)
        result = run(command, path)
        assert (result.exit_code, result.stdout) == (1, "")
        lines = result.stderr.splitlines()
        assert len(lines) == len(THREE_MISTAKES)
        for _, _, expected in THREE_MISTAKES:
            assert any(line.startswith(f"{path}: {expected}") for line in lines), expected

    def test_a_line_end_in_a_file_name_makes_no_second_line(self):
        result = run("show", "two\nlines\x1b[31m.toml")
        assert len(result.stderr.splitlines()) == 1
        assert "\x1b" not in result.stderr

    def test_a_fault_of_the_program_is_one_line_and_a_log(self, monkeypatch):
        def broken(*_):
            raise KeyError("an inner detail")

        monkeypatch.setattr(lexp_calc, "project", broken)
        result = run("show")
        assert (result.exit_code, result.stdout) == (1, "")
        (line,) = result.stderr.splitlines()
        assert "an inner detail" not in line
        log = Path(line.rsplit(" ", 1)[1])
        assert "Traceback" in log.read_text("utf-8") and "an inner detail" in log.read_text("utf-8")
        log.unlink()

    def test_a_fault_that_cannot_be_logged_is_one_line_still(self, monkeypatch, tmp_path):
        def broken(*_):
            raise KeyError("an inner detail")

        monkeypatch.setattr(lexp_calc, "project", broken)
        monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "no-such-folder"))
        result = run("show")
        assert (result.exit_code, result.stdout) == (1, "")
        (line,) = result.stderr.splitlines()
        assert "no log could be written" in line


class TestCheck:
    def test_a_good_file(self, tmp_path):
        path = copy_of_built_in(tmp_path, "good.toml")
        result = run("check", path)
        assert (result.exit_code, result.stderr) == (0, "")
        assert result.stdout == f"{path}: OK, lexp-2003 with 5 tranches\n"

    def test_all_problems_of_all_files_and_then_the_good_ones(self, tmp_path):
        good, bad = copy_of_built_in(tmp_path, "good.toml"), with_three_mistakes(tmp_path)
        result = run("check", bad, good, tmp_path / "missing.toml")
        assert result.exit_code == 1
        assert len(result.stderr.splitlines()) == len(THREE_MISTAKES) + 1
        assert result.stdout == f"{good}: OK, lexp-2003 with 5 tranches\n"

    def test_a_scenario_that_cannot_be_projected(self, tmp_path):
        # 4 July 2004 is a Sunday: nothing can be prepaid on it
        change = 'inherits = "closing"\n', 'inherits = "closing"\nprepay.term-loan.2004-07-04 = 1\n'
        path = copy_of_built_in(tmp_path, "holiday.toml", [change])
        result = run("check", path)
        assert (result.exit_code, result.stdout) == (1, "")
        assert result.stderr.startswith(f"{path}: scenario.historical: tranche.term-loan: prepay")

    def test_an_empty_folder(self, tmp_path):
        result = run("check", tmp_path)
        assert (result.exit_code, result.stdout) == (1, "")
        assert result.stderr.startswith(f"{tmp_path}: found a folder; ")


class TestSchedule:
    @pytest.mark.parametrize(
        "tranche", ["revolver", "term-loan", "secured-term-loan", "senior-notes", "junior-notes"]
    )
    def test_csv_has_the_columns_and_plain_figures(self, tranche):
        rows = rows_of(tranche, "--scenario", "historical")
        assert list(rows[0]) == COLUMNS
        for row in rows:
            for column in MONEY:
                assert re.fullmatch(r"\d+\.\d\d", row[column]), column
            for column in RATES:
                assert re.fullmatch(r"0|0\.\d*[1-9]", row[column]), column
            for column in DATES:
                assert date.fromisoformat(row[column])
            assert row["days"].isdigit()

    def test_json_is_the_same_rows_with_numbers(self):
        arguments = "secured-term-loan", "--scenario", "historical"
        text = run("schedule", *arguments, "--format", "json").stdout
        found = json.loads(text, parse_float=str, parse_int=str)
        assert found == rows_of(*arguments)
        assert list(found[0]) == COLUMNS
        assert isinstance(json.loads(text)[0]["drawn"], float)

    def test_the_balance_of_the_term_loan(self):
        rows = rows_of("term-loan")
        # the press release: 29 instalments by June 2006, what is unpaid due on 30 June 2006
        assert rows[-1]["balloon"] == "4800000.00"
        assert rows[-1]["payment_date"] == "2006-06-30"
        assert rows[0]["drawn"] == rows[0]["closing_balance"] == "13500000.00"
        # 1 February 2004 is a Sunday; 13.5m x 5.50% x 46/360
        assert (rows[1]["payment_date"], rows[1]["interest"]) == ("2004-02-02", "94875.00")
        assert rows[1]["all_in_rate"] == "0.055"

    def test_a_named_scenario(self):
        # H.15: prime 4.25 % (with the margin 8.25 %) until 10 August 2004, then 4.50 %; of the 30
        # days from 2 August to 1 September 8 at the one and 22 at the other
        rows = {row["payment_date"]: row for row in rows_of("secured-term-loan", *HISTORICAL)}
        assert rows["2004-09-01"]["all_in_rate"] == "0.084333333333"
        assert rows["2004-09-01"]["index_rate"] == "0.0425"

    def test_inputs_change_the_scenario(self):
        rows = rows_of("term-loan", "--set", "extend.revolver=true", "--set", "prime=5.00%")
        assert sum(1 for row in rows if row["scheduled_principal"] == "300000.00") == 45
        assert rows[1]["all_in_rate"] == "0.065"

    def test_libor_by_election(self):
        rows = rows_of(
            "term-loan", "--set", "LIBOR 1M=1.14875%", "--set", 'elect.term-loan="LIBOR 1M"'
        )
        assert (rows[1]["index_rate"], rows[1]["all_in_rate"]) == ("0.0114875", "0.0489875")

    def test_of_one_input_given_twice_the_last_counts(self):
        rows = rows_of("term-loan", "--set", "prime=9.00%", "--set", "prime=5.00%")
        assert rows[1]["index_rate"] == "0.05"

    def test_another_deal(self, tmp_path):
        change = "principal = 347_000", "principal = 347_000.55"
        path = copy_of_built_in(tmp_path, "other.toml", [change])
        assert rows_of("junior-notes", "--deal", path)[-1]["balloon"] == "347000.55"

    def test_table_for_people(self):
        lines = run("schedule", "secured-term-loan").stdout.splitlines()
        assert len({len(line) for line in lines if line.startswith("----")}) == 1
        second = next(line for line in lines if line.startswith("2004-01-02"))
        assert "11,500,000.00" in second and "8.25%" in second and " - " in second
        totals = next(line for line in lines if line.startswith("Total"))
        rows = rows_of("secured-term-loan")
        for column in ("interest", "scheduled_principal", "balloon", "fees", "total_payment"):
            assert f" {total(rows, column):,}" in totals, column
        assert lines[-1] == "Zero throughout: pik interest, prepayment."

    def test_case_of_a_name_does_not_matter(self):
        assert rows_of("Term-Loan", "--scenario", "HISTORICAL")[-1]["balloon"] == "4800000.00"


class TestFacts:
    def test_json_is_a_list_of_objects(self):
        result = run("facts", "--format", "json")
        found = {each["id"]: each for each in json.loads(result.stdout, parse_float=Decimal)}
        balloon = found["secured-term-loan.balloon-if-extended"]
        assert balloon["value"] == 7_468_000 and balloon["unit"] == "USD"
        warrants = found["warrant.senior-warrants.number"]
        assert (warrants["value"], warrants["printed"], warrants["difference"]) == (
            424_760,
            424_781,
            21,
        )
        assert found["term-loan.rate.prime"]["value"] == Decimal("0.055")
        assert found["term-loan.last-instalment-if-extended"]["value"] == "2007-10-01"
        keys = "id group figure value unit derivation printed difference source".split()
        assert all(list(each) == keys for each in found.values())
        assert not re.search(r"\d[eE][+-]?\d", result.stdout)

    def test_table_names_what_differs(self):
        text = run("facts").stdout
        assert "13,500,000.00 - 29 x 300,000.00 = 4,800,000.00 [p2-5]" in text
        assert "424,781 printed, 424,760 by the rule, difference 21" in text

    def test_of_another_scenario(self):
        text = run("facts", "--scenario", "historical").stdout
        assert "The floor of 8.25% is exceeded from: 2004-08-10" in text


class TestShow:
    def test_the_deal_on_one_screen(self):
        text = run("show").stdout
        assert max(map(len, text.splitlines())) <= 120
        assert text.count("\n") <= 60
        for expected in (
            "Lexington Precision Corporation",
            "secured-term-loan  11,500,000.00",
            "prime + 4.00%, at least 8.25%",
            "37,000,000.00 = revolver + term-loan",
            "2006-06-30",
        ):
            assert expected in text

    def test_leverage_and_coverage_where_earnings_are_given(self, tmp_path):
        """67,823,000 and 25,000,000 of debt at closing, 42,823,000 and 5,142,230 of interest."""
        term_sheet = Path(lexp_calc.__file__).parent / "deals" / "lexp-2003.toml"
        text = term_sheet.read_text("utf-8").replace(
            "[scenario.closing]\n",
            "[scenario.closing]\nearnings = { 2003-12-18 = 10_000_000, 2008-12-31 = 10_000_000 }\n",
        )
        path = tmp_path / "deal.toml"
        path.write_text(text.replace("../data/", f"{term_sheet.parents[1] / 'data'}/"), "utf-8")
        lines = run("show", path).stdout.splitlines()
        assert "2003-12-18: earnings 10,000,000.00, debt 6.78x, senior secured debt 2.50x" in lines
        assert (
            "2008-12-31: earnings 10,000,000.00, debt 4.28x, senior secured debt 0.00x, "
            "interest coverage 1.94x, debt service coverage 1.94x"
        ) in lines
        assert "earnings 10" not in run("show").stdout

    def test_what_is_assumed_is_counted_and_listed(self):
        text = " ".join(run("show").stdout.split())
        assert re.search(r"\d+ terms are assumptions", text)
        assert "day count (revolver, term-loan, secured-term-loan): US bank loans" in text
        assert "interest dates not stated: as the New Notes" in text
