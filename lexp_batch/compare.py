"""A comparison on stdout: sides in columns for people, one JSON object for programs."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from lexp_batch.tables import NONE, aligned, json_value
from lexp_calc.comparison import ComparedElections, Comparison, Figure
from lexp_calc.elections import ElectionRow
from lexp_calc.tranche_figures import DATE
from lexp_calc.wording import amount_text, counted

WIDEST_VALUE = 48  # characters of a term or input that are shown


def comparison_for_people(comparison: Comparison) -> str:
    """Terms and inputs that differ, then each tranche's figures, then the elections."""
    names = [side.name for side in comparison.sides]
    lines = [" against ".join(names)]
    for title, differences in (
        ("Terms that differ", comparison.terms),
        ("Inputs that differ", comparison.inputs),
    ):
        if differences:
            rows = [(each.path, *map(_cut, each.values)) for each in differences]
            lines += ["", *_titled(title), *aligned(["", *names], rows, left=range(len(names) + 1))]
    if not comparison.terms and not comparison.inputs:
        lines += ["", "No term and no input differs."]
    for tranche_id, figures in comparison.figures.items():
        lines += ["", *_titled(tranche_id), *_figure_table(names, figures)]
    lines += ["", *_titled("All tranches"), *_figure_table(names, comparison.totals)]
    for elections in comparison.elections:
        lines += ["", *_elections(elections)]
    if comparison.without_rates:
        whose = ", ".join(comparison.without_rates)
        lines += ["", f"Elections not compared, as no second index has rates: {whose}."]
    return "\n".join(lines)


def _titled(title: str) -> list[str]:
    return [title, "=" * len(title)]


def _cut(value: str | None) -> str:
    if value is None:
        return NONE
    return value if len(value) <= WIDEST_VALUE else f"{value[: WIDEST_VALUE - 1]}…"


def _figure_table(names: list[str], figures: tuple[Figure, ...]) -> list[str]:
    """A column a side, and one for the difference of each to the first."""
    heading = ["", "unit", names[0]]
    for name in names[1:]:
        heading += [name, f"{name}\nless {names[0]}"]
    rows = []
    for figure in figures:
        cells = [figure.name, figure.unit, _shown(figure.values[0])]
        for value, difference in zip(figure.values[1:], figure.differences, strict=True):
            cells += [_shown(value), _difference(figure, difference)]
        rows.append(cells)
    return aligned(heading, rows, left=[0, 1])


def _shown(value: Decimal | date | None) -> str:
    if not value:
        return NONE
    return value.isoformat() if isinstance(value, date) else amount_text(value)


def _difference(figure: Figure, difference: Decimal | int | None) -> str:
    if not difference:
        return NONE
    return f"{difference:+,} days" if figure.unit == DATE else f"{difference:+,f}"


def _elections(elections: ComparedElections) -> Iterator[str]:
    """The periods in which another election would have been cheaper, and what it saves."""
    money = elections.side.projection.deal.money
    yield from _titled(f"Elections of {elections.tranche_id}, {elections.side.name}")
    dearer = [row for row in elections.periods if row.saving]
    periods = counted(len(elections.periods), "interest period")
    if not dearer:
        yield f"The cheapest option was elected in all of {periods}."
        return
    heading = ("from", "to", "balance", "elected", *elections.indices, "cheapest", "saving")

    def amount(minor_units: int | None) -> str:
        return "no rate" if minor_units is None else amount_text(money.amount(minor_units))

    rows = [
        (
            row.accrual_start.isoformat(),
            row.accrual_end.isoformat(),
            amount(row.balance),
            row.elected,
            *map(amount, row.interest),
            row.cheapest,
            amount(row.saving),
        )
        for row in dearer
    ]
    yield from aligned(heading, rows)
    yield (
        f"Another election would have been cheaper in {len(dearer):,} of {periods}, by "
        f"{amount(elections.saving)} {money.code} in all."
    )


def comparison_json(comparison: Comparison) -> str:
    """One object with everything, all interest periods included."""
    return json_value(
        {
            "sides": [
                {
                    "name": side.name,
                    "deal": side.projection.deal.id,
                    "scenario": side.projection.scenario_name,
                }
                for side in comparison.sides
            ],
            "terms": [{"path": each.path, "values": each.values} for each in comparison.terms],
            "inputs": [{"path": each.path, "values": each.values} for each in comparison.inputs],
            "tranches": {
                tranche_id: [_figure(each) for each in figures]
                for tranche_id, figures in comparison.figures.items()
            },
            "deal": [_figure(each) for each in comparison.totals],
            "elections": [
                {
                    "tranche": each.tranche_id,
                    "side": each.side.name,
                    "periods": [_period(each, row) for row in each.periods],
                    "saving": each.side.projection.deal.money.amount(each.saving),
                }
                for each in comparison.elections
            ],
        }
    )


def _figure(figure: Figure) -> dict:
    return {
        "figure": figure.name,
        "unit": figure.unit,
        "values": figure.values,
        "differences": figure.differences,
    }


def _period(elections: ComparedElections, row: ElectionRow) -> dict:
    amount = elections.side.projection.deal.money.amount
    return {
        "accrual_start": row.accrual_start,
        "accrual_end": row.accrual_end,
        "balance": amount(row.balance),
        "elected": row.elected,
        "interest": {
            index: None if interest is None else amount(interest)
            for index, interest in zip(elections.indices, row.interest, strict=True)
        },
        "cheapest": row.cheapest,
        "saving": amount(row.saving),
    }
