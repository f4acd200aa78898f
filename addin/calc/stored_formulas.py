"""Enters formulas of lexp anew in a document that was just loaded.

Runs inside LibreOffice's own Python (3.8 or newer). LibreOffice 7.4 does not find LEXP_FEE in an
.xlsx that Excel wrote, although it is told the name, and shows #NAME?; entered again in place, the
same formula is found. Formulas that it knows already are stored under a longer name and are left.
"""

import uno
import unohelper
from com.sun.star.lang import XServiceInfo
from com.sun.star.task import XJob

SERVICE = "lexp.calc.StoredFormulas"
PREFIX = "LEXP_"
KNOWN = "LEXP.CALC.FUNCTIONS."
ANY_RESULT = 7  # com.sun.star.sheet.FormulaResult: a value, a text or an error


def is_unknown(formula):
    """Whether a formula names a function of lexp by its short name."""
    return PREFIX in formula.upper().replace(KNOWN + PREFIX, "")


def enter_anew(document):
    """Enter the formulas that were not found; for the user the document is as unchanged."""
    found = [each for sheet in document.Sheets for each in unknown_cells(sheet)]
    if not found:
        return
    was_modified = document.isModified()
    protected = [each for each in document.Sheets if each.isProtected()]
    document.addActionLock()
    try:
        for sheet in protected:
            sheet.unprotect("")  # with a password of somebody it stays protected
        for cell in found:
            enter(cell)
    finally:
        for sheet in protected:
            if not sheet.isProtected():
                sheet.protect("")
        document.removeActionLock()
        document.getUndoManager().clear()  # just loaded, it has nothing else to undo
        document.setModified(was_modified)


def unknown_cells(sheet):
    """The cells of a sheet with formulas that were not found."""
    for place in sheet.queryFormulaCells(ANY_RESULT).getRangeAddresses():
        area = sheet.getCellRangeByPosition(
            place.StartColumn, place.StartRow, place.EndColumn, place.EndRow
        )
        for row, formulas in enumerate(area.getFormulaArray()):
            for column, formula in enumerate(formulas):
                if is_unknown(formula):
                    yield area.getCellByPosition(column, row)


def enter(cell):
    """Enter a cell's formula again; that of an array in all its cells, once for all."""
    formula = cell.getFormula()
    if not is_unknown(formula):
        return  # another cell of the same array
    if not formula.startswith("{"):
        cell.setFormula(formula)
        return
    array = cell.getSpreadsheet().createCursorByRange(cell)
    array.collapseToCurrentArray()
    array.setArrayFormula(formula[1:-1])


class StoredFormulas(unohelper.Base, XJob, XServiceInfo):
    """The job that LibreOffice runs when a document is loaded."""

    def __init__(self, context):
        pass

    def execute(self, arguments):
        """Look at the document of the event; whatever fails, it is loaded as it is."""
        try:
            given = {each.Name: each.Value for each in arguments}
            event = {each.Name: each.Value for each in given["Environment"]}
            document = event["Model"]
            if document.supportsService("com.sun.star.sheet.SpreadsheetDocument"):
                enter_anew(document)
        except (LookupError, AttributeError, uno.getClass("com.sun.star.uno.Exception")):
            pass  # the cells still show #NAME?

    def getImplementationName(self):
        """UNO's name for this class."""
        return SERVICE

    def supportsService(self, name):
        """Whether this is a service of that name."""
        return name == SERVICE

    def getSupportedServiceNames(self):
        """The services that this is."""
        return (SERVICE,)


g_ImplementationHelper = unohelper.ImplementationHelper()
g_ImplementationHelper.addImplementation(StoredFormulas, SERVICE, (SERVICE,))
