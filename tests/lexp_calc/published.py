"""The tables of published figures: what is compared, and who says so."""

import csv
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

from lexp_calc.money import rounded

PUBLISHED = Path(__file__).parents[1] / "published"


def figures(file_name):
    """The rows of a table; each names its source."""
    with (PUBLISHED / file_name).open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert rows and all(row["source"].strip() for row in rows), f"{file_name}: a row has no source"
    return rows


def inputs(row):
    """The case of a row, `name=value; name=value`, as a dict."""
    pairs = (pair.split("=", 1) for pair in row["case"].split(";") if pair.strip())
    return {name.strip(): value.strip() for name, value in pairs}


def title(row):
    """The row in a few words, for the test's id."""
    return f"{row['figure']} {row['case']}".strip().replace(" ", "-")


def rate(per_cent):
    """A rate as tables print it, "5.50%", as a decimal."""
    assert per_cent.endswith("%"), per_cent
    return Decimal(per_cent[:-1]).scaleb(-2)


def as_printed(number, row):
    """A computed number with as many decimals as the row's value has."""
    decimals = len(row["value"].partition(".")[2])
    return f"{rounded(Fraction(number), decimals):f}"
