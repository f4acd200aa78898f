"""Which lexp makes a workbook: what its bytes hang on beside the deal's own terms.

The version alone would not tell a changed template from the one before, so the sources count. The
library that packs the file counts too: another zlib may pack the same content into other bytes.
"""

import json
import zlib
from dataclasses import asdict, dataclass
from functools import cache
from hashlib import sha256
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

PACKAGES = "lexp_calc", "workbook_templates"
KINDS = ".py", ".csv", ".toml"


@dataclass(frozen=True)
class Product:
    """Versions, and one hash over the sources of the core and of the templates."""

    lexp: str
    sources: str
    openpyxl: str
    zlib: str

    @property
    def key(self) -> str:
        """The SHA-256 of all of it."""
        return sha256(json.dumps(asdict(self), sort_keys=True).encode()).hexdigest()

    def __str__(self) -> str:
        return (
            f"lexp {self.lexp} (sources {self.sources[:8]}, openpyxl {self.openpyxl}, "
            f"zlib {self.zlib})"
        )


@cache
def product() -> Product:
    """The one that runs here."""
    from lexp_calc import __version__

    return Product(__version__, _sources(), version("openpyxl"), zlib.ZLIB_RUNTIME_VERSION)


def _sources() -> str:
    """One hash over the sources, whatever ends their lines."""
    digest = sha256()
    for package in PACKAGES:
        folder = Path(find_spec(package).origin).parent
        files = (each for each in folder.rglob("*") if each.suffix in KINDS)
        named = {each.relative_to(folder).as_posix(): each for each in files}
        for name in sorted(named):
            content = named[name].read_bytes().replace(b"\r\n", b"\n")
            digest.update(f"{package}/{name} {len(content)}\n".encode())
            digest.update(content)
    return digest.hexdigest()
