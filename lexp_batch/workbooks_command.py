"""The command `lexp workbooks`."""

from contextlib import suppress

import click

from lexp_batch.options import BUILT_IN, scenario_option, set_option
from lexp_batch.problems import STOPPED, problem_text

MOST_JOBS = 1_000


@click.command()
@click.argument("term_sheets", nargs=-1, metavar="[TERM_SHEET]...")
@click.option(
    "--out",
    default="out",
    show_default=True,
    type=click.Path(file_okay=False),
    help="The folder in which each deal gets one of its own.",
)
@scenario_option
@set_option
@click.option(
    "--tranche",
    "tranches",
    metavar="ID",
    multiple=True,
    help="Only this tranche's workbook, and not the whole deal's; repeatable.",
)
@click.option(
    "--lenders", metavar="FILE", help="In place of the lenders of the term sheets: a copy for each."
)
@click.option(
    "--jobs",
    type=click.IntRange(1, MOST_JOBS),
    default=1,
    show_default=True,
    help="So many processes at a time.",
)
@click.option("--again", is_flag=True, help="Make also what is up to date.")
@click.option("--pdf", is_flag=True, help="Print each workbook beside it, through LibreOffice.")
@click.option(
    "--paper",
    type=click.Choice(("A4", "Letter"), case_sensitive=False),
    default="A4",
    show_default=True,
    help="What the sheets are laid out for.",
)
@click.option(
    "--cluster",
    metavar="ADDRESS",
    help="Make them on a Dask cluster that sees the same files, such as tls://host:8786; "
    "local: one of --jobs processes here.",
)
@click.option("--cluster-tls-ca", type=click.Path(), help="The cluster's authority, PEM.")
@click.option("--cluster-tls-cert", type=click.Path(), help="This side's certificate, PEM.")
@click.option("--cluster-tls-key", type=click.Path(), help="Its key, PEM.")
def workbooks(term_sheets, out, jobs, again, pdf, **options):
    """Write a workbook for each tranche and one for the whole deal, with a manifest.

    TERM_SHEET is a file, a folder with *.toml files, or a pattern such as "deals/**/*.toml". Each
    lender gets a copy of its own, in lenders/ID. What is up to date is left as it is.
    """
    from lexp_batch.plan import Asked
    from lexp_batch.workbooks import Batch, Way

    asked = Asked(
        options.pop("scenario"),
        tuple(options.pop("inputs").items()),
        options.pop("tranches"),
        options.pop("paper"),
        options.pop("lenders"),
    )
    way = Way(jobs, _cluster(**options), pdf, again)
    status = _run(Batch(term_sheets or (BUILT_IN,), out, asked, way))
    if status:
        raise click.exceptions.Exit(status)


def _cluster(cluster, **tls):
    """The cluster that was named, None for none; wrong usage where its TLS is incomplete."""
    files = {name.removeprefix("cluster_tls_"): path for name, path in tls.items()}
    given = [name for name, path in files.items() if path is not None]
    if cluster is None:
        if given:
            raise click.UsageError(f"--cluster-tls-{given[0]} belongs to --cluster ADDRESS")
        return None
    if given and len(given) < len(files):
        raise click.UsageError("--cluster-tls-ca, -cert and -key belong together")
    from lexp_batch.cluster_connection import Cluster

    return Cluster(cluster, **files)


def _run(batch) -> int:
    """Makes the batch; the names of new files go to stdout, all else to stderr at the end."""
    from lexp_batch.progress import Progress
    from lexp_calc.wording import counted

    problems: list[tuple[int, str]] = []
    new = up_to_date = 0
    is_stopped = False
    with Progress(batch) as progress:
        try:
            for each in batch.outcomes():
                if each.problem is not None:
                    problems.append((each.place, problem_text(each.problem, each.path)))
                elif each.is_new:
                    new += each.is_workbook
                    with suppress(BrokenPipeError):  # the files are wanted though nobody reads
                        progress.say(each.path)
                else:
                    up_to_date += each.is_workbook
                if each.is_workbook:
                    progress.step()
        except KeyboardInterrupt:
            is_stopped = True
    for _, problem in sorted(problems, key=lambda each: each[0]):
        click.echo(problem, err=True)
    if is_stopped:
        made = f"{counted(new, 'workbook')} made, {up_to_date:,} up to date"
        click.echo(f"stopped: {made}; the same command again makes the rest", err=True)
        return STOPPED
    if up_to_date:
        text = f"{counted(up_to_date, 'workbook')} up to date"
        click.echo(text if new or problems else f"nothing to do: {text}", err=True)
    return int(bool(problems))
