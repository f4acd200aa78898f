"""`lexp show --plot`: the picture of a deal, its figures and its refusals."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner
from lxml import etree

from lexp_batch.cli import main
from lexp_batch.plot import FORMATS, picture_bytes
from lexp_batch.plot_panels import picture_of
from lexp_calc import builtin_deal, project, read_term_sheet
from tests.lexp_batch.mail_folders import lenders_file
from tests.lexp_batch.term_sheets import copy_of_built_in

ROOT = Path(__file__).parents[2]
EXAMPLES = sorted((ROOT / "examples").glob("*.toml"))
PICTURE = ROOT / "docs" / "pictures" / "lexp-2003.svg"


def lexp(*words):
    result = CliRunner().invoke(main, [str(each) for each in words])
    assert "Traceback" not in result.output
    return result


def texts(svg):
    """All words in a picture."""
    return [" ".join(each.itertext()).strip() for each in etree.fromstring(svg).iter("{*}text")]


@pytest.fixture(scope="module")
def built_in():
    return project(builtin_deal("lexp-2003"))


def test_the_picture_says_what_it_shows(built_in):
    words = texts(picture_bytes(built_in, "svg"))
    for said in (
        "Lexington Precision Corporation: Refinancing of 18 December 2003, scenario closing",
        "Balances",
        "Debt service by quarter",
        "Maturity wall: principal due by year",
        "Debt before and after the closing",
        "USD millions",
        "Secured term loan",
        "50.4, as far as stated",  # 7.5 + 27.412 + 15.222 accrued + 0.235
        "68.0, as far as stated",  # 13.5 + 11.5 + 42.476 + 0.347, and 0.158 not tendered
    ):
        assert said in words


def test_the_same_deal_gives_the_same_bytes(built_in):
    again = project(builtin_deal("lexp-2003"))
    assert picture_bytes(built_in, "svg") == picture_bytes(again, "svg")


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_every_example_has_a_picture(path):
    projection = project(read_term_sheet(path))
    picture = picture_of(projection)
    words = texts(picture_bytes(projection, "svg"))
    assert picture.unit in words and picture.title in words
    assert picture.unit.startswith(projection.deal.currency)
    assert ("not stated" in words) == (path.stem != "exchange-offer")


def test_the_picture_of_the_readme_is_the_one_that_the_command_makes(tmp_path):
    """Its words and its number of shapes: their places hang on typefaces and the library."""
    made = tmp_path / "made.svg"
    assert lexp("show", "--plot", made).exit_code == 0
    kept, new = PICTURE.read_bytes(), made.read_bytes()
    assert texts(kept) == texts(new)
    shapes = [len(list(etree.fromstring(each).iter("{*}path"))) for each in (kept, new)]
    assert shapes[0] == shapes[1] > 50


@pytest.mark.parametrize("ending", FORMATS)
def test_each_kind_of_file_is_written(tmp_path, ending):
    path = tmp_path / f"deal.{ending}"
    result = lexp("show", "--scenario", "historical", "--plot", path)
    assert (result.exit_code, result.stdout) == (0, f"{path}\n")
    assert path.stat().st_size > 5_000
    assert [each.name for each in tmp_path.iterdir()] == [path.name]


@pytest.mark.parametrize(
    ("words", "status", "said"),
    [
        (["--plot", "deal.bmp"], 1, 'found "deal.bmp"'),
        (["--plot", "deal"], 1, "no picture by its ending"),
        (["--plot", ""], 1, "no picture by its ending"),
        (["--plot", ".svg"], 1, "no picture by its ending"),
        (["--plot", "deal.svgz"], 1, 'did you mean ".svg"?'),
        (["--plot", "no/such/folder/deal.svg"], 1, "the folder is not there"),
        (["--plot", "/dev/null/deal.svg"], 1, "a part of the path is a file"),
        (["--plot", f"{'n' * 300}.png"], 1, "the name is too long"),
        (["--plot", "deal.svg", "--set", "prime=5"], 1, 'did you mean "5%"?'),
        (["--plot", "deal.svg", "--set", "prime"], 2, "PATH=VALUE would be right"),
        (["--plot", "deal.svg", "--scenario", "historic"], 1, 'did you mean "historical"?'),
        (["--plot", "deal.svg", "no-such.toml"], 1, "no-such.toml"),
        (["--plot"], 2, "requires an argument"),
    ],
)
def test_what_cannot_be_drawn_is_refused_in_words(tmp_path, monkeypatch, words, status, said):
    monkeypatch.chdir(tmp_path)
    result = lexp("show", *words)
    assert result.exit_code == status and said in result.stderr
    assert result.stdout == "" and not list(tmp_path.iterdir())


def test_a_folder_of_the_files_name_stays(tmp_path):
    folder = tmp_path / "deal.svg"
    folder.mkdir()
    result = lexp("show", "--plot", folder)
    assert (result.exit_code, result.stderr.count("\n")) == (1, 1)
    assert "it is a folder" in result.stderr and list(tmp_path.iterdir()) == [folder]


def test_a_picture_that_is_there_stays_where_drawing_fails(tmp_path):
    path = tmp_path / "deal.png"
    path.write_bytes(b"the one of last week")
    assert lexp("show", named(tmp_path, "Loan \U00012000"), "--plot", path).exit_code == 1
    assert path.read_bytes() == b"the one of last week"
    assert lexp("show", "--plot", path).exit_code == 0
    assert path.read_bytes().startswith(b"\x89PNG")


def named(folder, name):
    """The built-in term sheet with another name for its term loan."""
    return copy_of_built_in(folder, "named.toml", [('name = "Term loan"', f"name = '{name}'")])


def test_names_are_text_and_no_formula(tmp_path):
    names = {
        "Revolving credit facility": "_Facility",
        "Term loan": "5 $ and 6 $ loan",
        "Secured term loan": r"a $\frac{ $ b",
        "13% Junior Subordinated Notes due 2009": "A & <b> notes",
    }
    changes = [(f'name = "{old}"', f"name = '{new}'") for old, new in names.items()]
    projection = project(read_term_sheet(copy_of_built_in(tmp_path, "named.toml", changes)))
    said = texts(picture_bytes(projection, "svg"))
    for name in list(names.values())[1:]:
        assert said.count(name) == 3
    assert said.count("_Facility (nothing owed)") == 1
    assert picture_bytes(projection, "pdf").startswith(b"%PDF")


def test_characters_that_no_typeface_has(tmp_path):
    """A cuneiform sign: in an SVG it is text; drawn here, it would be a box."""
    path = named(tmp_path, "\U00012000")
    svg = tmp_path / "deal.svg"
    result = lexp("show", path, "--plot", svg)
    assert (result.exit_code, result.stderr) == (0, "")
    assert "\U00012000" in texts(svg.read_bytes())
    result = lexp("show", path, "--plot", tmp_path / "deal.png")
    assert result.exit_code == 1 and result.stderr.count("\n") == 1
    assert 'no typeface on this computer for "\U00012000"; a .svg file' in result.stderr


def test_without_the_library_it_says_what_to_install(tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    result = lexp("show", "--plot", tmp_path / "deal.svg")
    assert result.exit_code == 1
    assert result.stderr.count("\n") == 1 and 'pip install "lexp[plot]"' in result.stderr


def run(folder, program, **environment):
    """A program in an interpreter of its own, the working folder elsewhere."""
    return subprocess.run(
        [sys.executable, "-c", program],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT), **environment},
        capture_output=True,
        text=True,
        check=True,
    )


def test_no_other_command_loads_the_library(tmp_path):
    """Each command once; what comes out of them does not matter here."""
    lenders_file(tmp_path)
    commands = [
        ["show"],
        ["schedule", "term-loan"],
        ["facts"],
        ["init", "new.toml"],
        ["check", "new.toml"],
        ["schema"],
        ["compare", "closing", "historical"],
        ["functions"],
        ["calc", "LEXP_FEE", "100", "0.01"],
        ["workbooks"],
        ["verify", "out/lexp-2003/lexp-2003_junior-notes.xlsx"],
        ["addin", "install", "--help"],
        ["doctor"],  # which answers 1 where something is missing
        ["outbox", "out"],
        ["send", "out", "--lenders", "lenders.toml"],
    ]
    program = (
        "import sys\nfrom click.testing import CliRunner\nfrom lexp_batch.cli import main\n"
        f"assert {sorted(words[0] for words in commands)} == sorted(main.commands)\n"
        f"for words in {commands}:\n"
        "    result = CliRunner().invoke(main, words)\n"
        "    assert result.exit_code == 0 or words == ['doctor'], (words, result.output)\n"
        "    assert 'matplotlib' not in sys.modules, words\n"
        "print('none')"
    )
    assert run(tmp_path, program).stdout == "none\n"


def test_the_users_own_settings_change_nothing(tmp_path, built_in):
    """A dark style in a settings file of the user's, and the library's windows stay unloaded."""
    (tmp_path / "matplotlibrc").write_text("axes.facecolor: black\nlines.linestyle: --\n")
    program = (
        "import sys\nfrom lexp_batch.plot import picture_bytes\n"
        "from lexp_calc import builtin_deal, project\n"
        "open('made.svg', 'wb').write(picture_bytes(project(builtin_deal('lexp-2003')), 'svg'))\n"
        "import matplotlib\nassert matplotlib.rcParams['axes.facecolor'] == 'black'\n"
        "print('matplotlib.pyplot' in sys.modules)"
    )
    done = run(tmp_path, program, HOME=str(tmp_path / "nobody"), MPLCONFIGDIR="")
    assert (done.stdout, done.stderr) == ("False\n", "")
    assert (tmp_path / "made.svg").read_bytes() == picture_bytes(built_in, "svg")
