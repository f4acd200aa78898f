"""The four panels of a deal's picture, each drawn on axes of its own."""

from dataclasses import dataclass

from lexp_calc.capital_structure import capital_structure
from lexp_calc.deal import Projection
from lexp_calc.maturity_wall import maturity_wall_by_year
from lexp_calc.service_by_period import debt_service, quarter_ends
from workbook_templates.styles import GREY, PALETTE, RULE

# What an axis counts in, from the largest amount that it has to show.
SCALES = ((1e9, "billions"), (1e6, "millions"), (1e3, "thousands"))
MOST_NAME = 40  # characters of a name beside a bar
KINDS_OF_SERVICE = ("interest", "principal", "fees")
PALER = 0.45  # how much of a colour is kept the second time
MOST_YEARS = 14  # with a label each
MOST_IN_THREE_COLUMNS = 16  # characters of a name


@dataclass(frozen=True)
class Picture:
    """A projection and what all panels share: its title, the unit, a colour a tranche."""

    projection: Projection
    title: str
    divisor: float
    unit: str

    @property
    def names(self) -> dict[str, str]:
        """The name of each tranche by its id, in the deal's order."""
        return {key: _short(each.name) for key, each in self.projection.deal.tranche.items()}

    def colour(self, number: int) -> str:
        """The colour of what has this place; paler where the palette starts again."""
        again, place = divmod(number, len(PALETTE))
        channels = (int(PALETTE[place][start : start + 2], 16) for start in (0, 2, 4))
        lighter = (round(255 - (255 - each) * PALER**again) for each in channels)
        return "#" + "".join(f"{each:02X}" for each in lighter)

    def scaled(self, minor_units: int) -> float:
        """An amount in the unit of the axes."""
        return float(self.projection.deal.money.amount(minor_units)) / self.divisor


def picture_of(projection: Projection) -> Picture:
    """What is drawn of a projection, in thousands, millions or billions."""
    deal = projection.deal
    largest = max(
        float(deal.money.amount(row.closing_balance))
        for schedule in projection.schedules.values()
        for row in schedule.rows
    )
    divisor, words = next(
        ((size, name) for size, name in SCALES if largest >= size), (1.0, "units")
    )
    title = f"{deal.borrower}: {deal.name}, scenario {projection.scenario_name}"
    return Picture(projection, title, divisor, f"{deal.currency} {words}")


def _short(name: str) -> str:
    return name if len(name) <= MOST_NAME else f"{name[: MOST_NAME - 1].rstrip()}…"


def _frame(axes, title: str, unit: str) -> None:
    axes.set_title(title)
    axes.set_ylabel(unit)
    axes.grid(axis="y", color=f"#{RULE}", linewidth=0.5, alpha=0.5)
    axes.tick_params(length=0)


def _legend(axes) -> None:
    """Below the panel, where it covers no figure."""
    labels = axes.get_legend_handles_labels()[1]
    count, widest = len(labels), max(map(len, labels))
    axes.legend(
        loc="upper center",
        bbox_to_anchor=(0.5, -0.1),
        ncols=min(count, 3) if widest <= MOST_IN_THREE_COLUMNS else min(count, 2),
        frameon=False,
        fontsize=8.5,
        columnspacing=1.2,
        handlelength=1.4,
    )


def _say(axes, words: str) -> None:
    """Words in an empty panel."""
    axes.text(0.5, 0.5, words, ha="center", va="center", transform=axes.transAxes, color=f"#{GREY}")


def balances(axes, picture: Picture) -> None:
    """What is owed on each tranche over time, in steps from payment to payment."""
    _frame(axes, "Balances", picture.unit)
    schedules = picture.projection.schedules.values()
    for number, (schedule, name) in enumerate(zip(schedules, picture.names.values(), strict=True)):
        days = [row.payment_date for row in schedule.rows]
        owed = [picture.scaled(row.closing_balance) for row in schedule.rows]
        axes.step(days, owed, where="post", color=picture.colour(number), label=name, linewidth=2)
    axes.margins(y=0.06)
    axes.set_ylim(bottom=0)
    _legend(axes)


def service(axes, picture: Picture) -> None:
    """Interest, principal and fees of all tranches by calendar quarter, stacked."""
    _frame(axes, "Debt service by quarter", picture.unit)
    rows = [row for each in picture.projection.schedules.values() for row in each.rows]
    ends = quarter_ends(rows[0].payment_date, max(row.payment_date for row in rows))
    paid = debt_service(picture.projection, ends)
    if not any(each.total for each in paid):
        _say(axes, "Nothing is paid under this scenario")
        return
    bottom = [0.0] * len(ends)
    for number, kind in enumerate(KINDS_OF_SERVICE):
        sums = dict.fromkeys(ends, 0)
        for each in paid:
            sums[each.period_end] += getattr(each, kind)
        heights = [picture.scaled(amount) for amount in sums.values()]
        _bars(axes, list(ends), heights, bottom, picture.colour(number), kind, width=75)
        bottom = [low + high for low, high in zip(bottom, heights, strict=True)]
    _legend(axes)


def _bars(axes, places, heights, bottom, colour, label, width) -> None:
    axes.bar(places, heights, bottom=bottom, color=colour, label=label, width=width)


def wall(axes, picture: Picture) -> None:
    """Principal that falls due by calendar year, a colour a tranche."""
    _frame(axes, "Maturity wall: principal due by year", picture.unit)
    due = maturity_wall_by_year(picture.projection)
    if not due:
        _say(axes, "No principal falls due under this scenario")
        return
    years = list(range(due[0].year, due[-1].year + 1))
    bottom = [0.0] * len(years)
    for number, (tranche_id, name) in enumerate(picture.names.items()):
        sums = {each.year: each.total for each in due if each.tranche_id == tranche_id}
        heights = [picture.scaled(sums.get(year, 0)) for year in years]
        _bars(axes, years, heights, bottom, picture.colour(number), name, width=0.7)
        bottom = [low + high for low, high in zip(bottom, heights, strict=True)]
    axes.set_xticks(years[:: -(-len(years) // MOST_YEARS)])
    axes.set_xlim(years[0] - 0.8, max(years[-1], years[0] + 3) + 0.8)
    _legend(axes)


def capital(axes, picture: Picture) -> None:
    """Debt before the closing and after it, where the documents say."""
    _frame(axes, "Debt before and after the closing", picture.unit)
    rows = capital_structure(picture.projection).debt
    highest = 0.0
    for place, (words, side) in enumerate((("before", "before"), ("after", "after"))):
        bottom = 0.0
        for number, row in enumerate(rows):
            if not (row.before or row.after):
                continue
            amount = picture.scaled(getattr(row, side) or 0)
            label = _short(row.instrument) if place else None
            _bars(axes, [words], [amount], [bottom], picture.colour(number), label, width=0.55)
            bottom += amount
        highest = max(highest, bottom)
        stated = bottom or any(getattr(row, side) is not None for row in rows)
        words = f"{bottom:,.1f}" if stated else "not stated"
        axes.text(place, bottom, words, ha="center", va="bottom", color=f"#{GREY}")
    axes.set_ylim(top=1.15 * highest or 1)
    _legend(axes)


PANELS = (balances, service, wall, capital)
