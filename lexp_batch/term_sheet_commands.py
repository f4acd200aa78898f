"""The commands about term sheets themselves: start one, check it, know its schema."""

import click

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
