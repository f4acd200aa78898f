"""The term sheet that the tests change, written to a file and read again."""

import shutil

import pytest

from lexp_calc import LexpError, read_term_sheet
from tests.lexp_calc.term_sheet_text import PACKAGE


@pytest.fixture
def term_sheet(tmp_path):
    """Writes and reads a term sheet: the deal, or the refusal's lines without the file's name."""
    shutil.copytree(PACKAGE / "data", tmp_path / "data")
    (tmp_path / "deals").mkdir()
    path = tmp_path / "deals" / "deal.toml"

    def read(content):
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        try:
            return read_term_sheet(path)
        except LexpError as problem:
            lines = str(problem).splitlines()
            assert all(line.startswith(f"{path}: ") for line in lines)
            return [line.removeprefix(f"{path}: ") for line in lines]

    return read
