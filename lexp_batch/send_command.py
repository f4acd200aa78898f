"""The commands `lexp send` and `lexp outbox`."""

import click

from lexp_batch.options import format_option
from lexp_batch.problems import STOPPED, complain

EVERY = "all"


def message_numbers(context: click.Context, parameter: click.Parameter, texts):
    """--resend-unknown: None without it, () for all of them, else the numbers given."""
    if not texts:
        return None
    numbers = [text for text in texts if text != EVERY]
    for text in numbers:
        if not (text.isascii() and text.isdigit() and len(text) < 16):
            raise click.BadParameter(
                f"found {text!r}; the number of a message, as `lexp outbox` lists it, or none for "
                "all of them would be right"
            )
    return () if len(numbers) < len(texts) else tuple(map(int, numbers))


def server_options(command):
    """Where the mail server is, and how it is spoken to."""
    for option in reversed(
        (
            click.option("--smtp-host", envvar="LEXP_SMTP_HOST", show_envvar=True, metavar="NAME"),
            click.option(
                "--smtp-port",
                envvar="LEXP_SMTP_PORT",
                show_envvar=True,
                type=click.IntRange(1, 65_535),
                help="587, or 465 with tls, unless told.",
            ),
            click.option(
                "--smtp-tls",
                envvar="LEXP_SMTP_TLS",
                show_envvar=True,
                type=click.Choice(("starttls", "tls"), case_sensitive=False),
                default="starttls",
                show_default=True,
            ),
            click.option(
                "--smtp-user",
                envvar="LEXP_SMTP_USER",
                show_envvar=True,
                metavar="NAME",
                help="Its password: LEXP_SMTP_PASSWORD, or the keyring's service lexp-smtp.",
            ),
            click.option(
                "--smtp-ca",
                envvar="LEXP_SMTP_CA",
                show_envvar=True,
                metavar="FILE",
                help="Certificates of a private authority, alone trusted then.",
            ),
            click.option(
                "--a-minute",
                type=click.FloatRange(0.1, 6_000),
                default=60.0,
                show_default=True,
                help="Messages, at most.",
            ),
        )
    ):
        command = option(command)
    return command


@click.command()
@click.argument("folder", metavar="DIR")
@click.option("--deal", "term_sheet", metavar="TERM_SHEET", help="Else it is found by its hash.")
@click.option("--lenders", metavar="FILE", help="In place of the lenders of the term sheet.")
@click.option("--out", metavar="DIR", help="For the .eml files.  [default: DIR/mail]")
@click.option(
    "--outbox",
    metavar="FILE",
    envvar="LEXP_OUTBOX",
    show_envvar=True,
    help="What was sent.  [default: outbox.sqlite beside the deals' folders]",
)
@click.option("--from", "sender", envvar="LEXP_SMTP_FROM", show_envvar=True, metavar="ADDRESS")
@click.option(
    "--encrypt",
    is_flag=True,
    help="The workbooks by AES-256; passwords from LEXP_WORKBOOK_PASSWORD or a keyring.",
)
@click.option(
    "--password-note", metavar="TEXT", help="How passwords come to the lenders, as the mail says."
)
@click.option(
    "--largest-mb",
    type=click.FloatRange(0.01, 1_000),
    default=25.0,
    show_default=True,
    help="Of a mail as it goes over the line.",
)
@click.option("--send", "is_sent", is_flag=True, help="Send; needs --approve.")
@click.option("--approve", metavar="HASH", help="Of exactly the table that is to be sent.")
@click.option(
    "--resend-unknown",
    "again",
    multiple=True,
    is_flag=False,
    flag_value=EVERY,
    metavar="[N]",
    callback=message_numbers,
    help="Again, under the same Message-ID, what may or may not have been sent.",
)
@format_option("table", "json")
@server_options
def send(folder, sender, is_sent, approve, out, form, **options) -> None:
    """Write a mail for each lender with its workbooks, as .eml files, and a table of them.

    DIR is what `lexp workbooks` wrote: a deal's folder, or the one with all of them. Nothing is
    sent without --send and --approve with the HASH of exactly that table.
    """
    if is_sent and not approve:
        raise click.UsageError("--send needs --approve HASH, of the table that it prints without")
    if approve and not is_sent:
        raise click.UsageError("--approve goes with --send")
    from lexp_batch.mail_order import HOW_PASSWORDS_COME, MEGABYTE, MailOrder
    from lexp_batch.mail_plan import plan_mail

    order = MailOrder(
        options["term_sheet"],
        options["lenders"],
        sender,
        options["encrypt"],
        options["password_note"] or HOW_PASSWORDS_COME,
        options["outbox"],
        options["again"],
        round(options["largest_mb"] * MEGABYTE),
    )
    plan = plan_mail(folder, order)
    try:
        is_sound = _sent(plan, approve, options) if is_sent else _drafted(plan, out, form)
    except KeyboardInterrupt:
        text = "stopped; the same command again sends the rest, `lexp outbox` lists what is unknown"
        click.echo(text, err=True)
        raise click.exceptions.Exit(STOPPED) from None
    if not is_sound:
        raise click.exceptions.Exit(1)


def _drafted(plan, out: str | None, form: str) -> bool:
    from lexp_batch.mail_listing import table_json, table_lines

    is_sound = True
    try:
        plan.write(out)
    except Exception as failure:  # drafts that cannot be written: the table is shown all the same
        complain(failure, plan.folder)
        is_sound = False
    for problem in plan.all_problems():
        complain(problem)
        is_sound = False
    click.echo(table_json(plan) if form == "json" else "\n".join(table_lines(plan)))
    return is_sound


def _sent(plan, approve: str, options: dict) -> bool:
    from lexp_batch.sending import send as send_plan
    from lexp_batch.smtp import Pace, Server

    if not options["smtp_host"]:
        raise click.UsageError("--send needs --smtp-host, or LEXP_SMTP_HOST in the environment")
    server = Server(
        options["smtp_host"],
        options["smtp_port"],
        options["smtp_tls"].lower(),
        options["smtp_user"],
        options["smtp_ca"],
    )
    is_sound = True
    for outcome in send_plan(plan, approve, server, Pace(a_minute=options["a_minute"])):
        try:
            click.echo(str(outcome), err=outcome.is_problem)
        except BrokenPipeError:  # the mails are wanted though nobody reads of them
            pass
        is_sound = is_sound and not outcome.is_problem
    return is_sound


@click.command()
@click.argument("folder", metavar="DIR")
@click.option("--outbox", "named", metavar="FILE", envvar="LEXP_OUTBOX", show_envvar=True)
@click.option(
    "--mark-sent",
    type=click.IntRange(1),
    multiple=True,
    metavar="N",
    help="An unknown message that was found in the lender's mailbox; repeatable.",
)
@click.option(
    "--mark-not-sent",
    type=click.IntRange(1),
    multiple=True,
    metavar="N",
    help="An unknown message that surely never arrived; repeatable.",
)
@format_option("table", "json")
def outbox(folder, named, mark_sent, mark_not_sent, form) -> None:
    """List what was sent from DIR, and what may or may not have been (exit status 1)."""
    from lexp_batch.mail_listing import entries_json, entry_lines
    from lexp_batch.outbox import UNKNOWN, Entry
    from lexp_batch.outbox_care import listed_entries
    from lexp_batch.outbox_place import outbox_path

    entries: list[Entry] = listed_entries(outbox_path(folder, named), mark_sent, mark_not_sent)
    click.echo(entries_json(entries) if form == "json" else "\n".join(entry_lines(entries)))
    if any(each.state == UNKNOWN for each in entries):
        raise click.exceptions.Exit(1)
