"""The add-in's file for Excel, built anywhere from the registry of functions."""

from addin.build.xlam import build_xlam, vba_sources, write_vba_sources

__all__ = ["build_xlam", "vba_sources", "write_vba_sources"]
