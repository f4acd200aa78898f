"""Bad values in a term sheet: refused with the field, what was found and what would be right.

Every case starts from the built-in term sheet and changes one thing. The numbers are those
of the list of bad inputs that the project keeps.
"""

import pytest

from tests.lexp_calc.term_sheet_text import changed

PRINCIPAL = "tranche.term-loan.principal", "principal = 13_500_000", "principal = "
FACE = "tranche.senior-notes.principal", "principal = 42_476_000", "principal = "
INSTALMENT = "tranche.term-loan.repayment.amount", "amount = 300_000", "amount = "
COUNT = "tranche.term-loan.repayment.count", "count = 45", "count = "
FLOOR = "tranche.secured-term-loan.coupon.floor", 'floor = "8.25%"', "floor = "
MARGIN = "tranche.revolver.coupon.options[1].margin", 'margin = "1.00%"', "margin = "
MATURITY = "tranche.term-loan.maturity", "maturity = 2007-10-01\nliens", "maturity = "
FIRST = (
    "tranche.term-loan.payments.first_payment",
    "[tranche.term-loan.payments]\nfirst_payment = 2004-02-01",
    "[tranche.term-loan.payments]\nfirst_payment = ",
)
ID = "id", 'id = "lexp-2003"', "id = "
BORROWER = "borrower", 'borrower = "Lexington Precision Corporation"', "borrower = "


def value(field, written):
    """The change that writes another value into a field."""
    path, old, start = field
    return path, (old, f"{start}{written}" + ("\nliens" if field is MATURITY else ""))


# number and name: (path of the field, change of the text), what was found, what would be right.
BAD_VALUES = {
    "01-nan": (value(PRINCIPAL, "nan"), "found NaN", "a finite amount"),
    "02-infinity": (value(PRINCIPAL, "inf"), "found Infinity", "a finite amount"),
    "02-minus-infinity": (value(PRINCIPAL, "-inf"), "found -Infinity", "a finite amount"),
    "03-1e308": (value(PRINCIPAL, "1e308"), "found 1E+308", "below 10,000,000,000,000"),
    "03-the-limit": (value(PRINCIPAL, "10_000_000_000_000"), "1000000000", "below 10,000,000,"),
    "04-negative-principal": (value(PRINCIPAL, "-1"), "found -1", "0 or more"),
    "05-zero-principal": (value(PRINCIPAL, "0"), "found 0", "above 0"),
    "06-true-as-an-amount": (value(PRINCIPAL, "true"), "found true", "an amount such as"),
    "07-underscores-in-text": (value(PRINCIPAL, '"1_000"'), 'found "1_000"', "without separators"),
    "07-full-width-digits": (value(PRINCIPAL, '"１３５"'), 'found "１３５"', "an amount"),
    "07-padding": (value(PRINCIPAL, '" 5 "'), 'found " 5 "', "an amount"),
    "08-thousands-commas": (value(PRINCIPAL, '"1,000"'), 'found "1,000"', "without separators"),
    "08-decimal-comma": (value(PRINCIPAL, '"1.000,00"'), 'found "1.000,00"', "without separators"),
    "09-less-than-a-cent": (value(FACE, "42476000.005"), "42476000.005", "multiple of 0.01 USD"),
    "10-too-many-digits": (
        ("warrant.senior-warrants.strike", ("strike = 3.50", "strike = 3.5000000000000001")),
        "found 3.5000000000000001",
        "at most 15 significant digits",
    ),
    "12-instalments-over-the-principal": (
        value(INSTALMENT, "300_001"),
        "13,500,045, 45 more than the principal of 13,500,000",
        "add up to the principal or less",
    ),
    "13-instalments-short": (
        (
            "tranche.term-loan.repayment.unpaid_balance_at_maturity",
            ("count = 45", "count = 44"),
        ),
        "leave 300,000 of 13,500,000 unpaid",
        "instalments that add up, or unpaid_balance_at_maturity = true",
    ),
    "14-zero-instalment": (value(INSTALMENT, "0"), "found 0", "above 0"),
    "14-negative-instalment": (value(INSTALMENT, "-300_000"), "found -300000", "above 0"),
    "15-count-0": (value(COUNT, "0"), "found 0", "from 1 to 1,200"),
    "15-negative-count": (value(COUNT, "-45"), "found -45", "from 1 to 1,200"),
    "15-broken-count": (value(COUNT, "44.5"), "found 44.5", "a whole number"),
    "15-count-as-text": (value(COUNT, '"45"'), 'found "45"', "a whole number"),
    "16-count-1201": (value(COUNT, "1201"), "found 1201", "from 1 to 1,200"),
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
    "27-fee-without-a-rate": (
        ("tranche.secured-term-loan.fees.closing.rate", ('rate = "1.875%"\n', "")),
        "found nothing",
        "required",
    ),
    "28-29-february-2006": (value(MATURITY, '"2006-02-29"'), '"2006-02-29"', "a date that exists"),
    "07-name-with-padding": (
        value(BORROWER, '"Lexington Precision Corporation "'),
        'found "Lexington Precision Corporation "',
        "text without spaces at its ends would be right",
    ),
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
    "60-lookalike-letter": (value(ID, '"lexp-2003\\u0430"'), 'found "lexp-2003а"', "an id of a-z"),
    "56-capital-letters-in-an-id": (value(ID, '"LEXP-2003"'), 'found "LEXP-2003"', "an id of a-z"),
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


@pytest.mark.parametrize(("place", "found", "right"), BAD_VALUES.values(), ids=BAD_VALUES)
def test_it_is_refused_with_the_field_what_was_found_and_what_would_be_right(
    term_sheet, place, found, right
):
    path, change = place
    lines = term_sheet(changed(change))
    assert isinstance(lines, list), "it was taken"
    about_the_field = [line for line in lines if line.startswith(f"{path}: ")]
    assert any(found in line and right in line for line in about_the_field), lines
    assert all("; " in line for line in lines)
