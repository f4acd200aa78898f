"""What a user can cause, said in three parts: where, what was found, what would be right."""

from collections.abc import Iterable, Iterator

LONGEST_QUOTE = 80  # characters of a value that a message repeats


def printable(text: str) -> str:
    """The text on one line: control and direction characters and half letters escaped."""
    return "".join(c if c.isprintable() else f"\\u{ord(c):04x}" for c in text)


def quoted(value: object) -> str:
    """What was found, as a message shows it: text in quotes, long values cut."""
    if isinstance(value, str):
        cut = "…" if len(value) > LONGEST_QUOTE else ""
        return f'found "{printable(value[:LONGEST_QUOTE])}{cut}"'
    if isinstance(value, bool):
        return f"found {str(value).lower()}"
    if isinstance(value, dict):
        return "found a table"
    if isinstance(value, (list, tuple)):
        return f"found a list of {len(value)}"
    if isinstance(value, int) and abs(value) >= 10**LONGEST_QUOTE:
        return f"found a number of more than {LONGEST_QUOTE} digits"
    return f"found {value}"


class LexpError(ValueError):
    """A problem that the user can mend; its text is one line.

    `where` is the path of the field, argument, cell or file; `found` quotes what
    stood there; `expected` says what would be right.
    """

    def __init__(self, where: str, found: str, expected: str):
        super().__init__(where, found, expected)
        self.where = where
        self.found = found
        self.expected = expected

    def __str__(self) -> str:
        return printable(f"{self.where}: {self.found}; {self.expected}")

    def at(self, prefix: str, joint: str = ": ") -> "LexpError":
        """The same problem, seen from one level further out (a file, a tranche)."""
        return type(self)(f"{prefix}{joint}{self.where}", self.found, self.expected)


class WrongKind(LexpError):
    """Text where a number is due, a number where a date is due (Excel: #VALUE!)."""


class OutOfRange(LexpError):
    """A value of the right kind outside what the field allows (Excel: #NUM!)."""


class NotThere(LexpError):
    """A name, fixing, tranche or file that does not exist (Excel: #N/A)."""


class Problems(LexpError):
    """Several problems of one file or call, reported together, one a line."""

    def __init__(self, problems):
        self.problems = tuple(problems)
        super().__init__("", "", "")

    def __reduce__(self):
        """A process hands its problems on as they are."""
        return type(self), (self.problems,)

    def __str__(self) -> str:
        return "\n".join(str(problem) for problem in self.problems)

    def at(self, prefix: str, joint: str = ": ") -> "Problems":
        return Problems(problem.at(prefix, joint) for problem in self.problems)


def refuse_all(problems: list[LexpError]) -> None:
    """Raises the problems, if there are any: one as it is, several as one `Problems`."""
    if len(problems) == 1:
        raise problems[0]
    if problems:
        raise Problems(problems)


def one_by_one(problems: Iterable[LexpError]) -> Iterator[LexpError]:
    """Each problem for itself."""
    for problem in problems:
        if isinstance(problem, Problems):
            yield from one_by_one(problem.problems)
        else:
            yield problem
