"""The workings of the rate: the option elected, and the exact rate-days of the running period.

Rates are whole units, so that rate x days is exact. Where a daily rate changes within a
period, the rate-days since the start of the path are looked up at both ends of the period
and subtracted.
"""

from lexp_calc.coupons import DAILY
from workbook_templates.part import Part
from workbook_templates.row import Row, held
from workbook_templates.sheets.compounding_columns import compounding_columns, is_compounded
from workbook_templates.sheets.default_steps import default_columns
from workbook_templates.sheets.working import day_numbers, working
from workbook_templates.table import Column


def length(part: Part) -> str:
    """The column that holds the running period's length on the day count's line."""
    return "[run_length]" if part.has_length else "[run_days]"


def rate_columns(part: Part) -> tuple[Column, ...]:
    """Up to the rate-days of the period: one product for a fixed coupon, a path for a floating."""
    defaults = default_columns(part) if part.has_default else ()
    if not part.is_floating:
        return (*defaults, _unit_days_column(part, f"{length(part)}*{{coupon_units}}"))
    return (*defaults, *_floating_columns(part))


def _floating_columns(part: Part) -> tuple[Column, ...]:
    several = len(part.options) > 1
    columns = list(_election_columns()) if several else []
    if part.compounded_number:
        columns += compounding_columns(part)
    if not part.reads_paths:
        columns += _compounded_alone()
        return (*columns, _unit_days_column(part, f"[units_at_start]*{length(part)}"))
    option = "[option]" if several else "1"
    dates = f"INDEX({{path_dates}},0,{option})"
    columns += _start_columns(part, dates, option)
    if not any(each.reset == DAILY for each in part.options):
        return (*columns, _unit_days_column(part, f"[units_at_start]*{length(part)}"))
    columns += _cumulative_columns(part, dates, option)
    if part.tranche.coupon.floor is None:
        columns += _lowest_columns(several, option)
    unit_days = "[cumulative_at_end]-[cumulative_at_start]"
    if several:
        unit_days = f"IF([is_daily]=1,{unit_days},[units_at_start]*{length(part)})"
    return (*columns, _unit_days_column(part, unit_days))


def reads_path(part: Part) -> str:
    """1 where the running period's rate is read off a path of steps."""
    return "[reads_path]" if part.compounded_number else "[is_active]"


def _compounded_alone() -> list[Column]:
    """The rate at the start where every period is compounded."""
    return [
        _units_at_start("[compounded_units]"),
        _index_at_start("[compounded_index]"),
    ]


def _start_columns(part: Part, dates: str, option: str) -> list[Column]:
    """The step in force on the period's first day, its all-in rate and its index."""
    reads = reads_path(part)
    at_start = f"INDEX({{path_units}},[start_position],{option})"
    index = f"IF({reads}=0,0,INDEX({{path_rates}},[start_position],{option}))"
    columns = []
    if part.compounded_number:
        formula, of = "[is_active]-[compounds]", lambda row: int(not is_compounded(row))
        columns.append(working("reads_path", "Read off the steps", "count", formula, of, 9))
    columns += [
        working(
            "rates_unused",
            "Rates not in use",
            "count",
            f"IF({reads}=1,COUNTIF({dates},0),0)",
            _unused,
            9,
        ),
        working(
            "start_position",
            "Rate no. at start",
            "count",
            f'IF({reads}=1,COUNTIF({dates},"<="&[run_start])-[rates_unused],0)',
            lambda row: _start(row),
            9,
        ),
    ]
    known = "[start_position]"
    if part.joined_numbers:
        known = "[known_at_start]"
        picked = f"INDEX({{path_known}},[start_position],{option})"
        formula = f"IF([start_position]=0,0,{picked})"
        columns.append(
            working(
                "known_at_start",
                "Rate known",
                "count",
                formula,
                lambda row: int(_start(row) > 0),
                9,
            )
        )
    units = f"IF({reads}=0,0,IF({known}=0,NA(),{at_start}))"
    if not part.compounded_number:
        return [*columns, _units_at_start(units), _index_at_start(index)]
    step_units = working(
        "step_units",
        "Step units at start",
        "exact",
        units,
        lambda row: 0 if is_compounded(row) else row.rate.units_at_start,
        14,
    )
    return [
        *columns,
        step_units,
        _units_at_start("IF([compounds]=1,[compounded_units],[step_units])"),
        _index_at_start(f"IF([compounds]=1,[compounded_index],{index})"),
    ]


def _units_at_start(formula: str) -> Column:
    head = "Rate units at start"
    return working(
        "units_at_start", head, "exact", formula, lambda row: row.rate.units_at_start, 14
    )


def _index_at_start(formula: str) -> Column:
    head = "Index at start"
    return working(
        "index_at_start", head, "rate", formula, lambda row: row.rate.index_units / 10**8, 9
    )


def _unit_days_column(part: Part, formula: str) -> Column:
    """The rate-days of the running period, with those of the default margin."""
    if part.has_default:
        formula += "+[default_to_until]-[default_from_until]"
    return working(
        "unit_days",
        "Rate-days (exact)",
        "exact",
        formula,
        lambda row: held(row.rate.unit_days),
        16,
    )


def _election_columns() -> tuple[Column, ...]:
    return (
        working(
            "election",
            "Election no.",
            "count",
            'IF([is_active]=1,COUNTIF({election_dates},"<="&[run_start]),0)',
            lambda row: sum(day <= row.flow.accrual.start for day, _ in row.part.shown_elections),
            9,
        ),
        working(
            "option",
            "Option no.",
            "count",
            "IF([election]=0,[is_active],INDEX({election_options},[election]))",
            lambda row: row.rate.option_number,
            9,
        ),
        working(
            "is_daily",
            "Daily reset",
            "count",
            "IF([is_active]=1,INDEX({option_daily},[option]),0)",
            lambda row: int(_path(row).option.reset == DAILY),
            9,
        ),
    )


def _cumulative_columns(part: Part, dates: str, option: str) -> list[Column]:
    start, end = (
        ("[run_start]", "[run_end]") if part.is_actual else ("[start_number]", "[end_number]")
    )
    reads = reads_path(part)
    path_numbers = "path_dates" if part.is_actual else "path_numbers"
    columns = [
        working(
            "rates_before_end",
            "Rates before end",
            "count",
            f'IF({reads}=1,COUNTIF({dates},"<"&[run_end])-[rates_unused],0)',
            lambda row: _before_end(row),
            9,
        ),
        working(
            "end_position",
            "Rate no. at end",
            "count",
            "MAX([start_position],[rates_before_end])",
            lambda row: _end(row),
            9,
        ),
        working(
            "units_at_end",
            "Rate units at end",
            "exact",
            f"IF({reads}=0,0,INDEX({{path_units}},[end_position],{option}))",
            lambda row: _path(row).units[_end(row) - 1] if _end(row) else 0,
            14,
        ),
    ]
    for key, position, units, number, head, value in (
        ("cumulative_at_start", "start_position", "units_at_start", start, "start", _at_start),
        ("cumulative_at_end", "end_position", "units_at_end", end, "end", _at_end),
    ):
        since = f"since_{position}"
        columns += [
            working(
                since,
                f"Days of rate at {head}",
                "count",
                f"IF({reads}=0,0,{number}-INDEX({{{path_numbers}}},[{position}],{option}))",
                lambda row, value=value: value(row)[0],
                9,
            ),
            working(
                key,
                f"Cumulative at {head}",
                "exact",
                f"IF({reads}=0,0,INDEX({{path_cumulative}},[{position}],{option})"
                f"+[{units}]*[{since}])",
                lambda row, value=value: value(row)[1],
                16,
            ),
        ]
    return columns


def _lowest_columns(several: bool, option: str) -> list[Column]:
    """The lowest all-in rate that a period is charged: of an option not elected, it may be less."""
    last = "IF([is_daily]=1,[end_position],[start_position])" if several else "[end_position]"
    units = [
        f"INDEX({{path_units}},[{each}],{option})" for each in ("start_position", "last_charged")
    ]
    return [
        working("last_charged", "Last rate charged", "count", last, _last_charged, 9),
        working(
            "lowest_units",
            "Lowest rate units",
            "exact",
            f"IF([start_position]=0,0,MIN({units[0]}:{units[1]}))",
            _lowest_units,
            14,
        ),
    ]


def _last_charged(row: Row) -> int:
    if _start(row) and _path(row).option.reset != DAILY:
        return _start(row)
    return _end(row)


def _lowest_units(row: Row) -> int:
    start = _start(row)
    return min(_path(row).units[start - 1 : _last_charged(row)]) if start else 0


def _path(row: Row):
    return row.part.schedule.rates.path(row.flow.accrual.start)


def _unused(row: Row) -> int:
    """How many rows of the option's steps hold no rate."""
    return 0 if is_compounded(row) else row.part.room.steps - len(_path(row).dates)


def _start(row: Row) -> int:
    return 0 if is_compounded(row) else _path(row).steps.position(row.flow.accrual.start)


def _before_end(row: Row) -> int:
    return 0 if is_compounded(row) else _path(row).steps.position_before(row.flow.accrual.end)


def _end(row: Row) -> int:
    return max(_start(row), _before_end(row))


def _at(row: Row, position: int, number: int) -> tuple[int, int]:
    """Days since the rate in force took effect, and the cumulative rate-days."""
    if position == 0:
        return 0, 0
    steps = _path(row).steps
    return number - steps.numbers[position - 1], steps.until(position, number)


def _at_start(row: Row) -> tuple[int, int]:
    return _at(row, _start(row), day_numbers(row)[0])


def _at_end(row: Row) -> tuple[int, int]:
    return _at(row, _end(row), day_numbers(row)[1])
