"""lexp.oxt: the extension that brings the functions into LibreOffice Calc."""

import json
import sys
from pathlib import Path

from addin.calc.interface import add_in_configuration
from addin.zip_package import write_package
from lexp_calc import __version__

HERE = Path(__file__).parent
IDENTIFIER = "lexp.calc"
TYPES = HERE / "types.rdb"
# In this order, as each needs those before it. The program's second module goes into the folder
# that LibreOffice puts on its path.
PARTS = {
    "types.rdb": "application/vnd.sun.star.uno-typelibrary;type=RDB",
    "component.py": "application/vnd.sun.star.uno-component;type=Python",
    "stored_formulas.py": "application/vnd.sun.star.uno-component;type=Python",
    "CalcAddIns.xcu": "application/vnd.sun.star.configuration-data",
    "Jobs.xcu": "application/vnd.sun.star.configuration-data",
}
WORKER_MODULE = "lexp_worker_process.py"
SETTINGS = "interpreter.json"
DESCRIPTION = """\
<?xml version="1.0" encoding="UTF-8"?>
<description xmlns="http://openoffice.org/extensions/description/2006"
    xmlns:d="http://openoffice.org/extensions/description/2006"
    xmlns:l="http://libreoffice.org/extensions/description/2011">
  <identifier value="{identifier}"/>
  <version value="{version}"/>
  <dependencies>
    <l:LibreOffice-minimal-version value="7.4" d:name="LibreOffice 7.4"/>
  </dependencies>
  <display-name><name lang="en">lexp: corporate debt</name></display-name>
</description>
"""
# When a document has been loaded.
JOBS = """\
<?xml version="1.0" encoding="UTF-8"?>
<oor:component-data xmlns:oor="http://openoffice.org/2001/registry"
    oor:name="Jobs" oor:package="org.openoffice.Office">
  <node oor:name="Jobs">
    <node oor:name="lexp.calc.StoredFormulas" oor:op="replace">
      <prop oor:name="Service"><value>lexp.calc.StoredFormulas</value></prop>
    </node>
  </node>
  <node oor:name="Events">
    <node oor:name="OnLoad" oor:op="fuse">
      <node oor:name="JobList">
        <node oor:name="lexp.calc.StoredFormulas" oor:op="replace"/>
      </node>
    </node>
  </node>
</oor:component-data>
"""


def worker_settings() -> dict:
    """Which Python runs lexp: this one, with this very package on its path."""
    return {"interpreter": sys.executable, "path": str(HERE.parents[1])}


def build_oxt(path: Path) -> None:
    """Write the extension: from the same installation the same bytes, whole or not at all.

    It names the Python that built it as the one that computes.
    """
    write_package(Path(path), _contents())


def _contents() -> dict[str, bytes | str]:
    return {
        "META-INF/manifest.xml": _manifest(),
        "description.xml": DESCRIPTION.format(identifier=IDENTIFIER, version=__version__),
        "types.rdb": TYPES.read_bytes(),
        "component.py": (HERE / "component.py").read_bytes(),
        f"pythonpath/{WORKER_MODULE}": (HERE / WORKER_MODULE).read_bytes(),
        "stored_formulas.py": (HERE / "stored_formulas.py").read_bytes(),
        "CalcAddIns.xcu": add_in_configuration(),
        "Jobs.xcu": JOBS,
        SETTINGS: json.dumps(worker_settings(), indent=1) + "\n",
    }


def _manifest() -> str:
    entries = "".join(
        f'<manifest:file-entry manifest:full-path="{name}" manifest:media-type="{kind}"/>\n'
        for name, kind in PARTS.items()
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<manifest:manifest xmlns:manifest="http://openoffice.org/2001/manifest">\n'
        f"{entries}</manifest:manifest>\n"
    )
