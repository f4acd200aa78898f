"""Placeholder until the add-in's own log is merged."""

import logging


def log_fault(failure):
    logging.getLogger("lexp").error("fault", exc_info=failure)
    return "a fault of the program and not of your input; the details are in the log"


def log_reason(reason):
    logging.getLogger("lexp").info("%s", reason)
