"""What keeps Windows from running the add-in's macros: settings, policies, a mark on the file.

Excel's start folder is among its trusted locations, where macros run whatever the macro
setting says; policies may switch those locations off. After Microsoft's documentation.
"""

import os
from pathlib import Path

from addin.checks.check import INSTALL, NOTE, OK, WRONG, Check
from addin.checks.excel import office_version
from addin.places import WINDOWS, Places
from addin.windows_registry import CURRENT_USER, LOCAL_MACHINE, value

NAME = "macros"
ADMINISTRATOR = "ask your administrator"
TRUST_CENTER = "in Excel: File, Options, Trust Center, Trust Center Settings"
# The macro settings, by the number that the registry has.
ENABLED, ASK, SIGNED_ONLY, NONE = 1, 2, 3, 4
WARNINGS = {
    ENABLED: "all macros are enabled",
    ASK: "Excel asks before it runs macros",
    SIGNED_ONLY: "macros without a signature are disabled",
    NONE: "all macros are disabled without a word",
}


def macros(places: Places) -> list[Check]:
    """Each thing that blocks macros here, or one line that nothing does (Windows)."""
    if places.system != WINDOWS:
        return []
    found = [*_switched_off(), *_locations(), *_mark_of_the_web(places.addin)]
    if any(each.is_problem for each in found):
        return found
    number = _setting("VBAWarnings") or ASK
    words = WARNINGS.get(number, f"macro setting {number}")
    told = "" if number in (ENABLED, ASK) else "; the start folder is trusted all the same"
    return [*found, Check(NAME, OK, f"{words}{told}")]


def _setting(name: str, key: str = r"Excel\Security") -> object:
    """A setting of Office: what a policy says, else what the user chose."""
    version = office_version()
    for root, before in (
        (CURRENT_USER, r"Software\Policies\Microsoft\Office"),
        (CURRENT_USER, r"Software\Policies\Microsoft\Cloud\Office"),
        (LOCAL_MACHINE, r"Software\Policies\Microsoft\Office"),
        (CURRENT_USER, r"Software\Microsoft\Office"),
    ):
        found = value(root, rf"{before}\{version}\{key}", name)
        if found is not None:
            return found
    return None


def _switched_off():
    if _setting("VBAOff", "Common") == 1:
        yield Check(NAME, WRONG, "Visual Basic is switched off in Office (VBAOff)", ADMINISTRATOR)
    if _setting("DisableAllAddins") == 1:
        todo = f"{TRUST_CENTER}, Add-ins; or {ADMINISTRATOR}"
        yield Check(NAME, WRONG, "all add-ins are disabled (DisableAllAddins)", todo)
    if _setting("RequireAddinSig") == 1:
        found = "add-ins without a signature are disabled (RequireAddinSig), and lexp has none"
        yield Check(NAME, WRONG, found, f"{TRUST_CENTER}, Add-ins; or {ADMINISTRATOR}")


def _locations():
    """Where the trusted locations are off, the macro setting decides."""
    if _setting("AllLocationsDisabled", r"Excel\Security\Trusted Locations") != 1:
        return
    found = "trusted locations are switched off (AllLocationsDisabled)"
    number = _setting("VBAWarnings") or ASK
    if number in (SIGNED_ONLY, NONE):
        todo = f"{TRUST_CENTER}, Trusted Locations; or {ADMINISTRATOR}"
        yield Check(NAME, WRONG, f"{found}, and {WARNINGS[number]}", todo)
    else:
        yield Check(NAME, NOTE, f"{found}: {WARNINGS.get(number, number)}")


def _mark_of_the_web(addin: Path):
    """The mark that Windows puts on what came from the internet, by mail or out of a .zip."""
    try:
        with open(f"{os.fspath(addin)}:Zone.Identifier", encoding="latin-1") as stream:
            mark = stream.read(4096)
    except OSError:
        return
    zone = next((line[7:].strip() for line in mark.splitlines() if line[:7] == "ZoneId="), "")
    if zone not in ("3", "4"):
        return
    found = "the add-in is marked as from the internet"
    if _setting("blockcontentexecutionfrominternet") == 1:
        found += ", and a policy blocks such macros"
    todo = f"{INSTALL}, which writes it without the mark (or its Properties: Unblock)"
    yield Check(NAME, WRONG, found, todo)
