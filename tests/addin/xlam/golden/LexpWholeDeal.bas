Attribute VB_Name = "LexpWholeDeal"
Option Explicit

' The functions of the category "Whole deal".

Public Function LEXP_SCHEDULE(deal As Variant, tranche As Variant, _
        Optional scenario As Variant) As Variant
Attribute LEXP_SCHEDULE.VB_Description = "Schedule of one tranche of a deal, a row a payment, in the columns of every schedule."
    LEXP_SCHEDULE = LexpCall("LEXP_SCHEDULE", Array(deal, tranche, scenario))
End Function

Public Function LEXP_BALANCE(deal As Variant, tranche As Variant, date_ As Variant, _
        Optional scenario As Variant) As Variant
Attribute LEXP_BALANCE.VB_Description = "What is owed on a tranche at the end of a day, after what that day pays."
    LEXP_BALANCE = LexpCall("LEXP_BALANCE", Array(deal, tranche, date_, scenario))
End Function

Public Function LEXP_DEBT_SERVICE(deal As Variant, tranche As Variant, from_date As Variant, _
        to_date As Variant, Optional scenario As Variant) As Variant
Attribute LEXP_DEBT_SERVICE.VB_Description = "Interest, principal and fees paid on a tranche from one day to another, both included."
    LEXP_DEBT_SERVICE = LexpCall("LEXP_DEBT_SERVICE", Array(deal, tranche, from_date, to_date, _
        scenario))
End Function

Public Function LEXP_TERMS(deal As Variant, tranche As Variant) As Variant
Attribute LEXP_TERMS.VB_Description = "Every term of a tranche with its value, unit, and the sentence that states it, or why it is assumed."
    LEXP_TERMS = LexpCall("LEXP_TERMS", Array(deal, tranche))
End Function

Public Function LEXP_FACT(deal As Variant, fact As Variant, Optional scenario As Variant) As Variant
Attribute LEXP_FACT.VB_Description = "One derived figure of a deal, by its id in `lexp facts --format json`."
    LEXP_FACT = LexpCall("LEXP_FACT", Array(deal, fact, scenario))
End Function

Public Function LEXP_FACTS(deal As Variant, Optional starting_with As Variant, _
        Optional scenario As Variant) As Variant
Attribute LEXP_FACTS.VB_Description = "Derived figures of a deal: how each was derived, what the source prints, the difference."
    LEXP_FACTS = LexpCall("LEXP_FACTS", Array(deal, starting_with, scenario))
End Function

Public Function LEXP_CAP_TABLE(deal As Variant, Optional date_ As Variant) As Variant
Attribute LEXP_CAP_TABLE.VB_Description = "Capital before and after the closing: tranches with ranking and lien, the debt replaced, shares and warrants; with a date also what is owed then. Empty: not stated."
    LEXP_CAP_TABLE = LexpCall("LEXP_CAP_TABLE", Array(deal, date_))
End Function

Public Function LEXP_MATURITY_WALL(deal As Variant) As Variant
Attribute LEXP_MATURITY_WALL.VB_Description = "Principal that falls due, by calendar year and tranche, with totals: instalments, prepayments and what is due at maturity, by the day paid."
    LEXP_MATURITY_WALL = LexpCall("LEXP_MATURITY_WALL", Array(deal))
End Function

Public Function LEXP_SOURCES_AND_USES(deal As Variant) As Variant
Attribute LEXP_SOURCES_AND_USES.VB_Description = "Cash of the closing, sources equal to uses, and what was given up and received in the exchanges that moved none. Empty: not stated."
    LEXP_SOURCES_AND_USES = LexpCall("LEXP_SOURCES_AND_USES", Array(deal))
End Function

Public Function LEXP_RECOVERY(deal As Variant, values As Variant, Optional date_ As Variant, _
        Optional scenario As Variant, Optional other_claims As Variant) As Variant
Attribute LEXP_RECOVERY.VB_Description = "What each tranche recovers of given values of the deal's pools and of all else: liens by rank, deficiencies pro rata with unsecured claims, subordinated shares turned over to senior debt."
    LEXP_RECOVERY = LexpCall("LEXP_RECOVERY", Array(deal, values, date_, scenario, other_claims))
End Function

Public Function LEXP_WATERFALL(claims As Variant, value As Variant) As Variant
Attribute LEXP_WATERFALL.VB_Description = "A value paid out on claims by rank: what each recovers, to the cent, and what is left. Equal ranks share pro rata."
    LEXP_WATERFALL = LexpCall("LEXP_WATERFALL", Array(claims, value))
End Function

Public Function LEXP_DEBT_SERVICE_BY_PERIOD(deal As Variant, period As Variant, _
        Optional scenario As Variant, Optional tranche As Variant) As Variant
Attribute LEXP_DEBT_SERVICE_BY_PERIOD.VB_Description = "What is paid in each calendar month, quarter or year: interest, principal, fees and their total, over all tranches or of one."
    LEXP_DEBT_SERVICE_BY_PERIOD = LexpCall("LEXP_DEBT_SERVICE_BY_PERIOD", Array(deal, period, _
        scenario, tranche))
End Function

Public Function LEXP_LIENS(deal As Variant) As Variant
Attribute LEXP_LIENS.VB_Description = "Debt before and after the closing by pool of collateral and rank of lien, with what is owed up to each rank; then debt without a lien. A tranche with several liens stands in each with all that it is owed."
    LEXP_LIENS = LexpCall("LEXP_LIENS", Array(deal))
End Function

Public Function LEXP_LEVERAGE(debt As Variant, earnings As Variant) As Variant
Attribute LEXP_LEVERAGE.VB_Description = "Debt as a multiple of earnings: debt / earnings."
    LEXP_LEVERAGE = LexpCall("LEXP_LEVERAGE", Array(debt, earnings))
End Function

Public Function LEXP_INTEREST_COVERAGE(earnings As Variant, interest As Variant) As Variant
Attribute LEXP_INTEREST_COVERAGE.VB_Description = "How often earnings cover interest: earnings / interest."
    LEXP_INTEREST_COVERAGE = LexpCall("LEXP_INTEREST_COVERAGE", Array(earnings, interest))
End Function

Public Function LEXP_DEBT_SERVICE_COVERAGE(earnings As Variant, debt_service As Variant) As Variant
Attribute LEXP_DEBT_SERVICE_COVERAGE.VB_Description = "How often earnings cover interest and principal due: earnings / debt service."
    LEXP_DEBT_SERVICE_COVERAGE = LexpCall("LEXP_DEBT_SERVICE_COVERAGE", Array(earnings, _
        debt_service))
End Function

Public Function LEXP_LOAN_TO_VALUE(debt As Variant, value As Variant) As Variant
Attribute LEXP_LOAN_TO_VALUE.VB_Description = "Debt as a part of the value that secures it: debt / value; 0.8 is 80 %."
    LEXP_LOAN_TO_VALUE = LexpCall("LEXP_LOAN_TO_VALUE", Array(debt, value))
End Function

Public Function LEXP_CREDIT_RATIOS(deal As Variant, Optional scenario As Variant, _
        Optional earnings As Variant) As Variant
Attribute LEXP_CREDIT_RATIOS.VB_Description = "Total and senior secured leverage, interest and debt service coverage on each date for which earnings are given. No coverage before the first anniversary of the closing."
    LEXP_CREDIT_RATIOS = LexpCall("LEXP_CREDIT_RATIOS", Array(deal, scenario, earnings))
End Function

Public Function LEXP_OWNERSHIP(deal As Variant, Optional share_price As Variant, _
        Optional date_ As Variant) As Variant
Attribute LEXP_OWNERSHIP.VB_Description = "Who owns how much once all warrants are exercised: existing shares, shares issued for interest, warrants of each issue; with a share price also by the treasury stock method."
    LEXP_OWNERSHIP = LexpCall("LEXP_OWNERSHIP", Array(deal, share_price, date_))
End Function
