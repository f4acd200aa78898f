"""What is asked of sending, and one message made as asked for, ready to leave or as a draft."""

from dataclasses import dataclass

from lexp_batch.mail_headers import header_text, sender_address
from lexp_batch.message import Envelope, check_message, message_bytes
from lexp_batch.message_text import Story
from lexp_batch.passwords import Secret, workbook_password
from lexp_batch.recipients import checked_workbook
from lexp_calc.errors import OutOfRange

MEGABYTE = 1_000_000
EVERY_UNKNOWN = ()
HOW_PASSWORDS_COME = "from us by telephone or in person"


@dataclass(frozen=True)
class MailOrder:
    """What is asked for: terms and lenders where they are not found by themselves, and how.

    `again` names messages of the outbox whose fate is unknown and that are to be sent again under
    the same Message-ID: by number, all of them where it is EVERY_UNKNOWN, none where it is None.
    """

    term_sheet: str | None = None
    lenders: str | None = None
    sender: str | None = None
    encrypt: bool = False
    password_note: str = HOW_PASSWORDS_COME
    outbox: str | None = None
    again: tuple[int, ...] | None = None
    largest: int = 25 * MEGABYTE  # bytes of a message as it goes over the line

    def check(self) -> None:
        """Refuse a sender or words that no mail may have."""
        if self.sender is not None:
            sender_address(self.sender, "--from")
        header_text(self.password_note, "--password-note")

    def password_for(self, lender_id: str) -> Secret | None:
        """What a lender's workbooks are encrypted with; None where they are not."""
        return workbook_password(lender_id) if self.encrypt else None

    def check_size(self, size: int, where: str) -> None:
        """Refuse a message of so many bytes, or a workbook that would make one, if too large."""
        if size > self.largest:
            found = f"found a mail of {size:,} bytes"
            raise OutOfRange(where, found, f"at most {self.largest:,} would be right")


AS_USUAL = MailOrder()


def prepared(story: Story, order: MailOrder, envelope: Envelope) -> bytes:
    """The message, with the workbook opened again and the whole taken apart again."""
    password = order.password_for(story.delivery.lender_id)
    if password is not None and password.text in order.password_note:
        found = "found the password itself"
        raise OutOfRange("--password-note", found, "words on how it comes would be right")
    content = message_bytes(story, envelope, checked_workbook(story.delivery), password)
    order.check_size(len(content), str(story.delivery.path))
    check_message(content, story, envelope, password)
    return content
