Attribute VB_Name = "LexpRevolver"
Option Explicit

' The functions of the category "Revolver".

Public Function LEXP_BORROWING_BASE(eligible_receivables As Variant, eligible_inventory As Variant, _
        Optional receivables_rate As Variant, Optional inventory_rate As Variant, _
        Optional reserves As Variant) As Variant
Attribute LEXP_BORROWING_BASE.VB_Description = "Advance rates on eligible receivables and inventory less reserves, not below 0, to the cent."
    LEXP_BORROWING_BASE = LexpCall("LEXP_BORROWING_BASE", Array(eligible_receivables, _
        eligible_inventory, receivables_rate, inventory_rate, reserves))
End Function

Public Function LEXP_AVAILABILITY(borrowing_base As Variant, commitment As Variant, _
        outstanding As Variant, Optional letters_of_credit As Variant) As Variant
Attribute LEXP_AVAILABILITY.VB_Description = "What can still be borrowed: the lesser of commitment and borrowing base, less loans and letters of credit, not below 0."
    LEXP_AVAILABILITY = LexpCall("LEXP_AVAILABILITY", Array(borrowing_base, commitment, outstanding, _
        letters_of_credit))
End Function

Public Function LEXP_OVER_ADVANCE(borrowing_base As Variant, commitment As Variant, _
        outstanding As Variant, Optional letters_of_credit As Variant) As Variant
Attribute LEXP_OVER_ADVANCE.VB_Description = "What is used above the lesser of commitment and borrowing base, and must be repaid."
    LEXP_OVER_ADVANCE = LexpCall("LEXP_OVER_ADVANCE", Array(borrowing_base, commitment, outstanding, _
        letters_of_credit))
End Function

Public Function LEXP_ELIGIBLE_RECEIVABLES(aging As Variant, Optional over_days As Variant, _
        Optional cross_age As Variant, Optional concentration_limit As Variant) As Variant
Attribute LEXP_ELIGIBLE_RECEIVABLES.VB_Description = "Receivables of an ageing less over-age, cross-aged, flagged, contra and concentrated ones, to the cent."
    LEXP_ELIGIBLE_RECEIVABLES = LexpCall("LEXP_ELIGIBLE_RECEIVABLES", Array(aging, over_days, _
        cross_age, concentration_limit))
End Function

Public Function LEXP_INELIGIBLE_RECEIVABLES(aging As Variant, Optional over_days As Variant, _
        Optional cross_age As Variant, Optional concentration_limit As Variant) As Variant
Attribute LEXP_INELIGIBLE_RECEIVABLES.VB_Description = "What is taken out of an ageing under each criterion, from the gross amount to the eligible one."
    LEXP_INELIGIBLE_RECEIVABLES = LexpCall("LEXP_INELIGIBLE_RECEIVABLES", Array(aging, over_days, _
        cross_age, concentration_limit))
End Function

Public Function LEXP_UNUSED_FEE(commitment As Variant, outstanding As Variant, fee_rate As Variant, _
        start As Variant, end_ As Variant) As Variant
Attribute LEXP_UNUSED_FEE.VB_Description = "Fee on what of a commitment is not used, ACT/360, rounded once to the cent."
    LEXP_UNUSED_FEE = LexpCall("LEXP_UNUSED_FEE", Array(commitment, outstanding, fee_rate, start, _
        end_))
End Function
