"""One message for one lender: its contacts in To, the figures as text and HTML, the workbook.

What leaves is looked at once more as its receiver will see it: `check_message` takes the bytes
apart again and holds the headers and the attachment against what was meant.
"""

import secrets
from dataclasses import dataclass
from datetime import UTC, datetime
from email import policy
from email.headerregistry import Address
from email.message import EmailMessage
from email.parser import BytesParser
from email.utils import format_datetime
from hashlib import sha256

from lexp_batch.encryption import decrypted, encrypted
from lexp_batch.mail_headers import header_text, mail_address, sender_address
from lexp_batch.message_text import Story, html_text, plain_text
from lexp_batch.passwords import Secret
from lexp_calc.errors import LexpError, OutOfRange

WORKBOOK_TYPE = ("application", "vnd.openxmlformats-officedocument.spreadsheetml.sheet")
# Of what is sent to people and written by a program (RFC 3834): no answer from an empty desk.
AUTOMATIC = ("Auto-Submitted", "auto-generated")


@dataclass(frozen=True)
class Envelope:
    """From whom, and for a message that is to be sent its id; a draft has none, and no date."""

    sender: str | None
    message_id: str | None = None

    @property
    def address(self) -> str:
        """The sender's bare address."""
        return sender_address(self.sender, "--from")[1]


def new_message_id(sender: str) -> str:
    """An id that no other message has: 128 random bits at the sender's domain."""
    domain = sender_address(sender, "--from")[1].rpartition("@")[2]
    return f"<{secrets.token_hex(16)}@{domain}>"


def message_bytes(
    story: Story, envelope: Envelope, workbook: bytes, password: Secret | None = None
) -> bytes:
    """The whole message as it goes over the line, in ASCII with CR LF at each line's end.

    Without a password the same story gives the same bytes, but for id and date.
    """
    delivery = story.delivery
    message = EmailMessage(policy=policy.SMTP)
    if envelope.sender:
        message["From"] = _address(*sender_address(envelope.sender, "--from"))
    message["To"] = tuple(_address("", each) for each in delivery.contacts)
    message["Subject"] = header_text(story.subject, f"{delivery.deal_id}: subject")
    if envelope.message_id:
        message["Message-ID"] = header_text(envelope.message_id, "Message-ID")
        message["Date"] = format_datetime(datetime.now(UTC))
    message[AUTOMATIC[0]] = AUTOMATIC[1]
    message.set_content(plain_text(story), cte="quoted-printable")
    message.add_alternative(html_text(story), subtype="html", cte="quoted-printable")
    content = workbook if password is None else encrypted(workbook, password)
    maintype, subtype = WORKBOOK_TYPE
    name = delivery.attachment_name
    message.add_attachment(content, maintype=maintype, subtype=subtype, filename=name)
    # The library's own boundaries are random; a draft written again has the same bytes.
    seed = f"{delivery.deal_id} {delivery.tranche_id} {delivery.lender_id} {delivery.file.sha256}"
    for number, part in enumerate(each for each in message.walk() if each.is_multipart()):
        part.set_boundary(f"lexp-{number}-{sha256(seed.encode()).hexdigest()[:40]}")
    return message.as_bytes()


def _address(name: str, address: str) -> Address:
    return Address(header_text(name, "--from"), addr_spec=mail_address(address, "address"))


def check_message(
    content: bytes, story: Story, envelope: Envelope, password: Secret | None = None
) -> None:
    """Refuse a message that is not exactly what was meant, by what its receiver finds in it."""
    where = f"{story.delivery.deal_id}: message for {story.delivery.lender_id}"
    message = BytesParser(policy=policy.SMTP).parsebytes(content)
    wanted = {
        "To": ", ".join(story.delivery.contacts),
        "Subject": " ".join(story.subject.split()),
        AUTOMATIC[0]: AUTOMATIC[1],
    }
    if envelope.sender:
        wanted["From"] = str(_address(*sender_address(envelope.sender, "--from")))
    if envelope.message_id:
        wanted |= {"Message-ID": envelope.message_id, "Date": str(message["Date"])}
    # A long header is folded at a space, and has two where its lines meet.
    found = {name: " ".join(str(value).split()) for name, value in message.items()}
    for name in ("MIME-Version", "Content-Type"):
        found.pop(name, None)
    if found != wanted or len(message.keys()) != len(wanted) + 2:
        differing = sorted(found.items() ^ wanted.items())
        raise _not_as_meant(where, f"found other headers: {differing}")
    if any(part.defects for part in message.walk()) or not content.isascii():
        raise _not_as_meant(where, "found a message that does not parse cleanly")
    attached = list(message.iter_attachments())
    names = [each.get_filename() for each in attached]
    if names != [story.delivery.attachment_name]:
        raise _not_as_meant(where, f"found the attachments {names}")
    workbook = attached[0].get_content()
    if password is not None:
        workbook = decrypted(workbook, password)
    if sha256(workbook).hexdigest() != story.delivery.file.sha256:
        raise _not_as_meant(where, "found other bytes attached than the manifest's")


def _not_as_meant(where: str, found: str) -> LexpError:
    return OutOfRange(where, found, "the message as it was meant would be right; it is not sent")
