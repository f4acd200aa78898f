"""Rates: rows 18 to 27 of the list of bad inputs that the project keeps.

Each case changes the built-in term sheet, or is an input of its projection; the tables are
read by the tests of the core and by those of the command.
"""

from decimal import Decimal

from tests.bad_inputs.fields import FLOOR, MARGIN, value

# row and words: (path of the field, change), what was found, what would be right.
TERM_SHEETS = {
    "18-rate-over-100-per-cent": (value(FLOOR, '"101%"'), 'found "101%"', "between -100% and 100%"),
    "19-rate-without-its-sign": (value(FLOOR, "8.25"), "found 8.25", 'did you mean "8.25%"?'),
    "19-rate-in-text-without-its-sign": (value(FLOOR, '"8.25"'), '"8.25"', 'mean "8.25%"?'),
    "20-rate-as-a-decimal": (value(FLOOR, "0.0825"), "found 0.0825", 'did you mean "8.25%"?'),
    "23-floor-above-cap": (
        (FLOOR[0], (FLOOR[1], f'{FLOOR[1]}\ncap = "7.00%"')),
        "a floor of 8.25% above the cap of 7.00%",
        "at or below the cap",
    ),
    "24-basis-points": (value(MARGIN, '"150%"'), 'found "150%"', "not basis points"),
    "26-unknown-index": (
        ("tranche.revolver.coupon.options[1].index", ('index = "prime"', 'index = "Prme"')),
        'found "Prme"',
        '"prime", "LIBOR 1M", "LIBOR 3M", "Term SOFR 1M", "Term SOFR 3M", "SOFR" would be right; '
        'did you mean "prime"?',
    ),
    "26-unknown-day-count": (
        ("tranche.revolver.coupon.day_count", ('day_count = "ACT/360"', 'day_count = "ACT360"')),
        'found "ACT360"',
        'did you mean "ACT/360"?',
    ),
    "26-ambiguous-day-count": (
        ("tranche.revolver.coupon.day_count", ('day_count = "ACT/360"', 'day_count = "30/360"')),
        'found "30/360", which is ambiguous',
        '"30/360 US" or "30E/360" or "30E/360 ISDA" or "30/360 ISDA" would be right',
    ),
    "26-unknown-calendar": (
        ("calendar", ('calendar = "US Federal Reserve"', 'calendar = "Federal Reserve"')),
        'found "Federal Reserve"',
        '"US Federal Reserve", "weekends" would be right; did you mean "US Federal Reserve"?',
    ),
    "26-unknown-convention": (
        ("tranche.revolver.payments.business_day", ('y = "Following"', 'y = "Folowing"')),
        'found "Folowing"',
        'did you mean "Following"?',
    ),
    "22-negative-coupon": (
        ("tranche.senior-notes.coupon.rate", ('rate = "12%"', 'rate = "-12%"')),
        "found -12%",
        "a rate of 0% or more",
    ),
    "22-negative-fee": (
        (
            "tranche.secured-term-loan.fees.closing.rate",
            ('rate = "1.875%"', 'rate = "-1.875%"'),
        ),
        "found -1.875%",
        "a rate of 0% or more",
    ),
    "26-misspelt-frequency": (
        ("tranche.revolver.payments.frequency", ('frequency = "monthly"', 'frequency = "montly"')),
        'found "montly"',
        'did you mean "monthly"?',
    ),
    "27-fee-without-a-rate": (
        ("tranche.secured-term-loan.fees.closing.rate", ('rate = "1.875%"\n', "")),
        "found nothing",
        "required",
    ),
}

# row and words: inputs of a projection, and parts of the refusal.
INPUTS = {
    "18-rate-over-100-per-cent": ({"prime": "100.01%"}, "index.prime", "between -100% and 100%"),
    "19-rate-without-its-sign": ({"prime": "4.00"}, "index.prime", 'did you mean "4.00%"?'),
    "20-rate-as-a-decimal": ({"prime": Decimal("0.04")}, "index.prime", 'did you mean "4%"?'),
    "22-negative-all-in-rate": (
        {"prime": "-1.20%"},
        "tranche.revolver: index.prime",
        "all-in rate of -0.2",
        "a floor in the coupon",
    ),
    "25-fixing-missing": (
        {"elect.term-loan": "LIBOR 1M"},
        "tranche.term-loan: index.LIBOR 1M",
        "no rate at all",
        "2003-12-18",
        '--set "LIBOR 1M=1.50%"',
    ),
    "25-fixing-too-late": (
        {"elect.term-loan.2004-09-01": "LIBOR 1M", "LIBOR 1M.2004-09-02": "1.5%"},
        "index.LIBOR 1M",
        "no rate before 2004-09-02",
        "needed from 2004-09-01",
    ),
    "26-unknown-index": ({"elect.term-loan": "LIBOR"}, 'found "LIBOR"', 'did you mean "LIBOR '),
    "26-index-without-an-option": (
        {"elect.term-loan": "SOFR", "SOFR": "4%"},
        "elect.term-loan",
        'found "SOFR"',
        '"prime", "LIBOR 1M", "LIBOR 3M" would be right',
    ),
    "26-unknown-input": ({"libro": "4%"}, 'found "libro"', "would be right"),
}
