"""`lexp show --plot`: the picture of a deal, its figures and its refusals."""

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
        "50.4",  # 7.5 + 27.412 + 15.222 accrued + 0.235
        "68.0",  # 13.5 + 11.5 + 42.476 + 0.347, and 0.158 not tendered
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
    ("words", "said"),
    [
        (["--plot", "deal.bmp"], 'found "deal.bmp"'),
        (["--plot", "deal"], "no picture by its ending"),
        (["--plot", "no/such/folder/deal.svg"], "the folder is not there"),
        (["--plot", "deal.svg", "--set", "prime=5"], 'did you mean "5%"?'),
        (["--plot", "deal.svg", "--scenario", "historic"], 'did you mean "historical"?'),
    ],
)
def test_what_cannot_be_drawn_is_refused_in_words(tmp_path, monkeypatch, words, said):
    monkeypatch.chdir(tmp_path)
    result = lexp("show", *words)
    assert result.exit_code in (1, 2) and said in result.stderr
    assert not list(tmp_path.iterdir())


def test_without_the_library_it_says_what_to_install(tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    result = lexp("show", "--plot", tmp_path / "deal.svg")
    assert result.exit_code == 1
    assert result.stderr.count("\n") == 1 and 'pip install "lexp[plot]"' in result.stderr


def test_no_other_command_loads_the_library():
    program = (
        "import sys\nfrom lexp_batch.cli import main\n"
        "try: main(['show'])\nexcept SystemExit: pass\n"
        "sys.exit('matplotlib' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True)
    assert done.returncode == 0
