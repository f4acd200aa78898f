"""What goes wrong, said to the user: one line a problem on stderr, and never a traceback."""

import errno
import os
import sys
import tempfile
import traceback

import click


class Commands(click.Group):
    """A group of commands whose problems become lines on stderr and an exit status.

    1 where something was refused or failed; click itself answers wrong usage with 2.
    """

    def main(self, *args, **kwargs):
        """Runs a command line; text goes out as UTF-8 whatever the terminal's default."""
        for stream in (sys.stdout, sys.stderr):
            if hasattr(stream, "reconfigure"):
                stream.reconfigure(encoding="utf-8", errors="backslashreplace")
        return super().main(*args, **kwargs)

    def invoke(self, context: click.Context):
        """Runs the command; what it raises ends here."""
        try:
            return super().invoke(context)
        except (click.ClickException, click.Abort, click.exceptions.Exit):
            raise
        except BrokenPipeError:
            silence_stdout()  # the reader has all it wanted
            context.exit(0)
        except Exception as failure:  # the outer shell: nothing may reach the user raw
            complain(failure)
            context.exit(1)


def complain(failure: BaseException, where: str = "lexp") -> None:
    """The lines of a problem that the user can mend; for any other, one line and a log file.

    `where` is the file that a fault of the program kept from being made, if it was one.
    """
    if is_users(failure):
        for line in lines_of(failure):
            click.echo(line, err=True)
        return
    click.echo(
        f"{where}: {type(failure).__name__}, a fault of the program and not of your input; "
        f"the details are in {write_log(failure)}",
        err=True,
    )


def is_users(failure: BaseException) -> bool:
    """Whether it is a LexpError; looked up so that nothing heavy is imported for it."""
    errors = sys.modules.get("lexp_calc.errors")
    return errors is not None and isinstance(failure, errors.LexpError)


def lines_of(problem) -> list[str]:
    """One line a problem, whatever characters the user's own names hold."""
    if hasattr(problem, "problems"):
        return [line for each in problem.problems for line in lines_of(each)]
    return ["".join(c if c.isprintable() else f"\\u{ord(c):04x}" for c in str(problem))]


def write_log(failure: BaseException) -> str:
    """A new file in the temporary folder that holds the traceback; its path."""
    number, path = tempfile.mkstemp(prefix="lexp-", suffix=".log")
    with os.fdopen(number, "w", encoding="utf-8", errors="backslashreplace") as log:
        log.write(f"{sys.argv}\nPython {sys.version}\n")
        traceback.print_exception(failure, file=log)
    return path


def say(text: str) -> None:
    """A result, on stdout; a disk that is full is the user's to mend."""
    try:
        click.echo(text)
    except OSError as failure:
        if isinstance(failure, BrokenPipeError) or failure.errno == errno.EPIPE:
            raise
        from lexp_calc.errors import LexpError

        silence_stdout()
        found = f"found that nothing can be written there ({failure.strerror})"
        raise LexpError("standard output", found, "another place would be right") from None


def silence_stdout() -> None:
    """Points stdout nowhere, so that what is left in its buffer fails no more."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(nowhere, sys.stdout.fileno())
    except (OSError, ValueError):
        pass  # no file beneath it: nothing to point away
    os.close(nowhere)
