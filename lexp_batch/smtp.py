"""The line to a mail server: always encrypted, its certificate always verified.

`Line.deliver` makes one attempt at one message and says which of four things came of it. Only the
stretch from the first byte of the text to the server's answer can leave it unknown.
"""

import smtplib
import ssl
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field

from lexp_batch.passwords import smtp_password
from lexp_calc.errors import LexpError, NotThere, OutOfRange, printable, quoted

STARTTLS, TLS = "starttls", "tls"
PORTS = {STARTTLS: 587, TLS: 465}
SENT, REFUSED, LATER, UNKNOWN = "sent", "refused", "later", "unknown"
SHUTTING_DOWN = 421  # in answer to anything
LONGEST_REASON = 200


@dataclass(frozen=True)
class Server:
    """A mail server and the login to it; the password is looked up when it is needed.

    `tls` is "starttls" (port 587) or "tls" from the first byte on (port 465). With `ca_file`, the
    certificates of a private authority, those alone are trusted.
    """

    host: str
    port: int | None = None
    tls: str = STARTTLS
    user: str | None = None
    ca_file: str | None = None

    def __post_init__(self):
        if self.tls not in PORTS:
            raise OutOfRange("tls", quoted(self.tls), f'"{STARTTLS}" or "{TLS}" would be right')

    @property
    def address(self) -> tuple[str, int]:
        """Host and port."""
        return self.host, self.port or PORTS[self.tls]

    def __str__(self) -> str:
        return "{}:{}".format(*self.address)


@dataclass(frozen=True)
class Pace:
    """How patiently a server is asked: seconds, attempts, messages a minute."""

    seconds: float = 60.0  # for any answer but
    seconds_after_text: float = 600.0  # RFC 5321 gives a server ten minutes for the last one
    attempts: int = 4  # of each message, where the server says "later"
    first_wait: float = 5.0  # seconds; each next one is three times as long
    a_minute: float = 60.0


@dataclass(frozen=True)
class Answer:
    """What came of one attempt; `refused` are the recipients that the server did not take."""

    kind: str
    reason: str = ""
    refused: Mapping[str, str] = field(default_factory=dict)
    is_line_lost: bool = False  # the trouble is the server's or the line's, not the message's


PATIENT = Pace()


class ServerProblem(LexpError):
    """Nothing can be sent through this server as it is: no message is to blame."""


class _Later(Exception):
    """The server said "later", or was lost, before it had any of the text."""


class Line:
    """A line to the server, opened with the first message and again after it broke."""

    def __init__(self, server: Server, pace: Pace):
        self.server = server
        self.pace = pace
        self._context = _verifying(server.ca_file)
        # A password that is missing is said before anything is done.
        self._password = smtp_password(server.user) if server.user else None
        self._smtp: smtplib.SMTP | None = None
        self.was_open = False  # whether the server ever took the login, or let us in without

    def __enter__(self) -> "Line":
        return self

    def __exit__(self, *_) -> None:
        if self._smtp is not None:
            with suppress(smtplib.SMTPException, OSError):
                self._smtp.quit()
        self._drop()

    def deliver(
        self,
        sender: str,
        recipients: Sequence[str],
        content: bytes,
        before_text: Callable[[], None],
        is_last: bool,
    ) -> Answer:
        """One attempt. `before_text` is called when the server waits for the text.

        A recipient refused for now makes the attempt one for later, unless it is the last.
        """
        try:
            refused = self._envelope(sender, recipients, content, is_last)
            if isinstance(refused, Answer):
                return refused
            code, text = self._command("DATA")
            if code != 354:
                return self._not_taken(code, text)
        except _Later as later:
            return Answer(LATER, str(later), is_line_lost=True)
        try:
            before_text()
        except BaseException:  # nothing may follow but the text, not even QUIT
            self._drop()
            raise
        return self._text(content, refused)

    def _envelope(self, sender, recipients, content, is_last) -> Answer | dict[str, str]:
        """From whom and to whom; the recipients refused, or an answer if none is left."""
        smtp = self._opened()
        options = []
        if smtp.has_extn("size"):
            limit = smtp.esmtp_features["size"]
            if limit.isdigit() and 0 < int(limit) < len(content):
                found = f"{len(content):,} bytes, where the server takes at most {int(limit):,}"
                return Answer(REFUSED, found)
            options.append(f"SIZE={len(content)}")
        code, text = self._command(f"MAIL FROM:<{sender}>", *options)
        if code != 250:
            return self._not_taken(code, text)
        refused, for_now = {}, False
        for recipient in recipients:
            code, text = self._command(f"RCPT TO:<{recipient}>")
            if code not in (250, 251):
                refused[recipient] = _reason(code, text)
                for_now = for_now or 400 <= code < 500
        if refused and for_now and (not is_last or len(refused) == len(recipients)):
            self._reset()
            return Answer(LATER, "; ".join(refused.values()), refused)
        if len(refused) == len(recipients):
            self._reset()
            return Answer(REFUSED, "; ".join(dict.fromkeys(refused.values())), refused)
        return refused

    def _text(self, content: bytes, refused: dict[str, str]) -> Answer:
        smtp = self._smtp
        try:
            smtp.sock.settimeout(self.pace.seconds_after_text)
            smtp.send(_with_end(content))
            code, text = smtp.getreply()
            smtp.sock.settimeout(self.pace.seconds)
        except (smtplib.SMTPException, OSError) as failure:
            self._drop()
            reason = f"the line broke before the server's answer: {_said(failure)}"
            return Answer(UNKNOWN, reason, is_line_lost=True)
        except BaseException:  # Ctrl-C: the text may be there
            self._drop()
            raise
        if 200 <= code < 300:
            return Answer(SENT, _reason(code, text), refused)
        if 400 <= code < 600:
            return self._not_taken(code, text)
        self._drop()
        reason = f"the server's answer was none: {_reason(code, text)}"
        return Answer(UNKNOWN, reason, is_line_lost=True)

    def _command(self, *words: str) -> tuple[int, bytes]:
        try:
            code, text = self._smtp.docmd(" ".join(words))
        except (smtplib.SMTPException, OSError) as failure:
            self._drop()
            raise _Later(f"the line broke ({_said(failure)})") from None
        if code == SHUTTING_DOWN or code < 200:
            self._drop()
            raise _Later(_reason(code, text))
        return code, text

    def _not_taken(self, code: int, text: bytes) -> Answer:
        if code == SHUTTING_DOWN:
            self._drop()
        else:
            self._reset()
        return Answer(LATER if 400 <= code < 500 else REFUSED, _reason(code, text))

    def _reset(self) -> None:
        """The line as before this message; if it is lost, the next message opens another."""
        with suppress(_Later):
            self._command("RSET")

    def _opened(self) -> smtplib.SMTP:
        if self._smtp is None:
            try:
                self._open()
            except BaseException:
                self._drop()
                raise
        return self._smtp

    def _open(self) -> None:
        """Connect, encrypt, log in; what no later attempt would mend is a ServerProblem."""
        server = self.server
        try:
            self._connect()
            if server.tls != TLS:
                if not self._smtp.has_extn("starttls"):
                    raise self._problem("no STARTTLS offered", "a server that encrypts the line")
                self._smtp.starttls(context=self._context)
                self._said_hello()
            if self._password is not None:
                self._smtp.login(server.user, self._password.text)
            self.was_open = True
        except ssl.SSLCertVerificationError as failure:
            raise self._problem(
                f"a certificate that does not hold ({failure.verify_message})",
                "the certificate of that very server, from an authority trusted here or named "
                "with --smtp-ca,",
            ) from None
        except (ssl.SSLEOFError, ssl.SSLZeroReturnError) as failure:
            raise _Later(f"the line to {server} broke ({_said(failure)})") from None
        except ssl.SSLError as failure:
            raise self._problem(
                f"no TLS that can be used ({failure.reason or failure})",
                f"TLS 1.2 or newer, with --smtp-tls {STARTTLS} or {TLS} as the port has it,",
            ) from None
        except smtplib.SMTPNotSupportedError as failure:
            expected = "a server with AUTH PLAIN, LOGIN or CRAM-MD5, or no user,"
            raise self._problem(f"no login offered ({failure})", expected) from None
        except smtplib.SMTPResponseException as failure:
            said = _reason(failure.smtp_code, failure.smtp_error)
            if 400 <= failure.smtp_code < 500:
                raise _Later(said) from None
            is_login = isinstance(failure, smtplib.SMTPAuthenticationError)
            if is_login:
                found = f'the login "{server.user}" refused ({said})'
                raise self._problem(found, "the user and the password that it knows") from None
            expected = "a server that takes mail from here"
            raise self._problem(f"a refusal ({said})", expected) from None
        except (smtplib.SMTPException, OSError) as failure:
            raise _Later(f"no line to {server} ({_said(failure)})") from None

    def _connect(self) -> None:
        host, port = self.server.address
        if self.server.tls == TLS:
            self._smtp = smtplib.SMTP_SSL(
                host, port, timeout=self.pace.seconds, context=self._context
            )
        else:
            self._smtp = smtplib.SMTP(host, port, timeout=self.pace.seconds)
        self._said_hello()

    def _said_hello(self) -> None:
        code, text = self._smtp.ehlo()
        if code != 250:
            raise smtplib.SMTPHeloError(code, text)

    def _problem(self, found: str, expected: str) -> ServerProblem:
        where = f"mail server {self.server}"
        return ServerProblem(where, f"found {found}", f"{expected} would be right")

    def _drop(self) -> None:
        if self._smtp is not None:
            self._smtp.close()
            self._smtp = None


def _verifying(ca_file: str | None) -> ssl.SSLContext:
    """What verifies certificates and names, by the system's authorities or by those of a file."""
    if ca_file is None:
        return ssl.create_default_context()
    try:
        return ssl.create_default_context(cafile=ca_file)
    except ssl.SSLError:
        expected = "certificates in PEM form would be right"
        raise OutOfRange(ca_file, "found no certificate in it", expected) from None
    except OSError as failure:
        found = f"found no way to read it ({failure.strerror})"
        raise NotThere(ca_file, found, "a file of certificates would be right") from None


def _with_end(content: bytes) -> bytes:
    """The text with its points doubled at a line's beginning, and the point that ends it."""
    if not content.count(b"\n") == content.count(b"\r\n") == content.count(b"\r"):
        raise ValueError("a line of the message does not end in CR LF")
    doubled = content.replace(b"\r\n.", b"\r\n..")
    if doubled.startswith(b"."):
        doubled = b"." + doubled
    return (doubled if doubled.endswith(b"\r\n") else doubled + b"\r\n") + b".\r\n"


def _reason(code: int, text: bytes | str) -> str:
    if isinstance(text, bytes):
        text = text.decode("utf-8", "replace")
    return printable(f"{code} {' '.join(text.split())}"[:LONGEST_REASON])


def _said(failure: Exception) -> str:
    if isinstance(failure, TimeoutError):
        return "no answer in time"
    if isinstance(failure, OSError):
        return printable(failure.strerror or str(failure))
    return printable(str(failure)[:LONGEST_REASON])
