"""Bad inputs: each is refused with the field, what was found and what would be right.

Every case starts from the built-in term sheet and changes one thing. The numbers are those
of the list of bad inputs that the project keeps.
"""

import shutil
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

import lexp_calc
from lexp_calc import LexpError, builtin_deal, project, read_term_sheet
from lexp_calc.term_sheet import rates_from_csv
from tests.lexp_calc.variants import lexington

PACKAGE = Path(lexp_calc.__file__).parent
BUILT_IN = (PACKAGE / "deals" / "lexp-2003.toml").read_text(encoding="utf-8")

PRINCIPAL = "tranche.term-loan.principal", "principal = 13_500_000", "principal = "
FACE = "tranche.senior-notes.principal", "principal = 42_476_000", "principal = "
COMMITMENT = "tranche.revolver.commitment", "commitment = 23_500_000", "commitment = "
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
REVOLVER_FIRST = "[tranche.revolver.payments]\nfirst_payment = "
FIRST_PASSAGE = 'document = "press-release"\nparagraph = "1, sentence 1"'
ID = "id", 'id = "lexp-2003"', "id = "
BORROWER = "borrower", 'borrower = "Lexington Precision Corporation"', "borrower = "
CURRENCY = "currency", 'currency = "USD"\nclosing_date', ""


@pytest.fixture
def term_sheet(tmp_path):
    """Writes and reads a term sheet: the deal, or the refusal's lines without the file's name."""
    shutil.copytree(PACKAGE / "data", tmp_path / "data")
    (tmp_path / "deals").mkdir()
    path = tmp_path / "deals" / "deal.toml"

    def read(content):
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        try:
            return read_term_sheet(path)
        except LexpError as problem:
            lines = str(problem).splitlines()
            assert all(line.startswith(f"{path}: ") for line in lines)
            return [line.removeprefix(f"{path}: ") for line in lines]

    return read


def changed(*changes):
    """The built-in term sheet with texts replaced, each where it first stands."""
    text = BUILT_IN
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    return text


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
    "04-negative-principal": (value(PRINCIPAL, "-1"), "found -1", "above 0"),
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
    "28-29-february-2006-unquoted": (
        ("file", (MATURITY[1], "maturity = 2006-02-29\nliens")),
        "Invalid date or datetime (at line 1",
        "TOML would be right",
    ),
    "30-maturity-on-closing": (
        ("tranche.junior-notes.maturity", ("maturity = 2009-11-01", "maturity = 2003-12-18")),
        "2003-12-18",
        "",
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
    if path == "tranche.junior-notes.maturity":
        about_the_field = [line for line in lines if "maturity on 2003-12-18" in line]
    assert any(found in line and right in line for line in about_the_field), lines
    assert all("; " in line for line in lines)


def test_the_built_in_term_sheet_itself_is_taken_with_a_byte_order_mark_too(term_sheet):
    for content in (BUILT_IN.encode(), b"\xef\xbb\xbf" + BUILT_IN.encode()):
        assert term_sheet(content).model_dump() == builtin_deal().model_dump()


TAKEN = {
    "05-zero-commitment": (
        ("commitment = 23_500_000", "commitment = 0"),
        ("amount = 37_000_000", "amount = 13_500_000"),
    ),
    "10-fifteen-digits": (
        ("principal = 42_476_000", "principal = 9_999_999_999_999.99"),
        ("new_principal_printed = 42_476_000", "new_principal_printed = 9_999_999_999_999.99"),
    ),
    "26-whatever-its-case": (('day_count = "ACT/360"', 'day_count = "act/360"'),),
    "50-formula-as-a-name": ((BORROWER[1], "borrower = \"=cmd|'/C calc'!A0\""),),
    "52-arabic-name": ((BORROWER[1], 'borrower = "شركة ليكسينغتون"'),),
    "52-hebrew-name": ((BORROWER[1], 'borrower = "חברת לקסינגטון"'),),
    "58-name-of-200-bytes": ((BORROWER[1], f'borrower = "{"é" * 100}"'),),
}


@pytest.mark.parametrize("changes", TAKEN.values(), ids=TAKEN)
def test_what_looks_odd_and_is_right_is_taken(term_sheet, changes):
    deal = term_sheet(changed(*changes))
    assert not isinstance(deal, list), deal
    assert project(deal)["revolver"].rows[0].closing_balance == 0


def test_30_maturity_before_closing(term_sheet):
    """A revolver with one payment, so that nothing else is wrong but the dates."""
    lines = term_sheet(
        changed(
            ("maturity = 2006-06-30\nliens", "maturity = 2003-12-18\nliens"),
            (REVOLVER_FIRST + "2004-02-01", REVOLVER_FIRST + "2003-12-18"),
        )
    )
    assert (
        "tranche.revolver.maturity: found 2003-12-18, not after closing on 2003-12-18; "
        in "\n".join(lines)
    )


def test_29_monthly_from_the_31st_keeps_its_anchor(term_sheet):
    deal = term_sheet(changed((FIRST[1], FIRST[2] + "2004-01-31")))
    dues = [row.due_date for row in project(deal)["term-loan"].rows[1:5]]
    assert dues == [date(2004, 1, 31), date(2004, 2, 29), date(2004, 3, 31), date(2004, 4, 30)]


def test_56_tranche_ids_that_differ_by_case_are_refused(term_sheet):
    lines = term_sheet(changed(("[tranche.secured-term-loan]\n", "[tranche.Term-Loan]\n")))
    assert any(
        line.startswith('tranche.Term-Loan: found "Term-Loan"; an id of a-z') for line in lines
    )
    lines = term_sheet(changed(("[tranche.secured-term-loan]\n", "[tranche.term-loan]\n")))
    assert "twice (at line 1" in lines[0]


def test_65_yen_with_a_broken_unit(term_sheet):
    yen = ('currency = "USD"', 'currency = "JPY"')
    assert not isinstance(term_sheet(changed(yen)), list)
    (line,) = term_sheet(changed(yen, ("price = 5_810_000", "price = 5_810_000.50")))
    path = "repurchase.senior-unsecured-note.price"
    assert line == f"{path}: found 5810000.50; a whole multiple of 1 JPY would be right"


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
    "03-hexadecimal-without-end": (b"id = 0x" + b"f" * 9_000, "80 digits"),
    "no-toml": (b"PK\x03\x04", "TOML would be right"),
}


@pytest.mark.parametrize(("content", "message"), FILES.values(), ids=FILES)
def test_a_file_that_is_no_term_sheet_is_refused(term_sheet, content, message):
    lines = term_sheet(content)
    assert isinstance(lines, list) and message in lines[0]


def test_a_file_that_is_not_there_is_refused_with_the_built_in_deals(tmp_path):
    with pytest.raises(LexpError, match="no such file.*lexp-2003"):
        read_term_sheet(tmp_path / "none.toml")
    with pytest.raises(LexpError, match="a folder"):
        read_term_sheet(tmp_path)


def test_every_problem_of_a_file_is_reported_at_once(term_sheet):
    lines = term_sheet(
        changed(
            value(FLOOR, "8.25")[1],
            value(COUNT, "46")[1],
            ("strike = 3.50", 'strike = "3,50"'),
            ("price = 5_810_000", "price = true"),
            (FIRST_PASSAGE, FIRST_PASSAGE.replace("press-release", "press")),
            ("amount = 37_000_000", "amount = 37_000_000\nlender = 5"),
        )
    )
    paths = {line.split(": ")[0] for line in lines}
    assert paths >= {
        "tranche.secured-term-loan.coupon.floor",
        "tranche.term-loan.repayment.amount",
        "tranche.term-loan.repayment.count",
        "warrant.senior-warrants.strike",
        "repurchase.senior-unsecured-note.price",
        "passage.p0-1.document",
        "facility.secured-credit-facility.lender",
    }
    assert len(lines) == len(set(lines)) == 7, lines


# number and name: inputs of a projection, and the parts of the refusal.
BAD_INPUTS = {
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
    "57-unknown-tranche": ({"prepay.term-lone.2005-02-01": "1"}, '"term-lone"', '"term-loan"'),
    "prepayment-of-more-than-is-owed": (
        {"prepay.term-loan.2006-06-29": "4800000.01"},
        "tranche.term-loan: prepay.2006-06-29",
        "found 4,800,000.01",
        "at most the 4,800,000.00",
    ),
    "prepayment-after-maturity": (
        {"prepay.term-loan.2006-07-03": "1"},
        "up to maturity on 2006-06-30",
    ),
    "prepayment-on-closing": ({"prepay.term-loan.2003-12-18": "1"}, "after closing on 2003-12-18"),
    "prepayment-on-a-saturday": (
        {"prepay.term-loan.2005-01-01": "1"},
        "no business day",
        "2005-01-03",
    ),
    "prepayment-when-nothing-is-owed": (
        {"prepay.term-loan.2005-02-01": "9600000", "prepay.term-loan.2005-02-02": "1"},
        "prepay.2005-02-02",
        "nothing is owed any more",
    ),
    "draw-on-a-term-loan": ({"draw.term-loan.2005-02-01": "1"}, "draw.term-loan", "a revolver"),
    "prepayment-of-a-revolver": ({"prepay.revolver.2005-02-01": "1"}, "a draw below zero"),
    "extension-as-text": ({"extend.revolver": "yes"}, "extend.revolver", "true or false"),
    "a-path-that-is-none": ({5: "1"}, "inputs", "found 5"),
}


@pytest.mark.parametrize("case", BAD_INPUTS.values(), ids=BAD_INPUTS)
def test_an_input_of_a_projection_is_refused_by_its_path(case):
    inputs, *parts = case
    with pytest.raises(LexpError) as caught:
        project(lexington(), "closing", inputs)
    assert all(part in str(caught.value) for part in parts), str(caught.value)


def test_21_a_negative_index_is_taken_and_the_floor_shown():
    row = project(lexington(), "closing", {"prime": "-0.75%"})["secured-term-loan"].rows[1]
    assert (row.index_rate, row.all_in_rate) == (Decimal("-0.0075"), Decimal("0.0825"))


# number and name: a file of rates, and what is refused in it.
RATE_FILES = {
    "39-a-date-twice": ("date,pct\n2004-06-30,4\n2004-06-30,5\n", "row 2: found 2004-06-30 after"),
    "39-out-of-order": ("date,pct\n2004-06-30,4\n2004-06-29,5\n", "row 2: found 2004-06-29 after"),
    "35-month-or-day-first": ("date,pct\n06/30/2004,4\n", 'row 1: found "06/30/2004"'),
    "25-a-rate-missing": ("date,pct\n2004-06-30,\n", "row 1"),
    "69-nan": ("date,pct\n2004-06-30,nan\n", 'row 1: found "nan%"'),
    "24-basis-points": ("date,pct\n2004-06-30,425\n", 'row 1: found "425%"'),
    "a-column-too-many": ("date,pct\n2004-06-30,4,5\n", "row 1: found 3 columns"),
    "67-empty": ("", "found no rates"),
    "51-nul": ("date,pct\n2004-06-30,4\x00\n", "row 1"),
    "59-a-field-without-end": ("date,pct\n" + "1" * 200_000, "field larger than field limit"),
}


@pytest.mark.parametrize(("text", "message"), RATE_FILES.values(), ids=RATE_FILES)
def test_a_file_of_rates_is_refused_with_its_row(text, message):
    with pytest.raises(LexpError) as caught:
        rates_from_csv(text, "prime.csv")
    assert "prime.csv" in str(caught.value) and message in str(caught.value)


@pytest.mark.parametrize(
    ("file", "message"),
    [
        ("none.csv", 'found no file "none.csv"'),
        ("../data", "found no file"),
        ("latin.csv", "not UTF-8"),
        ("bad.csv", 'bad.csv: row 1: found "4,00%"'),
    ],
)
def test_25_a_file_of_rates_that_a_term_sheet_names_is_refused_by_its_path(
    term_sheet, tmp_path, file, message
):
    (tmp_path / "deals" / "latin.csv").write_bytes("dåte,pct\n2004-06-30,4\n".encode("latin-1"))
    (tmp_path / "deals" / "bad.csv").write_text('date,pct\n2004-06-30,"4,00"\n')
    lines = term_sheet(changed(("../data/prime-h15.csv", file)))
    assert lines[0].startswith("scenario.historical.index.prime") and message in lines[0]
