"""lexp check of files with anything wrong: problems with their lines, and never a fault."""

import random
import re
import shutil
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lexp_batch.checking import check_term_sheet
from lexp_calc import LexpError
from tests.lexp_batch.term_sheets import PRIME
from tests.lexp_calc.test_term_sheet_fuzz import PLACES, TABLES, replaced
from tests.lexp_calc.toml_writer import Writer

WRONG = st.sampled_from(
    [True, 0, -1, 45, 1201, 10**13, Decimal("0.005"), Decimal("8.25"), "", "x", "prime", "5%",
     "101%", "revolver", "closing", "historical", "bullet", "notes", "term-loan", "p9-9",
     date(2003, 12, 18), date(2004, 7, 4), date(2006, 6, 30), [], {}, {"x": 1}, ["x"],
     {"2004-07-04": 5}, {"term-loan": {"2004-07-04": 5}}, {"revolver": True}]
)  # fmt: skip


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("any")
    for each in ("deals", "data"):
        (folder / each).mkdir()
    shutil.copy(PRIME, folder / "data")
    return folder / "deals"


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.tuples(st.sampled_from(PLACES), WRONG), max_size=3), st.integers(0, 99))
def test_problems_of_any_file_have_their_lines(folder, mistakes, seed):
    tables = TABLES
    for path, value in mistakes:
        try:
            tables = replaced(tables, path, value)
        except (KeyError, TypeError, IndexError, AttributeError):
            pass  # the place went with an earlier mistake
    writer = Writer(random.Random(seed))
    writer.table((), (), tables)
    path = folder / "any.toml"
    path.write_text(writer.text, "utf-8")
    try:
        assert check_term_sheet(str(path)).startswith(f"{path}: OK, ")
    except LexpError as problem:
        for line in str(problem).splitlines():
            assert line.startswith(f"{path}: ")
            # what stands at the head of the file may be missing from it, and then has no line
            is_head = "." not in line.removeprefix(f"{path}: ").partition(": ")[0]
            number = re.search(r" \(line (\d+)\)$", line)
            assert is_head or 1 <= int(number[1]) <= writer.text.count("\n") + 1
