"""Reading the registry of Windows: what is not there is None, and elsewhere nothing is there."""

LOCAL_MACHINE, CURRENT_USER, CLASSES = (
    "HKEY_LOCAL_MACHINE",
    "HKEY_CURRENT_USER",
    "HKEY_CLASSES_ROOT",
)


def value(root: str, key: str, name: str = "") -> object:
    """One value of a key, in the 64-bit or the 32-bit view; "" is the key's default value."""
    for opened in _opened(root, key):
        import winreg

        with opened:
            try:
                return winreg.QueryValueEx(opened, name)[0]
            except OSError:
                continue
    return None


def values(root: str, key: str) -> dict[str, object]:
    """All values of a key by name."""
    found: dict[str, object] = {}
    for opened in _opened(root, key):
        import winreg

        with opened:
            try:
                for index in range(winreg.QueryInfoKey(opened)[1]):
                    name, content, _ = winreg.EnumValue(opened, index)
                    found.setdefault(name, content)
            except OSError:
                continue
    return found


def _opened(root: str, key: str):
    try:
        import winreg
    except ImportError:
        return
    for view in (winreg.KEY_WOW64_64KEY, winreg.KEY_WOW64_32KEY):
        try:
            yield winreg.OpenKey(getattr(winreg, root), key, 0, winreg.KEY_READ | view)
        except OSError:
            continue
