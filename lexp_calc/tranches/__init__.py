"""The kinds of tranche: one file and one line of `TRANCHE_TYPES` each."""

from lexp_calc.tranches.notes import Notes
from lexp_calc.tranches.revolver import Revolver
from lexp_calc.tranches.term_loan import TermLoan

TRANCHE_TYPES = {
    "term loan": TermLoan,
    "revolver": Revolver,
    "notes": Notes,
}
