"""The built-in deal with another borrowing base, for tests."""

import copy

from lexp_calc.term_sheet import deal_from_tables, read_tables, term_sheet_path


def collateral(rate, name="Collateral", **more):
    """The terms of one class."""
    return {"name": name, "advance_rate": rate} | more


def tables_with(classes, limits=(), **terms):
    """The built-in term sheet's tables with these classes and sub-limits on the revolver."""
    tables = copy.deepcopy(read_tables(term_sheet_path("lexp-2003")))
    del tables["facility"]  # its total would bind the commitment
    revolver = tables["tranche"]["revolver"]
    revolver["borrowing_base"] = classes
    if limits:
        revolver["borrowing_base_limits"] = limits
    revolver |= terms
    return tables


def deal_with(classes, limits=(), folder=None, **terms):
    """A deal whose revolver has these classes, sub-limits and other terms."""
    folder = folder or term_sheet_path("lexp-2003").parent
    return deal_from_tables(tables_with(classes, limits, **terms), folder)
