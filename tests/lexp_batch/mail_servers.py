"""Mail servers on 127.0.0.1 for the tests: a real one, and one that misbehaves by a script."""

import contextlib
import socket
import ssl
import threading
import time
from collections import Counter
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from ipaddress import ip_address

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, LoginPassword
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

HOST = "127.0.0.1"
USER, PASSWORD = "agent", "the login's own password"
NOW = datetime.now(UTC)
DAY = timedelta(days=1)


class Authority:
    """An authority that no one else trusts, and the certificates that it gives."""

    def __init__(self, folder):
        self.folder = folder
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "tests of lexp")])
        certificate = self._built(self.name, self.key, (NOW - DAY, NOW + DAY), is_authority=True)
        self.file = folder / "authority.pem"
        self.file.write_bytes(certificate.public_bytes(serialization.Encoding.PEM))

    def context(self, host=HOST, days=(-1, 1), self_signed=False):
        """What a server with such a certificate speaks TLS with."""
        key = ec.generate_private_key(ec.SECP256R1())
        name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, host)])
        period = [NOW + each * DAY for each in days]
        certificate = self._built(name, key, period, host=host, self_signed=self_signed)
        path = self.folder / f"{certificate.serial_number}.pem"
        path.write_bytes(
            certificate.public_bytes(serialization.Encoding.PEM)
            + key.private_bytes(
                serialization.Encoding.PEM,
                serialization.PrivateFormat.PKCS8,
                serialization.NoEncryption(),
            )
        )
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(path)
        return context

    def _built(self, name, key, period, host=None, self_signed=False, is_authority=False):
        builder = (
            x509.CertificateBuilder()
            .subject_name(name)
            .issuer_name(name if self_signed else self.name)
            .public_key(key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(period[0])
            .not_valid_after(period[1])
            .add_extension(x509.BasicConstraints(is_authority, None), critical=True)
        )
        if host is not None:
            address = host.replace(".", "").isdigit()
            other = x509.IPAddress(ip_address(host)) if address else x509.DNSName(host)
            builder = builder.add_extension(x509.SubjectAlternativeName([other]), critical=False)
        return builder.sign(key if self_signed else self.key, hashes.SHA256())


def message_id(content):
    """The Message-ID of a message's bytes."""
    return str(message_from_bytes(content, policy=policy.SMTP)["Message-ID"])


class Inbox:
    """A handler of aiosmtpd that keeps what it took; `seconds` pass before it says so."""

    def __init__(self, seconds=0.0, refused=()):
        self.seconds, self.refused = seconds, refused
        self.envelopes = []
        self.lock = threading.Lock()

    async def handle_RCPT(self, server, session, envelope, address, options):
        if address in self.refused:
            return "550 5.1.1 no such mailbox"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        import asyncio

        await asyncio.sleep(self.seconds / 2)
        with self.lock:
            self.envelopes.append((tuple(envelope.rcpt_tos), envelope.original_content))
        await asyncio.sleep(self.seconds / 2)
        return "250 OK taken"

    @property
    def messages(self):
        """What was taken, parsed."""
        return [message_from_bytes(each, policy=policy.SMTP) for _, each in self.envelopes]

    def counts(self):
        """How often each Message-ID was taken."""
        return Counter(message_id(content) for _, content in self.envelopes)


def _login(server, session, envelope, mechanism, data):
    sound = isinstance(data, LoginPassword) and (data.login, data.password) == (
        USER.encode(),
        PASSWORD.encode(),
    )
    return AuthResult(success=sound, handled=False)


def free_port():
    """A port on which nobody listens just now."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return probe.getsockname()[1]


@contextlib.contextmanager
def real_server(authority, inbox, **options):
    """aiosmtpd with STARTTLS and a login, both demanded."""
    controller = Controller(
        inbox,
        hostname=HOST,
        port=free_port(),
        tls_context=authority.context(),
        require_starttls=True,
        auth_required=True,
        authenticator=_login,
        **options,
    )
    controller.start()
    try:
        yield controller
    finally:
        controller.stop()


DROP = "drop"  # the line, in place of an answer
DROP_IN_TEXT = "drop in the text"
HANG = "hang"  # no answer, and the line stays


class ScriptedServer:
    """Answers each command by its script, and after the script's end as a sound server does.

    `script` has for "greeting", "EHLO", "STARTTLS", "AUTH", "MAIL", "RCPT", "DATA", "text" the
    answers in order. `taken` are the texts that were read to their end, `broken_off` those that
    had none; `said` all commands.
    """

    ANSWERS = {
        "greeting": "220 here",
        "STARTTLS": "220 go on",
        "AUTH": "235 in",
        "MAIL": "250 OK",
        "RCPT": "250 OK",
        "DATA": "354 go on",
        "text": "250 taken",
        "RSET": "250 OK",
        "QUIT": "221 bye",
    }

    def __init__(self, context, features=("STARTTLS", "AUTH PLAIN LOGIN"), tls=False, **script):
        self.context, self.features, self.tls = context, features, tls
        self.script = {key: list(answers) for key, answers in script.items()}
        self.taken, self.broken_off, self.said = [], [], []
        self.lines = 0
        self._listener = socket.create_server((HOST, 0))
        self._listener.settimeout(0.05)
        self.port = self._listener.getsockname()[1]
        self._is_over = threading.Event()
        self._thread = threading.Thread(target=self._serve, daemon=True)

    def __enter__(self):
        self._thread.start()
        return self

    def __exit__(self, *_):
        self._is_over.set()
        self._thread.join(10)
        self._listener.close()

    def _serve(self):
        while not self._is_over.is_set():
            try:
                line, _ = self._listener.accept()
            except TimeoutError:
                continue
            self.lines += 1
            line.settimeout(10)
            with contextlib.suppress(OSError, EOFError):
                if self.tls:
                    line = self.context.wrap_socket(line, server_side=True)
                self._converse(line)
            line.close()

    def _answer(self, stage):
        left = self.script.get(stage)
        answer = left.pop(0) if left else self.ANSWERS[stage]
        if answer == HANG:
            self._is_over.wait(2)
        if answer in (DROP, HANG):
            raise EOFError
        return answer

    def _converse(self, line):
        file = line.makefile("rb")
        is_secure = self.tls
        try:
            line.sendall(f"{self._answer('greeting')}\r\n".encode())
            while command := file.readline().decode("latin-1").strip():
                self.said.append(command)
                word = command.split()[0].upper()
                if word == "EHLO":
                    shown = [each for each in self.features if each != "STARTTLS" or not is_secure]
                    lines = ["me", *shown]
                    signs = ["-"] * (len(lines) - 1) + [" "]
                    answer = "\r\n".join(
                        f"250{sign}{each}" for sign, each in zip(signs, lines, strict=True)
                    )
                    if self.script.get("EHLO"):
                        answer = self._answer("EHLO")
                    line.sendall(f"{answer}\r\n".encode())
                    continue
                if word not in self.ANSWERS:
                    raise EOFError
                answer = self._answer(word)
                line.sendall(f"{answer}\r\n".encode())
                if word == "STARTTLS" and answer.startswith("220"):
                    file.close()
                    line = self.context.wrap_socket(line, server_side=True)
                    file, is_secure = line.makefile("rb"), True
                if word == "DATA" and answer.startswith("354"):
                    line.sendall(f"{self._text(file)}\r\n".encode())
                if answer.startswith(("421", "221")):
                    return
        finally:
            file.close()
            line.close()

    def _text(self, file):
        if self.script.get("text") and self.script["text"][0] == DROP_IN_TEXT:
            self.script["text"].pop(0)
            file.read(200)
            raise EOFError
        content = b""
        while not content.endswith(b"\r\n.\r\n"):
            part = file.readline()
            if not part:
                self.broken_off.append(content)
                raise EOFError
            content += part
        self.taken.append(content[:-3])
        return self._answer("text")


def wait_until(is_so, seconds=20):
    """Waits, a bounded time, for something that another thread or process does."""
    end = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.01)
