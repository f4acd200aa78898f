"""The compressor of VBA sources against Microsoft's examples and oletools' decompressor."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from oletools.olevba import decompress_stream

from addin.build.vba_compression import compressed

# [MS-OVBA] 3.2.1 to 3.2.3
EXAMPLES = {
    b"abcdefghijklmnopqrstuv.": "0119B000616263646566676800696A6B6C6D6E6F70007172737475762E",
    b"#aaabcdefaaaaghijaaaaaklaaamnopqaaaaaaaaaaaarstuvwxyzaaa": (
        "012FB00023616161626364658266007061676869 6A013808616B6C00206D6E6F70067102"
        "70040072737475761077 78797A002C"
    ),
    b"a" * 73: "0103B002614500",
}
# What a program is made of: few words, often repeated.
WORDS = st.sampled_from(
    ["LEXP_FEE", "Public Function ", "As Variant", "\r\n", '""', " ", "é", "(x)"]
)


def read_back(data):
    return bytes(decompress_stream(bytearray(data)))


@pytest.mark.parametrize("text", EXAMPLES, ids=["no copies", "some copies", "one long copy"])
def test_microsofts_examples_come_out_byte_for_byte(text):
    assert compressed(text) == bytes.fromhex(EXAMPLES[text])


def test_nothing_is_the_signature_alone():
    assert compressed(b"") == b"\x01"


@given(st.lists(WORDS, max_size=3000).map("".join))
def test_every_program_is_read_back(text):
    data = text.encode("cp1252")
    assert read_back(compressed(data)) == data


@given(st.binary(max_size=3000))
def test_every_short_run_of_bytes_is_read_back(data):
    assert not data or read_back(compressed(data)) == data


@pytest.mark.parametrize("length", [1, 2, 3, 4, 4095, 4096, 4097, 8191, 8192, 8193, 12288, 65536])
@pytest.mark.parametrize("unit", [b"a", b"ab", b"abc", b"Public Sub A()\r\n", bytes(range(256))])
def test_every_border_of_a_chunk_is_read_back(unit, length):
    data = (unit * (length // len(unit) + 1))[:length]
    assert read_back(compressed(data)) == data


@pytest.mark.parametrize("position", [16, 17, 32, 33, 64, 128, 256, 512, 1024, 2048, 2049, 4000])
def test_a_copy_from_the_very_start_is_read_back(position):
    """Where the bits of a copy token for its offset grow by one."""
    between = (b"Public Sub A()\r\n" * 256)[: position - 3]
    data = b"\xfe\xfd\xfc" + between + b"\xfe\xfd\xfc"
    assert read_back(compressed(data)) == data


def test_what_does_not_shrink_is_refused():
    noise = random.Random(1).randbytes(4096)
    with pytest.raises(ValueError, match="do not compress"):
        compressed(noise)
