"""What the panels of a picture share: colours, frames, dates, bars and legends."""

from collections.abc import Sequence
from datetime import date

from workbook_templates.styles import GREY, INK, PALETTE, RULE, WHITE

PALER = 0.45  # how much of a colour is kept the second time
HEADROOM = 1.08  # above the highest bar
PALE = 125  # of 255: from this brightness on, text on a colour is dark

LONG_NAME, NAME_IN_COLUMNS, SHORT_NAME = 90, 40, 16  # characters of a name in a legend
MOST_IN_ONE_COLUMN = 3

# Months between the dates that an axis names, for up to so many months that it shows.
MONTH_STEPS = ((7, 1), (14, 2), (21, 3), (48, 6))
MOST_YEARS_NAMED = 9


def colour(number: int) -> str:
    """The colour of what has this place; paler where the palette starts again."""
    again, place = divmod(number, len(PALETTE))
    lighter = (round(255 - (255 - each) * PALER**again) for each in _channels(PALETTE[place]))
    return "#" + "".join(f"{each:02X}" for each in lighter)


def text_colour_on(fill: str) -> str:
    """Ink on a pale fill, white on a dark one."""
    red, green, blue = _channels(fill.removeprefix("#"))
    is_pale = 0.299 * red + 0.587 * green + 0.114 * blue >= PALE
    return f"#{INK if is_pale else WHITE}"


def _channels(hexadecimal: str) -> tuple[int, ...]:
    return tuple(int(hexadecimal[start : start + 2], 16) for start in (0, 2, 4))


def frame(axes, title: str, unit: str) -> None:
    """Title, unit and quiet lines; amounts with thousands separators."""
    from matplotlib.ticker import FuncFormatter

    axes.set_title(title)
    axes.set_ylabel(unit)
    axes.grid(axis="y", color=f"#{RULE}", linewidth=0.5, alpha=0.5)
    axes.tick_params(length=0)
    axes.yaxis.set_major_formatter(FuncFormatter(lambda amount, _: _tick_text(axes, amount)))


def _tick_text(axes, amount: float) -> str:
    """With as many decimals as any of the axis' amounts needs."""
    decimals = max(len(f"{tick:.6g}".partition(".")[2]) for tick in axes.get_yticks())
    return f"{amount:,.{decimals}f}"


def say(axes, words: str) -> None:
    """Words in an empty panel, which needs no scale."""
    axes.set_xticks([])
    axes.set_yticks([])
    axes.set_ylabel("")
    axes.text(0.5, 0.5, words, ha="center", va="center", transform=axes.transAxes, color=f"#{GREY}")


def name_dates(axes, first: date, last: date) -> None:
    """Years below a long span, months below a short one, few enough to stand apart."""
    from matplotlib.dates import DateFormatter, MonthLocator, YearLocator

    aside = (last - first) / 40
    axes.set_xlim(first - aside, last + aside)
    months = 12 * (last.year - first.year) + last.month - first.month + 1
    for most, step in MONTH_STEPS:
        if months <= most:
            axes.xaxis.set_major_locator(MonthLocator(range(1, 13, step)))
            axes.xaxis.set_major_formatter(DateFormatter("%b %Y"))
            return
    axes.xaxis.set_major_locator(YearLocator(-(-months // (12 * MOST_YEARS_NAMED))))
    axes.xaxis.set_major_formatter(DateFormatter("%Y"))


class Stacks:
    """Bars on top of one another, a place each; heights of nothing are not drawn."""

    def __init__(self, axes, places: Sequence, width: float, gap: float = 0.0) -> None:
        self.axes, self.places, self.width, self.gap = axes, places, width, gap
        self.tops = [0.0] * len(places)
        self.shown: list[tuple[object, str]] = []

    def add(self, heights: Sequence[float], fill: str, label: str) -> None:
        """One part of each stack; a part that is nothing everywhere has no place in the legend."""
        drawn = [number for number, height in enumerate(heights) if height]
        if not drawn:
            return
        bars = self.axes.bar(
            [self.places[number] for number in drawn],
            [heights[number] for number in drawn],
            bottom=[self.tops[number] for number in drawn],
            width=self.width,
            color=fill,
            edgecolor=f"#{WHITE}",
            linewidth=self.gap,
        )
        self.shown.append((bars, label))
        self.tops = [low + high for low, high in zip(self.tops, heights, strict=True)]

    def leave_room(self, headroom: float = HEADROOM) -> None:
        """The axis from nothing to somewhat above the highest stack."""
        self.axes.set_ylim(0, headroom * max(self.tops) or 1)


def legend(axes, shown: Sequence[tuple[object, str]]) -> None:
    """Below the panel, where it covers no figure."""
    if not shown:
        return
    widest = max(len(label) for _, label in shown)
    if widest <= SHORT_NAME:
        columns, most = 3, SHORT_NAME
    elif widest > NAME_IN_COLUMNS and len(shown) <= MOST_IN_ONE_COLUMN:
        columns, most = 1, LONG_NAME
    else:
        columns, most = 2, NAME_IN_COLUMNS
    axes.legend(
        [handle for handle, _ in shown],
        [_shortened(label, most) for _, label in shown],
        loc="upper center",
        bbox_to_anchor=(0.5, -0.1),
        ncols=min(len(shown), columns),
        frameon=False,
        fontsize=8.5,
        columnspacing=1.2,
        handlelength=1.4,
    )


def _shortened(name: str, most: int) -> str:
    return name if len(name) <= most else f"{name[: most - 1].rstrip()}…"
