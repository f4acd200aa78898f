"""A compound file ([MS-CFB], version 3): storages and streams, as folders and files, in one file.

Small and complete: the header, the sectors' chains (FAT), the short streams' chains (mini FAT)
and the directory. No time of writing is kept, so the same content is the same bytes.
"""

import struct
from dataclasses import dataclass, field

SECTOR = 512
MINI_SECTOR = 64
SHORT = 4096  # a stream below this lives in mini sectors
END_OF_CHAIN, FREE, FAT_SECTOR, NOBODY = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD, 0xFFFFFFFF
ENTRIES = SECTOR // 4  # of a sector of the FAT
SECTORS_IN_HEADER = 109  # of the FAT that the header itself lists
SIGNATURE = bytes.fromhex("d0cf11e0a1b11ae1")
STORAGE, STREAM, ROOT = 1, 2, 5
RED, BLACK = 0, 1

Storage = dict  # name -> bytes of a stream, or a Storage


@dataclass
class _Entry:
    """One entry of the directory."""

    name: str
    kind: int
    data: bytes = b""
    color: int = BLACK
    left: int = NOBODY
    right: int = NOBODY
    child: int = NOBODY
    start: int = END_OF_CHAIN

    @property
    def size(self) -> int:
        return len(self.data)

    @property
    def is_short(self) -> bool:
        return self.kind == STREAM and self.size < SHORT


@dataclass
class _Sectors:
    """Numbered sectors of one size, each stream a chain of them."""

    size: int
    data: bytearray = field(default_factory=bytearray)
    next_of: list[int] = field(default_factory=list)

    def add(self, stream: bytes) -> int:
        """The number of the stream's first sector."""
        if not stream:
            return END_OF_CHAIN
        first = len(self.next_of)
        count = -(-len(stream) // self.size)
        self.data += stream.ljust(count * self.size, b"\0")
        self.next_of += [*range(first + 1, first + count), END_OF_CHAIN]
        return first


def compound_file(root: Storage) -> bytes:
    """The file with these storages and streams; names are at most 31 characters."""
    entries = [_Entry("Root Entry", ROOT)]
    entries[0].child = _add_children(entries, root)
    sectors, mini = _Sectors(SECTOR), _Sectors(MINI_SECTOR)
    for entry in entries:
        if entry.kind == STREAM:
            entry.start = (mini if entry.is_short else sectors).add(entry.data)
    entries[0].data = bytes(mini.data)
    entries[0].start = sectors.add(entries[0].data)
    mini_fat_start = sectors.add(_table(mini.next_of))
    directory_start = sectors.add(_directory(entries))
    fat_start, fat_sectors = _add_fat(sectors)
    mini_fat_sectors = -(-len(mini.next_of) // ENTRIES)
    header = struct.pack(
        "<8s16xHHHHH6xIIIIIIIIII",
        SIGNATURE,
        *(0x3E, 3, 0xFFFE, 9, 6),  # versions, little-endian, sectors of 2^9 and 2^6 bytes
        *(0, fat_sectors, directory_start, 0),
        *(SHORT, mini_fat_start, mini_fat_sectors, END_OF_CHAIN, 0),
        fat_start,
    )
    listed = range(fat_start + 1, fat_start + fat_sectors)
    return (header + struct.pack(f"<{len(listed)}I", *listed)).ljust(SECTOR, b"\xff") + sectors.data


def _add_children(entries: list[_Entry], storage: Storage) -> int:
    """The number of the entry at the top of the storage's tree."""
    numbers = []
    for name, content in sorted(storage.items(), key=lambda each: _order(each[0])):
        if not 0 < len(name) <= 31:
            raise ValueError(f"a name of {len(name)} characters: {name!r}")
        numbers.append(len(entries))
        if isinstance(content, dict):
            entries.append(_Entry(name, STORAGE, start=0))
            entries[numbers[-1]].child = _add_children(entries, content)
        else:
            entries.append(_Entry(name, STREAM, bytes(content)))
    return _tree(entries, numbers, (len(numbers) + 1).bit_length() - 1)


def _order(name: str) -> tuple[int, str]:
    """Shorter names first, then by capital letters ([MS-CFB] 2.6.4)."""
    return len(name.encode("utf-16-le")), name.upper()


def _tree(entries: list[_Entry], numbers: list[int], full_levels: int) -> int:
    """The numbers as a balanced tree: black, but for what hangs below the last full level."""
    if not numbers:
        return NOBODY
    middle = len(numbers) // 2
    top = entries[numbers[middle]]
    top.color = BLACK if full_levels else RED
    top.left = _tree(entries, numbers[:middle], full_levels - 1)
    top.right = _tree(entries, numbers[middle + 1 :], full_levels - 1)
    return numbers[middle]


def _table(next_of: list[int]) -> bytes:
    """Numbers of sectors, filled up to whole sectors."""
    count = -(-len(next_of) // ENTRIES) * ENTRIES
    return struct.pack(f"<{count}I", *next_of, *[FREE] * (count - len(next_of)))


def _directory(entries: list[_Entry]) -> bytes:
    records = b"".join(map(_record, entries))
    unused = struct.pack("<64xHBBIII16x4x16xIQ", 0, 0, 0, NOBODY, NOBODY, NOBODY, 0, 0)
    return records + unused * (-len(entries) % (SECTOR // 128))


def _record(entry: _Entry) -> bytes:
    name = entry.name.encode("utf-16-le")
    return struct.pack(
        "<64sHBBIII16x4x16xIQ",
        name,
        len(name) + 2,
        *(entry.kind, entry.color, entry.left, entry.right, entry.child),
        *(entry.start, entry.size),
    )


def _add_fat(sectors: _Sectors) -> tuple[int, int]:
    """Adds the FAT, which lists its own sectors too: its first sector and how many it takes."""
    start, count = len(sectors.next_of), 0
    while count * ENTRIES < start + count:
        count += 1
    if count > SECTORS_IN_HEADER:
        raise ValueError(f"{start} sectors are more than the header can list")
    sectors.data += _table([*sectors.next_of, *[FAT_SECTOR] * count])
    return start, count
