Option Explicit

' The one function for the sheet that the registry does not hold.

Public Function LEXP_WHY(cell_or_function As Variant, ParamArray arguments() As Variant) As Variant
Attribute LEXP_WHY.VB_Description = "Why a function of lexp has no answer, in words: of the cell with the error, =LEXP_WHY(D5), or of a call, =LEXP_WHY(""LEXP_FEE"", B4, B5). Empty where there is one."
    Dim Given As Variant
    Given = arguments
    LEXP_WHY = LexpReason(cell_or_function, Given)
End Function
