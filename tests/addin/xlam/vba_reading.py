"""VBA as far as tests must read it: statements without comments and texts, and blocks."""

import re

# [MS-VBAL] 3.3.5.2: names that no variable and no argument may have.
RESERVED = frozenset(
    """call case close const declare defbool defbyte defcur defdate defdbl defint deflng deflnglng
    deflngptr defobj defsng defstr defvar dim do else elseif end endif enum erase event exit for
    friend function get global gosub goto if implements input let lock loop lset next on open option
    print private public put raiseevent redim resume return rset seek select set static stop sub
    type unlock wend while with write rem any as byref byval each in new shared until withevents
    attribute optional paramarray preserve spc tab then to addressof and eqv imp is like mod not or
    typeof xor abs cbool cbyte ccur cdate cdbl cdec cint clng clnglng clngptr csng cstr cvar cverr
    date debug doevents fix int len lenb me pset scale sgn string array circle inputb lbound ubound
    boolean byte currency double integer long longlong longptr single variant true false nothing
    empty null cdecl decimal defdec""".split()
)
TEXT = re.compile(r'"(?:[^"]|"")*"')
OPENED = re.compile(
    r"^(?:(?:public|private|friend|static) )*(sub|function|property|enum|type) (?!as\b)|"
    r"^(if)\b.*\bthen$|^(select) case\b|^(with) |^(for) |^(do)\b|^(while) ",
    re.I,
)
CLOSED = re.compile(
    r"^end (sub|function|property|enum|type|if|select|with)$|^(next)\b|^(loop)\b|^(wend)$", re.I
)
CLOSES = {"next": "for", "loop": "do", "wend": "while"}


def statements(source):
    """Each statement on one line: continued lines joined, texts emptied, comments off."""
    joined = re.sub(r" _\r?\n\s*", " ", source).replace("( ", "(")
    for line in joined.splitlines():
        code = TEXT.sub('""', line).partition("'")[0].strip()
        if re.match(r"rem\b", code, re.I):
            continue
        yield from (part.strip() for part in code.split(": ") if part.strip())


def compiled(source, first):
    """The statements that VBA compiles where each #If is true (`first`), or where none is."""
    taken = []
    for statement in statements(source):
        if re.match(r"#if ", statement, re.I):
            taken.append(first)
        elif re.match(r"#else", statement, re.I):
            taken[-1] = not first and not re.match(r"#elseif", statement, re.I)
        elif re.match(r"#end ?if", statement, re.I):
            taken.pop()
        elif all(taken):
            yield statement
    assert not taken, "an #If is not closed"


def unbalanced(source):
    """The blocks that are opened and not closed, or closed and not opened, in words."""
    return [each for first in (True, False) for each in _unbalanced(compiled(source, first))]


def _unbalanced(compiled_statements):
    open_blocks, wrong = [], []
    for statement in compiled_statements:
        closed, opened = CLOSED.match(statement), OPENED.match(statement)
        if closed:
            word = next(filter(None, closed.groups())).lower()
            word = CLOSES.get(word, word)
            if not open_blocks or open_blocks.pop() != word:
                wrong.append(statement)
        elif opened and not re.match(r"(private |public )?declare ", statement, re.I):
            open_blocks.append(next(filter(None, opened.groups())).lower())
    return [*wrong, *open_blocks]


def continued_lines(source):
    """The most lines that one statement is continued over."""
    most = run = 0
    for line in source.splitlines():
        run = run + 1 if line.endswith(" _") else 0
        most = max(most, run)
    return most


def functions(source):
    """Each public function: its name, its arguments as declared, and the statements within."""
    found = {}
    for statement in statements(source):
        head = re.match(r"Public Function (\w+)\((.*)\) As Variant$", statement)
        if head:
            name, declared = head.groups()
            found[name] = (declared.split(", "), [])
        elif statement == "End Function":
            name = None
        elif found and name:
            found[name][1].append(statement)
    return found
