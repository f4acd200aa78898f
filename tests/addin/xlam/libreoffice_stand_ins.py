"""Modules of Basic in the place of xlwings and of a cell's Excel, for trials in LibreOffice.

LibreOffice's Basic runs VBA, but its ranges have no Value2, its functions do not know the cell
that calls them, and it forgets a module's private variables between two cells; xlwings' module
and its dictionary do not compile there. Our own modules are the real ones, but for these
words (`OTHER_WORDS`).
"""

HEAD = "Rem Attribute VBA_ModuleType=VBAModule\nOption VBASupport 1\nOption Explicit\n"
CLASS_HEAD = (
    "Rem Attribute VBA_ModuleType=VBAClassModule\nOption VBASupport 1\nOption ClassModule\n"
    "Option Explicit\n"
)
OTHER_WORDS = {
    ".Value2": ".Value",
    "Application.Caller": "TrialCaller",
    "Private Server As": "Public Server As",
    "Private Reasons As": "Public Reasons As",
}

# In the place of xlwings' module: how often Python was started and stopped.
XLWINGS = f"""{HEAD}
Public Started As Long
Public Killed As Long
Public CannotStart As Boolean
Public TrialCaller As Variant
Public Function XLPy() As Object
    Started = Started + 1
    If CannotStart Then Err.Raise 1000, , "no such interpreter"
    Set XLPy = New FakePython
End Function
Public Sub KillPy()
    Killed = Killed + 1
End Sub
"""

# In the place of the Python process: the first argument says how it answers.
FAKE_PYTHON = f"""{CLASS_HEAD}
Public Function CallUDF(ByVal Library As String, ByVal Wanted As String, ByVal Given As Variant) _
        As Variant
    Dim Table(0 To 1, 0 To 1) As Variant
    Dim Row(0 To 1) As Variant
    If IsArray(Given(0)) Then
        CallUDF = UBound(Given(0), 1) - LBound(Given(0), 1) + 1
        Exit Function
    End If
    If Wanted = "LEXP_WHY" Then
        CallUDF = UBound(Given) & " " & Given(0) & " " & TypeName(Given(1)) & " " & Given(2)
        Exit Function
    End If
    Select Case Given(0)
    Case "#NUM!", "#N/A", "#VALUE!", "#REF!", "#DIV/0!", "#NAME?", "#NULL!", "#OTHER!"
        CallUDF = Chr$(1) & Given(0) & Chr$(1) & Wanted & ": principal: refused"
    Case "dead"
        Err.Raise 462, , "The remote server machine does not exist"
    Case "disconnected"
        Err.Raise -2147417848, , "The object invoked has disconnected"
    Case "dead once"
        If xlwings.Started = 1 Then Err.Raise -2147023174, , "The RPC server is unavailable"
        CallUDF = "answered"
    Case "fault" ' as xlwings' DLL turns it round
        Err.Raise 1234, , "KeyError: 'x'" & vbLf & "    raise" & vbLf & "  File x, line 1"
    Case "traceback"
        Err.Raise 1234, , "Traceback" & vbLf & "  File x" & vbCrLf & "KeyError: 'y'" & vbLf
    Case "table"
        Table(0, 0) = "heading"
        Table(0, 1) = Chr$(1) & "#N/A" & Chr$(1) & Wanted & ": first"
        Table(1, 0) = 1.5
        Table(1, 1) = Chr$(1) & "#REF!" & Chr$(1) & Wanted & ": second"
        CallUDF = Table
    Case "row"
        Row(0) = 2.5
        Row(1) = Chr$(1) & "#NUM!" & Chr$(1) & Wanted & ": third"
        CallUDF = Row
    Case Else
        CallUDF = Library & " " & Wanted & " " & UBound(Given) & " " & Given(0) & " " & _
            TypeName(Given(UBound(Given)))
    End Select
End Function
"""

# In the place of xlwings' dictionary, which is Windows' own there.
DICTIONARY = f"""{CLASS_HEAD}
Private Keys(0 To 99) As String
Private Items(0 To 99) As String
Private Held As Long
Private Function PlaceOf(ByVal Key As String) As Long
    Dim Place As Long
    PlaceOf = -1
    For Place = 0 To Held - 1
        If Keys(Place) = Key Then PlaceOf = Place
    Next Place
End Function
Public Function Exists(ByVal Key As String) As Boolean
    Exists = PlaceOf(Key) >= 0
End Function
Public Function Item(ByVal Key As String) As Variant
    Item = Items(PlaceOf(Key))
End Function
Public Sub Add(ByVal Key As String, ByVal Value As Variant)
    Keys(Held) = Key
    Items(Held) = Value
    Held = Held + 1
End Sub
Public Sub Remove(ByVal Key As String)
    Keys(PlaceOf(Key)) = ""
End Sub
Public Function Count() As Long
    Count = Held
End Function
"""

# A call as from a cell (`Place`), and what is then said of that cell.
CALLS = f"""{HEAD}
Public Function TRIAL_CALL(Place As Variant, What As Variant) As Variant
    Set TrialCaller = Place
    TRIAL_CALL = Said(LexpCall("LEXP_FEE", Array(What, 0.1)))
End Function
Public Function TRIAL_OTHER_CALL(Place As Variant, What As Variant) As Variant
    Set TrialCaller = Place
    TRIAL_OTHER_CALL = Said(LexpCall("LEXP_DAYS", Array(What)))
End Function
Public Function Said(ByVal Value As Variant) As String
    Said = TypeName(Value)
    If IsArray(Value) Then Exit Function
    Said = CStr(Value)
End Function
"""

BROKEN = f"{HEAD}Public Function Broken() As Variant\n    Broken = ((5\nEnd Function\n"


def stand_ins():
    """The modules by their names."""
    return {
        "xlwings": XLWINGS,
        "FakePython": FAKE_PYTHON,
        "Dictionary": DICTIONARY,
        "TrialCalls": CALLS,
    }
