"""A user's own calendar: what a file may hold, what is refused, and that a deal is paid by it."""

import random
from datetime import date, timedelta

import pytest
import QuantLib as ql

from lexp_calc import LexpError, project
from lexp_calc.calendars import BUSINESS_DAY_CONVENTIONS
from lexp_calc.holiday_file import calendar_from_csv
from tests.lexp_calc.simulation.dates import ql_date
from tests.lexp_calc.term_sheet_text import changed

OURS = ('calendar = "US Federal Reserve"', 'calendar = "holidays.csv"')
CASES = 12_000
CONVENTIONS = {
    "Following": ql.Following,
    "Modified Following": ql.ModifiedFollowing,
    "Preceding": ql.Preceding,
    "Modified Preceding": ql.ModifiedPreceding,
}


def test_dates_and_names_are_read_whatever_their_order():
    text = "# of the bank\r\nDate,Name\r\n2005-01-03,After New Year\r\n\r\n2004-02-02\r\n"
    calendar = calendar_from_csv(text, "bank.csv")
    assert str(calendar) == "bank.csv"
    holidays = calendar.holidays(date(2004, 1, 1), date(2005, 12, 31))
    assert [(each.day, each.name) for each in holidays] == [
        (date(2004, 2, 2), "Holiday"),
        (date(2005, 1, 3), "After New Year"),
    ]
    assert not calendar.is_business_day(date(2004, 2, 2))
    assert not calendar.is_business_day(date(2004, 2, 1))  # a Sunday
    assert calendar.is_business_day(date(2004, 7, 5))  # of the Federal Reserve's alone
    assert "lists 2 days from 2004-02-02 to 2005-01-03" in calendar.source
    assert calendar == calendar_from_csv(text, "bank.csv")


def test_days_are_moved_as_by_a_quantlib_calendar_with_the_same_holidays():
    chance = random.Random("own calendar")
    first, span = date(1990, 1, 1), (date(2060, 12, 31) - date(1990, 1, 1)).days
    holidays = sorted({first + timedelta(days=chance.randrange(span)) for _ in range(3_000)})
    ours = calendar_from_csv("\n".join(map(str, holidays)), "own.csv")
    theirs = ql.BespokeCalendar("own")
    theirs.addWeekend(ql.Saturday)
    theirs.addWeekend(ql.Sunday)
    for day in holidays:
        theirs.addHoliday(ql_date(day))
    for name, convention in CONVENTIONS.items():
        for _ in range(CASES):
            day = first + timedelta(days=chance.randrange(span))
            found = BUSINESS_DAY_CONVENTIONS[name](day, ours)
            assert ql_date(found) == theirs.adjust(ql_date(day), convention), (name, day)


def test_every_line_that_is_wrong_is_named():
    text = "2004-02-02,A\n2004-13-01\n05/03/2004,B\n2004-02-02\n2004-02-03,C,D\n2004-02-04,\u202e\n"
    with pytest.raises(LexpError) as caught:
        calendar_from_csv(text, "bank.csv")
    lines = str(caught.value).splitlines()
    expected = [
        'line 2: found "2004-13-01"; a date that exists',
        'line 3: found "05/03/2004"; a date without time, such as 2006-06-30,',
        "line 4: found 2004-02-02 again; each date once",
        "line 5: found 3 columns; a date and a name",
        "line 6: found",
    ]
    assert len(lines) == len(expected)
    for line, start in zip(lines, expected, strict=True):
        assert line.startswith(f"bank.csv: {start}"), line


@pytest.mark.parametrize("text", ["", "# nothing\n", "date,name\n\n"])
def test_a_file_without_holidays_is_refused(text):
    with pytest.raises(LexpError, match=r"bank\.csv: found no holidays; a date a line"):
        calendar_from_csv(text, "bank.csv")


def test_a_calendar_that_hardly_ever_opens_is_refused():
    """A fortnight closed moves payments further than rates are looked up for."""
    days = [date(2004, 3, 1) + timedelta(days=n) for n in range(14)]
    message = r"bank\.csv: found all closed from 2004-03-01 to 2004-03-15; at most 12 days"
    with pytest.raises(LexpError, match=message):
        calendar_from_csv("\n".join(map(str, days)), "bank.csv")
    assert calendar_from_csv("\n".join(map(str, days[:10])), "bank.csv")


def test_a_deal_is_paid_by_the_file_beside_its_term_sheet(term_sheet, tmp_path):
    """1 February 2004 is a Sunday; with Monday and Tuesday closed, Wednesday pays."""
    (tmp_path / "deals" / "holidays.csv").write_text("2004-02-02,A\n2004-02-03,B\n")
    deal = term_sheet(changed(OURS))
    rows = project(deal)["term-loan"].rows
    assert (rows[1].due_date, rows[1].payment_date) == (date(2004, 2, 1), date(2004, 2, 4))
    assert str(deal.calendar) == "holidays.csv"


def test_a_move_on_a_holiday_of_the_file_is_refused_by_its_name(term_sheet, tmp_path):
    (tmp_path / "deals" / "holidays.csv").write_text("2004-03-10\n")
    deal = term_sheet(changed(OURS))
    message = "found 2004-03-10, no business day .holidays.csv.; the next one, 2004-03-11,"
    with pytest.raises(LexpError, match=message):
        project(deal, inputs={"prepay.term-loan.2004-03-10": "1000"})


def test_a_calendar_that_is_not_there_is_refused(term_sheet, tmp_path):
    missing = 'calendar: file: found no file "holidays.csv"; a CSV file would be right'
    assert term_sheet(changed(OURS)) == [missing]
    (tmp_path / "deals" / "holidays.csv").write_bytes(b"2004-02-02,\xff\n")
    assert term_sheet(changed(OURS)) == [
        "calendar: holidays.csv: found a byte that is not UTF-8; text in UTF-8 would be right"
    ]
    other = changed((OURS[0], 'calendar = "US Federal Reserv"'))
    (line,) = term_sheet(other)
    assert line.startswith('calendar: found "US Federal Reserv"; one of "US Federal Reserve"')
    assert 'did you mean "US Federal Reserve"?' in line and "a CSV file of holidays" in line


def test_problems_of_the_file_and_of_the_deal_are_reported_together(term_sheet, tmp_path):
    (tmp_path / "deals" / "holidays.csv").write_text("2004-02-30\n")
    lines = term_sheet(changed(OURS, ('frequency = "monthly"', 'frequency = "fortnightly"')))
    assert len(lines) == 2
    assert any(line.startswith("calendar: holidays.csv: line 1: ") for line in lines)
    assert any("payments.frequency" in line for line in lines)
