"""lexp compare: scenarios, scenario files and term sheets side by side."""

import csv
import io
import json
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from click.testing import CliRunner

from lexp_batch.cli import main
from tests.lexp_batch.term_sheets import copy_of_built_in


def run(*arguments):
    result = CliRunner().invoke(main, [str(each) for each in arguments])
    assert "Traceback" not in result.output
    return result


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def starter():
    """The starter term sheet, whose deal has a revolver with collateral and two scenarios."""
    assert run("init", "my.toml").exit_code == 0
    return "my.toml"


def compared(*arguments):
    result = run("compare", *arguments, "--format", "json")
    assert (result.exit_code, result.stderr) == (0, "")
    return json.loads(result.stdout, parse_float=Decimal)


def figures(comparison, tranche):
    return {each["figure"]: each for each in comparison["tranches"][tranche]}


def rows_of(tranche, *arguments):
    text = run("schedule", tranche, *arguments, "--format", "csv").stdout
    return list(csv.DictReader(io.StringIO(text)))


def total(rows, column):
    return sum(Decimal(row[column]) for row in rows)


class TestScenarios:
    @pytest.mark.parametrize("tranche", ["term-loan", "secured-term-loan", "senior-notes"])
    def test_figures_are_those_of_the_schedules(self, tranche):
        found = figures(compared("closing", "historical"), tranche)
        sides = [rows_of(tranche, "--scenario", each) for each in ("closing", "historical")]
        for figure, column in (
            ("interest", "interest"),
            ("fees", "fees"),
            ("balloon", "balloon"),
            ("total paid", "total_payment"),
        ):
            sums = [total(rows, column) for rows in sides]
            if any(sums):
                assert found[figure]["values"] == sums
                assert found[figure]["differences"] == [sums[1] - sums[0]]
        for year in (2004, 2005, 2006):
            sums = [
                total([row for row in rows if row["payment_date"].startswith(f"{year}")], column)
                for column in ["total_payment"]
                for rows in sides
            ]
            assert found[f"debt service {year}"]["values"] == sums
        last = sides[0][-1]["payment_date"]
        assert found["balloon paid"]["values"] == [last, last]

    def test_the_deal_is_the_sum_of_its_tranches(self):
        found = compared("closing", "historical")
        for total_figure in found["deal"]:
            name = total_figure["figure"]
            of_tranches = [
                figures(found, tranche)[name]["values"]
                for tranche in found["tranches"]
                if name in figures(found, tranche)
            ]
            sums = [sum(values) for values in zip(*of_tranches, strict=True)]
            assert total_figure["values"] == sums, name

    def test_average_life_by_hand(self, starter):
        found = figures(compared("base", "rates-up", "--deal", starter), "senior-notes")
        days = (date(2033, 1, 18) - date(2026, 1, 15)).days  # 15 January 2033 is a Saturday
        assert found["average life"]["values"] == [round(Decimal(days) / 365, 4)] * 2

    def test_availability_by_hand(self, starter):
        found = figures(compared("base", "rates-up", "--deal", starter), "revolver")
        # 85% x (8,000,000 - 350,000 - 150,000) - 100,000
        assert found["borrowing base"]["values"] == [6_275_000, 6_275_000]
        # less loans of 2,500,000 and letters of credit of 250,000
        assert found["availability"]["values"] == [3_525_000, 3_525_000]

    def test_an_extension_moves_the_maturity(self, starter):
        found = figures(compared("base", "rates-up", "--deal", starter), "revolver")
        assert found["maturity"]["values"] == ["2029-01-15", "2030-01-15"]
        assert found["maturity"]["differences"] == [365]
        assert found["debt service 2030"]["values"][0] is None

    def test_inputs_that_differ(self, starter):
        found = compared("base", "rates-up", "--deal", starter)
        inputs = {each["path"]: each["values"] for each in found["inputs"]}
        assert inputs == {
            "index.prime": ["6.75%", "8.75%"],
            "index.Term SOFR 1M": [
                "2 dates: 3.70% from 2026-01-15, 3.40% from 2027-01-15",
                "5.70%",
            ],
            "elect.revolver": [None, "Term SOFR 1M from 2026-07-01"],
            "extend.revolver": [None, "true"],
            "prepay.term-loan": [None, "500,000 from 2028-03-15"],
        }
        assert found["terms"] == []

    def test_inputs_by_date_where_both_have_dates(self, folder, starter):
        Path("a.toml").write_text('inherits = "base"\nprepay.term-loan.2027-03-15 = 5\n')
        Path("b.toml").write_text(
            'inherits = "base"\nprepay.term-loan = { 2027-03-15 = 5, 2028-03-15 = 7 }\n'
        )
        found = compared("a.toml", "b.toml", "--deal", starter)["inputs"]
        assert found == [{"path": "prepay.term-loan.2028-03-15", "values": [None, "7"]}]

    def test_more_than_two_are_held_against_the_first(self, starter):
        Path("a.toml").write_text('inherits = "base"\nindex.prime = "7.75%"\n')
        found = compared("base", "rates-up", "a.toml", "base", "--deal", starter)
        assert [side["name"] for side in found["sides"]] == ["base", "rates-up", "a.toml", "base"]
        interest = figures(found, "revolver")["interest"]
        assert len(interest["values"]) == 4 and len(interest["differences"]) == 3
        assert interest["differences"][2] == 0
        assert interest["differences"][1] == interest["values"][2] - interest["values"][0] > 0

    def test_elections_by_hand(self, starter):
        base, up = compared("base", "rates-up", "--deal", starter)["elections"]
        assert (base["tranche"], base["side"]) == ("revolver", "base")
        first = base["periods"][0]
        # 15 January to 2 February is 18 days; prime 6.75% + 0.50%, SOFR 3.70% + 2.25%
        assert first["interest"] == {
            "prime": Decimal("9062.50"),  # 2,500,000 x 7.25% x 18/360
            "Term SOFR 1M": Decimal("7437.50"),  # 2,500,000 x 5.95% x 18/360
        }
        assert (first["elected"], first["cheapest"]) == ("prime", "Term SOFR 1M")
        assert first["saving"] == Decimal("1625.00")
        assert base["saving"] == sum(each["saving"] for each in base["periods"])
        elected = {each["accrual_start"]: each["elected"] for each in up["periods"]}
        assert elected["2026-06-01"] == "prime" and elected["2026-07-01"] == "Term SOFR 1M"

    def test_no_elections_where_one_rate_is_known(self):
        assert compared("closing", "historical")["elections"] == []


class TestTermSheets:
    def test_terms_that_differ(self, folder):
        changes = [("principal = 347_000", "principal = 348_000"), ('id = "lexp-2003"', 'id = "b"')]
        other = copy_of_built_in(folder, "b.toml", changes)
        found = compared("lexp-2003", other)
        assert found["terms"] == [
            {"path": "id", "values": ["lexp-2003", "b"]},
            {"path": "tranche.junior-notes.principal", "values": ["347,000", "348,000"]},
        ]
        assert figures(found, "junior-notes")["balloon"]["differences"] == [1000]
        assert [side["deal"] for side in found["sides"]] == ["lexp-2003", "b"]

    def test_a_tranche_that_one_alone_has(self, starter):
        text = Path(starter).read_text("utf-8").replace("tranche.senior-notes", "tranche.new-notes")
        Path("other.toml").write_text(text, "utf-8")
        found = compared(starter, "other.toml")
        assert figures(found, "senior-notes")["interest"]["values"] == [2_660_000, None]
        assert figures(found, "new-notes")["interest"]["values"] == [None, 2_660_000]
        assert figures(found, "new-notes")["interest"]["differences"] == [None]

    def test_currencies_are_never_held_against_one_another(self, folder):
        euro = copy_of_built_in(folder, "b.toml", [('currency = "USD"', 'currency = "EUR"')])
        for figure in compared("lexp-2003", euro)["deal"]:
            assert figure["differences"] == [None]
            assert figure["values"].count(None) == 1


class TestForPeople:
    def test_side_by_side(self, starter):
        result = run("compare", "closing", "historical")
        assert (result.exit_code, result.stderr) == (0, "")
        text = result.stdout
        assert text.startswith("closing against historical\n")
        assert "Inputs that differ" in text and "Terms that differ" not in text
        # 96,000 x 30 instalments leave 8,620,000 (the press release)
        row = next(
            line for line in text.splitlines() if line.startswith("balloon   ") and "8,6" in line
        )
        assert row.split() == ["balloon", "USD", "8,620,000.00", "8,620,000.00", "-"]
        assert max(map(len, text.splitlines())) < 120

    def test_the_elections(self, starter):
        text = run("compare", "base", "rates-up", "--deal", starter).stdout
        assert "Another election would have been cheaper in 37 of 37 interest periods" in text
        assert "1,625.00" in text
        # from July on the cheaper one is elected: six periods are listed, and no more
        _, _, up = text.partition("Elections of revolver, rates-up\n")
        assert sum(line.startswith("20") for line in up.splitlines()) == 6
        assert "cheaper in 6 of 49 interest periods, by 15,076.38 USD in all." in up

    def test_nothing_differs(self):
        assert "No term and no input differs." in run("compare", "closing", "closing").stdout


class TestRefusals:
    @pytest.mark.parametrize("arguments", [(), ("closing",), ("a", "b", "--format", "csv")])
    def test_wrong_usage(self, arguments):
        result = run("compare", *arguments)
        assert (result.exit_code, result.stdout) == (2, "")

    @pytest.mark.parametrize(
        ("argument", "expected"),
        [
            ("histrical", "histrical: found no scenario, deal or file of that name; one of "),
            ("histrical", 'did you mean "historical"?'),
            ("none.toml", "none.toml: found no such file; "),
            ("sub/none", "sub/none: found no such file; "),
            (".", ".: found a folder; "),
        ],
    )
    def test_what_is_nothing(self, argument, expected):
        result = run("compare", "closing", argument)
        assert (result.exit_code, result.stdout) == (1, "")
        assert expected in result.stderr and len(result.stderr.splitlines()) == 1

    def test_each_of_several(self):
        assert len(run("compare", "foo", "closing", "bar").stderr.splitlines()) == 2

    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("x = [", "bad.toml: file: found "),
            ('index.Prme = "4%"', 'bad.toml: index.Prme: found "Prme"; '),
            ("foo = 1", 'bad.toml: foo: found the unknown key "foo"; '),
            ("extend.x = true", 'bad.toml: extend.x: found "x"; '),
            (
                'inherits = "x"',
                'bad.toml: inherits: found "x"; one of "closing", "historical" would be right',
            ),
            (
                'inherits = "closing"\nprepay.term-loan.2004-07-04 = 5',
                "bad.toml: tranche.term-loan: prepay.2004-07-04: found 2004-07-04, no business day",
            ),
            ("", "bad.toml: file: found an empty file; "),
        ],
    )
    def test_a_scenario_file_that_is_refused(self, text, expected):
        Path("bad.toml").write_text(text)
        result = run("compare", "closing", "bad.toml")
        assert (result.exit_code, result.stdout) == (1, "")
        (line,) = result.stderr.splitlines()
        assert line.startswith(expected)

    def test_a_term_sheet_that_is_refused(self, folder):
        bad = copy_of_built_in(folder, "bad.toml", [("principal = 347_000", "principal = -1")])
        for arguments in (("closing", bad), ("closing", "historical", "--deal", bad)):
            result = run("compare", *arguments)
            assert (result.exit_code, result.stdout) == (1, "")
            assert result.stderr.startswith(f"{bad}: tranche.junior-notes.principal: found -1; ")


def test_a_scenario_may_be_called_as_files_of_inputs_are(folder):
    change = "[scenario.historical]\n", "[scenario.scenario-file]\n"
    deal = copy_of_built_in(folder, "b.toml", [change])
    Path("up.toml").write_text('inherits = "closing"\nindex.prime = "5.00%"\n')
    found = compared("scenario-file", "up.toml", "--deal", deal)
    assert found["inputs"][0]["values"][0].endswith(" dates: 4.00% at first, 3.25% from 2008-12-16")
    assert found["inputs"][0]["values"][1] == "5.00%"


def test_a_file_that_a_scenario_file_names_is_beside_it(folder, starter):
    (folder / "inputs").mkdir()
    (folder / "inputs" / "rates.csv").write_text("date,rate\n2026-01-15,6.75\n2027-01-15,9.00\n")
    (folder / "inputs" / "up.toml").write_text(
        'inherits = "base"\nindex.prime = { file = "rates.csv" }\n'
    )
    found = compared("base", "inputs/up.toml", "--deal", starter)
    assert found["inputs"] == [
        {
            "path": "index.prime",
            "values": ["6.75%", "3 dates: 6.75% at first, 9.00% from 2027-01-15"],
        }
    ]
