"""Writes docs/pictures/*.png: the Summary of each workbook, as LibreOffice prints it.

    python scripts/write_pictures.py [DEAL ...]    none named: the built-in deal, all examples

Needs LibreOffice, pdftoppm and pdftotext. A page is found by its footer, which begins with the
sheet's title.
"""

import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from lexp_calc import project, read_term_sheet
from workbook_templates import write_workbook
from workbook_templates.libreoffice import LibreOffice

ROOT = Path(__file__).parents[1]
PICTURES = ROOT / "docs" / "pictures"
DOTS_PER_INCH = 80
# Beside the Summaries: pages that the README shows, by deal and tranche.
MORE_SHEETS = {
    ("lexp-2003", "term-loan"): ("Schedule",),
    ("asset-based-revolver", "revolver"): ("Borrowing base",),
    ("club-deal", "term-loan"): ("Your share",),
}
# A tranche of which one lender's own copy is shown.
COPIES = {("club-deal", "term-loan"): "northgate"}


def page_of(pdf: Path, sheet: str) -> int:
    """The first page whose footer names the sheet."""
    words = ["pdftotext", "-layout", pdf, "-"]
    pages = subprocess.run(words, capture_output=True, check=True, encoding="utf-8").stdout
    for number, page in enumerate(pages.split("\f"), 1):
        lines = [line.strip() for line in page.splitlines() if line.strip()]
        if lines and lines[-1].startswith(f"{sheet}  "):
            return number
    raise SystemExit(f"{pdf.name}: no page of the sheet {sheet}")


def write_picture(pdf: Path, sheet: str, picture: Path) -> None:
    """One sheet's first page as a PNG."""
    number = str(page_of(pdf, sheet))
    words = [
        "pdftoppm",
        "-png",
        "-singlefile",
        "-r",
        str(DOTS_PER_INCH),
        "-f",
        number,
        "-l",
        number,
    ]
    subprocess.run([*words, pdf, picture.with_suffix("")], check=True)
    print(picture.relative_to(ROOT))


def write_deal(engine: LibreOffice, name: str, folder: Path) -> None:
    """The Summary of each of a deal's workbooks."""
    example = ROOT / "examples" / f"{name}.toml"
    deal = read_term_sheet(example if example.exists() else name)
    projection = project(deal)
    for tranche in (*deal.tranche, None):
        stem = f"{deal.id}_{tranche or 'deal'}"
        workbook = folder / f"{stem}.xlsx"
        write_workbook(projection, workbook, tranche, lender=COPIES.get((deal.id, tranche)))
        pdf = engine.to_pdf(workbook, folder)
        for sheet in ("Summary", *MORE_SHEETS.get((deal.id, tranche), ())):
            words = sheet.lower().replace(" ", "-")
            write_picture(pdf, sheet, PICTURES / f"{stem}_{words}.png")


def main(names: list[str]) -> None:
    """All deals named, or all there are."""
    examples = sorted(path.stem for path in (ROOT / "examples").glob("*.toml"))
    with LibreOffice(120.0) as engine, TemporaryDirectory() as folder:
        for name in names or ["lexp-2003", *examples]:
            write_deal(engine, name, Path(folder))


if __name__ == "__main__":
    main(sys.argv[1:])
