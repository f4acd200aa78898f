"""Exchanges with options, early tenders and limits: terms that cannot hold.

Each case makes the junior exchange of the built-in term sheet such an offer, and changes that.
"""

TERMS = """coupon = "14%"
tendered = 500_000
outstanding = 510_000
accrued_from = 2003-11-01
accrued_to = 2003-12-18
day_count = "30/360 US"
accrued_paid = "new notes"
early_tender = 2003-12-10
minimum = 300_000
maximum = 400_000
accepted = 399_000
new_tranche"""

CHOICES = """
[exchange.junior.options.cash]
name = "Cash"
cash = 400
early_cash = 50

[exchange.junior.options.notes]
name = "New notes"
new_notes = 950
warrants = 10
early_new_notes = 50

[exchange.junior.options.pool]
name = "Cash pool"
cash_pool = 25_000
rest_in_notes = 1_030

[[exchange.junior.holders]]
name = "First"
option = "cash"
principal = 100_000
tendered_on = 2003-12-10

[[exchange.junior.holders]]
name = "Second"
option = "notes"
principal = 250_500
tendered_on = 2003-12-11

[[exchange.junior.holders]]
name = "Third"
option = "pool"
principal = 149_500
tendered_on = 2003-12-01

[exchange.junior.source]"""

OFFER = (('coupon = "14%"\nnew_tranche', TERMS), ("\n[exchange.junior.source]", CHOICES))


def case(field, old, new):
    """The path of a field, and the changes that spoil it."""
    return f"exchange.junior.{field}", *OFFER, (old, new)


MAXIMUM = "maximum = 400_000"
FIRST = 'option = "cash"\nprincipal = 100_000'
UNTIL = 'reinstatement = "The', 'reinstatement_until = {}\nreinstatement = "The'

# words: (path of the field, changes), what was found, what would be right.
TERM_SHEETS = {
    "maximum-negative": (case("maximum", MAXIMUM, "maximum = -1"), "found -1", "above 0"),
    "maximum-as-yes": (case("maximum", MAXIMUM, "maximum = true"), "found true", "an amount"),
    "maximum-nan": (case("maximum", MAXIMUM, "maximum = nan"), "found NaN", "finite"),
    "maximum-of-half-a-cent": (
        case("maximum", MAXIMUM, "maximum = 400_000.005"),
        "found 400000.005",
        "a whole multiple of 0.01 USD",
    ),
    "minimum-over-maximum": (
        case("minimum", "minimum = 300_000", "minimum = 400_001"),
        "found 400,001",
        "at most the maximum of 400,000",
    ),
    "minimum-over-outstanding": (
        case("minimum", "minimum = 300_000\nmaximum = 400_000", "minimum = 510_001"),
        "found 510,001",
        "at most the outstanding 510,000",
    ),
    "accepted-left-out": (
        case("accepted", "accepted = 399_000\n", ""),
        "found nothing",
        "399,000, what the terms accept, would be right",
    ),
    "accepted-of-another-amount": (
        case("accepted", "accepted = 399_000", "accepted = 400_000"),
        "found 400,000",
        "399,000, what the terms accept, would be right",
    ),
    "accepted-though-less-than-the-minimum-was-tendered": (
        case("accepted", "minimum = 300_000\nmaximum = 400_000", "minimum = 500_001"),
        "found 399,000",
        "0, what the terms accept, would be right",
    ),
    "accepted-without-tenders": (
        (
            "exchange.junior.accepted",
            ('coupon = "14%"\nnew_tranche', 'coupon = "14%"\naccepted = 1_000\nnew_tranche'),
        ),
        "found 1,000 and no tenders",
        "tendered too",
    ),
    "more-accepted-than-the-maximum": (
        (
            "exchange.senior.accepted",
            ("tendered = 27_254_000", "tendered = 27_254_000\nmaximum = 20_000_500"),
            ("tendered = 27_254_000", "tendered = 27_254_000\naccepted = 20_000_500"),
        ),
        "found 20,000,500",
        "at most 20,000,000, what the terms accept, would be right",
    ),
    "early-terms-without-a-day": (
        case("early_tender", "early_tender = 2003-12-10\n", ""),
        "found nothing, and early terms in options.cash",
        "a date would be right",
    ),
    "early-tender-that-is-no-date": (
        case("early_tender", "early_tender = 2003-12-10", "early_tender = 2003"),
        "found 2003",
        "a date without time",
    ),
    "tender-without-its-day": (
        case("holders[1].tendered_on", "\ntendered_on = 2003-12-10", ""),
        "found nothing",
        "a date, held against 2003-12-10",
    ),
    "unknown-option": (
        case("holders[1].option", 'option = "cash"', 'option = "cahs"'),
        'found "cahs"',
        'did you mean "cash"?',
    ),
    "tenders-that-do-not-add-up": (
        case("tendered", FIRST, 'option = "cash"\nprincipal = 90_000'),
        "found 500,000",
        "490,000, the sum of the holders' tenders, would be right",
    ),
    "tender-of-nothing": (
        case("holders[1].principal", FIRST, 'option = "cash"\nprincipal = 0'),
        "found 0",
        "above 0",
    ),
    "option-that-gives-nothing": (
        case("options.cash.name", "cash = 400\nearly_cash = 50\n", ""),
        "found an option that gives nothing",
        "cash, new_notes, shares or warrants",
    ),
    "rest-of-no-pool": (
        case("options.pool.rest_in_notes", "cash_pool = 25_000\n", "cash = 10\n"),
        "found 1030 without a cash_pool",
        "a cash_pool too",
    ),
    "pool-and-cash": (
        case("options.pool.cash_pool", "cash_pool = 25_000\n", "cash_pool = 25_000\ncash = 1\n"),
        "found 25,000 and cash for 1,000 too",
        "one of the two",
    ),
    "interest-paid-in-shares": (
        case("accrued_paid", 'accrued_paid = "new notes"', 'accrued_paid = "shares"'),
        'found "shares"',
        'one of "cash", "new notes"',
    ),
    "interest-without-dates": (
        case("accrued_paid", "accrued_from = 2003-11-01\n", ""),
        'found "new notes" without the dates of interest',
        "accrued_from, accrued_to and day_count too",
    ),
    "unknown-key-of-an-option": (
        case("options.cash.csh", "cash = 400", "csh = 400"),
        'the unknown key "csh"',
        'did you mean "cash"?',
    ),
    "denomination-of-zero": (
        case("denomination", MAXIMUM, f"{MAXIMUM}\ndenomination = 0"),
        "found 0",
        "above 0",
    ),
    "reinstatement-until-no-date": (
        (
            "repurchase.senior-unsecured-note.reinstatement_until",
            (UNTIL[0], UNTIL[1].format('"06/07/2006"')),
        ),
        'found "06/07/2006"',
        "a date without time",
    ),
}
