"""Text, ids and files: rows 50 to 60 of the list of bad inputs that the project keeps.

Each case changes the built-in term sheet, or is an input of its projection; the tables are
read by the tests of the core and by those of the command.
"""

from tests.bad_inputs.fields import BORROWER, ID, value

# row and words: (path of the field, change), what was found, what would be right.
TERM_SHEETS = {
    "50-formula-as-an-id": (value(ID, "\"=cmd|'/C calc'!A0\""), 'found "=cmd', "an id of a-z"),
    "50-tab-in-an-id": (value(ID, '"\\ta"'), "u0009a", "an id of a-z"),
    "51-nul": (value(BORROWER, '"a\\u0000b"'), "the character U+0000", "without control"),
    "51-newline": (value(BORROWER, '"a\\nb"'), "the character U+000A", "without control"),
    "52-right-to-left-override": (value(BORROWER, '"a\\u202Eb"'), "U+202E", "direction characters"),
    "52-isolate": (value(BORROWER, '"a\\u2066b"'), "U+2066", "direction characters"),
    "54-empty-name": (value(BORROWER, '""'), 'found ""', "text that is not empty"),
    "57-parent-folder": (value(ID, '"../x"'), 'found "../x"', "an id of a-z"),
    "57-absolute-path": (value(ID, '"/etc/passwd"'), 'found "/etc/passwd"', "an id of a-z"),
    "57-con": (value(ID, '"con"'), "names a device on Windows", "an id of a-z"),
    "57-nul": (value(ID, '"nul"'), "names a device on Windows", "an id of a-z"),
    "57-lpt9": (value(ID, '"lpt9"'), "names a device on Windows", "an id of a-z"),
    "57-trailing-dot": (value(ID, '"deal."'), 'found "deal."', "an id of a-z"),
    "57-an-option": (value(ID, '"-rf"'), 'found "-rf"', "an id of a-z"),
    "58-name-over-200-bytes": (value(BORROWER, f'"{"é" * 101}"'), "of 202 bytes", "at most 200"),
    "59-text-too-long": (
        (
            "repurchase.senior-unsecured-note.reinstatement",
            ('reinstatement = "', f'reinstatement = "{"x" * 32_768}'),
        ),
        "bytes",
        "at most 32,000 bytes",
    ),
    "56-tranche-id-that-differs-by-case": (
        (
            "tranche.Term-Loan",
            ("[tranche.secured-term-loan]\n", "[tranche.Term-Loan]\n"),
        ),
        'found "Term-Loan"',
        "an id of a-z",
    ),
    "56-tranche-id-in-full-width-letters": (
        (
            "tranche.ｔｅｒｍ-loan",
            ("[tranche.secured-term-loan]\n", '[tranche."ｔｅｒｍ-loan"]\n'),
        ),
        'found "ｔｅｒｍ-loan"',
        "an id of a-z",
    ),
    "56-tranche-id-twice": (
        ("file", ("[tranche.secured-term-loan]\n", "[tranche.term-loan]\n")),
        "twice (at line 1",
        "TOML",
    ),
    "60-lookalike-letter-in-a-tranche-id": (
        (
            "tranche.term-lоan",
            ("[tranche.secured-term-loan]\n", '[tranche."term-l\\u043ean"]\n'),
        ),
        'found "term-lоan"',
        "an id of a-z",
    ),
    "60-lookalike-letter": (value(ID, '"lexp-2003\\u0430"'), 'found "lexp-2003а"', "an id of a-z"),
    "56-capital-letters-in-an-id": (value(ID, '"LEXP-2003"'), 'found "LEXP-2003"', "an id of a-z"),
}

# row and words: inputs of a projection, and parts of the refusal.
INPUTS = {
    "57-unknown-tranche": ({"prepay.term-lone.2005-02-01": "1"}, '"term-lone"', '"term-loan"'),
}

# row and words: changes of the term sheet that look odd and are right.
TAKEN = {
    "50-formula-as-a-name": ((BORROWER[1], "borrower = \"=cmd|'/C calc'!A0\""),),
    "50-signs-at-the-start-of-a-name": ((BORROWER[1], 'borrower = "+1-2@SUM(A1)"'),),
    "52-arabic-name": ((BORROWER[1], 'borrower = "شركة ليكسينغتون"'),),
    "52-hebrew-name": ((BORROWER[1], 'borrower = "חברת לקסינגטון"'),),
    "54-brackets-in-a-name": ((BORROWER[1], "borrower = \"'[A]:*?/\\\\'\""),),
    "58-name-of-200-bytes": ((BORROWER[1], f'borrower = "{"é" * 100}"'),),
}
