"""What a mail says: the key figures and what changed, once as plain text and once as HTML."""

from dataclasses import dataclass
from html import escape

from lexp_batch.mail_figures import Figures, changes
from lexp_batch.recipients import Delivery

STYLE = "font-family: Calibri, Arial, sans-serif; font-size: 11pt; color: #1f2328"
CELL = "padding: 2px 18px 2px 0; text-align: left; vertical-align: top; white-space: pre"
NUMBER = CELL.replace("text-align: left", "text-align: right")


@dataclass(frozen=True)
class Story:
    """All that a mail tells: of whose loan, the figures now, and those last sent to this lender.

    `password_note` says how the password of an encrypted workbook comes; the figures then stand
    in the workbook alone, for a mail can be read on its way and in the mailbox.
    """

    delivery: Delivery
    borrower: str
    tranche_name: str
    currency: str
    now: Figures
    before: Figures | None
    password_note: str | None = None

    @property
    def heading(self) -> str:
        """The first line."""
        return f"{self.tranche_name}, {self.borrower}"

    @property
    def subject(self) -> str:
        """Names alone: the subject is the part of a mail that most eyes see."""
        return f"{self.tranche_name}, {self.borrower}: as of {self.now.as_of}"

    def changed(self) -> list[tuple[str, str, str]] | None:
        """What differs from what this lender had before; None if it had nothing."""
        return None if self.before is None else changes(self.before, self.now)

    def sentences(self) -> tuple[str, str]:
        """The words over the changes, and those about the attachment."""
        changed = self.changed()
        if changed is None:
            over = "This is the first workbook of this loan that is sent to you."
        elif changed:
            over = f"Since the workbook last sent to you, as of {self.before.as_of}:"
        else:
            over = "None of these figures has changed since the workbook last sent to you."
        attached = f"The workbook with all payments is attached: {self.delivery.attachment_name}."
        if self.password_note:
            attached += (
                f" It is encrypted; its password comes {self.password_note}, never by mail."
                " The figures are in the workbook alone."
            )
        return over, attached


def plain_text(story: Story) -> str:
    """The mail for readers without HTML."""
    over, attached = story.sentences()
    parts = [story.heading]
    if not story.password_note:
        lines = story.now.lines()
        widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
        figures = [
            f"  {words.ljust(widths[0])}  {figure.rjust(widths[1])}" for words, figure in lines
        ]
        parts.append("\n".join([f"Amounts in {story.currency}", *figures]))
        changed = [f"  {words}: {old} -> {new}" for words, old, new in story.changed() or []]
        parts.append("\n".join([over, *changed]))
    parts.append(attached)
    return "\n\n".join(parts) + "\n"


def html_text(story: Story) -> str:
    """The same as HTML, with nothing in it that a reader would have to load or run."""
    over, attached = map(escape, story.sentences())
    parts = [f'<p dir="auto"><b>{escape(story.heading)}</b></p>']
    if not story.password_note:
        parts.append(f"<p>Amounts in {escape(story.currency)}</p>")
        parts.append(_table(((words, figure) for words, figure in story.now.lines()), 1))
        parts.append(f"<p>{over}</p>")
        if changed := story.changed():
            parts.append(_table((("", "before", "now"), *changed), 2))
    parts.append(f"<p>{attached}</p>")
    body = "\n".join(parts)
    return (
        '<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8">'
        f'<title>{escape(story.heading)}</title></head>\n<body style="{STYLE}">\n{body}\n'
        "</body></html>\n"
    )


def _table(rows, numbers: int) -> str:
    """Rows of texts, of which the last `numbers` columns stand to the right."""
    lines = []
    for row in rows:
        cells = [
            f'<td style="{NUMBER if column >= len(row) - numbers else CELL}">{escape(text)}</td>'
            for column, text in enumerate(row)
        ]
        lines.append(f"<tr>{''.join(cells)}</tr>")
    return '<table style="border-collapse: collapse">\n' + "\n".join(lines) + "\n</table>"
