"""The workings of the rate: the option elected, and the exact rate-days of the running period.

Rates are whole units, so that rate x days is exact. Where a daily rate changes within a
period, the rate-days since the start of the path are looked up at both ends of the period
and subtracted.
"""

from workbook_templates.part import Part, Row, held
from workbook_templates.table import CONSTANT, Column


def working(key, head, style, formula, value, width=13.0, first=CONSTANT) -> Column:
    """A working whose value exists from the first row after closing on."""
    return Column(
        key, head, style, formula, lambda row: value(row) if row.before else 0, width, first
    )


def day_numbers(row: Row) -> tuple[int, int]:
    """The ends of the running period as the day count numbers them."""
    accrual = row.flow.accrual
    return row.part.schedule.day_count.numbers(accrual.start, accrual.end)


def length(part: Part) -> str:
    """The column that holds the running period's length on the day count's line."""
    return "[run_length]" if part.has_length else "[run_days]"


def rate_columns(part: Part) -> tuple[Column, ...]:
    """Up to the rate-days of the period: one product for a fixed coupon, a path for a floating."""
    return _floating_columns(part) if part.is_floating else (_fixed_column(part),)


def _fixed_column(part: Part) -> Column:
    return working(
        "unit_days",
        "Rate-days (exact)",
        "exact",
        f"{length(part)}*{{coupon_units}}",
        lambda row: held(row.rate.unit_days),
        16,
    )


def _floating_columns(part: Part) -> tuple[Column, ...]:
    several = len(part.tranche.coupon.options) > 1
    option = "[option]" if several else "1"
    dates = f"INDEX({{path_dates}},0,{option})"
    columns = list(_election_columns()) if several else []
    columns += [
        working(
            "start_position",
            "Rate no. at start",
            "count",
            f'IF([is_active]=1,COUNTIFS({dates},"<="&[run_start],{dates},">0"),0)',
            lambda row: _start(row),
            9,
        ),
        working(
            "units_at_start",
            "Rate units at start",
            "exact",
            "IF([is_active]=0,0,IF([start_position]=0,NA(),"
            f"INDEX({{path_units}},[start_position],{option})))",
            lambda row: row.rate.units_at_start,
            14,
        ),
        working(
            "index_at_start",
            "Index at start",
            "rate",
            f"IF([is_active]=0,0,INDEX({{path_rates}},[start_position],{option}))",
            lambda row: row.flow.accrual.rate.index_units / 10**8,
            9,
        ),
    ]
    if not any(each.reset == "daily" for each in part.tranche.coupon.options):
        unit_days = f"[units_at_start]*{length(part)}"
        return (*columns, _unit_days_column(unit_days))
    columns += _cumulative_columns(part, dates, option)
    unit_days = "[cumulative_at_end]-[cumulative_at_start]"
    if several:
        unit_days = f"IF([is_daily]=1,{unit_days},[units_at_start]*{length(part)})"
    return (*columns, _unit_days_column(unit_days))


def _unit_days_column(formula: str) -> Column:
    head = "Rate-days (exact)"
    return working("unit_days", head, "exact", formula, lambda row: row.rate.unit_days, 16)


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
            lambda row: int(_path(row).option.reset == "daily"),
            9,
        ),
    )


def _cumulative_columns(part: Part, dates: str, option: str) -> list[Column]:
    start, end = (
        ("[run_start]", "[run_end]") if part.is_actual else ("[start_number]", "[end_number]")
    )
    path_numbers = "path_dates" if part.is_actual else "path_numbers"
    columns = [
        working(
            "rates_before_end",
            "Rates before end",
            "count",
            f'IF([is_active]=1,COUNTIFS({dates},"<"&[run_end],{dates},">0"),0)',
            lambda row: _path(row).steps.position_before(row.flow.accrual.end),
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
            f"IF([is_active]=0,0,INDEX({{path_units}},[end_position],{option}))",
            lambda row: _path(row).units[_end(row) - 1],
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
                f"IF([is_active]=0,0,{number}-INDEX({{{path_numbers}}},[{position}],{option}))",
                lambda row, value=value: value(row)[0],
                9,
            ),
            working(
                key,
                f"Cumulative at {head}",
                "exact",
                f"IF([is_active]=0,0,INDEX({{path_cumulative}},[{position}],{option})"
                f"+[{units}]*[{since}])",
                lambda row, value=value: value(row)[1],
                16,
            ),
        ]
    return columns


def _path(row: Row):
    return row.part.schedule.rates.path(row.flow.accrual.start)


def _start(row: Row) -> int:
    return _path(row).steps.position(row.flow.accrual.start)


def _end(row: Row) -> int:
    return _path(row).steps.end_position(row.flow.accrual.start, row.flow.accrual.end)


def _at(row: Row, position: int, number: int) -> tuple[int, int]:
    """Days since the rate in force took effect, and the cumulative rate-days."""
    steps = _path(row).steps
    return number - steps.numbers[position - 1], steps.until(position, number)


def _at_start(row: Row) -> tuple[int, int]:
    return _at(row, _start(row), day_numbers(row)[0])


def _at_end(row: Row) -> tuple[int, int]:
    return _at(row, _end(row), day_numbers(row)[1])
