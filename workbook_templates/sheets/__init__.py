"""The sheets of a workbook in order: one line each; a sheet that has nothing to say writes none."""

from workbook_templates.sheets import calendar, inputs, rates, schedule, terms


def _schedules(contents) -> None:
    for part in contents.parts:
        schedule.write(contents, part)


SHEETS = (
    inputs.write,
    terms.write,
    calendar.write,
    rates.write,
    _schedules,
)
