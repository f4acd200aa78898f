"""On which line of a TOML file each key and each entry of a list stands.

`tomllib` reads the values and forgets the places. This reads the places of a document that
`tomllib` has taken, so it may trust its form: keys, headers, and where values end (TOML 1.0.0).
"""

import re
import tomllib
from bisect import bisect_left

Path = tuple[str | int, ...]

BLANK = re.compile(r"(?:[ \t\r\n]|#[^\n]*)*")
KEY = re.compile(r'"(?:\\.|[^"\\\n])*"|\'[^\'\n]*\'|[A-Za-z0-9_-]+')
TEXT = re.compile(
    r'"""(?:\\.|[^\\])*?""""{0,2}'  # up to two more quotes belong to the text
    r"|'''.*?''''{0,2}"
    r'|"(?:\\.|[^"\\\n])*"'
    r"|'[^'\n]*'",
    re.DOTALL,
)
PLAIN = re.compile(r"[^,\]}#\n]*")  # a number, a date, true or false


def toml_lines(text: str) -> dict[Path, int]:
    """The line (1 = the first) on which each key, table and list entry begins, by its path.

    Entries of lists count from 0. A table is where its header is, one without a header where
    the first of its keys is.
    """
    return _Reader(text).read()


def written(path: Path, first: int = 1) -> str:
    """A path as messages have it: tranche.revolver.coupon.options[1].margin."""
    parts = (f"[{step + first}]" if isinstance(step, int) else f".{step}" for step in path)
    return "".join(parts).removeprefix(".")


class _Reader:
    """Goes through a document once, `at` being the place reached."""

    def __init__(self, text: str):
        self.text = text
        self.at = 0
        self.line_ends = [place.start() for place in re.finditer("\n", text)]
        self.lines: dict[Path, int] = {}
        self.entries: dict[Path, int] = {}  # of arrays of tables: the entry that is open

    def read(self) -> dict[Path, int]:
        table: Path = ()
        while self._skip_blank() < len(self.text):
            if self.text.startswith("[", self.at):
                table = self._header()
            else:
                self._pair(table)
        return self.lines

    def _header(self) -> Path:
        """[a.b] or [[a.b]]: the path that the pairs below it belong to."""
        is_entry = self.text.startswith("[[", self.at)
        line = self._line()
        self.at += 2 if is_entry else 1
        *outer, name = self._keys()
        path: Path = ()
        for key in outer:
            path = self._opened((*path, key), line)
        path = (*path, name)
        if is_entry:
            self.lines.setdefault(path, line)
            self.entries[path] = self.entries.get(path, -1) + 1
            path = (*path, self.entries[path])
        self.lines[path] = line
        self.at = self.text.index("]", self.at) + (2 if is_entry else 1)
        return path

    def _opened(self, path: Path, line: int) -> Path:
        """The table of a path, or the last entry where it is an array of tables."""
        self.lines.setdefault(path, line)
        return (*path, self.entries[path]) if path in self.entries else path

    def _pair(self, table: Path) -> None:
        """key = value, the key dotted or not."""
        line = self._line()
        path = table
        for key in self._keys():
            path = (*path, key)
            self.lines.setdefault(path, line)
        self.at = self.text.index("=", self.at) + 1
        self._value(path)

    def _keys(self) -> list[str]:
        """The parts of a dotted key."""
        keys = []
        while True:
            self._skip_blank()
            key = KEY.match(self.text, self.at)
            self.at = key.end()
            quoted = key[0][0] in "\"'"
            keys.append(tomllib.loads(f"key = {key[0]}")["key"] if quoted else key[0])
            self._skip_blank()
            if not self.text.startswith(".", self.at):
                return keys
            self.at += 1

    def _value(self, path: Path) -> None:
        self._skip_blank()
        opening = self.text[self.at]
        if opening == "[":
            self._parts("]", lambda number: self._entry((*path, number)))
        elif opening == "{":
            self._parts("}", lambda number: self._pair(path))
        else:
            kind = TEXT if opening in "\"'" else PLAIN
            self.at = kind.match(self.text, self.at).end()

    def _entry(self, path: Path) -> None:
        self.lines[path] = self._line()
        self._value(path)

    def _parts(self, closing: str, read_part) -> None:
        """What stands between brackets, parted by commas."""
        self.at += 1
        number = 0
        while not self.text.startswith(closing, self._skip_blank()):
            read_part(number)
            number += 1
            if self.text.startswith(",", self._skip_blank()):
                self.at += 1
        self.at += 1

    def _skip_blank(self) -> int:
        self.at = BLANK.match(self.text, self.at).end()
        return self.at

    def _line(self) -> int:
        return bisect_left(self.line_ends, self.at) + 1
