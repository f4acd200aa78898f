"""Borrowing base, limit and availability, by hand from the press release's 88 % and 65 %."""

from decimal import Decimal

import pytest

from lexp_calc import project
from lexp_calc.errors import LexpError
from lexp_calc.revolver_functions import availability, borrowing_base
from tests.lexp_calc.variants import lexington

RECEIVABLES, INVENTORIES = "collateral.revolver.receivables", "collateral.revolver.inventories"

# Rates: press release of 18 December 2003, paragraph 2, sentence 3; products by hand.
BASES = [
    (("10000000", "5000000"), "12050000.00"),  # 8,800,000 + 3,250,000
    (("15432100.55", "7654321.09"), "18555557.19"),  # 13,580,248.484 + 4,975,308.7085, each rounded
    (("0", "0"), "0"),
    (("1000", "0", "0.85"), "850.00"),
    (("1000", "1000", "0.85", "0.5"), "1350.00"),
    (("10000000", "5000000", "0.88", "0.65", "1050000"), "11000000.00"),
    (("1000", "0", "0.88", "0.65", "2000"), "0"),  # reserves cannot make it negative
    (("0.01", "0", "0.5"), "0.01"),  # 0.005: a tie, away from zero
]


@pytest.mark.parametrize(("arguments", "expected"), BASES)
def test_the_borrowing_base(arguments, expected):
    assert borrowing_base(*map(Decimal, arguments)) == Decimal(expected)


# base, commitment, outstanding, letters of credit, availability: min(base, commitment) - used.
AVAILABLE = [
    ("12050000", "23500000", "10000000", "0", "2050000"),
    ("30000000", "23500000", "10000000", "500000", "13000000"),
    ("12050000", "23500000", "12050000.01", "0", "0"),
    ("0", "23500000", "0", "0", "0"),
]


@pytest.mark.parametrize(("base", "commitment", "outstanding", "letters", "expected"), AVAILABLE)
def test_availability(base, commitment, outstanding, letters, expected):
    arguments = map(Decimal, (base, commitment, outstanding, letters))
    assert availability(*arguments) == Decimal(expected)


def certificate(**inputs):
    given = {path.replace("__", "."): value for path, value in inputs.items()}
    return project(lexington(), "closing", given).certificate("revolver")


def collateral(**more):
    return {
        f"{RECEIVABLES}.gross": "12000000",
        f"{RECEIVABLES}.over-90-days": "1500000",
        f"{RECEIVABLES}.foreign": "500000",
        f"{INVENTORIES}.gross": "6000000",
        f"{INVENTORIES}.work-in-process": "1000000",
    } | more


def test_a_certificate_takes_off_ineligibles_reserves_loans_and_letters_of_credit():
    """88 % x (12.0 - 1.5 - 0.5) + 65 % x (6.0 - 1.0) - 1.05 = 8.8 + 3.25 - 1.05 = 11.0 million."""
    found = certificate(
        **collateral(
            **{
                "reserves.revolver": "1050000",
                "letters_of_credit.revolver": "700000",
                "draw.revolver.2003-12-18": "9000000",
            }
        )
    )
    assert [each.eligible for each in found.classes] == [10_000_000_00, 5_000_000_00]
    assert [each.lendable for each in found.classes] == [8_800_000_00, 3_250_000_00]
    assert found.borrowing_base == found.limit == 11_000_000_00
    assert (found.used, found.availability, found.over_advance) == (
        9_700_000_00,
        1_300_000_00,
        0,
    )


def test_the_commitment_limits_and_an_over_advance_is_shown():
    rich = certificate(**collateral(**{f"{RECEIVABLES}.gross": "50000000"}))
    assert rich.borrowing_base > rich.limit == 23_500_000_00
    poor = certificate(**collateral(**{"draw.revolver.2003-12-18": "13000000"}))
    assert poor.limit == 12_050_000_00
    assert (poor.availability, poor.over_advance) == (0, 950_000_00)


def test_the_certificate_is_as_of_the_day_asked_for():
    moves = {"draw.revolver.2003-12-18": "9000000", "draw.revolver.2004-03-31": "-2000000"}
    before = certificate(**collateral(**moves, as_of="2004-03-30"))
    after = certificate(**collateral(**moves, as_of="2004-03-31"))
    assert (before.outstanding, after.outstanding) == (9_000_000_00, 7_000_000_00)


def test_blank_collateral_gives_no_certificate_and_no_number():
    assert certificate() is None


@pytest.mark.parametrize(
    ("inputs", "message"),
    [
        ({f"{RECEIVABLES}.gross": "1000"}, "inventories.gross: found nothing"),
        ({f"{RECEIVABLES}.over-90-days": "1"}, "receivables.gross: found nothing"),
        (collateral(**{f"{RECEIVABLES}.foreign": "12000000"}), "above the gross amount"),
        (
            collateral(**{f"{RECEIVABLES}.overdue": "1"}),
            '"overdue"; one of "gross", "over-90-days"',
        ),
        (
            collateral(**{"collateral.revolver.machines.gross": "1"}),
            '"machines"; one of "receivables"',
        ),
        (collateral(**{f"{RECEIVABLES}.gross": "-1"}), "0 or more"),
    ],
)
def test_a_certificate_that_cannot_be_is_refused(inputs, message):
    with pytest.raises(LexpError) as caught:
        certificate(**inputs)
    assert message in str(caught.value)
