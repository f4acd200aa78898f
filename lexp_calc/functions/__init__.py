"""Every spreadsheet function, once: what Excel, Calc, the command line and the docs are fed from.

A new function is a plain function in the module of its subject and one entry in the file of
its category here.
"""

from difflib import get_close_matches

from lexp_calc.errors import NotThere, quoted
from lexp_calc.functions.accounting import ACCOUNTING_FUNCTIONS
from lexp_calc.functions.dates_and_rates import DATE_AND_RATE_FUNCTIONS
from lexp_calc.functions.deal_tables import DEAL_TABLE_FUNCTIONS
from lexp_calc.functions.exchanges import EXCHANGE_FUNCTIONS
from lexp_calc.functions.loans import LOAN_FUNCTIONS
from lexp_calc.functions.notes import NOTE_FUNCTIONS
from lexp_calc.functions.revolver import REVOLVER_FUNCTIONS
from lexp_calc.functions.structure import STRUCTURE_FUNCTIONS
from lexp_calc.functions.warrants import WARRANT_FUNCTIONS
from lexp_calc.functions.whole_deal import WHOLE_DEAL_FUNCTIONS
from lexp_calc.functions.yields import YIELD_FUNCTIONS
from lexp_calc.spreadsheet_function import PREFIX, Function

FUNCTIONS: dict[str, Function] = {
    function.name: function
    for function in (
        *DATE_AND_RATE_FUNCTIONS,
        *LOAN_FUNCTIONS,
        *YIELD_FUNCTIONS,
        *REVOLVER_FUNCTIONS,
        *NOTE_FUNCTIONS,
        *EXCHANGE_FUNCTIONS,
        *WARRANT_FUNCTIONS,
        *ACCOUNTING_FUNCTIONS,
        *WHOLE_DEAL_FUNCTIONS,
        *DEAL_TABLE_FUNCTIONS,
        *STRUCTURE_FUNCTIONS,
    )
}


def function_named(name: object, where: str = "function") -> Function:
    """The function of this name, in any case, with or without LEXP_; or the nearest is named."""
    asked = str(name).strip().upper()
    found = FUNCTIONS.get(asked) or FUNCTIONS.get(PREFIX + asked)
    if found is not None:
        return found
    close = get_close_matches(asked, FUNCTIONS, n=1, cutoff=0.5)
    expected = f'did you mean "{close[0]}"? ' if close else ""
    raise NotThere(where, quoted(name), f"{expected}`lexp functions` lists all that there are")
