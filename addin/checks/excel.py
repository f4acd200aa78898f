"""Excel itself, the add-in in its start folder, and a second one that would be in its way."""

import os
import plistlib
import struct
import sys
from functools import cache
from pathlib import Path

from addin.addin_file import LEXP_VERSION, XLWINGS_VERSION, settings_of
from addin.checks.check import INSTALL, MISSING, NOTE, OK, WRONG, Check
from addin.places import ADDIN_NAME, MACOS, WINDOWS, Places
from addin.versions import lexp_version, xlwings_version
from addin.windows_registry import CLASSES, CURRENT_USER, LOCAL_MACHINE, value, values

APP_PATH = r"SOFTWARE\Microsoft\Windows\CurrentVersion\App Paths\excel.exe"
CLICK_TO_RUN = r"SOFTWARE\Microsoft\Office\ClickToRun\Configuration"
MAC_APPLICATIONS = (Path("/Applications"), Path.home() / "Applications")
# The machine of a Windows program, as its header has it.
BITS = {0x014C: 32, 0x8664: 64, 0xAA64: 64}


def excel(places: Places) -> Check:
    """Whether Excel is here, with its version and, on Windows, whether it is of 32 or 64 bit."""
    if places.system == MACOS:
        return _excel_on_macos()
    program = excel_program()
    if program is None and not _registered():
        return Check(
            "Excel",
            MISSING,
            "not found among the programs of this machine",
            "install Excel for the desktop (Excel on the web runs no such add-ins)",
        )
    version = value(LOCAL_MACHINE, CLICK_TO_RUN, "VersionToReport") or office_version()
    bits = excel_bits()
    words = [f"version {version}", f"{bits} bit" if bits else "", str(program or "")]
    return Check("Excel", OK, ", ".join(filter(None, words)))


def _excel_on_macos() -> Check:
    for folder in MAC_APPLICATIONS:
        application = folder / "Microsoft Excel.app"
        if application.is_dir():
            try:
                contents = (application / "Contents" / "Info.plist").read_bytes()
                version = plistlib.loads(contents).get("CFBundleShortVersionString", "unknown")
            except (OSError, ValueError, plistlib.InvalidFileException):
                version = "unknown"
            return Check("Excel", OK, f"version {version}, {application}")
    return Check("Excel", MISSING, "not found in /Applications", "install Excel for the Mac")


@cache
def excel_program() -> Path | None:
    """Excel's program file on Windows, if its place is registered and it is there."""
    for root in (LOCAL_MACHINE, CURRENT_USER):
        path = value(root, APP_PATH)
        if isinstance(path, str) and path.strip('"'):
            program = Path(os.path.expandvars(path.strip('"')))
            if program.exists():
                return program
    return None


@cache
def excel_bits() -> int | None:
    """32 or 64, from the program's header; None where it cannot be read."""
    program = excel_program()
    if program is None:
        return None
    try:
        with open(program, "rb") as file:
            start = file.read(64)
            (header,) = struct.unpack_from("<I", start, 0x3C)
            file.seek(header)
            found = file.read(6)
    except (OSError, struct.error):
        return None
    if len(found) < 6 or found[:4] != b"PE\0\0":
        return None
    return BITS.get(struct.unpack_from("<H", found, 4)[0])


def _registered() -> str:
    current = value(CLASSES, r"Excel.Application\CurVer")
    return current if isinstance(current, str) else ""


def office_version() -> str:
    """The version under which Office keeps its settings: 16.0 since 2016."""
    number = _registered().rpartition(".")[2]
    return f"{number}.0" if number.isdigit() else "16.0"


def addin(places: Places) -> Check:
    """Whether the add-in is in Excel's start folder, made by this lexp for this xlwings."""
    name = "the add-in"
    if not places.addin.exists():
        return Check(name, MISSING, f"not there: {places.addin}", INSTALL)
    settings = settings_of(places.addin)
    if settings is None or LEXP_VERSION not in settings:
        todo = f"move it to another folder and {INSTALL}"
        return Check(name, WRONG, f"not an add-in of lexp: {places.addin}", todo)
    made_by = (settings[LEXP_VERSION], settings.get(XLWINGS_VERSION, ""))
    here = (lexp_version(), xlwings_version())
    of = f"of lexp {made_by[0]} for xlwings {made_by[1] or 'unknown'}"
    if made_by != here:
        found = f"{of}; here are lexp {here[0]}, xlwings {here[1] or 'none'}"
        return Check(name, WRONG, found, INSTALL)
    return Check(name, OK, f"{of}, {places.addin}")


def other_addins(places: Places) -> Check:
    """A second add-in of lexp that Excel would open too, from another folder."""
    name = "only one add-in"
    found = [str(path) for path in _others(places) if path != places.addin]
    found += _in_the_addin_manager(places)
    if found:
        todo = "take it out (File, Options, Add-ins, Go, or delete the file)"
        return Check(name, WRONG, f"Excel also opens {', '.join(found)}", todo)
    return Check(name, OK, "no second one in the folders that Excel opens")


def _others(places: Places):
    folders = {places.start_folder}
    program = excel_program() if places.system == WINDOWS else None
    if program is not None:
        folders.add(program.parent / "XLSTART")
    if places.system == WINDOWS:
        key = rf"Software\Microsoft\Office\{office_version()}\Excel\Options"
        moved = value(CURRENT_USER, key, "AltStartup")
        if isinstance(moved, str) and moved:
            folders.add(Path(os.path.expandvars(moved)))
    for folder in sorted(folders):
        try:
            yield from (each for each in folder.iterdir() if _is_an_addin_of_lexp(each))
        except OSError:
            continue


def _is_an_addin_of_lexp(path: Path) -> bool:
    if path.suffix.casefold() not in (".xlam", ".xlsm"):
        return False
    return path.name.casefold() == ADDIN_NAME or LEXP_VERSION in (settings_of(path) or {})


def _in_the_addin_manager(places: Places) -> list[str]:
    """What Excel's add-in manager opens beside the start folder."""
    if places.system != WINDOWS:
        return []
    key = rf"Software\Microsoft\Office\{office_version()}\Excel\Options"
    opened = [str(each) for name, each in values(CURRENT_USER, key).items() if name[:4] == "OPEN"]
    return [each for each in opened if ADDIN_NAME in each.casefold()]


def disabled_by_excel(places: Places) -> Check | None:
    """Whether Excel has put the add-in on its list of files that made it fail (Windows)."""
    if places.system != WINDOWS:
        return None
    key = rf"Software\Microsoft\Office\{office_version()}\Excel\Resiliency\DisabledItems"
    name = "not disabled by Excel"
    for content in values(CURRENT_USER, key).values():
        text = content.decode("utf-16-le", "ignore") if isinstance(content, bytes) else ""
        if ADDIN_NAME in text.casefold():
            todo = "in Excel: File, Options, Add-ins, Manage: Disabled Items, Go, Enable"
            return Check(name, WRONG, "Excel has disabled it after a failure at its start", todo)
    return Check(name, OK, "not on Excel's list of disabled items")


def elsewhere() -> Check:
    """Where there is no Excel at all."""
    return Check("Excel", NOTE, f"Excel runs on Windows and macOS (this is {sys.platform})")
