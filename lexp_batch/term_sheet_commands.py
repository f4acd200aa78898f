"""The commands about term sheets themselves: start one, check it, compare, know its schema."""

import click

from lexp_batch.options import deal_option, format_option
from lexp_batch.problems import complain


@click.command()
@click.argument("file")
def init(file) -> None:
    """Write a commented term sheet to start from; FILE ends in .toml."""
    from lexp_batch.starter import write_starter

    click.echo(write_starter(file))


@click.command()
def schema() -> None:
    """The JSON Schema of term sheets, from which editors complete."""
    import json

    from lexp_calc.term_sheet_schema import term_sheet_schema

    click.echo(json.dumps(term_sheet_schema(), indent=2, ensure_ascii=False))


@click.command()
@click.argument("term_sheets", nargs=-1, required=True, metavar="TERM_SHEET...")
def check(term_sheets) -> None:
    """Read and validate term sheets; every problem with its line, then the good ones."""
    from lexp_batch.checking import check_term_sheet

    good = []
    for term_sheet in term_sheets:
        try:
            good.append(check_term_sheet(term_sheet))
        except Exception as failure:  # one file of several: the others are still checked
            complain(failure, term_sheet)
    for line in good:
        click.echo(line)
    if len(good) < len(term_sheets):
        raise click.exceptions.Exit(1)


@click.command()
@click.argument("sides", nargs=-1, required=True, metavar="A B...")
@deal_option
@format_option("table", "json")
def compare(sides, term_sheet, form) -> None:
    """What differs between scenarios or term sheets, and what that comes to.

    A, B, ... are scenarios of the deal, files of a scenario's inputs, or term sheets.
    """
    if len(sides) < 2:
        raise click.UsageError("Two or more are needed to compare, such as: closing historical")
    from lexp_batch.compare import comparison_for_people, comparison_json
    from lexp_batch.sides import sides_of
    from lexp_calc.comparison import compared

    found = compared(sides_of(sides, term_sheet))
    click.echo(comparison_json(found) if form == "json" else comparison_for_people(found))
