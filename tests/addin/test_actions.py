"""The ribbon's actions, on a stand-in for Excel; the command `lexp` and the core are real."""

import subprocess
import sys
from datetime import datetime
from pathlib import Path
from types import ModuleType

import pytest

import addin.actions as actions
import addin.own_command as own_command
from addin.schedule_in_sheet import formula
from lexp_calc import builtin_deal, project
from tests.addin.excel_of_cells import Book, Range, Sheet
from tests.addin.excel_over_com import ComError

EXAMPLES = Path(actions.__file__).parents[1] / "examples"


@pytest.fixture
def sheet():
    return Sheet()


@pytest.fixture
def book(sheet, monkeypatch, tmp_path):
    found = Book(tmp_path / "Zoë's R&D.xlsx", Range(sheet, 4, 2, 3, 3))
    monkeypatch.setattr(actions, "_calling_book", lambda: found)
    monkeypatch.setattr(actions, "documents_folder", lambda: tmp_path / "Documents")
    return found


@pytest.fixture
def on_windows(monkeypatch):
    monkeypatch.setattr(sys, "platform", "win32")
    pywintypes = ModuleType("pywintypes")
    pywintypes.com_error = ComError
    monkeypatch.setitem(sys.modules, "pywintypes", pywintypes)


@pytest.fixture
def on_a_mac(monkeypatch):
    monkeypatch.setattr(sys, "platform", "darwin")


def hexed(text):
    """The digits as the add-in's VBA writes them: AscW of each letter, four digits."""
    units = text.encode("utf-16-be")
    return "".join(f"{units[n] * 256 + units[n + 1]:04X}" for n in range(0, len(units), 2))


def run(action, *texts):
    actions.run(action, *map(hexed, texts))


def only_alert(book):
    (alert,) = book.alerts
    return alert


def test_a_formula_that_spills(book, sheet, on_windows):
    run("insert_schedule", "lexp-2003", "term-loan", "historical")
    assert sheet.cells == {(4, 2): '=LEXP_SCHEDULE("lexp-2003","term-loan","historical")'}
    assert book.alerts == []
    rows = len(project(builtin_deal("lexp-2003"), "historical")["term-loan"].rows)
    assert sheet.formats[5, 2] == "yyyy-mm-dd" and (4, 2) not in sheet.formats
    assert sheet.formats[4 + rows, 17] == "#,##0.00" and (5 + rows, 17) not in sheet.formats
    assert sheet.bold == {(4, column) for column in range(2, 18)}


def test_before_dynamic_arrays_a_formula_over_the_cells(book, sheet, on_windows):
    sheet.dynamic_arrays = False
    run("insert_schedule", "", "term-loan")
    rows = len(project(builtin_deal("lexp-2003"), "closing")["term-loan"].rows)
    assert sheet.array_formulas == {(4, 2, rows + 1, 16): '=LEXP_SCHEDULE("lexp-2003","term-loan")'}


@pytest.mark.parametrize("dynamic_arrays", [True, False])
def test_a_path_too_long_for_a_formula(book, sheet, on_windows, tmp_path, dynamic_arrays):
    """Excel takes texts of 255 characters in formulas, and no longer formula over several cells."""
    sheet.dynamic_arrays = dynamic_arrays
    length = 255 - len(str(tmp_path)) - 1 - len("/deal.toml") + (1 if dynamic_arrays else 0)
    folder = tmp_path / ("x" * length)
    folder.mkdir()
    path = folder / "deal.toml"
    path.write_bytes((EXAMPLES / "commercial-mortgage.toml").read_bytes())
    assert len(str(path)) == (256 if dynamic_arrays else 255)
    run("insert_schedule", str(path), "mortgage")
    assert "a shorter path" in only_alert(book)[1]
    assert sheet.cells == {} and sheet.array_formulas == {}


def test_on_a_mac_the_values(book, sheet, on_a_mac):
    run("insert_schedule", "lexp-2003", "term-loan", "")
    schedule = project(builtin_deal("lexp-2003"), "closing")["term-loan"]
    last = schedule.rows[-1]
    row = 4 + len(schedule.rows)
    assert sheet.cells[4, 2] == "payment_date" and sheet.cells[4, 17] == "closing_balance"
    assert sheet.cells[row, 2] == datetime(*last.payment_date.timetuple()[:3])
    # The balloon that the press release's terms leave, as every other way shows it.
    assert sheet.cells[row, 14] == 4_800_000.0
    assert type(sheet.cells[row, 14]) is float
    assert sheet.formats[row, 9] == "0.000000%" and sheet.formats[row, 5] == "0"


@pytest.mark.parametrize("system", ["win32", "darwin"])
@pytest.mark.parametrize("content", ["text", 0, '=""', "=SUM(A1)"])
def test_cells_in_the_way(book, sheet, monkeypatch, system, content):
    monkeypatch.setattr(sys, "platform", system)
    sheet.cells[7, 5] = sheet.cells[9, 2] = content
    before = dict(sheet.cells)
    run("insert_schedule", "", "term-loan")
    mode, text = only_alert(book)
    assert mode == "critical" and "Sheet 1!B4" in text and "not empty: E7, B9;" in text
    assert sheet.cells == before and sheet.formats == {}


def test_a_spilled_cell_in_the_way(book, sheet, on_windows):
    sheet.cells[6, 2], sheet.spilled = 12.5, {(6, 2)}
    run("insert_schedule", "", "term-loan")
    assert "not empty: B6;" in only_alert(book)[1]


def test_many_cells_in_the_way(book, sheet, on_windows):
    sheet.cells |= {(row, 2): 1 for row in range(4, 14)}
    run("insert_schedule", "", "term-loan")
    assert "B4, B5, B6 and 7 more" in only_alert(book)[1]


def test_cells_beside_are_not_in_the_way(book, sheet, on_windows):
    rows = len(project(builtin_deal("lexp-2003"), "closing")["term-loan"].rows)
    sheet.cells |= {(3, 2): 1, (4, 1): 1, (4, 18): 1, (5 + rows, 2): 1}
    run("insert_schedule", "", "term-loan")
    assert book.alerts == [] and (4, 2) in sheet.cells


@pytest.mark.parametrize(
    ("texts", "said"),
    [
        (("lexp-2003", ""), "tranche: found nothing"),
        (("lexp-2003", "term-lon"), 'did you mean "term-loan"'),
        (("lexp-2003", "term-loan", "histrical"), 'did you mean "historical"'),
        (("no such.toml", "term-loan"), "no such.toml"),
        (("a\0b", "term-loan"), "a"),
    ],
)
def test_what_is_not_there_is_said_before_anything_is_written(book, sheet, on_windows, texts, said):
    run("insert_schedule", *texts)
    mode, text = only_alert(book)
    assert mode == "critical" and said in text and "fault of the program" not in text
    assert sheet.cells == {}


def test_no_room(book, sheet, on_windows):
    book.app.selection = Range(sheet, 1_048_570, 2)
    run("insert_schedule", "", "term-loan")
    assert "B1048570: found no room" in only_alert(book)[1]


def test_the_last_place_with_room(book, sheet, on_windows):
    rows = len(project(builtin_deal("lexp-2003"), "closing")["term-loan"].rows) + 1
    book.app.selection = Range(sheet, 1_048_576 - rows + 1, 16_384 - 15)
    run("insert_schedule", "", "term-loan")
    assert book.alerts == []


def test_no_cells_selected(book, on_windows):
    book.app.selection = None  # a chart is
    run("insert_schedule", "", "term-loan")
    assert "no cells selected" in only_alert(book)[1]


def test_merged_and_protected_cells(book, sheet, on_windows):
    sheet.merged = {(6, 3), (6, 4)}
    run("insert_schedule", "", "term-loan")
    sheet.api.ProtectContents = True
    run("insert_schedule", "", "term-loan")
    assert "merged" in book.alerts[0][1] and "protected" in book.alerts[1][1]
    assert sheet.cells == {}


def test_a_term_sheet_beside_the_workbook(book, sheet, on_windows, tmp_path):
    name = 'my "R&D" deal.toml'
    content = (EXAMPLES / "commercial-mortgage.toml").read_bytes()
    (tmp_path / name).write_bytes(content)
    run("insert_schedule", name, "mortgage")
    doubled = str(tmp_path / name).replace('"', '""')
    assert sheet.cells[4, 2] == f'=LEXP_SCHEDULE("{doubled}","mortgage")'


def test_quotes_are_doubled():
    assert formula(['a"b', 'c"")&D1&("']) == '=LEXP_SCHEDULE("a""b","c"""")&D1&(""")'


def test_a_fault_of_the_program(book, on_windows, own_log, monkeypatch, capfd):
    def fault(*texts):
        raise ZeroDivisionError("somewhere")

    monkeypatch.setitem(actions.ACTIONS, "about", fault)
    run("about")
    mode, text = only_alert(book)
    assert mode == "critical" and "\n" not in text and "fault of the program" in text
    assert "somewhere" in own_log.read_text() and capfd.readouterr() == ("", "")


def test_where_excel_shows_no_alert(monkeypatch, own_log, capsys):
    def no_book():
        raise KeyError("no such book")

    monkeypatch.setattr(actions, "_calling_book", no_book)
    with pytest.raises(SystemExit) as ended:
        run("insert_schedule", "", "")
    out, err = capsys.readouterr()
    assert (ended.value.code, out) == (1, "") and err.count("\n") == 1
    assert "fault of the program" in err and "no such book" in own_log.read_text()


@pytest.mark.parametrize(
    ("action", "digits"), [("none", ()), ("about", ("zz",)), ("about", ("00",))]
)
def test_a_call_that_no_button_makes(book, action, digits):
    actions.run(action, *digits)
    assert "fault of the program" in only_alert(book)[1]


def test_the_workbooks_of_a_term_sheet(book, tmp_path):
    folder = tmp_path / "Zoë's R&D 100%"
    folder.mkdir()
    path = folder / "my deal.toml"
    path.write_bytes((EXAMPLES / "commercial-mortgage.toml").read_bytes())
    run("make_workbooks", str(path))
    mode, text = only_alert(book)
    made = sorted(folder.glob("*/*.xlsx"))
    assert mode == "info" and f"{len(made)} workbooks made:" in text and made
    assert all(str(each) in text for each in made)


def test_a_term_sheet_with_problems(book, tmp_path):
    path = tmp_path / "bad.toml"
    path.write_text("[deal]\nid = 5\n")
    run("make_workbooks", str(path))
    mode, text = only_alert(book)
    assert mode == "critical" and str(path) in text and "Traceback" not in text
    done = subprocess.run(
        [sys.executable, "-m", "lexp_batch", "check", str(path)],
        capture_output=True, cwd=EXAMPLES.parent,
    )  # fmt: skip
    assert text.splitlines()[0] in done.stderr.decode()


def test_no_term_sheet_there(book, tmp_path):
    run("make_workbooks", "deals/none.toml")
    assert 'term sheet: found "deals/none.toml", which is no file' in only_alert(book)[1]
    assert not (tmp_path / "Documents").exists()


@pytest.mark.parametrize("named", ["", "lexp-2003", "LEXP-2003"])
def test_the_built_in_deal_goes_to_the_documents(book, monkeypatch, tmp_path, named):
    monkeypatch.setattr(actions, "run_lexp", asked := Asked())
    run("make_workbooks", named)
    assert asked.words == ("workbooks", "lexp-2003", "--out", str(tmp_path / "Documents" / "lexp"))


def test_a_folder_in_which_nothing_can_be_written(book, monkeypatch, tmp_path):
    monkeypatch.setattr(actions, "_writable", lambda folder: False)
    monkeypatch.setattr(actions, "run_lexp", asked := Asked())
    (tmp_path / "deal.toml").write_text("")
    run("make_workbooks", "deal.toml")
    documents = str(tmp_path / "Documents" / "lexp")
    assert asked.words == ("workbooks", str(tmp_path / "deal.toml"), "--out", documents)


class Asked:
    """Takes a command down instead of running it."""

    def __call__(self, *words):
        self.words = words
        return own_command.Said(("a.xlsx",), (), True)


def test_a_command_without_end(book, monkeypatch):
    monkeypatch.setattr(own_command, "TIME_LIMIT", 0.05)
    run("make_workbooks", "")
    assert "lexp workbooks: found no end" in only_alert(book)[1]


@pytest.mark.parametrize("name", ["LEXP_FEE", "fee"])
def test_help_on_a_function(book, name):
    run("function_help", name)
    mode, text = only_alert(book)
    assert mode == "info" and text.startswith("LEXP_FEE(principal, fee_rate)")
    assert "Example" in text


def test_help_on_one_that_fills_more_than_a_box(book):
    run("function_help", "LEXP_SCHEDULE")
    text = only_alert(book)[1]
    assert text.count("\n") < 25 and all(len(line) <= 201 for line in text.splitlines())
    assert text.splitlines()[-1].endswith("lines more; all of it: lexp functions LEXP_SCHEDULE")


def test_help_on_none(book):
    run("function_help", "LEXP_FEES")
    run("function_help", "")
    run("function_help", "--help; rm")
    assert 'did you mean "LEXP_FEE"?' in book.alerts[0][1] and book.alerts[0][0] == "critical"
    assert "Shift+F3" in book.alerts[1][1]
    assert 'function: found "--help; rm"' in book.alerts[2][1]


def test_the_log(book, own_log, monkeypatch):
    monkeypatch.setattr(sys, "platform", "linux")
    shown = []
    monkeypatch.setattr(actions.subprocess, "run", lambda command, check: shown.append(command))
    run("show_log")
    assert str(own_log) in only_alert(book)[1] and shown == []
    own_log.parent.mkdir(parents=True)
    own_log.write_text("a line")
    run("show_log")
    assert shown == [["xdg-open", str(own_log)]]


def test_the_log_on_windows(book, monkeypatch, tmp_path):
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path))
    shown = []
    monkeypatch.setattr("os.startfile", shown.append, raising=False)
    (tmp_path / "lexp").mkdir()
    (tmp_path / "lexp" / "lexp.log").write_text("")
    run("show_log")
    assert shown == [tmp_path / "lexp" / "lexp.log"]


@pytest.mark.parametrize("system", ["win32", "darwin", "linux"])
def test_about(book, monkeypatch, system, tmp_path):
    monkeypatch.setattr(sys, "platform", system)
    monkeypatch.setenv("APPDATA", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    run("about")
    text = only_alert(book)[1]
    assert "lexp 0.1.0" in text and "xlwings 0.37.8" in text and sys.executable in text
    assert ("lexp.xlam" in text) is (system != "linux")
    assert ("On macOS" in text) is (system == "darwin")


def test_the_buttons_load_nothing_slow():
    program = (
        "import sys, addin.actions\n"
        "print(sorted({'xlwings', 'pandas', 'numpy', 'openpyxl', 'logging'} & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, cwd=EXAMPLES.parent
    )
    assert done.stdout == "[]\n", done.stderr
