"""The tables themselves: enough figures by others, each with its source, none twice."""

from collections import Counter

from tests.lexp_calc.published import PUBLISHED, figures

COLUMNS = {"figure", "case", "value", "unit", "source", "checked", "read_in"}
# The built-in deal's own table, and sources that round or count by a rule that is not ours.
OTHERS = {
    "bond-prices-apart.csv",
    "lexington-2003.csv",
    "level-payments-rounded-up.csv",
    "loan-schedules-unrounded.csv",
}
TABLES = {path.name: figures(path.name) for path in sorted(PUBLISHED.glob("*.csv"))}
BY_OTHERS = {name: rows for name, rows in TABLES.items() if name not in OTHERS}
AT_LEAST = 500


def test_there_are_enough_figures_that_were_read_in_their_source():
    read = [row for rows in BY_OTHERS.values() for row in rows if row["checked"] == "read"]
    assert len(read) >= AT_LEAST
    assert len({row["source"] for row in read}) >= 60


def test_every_figure_names_its_source_and_where_it_was_read():
    for name, rows in TABLES.items():
        if name == "lexington-2003.csv":
            continue
        for row in rows:
            assert set(row) == COLUMNS, name
            assert row["case"] and row["value"] and row["source"].strip(), (name, row)
            assert row["checked"] in ("read", "recalled"), (name, row)
            assert row["read_in"].strip() or row["checked"] == "recalled", (name, row)


def test_no_figure_stands_twice():
    cases = Counter((row["figure"], row["case"]) for rows in TABLES.values() for row in rows)
    assert [case for case, count in cases.items() if count > 1] == []
