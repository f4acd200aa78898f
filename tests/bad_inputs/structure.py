"""Structure: rows 61 to 70 of the list of bad inputs that the project keeps.

Each case changes the built-in term sheet, or is an input of its projection; the tables are
read by the tests of the core and by those of the command.
"""

from tests.bad_inputs.fields import FLOOR, value
from tests.lexp_calc.term_sheet_text import BUILT_IN

# row and words: (path of the field, change), what was found, what would be right.
TERM_SHEETS = {
    "61-unknown-key": (
        ("tranche.revolver.comitment", ("commitment = 23", "comitment = 23")),
        'the unknown key "comitment"',
        'did you mean "commitment"?',
    ),
    "61-unknown-table": (
        ("waterfall", ("[facility.secured", "[waterfall]\n[facility.secured")),
        'the unknown key "waterfall"',
        '"tranche"',
    ),
    "62-key-twice": (("file", ("calendar =", 'id = "x"\ncalendar =')), "(at line 1", "TOML"),
    "63-currency-missing": (
        ("currency", ('currency = "USD"\nclosing_date', "closing_date")),
        "found nothing",
        "required",
    ),
    "63-currency-unknown": (
        ("currency", ('currency = "USD"', 'currency = "USX"')),
        'found "USX"',
        'did you mean "USD"?',
    ),
    "64-a-tranche-in-another-currency": (
        (
            "tranche.senior-notes.currency",
            ("principal = 42_476_000", 'principal = 42_476_000\ncurrency = "EUR"'),
        ),
        'the unknown key "currency"',
        '"coupon"',
    ),
    "65-yen-with-cents": (
        (
            "repurchase.senior-unsecured-note.price",
            ('currency = "USD"', 'currency = "JPY"'),
            ("price = 5_810_000", "price = 5_810_000.50"),
        ),
        "found 5810000.50",
        "a whole multiple of 1 JPY",
    ),
    "70-a-lender-that-is-a-number": (
        (
            "tranche.senior-notes.lender",
            ("principal = 42_476_000", "principal = 42_476_000\nlender = 5"),
        ),
        "found 5",
        "text would be right",
    ),
    "69-nan-as-a-rate": (value(FLOOR, "nan"), "found NaN", "a rate with its per-cent sign"),
    "69-inf-as-a-rate": (value(FLOOR, "-inf"), "found -Infinity", "a rate with its per-cent sign"),
    "cross-facility-total": (
        ("facility.secured-credit-facility.amount", ("amount = 37_000_000", "amount = 37_000_001")),
        "found 37,000,001, and tranches of 37,000,000 in all",
        "the sum of its tranches",
    ),
    "cross-unknown-tranche": (
        (
            "warrant.senior-warrants.tranche",
            ('tranche = "senior-notes"', 'tranche = "senior-note"'),
        ),
        'found "senior-note"',
        'did you mean "senior-notes"?',
    ),
    "cross-source-without-passage": (
        ("tranche.term-loan.source.maturity", ('maturity = "p2-4"', 'maturity = "p2-44"')),
        'found "p2-44"',
        'did you mean "p2-4"?',
    ),
    "cross-scenario-in-a-circle": (
        ("scenario.historical.inherits", ('inherits = "closing"', 'inherits = "historical"')),
        "a circle: historical -> historical",
        "does not inherit itself",
    ),
    "index-twice": (
        (
            "scenario.closing.index.Prime",
            ('index.prime = "4.00%"', 'index = { prime = "4%", Prime = "5%" }'),
        ),
        "found it twice",
        "each index once",
    ),
}

# row and words: the bytes of a file, and what is found in it.
FILES = {
    "66-not-utf-8": (BUILT_IN.encode("utf-16"), "not UTF-8 at position 0"),
    "66-latin-1": (BUILT_IN.replace("Lexington", "Léxington").encode("latin-1"), "not UTF-8"),
    "67-empty": (b"", "an empty file"),
    "67-blank": (b" \n\t\n", "an empty file"),
    "68-over-1-mb": (BUILT_IN.encode() + b"#" * 1_000_000, "at most 1,000,000"),
    "68-lists-in-lists": (b"id = " + b"[" * 100_000 + b"]" * 100_000, "nested too deeply"),
    "68-lists-in-lists-that-parse": (b"id = " + b"[" * 90 + b"]" * 90, "nested too deeply"),
    "68-tables-in-tables": (b"a" + b".a" * 5_000 + b" = 1", "nested too deeply"),
    "03-whole-number-without-end": (b"id = " + b"9" * 5_000, "limit"),
    "03-hexadecimal-without-end": (
        b"[source]\nname = 0x" + b"f" * 9_000,
        "file: found a number of more than 80 digits",
    ),
    "no-toml": (b"PK\x03\x04", "TOML would be right"),
}
