"""The sheets of a workbook in order: one line each; a sheet that has nothing to say writes none."""

from workbook_templates.sheets import (
    about,
    audit,
    borrowing_base,
    calendar,
    capital_structure,
    checks,
    claims,
    compounding,
    deal_summary,
    debt_service,
    events,
    excess_cash,
    exchange,
    fees,
    inputs,
    level,
    liens,
    maturity_wall,
    rates,
    scenarios,
    schedule,
    sources_and_uses,
    summary,
    terms,
    timeline,
    warrant_value,
    warrants,
    your_share,
)


def _schedules(contents) -> None:
    for part in contents.parts:
        schedule.write(contents, part)


SHEETS = (
    inputs.write,
    terms.write,
    calendar.write,
    rates.write,
    compounding.write,
    level.write,
    events.write,
    _schedules,
    your_share.write,
    excess_cash.write,
    timeline.write,
    fees.write,
    borrowing_base.write,
    warrants.write,
    warrant_value.write,
    exchange.write,
    claims.write,
    sources_and_uses.write,
    capital_structure.write,
    liens.write,
    maturity_wall.write,
    debt_service.write,
    scenarios.write,
    checks.write,
    audit.write,
)

# Shown first, written last: they draw on the other sheets and lead to them. The Summary
# changes places with About at the end.
FRONT_SHEETS = (summary.write, deal_summary.write, about.write)
