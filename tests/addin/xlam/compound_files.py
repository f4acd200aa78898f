"""A reader of compound files ([MS-CFB]) that walks every record, for tests."""

import struct
from dataclasses import dataclass

END_OF_CHAIN, FREE, FAT_SECTOR, NOBODY = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD, 0xFFFFFFFF
RED = 0


@dataclass(frozen=True)
class Record:
    """An entry of the directory, as it is written."""

    number: int
    name: str
    kind: int
    color: int
    left: int
    right: int
    child: int
    start: int
    size: int


class CompoundFile:
    """The file, with every chain followed: `streams` by their paths."""

    def __init__(self, data):
        self.header = struct.unpack_from("<8s16xHHHHH6xIIIIIIIII109I", data)
        signature, minor, major, order, shift, mini_shift, *rest = self.header
        assert (signature, major, order) == (bytes.fromhex("d0cf11e0a1b11ae1"), 3, 0xFFFE)
        assert (shift, mini_shift, len(data) % 512) == (9, 6, 0)
        self.sectors = [data[at : at + 512] for at in range(512, len(data), 512)]
        self.fat = [n for at in rest[9:][: rest[1]] for n in self._numbers(at)]
        assert set(rest[9:][rest[1] :]) <= {FREE}
        assert [n for n, next_of in enumerate(self.fat) if next_of == FAT_SECTOR] == list(
            rest[9:][: rest[1]]
        )
        self.used = set(rest[9:][: rest[1]])
        directory = self.chain(rest[2], self.fat, self.used)
        self.records = [
            self._record(number, self.sectors[sector][at : at + 128])
            for number, (sector, at) in enumerate(
                (sector, at) for sector in directory for at in range(0, 512, 128)
            )
        ]
        root = self.records[0]
        mini_fat = self.chain(rest[5], self.fat, self.used)
        assert len(mini_fat) == rest[6]
        self.mini_fat = [n for sector in mini_fat for n in self._numbers(sector)]
        mini_chain = self.chain(root.start, self.fat, self.used)
        assert len(mini_chain) == -(-root.size // 512)
        mini = b"".join(self.sectors[n] for n in mini_chain)
        self.mini_sectors = [mini[at : at + 64] for at in range(0, len(mini), 64)]
        self.used_mini = set()
        self.trees = {}
        self.streams = dict(self._walk(root, ""))

    def _numbers(self, sector):
        return struct.unpack("<128I", self.sectors[sector])

    @staticmethod
    def _record(number, raw):
        name, length, *fields = struct.unpack("<64sHBBIII16x4x16xIQ", raw)
        assert name[max(0, length - 2) :].strip(b"\0") == b""
        assert raw[100:116] == bytes(16)  # no time of writing
        text = name[: max(0, length - 2)].decode("utf-16-le")
        return Record(number, text, *fields)

    @staticmethod
    def chain(start, table, used):
        """The sectors from `start` on; none of them in another chain."""
        found = []
        while start != END_OF_CHAIN:
            assert start < len(table) and start not in used
            used.add(start)
            found.append(start)
            start = table[start]
        return found

    def _walk(self, storage, path):
        members = list(self._in_order(storage.child))
        self.trees[path] = members
        for record in members:
            where = f"{path}{record.name}"
            if record.kind == 1:
                yield from self._walk(record, f"{where}/")
            else:
                assert record.kind == 2 and record.child == NOBODY
                yield where, self._content(record)

    def _in_order(self, number):
        if number != NOBODY:
            record = self.records[number]
            yield from self._in_order(record.left)
            yield record
            yield from self._in_order(record.right)

    def _content(self, record):
        if record.size == 0:
            assert record.start == END_OF_CHAIN
            return b""
        is_short = record.size < 4096
        table, used = (self.mini_fat, self.used_mini) if is_short else (self.fat, self.used)
        sectors, size = (self.mini_sectors, 64) if is_short else (self.sectors, 512)
        chain = self.chain(record.start, table, used)
        assert len(chain) == -(-record.size // size)
        return b"".join(sectors[n] for n in chain)[: record.size]

    def black_height(self, number, parent_is_red=False):
        """The black records on every path below; two red ones never follow each other."""
        if number == NOBODY:
            return 1
        record = self.records[number]
        is_red = record.color == RED
        assert not (is_red and parent_is_red)
        left, right = (self.black_height(n, is_red) for n in (record.left, record.right))
        assert left == right
        return left + (not is_red)
