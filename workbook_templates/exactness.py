"""How exact a cell can be: a working made of larger workings is no more exact than they are.

A product of cents and rate-days can have 14 digits before the point. A double holds 16, so that
the difference of two such products, though itself far smaller, is a hundredth off. Divided by
days and units of a rate that is nothing; as a figure of its own it is no error either.
"""

import math
import re

# From here on a number is no amount of money but a product of exact workings.
LARGEST_AMOUNT = 1e13
REFERENCE = re.compile(r"(?<![\w!'.$:])\$?([A-Z]{1,3})\$?([0-9]{1,7})(?![\w(!.:])")
LEVELS = 3
DIGITS_LOST = 4  # units in the last place of the largest of them


def room_of_workings(sheet, formula, cells):
    """How far a cell may be off for what it is made of; 0 for any that is rounded, or of amounts.

    `cells` is {(sheet title, "B7"): (formula, value)}. What it is made of are the cells of its
    sheet that its formula names, and those that theirs name, as far as none is rounded.
    """
    largest, formulas = 0.0, {formula}
    for _ in range(LEVELS):
        named = set()
        for each in formulas:
            if "ROUND" in each:
                continue
            for letters, row in REFERENCE.findall(each):
                text, value = cells.get((sheet, f"{letters}{row}"), ("", None))
                if type(value) is float:
                    largest = max(largest, abs(value))
                    named.add(text)
        formulas = named
    return DIGITS_LOST * math.ulp(largest) if largest >= LARGEST_AMOUNT else 0.0
