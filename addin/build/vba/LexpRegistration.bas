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

