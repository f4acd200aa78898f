"""Passwords: from the environment or from the system's keyring, and from nowhere else.

Never from the command line, which other users of the machine can read, and never from a file of
ours. A password is never part of a message to the user.
"""

import os
from dataclasses import dataclass, field

from lexp_calc.errors import NotThere, OutOfRange

WORKBOOK_VARIABLE = "LEXP_WORKBOOK_PASSWORD"
WORKBOOK_SERVICE = "lexp-workbook"  # in the keyring; the user is a lender's id, or:
COMMON = "ALL"  # no id: those have small letters
SMTP_VARIABLE = "LEXP_SMTP_PASSWORD"
SMTP_SERVICE = "lexp-smtp"  # the user is that of the login
SHORTEST, LONGEST = 12, 255  # of a workbook's password; Excel takes no longer one


@dataclass(frozen=True)
class Secret:
    """A password that no print, log or comparison of records shows."""

    text: str = field(repr=False)

    def __str__(self) -> str:
        return "(a password)"


def workbook_password(lender_id: str) -> Secret:
    """The password of one lender's workbooks, else the one for all; NotThere says where to put it.

    The variable of the lender first-bank is LEXP_WORKBOOK_PASSWORD_FIRST_BANK.
    """
    own_variable = f"{WORKBOOK_VARIABLE}_{lender_id.upper().replace('-', '_')}"
    found = (
        os.environ.get(own_variable)
        or from_keyring(WORKBOOK_SERVICE, lender_id)
        or os.environ.get(WORKBOOK_VARIABLE)
        or from_keyring(WORKBOOK_SERVICE, COMMON)
    )
    where = f"lender.{lender_id}"
    if not found:
        raise NotThere(
            where,
            "found no password to encrypt its workbooks with",
            f"{own_variable} or {WORKBOOK_VARIABLE} in the environment, or in the keyring the "
            f"service {WORKBOOK_SERVICE} with the user {lender_id} or {COMMON}, would be right",
        )
    if not SHORTEST <= len(found) <= LONGEST or not found.isprintable():
        raise OutOfRange(
            where,
            f"found a password of {len(found)} characters",
            f"one of {SHORTEST} to {LONGEST} characters that can be typed would be right",
        )
    return Secret(found)


def smtp_password(user: str) -> Secret:
    """The password of the login to the mail server; NotThere says where to put it."""
    found = os.environ.get(SMTP_VARIABLE) or from_keyring(SMTP_SERVICE, user)
    where = f"the login {user} to the mail server"
    if not found:
        raise NotThere(
            where,
            "found no password",
            f"{SMTP_VARIABLE} in the environment, or in the keyring the service {SMTP_SERVICE} "
            f"with the user {user}, would be right",
        )
    if not (found.isascii() and found.isprintable()):
        raise OutOfRange(
            where,
            "found a password with characters that the mail protocol does not carry",
            "one of printable ASCII characters would be right",
        )
    return Secret(found)


def from_keyring(service: str, user: str) -> str | None:
    """What the system's keyring holds; None without an entry, a keyring or the package for it."""
    try:
        import keyring
        import keyring.errors
    except ImportError:
        return None
    try:
        return keyring.get_password(service, user)
    except keyring.errors.KeyringError:
        return None
