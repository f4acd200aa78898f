"""Terms and projections as formatted, live workbooks."""

__all__ = ["write_workbook"]


def __getattr__(name: str):
    # Loaded when it is asked for: who only replaces a file, or looks into one, needs no openpyxl.
    if name == "write_workbook":
        from workbook_templates.workbook import write_workbook

        return write_workbook
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
