"""The workings that say where a floor or a cap bites in a period.

Each step of a rate on the Rates sheet says 1 where a floor raises it, -1 where a cap lowers
it; a period has the highest and the lowest of the steps that it reads.
"""

from typing import NamedTuple

from lexp_calc.calendars import ONE_DAY
from lexp_calc.coupons import DAILY
from lexp_calc.rate_paths import OptionPath
from workbook_templates.part import Part
from workbook_templates.row import Row
from workbook_templates.sheets.compounding import business_days, compounded_option
from workbook_templates.sheets.compounding_columns import is_compounded
from workbook_templates.sheets.limit_signs import LOWERED, RAISED, limit_of_step, sign
from workbook_templates.sheets.working import working
from workbook_templates.table import Column


def shows_limits(part: Part) -> bool:
    """Whether the steps of a rate say where a limit bites."""
    return part.reads_paths and bool(coupon_limits(part))


def limit_columns(part: Part) -> list[Column]:
    """Whether a floor, and whether a cap, bites in the running period; none where there is none."""
    limits = coupon_limits(part)
    if not limits:
        return []
    columns = _ends(part)
    for limit in limits:
        if part.reads_paths:
            columns.append(_of_steps(part, limit))
        if part.compounded_number:
            columns.append(_of_period(limit))
        if limits_days(part, limit):
            columns.append(_of_days(limit))
    return columns


class Limit(NamedTuple):
    """A floor or a cap: the key of its columns, and what its bite is counted as."""

    key: str
    head: str
    sign: int
    extreme: str  # the function that finds it among several steps
    field: str  # of the option's terms


FLOOR = Limit("raised", "Floor bites", RAISED, "MAX", "floor")
CAP = Limit("lowered", "Cap bites", LOWERED, "MIN", "cap")


def coupon_limits(part: Part) -> list[Limit]:
    """Those that the coupon or an option has."""
    if not part.is_floating:
        return []
    terms = (part.tranche.coupon, *part.options)
    return [
        limit
        for limit in (FLOOR, CAP)
        if any(getattr(each, limit.field) is not None for each in terms)
    ]


def limits_days(part: Part, limit: Limit) -> bool:
    """Whether the limit is on each day's index of an option that is compounded."""
    option = compounded_option(part) if part.compounded_number else None
    return option is not None and getattr(option, limit.field) is not None


def binding(part: Part, limit: Limit) -> str:
    """The condition, true where the limit bites in the running period."""
    relation = ">0" if limit.sign == RAISED else "<0"
    conditions = [f"[steps_{limit.key}]{relation}"] * part.reads_paths
    if part.compounded_number:
        conditions.append(f"[period_{limit.key}]{relation}")
    if limits_days(part, limit):
        conditions.append(f"[days_{limit.key}]>0")
    return conditions[0] if len(conditions) == 1 else f"OR({','.join(conditions)})"


def binds(row: Row, limit: Limit) -> bool:
    """The same of the core's row."""
    if not row.before:
        return False
    if not is_compounded(row):
        return limit.sign in _steps_read(row)
    days = _days_limited(row, limit.sign) if limits_days(row.part, limit) else 0
    return days > 0 or _period_limited(row) == limit.sign


def _daily(part: Part) -> list[bool]:
    """Of each option that is read off steps: whether several of them count in a period."""
    return [each.reset == DAILY for each in part.options if not each.is_compounded]


def _ends(part: Part) -> list[Column]:
    """The last step and the last day of a period, and a compounded rate without limits."""
    columns = []
    if any(_daily(part)) and len(part.options) > 1:
        formula = "IF([is_daily]=1,[end_position],[start_position])"
        columns.append(working("limits_until", "Limits until", "count", formula, _until, 9))
    if part.compounded_number:
        columns += [
            working(
                "last_within",
                "Last business day no.",
                "count",
                'IF([compounds]=0,0,COUNTIF({compounding_day},"<"&[compounds_to]))',
                lambda row: len(_days_before_end(row)) if is_compounded(row) else 0,
                9,
            ),
            working(
                "unlimited_units",
                "Units without limits",
                "count",
                "ROUND(([compounded_index]+[compounded_margin])*rate_units,0)",
                lambda row: _unlimited(row) if is_compounded(row) else 0,
                12,
            ),
        ]
    return columns


def _of_steps(part: Part, limit: Limit) -> Column:
    """The highest, or the lowest, of the steps that the period reads."""
    option = "[option]" if len(part.options) > 1 else "1"
    found = f"INDEX({{path_limits}},[start_position],{option})"
    if any(_daily(part)):
        until = "[limits_until]" if len(part.options) > 1 else "[end_position]"
        found = f"{limit.extreme}({found}:INDEX({{path_limits}},{until},{option}))"
    extreme = {"MAX": max, "MIN": min}[limit.extreme]
    return working(
        f"steps_{limit.key}",
        limit.head,
        "count",
        f"IF([start_position]=0,0,{found})",
        lambda row: extreme(_steps_read(row), default=0),
        9,
    )


def _of_period(limit: Limit) -> Column:
    """A compounded period's own rate against its index and margin."""
    return working(
        f"period_{limit.key}",
        f"{limit.head}: period",
        "count",
        "[compounds]*SIGN([compounded_units]-[unlimited_units])",
        lambda row: _period_limited(row) if is_compounded(row) else 0,
        9,
    )


def _of_days(limit: Limit) -> Column:
    """On how many business days of a compounded period the index is limited."""
    days = "INDEX({day_limits},[first_day]):INDEX({day_limits},[last_within])"
    return working(
        f"days_{limit.key}",
        f"{limit.head}: days",
        "count",
        f'IF([compounds]=0,0,COUNTIF({days},"{limit.sign}"))',
        lambda row: _days_limited(row, limit.sign) if is_compounded(row) else 0,
        9,
    )


def _path(row: Row) -> OptionPath:
    return row.part.schedule.rates.path(row.flow.accrual.start)


def _until(row: Row) -> int:
    """The number of the last step that the period reads."""
    if is_compounded(row):
        return 0
    path, accrual = _path(row), row.flow.accrual
    if path.option.reset != DAILY:
        return path.steps.position(accrual.start)
    return path.steps.end_position(accrual.start, accrual.end)


def _steps_read(row: Row) -> list[int]:
    """What limits do to each step that the period reads; none where it is compounded."""
    if is_compounded(row):
        return []
    path = _path(row)
    first = path.steps.position(row.flow.accrual.start)
    if not first:
        return []
    return [limit_of_step(path, place) for place in range(first - 1, _until(row))]


def _days_before_end(row: Row) -> list:
    accrual = row.flow.accrual
    end = max(accrual.end, accrual.start + ONE_DAY)
    return [each for each in business_days(row.part) if each.day < end]


def _days_limited(row: Row, limited: int) -> int:
    within = _days_before_end(row)
    first = sum(each.day <= row.flow.accrual.start for each in within)
    return sum(each.limit == limited for each in within[first - 1 :])


def _unlimited(row: Row) -> int:
    """Index and margin of a compounded period, before the coupon's limits."""
    margins = compounded_option(row.part).margins(row.part.conditions.leverage)
    return row.rate.index_units + margins.on(row.flow.accrual.start)


def _period_limited(row: Row) -> int:
    return sign(row.rate.units_at_start - _unlimited(row))
