Attribute VB_Name = "LexpLoans"
Option Explicit

' The functions of the category "Loans".

Public Function LEXP_INTEREST(principal As Variant, rate As Variant, start As Variant, _
        end_ As Variant, day_count As Variant) As Variant
Attribute LEXP_INTEREST.VB_Description = "Simple interest from one day to another, rounded once to the cent."
    LEXP_INTEREST = LexpCall("LEXP_INTEREST", Array(principal, rate, start, end_, day_count))
End Function

Public Function LEXP_FEE(principal As Variant, fee_rate As Variant) As Variant
Attribute LEXP_FEE.VB_Description = "Fee on a principal, rounded once to the cent."
    LEXP_FEE = LexpCall("LEXP_FEE", Array(principal, fee_rate))
End Function

Public Function LEXP_LEVEL_PAYMENT(principal As Variant, rate As Variant, periods As Variant, _
        frequency As Variant) As Variant
Attribute LEXP_LEVEL_PAYMENT.VB_Description = "Level payment of interest and principal of a loan of equal periods, to the cent, as PMT."
    LEXP_LEVEL_PAYMENT = LexpCall("LEXP_LEVEL_PAYMENT", Array(principal, rate, periods, frequency))
End Function

Public Function LEXP_BALLOON(principal As Variant, instalment As Variant, first_payment As Variant, _
        frequency As Variant, maturity As Variant) As Variant
Attribute LEXP_BALLOON.VB_Description = "What equal instalments of principal leave to be paid at maturity."
    LEXP_BALLOON = LexpCall("LEXP_BALLOON", Array(principal, instalment, first_payment, frequency, _
        maturity))
End Function

Public Function LEXP_AMORTIZATION(principal As Variant, rate As Variant, instalment As Variant, _
        start As Variant, first_payment As Variant, frequency As Variant, maturity As Variant, _
        Optional day_count As Variant) As Variant
Attribute LEXP_AMORTIZATION.VB_Description = "Schedule of a loan repaid by equal instalments of principal, interest on top, with what they leave as a balloon at maturity. Dates are unadjusted."
    LEXP_AMORTIZATION = LexpCall("LEXP_AMORTIZATION", Array(principal, rate, instalment, start, _
        first_payment, frequency, maturity, day_count))
End Function

Public Function LEXP_LEVEL_AMORTIZATION(principal As Variant, rate As Variant, periods As Variant, _
        start As Variant, first_payment As Variant, frequency As Variant, maturity As Variant, _
        Optional day_count As Variant) As Variant
Attribute LEXP_LEVEL_AMORTIZATION.VB_Description = "Schedule of a loan repaid by level payments of interest and principal, with what is owed at an earlier maturity as a balloon. Dates are unadjusted."
    LEXP_LEVEL_AMORTIZATION = LexpCall("LEXP_LEVEL_AMORTIZATION", Array(principal, rate, periods, _
        start, first_payment, frequency, maturity, day_count))
End Function

Public Function LEXP_XIRR(amounts As Variant, dates As Variant) As Variant
Attribute LEXP_XIRR.VB_Description = "The annual rate (ACT/365F) at which dated amounts are worth nothing. Dates in any order; of several rates the one nearest zero."
    LEXP_XIRR = LexpCall("LEXP_XIRR", Array(amounts, dates))
End Function

Public Function LEXP_XNPV(rate As Variant, amounts As Variant, dates As Variant) As Variant
Attribute LEXP_XNPV.VB_Description = "What dated amounts are worth on the first date given, at an annual rate above -1 (ACT/365F)."
    LEXP_XNPV = LexpCall("LEXP_XNPV", Array(rate, amounts, dates))
End Function

Public Function LEXP_AVERAGE_LIFE(dates As Variant, principal_amounts As Variant, _
        start As Variant) As Variant
Attribute LEXP_AVERAGE_LIFE.VB_Description = "Weighted average life of principal in years from a start: sum of principal x days / 365, over the sum of principal."
    LEXP_AVERAGE_LIFE = LexpCall("LEXP_AVERAGE_LIFE", Array(dates, principal_amounts, start))
End Function
