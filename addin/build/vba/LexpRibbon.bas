Option Explicit

' The buttons of the tab LEXP. Each asks what it must know and hands it to Python; texts travel as
' hexadecimal digits, so that no quotation mark of theirs is ever part of a command.

Private Const TITLE As String = "LEXP"
Private Const BUILT_IN_DEAL As String = "lexp-2003"
Private Const LONGEST_TEXT As Long = 500

Public Sub LexpInsertSchedule(control As IRibbonControl)
    Dim Deal As String
    Dim Tranche As String
    Dim Scenario As String
    Deal = SelectedText()
    If Deal = "" Then Deal = BUILT_IN_DEAL
    Tranche = "term-loan"
    If Not Asked("The deal: its id, or the path of its term sheet.", Deal) Then Exit Sub
    If Not Asked("The tranche: its id, such as term-loan.", Tranche) Then Exit Sub
    If Not Asked("The scenario, such as closing or historical; empty for the deal's own.", _
        Scenario, MayBeEmpty:=True) Then Exit Sub
    RunAction "insert_schedule", Deal, Tranche, Scenario
End Sub

Public Sub LexpMakeWorkbooks(control As IRibbonControl)
    Dim TermSheet As String
    TermSheet = SelectedText()
    If TermSheet = "" Then TermSheet = BUILT_IN_DEAL
    If Not Asked("The term sheet: its path, or the id of a deal.", TermSheet) Then Exit Sub
    RunAction "make_workbooks", TermSheet
End Sub

Public Sub LexpFunctionHelp(control As IRibbonControl)
    Dim Name As String
    Name = FunctionOfFormula()
    If Not Asked("The function, such as LEXP_FEE.", Name) Then Exit Sub
    RunAction "function_help", Name
End Sub

Public Sub LexpShowLog(control As IRibbonControl)
    RunAction "show_log"
End Sub

Public Sub LexpAbout(control As IRibbonControl)
    RunAction "about"
End Sub

' ------------------------------------------------------------ Python

Private Sub RunAction(ByVal Action As String, ParamArray Texts() As Variant)
    Dim Command As String
    Dim Place As Long
    If ActiveWorkbook Is Nothing Then
        MsgBox "No workbook is open: open one, or make a new one, first.", vbInformation, TITLE
        Exit Sub
    End If
    Command = "import addin.actions; addin.actions.run('" & Action & "'"
    For Place = LBound(Texts) To UBound(Texts)
        Command = Command & ", '" & HexOf(CStr(Texts(Place))) & "'"
    Next Place
    On Error GoTo Failed
    LexpRunPython Command & ")"
    Exit Sub
Failed:
    MsgBox "Python could not be started: " & Err.Description & vbNewLine & vbNewLine & _
        "`lexp doctor` in a terminal says what is missing.", vbExclamation, TITLE
End Sub

' Each character as the four digits of its UTF-16 code.
Private Function HexOf(ByVal Text As String) As String
    Dim Place As Long
    For Place = 1 To Len(Text)
        HexOf = HexOf & Right$("000" & Hex$(AscW(Mid$(Text, Place, 1)) And &HFFFF&), 4)
    Next Place
End Function

' ------------------------------------------------------------ questions

' Asks for a text, with a first answer; False where the person has cancelled, or left empty what
' may not be.
Private Function Asked(ByVal Question As String, ByRef Text As String, _
    Optional ByVal MayBeEmpty As Boolean = False) As Boolean
    Dim Answer As Variant
    Answer = Application.InputBox(Prompt:=Question, Title:=TITLE, Default:=Text, Type:=2)
    If VarType(Answer) <> vbString Then Exit Function
    Text = Trim$(Answer)
    If Len(Text) > LONGEST_TEXT Then
        MsgBox "At most " & LONGEST_TEXT & " characters would be right.", vbExclamation, TITLE
        Exit Function
    End If
    Asked = MayBeEmpty Or Text <> ""
End Function

Private Function SelectedText() As String
    Dim Value As Variant
    On Error Resume Next
    Value = ActiveCell.Value2
    If VarType(Value) = vbString Then
        If Len(Value) <= LONGEST_TEXT Then SelectedText = Trim$(Value)
    End If
End Function

' The first function of lexp in the formula of the selected cell.
Private Function FunctionOfFormula() As String
    Dim Formula As String
    Dim First As Long
    Dim Last As Long
    On Error Resume Next
    Formula = UCase$(ActiveCell.Formula)
    First = InStr(1, Formula, "LEXP_")
    If First = 0 Then Exit Function
    Last = First
    Do While Mid$(Formula, Last + 1, 1) Like "[A-Z0-9_]"
        Last = Last + 1
    Loop
    FunctionOfFormula = Mid$(Formula, First, Last - First + 1)
End Function
