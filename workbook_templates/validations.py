"""What may be typed into an input cell, and what Excel says to anything else.

Excel refuses a whole file over a list of more than 255 characters or a longer message,
so these limits are errors here.
"""

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from lexp_calc.errors import OutOfRange
from workbook_templates.values import date_serial, number_text, safe_text

LONGEST_LIST = 255
LONGEST_MESSAGE = 255
LONGEST_MESSAGE_TITLE = 32


@dataclass(frozen=True)
class Validation:
    """A rule for input cells: `kind` and `operator` in the file format's own words.

    `first` and `second` are bounds as formulas without '='. `error` is shown when an
    entry is refused, `prompt` when the cell is chosen.
    """

    kind: str
    operator: str
    first: str
    second: str | None
    error: str
    error_title: str = "Not a valid entry"
    prompt: str | None = None
    prompt_title: str | None = None

    def __post_init__(self):
        for what, text, longest in (
            ("error text", self.error, LONGEST_MESSAGE),
            ("error title", self.error_title, LONGEST_MESSAGE_TITLE),
            ("prompt", self.prompt, LONGEST_MESSAGE),
            ("prompt title", self.prompt_title, LONGEST_MESSAGE_TITLE),
        ):
            if text is not None and len(safe_text(text, what)) > longest:
                raise OutOfRange(
                    f"{what} of an input",
                    f"found {len(text)} characters",
                    f"at most {longest} would be right",
                )

    def with_prompt(self, title: str, text: str) -> "Validation":
        """The same rule with a hint that appears when the cell is chosen."""
        return replace(self, prompt_title=title, prompt=text)


def decimals(low: Decimal, high: Decimal, error: str) -> Validation:
    """Numbers from `low` to `high`, both allowed; rates as decimals (0.05 is 5 %)."""
    return Validation("decimal", "between", number_text(low), number_text(high), error)


def whole_numbers(low: int, high: int, error: str) -> Validation:
    """Whole numbers from `low` to `high`, both allowed."""
    return Validation("whole", "between", number_text(low), number_text(high), error)


def dates(first: date, last: date, error: str) -> Validation:
    """Dates from `first` to `last`, both allowed."""
    return Validation("date", "between", str(date_serial(first)), str(date_serial(last)), error)


def choice(words: tuple[str, ...], error: str) -> Validation:
    """One of these words; a word must hold no comma, all together at most 255 characters."""
    listed = ",".join(words)
    if len(listed) > LONGEST_LIST or any("," in word or '"' in word for word in words):
        raise OutOfRange(
            "choices of an input",
            f"found {len(listed)} characters: {listed[:60]}",
            f"at most {LONGEST_LIST}, no comma or quote in a word, would be right",
        )
    return Validation("list", "between", f'"{listed}"', None, error)


def text_up_to(length: int, error: str) -> Validation:
    """Any text of at most `length` characters."""
    return Validation("textLength", "between", "0", number_text(length), error)
