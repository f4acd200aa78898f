"""Excess cash: what the sweep offers to each tranche, one after the other."""

from lexp_calc.money import round_half_away
from workbook_templates.addresses import Area
from workbook_templates.contents import Contents
from workbook_templates.part import Part
from workbook_templates.room import sweep_room
from workbook_templates.table import Column, Table

HEAD_ROW = 5


def write(contents: Contents) -> None:
    """A row a payment of excess cash; for each tranche in order what it is offered and takes."""
    sweep = contents.deal.excess_cash_sweep
    if sweep is None or contents.tranche_id is not None:
        return
    sheet = contents.sheet("Excess cash", "calculation", "Excess-cash sweep")
    parts = {part.tranche_id: part for part in contents.parts}
    digits = contents.deal.money.digits
    columns = [
        Column("number", "No.", "count", None, lambda number: number, 6),
        Column("day", "Day", "date", "INDEX(excess_cash_dates,[number])", _cash(contents, 0), 13),
        Column(
            "cash",
            "Excess cash",
            "money",
            "INDEX(excess_cash_amounts,[number])",
            _cash(contents, 1),
            17.5,
        ),
        Column(
            "shared",
            "Share that is swept",
            "money",
            f"MAX(ROUND(excess_cash_sweep_percentage*[cash],{digits}),0)",
            lambda number: _shared(contents, number),
            17.5,
        ),
    ]
    before = "shared"
    for tranche_id in sweep.order:
        columns += _tranche_columns(contents, parts[tranche_id], before, digits)
        before = f"left_{column_key(tranche_id)}"
    table = Table(sheet, columns, HEAD_ROW, 1, lambda name: name)
    table.write(range(1, sweep_room(contents.projection) + 1))
    for tranche_id in sweep.order:
        part, key = parts[tranche_id], column_key(tranche_id)
        for measure in ("dates", "amounts"):
            area = table.area(f"{measure}_{key}")
            contents.book.name(part.name(f"swept_{measure}"), sheet, area[:2], area[2:])
    sheet.heights({HEAD_ROW: 45})
    sheet.freeze(HEAD_ROW + 1, 3)
    sheet.print_setup(Area(1, 1, table.last_row, len(columns)), (HEAD_ROW, HEAD_ROW))


def column_key(tranche_id: str) -> str:
    """The end of the keys of a tranche's columns."""
    return tranche_id.replace("-", "_")


def _tranche_columns(contents: Contents, part: Part, before: str, digits: int) -> list[Column]:
    """What is offered on which day, what the schedule takes of it, what is left."""
    key, name = column_key(part.tranche_id), part.tranche.name
    swept = part.name("schedule_swept")
    days = part.name("schedule_payment_date")

    def offered(number: int) -> int:
        day = _cash(contents, 0)(number)
        return dict(part.conditions.swept).get(day, 0) if day else 0

    def taken(number: int) -> int:
        day = _cash(contents, 0)(number)
        return sum(row.swept for row in part.schedule.rows if row.payment_date == day)

    return [
        Column(
            f"dates_{key}",
            f"{name}: offered on",
            "date",
            f"IF([{before}]>0,[day],0)",
            lambda number: _cash(contents, 0)(number) if offered(number) else 0,
            13,
        ),
        Column(
            f"amounts_{key}",
            f"{name}: offered",
            "money",
            f"[{before}]",
            lambda number: part.money(offered(number)),
            17.5,
        ),
        Column(
            f"taken_{key}",
            f"{name}: taken",
            "money",
            f"IF([day]=0,0,SUMIFS({swept},{days},[day]))",
            lambda number: part.money(taken(number)),
            17.5,
        ),
        Column(
            f"left_{key}",
            f"Left after the {name}",
            "money",
            f"ROUND([amounts_{key}]-[taken_{key}],{digits})",
            lambda number: part.money(offered(number) - taken(number)),
            17.5,
        ),
    ]


def _cash(contents: Contents, place: int):
    """The day (0) or the amount (1) of an entry; 0 where there is none."""
    entries = contents.projection.scenario.excess_cash
    return lambda number: entries[number - 1][place] if number <= len(entries) else 0


def _shared(contents: Contents, number: int):
    currency = contents.deal.money
    cash = currency.minor_units(_cash(contents, 1)(number))
    share = contents.deal.excess_cash_sweep.percentage * cash
    numerator, denominator = share.as_integer_ratio()
    return currency.amount(max(round_half_away(numerator, denominator), 0))
