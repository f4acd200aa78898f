"""Corporate debt: terms in, cash flows out.

from lexp_calc import builtin_deal, project
projection = project(builtin_deal("lexp-2003"), "historical", {"extend.revolver": True})
projection["term-loan"].to_frame()
"""

from lexp_calc.deal import Deal, Projection, project
from lexp_calc.errors import LexpError, NotThere, OutOfRange, Problems, WrongKind
from lexp_calc.term_sheet import builtin_deal, read_term_sheet

__version__ = "0.1.0"

__all__ = [
    "Deal",
    "LexpError",
    "NotThere",
    "OutOfRange",
    "Problems",
    "Projection",
    "WrongKind",
    "builtin_deal",
    "project",
    "read_term_sheet",
]
