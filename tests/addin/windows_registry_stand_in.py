"""A stand-in for Python's module `winreg`: the registry as a dict, key to values by name."""

import sys
from contextlib import contextmanager
from types import ModuleType


def registry(monkeypatch, keys):
    """Puts the stand-in in place; a key is its path with the root's full name before it."""
    known = {key.casefold(): content for key, content in keys.items()}
    module = ModuleType("winreg")
    module.KEY_READ, module.KEY_WOW64_64KEY, module.KEY_WOW64_32KEY = 0x20019, 0x100, 0x200
    for root in ("HKEY_LOCAL_MACHINE", "HKEY_CURRENT_USER", "HKEY_CLASSES_ROOT"):
        setattr(module, root, root)

    def open_key(root, key, reserved, access):
        found = known.get(f"{root}\\{key}".casefold())
        if found is None:
            raise FileNotFoundError(2, "The system cannot find the file specified")

        @contextmanager
        def opened():
            yield found

        manager = opened()
        manager.content = found
        return manager

    def query(opened, name):
        folded = {each.casefold(): value for each, value in opened.content.items()}
        if name.casefold() not in folded:
            raise FileNotFoundError(2, "The system cannot find the file specified")
        return folded[name.casefold()], 1

    module.OpenKey = open_key
    module.QueryValueEx = query
    module.QueryInfoKey = lambda opened: (0, len(opened.content), 0)
    module.EnumValue = lambda opened, index: (*list(opened.content.items())[index], 1)
    monkeypatch.setitem(sys.modules, "winreg", module)
    return known
