"""Writes tables as TOML in one of its many ways, and keeps the line of each path."""

from datetime import date
from decimal import Decimal


class Writer:
    """Writes tables as TOML in one of its many ways, and keeps the line of each path."""

    def __init__(self, random):
        self.random = random
        self.text = ""
        self.lines = {}

    def put(self, text):
        self.text += text

    def here(self, path):
        self.lines.setdefault(path, self.text.count("\n") + 1)

    def blank(self):
        """Blanks and comments as they may stand between statements and within lists."""
        self.put(self.random.choice(["", "", " ", "\n", "  # a ] } , = ' \" comment\n"]))

    def key(self, name):
        quoted = '"' + self.escaped(name) + '"'
        is_bare = name and all(each.isascii() and (each.isalnum() or each in "-_") for each in name)
        ways = [quoted]
        if is_bare:
            ways += [name, f"'{name}'"]
        elif "'" not in name and "\n" not in name:
            ways.append(f"'{name}'")
        self.put(self.random.choice(ways))

    def escaped(self, text):
        return text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")

    def leaf(self, value):
        if isinstance(value, bool):
            self.put(str(value).lower())
        elif isinstance(value, (int, date, Decimal)):
            self.put(str(value))
        else:
            ways = [f'"{self.escaped(value)}"', '"""\n' + self.many_lined(value) + '"""']
            if "'" not in value:
                ways.append(f"'''\n{value}'''")
                if "\n" not in value:
                    ways.append(f"'{value}'")
            self.put(self.random.choice(ways))

    def many_lined(self, text):
        """Quotes stand as they are where that is allowed: up to two in a row."""
        plain = text.replace("\\", "\\\\")
        return plain if '"""' not in plain else plain.replace('"', '\\"')

    def inline(self, path, value):
        """A value behind its equals sign or within a list."""
        if isinstance(value, dict):
            self.put("{")
            for number, (name, each) in enumerate(value.items()):
                self.put(", " if number else " ")
                self.pair(path, name, each)
            self.put(" }")
        elif isinstance(value, list):
            self.put("[")
            for number, each in enumerate(value):
                self.blank()
                self.here((*path, number))
                self.inline((*path, number), each)
                self.blank()
                self.put(",")
            self.blank()
            self.put("]")
        else:
            self.leaf(value)

    def pair(self, path, name, value):
        """key = value; a table of one key may be written as a dotted key."""
        while True:
            path = (*path, name)
            self.here(path)
            self.key(name)
            is_dotted = isinstance(value, dict) and len(value) == 1 and self.random.random() < 0.5
            if not is_dotted:
                break
            self.put(self.random.choice([".", " . "]))
            ((name, value),) = value.items()
        self.put(self.random.choice(["=", " = "]))
        self.inline(path, value)

    def header(self, names, path, brackets):
        self.blank()
        self.put("\n")
        self.lines.pop(path, None)  # a table is where its own header is
        self.here(path)
        self.put("[" * brackets)
        for number, name in enumerate(names):
            self.put("." if number else "")
            self.key(name)
        self.put("]" * brackets + "\n")

    def table(self, names, path, tables):
        """The pairs of a table, then the tables within it under headers of their own."""
        later = []
        for name, value in tables.items():
            of_tables = (
                isinstance(value, list) and value and all(isinstance(x, dict) for x in value)
            )
            if (isinstance(value, dict) or of_tables) and self.random.random() < 0.6:
                later.append((name, value))
                continue
            self.blank()
            self.pair(path, name, value)
            self.put("\n")
        for name, value in later:
            inner = (*path, name)
            if isinstance(value, dict):
                self.header((*names, name), inner, 1)
                self.table((*names, name), inner, value)
                continue
            for number, each in enumerate(value):
                self.header((*names, name), (*inner, number), 2)
                self.lines.setdefault(inner, self.lines[(*inner, 0)])
                self.table((*names, name), (*inner, number), each)
