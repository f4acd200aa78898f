"""The commands that make, install and look after the functions in Excel and Calc."""

from contextlib import suppress

import click


def say(line: str) -> None:
    """A line on stdout; the installation goes on though nobody reads it."""
    with suppress(BrokenPipeError):
        click.echo(line)


def refuse_another_addin() -> None:
    """Refuses to go on where Python finds another package of that name before ours."""
    from importlib.util import find_spec
    from pathlib import Path

    from lexp_calc.errors import LexpError

    ours = Path(__file__).parents[1] / "addin"
    found = find_spec("addin")
    if found is None or Path(found.origin or "").parent != ours:
        where = "nothing" if found is None else found.origin
        expected = f"{ours} would be right: rename the other, or take its folder out of PYTHONPATH"
        raise LexpError("the package addin", f"found {where}", expected)


@click.group()
def addin() -> None:
    """The functions in Excel and LibreOffice Calc: make the files, install, uninstall."""
    refuse_another_addin()


@addin.command()
@click.option(
    "--out",
    default="build",
    show_default=True,
    type=click.Path(file_okay=False),
    help="The folder in which the files are written.",
)
def build(out) -> None:
    """Write lexp.xlam for Excel and lexp.oxt for LibreOffice Calc; neither need be here."""
    from addin.built_files import build_both

    for path in build_both(out):
        say(str(path))


calc_option = click.option("--calc", is_flag=True, help="LibreOffice Calc instead of Excel.")


@addin.command()
@calc_option
@click.option(
    "--with-excel", is_flag=True, help="Have Excel make the file, where it refuses ours (Windows)."
)
def install(calc, with_excel) -> None:
    """Put the add-in in place for this user, with this Python; a half-done step is undone."""
    if calc and with_excel:
        raise click.UsageError("--calc and --with-excel exclude each other")
    if calc:
        from addin.calc_extension import install_in_calc

        install_in_calc(say)
    else:
        from addin.install import install

        install(say, with_excel)


@addin.command()
@calc_option
def uninstall(calc) -> None:
    """Take out what install put in place; your own settings stay."""
    if calc:
        from addin.calc_extension import uninstall_from_calc

        uninstall_from_calc(say)
    else:
        from addin.install import uninstall

        uninstall(say)


@click.command()
def doctor() -> None:
    """What is installed, what is missing, what to do.

    Each problem is also a line on stderr, and the exit status is then 1.
    """
    refuse_another_addin()
    from addin.doctor import examine, problems, table

    checks = examine()
    click.echo(table(checks))
    found = problems(checks)
    for problem in found:
        click.echo(problem, err=True)
    if found:
        raise click.exceptions.Exit(1)
