"""Where the parts of the add-in lie on a system: folders of Excel, and of the user."""

import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from lexp_calc.errors import NotThere

ADDIN_NAME = "lexp.xlam"
CONF_NAME = "lexp.conf"
RECORD_NAME = "lexp-installed.json"
WINDOWS, MACOS = "win32", "darwin"


@dataclass(frozen=True)
class Places:
    """Where Excel and xlwings look for the add-in's parts on one system.

    `conf_encoding` is what Excel's VBA reads text files in: on Windows the code page of the
    system. `script_folder` is where macOS lets Excel start scripts; None on Windows.
    """

    system: str
    start_folder: Path
    conf_folder: Path
    conf_encoding: str
    script_folder: Path | None = None

    @property
    def addin(self) -> Path:
        """The add-in in the folder from which Excel opens every file at its start."""
        return self.start_folder / ADDIN_NAME

    @property
    def conf(self) -> Path:
        """The settings that the add-in reads: above all which Python to start."""
        return self.conf_folder / CONF_NAME

    @property
    def record(self) -> Path:
        """What an installation has put where, for taking it out again."""
        return self.conf_folder / RECORD_NAME

    @property
    def interpreter_key(self) -> str:
        """The setting that names the Python."""
        return "INTERPRETER_WIN" if self.system == WINDOWS else "INTERPRETER_MAC"


def places_of(system: str, environment: Mapping[str, str], home: Path) -> Places:
    """The places on a system; refused where Excel does not run, or Windows does not say them."""
    if system == WINDOWS:
        roaming = _folder(environment, "APPDATA")
        profile = _folder(environment, "USERPROFILE")
        start = roaming / "Microsoft" / "Excel" / "XLSTART"
        return Places(system, start, profile / ".lexp", "mbcs")
    if system == MACOS:
        office = home / "Library" / "Group Containers" / "UBF8T346G9.Office"
        start = office / "User Content.localized" / "Startup.localized" / "Excel"
        conf = home / "Library" / "Containers" / "com.microsoft.Excel" / "Data"
        scripts = home / "Library" / "Application Scripts" / "com.microsoft.Excel"
        return Places(system, start, conf, "utf-8", scripts)
    raise NotThere(
        "lexp addin",
        f"found the system {system}, on which Excel does not run",
        "LibreOffice Calc would be right: lexp addin install --calc (and uninstall --calc)",
    )


def places_here() -> Places:
    """The places of the user who runs this."""
    return places_of(sys.platform, os.environ, Path.home())


def _folder(environment: Mapping[str, str], name: str) -> Path:
    value = environment.get(name, "")
    if not value or not Path(value).is_absolute():
        found = f'found "{value}"' if value else "found it not set"
        raise NotThere(
            f"the environment variable {name}",
            found,
            "your Windows user's folder would be right; run this in a command prompt of your own",
        )
    return Path(value)


def documents_folder() -> Path:
    """The user's folder of documents; on Windows it may be moved, into OneDrive for one."""
    if sys.platform == WINDOWS:
        from addin.windows_registry import CURRENT_USER, value

        key = r"Software\Microsoft\Windows\CurrentVersion\Explorer\User Shell Folders"
        moved = value(CURRENT_USER, key, "Personal")
        if isinstance(moved, str) and moved:
            return Path(os.path.expandvars(moved))
    return Path.home() / "Documents"
