"""Bad inputs of a projection and bad files of rates: refused by path or row.

The numbers are those of the list of bad inputs that the project keeps.
"""

from datetime import datetime
from decimal import Decimal

import pytest

from lexp_calc import LexpError, project
from lexp_calc.term_sheet import rates_from_csv
from tests.lexp_calc.term_sheet_text import changed
from tests.lexp_calc.variants import lexington

# number and name: inputs of a projection, and the parts of the refusal.
BAD_INPUTS = {
    "01-nan": ({"prepay.term-loan.2005-02-01": Decimal("nan")}, "2005-02-01", "found NaN"),
    "06-true-as-an-amount": ({"reserves.revolver": True}, "reserves.revolver", "found true"),
    "07-padding": ({"reserves.revolver": " 5"}, "reserves.revolver", 'found " 5"'),
    "09-less-than-a-cent": ({"prepay.term-loan.2005-02-01": "0.001"}, "2005-02-01", "0.01 USD"),
    "11-binary-float": ({"prepay.term-loan.2005-02-01": 0.1 + 0.2}, "30000000000000004", "Decimal"),
    "17-draws-over-the-commitment": (
        {"draw.revolver.2004-01-15": "23500000.01"},
        "tranche.revolver: draw.2004-01-15",
        "found a balance of 23,500,000.01",
        "from 0 to 23,500,000.00",
    ),
    "17-repayment-of-more-than-drawn": (
        {"draw.revolver.2004-01-15": "100", "draw.revolver.2004-01-16": "-100.01"},
        "draw.2004-01-16",
        "found a balance of -0.01",
    ),
    "17-draw-of-nothing": (
        {"draw.revolver.2004-01-15": "0"},
        "draw.revolver.2004-01-15",
        "found 0",
        "repaid below zero",
    ),
    "18-rate-over-100-per-cent": ({"prime": "100.01%"}, "index.prime", "between -100% and 100%"),
    "19-rate-without-its-sign": ({"prime": "4.00"}, "index.prime", 'did you mean "4.00%"?'),
    "20-rate-as-a-decimal": ({"prime": Decimal("0.04")}, "index.prime", 'did you mean "4%"?'),
    "22-negative-all-in-rate": (
        {"prime": "-1.20%"},
        "tranche.revolver: index.prime",
        "all-in rate of -0.2",
        "a floor in the coupon",
    ),
    "25-fixing-missing": (
        {"elect.term-loan": "LIBOR 1M"},
        "tranche.term-loan: index.LIBOR 1M",
        "no rate at all",
        "2003-12-18",
        '--set "LIBOR 1M=1.50%"',
    ),
    "25-fixing-too-late": (
        {"elect.term-loan.2004-09-01": "LIBOR 1M", "LIBOR 1M.2004-09-02": "1.5%"},
        "index.LIBOR 1M",
        "no rate before 2004-09-02",
        "needed from 2004-09-01",
    ),
    "26-unknown-index": ({"elect.term-loan": "LIBOR"}, 'found "LIBOR"', 'did you mean "LIBOR '),
    "26-index-without-an-option": (
        {"elect.term-loan": "SOFR", "SOFR": "4%"},
        "elect.term-loan",
        'found "SOFR"',
        '"prime", "LIBOR 1M", "LIBOR 3M" would be right',
    ),
    "26-unknown-input": ({"libro": "4%"}, 'found "libro"', "would be right"),
    "28-29-february-2006": ({"prime.2006-02-29": "4%"}, "2006-02-29", "a date that exists"),
    "32-excel-serial-60": ({"as_of": 60}, "as_of", "found 60", "such as 2006-06-30"),
    "34-year-9999": ({"as_of": "9999-12-31"}, "as_of", "2199-12-31"),
    "35-month-or-day-first": ({"as_of": "06/07/2006"}, "as_of", '"06/07/2006"'),
    "36-date-with-time": ({"as_of": datetime(2006, 6, 30)}, "as_of", "2006-06-30 00:00:00"),
    "39-given-twice": ({"prime": "4%", "index.prime": "5%"}, "index.prime", "found it twice"),
    "39-date-given-twice": (
        {"prime.2004-06-30": "4%", "Prime.2004-06-30": "5%"},
        "Prime.2004-06-30",
        "found it twice",
    ),
    "40-extension-of-what-has-none": ({"extend.term-loan": True}, "extend.term-loan", "extension"),
    "57-unknown-tranche": ({"prepay.term-lone.2005-02-01": "1"}, '"term-lone"', '"term-loan"'),
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
    "39-a-date-twice": ("date,pct\n2004-06-30,4\n2004-06-30,5\n", "row 2: found 2004-06-30 after"),
    "39-out-of-order": ("date,pct\n2004-06-30,4\n2004-06-29,5\n", "row 2: found 2004-06-29 after"),
    "35-month-or-day-first": ("date,pct\n06/30/2004,4\n", 'row 1: found "06/30/2004"'),
    "25-a-rate-missing": ("date,pct\n2004-06-30,\n", "row 1"),
    "69-nan": ("date,pct\n2004-06-30,nan\n", 'row 1: found "nan%"'),
    "24-basis-points": ("date,pct\n2004-06-30,425\n", 'row 1: found "425%"'),
    "a-column-too-many": ("date,pct\n2004-06-30,4,5\n", "row 1: found 3 columns"),
    "67-empty": ("", "found no rates"),
    "51-nul": ("date,pct\n2004-06-30,4\x00\n", "row 1"),
    "59-a-field-without-end": ("date,pct\n" + "1" * 200_000, "field larger than field limit"),
}


@pytest.mark.parametrize(("text", "message"), RATE_FILES.values(), ids=RATE_FILES)
def test_a_file_of_rates_is_refused_with_its_row(text, message):
    with pytest.raises(LexpError) as caught:
        rates_from_csv(text, "prime.csv")
    assert "prime.csv" in str(caught.value) and message in str(caught.value)


@pytest.mark.parametrize(
    ("file", "message"),
    [
        ("none.csv", 'found no file "none.csv"'),
        ("../data", "found no file"),
        ("latin.csv", "not UTF-8"),
        ("bad.csv", 'bad.csv: row 1: found "4,00%"'),
    ],
)
def test_25_a_file_of_rates_that_a_term_sheet_names_is_refused_by_its_path(
    term_sheet, tmp_path, file, message
):
    (tmp_path / "deals" / "latin.csv").write_bytes("dåte,pct\n2004-06-30,4\n".encode("latin-1"))
    (tmp_path / "deals" / "bad.csv").write_text('date,pct\n2004-06-30,"4,00"\n')
    lines = term_sheet(changed(("../data/prime-h15.csv", file)))
    assert lines[0].startswith("scenario.historical.index.prime") and message in lines[0]
