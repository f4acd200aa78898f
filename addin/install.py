"""Installing the add-in into Excel on Windows and macOS, and taking it out again.

Three files on Windows, four on macOS: the add-in in Excel's start folder, the settings that
name the Python to start, xlwings' script (macOS), and a record of what was put where.
"""

import hashlib
import json
import sys
import tempfile
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path

from addin.addin_file import is_lexps
from addin.configuration import (
    decoded,
    encoded,
    own_settings,
    settings_in,
    usable_interpreter,
    with_settings,
    without_settings,
)
from addin.places import MACOS, WINDOWS, Places, places_here
from addin.steps import RemoveFile, Say, Step, WriteFile, carry_out, content_of
from addin.versions import check_xlwings, xlwings_folder, xlwings_version
from lexp_calc.errors import LexpError, NotThere

Build = Callable[[Path], None]
EXAMPLES = Path(__file__).with_name("examples.xlsx")


def install(say: Say, with_excel: bool = False) -> None:
    """Puts the add-in in place for this user and this Python; each step is said in a line.

    A step that fails undoes those before it. `with_excel` has Excel make the file (Windows).
    """
    places = places_here()
    if with_excel and places.system != WINDOWS:
        found = "found no Windows, the one system on which another program can direct Excel so"
        raise NotThere("--with-excel", found, "to leave it out would be right")
    check_xlwings()
    interpreter = usable_interpreter(sys.executable, places)
    record = _record(places)
    refuse_foreign(places.addin, record)
    content = _built(_by_excel(say) if with_excel else _by_us)
    carry_out(_steps(places, interpreter, content, record), say)
    say(f"every function on live cells: {EXAMPLES}")
    say("start Excel again: its ribbon has a tab LEXP; `lexp doctor` looks whether all is well")
    if places.system == MACOS:
        say("on macOS the ribbon works, and functions in cells do not: xlwings has none there")


def uninstall(say: Say) -> None:
    """Takes out what `install` put in place; the user's own settings and files stay."""
    places = places_here()
    record = _record(places)
    steps = [*_removals(places, record, say)]
    if not steps:
        say("there was nothing to take out")
        return
    carry_out(steps, say)
    if places.system == WINDOWS:
        with suppress(OSError):  # not empty: something of the user's lies there
            places.conf_folder.rmdir()


def refuse_foreign(addin: Path, record: dict[str, str]) -> None:
    """Refuses to write over a file of the add-in's name that somebody else put there."""
    content = content_of(addin)
    if content is not None and not _is_ours(addin, content, record):
        found = "found a file of this name that lexp did not put there"
        raise LexpError(str(addin), found, "to move it to another folder would be right")


def _is_ours(path: Path, content: bytes, record: dict[str, str]) -> bool:
    return record.get(str(path)) == _digest(content) or is_lexps(path)


def _by_us(path: Path) -> None:
    from addin.build import build_xlam

    build_xlam(path)


def _by_excel(say: Say) -> Build:
    from addin.excel_makes_addin import make_with_excel

    return lambda path: make_with_excel(path, say)


def _built(build: Build) -> bytes:
    # Not Windows' short names with a tilde, which a COM server may know differently.
    with tempfile.TemporaryDirectory(prefix="lexp-") as folder:
        path = Path(folder).resolve() / "lexp.xlam"
        build(path)
        return path.read_bytes()


def _steps(
    places: Places, interpreter: str, content: bytes, record: dict[str, str]
) -> Iterable[Step]:
    put = {str(places.addin): _digest(content)}
    yield WriteFile(places.addin, content, "the add-in", _work_folder(places.addin))
    text = decoded(content_of(places.conf) or b"", places)
    settings = with_settings(text, own_settings(places, interpreter))
    yield WriteFile(places.conf, encoded(settings, places), "its settings")
    if places.script_folder is not None:
        name = f"xlwings-{xlwings_version()}.applescript"
        script = places.script_folder / name
        source = (xlwings_folder() / name).read_bytes()
        # One that was there before, of xlwings' own, is not ours to take out.
        if content_of(script) != source or str(script) in record:
            put[str(script)] = _digest(source)
        yield WriteFile(script, source, "xlwings' script, which starts Python")
        yield from _script_removals(places, record, say=None, but=script)
    text = json.dumps(put, indent=1, ensure_ascii=False)
    yield WriteFile(places.record, text.encode("utf-8", "surrogateescape"), "a record of this")


def _work_folder(addin: Path) -> Path | None:
    above = addin.parent.parent
    return above if above.is_dir() else None


def _removals(places: Places, record: dict[str, str], say: Say) -> Iterable[Step]:
    content = content_of(places.addin)
    if content is not None:
        if _is_ours(places.addin, content, record):
            yield RemoveFile(places.addin, "the add-in", places.conf_folder)
        else:
            say(f"left where it is, as lexp did not put it there: {places.addin}")
    content = content_of(places.conf)
    if content is not None:
        yield from _settings_removal(places, content)
    yield from _script_removals(places, record, say)
    if content_of(places.record) is not None:
        yield RemoveFile(places.record, "the record of the installation")


def _script_removals(
    places: Places, record: dict[str, str], say: Say | None, but: Path | None = None
) -> Iterable[Step]:
    """The scripts that were put in place, by this or an earlier version, and not changed since."""
    for name, digest in record.items():
        script = Path(name)
        if script.parent != places.script_folder or script == but:
            continue
        content = content_of(script)
        if content is not None and _digest(content) == digest:
            yield RemoveFile(script, "xlwings' script")
        elif content is not None and say is not None:
            say(f"left where it is, as it was changed since: {script}")


def _settings_removal(places: Places, content: bytes) -> Iterable[Step]:
    text = decoded(content, places)
    ours = own_settings(places, "")
    if not {key.upper() for key in ours} & set(settings_in(text)):
        return
    kept = without_settings(text, ours)
    if kept.strip():
        yield WriteFile(places.conf, encoded(kept, places), "the settings, your own kept")
    else:
        yield RemoveFile(places.conf, "its settings")


def _record(places: Places) -> dict[str, str]:
    """What was put where, path to SHA-256; a record that cannot be read says nothing."""
    try:
        found = json.loads(content_of(places.record) or b"{}")
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
