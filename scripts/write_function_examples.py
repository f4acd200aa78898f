"""Writes addin/examples.xlsx from the table of spreadsheet functions."""

from pathlib import Path

from workbook_templates.function_examples import write_function_examples

EXAMPLES = Path(__file__).parents[1] / "addin" / "examples.xlsx"

if __name__ == "__main__":
    write_function_examples(EXAMPLES)
