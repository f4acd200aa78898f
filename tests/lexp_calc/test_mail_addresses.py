"""Addresses: what is one mailbox, how SMTP takes it, and what an allow-list lets through.

Forms from RFC 5321 (section 4.1.2), RFC 5322 (3.2.3) and RFC 5890; bücher is xn--bcher-kva as
every converter for IDNA gives it.
"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lexp_calc.errors import LexpError
from lexp_calc.mail_addresses import in_ascii, is_allowed, read_address, read_allowed

GOOD = (
    "loans@firstbank.example",
    "Loan.Ops+fund-2@sub.first-bank.example",
    "o'neil/desk=4@bank.example",
    "x@b.co",
    "ops@bücher.example",
    "ops@銀行.example",
    "ops@بنك.example",
    "a" * 64 + "@bank.example",
    "ops@" + "b" * 63 + ".example",
    "ops@xn--bcher-kva.example",
)
BAD = ("a..b@bank.example", ".a@bank.example", "a.@bank.example", "a@-bank.example",
       "a@bank-.example", "a@bank..example", "a@.example", "a@bank.example\n", " a@bank.example",
       "a@bank_x.example", "a@bank.example;b", "a@b/c.example", "a\u00a0b@bank.example",
       "mailto:a@bank.example", "a@bank.example?subject=x", "a@bank.123", "a@@bank.example",
       "a=?@bank.example", "a@\u200dbank.example", "a@bank\u2024example", "", "@", None, b"a@b.c",
       5, True)  # fmt: skip


@pytest.mark.parametrize("address", GOOD)
def test_an_address_is_kept_as_typed(address):
    assert read_address(address) == read_allowed(address) == address


@pytest.mark.parametrize("address", BAD)
def test_what_is_no_address_is_refused(address):
    with pytest.raises(LexpError) as caught:
        read_address(address)
    assert caught.value.found.startswith("found") and "would be right" in caught.value.expected


def test_smtp_takes_the_domain_in_ascii():
    assert in_ascii("Ops@BÜCHER.example") == "Ops@xn--bcher-kva.example"
    assert in_ascii("ops@bank.Example") == "ops@bank.example"


@given(st.text(max_size=60))
def test_whatever_is_taken_is_one_line_of_ascii_once_written_out(text):
    """No header or command can be made of it."""
    try:
        address = in_ascii(read_address(text))
    except LexpError:
        return
    assert address.isascii() and address.isprintable() and address.count("@") == 1
    assert not set(address) & set(' ,;:<>"()[]\\') and "=?" not in address


@given(st.text("ab.@=?<,\r\n -\u00fc", max_size=14))
def test_nor_of_what_is_nearly_an_address(text):
    test_whatever_is_taken_is_one_line_of_ascii_once_written_out.hypothesis.inner_test(text)


@pytest.mark.parametrize(
    "address, allowed",
    [
        ("loans@firstbank.example", True),
        ("LOANS@FirstBank.Example", True),
        ("other@firstbank.example", False),
        ("any@second.example", True),
        ("any@SECOND.example", True),
        ("any@sub.second.example", False),
        ("any@notsecond.example", False),
        ("any@second.example.evil.example", False),
        ("x@xn--bcher-kva.example", True),
        ("x@bücher.example", True),
    ],
)
def test_an_allow_list(address, allowed):
    listed = ("loans@firstbank.example", "@second.example", "@bücher.example")
    assert is_allowed(address, listed) is allowed
    assert not is_allowed(address, ())
