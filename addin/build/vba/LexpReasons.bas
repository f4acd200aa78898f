Option Explicit
Option Private Module

' Why cells have no answer: the reasons in words, kept by the address of the calling cell. Of many,
' the newest are kept.

Private Const MOST_REASONS As Long = 5000

Private Reasons As Dictionary
Private OlderReasons As Dictionary

' The reason that is kept for a cell, or for the formula that spills into it; empty for none.
Public Function ReasonOfCell(ByVal Given As Object) As String
    Dim Cell As Range
    Dim Shown As Variant
    If Not TypeOf Given Is Range Then Exit Function
    Set Cell = Given.Cells(1, 1)
    Shown = Cell.Value2 ' a cell that is still to be calculated is calculated first
    ReasonOfCell = KeptReason(Cell.Address(External:=True), Cell)
    If ReasonOfCell <> "" Then Exit Function
    ReasonOfCell = KeptReason(SpillingCell(Cell).Address(External:=True), Cell)
    If ReasonOfCell <> "" Then Exit Function
    ReasonOfCell = KeptReason(ArrayOf(Cell).Address(External:=True), Cell)
    If ReasonOfCell <> "" Then Exit Function
    If IsError(Shown) Then
        ReasonOfCell = "no reason is kept for this error: it is none of lexp's, or older than " & _
            "this start of Excel (Ctrl+Alt+F9 calculates all anew)"
    End If
End Function

' The cell with the formula that spills into this one; itself in an Excel that knows no spilling.
Private Function SpillingCell(ByVal Cell As Object) As Object
    Dim Spills As Boolean
    Set SpillingCell = Cell
    On Error Resume Next
    Spills = Cell.HasSpill
    If Spills Then Set SpillingCell = Cell.SpillParent
End Function

Private Function ArrayOf(ByVal Cell As Object) As Object
    Dim IsInArray As Boolean
    Set ArrayOf = Cell
    On Error Resume Next
    IsInArray = Cell.HasArray
    If IsInArray Then Set ArrayOf = Cell.CurrentArray
End Function

Private Function KeptReason(ByVal Place As String, ByVal Cell As Range) As String
    Dim Kept As String
    Dim Formula As String
    If Reasons Is Nothing Then Exit Function
    If Reasons.Exists(Place) Then
        Kept = Reasons.Item(Place)
    ElseIf Not OlderReasons Is Nothing Then
        If OlderReasons.Exists(Place) Then Kept = OlderReasons.Item(Place)
    End If
    If Kept = "" Then Exit Function
    ' A formula that was since written anew may not call the function that was refused.
    Formula = SpillingCell(Cell).Formula
    If InStr(1, Formula, FunctionOf(Kept), vbTextCompare) > 0 Then KeptReason = Kept
End Function

' Each reason begins with the name of its function.
Private Function FunctionOf(ByVal Reason As String) As String
    FunctionOf = Left$(Reason, InStr(1, Reason & ":", ":") - 1)
End Function

' Keeps the reason of the calling cell; none, after an answer, forgets that of the same function.
Public Sub KeepReason(ByVal FunctionName As String, ByVal Reason As String)
    Dim Place As String
    If Reason = "" And Reasons Is Nothing Then Exit Sub
    On Error Resume Next
    If TypeName(Application.Caller) = "Range" Then
        Place = Application.Caller.Address(External:=True)
    End If
    If Place = "" Then Exit Sub
    If Reason <> "" And DialogIsOpen() Then Exit Sub ' half-written, in the function wizard
    If Reasons Is Nothing Then Set Reasons = New Dictionary
    If Reasons.Count >= MOST_REASONS Then
        Set OlderReasons = Reasons
        Set Reasons = New Dictionary
    End If
    If Reason <> "" Then
        If Reasons.Exists(Place) Then Reasons.Remove Place
        Reasons.Add Place, Reason
    Else
        ForgetReason Reasons, Place, FunctionName
        If Not OlderReasons Is Nothing Then ForgetReason OlderReasons, Place, FunctionName
    End If
End Sub

' A cell that was calculated while a dialog kept Python from being started.
Public Sub KeepReasonOfDialog(ByVal FunctionName As String)
    Dim Place As String
    On Error Resume Next
    If TypeName(Application.Caller) <> "Range" Then Exit Sub
    Place = Application.Caller.Address(External:=True)
    If Place = "" Then Exit Sub
    If Reasons Is Nothing Then Set Reasons = New Dictionary
    Reasons.Item(Place) = FunctionName & ": a dialog was open before Python had started; " & _
        "Ctrl+Alt+F9 calculates all anew"
End Sub

Private Sub ForgetReason(ByVal Kept As Dictionary, ByVal Place As String, _
        ByVal FunctionName As String)
    Dim Reason As String
    If Kept.Exists(Place) Then
        Reason = Kept.Item(Place)
        If FunctionOf(Reason) = FunctionName Then Kept.Remove Place
    End If
End Sub
