"""What notes issued together with warrants bring: how the proceeds are divided between them."""

from fractions import Fraction

import lexp_calc.kinds as kinds
from lexp_calc.money import rounded
from lexp_calc.spreadsheet_function import spreadsheet_function


@spreadsheet_function
def proceeds_to_warrants(
    proceeds: kinds.PositiveAmount,
    fair_value_of_notes: kinds.PositiveAmount,
    fair_value_of_warrants: kinds.Amount,
) -> kinds.Money:
    """The part of the proceeds that pays for detachable warrants, by relative fair value.

    proceeds x value of warrants / (value of notes without warrants + value of warrants), to
    the cent. The notes get the rest: this part is their discount, and capital of the company.
    For warrants classed as equity; those classed as liabilities take their whole fair value.
    Source: ASC 470-20-25-2 and -30-2 (APB Opinion 14, paragraph 15).
    """
    warrants = Fraction(fair_value_of_warrants)
    share = warrants / (Fraction(fair_value_of_notes) + warrants)
    return rounded(Fraction(proceeds) * share)
