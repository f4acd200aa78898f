"""What goes wrong, said to the user: one line a problem on stderr, and never a traceback."""

import errno
import os
import sys
import tempfile
import traceback

import click

STOPPED = 130  # as a shell counts a program that Ctrl-C ended


class Commands(click.Group):
    """A group of commands whose problems become lines on stderr and an exit status.

    1 where something was refused or failed, 2 for wrong usage.
    """

    def main(self, *args, **kwargs):
        """Runs a command line; text goes out as UTF-8 whatever the terminal's default."""
        for stream in (sys.stdout, sys.stderr):
            if hasattr(stream, "reconfigure"):
                stream.reconfigure(encoding="utf-8", errors="backslashreplace")
        try:
            return super().main(*args, **kwargs)
        except Exception as failure:  # the outer shell: nothing may reach the user raw
            complain(failure)
            sys.exit(1)

    def invoke(self, context: click.Context):
        """Runs the command; a reader that has all it wanted is no failure."""
        try:
            return super().invoke(context)
        except BrokenPipeError:
            context.exit(0)


def complain(failure: BaseException, where: str = "lexp") -> None:
    """Says a problem on stderr; see `problem_text`."""
    click.echo(problem_text(failure, where), err=True)


def problem_text(failure: BaseException, where: str = "lexp") -> str:
    """The lines of a problem that the user can mend; for any other, one line and a log file.

    `where` is the file that a fault of the program kept from being made, if it was one.
    """
    if is_users(failure):
        return str(failure)
    if isinstance(failure, OSError) and failure.errno == errno.ENOSPC:
        return f"{where}: the disk is full; free some space or choose another place"
    return (
        f"{where}: {type(failure).__name__}, a fault of the program and not of your input; "
        f"{write_log(failure)}"
    )


def is_users(failure: BaseException) -> bool:
    """Whether it is a LexpError; looked up so that nothing heavy is imported for it."""
    errors = sys.modules.get("lexp_calc.errors")
    return errors is not None and isinstance(failure, errors.LexpError)


def write_log(failure: BaseException) -> str:
    """Writes the traceback to a new file in the temporary folder; says where it is."""
    try:
        number, path = tempfile.mkstemp(prefix="lexp-", suffix=".log")
        with os.fdopen(number, "w", encoding="utf-8", errors="backslashreplace") as log:
            log.write(f"{sys.argv}\nPython {sys.version}\n")
            traceback.print_exception(failure, file=log)
    except OSError as no_log:
        return f"no log could be written ({no_log.strerror})"
    return f"the details are in {path}"
