"""The functions in LibreOffice Calc: an extension made from the registry, and its worker."""

from addin.calc.extension import build_oxt

__all__ = ["build_oxt"]
