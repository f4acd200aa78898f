"""Calendar: the holidays that move payments, as the business-day formulas read them."""

from datetime import date, timedelta

from lexp_calc.coupons import LONGEST_LOOKBACK
from lexp_calc.terms import EARLIEST_DATE
from workbook_templates.addresses import Area
from workbook_templates.contents import Contents

MOST_ROWS_A_PAGE = 85
A_YEAR = timedelta(days=366)  # room for an earlier rate that is typed in
LONGEST_LINE = 60  # characters of a source that stands on the line of its introduction
LONGEST_SHIFT = timedelta(days=2 * LONGEST_LOOKBACK)  # of which half are business days


def write(contents: Contents) -> None:
    """The weekday holidays from closing to the last day on which anything can be paid."""
    deal = contents.deal
    calendar = deal.calendar
    last = max(part.last_business_day for part in contents.parts)
    if deal.looks_back:  # a fixing counts later than it is read
        last = max(last, deal.last_floating_maturity) + LONGEST_SHIFT
    sheet = contents.sheet("Calendar", "calculation", f"Calendar: {calendar.name}")
    sheet.widths({1: 14, 2: 44})
    closed, source = "Closed besides Saturdays and Sundays.", f"Source: {calendar.source}."
    if len(source) <= LONGEST_LINE:
        sheet.text(3, 1, f"{closed} {source}", "note")
    else:
        sheet.text(3, 1, closed, "note")
        sheet.text(4, 1, source, "note")
    sheet.text(5, 1, "Holiday", "column_head")
    sheet.text(5, 2, "Name", "column_head_unit")
    holidays = calendar.holidays(_first_day(contents), last)
    row = 6
    for holiday in holidays:
        sheet.date(row, 1, holiday.day)
        sheet.text(row, 2, holiday.name, "label_indented")
        row += 1
    if not holidays:  # the name must stand for a cell, and a Sunday moves nothing
        sheet.blank(row, 1, "date")
        row += 1
    contents.book.name("holidays", sheet, (6, 1), (row - 1, 1))
    pages = 1 if row <= MOST_ROWS_A_PAGE else None
    sheet.print_setup(Area(1, 1, row - 1, 6), (5, 5), "portrait", pages_tall=pages)
    sheet.freeze(6, 1)


def _first_day(contents: Contents) -> date:
    """The closing or, where rates are looked back to, a year before the first of them."""
    deal = contents.deal
    if not deal.looks_back:
        return deal.first_rate_day
    paths = (path for part in contents.parts for path in part.conditions.index_paths.values())
    first = min((path.dates[0] for path in paths if path), default=deal.first_rate_day)
    return max(min(first, deal.first_rate_day) - A_YEAR, EARLIEST_DATE)
