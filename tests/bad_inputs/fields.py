"""Fields of the built-in term sheet: their paths, as they are written there, and how they start."""

PRINCIPAL = "tranche.term-loan.principal", "principal = 13_500_000", "principal = "
FACE = "tranche.senior-notes.principal", "principal = 42_476_000", "principal = "
INSTALMENT = "tranche.term-loan.repayment.amount", "amount = 300_000", "amount = "
COUNT = "tranche.term-loan.repayment.count", "count = 45", "count = "
FLOOR = "tranche.secured-term-loan.coupon.floor", 'floor = "8.25%"', "floor = "
MARGIN = "tranche.revolver.coupon.options[1].margin", 'margin = "1.00%"', "margin = "
MATURITY = "tranche.term-loan.maturity", "maturity = 2007-10-01\nliens", "maturity = "
FIRST = (
    "tranche.term-loan.payments.first_payment",
    "[tranche.term-loan.payments]\nfirst_payment = 2004-02-01",
    "[tranche.term-loan.payments]\nfirst_payment = ",
)
ID = "id", 'id = "lexp-2003"', "id = "
BORROWER = "borrower", 'borrower = "Lexington Precision Corporation"', "borrower = "


def value(field, written):
    """The change that writes another value into a field."""
    path, old, start = field
    return path, (old, f"{start}{written}" + ("\nliens" if field is MATURITY else ""))
