Option Explicit
Option Private Module

' One call of a function from a cell: values go to Python, answers and real error values come back.
'
' Python answers a cell that is an error as a text: Chr(1), "#NUM!", Chr(1), the reason in words.

Private Const FUNCTIONS_MODULE As String = "addin.udfs"
Private Const WHY_FUNCTION As String = "LEXP_WHY"
Private Const MOST_ROWS_UNCUT As Long = 1000
Private Const MOST_COLUMNS_UNCUT As Long = 256
Private Const SECONDS_TO_ANOTHER_START As Long = 60
Private Const OWN_ERROR As Long = &H800407D3 ' vbObjectError + 2003
Private Const NOT_ON_A_MAC As String = "Excel for macOS has no functions of this kind: " & _
    "use `lexp calc` in a terminal, or the tab LEXP"

Private Server As Object
Private StartFailure As String
Private StartFailedAt As Date

' ------------------------------------------------------------ calls

Public Function LexpCall(ByVal FunctionName As String, ByVal Arguments As Variant) As Variant
    Dim Reason As String
    Dim Answer As Variant
#If Mac Then
    LexpCall = CVErr(xlErrNA)
    KeepReason FunctionName, FunctionName & ": " & NOT_ON_A_MAC
#Else
    ' While a person fills in the function wizard, Python is not started for each key.
    If Server Is Nothing Then
        If DialogIsOpen() Then
            LexpCall = CVErr(xlErrNA)
            KeepReasonOfDialog FunctionName
            Exit Function
        End If
    End If
    On Error GoTo Failed
    AddDateSystem Arguments
    Answer = ServerAnswer(FunctionName, PlainValues(Arguments))
    LexpCall = WithErrorValues(Answer, Reason)
    KeepReason FunctionName, Reason
    Exit Function
Failed:
    Reason = FunctionName & ": " & OneLine(Err.Description)
    LexpCall = CVErr(xlErrValue)
    KeepReason FunctionName, Reason
#End If
End Function

' Whether the calling workbook counts its dates from 1904.
Public Function LexpDate1904() As Boolean
    Dim Book As Workbook
    On Error Resume Next
    If TypeName(Application.Caller) = "Range" Then Set Book = Application.Caller.Worksheet.Parent
    If Book Is Nothing Then Set Book = ActiveWorkbook
    If Not Book Is Nothing Then LexpDate1904 = Book.Date1904
End Function

Private Sub AddDateSystem(ByRef Arguments As Variant)
    ReDim Preserve Arguments(LBound(Arguments) To UBound(Arguments) + 1)
    Arguments(UBound(Arguments)) = LexpDate1904()
End Sub

' ------------------------------------------------------------ values to Python

Private Function PlainValues(ByVal Arguments As Variant) As Variant
    Dim Values() As Variant
    Dim Place As Long
    If UBound(Arguments) < LBound(Arguments) Then
        PlainValues = Arguments
        Exit Function
    End If
    ReDim Values(LBound(Arguments) To UBound(Arguments))
    For Place = LBound(Arguments) To UBound(Arguments)
        If IsObject(Arguments(Place)) Then
            Values(Place) = CellValues(Arguments(Place))
        Else
            Values(Place) = Arguments(Place)
        End If
    Next Place
    PlainValues = Values
End Function

Private Function CellValues(ByVal Given As Object) As Variant
    Dim Cells As Range
    If Not TypeOf Given Is Range Then
        Err.Raise OWN_ERROR, , "found an object that is no range; cells would be right"
    End If
    Set Cells = Given
    If Cells.Areas.Count > 1 Then
        Err.Raise OWN_ERROR, , "found a range of " & Cells.Areas.Count & _
            " areas; one block of cells would be right"
    End If
    CellValues = UsedPart(Cells).Value2
End Function

' The range without the rows and columns beyond the last used ones of its sheet, such as those of
' a whole column; at least its first cell.
Private Function UsedPart(ByVal Cells As Range) As Range
    Dim Rows As Long
    Dim Columns As Long
    Rows = Cells.Rows.Count
    Columns = Cells.Columns.Count
    If Rows > MOST_ROWS_UNCUT Or Columns > MOST_COLUMNS_UNCUT Then
        With Cells.Worksheet.UsedRange
            If Rows > MOST_ROWS_UNCUT Then Rows = Within(.Row + .Rows.Count - Cells.Row, Rows)
            If Columns > MOST_COLUMNS_UNCUT Then
                Columns = Within(.Column + .Columns.Count - Cells.Column, Columns)
            End If
        End With
        Set UsedPart = Cells.Resize(Rows, Columns)
    Else
        Set UsedPart = Cells
    End If
End Function

Private Function Within(ByVal Used As Long, ByVal Given As Long) As Long
    Within = Used
    If Within > Given Then Within = Given
    If Within < 1 Then Within = 1
End Function

' ------------------------------------------------------------ Python

Private Function ServerAnswer(ByVal FunctionName As String, ByVal Arguments As Variant) As Variant
    Dim Number As Long
    Dim Description As String
    On Error GoTo Failed
    ServerAnswer = RunningServer().CallUDF(FUNCTIONS_MODULE, (FunctionName), (Arguments))
    Exit Function
Failed:
    Number = Err.Number
    Description = Err.Description
    If Not MeansThatItEnded(Number) Then Err.Raise Number, , Description
    Resume StartAgain
StartAgain:
    On Error GoTo FailedAgain
    StopServer
    ServerAnswer = RunningServer().CallUDF(FUNCTIONS_MODULE, (FunctionName), (Arguments))
    Exit Function
FailedAgain:
    Number = Err.Number
    Description = Err.Description
    If MeansThatItEnded(Number) Then
        Set Server = Nothing
        Description = "the Python process ended, was started again, and ended again in this call"
    End If
    Err.Raise OWN_ERROR, , Description
End Function

' The error numbers of a call to a process that is no more.
Private Function MeansThatItEnded(ByVal Number As Long) As Boolean
    Select Case Number
    Case 462 ' as VBA itself says it: the remote server machine does not exist
        MeansThatItEnded = True
    Case &H800706BA, &H800706BE, &H800706BF ' RPC_S_SERVER_UNAVAILABLE, RPC_S_CALL_FAILED, ..._DNE
        MeansThatItEnded = True
    Case &H80010007, &H80010012, &H80010108 ' RPC_E_SERVER_DIED, ..._DNE, RPC_E_DISCONNECTED
        MeansThatItEnded = True
    Case &H800401FD ' CO_E_OBJNOTCONNECTED
        MeansThatItEnded = True
    End Select
End Function

' The process that answers, kept from call to call. Where it can't be started, cells that follow
' say so at once and don't each wait for it.
Private Function RunningServer() As Object
    If Server Is Nothing Then
        If StartFailure <> "" Then
            If Abs(DateDiff("s", StartFailedAt, Now)) < SECONDS_TO_ANOTHER_START Then
                Err.Raise OWN_ERROR, , StartFailure
            End If
        End If
        On Error GoTo Failed
        Set Server = XLPy()
        StartFailure = ""
    End If
    Set RunningServer = Server
    Exit Function
Failed:
    StartFailure = "the Python process did not start (" & OneLine(Err.Description) & _
        "); `lexp doctor` says what is missing"
    StartFailedAt = Now
    Err.Raise OWN_ERROR, , StartFailure
End Function

Private Sub StopServer()
    Set Server = Nothing
    On Error Resume Next
    KillPy
End Sub

' What Python, xlwings or Windows says, in one line. xlwings turns a traceback round, so that the
' error is its first line.
Private Function OneLine(ByVal Words As String) As String
    Dim Lines() As String
    Dim Place As Long
    Lines = Split(Replace(Words, vbCr, vbLf), vbLf)
    For Place = LBound(Lines) To UBound(Lines)
        If Trim$(Lines(Place)) <> "" Then OneLine = Trim$(Lines(Place))
        If OneLine <> "" And InStr(1, Words, "Traceback") = 0 Then Exit Function
    Next Place
    If OneLine = "" Then OneLine = "an error without words"
End Function

' ------------------------------------------------------------ answers

' The answer with each marked text as a real error value; `Reason` is that of the first.
Private Function WithErrorValues(ByVal Answer As Variant, ByRef Reason As String) As Variant
    Dim Row As Long
    Dim Column As Long
    Select Case Dimensions(Answer)
    Case 0
        If IsMarked(Answer) Then Answer = ErrorValue(Answer, Reason)
    Case 1
        For Row = LBound(Answer) To UBound(Answer)
            If IsMarked(Answer(Row)) Then Answer(Row) = ErrorValue(Answer(Row), Reason)
        Next Row
    Case Else
        For Column = LBound(Answer, 2) To UBound(Answer, 2)
            For Row = LBound(Answer, 1) To UBound(Answer, 1)
                If IsMarked(Answer(Row, Column)) Then
                    Answer(Row, Column) = ErrorValue(Answer(Row, Column), Reason)
                End If
            Next Row
        Next Column
    End Select
    WithErrorValues = Answer
End Function

Private Function Dimensions(ByRef Answer As Variant) As Long
    Dim Last As Long
    If Not IsArray(Answer) Then Exit Function
    Dimensions = 1
    On Error GoTo NoSecond
    Last = UBound(Answer, 2)
    Dimensions = 2
NoSecond:
End Function

Private Function IsMarked(ByRef Value As Variant) As Boolean
    If VarType(Value) = vbString Then IsMarked = Left$(Value, 1) = Chr$(1)
End Function

Private Function ErrorValue(ByVal Marked As String, ByRef Reason As String) As Variant
    Dim Parts() As String
    Parts = Split(Marked & Chr$(1) & Chr$(1), Chr$(1))
    If Reason = "" Then Reason = Parts(2)
    Select Case Parts(1)
    Case "#N/A"
        ErrorValue = CVErr(xlErrNA)
    Case "#NUM!"
        ErrorValue = CVErr(xlErrNum)
    Case "#REF!"
        ErrorValue = CVErr(xlErrRef)
    Case "#DIV/0!"
        ErrorValue = CVErr(xlErrDiv0)
    Case "#NAME?"
        ErrorValue = CVErr(xlErrName)
    Case "#NULL!"
        ErrorValue = CVErr(xlErrNull)
    ' Those that an older Excel has no names for.
    Case "#GETTING_DATA"
        ErrorValue = CVErr(2043)
    Case "#SPILL!"
        ErrorValue = CVErr(2045)
    Case "#CONNECT!"
        ErrorValue = CVErr(2046)
    Case "#BLOCKED!"
        ErrorValue = CVErr(2047)
    Case "#UNKNOWN!"
        ErrorValue = CVErr(2048)
    Case "#FIELD!"
        ErrorValue = CVErr(2049)
    Case "#CALC!"
        ErrorValue = CVErr(2050)
    Case Else
        ErrorValue = CVErr(xlErrValue)
    End Select
End Function

' ------------------------------------------------------------ why

' What LEXP_WHY answers: to one cell the reason kept for it, to a name and cells Python's words.
Public Function LexpReason(ByVal Asked As Variant, ByVal Arguments As Variant) As Variant
    If UBound(Arguments) < LBound(Arguments) And IsObject(Asked) Then
        LexpReason = ReasonOfCell(Asked)
        Exit Function
    End If
#If Mac Then
    LexpReason = NOT_ON_A_MAC
#Else
    On Error GoTo Failed
    LexpReason = ServerAnswer(WHY_FUNCTION, WhyArguments(Asked, PlainValues(Arguments)))
    Exit Function
Failed:
    LexpReason = OneLine(Err.Description)
#End If
End Function

' As Python takes them: the name, the date system, then the cells.
Private Function WhyArguments(ByVal Asked As Variant, ByVal Cells As Variant) As Variant
    Dim Given() As Variant
    Dim Place As Long
    ReDim Given(0 To UBound(Cells) - LBound(Cells) + 2)
    If IsObject(Asked) Then
        Given(0) = CellValues(Asked)
    Else
        Given(0) = Asked
    End If
    Given(1) = LexpDate1904()
    For Place = LBound(Cells) To UBound(Cells)
        Given(Place - LBound(Cells) + 2) = Cells(Place)
    Next Place
    WhyArguments = Given
End Function

' Whether a dialog is open, such as the function wizard: Excel then blocks its first button.
Public Function DialogIsOpen() As Boolean
    Dim IsFree As Boolean
    IsFree = True
    On Error Resume Next
    IsFree = Application.CommandBars("Standard").Controls(1).Enabled
    DialogIsOpen = Not IsFree
End Function
