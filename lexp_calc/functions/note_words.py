"""Words and examples that several functions of notes share."""

BOND = {
    "settlement": "Day on which the note is paid for.",
    "maturity": "Day on which the principal is due.",
}
COUPON = {"coupon": "Coupon of the note, a decimal a year."}
YIELD = {"yield": "Yield, a decimal a year compounded with the coupons."}
PRICE = {"price": "Clean price for 100 of face."}
REST = {
    "frequency": "Coupons a year.",
    "day_count": "Day count; 30/360 US if left out.",
}
PRICED = {
    "settlement": "2008-02-15",
    "maturity": "2017-11-15",
    "coupon": 0.0575,
    "yield": 0.065,
    "frequency": 2,
}
QUANTLIB = "QuantLib 1.44, BondFunctions, compounded with the coupons, 30/360 US"
