"""What may stand in the header of a mail: no character that could end it or hide in it.

Checked before the text reaches the standard library: CPython up to 3.12.4 writes a line end that
stands in an encoded word as it is, and so a second header (CVE-2024-6923).
"""

import re
import unicodedata
from email.utils import parseaddr

from lexp_calc.errors import OutOfRange, WrongKind, quoted

ENCODED_WORD = "=?"
# Joiners belong to words of Persian and of Indic scripts; all other unseen characters do not.
JOINERS = "\u200c\u200d"
UNSEEN = ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")
LONGEST_ADDRESS = 254
ATOM = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
LOCAL_PART = rf"{ATOM}(?:\.{ATOM})*"
LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
DOMAIN = rf"(?:{LABEL}\.)+[A-Za-z][A-Za-z0-9-]{{0,61}}[A-Za-z0-9]"
ADDRESS = re.compile(f"({LOCAL_PART})@({DOMAIN})", re.ASCII)
LONGEST_LOCAL_PART = 64


def header_text(text: str, where: str) -> str:
    """The text, if a header may hold it; else OutOfRange with what stands in it."""
    for character in text:
        if unicodedata.category(character) in UNSEEN and character not in JOINERS:
            raise OutOfRange(
                where,
                f"{quoted(text)}, with the character U+{ord(character):04X}",
                "text on one line without control or direction characters would be right",
            )
    if ENCODED_WORD in text:
        raise OutOfRange(
            where,
            f'{quoted(text)}, with "{ENCODED_WORD}", which begins an encoded word in a mail header',
            f'text without "{ENCODED_WORD}" would be right',
        )
    return text


def mail_address(text: object, where: str) -> str:
    """An address such as loans@bank.example; WrongKind or OutOfRange for anything else.

    ASCII alone: a domain in another script is written as xn--, so that no letter passes for
    another that looks like it.
    """
    expected = "an address such as loans@bank.example would be right"
    if not isinstance(text, str):
        raise WrongKind(where, quoted(text), expected)
    header_text(text, where)
    match = ADDRESS.fullmatch(text)
    if not match or len(text) > LONGEST_ADDRESS or len(match[1]) > LONGEST_LOCAL_PART:
        if not text.isascii():
            expected += "; a domain in another script is written as xn--"
        raise OutOfRange(where, quoted(text), expected)
    return text


def sender_address(text: str, where: str) -> tuple[str, str]:
    """('Loan desk', 'loans@agent.example') of 'Loan desk <loans@agent.example>'."""
    name, address = parseaddr(header_text(text, where))
    if not (text == address or text.endswith(f"<{address}>")):
        expected = 'an address such as "Loan desk <loans@agent.example>" would be right'
        raise OutOfRange(where, quoted(text), expected)
    return header_text(name, where), mail_address(address, where)
