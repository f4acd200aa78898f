"""What a formula of a generated workbook is held to, so that a reader can check it by eye."""

import re

LONGEST, DEEPEST = 120, 3
QUOTED = re.compile(r'"[^"]*"|\'[^\']*\'')
NUMBER = re.compile(r"(?<![A-Za-z0-9_$.])\d+(?:\.\d+)?(?![A-Za-z0-9_(])")
FORBIDDEN = re.compile(r"OFFSET|INDIRECT|TODAY|NOW\(|RAND|\[\d+\]")


def faults(formula: str) -> list[str]:
    """In which ways a formula, without its '=', is too long, too deep or holds what it may not."""
    plain = QUOTED.sub("", formula)
    found = []
    if len(formula) > LONGEST:
        found.append(f"{len(formula)} characters")
    if depth(plain) > DEEPEST:
        found.append(f"brackets {depth(plain)} deep")
    numbers = set(NUMBER.findall(plain)) - {"0", "1", "2"}
    if numbers:
        found.append(f"the numbers {sorted(numbers)}")
    if FORBIDDEN.search(plain):
        found.append("a volatile function or another workbook")
    return found


def depth(formula: str) -> int:
    """How deep brackets stand in brackets, those of functions and of arithmetic alike."""
    deepest = level = 0
    for character in formula:
        level += (character == "(") - (character == ")")
        deepest = max(deepest, level)
    return deepest
