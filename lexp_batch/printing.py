"""The prints of a batch's workbooks: one LibreOffice, once the workbooks are there.

The driver prints, one after another: LibreOffice takes as much memory as ten workers, and a
worker that is killed would leave it running.
"""

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

from lexp_batch.deal_state import DealState, Outcome, is_content
from lexp_batch.manifest import file_hash
from lexp_batch.records import Record, Records
from lexp_batch.stopping import Stop
from lexp_calc.errors import LexpError
from workbook_templates.libreoffice import LibreOffice
from workbook_templates.pdf import pdf_path, write_pdf

TIME_LIMIT = 120.0  # seconds for LibreOffice's start, and for the print of each workbook


def printed(
    workbooks: list[tuple[DealState, str]], records: Records, again: bool, stop: Stop
) -> Iterator[Outcome]:
    """Prints each workbook of a deal beside it, unless that is up to date.

    Where LibreOffice cannot be started, that is one problem for all.
    """
    with ExitStack() as stack:
        printer = None
        for state, name in workbooks:
            if stop.asked:
                return
            workbook = state.record(name)
            path = pdf_path(state.plan.folder / name)
            pdf = replace(workbook, name=pdf_path(Path(name)).as_posix(), key=workbook.sha256)
            if not again and _is_up_to_date(state.record(pdf.name), pdf, path):
                yield Outcome(str(path), is_new=False)
                continue
            if printer is None:
                try:
                    printer = stack.enter_context(LibreOffice(TIME_LIMIT))
                except LexpError as problem:
                    yield Outcome("--pdf", problem.at("--pdf"))
                    return
            try:
                write_pdf(printer, state.plan.folder / name, path)
                records.keep(state.plan.deal_id, [replace(pdf, sha256=file_hash(path))])
            except Exception as failure:  # one item of the batch: the others are still printed
                yield Outcome(str(path), failure)
            else:
                yield Outcome(str(path))


def _is_up_to_date(record: Record | None, pdf: Record, path) -> bool:
    """A print is made from a workbook: that one's hash is its key."""
    return record is not None and record.key == pdf.key and is_content(path, record.sha256)
