"""The four panels of a deal's picture, each drawn on axes of its own."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from lexp_batch.plot_axes import Stacks, colour, frame, legend, name_dates, say, text_colour_on
from lexp_calc.capital_structure import capital_structure
from lexp_calc.deal import Projection
from lexp_calc.maturity_wall import maturity_wall_by_year
from lexp_calc.service_by_period import debt_service, quarter_ends
from lexp_calc.wording import counted
from workbook_templates.styles import GREY, PALETTE

# What an axis counts in, from the largest amount that it has to show.
SCALES = ((1e9, " billions"), (1e6, " millions"), (1e3, " thousands"), (0, ""))
# With a colour of their own; together as many as two rounds of the palette.
MOST_TRANCHES, MOST_REPLACED = 8, 4
KINDS_OF_SERVICE = ("interest", "principal", "fees")
HALF_A_QUARTER, WIDTH_OF_A_QUARTER = timedelta(45), 72  # days
FEWEST_YEARS, MOST_YEARS = 4, 14  # that the maturity wall has room for, and with a label each
WRITTEN_FROM = 0.06  # of the highest bar: a part this high has its amount written on it


@dataclass(frozen=True)
class Part:
    """What is drawn in one colour: a tranche, or the smallest of many together."""

    label: str
    number: int
    tranche_ids: tuple[str, ...]

    @property
    def colour(self) -> str:
        """That of its bars."""
        return colour(self.number)

    @property
    def line(self) -> dict[str, str]:
        """That of its line: dashed where a bar is paler, for a line would be too pale."""
        again, place = divmod(self.number, len(PALETTE))
        return {"color": colour(place), "linestyle": "--" if again else "-"}


@dataclass(frozen=True)
class Picture:
    """A projection and what all panels share: its title, the unit, a colour a tranche."""

    projection: Projection
    title: str
    divisor: float
    unit: str
    parts: tuple[Part, ...]

    def scaled(self, minor_units: int) -> float:
        """An amount in the unit of the axes."""
        return float(self.projection.deal.money.amount(minor_units)) / self.divisor

    def owed(self, part: Part, day: date) -> float:
        """The balance of a part at the end of a day."""
        schedules = self.projection.schedules
        return self.scaled(sum(schedules[each].balance(day) for each in part.tranche_ids))


def picture_of(projection: Projection) -> Picture:
    """What is drawn of a projection, in thousands, millions or billions."""
    deal = projection.deal
    peaks = [
        max(row.closing_balance for row in schedule.rows)
        for schedule in projection.schedules.values()
    ]
    largest = float(deal.money.amount(max(peaks)))
    divisor, words = next((size, words) for size, words in SCALES if largest >= size)
    title = f"{deal.borrower}: {deal.name}, scenario {projection.scenario_name}"
    if projection.inputs:
        title += f" with {', '.join(map(_input, projection.inputs.items()))}"
    parts = _parts(projection, peaks)
    return Picture(projection, title, divisor or 1.0, f"{deal.currency}{words}", parts)


def _input(changed: tuple[str, object]) -> str:
    path, value = changed
    return f"{path}={str(value).lower() if isinstance(value, bool) else value}"


def _parts(projection: Projection, peaks: Sequence[int]) -> tuple[Part, ...]:
    tranches = list(projection.deal.tranche.items())
    parts = []
    for number, places in enumerate(_folded(peaks, MOST_TRANCHES)):
        first = tranches[places[0]][1].name
        label = first if len(places) == 1 else counted(len(places), "smaller tranche")
        ids = tuple(tranches[place][0] for place in places)
        parts.append(Part(label, number, ids))
    return tuple(parts)


def _folded(sizes: Sequence[int], most: int) -> list[tuple[int, ...]]:
    """Places one by one; where there are more than `most`, the smallest together, last."""
    everything = range(len(sizes))
    if len(sizes) <= most:
        return [(place,) for place in everything]
    largest = sorted(everything, key=lambda place: -sizes[place])[: most - 1]
    rest = tuple(place for place in everything if place not in largest)
    return [*((place,) for place in sorted(largest)), rest]


def balances(axes, picture: Picture) -> None:
    """What is owed on each tranche over time, in steps from payment to payment."""
    frame(axes, "Balances", picture.unit)
    schedules = picture.projection.schedules
    highest, shown = 0.0, []
    for part in picture.parts:
        rows = (row for each in part.tranche_ids for row in schedules[each].rows)
        days = sorted({row.payment_date for row in rows})
        owed = [picture.owed(part, day) for day in days]
        (line,) = axes.step(days, owed, where="post", linewidth=2, **part.line)
        shown.append((line, part.label if any(owed) else f"{part.label} (nothing owed)"))
        highest = max(highest, *owed)
    axes.set_ylim(0, 1.06 * highest or 1)
    _name_dates(axes, _quarters(picture.projection))
    legend(axes, shown)


def _quarters(projection: Projection) -> tuple[date, ...]:
    """The last days of the quarters from the first payment's to the last one's."""
    days = [row.payment_date for each in projection.schedules.values() for row in each.rows]
    return quarter_ends(min(days), max(days))


def _name_dates(axes, ends: Sequence[date]) -> None:
    """The same whole quarters in every panel with dates."""
    name_dates(axes, ends[0] - 2 * HALF_A_QUARTER, ends[-1])


def service(axes, picture: Picture) -> None:
    """Interest, principal and fees of all tranches by calendar quarter, stacked."""
    frame(axes, "Debt service by quarter", picture.unit)
    ends = _quarters(picture.projection)
    paid = debt_service(picture.projection, ends)
    if not any(each.total for each in paid):
        say(axes, "Nothing is paid under this scenario")
        return
    stacks = Stacks(axes, [end - HALF_A_QUARTER for end in ends], WIDTH_OF_A_QUARTER)
    for number, kind in enumerate(KINDS_OF_SERVICE):
        sums = dict.fromkeys(ends, 0)
        for each in paid:
            sums[each.period_end] += getattr(each, kind)
        stacks.add([picture.scaled(amount) for amount in sums.values()], colour(number), kind)
    stacks.leave_room()
    _name_dates(axes, ends)
    legend(axes, stacks.shown)


def wall(axes, picture: Picture) -> None:
    """Principal that falls due by calendar year, a colour a tranche."""
    frame(axes, "Maturity wall: principal due by year", picture.unit)
    due = maturity_wall_by_year(picture.projection)
    if not due:
        say(axes, "No principal falls due under this scenario")
        return
    years = list(range(due[0].year, due[-1].year + 1))
    stacks = Stacks(axes, years, width=0.7, gap=0.6)
    for part in picture.parts:
        sums = dict.fromkeys(years, 0)
        for each in due:
            if each.tranche_id in part.tranche_ids:
                sums[each.year] += each.total
        heights = [picture.scaled(amount) for amount in sums.values()]
        stacks.add(heights, part.colour, part.label)
    stacks.leave_room()
    axes.set_xticks(years[:: -(-len(years) // MOST_YEARS)])
    side = 0.8 + max(0, FEWEST_YEARS - len(years)) / 2
    axes.set_xlim(years[0] - side, years[-1] + side)
    legend(axes, stacks.shown)


def capital(axes, picture: Picture) -> None:
    """Debt before the closing and after it, as far as the documents say."""
    frame(axes, "Debt before and after the closing", picture.unit)
    rows = capital_structure(picture.projection).debt
    count = len(picture.projection.deal.tranche)
    after = dict(zip(picture.projection.deal.tranche, rows[:count], strict=True))
    stacks = Stacks(axes, (0, 1), width=0.55, gap=0.6)
    for part in picture.parts:
        owed = sum(after[each].after or 0 for each in part.tranche_ids)
        stacks.add([0.0, picture.scaled(owed)], part.colour, part.label)
    replaced = [row for row in rows[count:] if row.before or row.after]
    sizes = [max(row.before or 0, row.after or 0) for row in replaced]
    for number, places in enumerate(_folded(sizes, MOST_REPLACED), len(picture.parts)):
        together = [replaced[place] for place in places]
        label = together[0].instrument
        if len(together) > 1:
            label = f"{len(together)} smaller debts that were replaced"
        sides = (sum(row.before or 0 for row in together), sum(row.after or 0 for row in together))
        stacks.add([picture.scaled(each) for each in sides], colour(number), label)
    stacks.leave_room(1.15)
    axes.set_xticks((0, 1), ("before", "after"))
    axes.set_xlim(-0.6, 1.6)
    _write_amounts(axes, stacks)
    _write_total(axes, 0, stacks.tops[0], [row.before for row in rows[count:]])
    _write_total(axes, 1, stacks.tops[1], [row.after for row in rows])
    legend(axes, stacks.shown)


def _write_amounts(axes, stacks: Stacks) -> None:
    """The amounts of the parts that are high enough for them."""
    for bars, _ in stacks.shown:
        for bar in bars:
            if bar.get_height() >= WRITTEN_FROM * max(stacks.tops):
                axes.annotate(
                    f"{bar.get_height():,.1f}",
                    (bar.get_x() + bar.get_width() / 2, bar.get_y() + bar.get_height() / 2),
                    ha="center",
                    va="center",
                    fontsize=8.5,
                    color=text_colour_on(_hexadecimal(bar)),
                )


def _hexadecimal(bar) -> str:
    return "#" + "".join(f"{round(255 * each):02X}" for each in bar.get_facecolor()[:3])


def _write_total(axes, place: int, total: float, amounts: Sequence[int | None]) -> None:
    """The sum of a stack above it, and whether the documents leave an amount out."""
    if all(amount is None for amount in amounts):
        words = "not stated"
    else:
        words = f"{total:,.1f}{', as far as stated' if None in amounts else ''}"
    axes.annotate(
        words,
        (place, total),
        xytext=(0, 3),
        textcoords="offset points",
        ha="center",
        va="bottom",
        color=f"#{GREY}",
    )


PANELS = (balances, service, wall, capital)
