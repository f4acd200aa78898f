"""A term sheet that uses every term, and what answers a bad value of each."""

import tomllib
from pathlib import Path

FOLDER = Path(__file__).parent
TERM_SHEET = FOLDER / "every_term.toml"
FILES = ("holidays.csv", "prime.csv", "ageing.csv")
CHANGES = tomllib.loads((FOLDER / "every_term_changes.toml").read_text(encoding="utf-8"))

# Odd, and right: each says why.
TAKEN = {
    "a fee of 0 %, waived": (('"Upfront fee", rate = "1%"', '"Upfront fee", rate = "0%"'),),
    "an amendment on the closing date": (("date = 2026-05-15", "date = 2024-01-16"),),
    "letters of credit from before closing": (("2024-01-16 = 500_000", "2023-01-16 = 500_000"),),
    "no default margin": (('default_margin = "2.00%"', 'default_margin = "0%"'),),
    "a make-whole until maturity": (
        ("make_whole = { until = 2027-01-15", "make_whole = { until = 2031-01-15"),
    ),
    "more excess cash than is owed": (("2025-03-31 = 1_500_000", "2025-03-31 = 150_000_000"),),
    "instalments that begin between payment dates": (
        ("first = 2025-03-31, last", "first = 2025-04-05, last"),
    ),
    "a step with the closing": (("{ from = 2024-07-15, amount", "{ from = 2024-01-16, amount"),),
    "a step with every 1,200th payment": (("every = 1,", "every = 1200,"),),
    "an amortization of 1,200 quarters": (
        ("amortization_payments = 12,", "amortization_payments = 1200,"),
    ),
    "an amortization of 1,200 weeks, solved exactly": (
        ("amortization_payments = 12,", "amortization_payments = 1200,"),
        (
            'first_payment = 2024-05-01\nfrequency = "quarterly"',
            'first_payment = 2024-05-01\nfrequency = "weekly"',
        ),
        (
            'maturity = 2027-02-01\nrepayment = { type = "level',
            'maturity = 2047-01-01\nrepayment = { type = "level',
        ),
    ),
    "a springing maturity before the first payment": (
        ("springing = { maturity = 2025-06-24", "springing = { maturity = 2024-01-19"),
    ),
}


def changed(changes) -> str:
    """The term sheet with texts replaced, each where it first stands."""
    text = TERM_SHEET.read_text(encoding="utf-8")
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new, 1)
    return text
