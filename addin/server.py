"""The process that answers Excel's calls: xlwings' COM server, started quickly."""

from importlib import import_module

from addin.light_start import import_xlwings
from addin.log_file import log_fault, logger
from addin.versions import lexp_version

FUNCTIONS_MODULE = "addin.udfs"


def serve(class_id: str) -> None:
    """Serves Excel under the class id that xlwings' DLL has chosen, until Excel ends it.

    The functions are loaded first, so that the first cell does not wait for them.
    """
    try:
        xlwings = import_xlwings()
        import_module(FUNCTIONS_MODULE)
        logger().info("Excel's functions are started, lexp %s", lexp_version())
        xlwings.serve(class_id)
    except Exception as failure:  # the outer shell: Excel shows nothing of this process
        log_fault(failure)
        raise
