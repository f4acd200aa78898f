"""One thing that `lexp doctor` looks at: how it is, what was found, what to do about it."""

from dataclasses import dataclass

OK, NOTE, MISSING, WRONG = "ok", "note", "missing", "wrong"
INSTALL = "run `lexp addin install`"


@dataclass(frozen=True)
class Check:
    """A thing looked at. `missing` is not there, `wrong` is there and must be mended.

    A `note` is worth knowing and keeps nothing from working.
    """

    name: str
    state: str
    found: str
    todo: str = ""

    @property
    def is_problem(self) -> bool:
        """Whether something does not work because of it."""
        return self.state in (MISSING, WRONG)
