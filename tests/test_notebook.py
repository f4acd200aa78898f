"""The example notebook, run from a copy: what its cells put out."""

import os
import re
from html import unescape
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

from tests.lexp_calc.test_independent_schedule import compare

ROOT = Path(__file__).parents[1]
NOTEBOOK = ROOT / "examples" / "lexington.ipynb"


@pytest.fixture(scope="module")
def outputs(tmp_path_factory):
    """The text of each code cell's outputs, tags taken out."""
    notebook = nbformat.read(NOTEBOOK, as_version=4)
    folder = tmp_path_factory.mktemp("notebook")
    client = NotebookClient(notebook, timeout=120, resources={"metadata": {"path": str(folder)}})
    # The kernel runs these sources, wherever others are installed.
    client.execute(env={**os.environ, "PYTHONPATH": str(ROOT)})
    assert not list(folder.iterdir())
    return [_text(cell) for cell in notebook.cells if cell.cell_type == "code"]


def _text(cell):
    parts = []
    for output in cell.outputs:
        data = output.get("data", {})
        shown = data.get("text/html") or data.get("image/svg+xml") or data.get("text/plain", "")
        parts.append(output.get("text", "") + re.sub(r"<[^>]+>", " ", unescape(shown)))
    return " ".join(" ".join(parts).split())


def test_it_is_kept_without_outputs():
    notebook = nbformat.read(NOTEBOOK, as_version=4)
    nbformat.validate(notebook)
    for cell in notebook.cells:
        if cell.cell_type == "code":
            assert cell.outputs == [] and cell.execution_count is None


@pytest.mark.parametrize(
    "said",
    [
        "closing 2003-12-18; scenarios: closing, historical",
        "4,800,000.00",  # the balloon, 13,500,000 - 29 x 300,000
        "1558.5208 42475926.79",
        "exchange.senior.ratio",
        "Senior, unsecured note senior, unsecured 7,500,000.00 0.00",
        "2009 0.00 0.00 0.00 42,476,000.00 347,000.00 42,823,000.00",
        # Black-Scholes by QuantLib's blackFormula over 1,461/365 years; diluted, its fixed point
        "1.3598 a warrant; 1.3289 where all 428,248 dilute",
        "share_price volatility 0.4",
        "3.5 1.28571176",  # as above, at a volatility of 40%
        "Maturity wall: principal due by year",
    ],
)
def test_it_puts_out(outputs, said):
    assert any(said in text for text in outputs), outputs


@pytest.mark.parametrize(
    ("words", "scenario", "inputs"),
    [
        ("closing 2006-06-30", "closing", {}),
        ("historical 2006-06-30", "historical", {}),
        ("historical, extended 2007-10-01", "historical", {"extend.revolver": True}),
    ],
)
def test_the_term_loans_interest_is_that_of_an_independent_simulation(
    outputs, words, scenario, inputs
):
    cents = sum(row["interest"] for row in compare("term-loan", scenario, inputs))
    assert any(f"{words} {cents // 100}.{cents % 100:02}" in text for text in outputs), outputs
