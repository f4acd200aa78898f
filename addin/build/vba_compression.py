"""The compression of VBA sources in a file of Office ([MS-OVBA] 2.4.1, CompressedContainer).

Each chunk of 4,096 bytes is a run of literal bytes and of copies of what the chunk held before.
"""

import struct

CHUNK = 4096
SHORTEST_COPY = 3
SIGNATURE = b"\x01"
COMPRESSED = 0xB000  # chunk signature 0b011 and the flag of a compressed chunk


def compressed(data: bytes) -> bytes:
    """The bytes as a CompressedContainer; nothing is the signature alone.

    ValueError for a chunk that does not shrink. The format has raw chunks for these, but Excel
    drops a module that holds one, and no text of a program is of that kind.
    """
    chunks = [_chunk(data[start : start + CHUNK]) for start in range(0, len(data), CHUNK)]
    return SIGNATURE + b"".join(chunks)


def _chunk(chunk: bytes) -> bytes:
    groups, position = bytearray(), 0
    while position < len(chunk):
        flags, tokens = 0, bytearray()
        for bit in range(8):
            if position >= len(chunk):
                break
            offset, length = _longest_copy(chunk, position)
            if length:
                flags |= 1 << bit
                tokens += _copy_token(position, offset, length)
                position += length
            else:
                tokens.append(chunk[position])
                position += 1
        groups.append(flags)
        groups += tokens
    if len(groups) > CHUNK:
        raise ValueError(f"{len(chunk)} bytes do not compress to {CHUNK} or less")
    return struct.pack("<H", COMPRESSED | len(groups) - 1) + bytes(groups)


def _length_bits(position: int) -> int:
    """How many bits of a copy token hold its length: the fewer, the further back it may reach."""
    return 16 - max((position - 1).bit_length(), 4)


def _longest_copy(chunk: bytes, position: int) -> tuple[int, int]:
    """How far back, and how long, the longest copy is; the nearest of several; (0, 0) for none."""
    longest = min(len(chunk) - position, (1 << _length_bits(position)) - 1 + SHORTEST_COPY)
    found, length = 0, SHORTEST_COPY - 1
    while length < longest:
        wanted = chunk[position : position + length + 1]
        # A copy may run on into what it writes itself.
        start = chunk.rfind(wanted, 0, position + length)
        if start < 0:
            break
        found, length = position - start, length + 1
    return (found, length) if found else (0, 0)


def _copy_token(position: int, offset: int, length: int) -> bytes:
    return struct.pack("<H", offset - 1 << _length_bits(position) | length - SHORTEST_COPY)
