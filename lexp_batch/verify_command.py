"""The command `lexp verify`."""

import click

from lexp_batch.problems import complain

TIME_LIMIT = 120.0  # seconds for the engine's start, and for each recalculation


def known_engine(context: click.Context, parameter: click.Parameter, name: str | None):
    """An engine's name, in any case; wrong usage, with the list, if there is none of it."""
    if name is None:
        return None
    from workbook_templates.engines import ENGINES

    if name.casefold() not in ENGINES:
        raise click.BadParameter(f"found {name!r}; one of {', '.join(ENGINES)} would be right")
    return name.casefold()


@click.command()
@click.argument("workbooks", nargs=-1, required=True, metavar="WORKBOOK...")
@click.option(
    "--flips",
    type=click.IntRange(1, 1_000_000),
    metavar="N",
    help="Type random inputs in N times; compare with the core run on the same inputs.",
)
@click.option("--seed", type=int, default=1, show_default=True, help="Of the first flip.")
@click.option(
    "--engine",
    metavar="NAME",
    callback=known_engine,
    help="libreoffice or formulon; else the first of them that is installed.",
)
@click.option("--standard", is_flag=True, help="Hold each to the rows of the workbook standard.")
@click.option(
    "--deal",
    "term_sheet",
    metavar="TERM_SHEET",
    help="For --flips: what the workbooks were made from; else it is found by its hash.",
)
@click.option(
    "--lenders",
    metavar="FILE",
    help="For --flips of lenders' copies made with it: the file of lenders.",
)
def verify(workbooks, flips, seed, engine, standard, term_sheet, lenders) -> None:
    """Recalculate every formula cell with a second engine; compare with what the file stores.

    The cells that differ are listed on stderr, and the exit status is 1.
    """
    from lexp_batch.term_sheet_search import TermSheets
    from lexp_batch.verify import Trials, verified
    from workbook_templates.engines import started_engine

    trials = Trials(TermSheets(term_sheet, lenders), flips or 0, seed, standard)
    all_sound = True
    with started_engine(engine, TIME_LIMIT) as running:
        for workbook in workbooks:
            try:
                for line in verified(workbook, running, trials):
                    click.echo(line.text, err=line.is_problem)
                    all_sound = all_sound and not line.is_problem
            except BrokenPipeError:
                raise
            except Exception as failure:  # one workbook of several: the others are still verified
                complain(failure, workbook)
                all_sound = False
    if not all_sound:
        raise click.exceptions.Exit(1)
