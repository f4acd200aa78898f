"""Workings are held to what a double can hold; amounts of money to the cent all the same."""

import xlsxwriter

from workbook_templates.exactness import room_of_workings
from workbook_templates.verify import compare

# 13 % of 347,000 over 17 of 360 days, in cents and rate-days: 347,000 x 221,000,000 is
# 76,687,000,000,000, of which 313,811.72 x 221,000,000 = 69,352,390,120,000 is paid and
# 7,334,609,880,000 carried on. As a double the product paid comes out a hundredth less.
RIGHT = {
    "B1": ("347000*A2", 76_687_000_000_000),
    "B2": ("A1*A2", 69_352_390_120_000),
    "B3": ("B1-B2", 7_334_609_880_000),
    "B4": ("ROUND(B2/A3,2)", 1926.46),  # 69,352,390,120,000 / 36,000,000,000 = 1,926.4552…
    "B5": ("B3+0", 7_334_609_880_000),
}


def write(path, **other):
    """A workbook of these formulas with their right values, `other` in the place of some."""
    with xlsxwriter.Workbook(path) as workbook:
        sheet = workbook.add_worksheet("Schedule")
        sheet.write_column("A1", [313_811.72, 221_000_000, 36_000_000_000])
        for cell, (formula, value) in RIGHT.items():
            sheet.write_formula(cell, f"={formula}", None, other.get(cell, value))
    return path


def differing(path, engine):
    return {each.cell for each in compare(path, engine).differences}


def test_the_last_digit_of_a_double_is_no_difference(tmp_path, libreoffice):
    path = write(tmp_path / "loan.xlsx")
    assert libreoffice.recalculate(path)["Schedule", "B3"] != RIGHT["B3"][1]
    assert differing(path, libreoffice) == set()


def test_more_than_that_is_and_a_cent_of_an_amount_made_of_it_too(tmp_path, libreoffice):
    path = write(tmp_path / "loan.xlsx", B3=7_334_609_880_000.25, B4=1926.45)
    assert differing(path, libreoffice) == {"B3", "B4"}


def test_amounts_of_money_have_no_such_room():
    cells = {("S", "A1"): ("", 9e12), ("S", "A2"): ("", 1.0), ("S", "B1"): ("ROUND(A3,2)", 1e12)}
    cells["S", "A3"] = ("", 1e14)
    assert room_of_workings("S", "A1-A2", cells) == 0
    assert room_of_workings("S", "ROUND(A3*A2,2)", cells) == 0
    assert room_of_workings("S", "B1-A1", cells) == 0
    assert room_of_workings("S", "A3-A1", cells) == 4 * 2**-6  # doubles near 1e14 lie 1/64 apart
