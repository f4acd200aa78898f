"""The second engines by name, and the one that a machine has."""

from lexp_calc.errors import NotThere
from lexp_calc.spelling import named
from workbook_templates import formulon_engine, libreoffice
from workbook_templates.engine_process import EngineProcess

# The first that is installed is taken where none is named.
ENGINES: dict[str, type[EngineProcess]] = {
    "libreoffice": libreoffice.LibreOffice,
    "formulon": formulon_engine.Formulon,
}
HOW_TO_INSTALL = f"{libreoffice.HOW_TO_INSTALL}, or: {formulon_engine.HOW_TO_INSTALL}"


def started_engine(name: str | None = None, time_limit: float = 60.0) -> EngineProcess:
    """The engine of this name, or the first that is installed, running; the caller closes it.

    NotThere, saying what to install, where there is none.
    """
    if name is not None:
        engine = ENGINES[named(ENGINES, name, "engine")](time_limit)
        engine.start()
        return engine
    for kind in ENGINES.values():
        engine = kind(time_limit)
        try:
            engine.start()
        except NotThere:
            continue
        return engine
    raise NotThere("second engine", "found none on this machine", HOW_TO_INSTALL)
