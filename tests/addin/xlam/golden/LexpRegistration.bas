Attribute VB_Name = "LexpRegistration"
Option Explicit
Option Private Module

' Tells Excel's function wizard the category and the help of each function and argument.

Private FirstFailure As String

Public Sub RegisterFunctions()
    Dim ScreenWasUpdating As Boolean
    ScreenWasUpdating = Application.ScreenUpdating
    On Error GoTo Failed
    FirstFailure = ""
    DescribeAll
    If FirstFailure <> "" Then
        ' Some Excels refuse this of a hidden workbook: it is shown for a moment, behind a still
        ' screen.
        Application.ScreenUpdating = False
        ThisWorkbook.IsAddin = False
        FirstFailure = ""
        DescribeAll
    End If
Restore:
    On Error Resume Next
    ThisWorkbook.IsAddin = True
    ThisWorkbook.Saved = True
    Application.ScreenUpdating = ScreenWasUpdating
    Exit Sub
Failed:
    Resume Restore
End Sub

' After the first refusal the others are not tried: they are refused for the same reason.
Private Sub Describe(ByVal Name As String, ByVal Group As String, ByVal Words As String, _
        ByVal ArgumentWords As Variant)
    If FirstFailure <> "" Then Exit Sub
    On Error GoTo Failed
    Application.MacroOptions Macro:="'" & ThisWorkbook.Name & "'!" & Name, _
        Description:=Words, Category:=Group, ArgumentDescriptions:=ArgumentWords
    Exit Sub
Failed:
    FirstFailure = Err.Number & ": " & Err.Description
End Sub

Private Sub DescribeAll()
    Describe "LEXP_WHY", "LEXP help", _
        "Why a function of lexp has no answer, in words: of the cell with the error, =LEXP_WHY(D5), or of a call, =LEXP_WHY(""LEXP_FEE"", B4, B5). Empty where there is one.", Array( _
        "The cell with the error, or the name of a function in quotes.", _
        "Where a function is named: the cells that it was given, in order.")
    DescribeLexpDatesAndRates
    DescribeLexpLoans
    DescribeLexpYields
    DescribeLexpRevolver
    DescribeLexpNotesAndExchange
    DescribeLexpWarrants
    DescribeLexpAccounting
    DescribeLexpWholeDeal
End Sub

Private Sub DescribeLexpDatesAndRates()
    Describe "LEXP_DAYS", "LEXP Dates and rates", _
        "Days of interest between two dates by a day count.", Array( _
        "First day, included.", _
        "Last day, not included.", _
        "Day count, such as ""ACT/360""; a bare 30/360 is refused.", _
        "Day on which the loan ends; matters to 30E/360 ISDA alone.")
    Describe "LEXP_YEARFRAC", "LEXP Dates and rates", _
        "Part of a year of interest between two dates by a day count. ACT/ACT ICMA asks for the regular period and its frequency.", Array( _
        "First day, included.", _
        "Last day, not included.", _
        "Day count, such as ""ACT/360""; a bare 30/360 is refused.", _
        "Start of the regular period, for ACT/ACT ICMA.", _
        "End of the regular period, for ACT/ACT ICMA.", _
        "Payments a year, for ACT/ACT ICMA.")
    Describe "LEXP_BUSINESS_DAY", "LEXP Dates and rates", _
        "Business day on which what falls due on a date is paid.", Array( _
        "Date as the contract names it.", _
        "Convention, such as ""Following"" or ""Modified Following"".", _
        """US Federal Reserve"" if left out, ""weekends"", or a file of holidays.")
    Describe "LEXP_PAYMENT_DATES", "LEXP Dates and rates", _
        "Payment dates after start up to and with end, as a column: forward from first_date, or backward from end with a short first period.", Array( _
        "Day on which interest starts; no payment date itself.", _
        "Last payment date.", _
        "Payments a year: 1, 2, 4 or 12.", _
        "First payment date; the dates then step forward from it.", _
        "Business-day convention; Unadjusted if left out.", _
        """US Federal Reserve"" if left out, ""weekends"", or a file of holidays.")
    Describe "LEXP_INDEX", "LEXP Dates and rates", _
        "Published rate of an index in force on a day, a decimal a year. The prime rate comes with the product; LIBOR and term SOFR are licensed data.", Array( _
        "Index: ""prime"".", _
        "Day on which the rate is read.")
    Describe "LEXP_ALL_IN_RATE", "LEXP Dates and rates", _
        "Index plus margin, not below the floor nor above the cap on the sum.", Array( _
        "Rate of the index, a decimal a year.", _
        "Margin over the index, a decimal.", _
        "Lowest all-in rate.", _
        "Highest all-in rate.")
End Sub

Private Sub DescribeLexpLoans()
    Describe "LEXP_INTEREST", "LEXP Loans", _
        "Simple interest from one day to another, rounded once to the cent.", Array( _
        "Principal of the loan.", _
        "Interest, a decimal a year.", _
        "First day of interest, included.", _
        "Day to which interest runs, not included.", _
        "Day count, such as ""ACT/360"".")
    Describe "LEXP_FEE", "LEXP Loans", _
        "Fee on a principal, rounded once to the cent.", Array( _
        "Principal of the loan.", _
        "Fee, a decimal: 0.01875 is 1.875%.")
    Describe "LEXP_LEVEL_PAYMENT", "LEXP Loans", _
        "Level payment of interest and principal of a loan of equal periods, to the cent, as PMT.", Array( _
        "Principal of the loan.", _
        "Interest, a decimal a year.", _
        "Number of payments.", _
        "Payments a year: 1, 2, 4 or 12.")
    Describe "LEXP_BALLOON", "LEXP Loans", _
        "What equal instalments of principal leave to be paid at maturity.", Array( _
        "Principal of the loan.", _
        "Principal paid at each payment.", _
        "Day of the first payment.", _
        "Payments a year: 1, 2, 4 or 12.", _
        "Day on which what is then owed is due.")
    Describe "LEXP_AMORTIZATION", "LEXP Loans", _
        "Schedule of a loan repaid by equal instalments of principal, interest on top, with what they leave as a balloon at maturity. Dates are unadjusted.", Array( _
        "Principal of the loan.", _
        "Interest, a decimal a year.", _
        "Principal paid at each payment.", _
        "Day on which the principal is drawn.", _
        "Day of the first payment.", _
        "Payments a year: 1, 2, 4 or 12.", _
        "Day on which what is then owed is due.", _
        "Day count; ACT/360 if left out.")
    Describe "LEXP_LEVEL_AMORTIZATION", "LEXP Loans", _
        "Schedule of a loan repaid by level payments of interest and principal, with what is owed at an earlier maturity as a balloon. Dates are unadjusted.", Array( _
        "Principal of the loan.", _
        "Interest, a decimal a year.", _
        "Number of level payments that would repay the loan.", _
        "Day on which the principal is drawn.", _
        "Day of the first payment.", _
        "Payments a year: 1, 2, 4 or 12.", _
        "Day on which what is then owed is due.", _
        "Day count; 30/360 US if left out.")
    Describe "LEXP_XIRR", "LEXP Loans", _
        "The annual rate (ACT/365F) at which dated amounts are worth nothing. Dates in any order; of several rates the one nearest zero.", Array( _
        "Amounts, those paid and those received of opposite signs.", _
        "The date of each amount.")
    Describe "LEXP_XNPV", "LEXP Loans", _
        "What dated amounts are worth on the first date given, at an annual rate above -1 (ACT/365F).", Array( _
        "Decimal a year above -1.", _
        "Amounts of either sign.", _
        "The date of each; the value is as of the one that stands first.")
    Describe "LEXP_AVERAGE_LIFE", "LEXP Loans", _
        "Weighted average life of principal in years from a start: sum of principal x days / 365, over the sum of principal.", Array( _
        "Dates on which principal is repaid, in any order.", _
        "Principal repaid on each date.", _
        "The day from which years count.")
End Sub

Private Sub DescribeLexpYields()
    Describe "LEXP_EFFECTIVE_RATE", "LEXP Yields", _
        "The rate at which all payments after a start are worth the carrying amount at the start, discount, fees and costs included.", Array( _
        "What the debt is carried at on the start.", _
        "The day of the carrying amount.", _
        "All that is paid, interest and principal.", _
        "The date of each payment, rising.", _
        """actual days"": the rate is one a year, ACT/365F (the default); ""equal periods"": one a period, as textbooks have it.")
    Describe "LEXP_EFFECTIVE_INTEREST", "LEXP Yields", _
        "The carrying amount of a debt from payment to payment by the effective interest method; the discount (or premium) is amortized, the end is 0.", Array( _
        "Proceeds less fees, costs, and value of warrants.", _
        "The day of the carrying amount.", _
        "Interest, and fees to the lender, paid on each date.", _
        "Principal paid on each date.", _
        "Payment dates, rising.", _
        """actual days"": the rate is one a year, ACT/365F (the default); ""equal periods"": one a period, as textbooks have it.")
    Describe "LEXP_FLOATING_EFFECTIVE_INTEREST", "LEXP Yields", _
        "The carrying amount of a floating loan from payment to payment, by the rate at inception or as it changes (ASC 310-20-35-18).", Array( _
        "Proceeds less fees, costs, and value of warrants.", _
        "The day of the carrying amount.", _
        "Principal paid on each date.", _
        "All-in rate of the period that ends on each date.", _
        "Payment dates, rising.", _
        """at inception"": the first rate fixes how the discount is amortized; ""as it changes"": the effective rate is solved anew whenever the rate changes.", _
        "Day count of the interest.")
End Sub

Private Sub DescribeLexpRevolver()
    Describe "LEXP_BORROWING_BASE", "LEXP Revolver", _
        "Advance rates on eligible receivables and inventory less reserves, not below 0, to the cent.", Array( _
        "Receivables less ineligible ones.", _
        "Inventory less ineligible parts.", _
        "Advance rate on receivables; 0.88 if left out.", _
        "Advance rate on inventory; 0.65 if left out.", _
        "What the lender keeps back; 0 if left out.")
    Describe "LEXP_AVAILABILITY", "LEXP Revolver", _
        "What can still be borrowed: the lesser of commitment and borrowing base, less loans and letters of credit, not below 0.", Array( _
        "Borrowing base.", _
        "Commitment of the lenders.", _
        "Loans outstanding.", _
        "Letters of credit outstanding; 0 if left out.")
    Describe "LEXP_OVER_ADVANCE", "LEXP Revolver", _
        "What is used above the lesser of commitment and borrowing base, and must be repaid.", Array( _
        "Borrowing base.", _
        "Commitment of the lenders.", _
        "Loans outstanding.", _
        "Letters of credit outstanding; 0 if left out.")
    Describe "LEXP_ELIGIBLE_RECEIVABLES", "LEXP Revolver", _
        "Receivables of an ageing less over-age, cross-aged, flagged, contra and concentrated ones, to the cent.", Array( _
        "Rows of a receivables ageing, headed or as customer, amount, days.", _
        "Age above which a receivable is ineligible; 90 if left out.", _
        "Share of a customer's balance over age that takes out all of it; 0.5.", _
        "Largest share of one customer; 0.2.")
    Describe "LEXP_INELIGIBLE_RECEIVABLES", "LEXP Revolver", _
        "What is taken out of an ageing under each criterion, from the gross amount to the eligible one.", Array( _
        "Rows of a receivables ageing, headed or as customer, amount, days.", _
        "Age above which a receivable is ineligible; 90 if left out.", _
        "Share of a customer's balance over age that takes out all of it; 0.5.", _
        "Largest share of one customer; 0.2.")
    Describe "LEXP_UNUSED_FEE", "LEXP Revolver", _
        "Fee on what of a commitment is not used, ACT/360, rounded once to the cent.", Array( _
        "Commitment of the lenders.", _
        "Loans, and letters of credit that count as used.", _
        "Fee, a decimal a year.", _
        "First day of the period, included.", _
        "Last day of the period, not included.")
End Sub

Private Sub DescribeLexpNotesAndExchange()
    Describe "LEXP_NOTE_PRICE", "LEXP Notes and exchange", _
        "Clean price of a note for 100 of face at a yield, street convention, redemption at 100, as PRICE; not rounded.", Array( _
        "Day on which the note is paid for.", _
        "Day on which the principal is due.", _
        "Coupon of the note, a decimal a year.", _
        "Yield, a decimal a year compounded with the coupons.", _
        "Coupons a year.", _
        "Day count; 30/360 US if left out.")
    Describe "LEXP_NOTE_YIELD", "LEXP Notes and exchange", _
        "Yield at which a note has a clean price, a decimal a year compounded with the coupons, as YIELD; not rounded.", Array( _
        "Day on which the note is paid for.", _
        "Day on which the principal is due.", _
        "Coupon of the note, a decimal a year.", _
        "Clean price for 100 of face.", _
        "Coupons a year.", _
        "Day count; 30/360 US if left out.")
    Describe "LEXP_NOTE_ACCRUED", "LEXP Notes and exchange", _
        "Interest accrued since the last coupon for 100 of face; not rounded.", Array( _
        "Day on which the note is paid for.", _
        "Day on which the principal is due.", _
        "Coupon of the note, a decimal a year.", _
        "Coupons a year.", _
        "Day count; 30/360 US if left out.")
    Describe "LEXP_NOTE_DIRTY_PRICE", "LEXP Notes and exchange", _
        "Price with accrued interest for 100 of face at a yield: what a buyer pays; not rounded.", Array( _
        "Day on which the note is paid for.", _
        "Day on which the principal is due.", _
        "Coupon of the note, a decimal a year.", _
        "Yield, a decimal a year compounded with the coupons.", _
        "Coupons a year.", _
        "Day count; 30/360 US if left out.")
    Describe "LEXP_NOTE_DURATION", "LEXP Notes and exchange", _
        "Macaulay duration of a note in years, as DURATION.", Array( _
        "Day on which the note is paid for.", _
        "Day on which the principal is due.", _
        "Coupon of the note, a decimal a year.", _
        "Yield, a decimal a year compounded with the coupons.", _
        "Coupons a year.", _
        "Day count; 30/360 US if left out.")
    Describe "LEXP_NOTE_MODIFIED_DURATION", "LEXP Notes and exchange", _
        "Modified duration of a note in years, as MDURATION: the part of the price lost for 1 of yield, compounded in the last coupon period too.", Array( _
        "Day on which the note is paid for.", _
        "Day on which the principal is due.", _
        "Coupon of the note, a decimal a year.", _
        "Yield, a decimal a year compounded with the coupons.", _
        "Coupons a year.", _
        "Day count; 30/360 US if left out.")
    Describe "LEXP_NOTE_CONVEXITY", "LEXP Notes and exchange", _
        "Convexity of a note in years squared: the second derivative of the price by the yield, over the price.", Array( _
        "Day on which the note is paid for.", _
        "Day on which the principal is due.", _
        "Coupon of the note, a decimal a year.", _
        "Yield, a decimal a year compounded with the coupons.", _
        "Coupons a year.", _
        "Day count; 30/360 US if left out.")
    Describe "LEXP_ODD_FIRST_PRICE", "LEXP Notes and exchange", _
        "Clean price for 100 of face of a note settled in an odd first coupon period, short or long, as ODDFPRICE.", Array( _
        "Day on which the note is paid for.", _
        "Day on which the principal is due.", _
        "Day from which interest accrues.", _
        "First coupon date, a coupon date counted back from maturity.", _
        "Coupon of the note, a decimal a year.", _
        "Yield, a decimal a year compounded with the coupons.", _
        "Coupons a year.", _
        "Day count; 30/360 US if left out.")
    Describe "LEXP_ODD_FIRST_YIELD", "LEXP Notes and exchange", _
        "Yield of a note settled in an odd first coupon period, as ODDFYIELD.", Array( _
        "Day on which the note is paid for.", _
        "Day on which the principal is due.", _
        "Day from which interest accrues.", _
        "First coupon date, a coupon date counted back from maturity.", _
        "Coupon of the note, a decimal a year.", _
        "Clean price for 100 of face.", _
        "Coupons a year.", _
        "Day count; 30/360 US if left out.")
    Describe "LEXP_ODD_LAST_PRICE", "LEXP Notes and exchange", _
        "Clean price for 100 of face of a note whose last coupon is odd, as ODDLPRICE.", Array( _
        "Day on which the note is paid for.", _
        "Day on which the principal is due.", _
        "Last coupon date before maturity.", _
        "Coupon of the note, a decimal a year.", _
        "Yield, a decimal a year compounded with the coupons.", _
        "Coupons a year.", _
        "Day count; 30/360 US if left out.")
    Describe "LEXP_ODD_LAST_YIELD", "LEXP Notes and exchange", _
        "Yield of a note whose last coupon is odd, as ODDLYIELD.", Array( _
        "Day on which the note is paid for.", _
        "Day on which the principal is due.", _
        "Last coupon date before maturity.", _
        "Coupon of the note, a decimal a year.", _
        "Clean price for 100 of face.", _
        "Coupons a year.", _
        "Day count; 30/360 US if left out.")
    Describe "LEXP_ACCRUED", "LEXP Notes and exchange", _
        "Interest accrued on notes from one day to another: principal x coupon x day count fraction, to the cent.", Array( _
        "Principal of the notes.", _
        "Coupon, a decimal a year.", _
        "First day of interest.", _
        "Day to which interest runs, itself not included.", _
        "Day count; 30/360 US if left out.")
    Describe "LEXP_YIELD_TO_CALL", "LEXP Notes and exchange", _
        "Yield if a note is called on a day, at a price for 100 and accrued interest.", Array( _
        "Day on which the note is paid for.", _
        "Day on which the principal is due.", _
        "Coupon of the note, a decimal a year.", _
        "Clean price for 100 of face.", _
        "Coupons a year.", _
        "Day of the call.", _
        "Price paid for 100 of face; 100 if left out.", _
        "Day count; 30/360 US if left out.")
    Describe "LEXP_YIELD_TO_PAR_CALL", "LEXP Notes and exchange", _
        "Yield to the first call at 100 after settlement.", Array( _
        "Day on which the note is paid for.", _
        "Day on which the principal is due.", _
        "Coupon of the note, a decimal a year.", _
        "Clean price for 100 of face.", _
        "Coupons a year.", _
        "Rows of call date and call price for 100, in order of dates.", _
        "Day count; 30/360 US if left out.")
    Describe "LEXP_YIELD_TO_WORST", "LEXP Notes and exchange", _
        "Lowest of the yields to each call after settlement and to maturity.", Array( _
        "Day on which the note is paid for.", _
        "Day on which the principal is due.", _
        "Coupon of the note, a decimal a year.", _
        "Clean price for 100 of face.", _
        "Coupons a year.", _
        "Rows of call date and call price for 100, in order of dates.", _
        "Day count; 30/360 US if left out.")
    Describe "LEXP_CALL_YIELDS", "LEXP Notes and exchange", _
        "Each call after settlement and maturity with its price and yield, and which of them is worst.", Array( _
        "Day on which the note is paid for.", _
        "Day on which the principal is due.", _
        "Coupon of the note, a decimal a year.", _
        "Clean price for 100 of face.", _
        "Coupons a year.", _
        "Rows of call date and call price for 100, in order of dates.", _
        "Day count; 30/360 US if left out.")
    Describe "LEXP_MAKE_WHOLE_PRICE", "LEXP Notes and exchange", _
        "Price for 100 of face at which notes are redeemed before a day: what the holder would have had to that day, at Treasury yield + spread, at least 100.", Array( _
        "Day of the redemption.", _
        "First call date, at which the make-whole ends.", _
        "Coupon of the note, a decimal a year.", _
        "Treasury yield, a decimal a year.", _
        "Spread over it, a decimal.", _
        "Coupons a year.", _
        "Price at that call; 100 if left out.")
    Describe "LEXP_FIXED_SPREAD_PRICE", "LEXP Notes and exchange", _
        "Price for 100 of face in a tender at a fixed spread over a Treasury yield; it may be below 100.", Array( _
        "Day on which the note is paid for.", _
        "Maturity, or the call that is assumed.", _
        "Coupon of the note, a decimal a year.", _
        "Treasury yield, a decimal a year.", _
        "Spread over it, a decimal.", _
        "Coupons a year.", _
        "Price paid at that day; 100 if left out.")
    Describe "LEXP_REDEMPTION_AMOUNT", "LEXP Notes and exchange", _
        "Principal redeemed at 100% with the interest accrued since the last payment, to the cent.", Array( _
        "Principal of the notes.", _
        "Coupon, a decimal a year.", _
        "Day to which interest is paid.", _
        "Day of the redemption.", _
        "Day count; 30/360 US if left out.")
    Describe "LEXP_REDEMPTION", "LEXP Notes and exchange", _
        "What a redemption pays (principal, premium, accrued interest), and the attached warrants that it retires.", Array( _
        "Principal of the notes.", _
        "Coupon, a decimal a year.", _
        "Day to which interest is paid.", _
        "Day of the redemption.", _
        "Price for 100; 100 if left out.", _
        "Notes outstanding before it.", _
        "Warrants outstanding before it.", _
        "Day from which warrants are detached; 1 August 2005 if left out.")
    Describe "LEXP_EXCHANGE_RATIO", "LEXP Notes and exchange", _
        "New principal for 1,000 of old notes: 1,000 x (1 + coupon x year fraction), simple interest from the last date paid, not rounded.", Array( _
        "Coupon of the old notes.", _
        "Date to which interest was last paid.", _
        "Date to which accrued interest is exchanged.", _
        "Day count of the old notes.")
    Describe "LEXP_NEW_NOTES", "LEXP Notes and exchange", _
        "Principal of new notes for old: old principal x ratio / 1,000, to the cent.", Array( _
        "Principal of old notes exchanged.", _
        "New principal for 1,000 of old notes.")
    Describe "LEXP_NEW_NOTES_PER_HOLDER", "LEXP Notes and exchange", _
        "New notes of each holder in whole denominations, and cash for the fraction: holding x ratio / 1,000, rounded down.", Array( _
        "Principal of old notes of each holder.", _
        "New principal for 1,000 of old notes.", _
        "Whole multiples that notes come in; 1,000 if left out.")
    Describe "LEXP_EXCHANGE_CONSIDERATION", "LEXP Notes and exchange", _
        "What each holder gets in an exchange or tender offer with options: principal accepted (after proration) and returned, cash, accrued interest, new notes, cash for the fraction, shares, warrants.", Array( _
        "Rows, a holder each: name, option, principal tendered, day of the tender (needed for an early premium alone).", _
        "Rows, an option each: name, then for 1,000 of old notes: cash, new notes, shares, warrants, cash for early tenders on top, new notes for early tenders on top.", _
        "Last day for the early premium.", _
        "Most principal that is accepted of all tenders together. Any and all if left out.", _
        "Least principal tendered; below it nothing is accepted.", _
        "Whole multiples that notes come in; 1,000 if left out.", _
        "Interest accrued on 1,000 of old notes.", _
        """cash"", or ""new notes"" to add the interest to the new notes.")
    Describe "LEXP_HOLDER_VALUE", "LEXP Notes and exchange", _
        "The holder's view of an exchange, for 1,000 of old notes: what is given at its price, what is got (notes, cash, shares, warrants) at theirs, and the gain or loss.", Array( _
        "Price of the old notes per 100.", _
        "Price of the new notes per 100.", _
        "New principal for 1,000 of old notes.", _
        "Cash for 1,000 of old notes.", _
        "Shares for 1,000 of old notes.", _
        "Value of a share.", _
        "Warrants for 1,000 of old notes.", _
        "Value of a warrant.")
    Describe "LEXP_HOLDER_VALUE_AT_YIELD", "LEXP Notes and exchange", _
        "The holder's view of an exchange, for 1,000 of old notes, with old and new notes priced at one yield: clean, street convention, 30/360 US.", Array( _
        "Day of the exchange.", _
        "Maturity of the old notes.", _
        "Coupon of the old notes.", _
        "Maturity of the new notes.", _
        "Coupon of the new notes.", _
        "Yield at which both are priced.", _
        "New principal for 1,000 of old notes.", _
        "Cash for 1,000 of old notes.", _
        "Value of shares and warrants for 1,000 of old notes.", _
        "Coupons a year of both, and compounding of the yield.")
    Describe "LEXP_PARTICIPATION", "LEXP Notes and exchange", _
        "Share of the notes outstanding that was tendered: tendered / outstanding, not rounded.", Array( _
        "Principal tendered.", _
        "Principal outstanding before.")
    Describe "LEXP_HOLDOUTS", "LEXP Notes and exchange", _
        "Principal of the holders who did not tender: outstanding - tendered.", Array( _
        "Principal tendered.", _
        "Principal outstanding before.")
    Describe "LEXP_IMPLIED_OUTSTANDING", "LEXP Notes and exchange", _
        "What a printed participation says was outstanding: the least and the most, tendered / (participation + or - half a unit of its last decimal).", Array( _
        "Principal tendered.", _
        "Participation as printed: 0.994 for 99.4 %.", _
        "Decimals of the printed percentage; 1 for 99.4 %.")
    Describe "LEXP_PRORATION_FACTOR", "LEXP Notes and exchange", _
        "Share of each tender that is accepted: maximum / tendered, 1 at the most; 0 where less than the minimum was tendered.", Array( _
        "Principal tendered by all.", _
        "Most principal that is accepted of all tenders together.", _
        "Least principal tendered; below it nothing is accepted.")
    Describe "LEXP_PRORATION", "LEXP Notes and exchange", _
        "What is accepted of each tender where an offer has a maximum: tender x proration factor, rounded down to the denomination; the rest is returned.", Array( _
        "Principal tendered by each holder.", _
        "Most principal that is accepted of all tenders together.", _
        "Least principal tendered; below it nothing is accepted.", _
        "Whole multiples that notes come in; 1,000 if left out.")
    Describe "LEXP_PRIORITY_ACCEPTANCE", "LEXP Notes and exchange", _
        "What is accepted of each tender where acceptance priority levels rank: level 1 whole before level 2, the level that the maximum cuts prorated.", Array( _
        "Principal tendered.", _
        "Acceptance priority level of each: 1 comes first.", _
        "Most principal that is accepted of all tenders together.", _
        "Whole multiples that notes come in; 1,000 if left out.")
    Describe "LEXP_CASH_PER_THOUSAND", "LEXP Notes and exchange", _
        "Cash from a pool for each 1,000 tendered: 1,000 x pool / tendered, not rounded.", Array( _
        "Cash shared among those who tendered.", _
        "Principal tendered for it.", _
        "Most that is paid for each 1,000; no limit if left out.")
    Describe "LEXP_CASH_POOL", "LEXP Notes and exchange", _
        "Each holder's cash from a pool shared pro rata; the column adds up to the pool, the last cents to the largest remainders.", Array( _
        "Cash shared among those who tendered.", _
        "Principal tendered by each holder.", _
        "Most that is paid for each 1,000; no limit if left out.")
    Describe "LEXP_CLEARING_PRICE", "LEXP Notes and exchange", _
        "Price that clears a modified Dutch auction: the lowest at which the bids up to it reach the maximum, the highest bid if none does.", Array( _
        "Principal of each bid.", _
        "Price of each bid for 1,000.", _
        "Most principal that is accepted of all tenders together.")
    Describe "LEXP_DUTCH_AUCTION", "LEXP Notes and exchange", _
        "What each bid of a modified Dutch auction gets at the clearing price: below it whole, at it prorated, above it nothing.", Array( _
        "Principal of each bid.", _
        "Price of each bid for 1,000.", _
        "Most principal that is accepted of all tenders together.", _
        "Whole multiples that notes come in; 1,000 if left out.")
    Describe "LEXP_TENDER_CONSIDERATION", "LEXP Notes and exchange", _
        "Cash for notes tendered: principal x (consideration + early premium + accrued interest) / 1,000, to the cent.", Array( _
        "Principal of the notes accepted.", _
        "Cash for 1,000 of notes, without the early premium.", _
        "Cash for 1,000 on top for early tenders.", _
        "Day of the tender.", _
        "Last day for the early premium.", _
        "Interest accrued on 1,000 of notes.")
    Describe "LEXP_PRICE_OF_FACE", "LEXP Notes and exchange", _
        "Price of notes bought back as a share of their face amount: price / face, before accrued interest.", Array( _
        "What was paid.", _
        "Principal bought.")
    Describe "LEXP_REPURCHASE_GAIN", "LEXP Notes and exchange", _
        "Debt given up less what was paid for it: face + accrued interest - price; below 0 a loss.", Array( _
        "Principal bought.", _
        "Interest accrued on it and bought with it; 0 if not known.", _
        "What was paid for both.")
    Describe "LEXP_REINSTATED_CLAIM", "LEXP Notes and exchange", _
        "Claim that comes back if the price must be returned: (face + accrued) x returned / price, to the cent; 0 after the last day on which it may.", Array( _
        "Principal bought.", _
        "Interest accrued on it and bought with it; 0 if not known.", _
        "What was paid for both.", _
        "What of the price is returned.", _
        "Day of the return; needed with reinstatement_until alone.", _
        "Last day on which the claim comes back; no end if left out.")
    Describe "LEXP_SHARE_ISSUE_PRICE", "LEXP Notes and exchange", _
        "Price of a share at which debt or interest was settled: debt / shares, not rounded.", Array( _
        "Debt or interest given up.", _
        "Shares issued for it.")
    Describe "LEXP_SHARES_FOR_DEBT", "LEXP Notes and exchange", _
        "Shares issued for debt or interest: debt / share price, made whole.", Array( _
        "Debt or interest given up.", _
        "Price of a share.", _
        "What becomes of a fraction: ""down"" if left out.")
    Describe "LEXP_CASH_FOR_FRACTION", "LEXP Notes and exchange", _
        "Cash in place of the fraction of a share: debt - whole shares x share price.", Array( _
        "Debt or interest given up.", _
        "Price of a share.")
    Describe "LEXP_SHARES_AFTER", "LEXP Notes and exchange", _
        "Shares outstanding after an issue: before + issued.", Array( _
        "Shares outstanding before.", _
        "Shares issued.")
    Describe "LEXP_DEBT_FOR_EQUITY", "LEXP Notes and exchange", _
        "Debt given up for shares: the price of a share, shares after, and what new and old holders own of the company.", Array( _
        "Debt given up.", _
        "Shares issued for it.", _
        "Shares outstanding before.")
    Describe "LEXP_SHARES_TO_OWN", "LEXP Notes and exchange", _
        "Shares to issue so that their holders own a share of the company after: before x share / (1 - share), made whole.", Array( _
        "Share of the company after the issue.", _
        "Shares outstanding before.", _
        "What becomes of a fraction: ""up"" if left out.")
End Sub

Private Sub DescribeLexpWarrants()
    Describe "LEXP_WARRANT_EXERCISE_VALUE", "LEXP Warrants", _
        "What exercise of warrants is worth: max(share price - strike, 0) x warrants; 0 before the window opens, an error after it closes.", Array( _
        "Price of one share.", _
        "Number of warrants, one share each.", _
        "Price paid for one share on exercise; 3.50 if left out.", _
        "Day of exercise; a day within the window if left out.", _
        "First day of exercise; 2005-08-01 if left out.", _
        "Last day of exercise; 2009-08-01 if left out.")
    Describe "LEXP_WARRANT_STATUS", "LEXP Warrants", _
        "What warrants are on a day: ""attached to the notes"", ""not yet exercisable"", ""exercisable"" or ""expired"".", Array( _
        "The day asked about.", _
        "First day of exercise; 2005-08-01 if left out.", _
        "Last day of exercise; 2009-08-01 if left out.", _
        "First day on which warrants trade without their notes; 2005-08-01 if left out.")
    Describe "LEXP_WARRANT_VALUE", "LEXP Warrants", _
        "Value of one warrant after Black and Scholes, exercise at expiry, no dividends; with both counts diluted after Galai and Schneller. Not rounded.", Array( _
        "Price of one share today.", _
        "Price paid for one share on exercise.", _
        "Last day of exercise.", _
        "Today: the day of the value.", _
        "Volatility of the share price a year: 0.45 for 45 %.", _
        "Riskless rate a year, compounded continuously.", _
        "Number of warrants, one share each; with shares_outstanding for a diluted value, or neither.", _
        "Number of shares before exercise.")
    Describe "LEXP_WARRANT_VALUE_WITH_DIVIDENDS", "LEXP Warrants", _
        "Value of one warrant as LEXP_WARRANT_VALUE where the share pays a continuous dividend yield (Merton). Not rounded.", Array( _
        "Price of one share today.", _
        "Price paid for one share on exercise.", _
        "Last day of exercise.", _
        "Today: the day of the value.", _
        "Volatility of the share price a year: 0.45 for 45 %.", _
        "Riskless rate a year, compounded continuously.", _
        "Dividends a year over the share price, compounded continuously; 0 where it may be left out and is.", _
        "Number of warrants, one share each; with shares_outstanding for a diluted value, or neither.", _
        "Number of shares before exercise.")
    Describe "LEXP_WARRANT_VALUE_IN_WINDOW", "LEXP Warrants", _
        "Value of one warrant exercisable on any day from a first to expiry: a binomial lattice, within 0.0002 of the share price; closed where early exercise cannot pay.", Array( _
        "Price of one share today.", _
        "Price paid for one share on exercise.", _
        "First day of exercise; may be past.", _
        "Last day of exercise.", _
        "Today: the day of the value.", _
        "Volatility of the share price a year: 0.45 for 45 %.", _
        "Riskless rate a year, compounded continuously.", _
        "Dividends a year over the share price, compounded continuously; 0 where it may be left out and is.")
    Describe "LEXP_WARRANT_DELTA", "LEXP Warrants", _
        "How much the value of one warrant moves with the share price: e^(-qT) N(d1); undiluted.", Array( _
        "Price of one share today.", _
        "Price paid for one share on exercise.", _
        "Last day of exercise.", _
        "Today: the day of the value.", _
        "Volatility of the share price a year: 0.45 for 45 %.", _
        "Riskless rate a year, compounded continuously.", _
        "Dividends a year over the share price, compounded continuously; 0 where it may be left out and is.")
    Describe "LEXP_WARRANT_VEGA", "LEXP Warrants", _
        "How much the value of one warrant moves for 1.00 of volatility: S e^(-qT) n(d1) sqrt(T); undiluted.", Array( _
        "Price of one share today.", _
        "Price paid for one share on exercise.", _
        "Last day of exercise.", _
        "Today: the day of the value.", _
        "Volatility of the share price a year: 0.45 for 45 %.", _
        "Riskless rate a year, compounded continuously.", _
        "Dividends a year over the share price, compounded continuously; 0 where it may be left out and is.")
    Describe "LEXP_WARRANT_IMPLIED_VOLATILITY", "LEXP Warrants", _
        "The volatility from 0 to 5 at which LEXP_WARRANT_VALUE_WITH_DIVIDENDS gives the price of a warrant; an error where none does.", Array( _
        "Price of one warrant today.", _
        "Price of one share today.", _
        "Price paid for one share on exercise.", _
        "Last day of exercise.", _
        "Today: the day of the value.", _
        "Riskless rate a year, compounded continuously.", _
        "Dividends a year over the share price, compounded continuously; 0 where it may be left out and is.")
    Describe "LEXP_WARRANT_SENSITIVITY", "LEXP Warrants", _
        "Values of one warrant: a row for each share price, a column for each volatility; diluted where both counts are given.", Array( _
        "Prices of one share, a column.", _
        "Volatilities a year, a column or row.", _
        "Price paid for one share on exercise.", _
        "Last day of exercise.", _
        "Today: the day of the value.", _
        "Riskless rate a year, compounded continuously.", _
        "Dividends a year over the share price, compounded continuously; 0 where it may be left out and is.", _
        "Number of warrants, one share each; with shares_outstanding for a diluted value, or neither.", _
        "Number of shares before exercise.")
    Describe "LEXP_WARRANT_SHARES", "LEXP Warrants", _
        "New shares by the treasury stock method: warrants x (1 - strike / share price), or 0; not rounded.", Array( _
        "Average price of one share in the period.", _
        "Number of warrants, one share each.", _
        "Price paid for one share on exercise; 3.50 if left out.")
    Describe "LEXP_WARRANT_DILUTED_SHARES", "LEXP Warrants", _
        "Shares outstanding plus the new ones by the treasury stock method; not rounded.", Array( _
        "Number of shares before any exercise.", _
        "Average price of one share in the period.", _
        "Number of warrants, one share each.", _
        "Price paid for one share on exercise; 3.50 if left out.")
    Describe "LEXP_WARRANT_CASHLESS_SHARES", "LEXP Warrants", _
        "Shares for warrants given up instead of paying the strike: warrants x (share price - strike) / share price, or 0, made whole.", Array( _
        "Price of one share.", _
        "Number of warrants, one share each.", _
        "Price paid for one share on exercise; 3.50 if left out.", _
        """none"", ""down"", ""up"" or ""nearest""; ""down"" if left out.")
    Describe "LEXP_WARRANT_OWNERSHIP", "LEXP Warrants", _
        "The part of the company that holders of warrants own once all are exercised for cash: warrants / (shares + warrants).", Array( _
        "Number of warrants, one share each.", _
        "Number of shares before any exercise.")
    Describe "LEXP_WARRANT_STRIKE_MONEY", "LEXP Warrants", _
        "What the company receives if all warrants are exercised for cash: warrants x strike.", Array( _
        "Number of warrants, one share each.", _
        "Price paid for one share on exercise; 3.50 if left out.")
    Describe "LEXP_WARRANTS_BY_RULE", "LEXP Warrants", _
        "Warrants issued with notes: so many for each 1,000 of principal, made whole once.", Array( _
        "Principal of the notes.", _
        "Warrants for each 1,000 of notes.", _
        """none"", ""down"", ""up"" or ""nearest""; ""down"" if left out.")
    Describe "LEXP_WARRANTS_FOR_HOLDERS", "LEXP Warrants", _
        "Warrants issued with notes where the number of each holder is made whole.", Array( _
        "Principal of the notes of each holder, a column.", _
        "Warrants for each 1,000 of notes.", _
        """none"", ""down"", ""up"" or ""nearest""; ""down"" if left out.")
    Describe "LEXP_WARRANTS_RETIRED", "LEXP Warrants", _
        "Warrants retired with redeemed notes: warrants x redeemed / outstanding, to the nearest whole; none once detached.", Array( _
        "Principal redeemed.", _
        "Principal of the notes before the redemption.", _
        "Number of warrants before the redemption.", _
        "Day of the redemption.", _
        "From this day on warrants are detached and none retire; 2005-08-01 if left out.")
    Describe "LEXP_WARRANT_RETIREMENTS", "LEXP Warrants", _
        "Redemptions of notes in turn and the warrants that each retires, pro rata to what the ones before have left.", Array( _
        "Days of the redemptions in order, a column.", _
        "Principal redeemed on each day, a column.", _
        "Principal of the notes before the first redemption.", _
        "Number of warrants before the first redemption.", _
        "From this day on warrants are detached and none retire; 2005-08-01 if left out.")
End Sub

Private Sub DescribeLexpAccounting()
    Describe "LEXP_CARRYING_AMOUNT", "LEXP Accounting", _
        "The carrying amount of a deal's term loan or notes from payment to payment by effective interest: fees at closing and issue costs are its discount.", Array( _
        "A term sheet, or ""lexp-2003"".", _
        "Id of a term loan or of notes.", _
        "Costs, original discount and value of warrants beside the tranche's own fees at closing; a premium is below 0.", _
        "The deal's default if left out.", _
        "Where the rate floats: ""as it changes"" (the default) or ""at inception"" (ASC 310-20-35-18).")
    Describe "LEXP_PROCEEDS_TO_WARRANTS", "LEXP Accounting", _
        "The part of the proceeds of notes with warrants that pays for the warrants, by relative fair value; it is a discount of the notes.", Array( _
        "What the notes and warrants brought together.", _
        "Value of the notes without warrants.", _
        "Value of the warrants alone.")
    Describe "LEXP_RESTRUCTURING_GAIN", "LEXP Accounting", _
        "The debtor's gain on a troubled debt restructuring: carrying amount less equity granted less all future payments, undiscounted; else 0 (ASC 470-60).", Array( _
        "Principal and accrued interest, less unamortized costs.", _
        "All payments under the new terms.", _
        "Fair value of shares or warrants granted to the creditor; it is taken off first.")
    Describe "LEXP_RESTRUCTURED_DEBT", "LEXP Accounting", _
        "The carrying amount after a troubled debt restructuring, from payment to payment: no interest after a gain, else one new effective rate (ASC 470-60).", Array( _
        "Principal and accrued interest, less unamortized costs.", _
        "The day of the restructuring.", _
        "All payments under the new terms.", _
        "The date of each payment, rising.", _
        "Fair value of shares or warrants granted to the creditor; it is taken off first.", _
        "Whether the rate is one a year, by ""actual days"" (the default), or one a period, of ""equal periods"".")
    Describe "LEXP_EXTINGUISHMENT_GAIN", "LEXP Accounting", _
        "Gain on debt extinguished: net carrying amount less reacquisition price; a loss is below 0 (ASC 470-50-40-2).", Array( _
        "Face of what is extinguished.", _
        "Discount and issue costs not yet amortized; a premium is below 0.", _
        "What is paid with any call premium, or the fair value of new debt or shares given.", _
        "Fees to the creditor and costs of reacquisition; received: below 0.")
    Describe "LEXP_TEN_PERCENT_TEST", "LEXP Accounting", _
        "The 10 per cent cash flow test: present values of the old and the new terms at the old effective rate, their ratio, and whether they differ substantially.", Array( _
        "Payments left under the old terms.", _
        "The date of each.", _
        "Payments under the new terms.", _
        "The date of each.", _
        "The old debt's, a decimal a year (ACT/365F).", _
        "The day of the change.", _
        "Paid that day by the debtor to the creditor; received: below 0.")
End Sub

Private Sub DescribeLexpWholeDeal()
    Describe "LEXP_SCHEDULE", "LEXP Whole deal", _
        "Schedule of one tranche of a deal, a row a payment, in the columns of every schedule.", Array( _
        "Path of a term sheet, or ""lexp-2003"" for the built-in deal.", _
        "Id of the tranche, as in the term sheet.", _
        "Scenario of the deal; its default one if left out.")
    Describe "LEXP_BALANCE", "LEXP Whole deal", _
        "What is owed on a tranche at the end of a day, after what that day pays.", Array( _
        "Path of a term sheet, or ""lexp-2003"" for the built-in deal.", _
        "Id of the tranche, as in the term sheet.", _
        "Day, the closing or later.", _
        "Scenario of the deal; its default one if left out.")
    Describe "LEXP_DEBT_SERVICE", "LEXP Whole deal", _
        "Interest, principal and fees paid on a tranche from one day to another, both included.", Array( _
        "Path of a term sheet, or ""lexp-2003"" for the built-in deal.", _
        "Id of the tranche, as in the term sheet.", _
        "First day, included.", _
        "Last day, included.", _
        "Scenario of the deal; its default one if left out.")
    Describe "LEXP_TERMS", "LEXP Whole deal", _
        "Every term of a tranche with its value, unit, and the sentence that states it, or why it is assumed.", Array( _
        "Path of a term sheet, or ""lexp-2003"" for the built-in deal.", _
        "Id of the tranche, as in the term sheet.")
    Describe "LEXP_FACT", "LEXP Whole deal", _
        "One derived figure of a deal, by its id in `lexp facts --format json`.", Array( _
        "Path of a term sheet, or ""lexp-2003"" for the built-in deal.", _
        "Id of the figure, such as ""exchange.senior.ratio"".", _
        "Scenario of the deal; its default one if left out.")
    Describe "LEXP_FACTS", "LEXP Whole deal", _
        "Derived figures of a deal: how each was derived, what the source prints, the difference.", Array( _
        "Path of a term sheet, or ""lexp-2003"" for the built-in deal.", _
        "Start of the ids that are wanted; all if left out.", _
        "Scenario of the deal; its default one if left out.")
    Describe "LEXP_CAP_TABLE", "LEXP Whole deal", _
        "Capital before and after the closing: tranches with ranking and lien, the debt replaced, shares and warrants; with a date also what is owed then. Empty: not stated.", Array( _
        "Path of a term sheet, or ""lexp-2003"" for the built-in deal.", _
        "Day on whose end balances are added; left out, none are.")
    Describe "LEXP_MATURITY_WALL", "LEXP Whole deal", _
        "Principal that falls due, by calendar year and tranche, with totals: instalments, prepayments and what is due at maturity, by the day paid.", Array( _
        "Path of a term sheet, or ""lexp-2003"" for the built-in deal.")
    Describe "LEXP_SOURCES_AND_USES", "LEXP Whole deal", _
        "Cash of the closing, sources equal to uses, and what was given up and received in the exchanges that moved none. Empty: not stated.", Array( _
        "Path of a term sheet, or ""lexp-2003"" for the built-in deal.")
    Describe "LEXP_RECOVERY", "LEXP Whole deal", _
        "What each tranche recovers of given values of the deal's pools and of all else: liens by rank, deficiencies pro rata with unsecured claims, subordinated shares turned over to senior debt.", Array( _
        "Path of a term sheet, or ""lexp-2003"" for the built-in deal.", _
        "Rows of pool id, or ""unencumbered"", and value: one for each pool; unencumbered is nothing if left out.", _
        "Day at whose end principal owed and interest accrued are the claim; the closing if left out.", _
        "Scenario of the deal; its default one if left out.", _
        "Unsecured claims outside the deal, such as trade: they share pro rata, and nothing is turned over to them. 0 if left out.")
    Describe "LEXP_WATERFALL", "LEXP Whole deal", _
        "A value paid out on claims by rank: what each recovers, to the cent, and what is left. Equal ranks share pro rata.", Array( _
        "Rows of claim, rank (1 is paid first) and amount.", _
        "What there is to pay out.")
    Describe "LEXP_DEBT_SERVICE_BY_PERIOD", "LEXP Whole deal", _
        "What is paid in each calendar month, quarter or year: interest, principal, fees and their total, over all tranches or of one.", Array( _
        "Path of a term sheet, or ""lexp-2003"" for the built-in deal.", _
        """month"", ""quarter"" or ""year"".", _
        "Scenario of the deal; its default one if left out.", _
        "Id of one tranche; all of them if left out.")
    Describe "LEXP_LIENS", "LEXP Whole deal", _
        "Debt before and after the closing by pool of collateral and rank of lien, with what is owed up to each rank; then debt without a lien. A tranche with several liens stands in each with all that it is owed.", Array( _
        "Path of a term sheet, or ""lexp-2003"" for the built-in deal.")
    Describe "LEXP_LEVERAGE", "LEXP Whole deal", _
        "Debt as a multiple of earnings: debt / earnings.", Array( _
        "Debt: total, or senior secured alone.", _
        "Earnings of twelve months as the covenant has them, such as EBITDA.")
    Describe "LEXP_INTEREST_COVERAGE", "LEXP Whole deal", _
        "How often earnings cover interest: earnings / interest.", Array( _
        "Earnings as the covenant has them, such as EBIT.", _
        "Interest of the same time.")
    Describe "LEXP_DEBT_SERVICE_COVERAGE", "LEXP Whole deal", _
        "How often earnings cover interest and principal due: earnings / debt service.", Array( _
        "Earnings; of property its net operating income.", _
        "Interest and principal of the same time.")
    Describe "LEXP_LOAN_TO_VALUE", "LEXP Whole deal", _
        "Debt as a part of the value that secures it: debt / value; 0.8 is 80 %.", Array( _
        "Debt secured by it.", _
        "Value of what secures the debt.")
    Describe "LEXP_CREDIT_RATIOS", "LEXP Whole deal", _
        "Total and senior secured leverage, interest and debt service coverage on each date for which earnings are given. No coverage before the first anniversary of the closing.", Array( _
        "Path of a term sheet, or ""lexp-2003"" for the built-in deal.", _
        "Scenario of the deal; its default one if left out.", _
        "Rows of date and earnings of the twelve months before; the scenario's own if left out.")
    Describe "LEXP_OWNERSHIP", "LEXP Whole deal", _
        "Who owns how much once all warrants are exercised: existing shares, shares issued for interest, warrants of each issue; with a share price also by the treasury stock method.", Array( _
        "Path of a term sheet, or ""lexp-2003"" for the built-in deal.", _
        "Price of a share for the treasury stock method; the scenario's if left out.", _
        "Day whose warrants count, without retired and expired ones; the closing if left out.")
End Sub
