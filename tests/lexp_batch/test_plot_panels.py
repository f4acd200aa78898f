"""The figures that a deal's picture shows, read from what is drawn.

Expected: the press release of 18 December 2003 and hand arithmetic on it. A payment on a
holiday is made on the next business day: the 1st of August 2009 is a Saturday.
"""

from datetime import date
from pathlib import Path

import pytest
from matplotlib.dates import num2date
from matplotlib.figure import Figure

from lexp_batch.plot_panels import balances, capital, picture_of, service, wall
from lexp_calc import builtin_deal, project, read_term_sheet
from lexp_calc.periods import add_months
from tests.lexp_batch.term_sheets import BUILT_IN, copy_of_built_in

ROOT = Path(__file__).parents[2]
EXAMPLES = sorted((ROOT / "examples").glob("*.toml"))
NOT_REPLACED = 27.412 - 27.254  # tendered of what was outstanding


@pytest.fixture(scope="module")
def built_in():
    return picture_of(project(builtin_deal("lexp-2003")))


def drawn(panel, picture):
    axes = Figure().subplots()
    panel(axes, picture)
    return axes


def bars(axes):
    """The heights of the bars by legend text and place, a date where the axis has dates."""
    texts = [each.get_text() for each in axes.get_legend().get_texts()]
    assert len(texts) == len(axes.containers)
    return {
        text: {round(bar.get_x() + bar.get_width() / 2, 6): bar.get_height() for bar in part}
        for text, part in zip(texts, axes.containers, strict=True)
    }


def words(axes):
    return [each.get_text() for each in axes.texts]


def test_balances_fall_in_steps_to_the_balloon(built_in):
    axes = drawn(balances, built_in)
    texts = [each.get_text() for each in axes.get_legend().get_texts()]
    assert texts[:2] == ["Revolving credit facility (nothing owed)", "Term loan"]
    line = axes.lines[1]
    points = list(zip(line.get_xdata(), line.get_ydata(), strict=True))
    assert line.get_drawstyle() == "steps-post"
    assert points[0] == (date(2003, 12, 18), 13.5)
    assert points[1] == (date(2004, 2, 2), 13.2)  # the 1st of February is a Sunday
    assert points[-2:] == [(date(2006, 6, 1), 4.8), (date(2006, 6, 30), 0)]
    assert axes.lines[3].get_ydata()[0] == 42.476


def test_debt_service_of_the_quarter_in_which_the_notes_fall_due(built_in):
    axes = drawn(service, built_in)
    found = bars(axes)
    quarter = [place for place in found["interest"] if num2date(place).date() > date(2009, 7, 1)][0]
    # 42,476,000 x 12% / 4 and 347,000 x 13% / 4
    assert found["interest"][quarter] == pytest.approx(1.27428 + 0.0112775, abs=1e-12)
    assert found["principal"][quarter] == pytest.approx(42.476, abs=1e-12)
    # 1.875% of 11,500,000, 10,348,000 and 9,196,000, on 18 December
    assert list(found["fees"].values()) == [0.215625, 0.194025, 0.172425]
    assert axes.get_ylim()[1] > 42.476 + 1.2855575


def test_a_quarters_bar_stands_within_its_quarter(built_in):
    for part in drawn(service, built_in).containers:
        for bar in part:
            first, last = (
                num2date(each).date() for each in (bar.get_x(), bar.get_x() + bar.get_width())
            )
            assert (first.year, (first.month - 1) // 3) == (last.year, (last.month - 1) // 3)


def test_the_maturity_wall(built_in):
    found = bars(drawn(wall, built_in))
    assert "Revolving credit facility" not in found
    # instalments of 300,000 from February 2004, of 96,000 from January; what is left in June 2006
    assert found["Term loan"] == pytest.approx({2004: 3.3, 2005: 3.6, 2006: 6 * 0.3 + 4.8})
    secured = {2004: 1.152, 2005: 1.152, 2006: 6 * 0.096 + 8.62}
    assert found["Secured term loan"] == pytest.approx(secured)
    assert found["12% Senior Subordinated Notes due 2009"] == {2009: 42.476}
    assert found["13% Junior Subordinated Notes due 2009"] == pytest.approx({2009: 0.347})


def test_capital_before_and_after(built_in):
    axes = drawn(capital, built_in)
    assert [each.get_text() for each in axes.get_xticklabels()] == ["before", "after"]
    found = bars(axes)
    assert found["Senior, unsecured note"] == {0: 7.5}
    old = found["12 3/4% Senior Subordinated Notes"]
    assert old == pytest.approx({0: 27.412, 1: NOT_REPLACED})
    assert found["12% Senior Subordinated Notes due 2009"] == {1: 42.476}
    totals = [sum(each.get(place, 0) for each in found.values()) for place in (0, 1)]
    # accrued: 27,254,000 x 558.5208333 per 1,000; shares for 235,000 of interest
    assert totals[0] == pytest.approx(7.5 + 27.412 + 15.222 + 0.235, abs=5e-4)
    assert totals[1] == pytest.approx(13.5 + 11.5 + 42.476 + 0.347 + NOT_REPLACED)
    # The 14% notes are of an amount that the documents leave out.
    assert words(axes)[-2:] == ["50.4, as far as stated", "68.0, as far as stated"]


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_every_payment_is_in_the_bars(path):
    """Law: the bars add up to the schedules; each bar of the stack begins where one ends."""
    projection = project(read_term_sheet(path))
    picture = picture_of(projection)
    schedules = projection.schedules.values()
    paid = sum(picture.scaled(row.total_payment) for each in schedules for row in each.rows)
    principal = sum(picture.scaled(row.principal) for each in schedules for row in each.rows)
    for panel, total in ((service, paid), (wall, principal)):
        axes = drawn(panel, picture)
        heights = [height for part in bars(axes).values() for height in part.values()]
        assert sum(heights) == pytest.approx(total, rel=1e-9)
        assert len(heights) == len({(bar.get_x(), bar.get_y()) for bar in axes.patches})


def test_yen_and_a_before_that_is_not_stated():
    picture = picture_of(project(read_term_sheet(ROOT / "examples" / "yen-loan.toml")))
    axes = drawn(capital, picture)
    assert axes.get_ylabel() == "JPY billions"
    assert bars(axes) == {"Syndicated term loan": {1: 3.0}}
    assert "not stated" in words(axes) and "3.0" in words(axes)


def without_draws(text):
    """The asset-based revolver's term sheet with its first scenario alone, nothing drawn in it."""
    start, end = text.index("[scenario.closing.draw"), text.index("# The certificate of 31")
    kept = text[:start] + text[text.index("# ---", end) :]
    kept = kept.replace('default_scenario = "march-certificate"', 'default_scenario = "closing"')
    assumed = ("assumption.draw", "assumption.letters_of_credit")
    return "\n".join(line for line in kept.splitlines() if not line.startswith(assumed))


def test_a_deal_with_nothing_drawn(tmp_path):
    path = tmp_path / "undrawn.toml"
    text = (ROOT / "examples" / "asset-based-revolver.toml").read_text("utf-8")
    path.write_text(without_draws(text), "utf-8")
    picture = picture_of(project(read_term_sheet(path)))
    assert picture.unit == "USD"
    assert words(drawn(wall, picture)) == ["No principal falls due under this scenario"]
    axes = drawn(capital, picture)
    assert axes.get_legend() is None and words(axes) == ["not stated", "0.0"]
    assert drawn(balances, picture).get_ylim() == (0, 1)
    assert set(bars(drawn(service, picture))) == {"fees"}


def with_more_notes(folder, count):
    """The built-in term sheet with so many more series of junior notes, 1,000,000 each."""
    path = copy_of_built_in(folder, "many.toml")
    text = BUILT_IN.read_text("utf-8")
    start, end = text.index("[tranche.junior-notes]"), text.index("[facility.")
    series = text[start:end].replace("principal = 347_000", "principal = 1_000_000")
    more = (
        series.replace("junior-notes", f"series-{number}").replace(
            'name = "13% Junior', f'name = "Series {number}: 13% Junior'
        )
        for number in range(count)
    )
    path.write_text(text[:end] + "".join(more) + text[end:], "utf-8")
    return path


def test_the_smallest_of_many_tranches_are_drawn_together(tmp_path):
    picture = picture_of(project(read_term_sheet(with_more_notes(tmp_path, 30))))
    axes = drawn(wall, picture)
    found = bars(axes)
    # 35 tranches, of which the seven largest stand alone: three and four series
    assert len(picture.parts) == 8 and "28 smaller tranches" in found
    assert found["28 smaller tranches"] == {2009: pytest.approx(26 * 1.0 + 0.347)}
    assert len({part.colour for part in picture.parts}) == 8
    lines = drawn(balances, picture).lines
    assert len({(each.get_color(), each.get_linestyle()) for each in lines}) == 8
    assert [each.get_linestyle() for each in lines] == ["-"] * 6 + ["--"] * 2
    line = lines[-1]
    assert line.get_ydata()[0] == pytest.approx(26.347)


@pytest.mark.parametrize("months", [3, 7, 14, 21, 36, 48, 60, 120, 360, 1200])
def test_dates_stand_apart(months):
    from lexp_batch.plot_axes import name_dates

    axes = Figure(figsize=(6, 3)).subplots()
    name_dates(axes, date(2024, 2, 1), add_months(date(2024, 2, 1), months))
    shown = [each.get_text() for each in axes.get_xticklabels()]
    assert 2 <= len(shown) <= 11 and len(set(shown)) == len(shown)


def test_what_was_set_stands_in_the_title():
    inputs = {"prime": "5.00%", "extend.revolver": True}
    title = picture_of(project(builtin_deal("lexp-2003"), None, inputs)).title
    assert title.endswith("scenario closing with prime=5.00%, extend.revolver=true")
