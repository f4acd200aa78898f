"""The functions that show a whole deal as a table."""

from lexp_calc.deal_tables import cap_table, maturity_wall, sources_and_uses
from lexp_calc.functions.categories import WHOLE_DEAL as CATEGORY
from lexp_calc.spreadsheet_function import Example, Function

DEAL = {"deal": 'Path of a term sheet, or "lexp-2003" for the built-in deal.'}
BUILT_IN = {"deal": "lexp-2003"}

PRESS_RELEASE = "Lexington Precision, press release of 18 December 2003"
SECURED, SENIOR, JUNIOR = "senior secured", "senior subordinated", "junior subordinated"
NOTE_IDS = ("senior-notes", "junior-notes")
STOCK = "Shares for the interest on the old junior subordinated notes"
NOTES, OTHER_ASSETS = (
    "12% Senior Subordinated Notes due 2009",
    "Substantially all of the company's assets other than real property",
)
REAL_PROPERTY = "Substantially all of the company's real property"
OLD_NOTES = "12 3/4% Senior Subordinated Notes"
JUNIOR_NOTES = "13% Junior Subordinated Notes due 2009"

DEAL_TABLE_FUNCTIONS = (
    Function(
        cap_table,
        CATEGORY,
        "Capital before and after the closing: tranches with ranking and lien, the debt replaced, "
        "shares and warrants; with a date also what is owed then. Empty: not stated.",
        DEAL | {"date": "Day on whose end balances are added; left out, none are."},
        Example(
            BUILT_IN | {"date": "2004-02-02"},
            [
                ["instrument", "ranking", "lien", "before", "after", "on 2004-02-02"],
                ["Revolving credit facility", SECURED, f"1st on {OTHER_ASSETS}", None, 0, 0],
                ["Term loan", SECURED, f"1st on {OTHER_ASSETS}", None, 13_500_000, 13_200_000],
                [
                    "Secured term loan",
                    SECURED,
                    f"1st on {REAL_PROPERTY}; 2nd on {OTHER_ASSETS}",
                    None,
                    11_500_000,
                    11_308_000,
                ],
                [NOTES, SENIOR, None, None, 42_476_000, 42_476_000],
                [JUNIOR_NOTES, JUNIOR, None, None, 347_000, 347_000],
                ["total of the tranches", None, None, None, 67_823_000, 67_331_000],
                ["Senior, unsecured note", "senior, unsecured", None, 7_500_000, 0, None],
                [OLD_NOTES, SENIOR, None, 27_412_000, 158_000, None],
                [
                    f"Interest accrued on the {OLD_NOTES} tendered",
                    SENIOR,
                    None,
                    15_221_926.79,
                    0,
                    None,
                ],
                ["14% Junior Subordinated Notes", JUNIOR, None, None, None, None],
                [STOCK, None, None, 235_000, 0, None],
                ["Common shares", None, None, 4_828_036, 4_931_767, None],
                [
                    "Warrants issued with the 12% Senior Subordinated Notes",
                    None,
                    None,
                    None,
                    424_781,
                    None,
                ],
                [
                    "Warrants issued with the 13% Junior Subordinated Notes",
                    None,
                    None,
                    None,
                    3_467,
                    None,
                ],
            ],
        ),
        f"{PRESS_RELEASE}; covers of the 10-Q and 10-K of 2003 for shares; one instalment of "
        "300,000 and two of 96,000 paid by then, by hand",
    ),
    Function(
        maturity_wall,
        CATEGORY,
        "Principal that falls due, by calendar year and tranche, with totals: instalments, "
        "prepayments and what is due at maturity, by the day paid.",
        DEAL,
        Example(
            BUILT_IN,
            [
                ["year", "revolver", "term-loan", "secured-term-loan", *NOTE_IDS, "total"],
                [2004, 0, 3_300_000, 1_152_000, 0, 0, 4_452_000],
                [2005, 0, 3_600_000, 1_152_000, 0, 0, 4_752_000],
                [2006, 0, 6_600_000, 9_196_000, 0, 0, 15_796_000],
                [2009, 0, 0, 0, 42_476_000, 347_000, 42_823_000],
                ["total", 0, 13_500_000, 11_500_000, 42_476_000, 347_000, 67_823_000],
            ],
        ),
        f"{PRESS_RELEASE}: 11, 12 and 6 instalments of 300,000 and 4,800,000, 12, 12 and 6 of "
        "96,000 and 8,620,000, by hand",
    ),
    Function(
        sources_and_uses,
        CATEGORY,
        "Cash of the closing, sources equal to uses, and what was given up and received in the "
        "exchanges that moved none. Empty: not stated.",
        DEAL,
        Example(
            BUILT_IN,
            [
                ["side", "item", "amount", "units", "basis"],
                ["source", "Revolving credit facility", 0, None, "scenario"],
                ["source", "Term loan", 13_500_000, None, "stated"],
                ["source", "Secured term loan", 11_500_000, None, "stated"],
                ["source", "total", 25_000_000, None, None],
                ["use", "Repurchase of the senior, unsecured note", 5_810_000, None, "stated"],
                ["use", "Secured term loan: fees at closing", 215_625, None, "derived"],
                [
                    "use",
                    "Debt repaid, purchases and expenses (not itemised in the source)",
                    18_974_375,
                    None,
                    "derived",
                ],
                ["use", "total", 25_000_000, None, None],
                ["given up", f"{OLD_NOTES} with accrued interest", 42_475_926.79, None, None],
                ["received", NOTES, 42_476_000, 424_781, None],
                ["given up", "14% Junior Subordinated Notes", None, None, None],
                ["received", JUNIOR_NOTES, 347_000, 3_467, None],
                ["given up", "Accrued interest", 235_000, None, None],
                ["received", "Shares", None, 103_731, None],
            ],
        ),
        f"{PRESS_RELEASE}; fee 1.875% of 11,500,000, the rest by subtraction",
    ),
)
