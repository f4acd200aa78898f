"""Writes docs/functions.md from the table of spreadsheet functions."""

from pathlib import Path

from lexp_batch.function_list import functions_markdown
from lexp_calc.functions import FUNCTIONS

PAGE = Path(__file__).parents[1] / "docs" / "functions.md"

if __name__ == "__main__":
    PAGE.write_text(functions_markdown(list(FUNCTIONS.values())), encoding="utf-8", newline="\n")
