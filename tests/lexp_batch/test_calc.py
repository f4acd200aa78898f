"""`lexp calc` and `lexp functions`: from the shell, and a line a call."""

import io
import json
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from lexp_batch.calling import LONGEST_LINE, answers
from lexp_batch.cli import main
from lexp_calc.functions import FUNCTIONS
from tests.bad_inputs.calls import AMOUNTS, CELLS, DATES, LONG_COLUMN, RATES

ROOT = Path(__file__).parents[2]
RATIO = {
    "coupon": 0.1275,
    "accrued_from": "1999-08-01",
    "accrued_to": "2003-12-18",
    "day_count": "30/360 US",
}


def lexp(*words):
    return CliRunner().invoke(main, words)


def asked(*calls):
    """The answers to calls, given as objects or as raw bytes."""
    lines = [call if isinstance(call, bytes) else json.dumps(call).encode() for call in calls]
    found = list(answers(io.BytesIO(b"\n".join(lines) + b"\n"), repr))
    assert all("\n" not in line for line, _ in found)
    return [json.loads(line) for line, _ in found]


def error(call):
    (answer,) = asked(call)
    assert set(answer) == {"id", "error"}
    return answer["error"]


# ---------------------------------------------------------------- from the shell


def test_a_function_from_the_shell():
    result = lexp("calc", "LEXP_EXCHANGE_RATIO", "0.1275", "1999-08-01", "2003-12-18", "30/360 US")
    assert (result.exit_code, result.stdout) == (0, "1558.5208333333333\n")


def test_arguments_by_name_and_a_name_without_prefix():
    words = ["--accrued-to", "2003-12-18", "0.1275", "--accrued_from=1999-08-01"]
    assert lexp("calc", "exchange_ratio", *words).stdout == "1558.5208333333333\n"


def test_a_negative_number_is_no_option():
    result = lexp("calc", "LEXP_ALL_IN_RATE", "-0.005", "0.03")
    assert (result.exit_code, result.stdout) == (0, "0.025\n")


def test_amounts_keep_their_cents_and_an_empty_word_leaves_out():
    words = ["LEXP_BORROWING_BASE", "1000", "1000", "", "", "0"]
    assert lexp("calc", *words).stdout == "1530.00\n"


def test_a_column_is_a_line_a_cell_and_a_table_csv():
    words = ["LEXP_PAYMENT_DATES", "2004-01-31", "2004-04-30", "12"]
    column = lexp("calc", *words).stdout.splitlines()
    assert column[-1] == "2004-04-30" and len(column) == 3
    table = lexp("calc", "LEXP_SCHEDULE", "lexp-2003", "junior-notes").stdout.splitlines()
    assert table[0].startswith("payment_date,accrual_start,") and len(table) == 1 + 25


def test_a_cell_that_is_empty_is_so_in_csv_and_ratios_are_as_a_float_has_them():
    values = '[["real-property", 10000000], ["other-assets", 20000000]]'
    lines = lexp("calc", "LEXP_RECOVERY", "lexp-2003", values).stdout.splitlines()
    assert lines[1].startswith("revolver,0.00,") and lines[1].endswith(",")
    assert lines[4].endswith(",5000000.00,0.11771353234767869")  # 5,000,000 / 42,476,000
    assert "None" not in "".join(lines)


def test_a_column_as_an_argument_is_json():
    words = ["[-100, 110]", '["2021-01-01", "2022-01-01"]']
    result = lexp("calc", "LEXP_XIRR", *words)
    assert float(result.stdout) == pytest.approx(0.1, abs=1e-12)


@pytest.mark.parametrize(
    ("words", "status", "said"),
    [
        (["LEXP_EXCHANG_RATIO"], 1, 'did you mean "LEXP_EXCHANGE_RATIO"?'),
        (["LEXP_FEE", "1,000", "0.01"], 1, 'principal: found "1,000"; a plain number'),
        (["LEXP_FEE", "1000"], 1, "fee_rate: found nothing"),
        (["LEXP_FEE", "1000", "0.01", "7"], 1, 'found "7" after all arguments'),
        (["LEXP_FEE", "1000", "--fee_rat", "7"], 1, 'did you mean "fee_rate"?'),
        (["LEXP_FEE", "1000", "--principal", "7"], 1, "principal: found it twice"),
        (["LEXP_FEE", "1000", "8.25"], 1, "fee_rate: found 8.25"),
        (["LEXP_XIRR", "-100, 110", "[]"], 1, "amounts: found"),
        ([], 2, "name a function"),
        (["LEXP_FEE", "--jsonl"], 2, "no function beside it"),
    ],
)
def test_wrong_words_are_refused_in_words(words, status, said):
    result = lexp("calc", *words)
    assert result.exit_code == status and result.stdout == ""
    assert said in result.stderr and "Traceback" not in result.stderr


def test_help_of_the_command_and_of_a_function():
    assert "--jsonl" in lexp("calc", "--help").stdout
    help_of_one = lexp("calc", "LEXP_WARRANT_EXERCISE_VALUE", "--help").stdout
    assert "as_of" in help_of_one and "Example" in help_of_one
    assert help_of_one == lexp("functions", "warrant_exercise_value").stdout


@pytest.mark.parametrize("name", FUNCTIONS)
def test_the_example_as_shown_can_be_typed(name):
    """What the help shows after `lexp calc` gives the value that it shows."""
    shown = lexp("functions", name).stdout.splitlines()
    command = next(line.strip() for line in shown if line.strip().startswith("lexp calc "))
    result = lexp(*shlex.split(command)[1:])
    assert result.exit_code == 0, result.stderr
    assert result.stdout.strip()


# ---------------------------------------------------------------- what there is


def test_all_functions_for_people():
    text = lexp("functions").stdout
    assert all(f"{name}(" in text for name in FUNCTIONS)


def test_all_functions_as_json():
    records = json.loads(lexp("functions", "--format", "json").stdout)
    assert [each["name"] for each in records] == list(FUNCTIONS)
    for each in records:
        assert list(each) == ["name", "category", "help", "arguments", "result", "example"]
        assert set(each["example"]) == {"args", "value"}
        assert all(set(one) == {"name", "unit", "optional", "help"} for one in each["arguments"])


def test_the_examples_in_the_json_are_answered_as_they_say():
    records = json.loads(lexp("functions", "--format", "json").stdout)
    calls = [{"id": r["name"], "fn": r["name"], "args": r["example"]["args"]} for r in records]
    for record, answer in zip(records, asked(*calls), strict=True):
        assert answer["id"] == record["name"] and "value" in answer, answer
        expected = record["example"]["value"]
        if isinstance(expected, (int, float)) and not isinstance(expected, bool):
            assert answer["value"] == pytest.approx(expected, rel=1e-9, abs=1e-9)
        elif not isinstance(expected, list):
            assert answer["value"] == expected


# ---------------------------------------------------------------- a line a call


def test_answers_come_in_order_with_their_ids():
    call = {"fn": "LEXP_EXCHANGE_RATIO", "args": RATIO}
    ids = [7, "a", None, [1, {"b": 2.5}], 1.1]
    found = asked(*({"id": each} | call for each in ids), call)
    assert [each["id"] for each in found] == [*ids, None]
    assert all(each["value"] == 1558.5208333333333 for each in found)


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (b"{", "line: found no JSON"),
        (b"nonsense", "line: found no JSON"),
        (b'"text"', "line: found"),
        (b"[1, 2]", "line: found a list of 2"),
        (b"\xff\xfe", "line: found a byte that is not UTF-8"),
        (b"[" * 100_000, "line: found lists nested too deeply"),
        (b'{"id": ' + b"9" * 5000 + b"}", "line: found a number of too many digits"),
        (b'{"id": 1, "id": 2}', "id: found it twice"),
        (b'{"id": NaN, "fn": "LEXP_FEE"}', "id: found a number beyond"),
        (b'{"id": [-Infinity], "fn": "LEXP_FEE"}', "id: found a number beyond"),
        (b'{"id": 1e400, "fn": "LEXP_FEE"}', "id: found a number beyond"),
        (b'{"fn": "LEXP_FEE", "args": {"principal": 1, "principal": 2}}', "principal: found it"),
        ({}, "fn: found nothing"),
        ({"fn": None}, "fn: found"),
        ({"fn": 7}, "fn: found"),
        ({"fn": ["LEXP_FEE"]}, "fn: found"),
        ({"fn": "LEXP_FE"}, 'did you mean "LEXP_FEE"?'),
        ({"fn": "LEXP_FEE", "arg": {}}, 'did you mean "args"?'),
        ({"fn": "LEXP_FEE", "args": [1, 2]}, "args: found a list of 2"),
        ({"fn": "LEXP_FEE", "args": None}, "args: found"),
        ({"fn": "LEXP_FEE", "args": {"principal": 1}}, "fee_rate: found nothing"),
        ({"fn": "LEXP_FEE", "args": {"principal": 1, "fee_rate": 0, "x": 1}}, "x: found no arg"),
        (b'{"fn": "LEXP_FEE", "args": {"principal": NaN, "fee_rate": 0}}', "principal: found NaN"),
        (b'{"fn": "LEXP_FEE", "args": {"principal": 1e999999999, "fee_rate": 0}}', "principal: fo"),
        (b'{"fn": "LEXP_FEE", "args": {"principal": 1e-99999999, "fee_rate": 0}}', "principal: fo"),
        (b'{"fn": "LEXP_FEE", "args": {"principal": 1, "fee_rate": 1e-99999999}}', "fee_rate: fou"),
        (b'{"fn": "LEXP_FEE", "args": {"principal": 0.30000000000000004, "fee_rate": 0}}', "princ"),
        (b'{"fn": "LEXP_FEE", "args": {"principal": "1\\ud800", "fee_rate": 0}}', "principal: fou"),
    ],
)
def test_a_bad_call_is_answered_in_words(call, said):
    text = error(call)
    assert text.startswith(said) or said in text
    assert "Traceback" not in text and "fault" not in text


def test_a_bad_line_never_stops_the_next():
    good = {"id": "good", "fn": "LEXP_EXCHANGE_RATIO", "args": RATIO}
    found = asked(b"{", good, b"\x00\xff", good, b"", {"fn": "x"}, good)
    assert ["value" in each for each in found] == [False, True, False, True, False, True]


def test_an_endless_line_is_refused_and_skipped():
    good = json.dumps({"id": 1, "fn": "LEXP_EXCHANGE_RATIO", "args": RATIO}).encode()
    calls = io.BytesIO(b" " * (3 * LONGEST_LINE) + b"\n" + good + b"\n")
    long, after = (json.loads(line) for line, _ in answers(calls, repr))
    assert "bytes" in long["error"] and "value" in after


def test_a_fault_of_the_program_is_one_line_and_stops_nothing(monkeypatch):
    function = FUNCTIONS["LEXP_EXCHANGE_RATIO"]

    def broken(**_):
        raise ZeroDivisionError("inside")

    monkeypatch.setitem(FUNCTIONS, "LEXP_BROKEN", type("Broken", (), {"plain": broken}))
    found = asked({"fn": "LEXP_BROKEN"}, {"fn": function.name, "args": RATIO})
    assert found[0]["error"] == "ZeroDivisionError('inside')" and "value" in found[1]


def run(text):
    return subprocess.run(
        [sys.executable, "-m", "lexp_batch", "calc", "--jsonl"],
        input=text,
        cwd=ROOT,
        capture_output=True,
        check=False,
        timeout=60,
    )


def test_the_command_answers_each_line_and_says_how_many_it_refused():
    good = json.dumps({"id": 1, "fn": "LEXP_EXCHANGE_RATIO", "args": RATIO}).encode()
    finished = run(good + b"\n{\n" + good)
    assert len(finished.stdout.splitlines()) == 3 and finished.returncode == 1
    assert finished.stderr.decode() == "1 of 3 calls refused: see their answers\n"
    finished = run(good + b"\r\n\n")
    assert (finished.returncode, finished.stderr) == (0, b"")
    assert json.loads(finished.stdout)["value"] == 1558.5208333333333


def test_the_command_answers_before_the_next_line_comes():
    good = json.dumps({"id": 1, "fn": "LEXP_EXCHANGE_RATIO", "args": RATIO}).encode() + b"\n"
    with subprocess.Popen(
        [sys.executable, "-m", "lexp_batch", "calc", "--jsonl"],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as process:
        for _ in range(3):
            process.stdin.write(good)
            process.stdin.flush()
            assert json.loads(process.stdout.readline())["value"] == 1558.5208333333333
        process.stdin.close()


@pytest.mark.parametrize(
    ("function", "changes", "argument", "said"),
    [case[1:] for case in (*AMOUNTS, *RATES, *DATES, *CELLS)],
    ids=[f"{case[1]} {case[0]}" for case in (*AMOUNTS, *RATES, *DATES, *CELLS)],
)
def test_a_bad_argument_is_answered_by_its_name(function, changes, argument, said):
    args = FUNCTIONS[function].example.args | json.loads(changes)
    text = error({"id": 1, "fn": function, "args": args})
    lines = text.split("; and ")
    assert any(line.startswith(argument) and said in line for line in lines), text


def test_a_whole_column_is_cut_to_what_is_used_and_no_longer_than_allowed():
    amounts, dates = [-100, 110], ["2021-01-01", "2022-01-01"]
    blank = [None] * 1_048_574
    call = {"fn": "LEXP_XIRR", "args": {"amounts": amounts + blank, "dates": dates + blank}}
    (answer,) = asked(call)
    assert answer["value"] == pytest.approx(0.1, abs=1e-12)
    call["args"]["amounts"] = [1] * LONG_COLUMN
    assert error(call).startswith("amounts: found 100,001 cells; at most 100,000")
