"""Passwords from a keyring, and where there is none."""

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.backends.fail import Keyring as NoKeyring

from lexp_batch.passwords import from_keyring, smtp_password, workbook_password
from lexp_calc.errors import LexpError


class InMemory(KeyringBackend):
    """A keyring for these tests."""

    priority = 1
    kept = {("lexp-smtp", "agent"): "of the login", ("lexp-workbook", "ALL"): "of all workbooks"}

    def get_password(self, service, username):
        return self.kept.get((service, username))

    def set_password(self, service, username, password):
        raise NotImplementedError

    def delete_password(self, service, username):
        raise NotImplementedError


@pytest.fixture(autouse=True)
def no_variables(monkeypatch):
    for name in ("LEXP_SMTP_PASSWORD", "LEXP_WORKBOOK_PASSWORD"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def using():
    before = keyring.get_keyring()
    yield keyring.set_keyring
    keyring.set_keyring(before)


def test_of_a_keyring(using, monkeypatch):
    using(InMemory())
    assert smtp_password("agent").text == "of the login"
    assert workbook_password("first-bank").text == "of all workbooks"
    monkeypatch.setenv("LEXP_SMTP_PASSWORD", "of the environment")
    assert smtp_password("agent").text == "of the environment"


def test_without_a_keyring(using):
    using(NoKeyring())
    assert from_keyring("lexp-smtp", "agent") is None
    with pytest.raises(LexpError, match="the keyring the service lexp-smtp with the user agent"):
        smtp_password("agent")


@pytest.mark.parametrize("text", ["with ä", "two\nlines", "nul\0"])
def test_what_the_mail_protocol_does_not_carry(monkeypatch, text):
    if "\0" not in text:
        monkeypatch.setenv("LEXP_SMTP_PASSWORD", text)
    else:
        monkeypatch.setattr("lexp_batch.passwords.from_keyring", lambda *_: text)
    with pytest.raises(LexpError, match="that the mail protocol does not carry") as caught:
        smtp_password("agent")
    assert text not in str(caught.value)
