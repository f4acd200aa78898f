"""An argument whose name is a word of Python's own: called by that name from everywhere."""

import pytest

import lexp_calc.kinds as kinds
from lexp_calc.errors import LexpError
from lexp_calc.spreadsheet_function import Example, Function, spreadsheet_function


@spreadsheet_function
def twice(yield_: kinds.RealRate) -> kinds.RealResult:
    return 2 * yield_


def test_it_is_called_by_position_and_by_its_name():
    assert twice(0.25) == twice(**{"yield": 0.25}) == twice(yield_=0.25) == 0.5
    with pytest.raises(LexpError, match="^yield_: found no argument"):
        twice(yield_=0.25, **{"yield": 0.25})


def test_it_is_refused_by_its_name():
    with pytest.raises(LexpError, match="^yield: found nothing"):
        twice()
    with pytest.raises(LexpError, match="^yield: found 2"):
        twice(2)
    with pytest.raises(LexpError, match='yields: .*did you mean "yield"'):
        twice(0.25, yields=1)


def test_it_is_declared_and_explained_under_its_name():
    help_of = {"yield": "Yield a year."}
    function = Function(twice, "Test", "Twice.", help_of, Example({"yield": 0.25}, 0.5), "2 x 1/4")
    assert [each.name for each in function.arguments] == ["yield"]
