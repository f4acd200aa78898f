"""The command line `lexp`. What a command needs is imported when it runs, so help is quick."""

import click

from lexp_batch.addin_commands import addin, doctor
from lexp_batch.function_commands import calc, functions
from lexp_batch.options import (
    deal_option,
    format_option,
    one_term_sheet,
    scenario_option,
    set_option,
)
from lexp_batch.problems import Commands
from lexp_batch.send_command import outbox, send
from lexp_batch.term_sheet_commands import check, compare, init, schema
from lexp_batch.verify_command import verify
from lexp_batch.workbooks_command import workbooks

OVERVIEW = """\
lexp: corporate debt from terms to cash flows. The built-in deal is lexp-2003.

  lexp show [TERM_SHEET]        the deal on one screen, with what is assumed
  lexp schedule TRANCHE         one tranche's cash flows: table, csv or json
  lexp facts [TERM_SHEET]       every derived figure, how, and against the source
  lexp workbooks [TERM_SHEET]   a workbook for each tranche and one for the deal
  lexp verify WORKBOOK ...      every cell recalculated by a second engine; --flips 20
  lexp send DIR                 mails with the workbooks, to look at; --send; lexp outbox DIR
  lexp init FILE                a commented term sheet to start from; lexp schema: for editors
  lexp check TERM_SHEET ...     every problem of a term sheet at once, with its line
  lexp compare A B ...          scenarios, or term sheets, side by side
  lexp functions [NAME]         every spreadsheet function, or all about one
  lexp calc FUNCTION [ARG ...]  one function from the shell; --jsonl for many calls
  lexp addin install            the functions in Excel; --calc: in LibreOffice Calc
  lexp doctor                   what of it is installed, what is missing, what to do

A scenario: --scenario historical --set prime=5.00% --set extend.revolver=true
More about a command: lexp COMMAND --help"""


@click.group(cls=Commands, invoke_without_command=True)
@click.version_option(package_name="lexp", message="%(prog)s %(version)s")
@click.pass_context
def main(context: click.Context) -> None:
    """Corporate debt from terms to cash flows, as tables and Excel workbooks."""
    if context.invoked_subcommand is None:
        click.echo(OVERVIEW)


for command in (
    *(init, schema, check, compare, functions, calc, verify),
    *(workbooks, send, outbox, addin, doctor),
):
    main.add_command(command)


@main.command()
@one_term_sheet
@scenario_option
@set_option
@click.option("--plot", metavar="FILE", help="Write a picture instead: .svg, .png or .pdf.")
def show(term_sheet, scenario, inputs, plot) -> None:
    """The deal on one screen: tranches, dates, sums, and what is an assumption."""
    from lexp_batch.show import deal_on_one_screen
    from lexp_calc import project, read_term_sheet

    projection = project(read_term_sheet(term_sheet), scenario, inputs)
    if plot is None:
        click.echo(deal_on_one_screen(projection))
        return
    from lexp_batch.plot import write_picture

    write_picture(projection, plot)
    click.echo(plot)


@main.command()
@click.argument("tranche")
@deal_option
@scenario_option
@set_option
@format_option("table", "csv", "json")
def schedule(tranche, term_sheet, scenario, inputs, form) -> None:
    """One tranche's schedule, a row a payment."""
    from lexp_batch import tables
    from lexp_calc import project, read_term_sheet
    from lexp_calc.cash_flows import SCHEDULE_COLUMNS
    from lexp_calc.spelling import named

    deal = read_term_sheet(term_sheet)
    tranche_id = named(deal.tranche, tranche, "tranche")
    rows = project(deal, scenario, inputs)[tranche_id]
    if form == "csv":
        click.echo(tables.csv_text(tables.schedule_records(rows), SCHEDULE_COLUMNS))
    elif form == "json":
        click.echo(tables.json_text(tables.schedule_records(rows)))
    else:
        click.echo(tables.schedule_table(rows))


@main.command()
@one_term_sheet
@scenario_option
@set_option
@format_option("table", "json")
def facts(term_sheet, scenario, inputs, form) -> None:
    """Every derived figure of the deal, how it was derived, and where the source differs."""
    from lexp_batch.fact_list import facts_for_people, facts_json
    from lexp_calc import project, read_term_sheet
    from lexp_calc.facts import facts_of

    found = facts_of(project(read_term_sheet(term_sheet), scenario, inputs))
    click.echo(facts_json(found) if form == "json" else facts_for_people(found))
