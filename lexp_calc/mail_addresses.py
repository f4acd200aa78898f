"""Addresses of people to whom workbooks may go, and the list of those that are allowed.

Stricter than RFC 5321 where a mail header or a mistyped line could be made of an address: one
'@', before it the ASCII letters, figures and signs that an address has unquoted, after it the
name of a domain with a dot, in ASCII or one that IDNA can write in it (bücher.example).
"""

import re
import unicodedata
from collections.abc import Iterable
from contextlib import suppress
from typing import Annotated

from pydantic import BeforeValidator

from lexp_calc.errors import OutOfRange, WrongKind, quoted
from lexp_calc.terms import read_text

LONGEST_ADDRESS = 254  # RFC 5321, with the two angle brackets off
LONGEST_LOCAL_PART = 64
ATOM = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
LOCAL_PART = re.compile(rf"{ATOM}(\.{ATOM})*", re.ASCII)
ENCODED_WORD = "=?"  # what mail readers decode, whatever stands around it
EXPECTED = "an address such as loans@firstbank.example would be right"
# Of two of them in one label of a domain, one letter can pass for another.
SCRIPTS = ("LATIN", "CYRILLIC", "GREEK")


def read_address(value: object) -> str:
    """An address of one mailbox, as typed: no name before it, no list of several."""
    text = read_text(value, 4 * LONGEST_ADDRESS)
    if ENCODED_WORD in text:
        raise OutOfRange("", f"{quoted(text)} with {ENCODED_WORD}", EXPECTED)
    local, at, domain = text.rpartition("@")
    if not at or "@" in local:
        signs = text.count("@")
        raise WrongKind("", f"{quoted(text)} with {signs or 'no'} @", EXPECTED)
    if not LOCAL_PART.fullmatch(local) or len(local) > LONGEST_LOCAL_PART:
        shown = quoted(local).removeprefix("found ")
        raise WrongKind("", f"{quoted(text)}, {shown} before its @", EXPECTED)
    if len(f"{local}@{_domain(domain, text)}") > LONGEST_ADDRESS:
        expected = f"at most {LONGEST_ADDRESS} characters would be right"
        raise OutOfRange("", f"{quoted(text)} of {len(text)} characters", expected)
    return text


def read_allowed(value: object) -> str:
    """An entry of the allow-list: an address, or @ and a domain for all addresses at it."""
    if isinstance(value, str) and value.startswith("@"):
        _domain(read_text(value, LONGEST_ADDRESS)[1:], value)
        return value
    return read_address(value)


Address = Annotated[str, BeforeValidator(read_address)]
Allowed = Annotated[str, BeforeValidator(read_allowed)]


def in_ascii(address: str) -> str:
    """An address as SMTP takes it: the domain by IDNA, in small letters."""
    local, _, domain = address.rpartition("@")
    return f"{local}@{_domain(domain, address)}"


def same_mailbox(address: str) -> str:
    """What two spellings of one address have in common: case does not matter."""
    return in_ascii(address).casefold()


def is_allowed(address: str, allowed: Iterable[str]) -> bool:
    """Whether an address, or its whole domain, is on the allow-list; not those below a domain."""
    wanted = same_mailbox(address)
    at_domain = wanted[wanted.rindex("@") :]
    return any(same_mailbox(each) in (wanted, at_domain) for each in allowed)


def _domain(domain: str, text: str) -> str:
    """The domain in ASCII; refused as a part of `text` where it is no name of one."""
    labels = domain.split(".")
    ascii_form = ""
    if len(labels) > 1 and all(map(_is_label, labels)) and not labels[-1].isdigit():
        with suppress(UnicodeError):  # a label too long, or with letters that IDNA refuses
            ascii_form = domain.casefold().encode("idna").decode("ascii")
    if not ascii_form:
        shown = quoted(domain).removeprefix("found ")
        raise WrongKind("", f"{quoted(text)}, {shown} after its @", EXPECTED)
    return ascii_form


def _is_label(label: str) -> bool:
    """Letters, figures and hyphens within, in their plain forms (NFKC) and of one script."""
    if not label or "-" in (label[0], label[-1]):
        return False
    if unicodedata.normalize("NFKC", label) != label:
        return False
    known = all(each == "-" or unicodedata.category(each)[0] in "LMN" for each in label)
    return known and len({_script(each) for each in label} - {""}) <= 1


def _script(letter: str) -> str:
    first = unicodedata.name(letter, "").partition(" ")[0]
    return first if first in SCRIPTS else ""
