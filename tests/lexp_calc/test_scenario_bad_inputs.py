"""Bad inputs of a projection and bad files of rates: refused by path or row.

The numbers are those of the list of bad inputs that the project keeps.
"""

from decimal import Decimal

import pytest

from lexp_calc import LexpError, project
from lexp_calc.term_sheet import rates_from_csv
from tests.lexp_calc.term_sheet_text import changed
from tests.lexp_calc.variants import lexington

# inputs of a projection, and the parts of the refusal.
BAD_INPUTS = {
    "prepayment-of-more-than-is-owed": (
        {"prepay.term-loan.2006-06-29": "4800000.01"},
        "tranche.term-loan: prepay.2006-06-29",
        "found 4,800,000.01",
        "at most the 4,800,000.00",
    ),
    "prepayment-after-maturity": (
        {"prepay.term-loan.2006-07-03": "1"},
        "up to maturity on 2006-06-30",
    ),
    "prepayment-on-closing": ({"prepay.term-loan.2003-12-18": "1"}, "after closing on 2003-12-18"),
    "prepayment-on-a-saturday": (
        {"prepay.term-loan.2005-01-01": "1"},
        "no business day",
        "2005-01-03",
    ),
    "prepayment-when-nothing-is-owed": (
        {"prepay.term-loan.2005-02-01": "9600000", "prepay.term-loan.2005-02-02": "1"},
        "prepay.2005-02-02",
        "nothing is owed any more",
    ),
    "draw-on-a-term-loan": ({"draw.term-loan.2005-02-01": "1"}, "draw.term-loan", "a revolver"),
    "prepayment-of-a-revolver": ({"prepay.revolver.2005-02-01": "1"}, "a draw below zero"),
    "extension-as-text": ({"extend.revolver": "yes"}, "extend.revolver", "true or false"),
    "leverage-without-a-grid": (
        {"leverage.term-loan": "3.25"},
        "leverage.term-loan",
        "a tranche with a margin grid",
    ),
    "default-without-a-margin": (
        {"default.term-loan.2005-02-01": True},
        "default.term-loan",
        "a default margin in its coupon",
    ),
    "default-as-a-word": (
        {"default.term-loan.2005-02-01": "yes"},
        "default.term-loan",
        "true or false",
    ),
    "leverage-as-a-ratio": ({"leverage.term-loan": "3.25x"}, 'found "3.25x"', "such as 3.25"),
    "leverage-below-zero": ({"leverage.term-loan": "-1"}, 'found "-1"', "from 0 to less than"),
    "leverage-of-an-unknown-tranche": ({"leverage.term-lone": "3"}, '"term-lone"', '"term-loan"'),
    "volatility-without-its-sign": ({"volatility": "35"}, "volatility", 'did you mean "35%"?'),
    "volatility-as-a-decimal": ({"volatility": "0.35"}, "volatility", 'did you mean "35%"?'),
    "volatility-of-nothing": ({"volatility": "0%"}, 'found "0%"', "above 0%, at most 500%"),
    "volatility-below-zero": ({"volatility": "-35%"}, 'found "-35%"', "above 0%, at most 500%"),
    "volatility-too-large": ({"volatility": "500.000001%"}, "above 0%, at most 500%"),
    "volatility-by-date": ({"volatility.2004-06-30": "35%"}, "found 2 parts"),
    "riskless-rate-too-large": ({"riskless_rate": "101%"}, "between -100% and 100%"),
    "riskless-rate-in-basis-points": ({"riskless_rate": "325"}, "riskless_rate", "per-cent sign"),
    "a-path-that-is-none": ({5: "1"}, "inputs", "found 5"),
}


@pytest.mark.parametrize("case", BAD_INPUTS.values(), ids=BAD_INPUTS)
def test_an_input_of_a_projection_is_refused_by_its_path(case):
    inputs, *parts = case
    with pytest.raises(LexpError) as caught:
        project(lexington(), "closing", inputs)
    assert all(part in str(caught.value) for part in parts), str(caught.value)


def test_21_a_negative_index_is_taken_and_the_floor_shown():
    row = project(lexington(), "closing", {"prime": "-0.75%"})["secured-term-loan"].rows[1]
    assert (row.index_rate, row.all_in_rate) == (Decimal("-0.0075"), Decimal("0.0825"))


# number and name: a file of rates, and what is refused in it.
RATE_FILES = {
    "39-a-date-twice": ("date,pct\n2004-06-30,4\n2004-06-30,5\n", "line 3: found 2004-06-30 after"),
    "39-out-of-order": ("date,pct\n2004-06-30,4\n2004-06-29,5\n", "line 3: found 2004-06-29 after"),
    "35-month-or-day-first": ("date,pct\n06/30/2004,4\n", 'line 2: found "06/30/2004"'),
    "25-a-rate-missing": ("date,pct\n2004-06-30,\n", "line 2"),
    "69-nan": ("date,pct\n2004-06-30,nan\n", 'line 2: found "nan%"'),
    "24-basis-points": ("date,pct\n2004-06-30,425\n", 'line 2: found "425%"'),
    "a-column-too-many": ("date,pct\n2004-06-30,4,5\n", "line 2: found 3 columns"),
    "39-a-date-twice-without-heading": ("2004-06-30,4\n2004-06-30,5\n", "line 2: found 2004-06-30"),
    "67-empty": ("", "found no rates"),
    "51-nul": ("date,pct\n2004-06-30,4\x00\n", "line 2"),
    "59-a-field-without-end": ("date,pct\n" + "1" * 200_000, "field larger than field limit"),
}


@pytest.mark.parametrize(("text", "message"), RATE_FILES.values(), ids=RATE_FILES)
def test_a_file_of_rates_is_refused_with_its_row(text, message):
    with pytest.raises(LexpError) as caught:
        rates_from_csv(text, "prime.csv")
    assert "prime.csv" in str(caught.value) and message in str(caught.value)


def test_a_file_of_rates_may_have_notes_and_a_heading_or_none():
    rates = {"2024-01-01": "5.3%", "2024-02-01": "5.1%"}
    plain = "2024-01-01,5.3\n2024-02-01,5.1%\n"
    assert rates_from_csv(plain, "sofr.csv") == rates
    assert rates_from_csv(f"# made up\nfrom,per cent\n\n{plain}", "sofr.csv") == rates


@pytest.mark.parametrize(
    ("file", "message"),
    [
        ("none.csv", 'found no file "none.csv"'),
        ("../data", "found no file"),
        ("latin.csv", "not UTF-8"),
        ("bad.csv", 'bad.csv: line 2: found "4,00%"'),
    ],
)
def test_25_a_file_of_rates_that_a_term_sheet_names_is_refused_by_its_path(
    term_sheet, tmp_path, file, message
):
    (tmp_path / "deals" / "latin.csv").write_bytes("dåte,pct\n2004-06-30,4\n".encode("latin-1"))
    (tmp_path / "deals" / "bad.csv").write_text('date,pct\n2004-06-30,"4,00"\n')
    lines = term_sheet(changed(("../data/prime-h15.csv", file)))
    assert lines[0].startswith("scenario.historical.index.prime") and message in lines[0]
