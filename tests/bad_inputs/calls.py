"""Bad arguments of spreadsheet functions: what is given, which argument is named, what is said.

Each case is (what is wrong, function, arguments that replace those of its example as JSON
text, the argument that is named, words of the answer).
"""

AMOUNTS = [
    ("NaN", "LEXP_FEE", '{"principal": NaN}', "principal", "a finite number"),
    ("infinite", "LEXP_FEE", '{"principal": Infinity}', "principal", "a finite number"),
    ("infinite below", "LEXP_FEE", '{"principal": -Infinity}', "principal", "a finite number"),
    ("1e308", "LEXP_FEE", '{"principal": 1e308}', "principal", "below 10,000,000,000,000"),
    ("negative principal", "LEXP_FEE", '{"principal": -1}', "principal", "0 or more"),
    ("principal of zero", "LEXP_LEVEL_PAYMENT", '{"principal": 0}', "principal", "above 0"),
    ("true as an amount", "LEXP_FEE", '{"principal": true}', "principal", "a number"),
    ("underscores", "LEXP_FEE", '{"principal": "1_000"}', "principal", "not text"),
    ("full-width digits", "LEXP_FEE", '{"principal": "１２"}', "principal", "not text"),
    ("padding", "LEXP_FEE", '{"principal": " 12 "}', "principal", "not text"),
    ("thousands", "LEXP_FEE", '{"principal": "1,000"}', "principal", "not text"),
    ("points and comma", "LEXP_FEE", '{"principal": "1.000,00"}', "principal", "not text"),
    ("0.1 + 0.2", "LEXP_FEE", '{"principal": 0.30000000000000004}', "principal", "digits"),
    ("less than a cent", "LEXP_FEE", '{"principal": 1.005}', "principal", "0.01 currency units"),
    (
        "sixteen digits",
        "LEXP_FEE",
        '{"principal": 12345678901234.56}',
        "principal",
        "10,000,000,000,000",
    ),
]

RATES = [
    ("over 100 per cent", "LEXP_INTEREST", '{"rate": 1.01}', "rate", "0.055 for 5.5 per cent"),
    ("8.25 for 8.25 %", "LEXP_INTEREST", '{"rate": 8.25}', "rate", "0.055 for 5.5 per cent"),
    ("per cent as text", "LEXP_INTEREST", '{"rate": "8.25%"}', "rate", "not text"),
    ("basis points", "LEXP_ALL_IN_RATE", '{"margin": 150}', "margin", "0.055 for 5.5"),
    (
        "floor above cap",
        "LEXP_ALL_IN_RATE",
        '{"floor": 0.08, "cap": 0.05}',
        "floor",
        "a floor of 8% above the cap of 5%",
    ),
    (
        "negative all-in rate",
        "LEXP_ALL_IN_RATE",
        '{"index_rate": -0.05, "margin": 0.01, "floor": null}',
        "index_rate",
        "all-in rate of -4%",
    ),
    (
        "all-in rate over 100 per cent",
        "LEXP_ALL_IN_RATE",
        '{"index_rate": 0.9, "margin": 0.9}',
        "margin",
        "which gives 180%",
    ),
    ("no fixing", "LEXP_INDEX", '{"index": "LIBOR 1M"}', "index", "not with the product"),
    ("before the first fixing", "LEXP_INDEX", '{"date": "1900-03-02"}', "date", "a date from"),
    ("unknown index", "LEXP_INDEX", '{"index": "pryme"}', "index", 'did you mean "prime"'),
    (
        "unknown day count",
        "LEXP_INTEREST",
        '{"day_count": "ACT/361"}',
        "day_count",
        'did you mean "ACT/36',
    ),
    ("bare 30/360", "LEXP_INTEREST", '{"day_count": "30/360"}', "day_count", "ambiguous"),
    ("bare ACT/365", "LEXP_INTEREST", '{"day_count": "ACT/365"}', "day_count", '"ACT/365F" or'),
    ("Bond Basis", "LEXP_INTEREST", '{"day_count": "Bond Basis"}', "day_count", "ambiguous"),
    (
        "unknown calendar",
        "LEXP_BUSINESS_DAY",
        '{"calendar": "US Federal Reserv"}',
        "calendar",
        'did you mean "US Federal Reserve"',
    ),
    (
        "unknown convention",
        "LEXP_BUSINESS_DAY",
        '{"convention": "Folowing"}',
        "convention",
        'did you mean "Following"',
    ),
    ("volatility", "LEXP_WARRANT_VALUE", '{"volatility": 5.1}', "volatility", "from 0 to 5"),
    ("frequency", "LEXP_NOTE_PRICE", '{"frequency": 3}', "frequency", "1, 2, 4 or 12"),
]

DATES = [
    ("29 February 2006", "LEXP_DAYS", '{"end": "2006-02-29"}', "end", "that exists"),
    (
        "maturity before settlement",
        "LEXP_NOTE_PRICE",
        '{"settlement": "2030-01-01"}',
        "maturity",
        "a later date",
    ),
    (
        "end before start",
        "LEXP_DAYS",
        '{"start": "2199-01-01"}',
        "end",
        "or a later date",
    ),
    (
        "first payment after maturity",
        "LEXP_BALLOON",
        '{"first_payment": "2199-01-01"}',
        "maturity",
        "would be right",
    ),
    ("serial 60", "LEXP_DAYS", '{"start": 60}', "start", "such as 2006-06-30"),
    ("before 1900-03-01", "LEXP_DAYS", '{"start": "1900-02-28"}', "start", "1900-03-01"),
    ("year 9999", "LEXP_DAYS", '{"end": "9999-12-31"}', "end", "2199-12-31"),
    ("06/07/2006", "LEXP_DAYS", '{"end": "06/07/2006"}', "end", "such as 2006-06-30"),
    ("with a time", "LEXP_DAYS", '{"end": "2006-06-30T10:00"}', "end", "without time"),
    ("too many payments", "LEXP_PAYMENT_DATES", '{"end": "2199-01-01"}', "end", "1,200"),
]

CELLS = [
    ("blank", "LEXP_FEE", '{"principal": null}', "principal", "found nothing (a blank)"),
    ("empty text", "LEXP_FEE", '{"principal": ""}', "principal", "found nothing (a blank)"),
    ("number as text", "LEXP_FEE", '{"principal": "12"}', "principal", "not text"),
    ("#N/A", "LEXP_FEE", '{"principal": "#N/A"}', "principal", "found the error #N/A"),
    ("#REF! for a date", "LEXP_DAYS", '{"start": "#REF!"}', "start", "found the error #REF!"),
    ("a range for one value", "LEXP_FEE", '{"principal": [1, 2]}', "principal", "a list of 2"),
    (
        "ragged",
        "LEXP_YIELD_TO_WORST",
        '{"calls": [["2023-01-15", 104], ["2024-01-15"]]}',
        "calls",
        "found 1 cells in row 2 and 2 in row 1",
    ),
    (
        "another shape",
        "LEXP_XIRR",
        '{"amounts": [[1, 2], [3, 4]]}',
        "amounts",
        "found 2 rows of 2 cells",
    ),
    ("columns of two lengths", "LEXP_XIRR", '{"amounts": [-100]}', "amounts", "would be right"),
    ("a column of blanks", "LEXP_XIRR", '{"amounts": [null, null]}', "amounts", "nothing"),
    ("a blank within", "LEXP_XIRR", '{"amounts": [-100, null, 5]}', "amounts[2]", "nothing"),
    ("true for a number", "LEXP_XIRR", '{"amounts": [-100, true]}', "amounts[2]", "a number"),
]
LONG_COLUMN = 100_001  # cells, one more than any argument may have
