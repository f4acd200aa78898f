"""Amounts: rows 1 to 17 of the list of bad inputs that the project keeps.

Each case changes the built-in term sheet, or is an input of its projection; the tables are
read by the tests of the core and by those of the command.
"""

from decimal import Decimal

from tests.bad_inputs.fields import BORROWER, COUNT, FACE, INSTALMENT, PRINCIPAL, value

# row and words: (path of the field, change), what was found, what would be right.
TERM_SHEETS = {
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
    "05-zero-principal-of-notes": (value(FACE, "0"), "found 0", "above 0"),
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
    "07-name-with-padding": (
        value(BORROWER, '"Lexington Precision Corporation "'),
        'found "Lexington Precision Corporation "',
        "text without spaces at its ends would be right",
    ),
}

# row and words: inputs of a projection, and parts of the refusal.
INPUTS = {
    "01-nan": ({"prepay.term-loan.2005-02-01": Decimal("nan")}, "2005-02-01", "found NaN"),
    "06-true-as-an-amount": ({"reserves.revolver": True}, "reserves.revolver", "found true"),
    "07-padding": ({"reserves.revolver": " 5"}, "reserves.revolver", 'found " 5"'),
    "09-less-than-a-cent": ({"prepay.term-loan.2005-02-01": "0.001"}, "2005-02-01", "0.01 USD"),
    "11-binary-float": ({"prepay.term-loan.2005-02-01": 0.1 + 0.2}, "30000000000000004", "Decimal"),
    "17-draws-over-the-commitment": (
        {"draw.revolver.2004-01-15": "23500000.01"},
        "tranche.revolver: draw.2004-01-15",
        "found a balance of 23,500,000.01",
        "from 0 to 23,500,000.00",
    ),
    "17-repayment-of-more-than-drawn": (
        {"draw.revolver.2004-01-15": "100", "draw.revolver.2004-01-16": "-100.01"},
        "draw.2004-01-16",
        "found a balance of -0.01",
    ),
    "17-draw-of-nothing": (
        {"draw.revolver.2004-01-15": "0"},
        "draw.revolver.2004-01-15",
        "found 0",
        "repaid below zero",
    ),
}

# row and words: changes of the term sheet that look odd and are right.
TAKEN = {
    "05-zero-commitment": (
        ("commitment = 23_500_000", "commitment = 0"),
        ("amount = 37_000_000", "amount = 13_500_000"),
    ),
    "10-fifteen-digits": (
        ("principal = 42_476_000", "principal = 9_999_999_999_999.99"),
        ("new_principal_printed = 42_476_000", "new_principal_printed = 9_999_999_999_999.99"),
    ),
}
