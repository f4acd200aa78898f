"""The functions of dates and rates."""

from lexp_calc.all_in_rates import all_in_rate
from lexp_calc.functions.categories import DATES_AND_RATES as CATEGORY
from lexp_calc.index_history import index
from lexp_calc.payment_days import business_day, payment_dates
from lexp_calc.spreadsheet_function import Example, Function
from lexp_calc.year_fractions import days, yearfrac

PERIOD = {
    "start": "First day, included.",
    "end": "Last day, not included.",
    "day_count": 'Day count, such as "ACT/360"; a bare 30/360 is refused.',
}
CALENDAR = {"calendar": '"US Federal Reserve" if left out, "weekends", or a file of holidays.'}

DATE_AND_RATE_FUNCTIONS = (
    Function(
        days,
        CATEGORY,
        "Days of interest between two dates by a day count.",
        PERIOD | {"termination": "Day on which the loan ends; matters to 30E/360 ISDA alone."},
        Example({"start": "1999-08-01", "end": "2003-12-18", "day_count": "30/360 US"}, 1577),
        "4 x 360 + 4 x 30 + 17 by hand; no other number gives the press release's 1,558.52",
        by_row=True,
    ),
    Function(
        yearfrac,
        CATEGORY,
        "Part of a year of interest between two dates by a day count. ACT/ACT ICMA asks for the "
        "regular period and its frequency.",
        PERIOD
        | {
            "period_start": "Start of the regular period, for ACT/ACT ICMA.",
            "period_end": "End of the regular period, for ACT/ACT ICMA.",
            "frequency": "Payments a year, for ACT/ACT ICMA.",
        },
        Example(
            {"start": "2003-11-01", "end": "2004-05-01", "day_count": "ACT/ACT ISDA"},
            0.49772438056740776,
        ),
        "ISDA, EMU and market conventions (1998), example 1: 61/365 + 121/366",
        by_row=True,
    ),
    Function(
        business_day,
        CATEGORY,
        "Business day on which what falls due on a date is paid.",
        {
            "date": "Date as the contract names it.",
            "convention": 'Convention, such as "Following" or "Modified Following".',
        }
        | CALENDAR,
        Example({"date": "2007-06-30", "convention": "Following"}, "2007-07-02"),
        "30 June 2007 was a Saturday: the Monday after",
        by_row=True,
    ),
    Function(
        payment_dates,
        CATEGORY,
        "Payment dates after start up to and with end, as a column: forward from first_date, or "
        "backward from end with a short first period.",
        {
            "start": "Day on which interest starts; no payment date itself.",
            "end": "Last payment date.",
            "frequency": "Payments a year: 1, 2, 4 or 12.",
            "first_date": "First payment date; the dates then step forward from it.",
            "convention": "Business-day convention; Unadjusted if left out.",
        }
        | CALENDAR,
        Example(
            {"start": "2004-01-15", "end": "2004-05-31", "frequency": 12},
            ["2004-01-31", "2004-02-29", "2004-03-31", "2004-04-30", "2004-05-31"],
        ),
        "Month ends counted back from the 31st, by hand",
    ),
    Function(
        index,
        CATEGORY,
        "Published rate of an index in force on a day, a decimal a year. The prime rate comes "
        "with the product; LIBOR and term SOFR are licensed data.",
        {"index": 'Index: "prime".', "date": "Day on which the rate is read."},
        Example({"index": "prime", "date": "2003-12-18"}, 0.04),
        "Federal Reserve Board, H.15, bank prime loan: 4.00% from 27 June 2003",
        by_row=True,
    ),
    Function(
        all_in_rate,
        CATEGORY,
        "Index plus margin, not below the floor nor above the cap on the sum.",
        {
            "index_rate": "Rate of the index, a decimal a year.",
            "margin": "Margin over the index, a decimal.",
            "floor": "Lowest all-in rate.",
            "cap": "Highest all-in rate.",
        },
        Example({"index_rate": 0.04, "margin": 0.04, "floor": 0.0825}, 0.0825),
        "Press release of 18 December 2003: prime plus 4%, subject to a minimum of 8.25%",
        by_row=True,
    ),
)
