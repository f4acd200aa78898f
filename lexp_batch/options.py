"""The options and arguments that several commands have."""

import click

BUILT_IN = "lexp-2003"


def read_inputs(context: click.Context, parameter: click.Parameter, texts) -> dict[str, object]:
    """The --set options as inputs by path; of one path given twice the last counts."""
    if not texts:
        return {}
    from lexp_calc.errors import LexpError
    from lexp_calc.scenario_inputs import parse_assignment

    try:
        return dict(map(parse_assignment, texts))
    except LexpError as problem:
        raise click.BadParameter(f"{problem.found}; {problem.expected}") from None


scenario_option = click.option(
    "--scenario", metavar="NAME", help="A scenario of the term sheet; its default one if left out."
)
set_option = click.option(
    "--set",
    "inputs",
    metavar="PATH=VALUE",
    multiple=True,
    callback=read_inputs,
    help="One input of the scenario, such as prime=5.00% or extend.revolver=true; repeatable.",
)
deal_option = click.option(
    "--deal", "term_sheet", metavar="TERM_SHEET", default=BUILT_IN, help="Else the built-in deal."
)
one_term_sheet = click.argument("term_sheet", required=False, default=BUILT_IN)


def format_option(*formats: str):
    """--format, the first one unless told."""
    return click.option(
        "--format", "form", type=click.Choice(formats), default=formats[0], show_default=True
    )
