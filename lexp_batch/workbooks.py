"""The workbooks of deals: one a tranche and one for the whole deal, each in the deal's folder."""

from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from lexp_batch.manifest import MadeFile, file_hash, write_manifest
from lexp_calc import project, read_term_sheet
from lexp_calc.deal import Deal, Projection
from lexp_calc.errors import LexpError, OutOfRange
from lexp_calc.spelling import named
from lexp_calc.tranches.revolver import Revolver
from workbook_templates import write_workbook
from workbook_templates.libreoffice import LibreOffice
from workbook_templates.pdf import pdf_path, write_pdf

TIME_LIMIT = 120.0  # seconds for LibreOffice's start, and for the print of each workbook


@dataclass(frozen=True)
class Outcome:
    """A file that was written, or the problem that kept it from being written."""

    path: str
    problem: Exception | None = None


def write_workbooks(
    term_sheets: Iterable[str],
    out: str,
    scenario: str | None,
    inputs: dict[str, object],
    tranches: Iterable[str],
    paper: str = "A4",
    pdf: bool = False,
) -> Iterator[Outcome]:
    """Writes the workbooks of each term sheet; one that fails does not stop the others.

    The outcomes come as the files are written. A term sheet or scenario that is refused
    writes nothing. Without `tranches` all of them and the whole deal's are written. With
    `pdf` LibreOffice prints each, to a file of its own beside the workbook; where it cannot be
    started, that is one problem, and the workbooks are written all the same.
    """
    with ExitStack() as stack:
        printer = None
        if pdf:
            try:
                printer = stack.enter_context(LibreOffice(TIME_LIMIT))
            except LexpError as problem:
                yield Outcome("--pdf", problem.at("--pdf"))
        yield from _write_all(term_sheets, out, scenario, inputs, tranches, paper, printer)


def _write_all(term_sheets, out, scenario, inputs, tranches, paper, printer) -> Iterator[Outcome]:
    folders: dict[str, str] = {}
    for term_sheet in term_sheets:
        try:
            deal = read_term_sheet(term_sheet)
            projection, wanted = _asked_for(term_sheet, deal, scenario, inputs, tranches)
            if deal.id in folders:
                raise OutOfRange(
                    f"{term_sheet}: id",
                    f'found "{deal.id}", which {folders[deal.id]} has too',
                    "an id of its own for each deal would be right",
                )
            folders[deal.id] = term_sheet
            folder = _made_folder(Path(out) / deal.id)
        except Exception as failure:  # one item of the batch: the caller says what it was
            yield Outcome(str(term_sheet), failure)
            continue
        yield from _write_deal(projection, folder, wanted, paper, printer)


def _asked_for(
    term_sheet: str,
    deal: Deal,
    scenario: str | None,
    inputs: dict[str, object],
    tranches: Iterable[str],
) -> tuple[Projection, tuple[str | None, ...]]:
    """The projection and the workbooks that were asked for, or a problem with the file's name."""
    try:
        projection, wanted = project(deal, scenario, inputs), _wanted(deal, tranches)
        for tranche_id, tranche in deal.tranche.items():
            if isinstance(tranche, Revolver):
                projection.certificate(tranche_id)  # collateral that cannot be: nothing is written
        return projection, wanted
    except LexpError as problem:
        raise problem.at(str(term_sheet)) from None


def _wanted(deal: Deal, tranches: Iterable[str]) -> tuple[str | None, ...]:
    """The tranches to write, in the deal's order; None stands for the whole deal."""
    asked = {named(deal.tranche, each, "tranche") for each in tranches}
    if asked:
        return tuple(each for each in deal.tranche if each in asked)
    return (*deal.tranche, None)


def _made_folder(folder: Path) -> Path:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as failure:
        raise LexpError(
            str(folder),
            f"the folder cannot be made ({failure.strerror})",
            "choose another with --out",
        ) from None
    return folder


def _write_deal(
    projection: Projection,
    folder: Path,
    wanted: tuple[str | None, ...],
    paper: str,
    printer: LibreOffice | None,
) -> Iterator[Outcome]:
    deal = projection.deal
    made: list[MadeFile] = []
    for tranche_id in wanted:
        path = folder / f"{deal.id}_{tranche_id or 'deal'}.xlsx"
        try:
            write_workbook(projection, path, tranche_id, paper)
            made.append(MadeFile(path.name, tranche_id, file_hash(path)))
        except Exception as failure:  # one item of the batch: the others are still written
            yield Outcome(str(path), failure)
        else:
            yield Outcome(str(path))
            if printer is not None:
                yield _printed(printer, path)
    if not made:
        return
    try:
        manifest = write_manifest(
            folder, deal.id, deal.term_sheet_sha256, projection.scenario_name, made
        )
    except Exception as failure:
        yield Outcome(str(folder), failure)
    else:
        yield Outcome(str(manifest))


def _printed(printer: LibreOffice, workbook: Path) -> Outcome:
    path = pdf_path(workbook)
    try:
        write_pdf(printer, workbook, path)
    except Exception as failure:  # one item of the batch: the others are still printed
        return Outcome(str(path), failure)
    return Outcome(str(path))
