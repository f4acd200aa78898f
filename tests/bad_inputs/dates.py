"""Dates: rows 28 to 41 of the list of bad inputs that the project keeps.

Each case changes the built-in term sheet, or is an input of its projection; the tables are
read by the tests of the core and by those of the command.
"""

from datetime import datetime

from tests.bad_inputs.fields import FIRST, MATURITY, value

# row and words: (path of the field, change), what was found, what would be right.
TERM_SHEETS = {
    "28-29-february-2006": (value(MATURITY, '"2006-02-29"'), '"2006-02-29"', "a date that exists"),
    "30-maturity-on-the-closing-date": (
        value(MATURITY, "2003-12-18"),
        "found 2003-12-18, not after closing on 2003-12-18",
        "a later date",
    ),
    "28-29-february-2006-unquoted": (
        ("file", (MATURITY[1], "maturity = 2006-02-29\nliens")),
        'column 12): "maturity = 2006-02-29"',
        "TOML would be right",
    ),
    "31-first-payment-before-closing": (
        value(FIRST, "2003-12-01"),
        "found 2003-12-01, not after closing on 2003-12-18",
        "a later date",
    ),
    "31-first-payment-after-maturity": (
        value(FIRST, "2007-10-02"),
        "2007-10-02, after maturity on 2007-10-01",
        "an earlier date",
    ),
    "32-excel-serial-60": (value(MATURITY, "60"), "found 60", "such as 2006-06-30"),
    "33-before-1900-03-01": (value(MATURITY, "1900-02-28"), "1900-02-28", "from 1900-03-01 to"),
    "34-year-9999": (value(MATURITY, "9999-12-31"), "found 9999-12-31", "to 2199-12-31"),
    "35-month-or-day-first": (
        value(MATURITY, '"06/07/2006"'),
        '"06/07/2006"',
        "such as 2006-06-30",
    ),
    "36-date-with-time": (
        value(MATURITY, "2007-10-01T00:00:00"),
        "2007-10-01 00:00",
        "without time",
    ),
    "36-date-with-zone": (value(MATURITY, "2007-10-01T00:00:00Z"), "+00:00", "without time"),
    "36-time-alone": (value(MATURITY, "07:32:00"), "found 07:32:00", "a date without time"),
    "38-number-for-a-date": (value(MATURITY, "39356"), "found 39356", "a date"),
    "39-dates-twice": (
        (
            "tranche.revolver.commitment_steps[2].from",
            (
                "commitment = 23_500_000",
                "commitment = 23_500_000\n"
                "commitment_steps = [{ from = 2005-01-03, commitment = 1 }, "
                "{ from = 2005-01-03, commitment = 2 }]",
            ),
        ),
        "found 2005-01-03 twice",
        "dates once each, in order",
    ),
    "39-dates-out-of-order": (
        (
            "tranche.revolver.commitment_steps[2].from",
            (
                "commitment = 23_500_000",
                "commitment = 23_500_000\n"
                "commitment_steps = [{ from = 2005-01-03, commitment = 1 }, "
                "{ from = 2004-01-05, commitment = 2 }]",
            ),
        ),
        "found 2004-01-05 after 2005-01-03",
        "dates once each, in order",
    ),
    "40-extension-before-maturity": (
        (
            "tranche.secured-term-loan.extension.maturity",
            ("extension = { maturity = 2007-06-30 }", "extension = { maturity = 2006-06-30 }"),
        ),
        "2006-06-30, not after maturity on 2006-06-30",
        "a later date",
    ),
    "41-missing-calendar": (
        ("calendar", ('calendar = "US Federal Reserve"\n', "")),
        "found nothing",
        "required",
    ),
}

# row and words: inputs of a projection, and parts of the refusal.
INPUTS = {
    "28-29-february-2006": ({"prime.2006-02-29": "4%"}, "2006-02-29", "a date that exists"),
    "32-excel-serial-60": ({"as_of": 60}, "as_of", "found 60", "such as 2006-06-30"),
    "34-year-9999": ({"as_of": "9999-12-31"}, "as_of", "2199-12-31"),
    "35-month-or-day-first": ({"as_of": "06/07/2006"}, "as_of", '"06/07/2006"'),
    "36-date-with-time": ({"as_of": datetime(2006, 6, 30)}, "as_of", "2006-06-30 00:00:00"),
    "39-given-twice": ({"prime": "4%", "index.prime": "5%"}, "index.prime", "found it twice"),
    "39-date-given-twice": (
        {"prime.2004-06-30": "4%", "Prime.2004-06-30": "5%"},
        "Prime.2004-06-30",
        "found it twice",
    ),
    "40-extension-of-what-has-none": ({"extend.term-loan": True}, "extend.term-loan", "extension"),
}

# row and words: changes of the term sheet that look odd and are right.
TAKEN = {
    "29-monthly-from-the-31st": (
        (
            "[tranche.term-loan.payments]\nfirst_payment = 2004-02-01",
            "[tranche.term-loan.payments]\nfirst_payment = 2004-01-31",
        ),
    ),
    "33-the-first-date-of-all": (("\ndate = ", "\ndate = 1900-03-01 # "),),
}
