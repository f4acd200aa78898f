"""The workings of interest: the running period, the option elected, and exact rate-days.

Rates are whole units, so that rate x days is exact, and interest is one product of exact
numbers inside one ROUND. Where a daily rate changes within a period, the rate-days since
the start of the path are looked up at both ends of the period and subtracted.
"""

from lexp_calc.day_count import is_last_of_february
from workbook_templates.contents import Part, Row
from workbook_templates.table import CONSTANT, Column


def accrual_columns(part: Part) -> tuple[Column, ...]:
    """From the running period to the interest that is paid and the interest carried on."""
    rates = _floating_columns(part) if part.is_floating else (_fixed_column(),)
    return (*_period_columns(part), *rates, *_product_columns(part))


def _column(key, head, style, formula, value, width=13.0, first=CONSTANT) -> Column:
    """A working whose value exists from the first row after closing on."""
    return Column(
        key, head, style, formula, lambda row: value(row) if row.before else 0, width, first
    )


def _period_columns(part: Part) -> tuple[Column, ...]:
    to_the_day_paid = part.tranche.payments.interest_for_delay == "to the day paid"
    end_of_payment = "[paid_date]" if to_the_day_paid else "[due_date]"
    columns = [
        Column(
            "run_start",
            "Accrues from",
            "date",
            "IF([pays@]=1,[run_end@],[run_start@])*[is_active]",
            lambda row: row.flow.accrual.start if row.before else row.part.closing_date,
            12.5,
            "closing_date",
        ),
        _column(
            "run_end",
            "Accrues to",
            "date",
            f"IF([pays]=1,{end_of_payment},[payment_date])",
            lambda row: row.flow.accrual.end,
            12.5,
        ),
    ]
    if part.is_actual:
        days = "[run_end]-[run_start]"
    else:
        columns += _thirty_day_columns()
        days = "[end_number]-[start_number]"
    columns.append(_column("run_days", "Days accrued", "count", days, lambda row: row.rate.days, 8))
    return tuple(columns)


def _thirty_day_columns() -> list[Column]:
    """The days of the month as 30/360 US counts them, February's rule included."""
    return [
        _column(
            "starts_at_end_of_february",
            "From end of Feb.",
            "count",
            "IF(AND(MONTH([run_start])=2,MONTH([run_start]+1)>2),[is_active],0)",
            lambda row: int(is_last_of_february(row.flow.accrual.start)),
            8,
        ),
        _column(
            "start_day",
            "Day from",
            "count",
            "IF([starts_at_end_of_february]=1,days_in_month,MIN(DAY([run_start]),days_in_month))"
            "*[is_active]",
            lambda row: _start_day(row.flow.accrual.start),
            8,
        ),
        _column(
            "ends_at_end_of_february",
            "To end of Feb.",
            "count",
            "IF(AND(MONTH([run_end])=2,MONTH([run_end]+1)>2),[starts_at_end_of_february],0)",
            lambda row: int(
                is_last_of_february(row.flow.accrual.start)
                and is_last_of_february(row.flow.accrual.end)
            ),
            8,
        ),
        _column(
            "end_day",
            "Day to",
            "count",
            "IF(OR([ends_at_end_of_february]=1,AND(DAY([run_end])>days_in_month,"
            "[start_day]=days_in_month)),days_in_month,DAY([run_end]))*[is_active]",
            lambda row: _end_day(row.flow.accrual.start, row.flow.accrual.end),
            8,
        ),
        *(
            _column(
                f"{end}_number",
                f"Day number at {end}",
                "exact",
                f"IF([is_active]=0,0,YEAR([run_{end}])*{{days_in_year}}"
                f"+MONTH([run_{end}])*days_in_month+[{end}_day])",
                lambda row, place=place: _numbers(row)[place],
                12,
            )
            for place, end in enumerate(("start", "end"))
        ),
    ]


def _start_day(start) -> int:
    return 30 if is_last_of_february(start) else min(start.day, 30)


def _end_day(start, end) -> int:
    both = is_last_of_february(start) and is_last_of_february(end)
    return 30 if both or (end.day > 30 and _start_day(start) == 30) else end.day


def _fixed_column() -> Column:
    return _column(
        "unit_days",
        "Rate-days (exact)",
        "exact",
        "[run_days]*{coupon_units}",
        lambda row: row.rate.unit_days,
        16,
    )


def _floating_columns(part: Part) -> tuple[Column, ...]:
    several = len(part.tranche.coupon.options) > 1
    option = "[option]" if several else "1"
    dates = f"INDEX({{path_dates}},0,{option})"
    columns = list(_election_columns()) if several else []
    columns += [
        _column(
            "start_position",
            "Rate no. at start",
            "count",
            f'IF([is_active]=1,COUNTIFS({dates},"<="&[run_start],{dates},">0"),0)',
            lambda row: _path(row).position(row.flow.accrual.start),
            9,
        ),
        _column(
            "units_at_start",
            "Rate units at start",
            "exact",
            "IF([is_active]=0,0,IF([start_position]=0,NA(),"
            f"INDEX({{path_units}},[start_position],{option})))",
            lambda row: _path(row).units[_start(row)],
            14,
        ),
        _column(
            "index_at_start",
            "Index at start",
            "rate",
            f"IF([is_active]=0,0,INDEX({{path_rates}},[start_position],{option}))",
            lambda row: row.flow.accrual.rate.index_units / 10**8,
            9,
        ),
    ]
    if not any(each.reset == "daily" for each in part.tranche.coupon.options):
        unit_days = "[units_at_start]*[run_days]"
        return (*columns, _unit_days_column(unit_days))
    columns += _cumulative_columns(part, dates, option)
    unit_days = "[cumulative_at_end]-[cumulative_at_start]"
    if several:
        unit_days = f"IF([is_daily]=1,{unit_days},[units_at_start]*[run_days])"
    return (*columns, _unit_days_column(unit_days))


def _unit_days_column(formula: str) -> Column:
    head = "Rate-days (exact)"
    return _column("unit_days", head, "exact", formula, lambda row: row.rate.unit_days, 16)


def _election_columns() -> tuple[Column, ...]:
    return (
        _column(
            "election",
            "Election no.",
            "count",
            'IF([is_active]=1,COUNTIF({election_dates},"<="&[run_start]),0)',
            lambda row: sum(day <= row.flow.accrual.start for day, _ in row.part.shown_elections),
            9,
        ),
        _column(
            "option",
            "Option no.",
            "count",
            "IF([election]=0,[is_active],INDEX({election_options},[election]))",
            lambda row: row.rate.option_number,
            9,
        ),
        _column(
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
        _column(
            "rates_before_end",
            "Rates before end",
            "count",
            f'IF([is_active]=1,COUNTIFS({dates},"<"&[run_end],{dates},">0"),0)',
            lambda row: _path(row).position_before(row.flow.accrual.end),
            9,
        ),
        _column(
            "end_position",
            "Rate no. at end",
            "count",
            "MAX([start_position],[rates_before_end])",
            lambda row: _end(row) + 1,
            9,
        ),
        _column(
            "units_at_end",
            "Rate units at end",
            "exact",
            f"IF([is_active]=0,0,INDEX({{path_units}},[end_position],{option}))",
            lambda row: _path(row).units[_end(row)],
            14,
        ),
    ]
    for key, position, units, number, head, value in (
        ("cumulative_at_start", "start_position", "units_at_start", start, "start", _at_start),
        ("cumulative_at_end", "end_position", "units_at_end", end, "end", _at_end),
    ):
        since = f"since_{position}"
        columns += [
            _column(
                since,
                f"Days of rate at {head}",
                "count",
                f"IF([is_active]=0,0,{number}-INDEX({{{path_numbers}}},[{position}],{option}))",
                lambda row, value=value: value(row)[0],
                9,
            ),
            _column(
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
    return _path(row).position(row.flow.accrual.start) - 1


def _end(row: Row) -> int:
    return max(_path(row).position_before(row.flow.accrual.end) - 1, _start(row))


def _numbers(row: Row) -> tuple[int, int]:
    """The ends of the running period as the day count numbers them."""
    accrual = row.flow.accrual
    return row.part.schedule.day_count.numbers(accrual.start, accrual.end)


def _at(row: Row, position: int, number: int) -> tuple[int, int]:
    """Days since the rate in force took effect, and the cumulative rate-days."""
    path = _path(row)
    since = number - row.part.schedule.day_count.day_number(path.dates[position])
    return since, row.part.schedule.rates.cumulative(path, position, number)


def _at_start(row: Row) -> tuple[int, int]:
    return _at(row, _start(row), _numbers(row)[0])


def _at_end(row: Row) -> tuple[int, int]:
    return _at(row, _end(row), _numbers(row)[1])


def _product_columns(part: Part) -> tuple[Column, ...]:
    """Balance x rate-days: accrued, paid, carried on."""
    paid = "IF([pays]=1,[product],0)"
    if part.plan.accrued_paid_with_prepayment:
        paid = "IF(OR([pays]=1,[closing_balance]=0),[product],[prepayment]*[unit_days])"
    return (
        _column(
            "unit_days_before",
            "Held already",
            "exact",
            "IF([pays@]=1,0,[unit_days@])*[is_active]",
            lambda row: row.flow.accrual.unit_days_before,
            16,
        ),
        _column(
            "product",
            "Accrued product",
            "exact",
            "IF([is_active]=0,0,[carried_product@]+[opening_balance]*([unit_days]-[unit_days_before]))",
            lambda row: row.product(row.flow.accrual.product),
            22,
        ),
        _column(
            "paid_product",
            "Paid product",
            "exact",
            paid,
            lambda row: row.product(row.flow.accrual.paid_product),
            22,
        ),
        _column(
            "pays_interest",
            "Pays interest",
            "count",
            "IF(OR([pays]=1,[paid_product]<>0),1,0)",
            lambda row: int(row.flow.pays_interest),
            8,
        ),
        _column(
            "carried_product",
            "Carried product",
            "exact",
            "[product]-[paid_product]",
            lambda row: row.product(row.flow.accrual.carried_product),
            22,
        ),
    )
