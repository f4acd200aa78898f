"""The commands about spreadsheet functions: what there is, and to call one."""

import sys

import click

from lexp_batch.options import format_option
from lexp_batch.problems import write_log


@click.command()
@click.argument("function", required=False)
@format_option("table", "json")
def functions(function, form) -> None:
    """Every spreadsheet function, or all about one: arguments, units, example, source."""
    from lexp_batch.function_list import all_functions, functions_json, one_function
    from lexp_calc.functions import FUNCTIONS, function_named

    chosen = [function_named(function)] if function else list(FUNCTIONS.values())
    if form == "json":
        click.echo(functions_json(chosen))
    else:
        click.echo(one_function(chosen[0]) if function else all_functions(chosen))


@click.command(context_settings={"ignore_unknown_options": True}, add_help_option=False)
@click.option("--jsonl", is_flag=True, help="Read a call a line from stdin, answer a line each.")
@click.option("--help", "wants_help", is_flag=True, help="Show this message, or a function's.")
@click.argument("function", required=False)
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED, metavar="[ARG]...")
@click.pass_context
def calc(context, jsonl, wants_help, function, arguments) -> None:
    """Call one spreadsheet function: its arguments in order, or as --name value.

    Dates are ISO 8601, rates decimals (0.055), columns and tables JSON lists, such as
    "[-100, 110]". An empty argument, "", leaves an optional one out.

    \b
    With --jsonl a line of stdin is a call and a line of stdout its answer:
    {"id": 1, "fn": "LEXP_FEE", "args": {"principal": 11500000, "fee_rate": 0.01875}}
    {"id": 1, "value": 215625.0}
    """
    if jsonl and function:
        raise click.UsageError("--jsonl takes its calls from stdin, and no function beside it")
    if jsonl and not wants_help:
        _answer_lines(context)
    elif function and not wants_help:
        _call(function, arguments)
    elif function:
        from lexp_batch.function_list import one_function
        from lexp_calc.functions import function_named

        click.echo(one_function(function_named(function)))
    elif wants_help:
        click.echo(context.get_help())
    else:
        raise click.UsageError("name a function, or --jsonl; `lexp functions` lists them")


def _call(name: str, words: tuple[str, ...]) -> None:
    from lexp_batch.calling import arguments_from_words, value_lines
    from lexp_calc.functions import function_named

    function = function_named(name)
    for line in value_lines(function.plain(**arguments_from_words(function, words))):
        click.echo(line)


def _answer_lines(context: click.Context) -> None:
    from lexp_batch.calling import answers

    logs: dict[str, str] = {}

    def fault(failure: BaseException) -> str:
        """One line for a fault of the program; a log a kind of fault, not one a call."""
        kind = type(failure).__name__
        if kind not in logs:
            logs[kind] = write_log(failure)
        return f"{kind}, a fault of the program and not of your input; {logs[kind]}"

    asked = refused = 0
    for line, has_value in answers(sys.stdin.buffer, fault):
        # Whoever asks may wait for the answer before the next call.
        sys.stdout.write(line + "\n")
        sys.stdout.flush()
        asked += 1
        refused += not has_value
    if refused:
        click.echo(f"{refused:,} of {asked:,} calls refused: see their answers", err=True)
        context.exit(1)
