"""Bad values of every term of a tranche, in a term sheet that uses them all."""

import shutil
import time

import pytest

from lexp_calc import LexpError, project, read_term_sheet
from tests.bad_inputs.every_term import CHANGES, FILES, FOLDER, TAKEN, TERM_SHEET, changed

READ = [name for name, case in CHANGES.items() if "scenario" not in case]
PROJECTED = [name for name, case in CHANGES.items() if "scenario" in case]
LONGEST = 20  # seconds; the slowest takes two


@pytest.fixture
def term_sheet(tmp_path):
    """The path of the term sheet with texts replaced, beside the files that it names."""
    for each in FILES:
        shutil.copy(FOLDER / each, tmp_path / each)
    path = tmp_path / "deal.toml"

    def write(changes):
        path.write_text(changed(changes), encoding="utf-8")
        return path

    return write


def lines_of(problem, path):
    return [line.removeprefix(f"{path}: ") for line in str(problem).splitlines()]


def test_the_term_sheet_itself_is_right_in_all_its_scenarios():
    deal = read_term_sheet(TERM_SHEET)
    for name in deal.scenario:
        projection = project(deal, name)
        assert projection.certificate("revolver").availability > 0
        assert all(each.rows[-1].closing_balance == 0 for each in projection.schedules.values())


@pytest.mark.parametrize("name", READ)
def test_a_bad_value_is_refused_with_the_field_what_was_found_and_what_would_be_right(
    term_sheet, name
):
    path = term_sheet(CHANGES[name]["change"])
    with pytest.raises(LexpError) as caught:
        read_term_sheet(path)
    found, expected = lines_of(caught.value, path), CHANGES[name]["lines"]
    assert len(found) == len(expected), found
    for line, start in zip(found, expected, strict=True):
        assert line.startswith(start)


@pytest.mark.parametrize("name", PROJECTED)
def test_what_only_a_scenario_shows_is_refused_when_it_is_projected(term_sheet, name):
    deal = read_term_sheet(term_sheet(CHANGES[name]["change"]))
    with pytest.raises(LexpError) as caught:
        project(deal, CHANGES[name]["scenario"])
    assert str(caught.value).startswith(CHANGES[name]["lines"][0])


@pytest.mark.parametrize("changes", TAKEN.values(), ids=TAKEN)
def test_what_is_odd_and_right_is_taken_and_soon_done(term_sheet, changes):
    started = time.perf_counter()
    deal = read_term_sheet(term_sheet(changes))
    for name in deal.scenario:
        schedules = project(deal, name).schedules.values()
        assert all(each.rows[-1].closing_balance == 0 for each in schedules)
    assert time.perf_counter() - started < LONGEST
