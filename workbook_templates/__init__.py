"""Terms and projections as formatted, live workbooks."""

from workbook_templates.workbook import write_workbook

__all__ = ["write_workbook"]
