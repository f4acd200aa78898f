"""Exchange: old notes for new, step by step, the printed figures beside those of the rule."""

from decimal import Decimal
from math import ceil

from lexp_calc.day_count import (
    DAY_COUNTS,
    ActualActualISDA,
    DayCount,
    ThirtyDayMonths,
    is_last_of_february,
)
from lexp_calc.exchange_terms import ExchangeOffer
from lexp_calc.exchanges import (
    exchange_rule,
    half_of_last_digit,
    printed_decimals,
    rounded_as_printed,
)
from lexp_calc.warrant_counts import warrants_by_rule
from workbook_templates.addresses import Area
from workbook_templates.contents import Contents
from workbook_templates.part import Part
from workbook_templates.sheets.exchange_offer import OfferLines
from workbook_templates.sheets.month_ends import MONTH_ENDS, OUTSIDE_FEBRUARY
from workbook_templates.sheets.terms import where_stated
from workbook_templates.statement import LABEL, VALUE, Line, Statement

PRINTED, DIFFERENCE, NOTE = 3, 4, 5
WIDTHS = {LABEL: 50, VALUE: 20, PRINTED: 20, DIFFERENCE: 20, NOTE: 66}
ROWS_A_PAGE = 45  # that can be read; the holders of an offer make more
MONTH = "days_in_month"
HEADS = ("Step", "Figure", "Printed", "Printed less figure", "Source or working")
WITHIN, OUTSIDE = "within its range", "outside its range"


def write(contents: Contents) -> None:
    """A block for each exchange that gave a tranche of the workbook."""
    exchanges = [
        (part, exchange)
        for part in contents.parts
        for exchange in contents.deal.exchange.values()
        if exchange.new_tranche == part.tranche_id
    ]
    if not exchanges:
        return
    sheet = contents.sheet("Exchange", "results", "Exchange: by the rule and as printed")
    sheet.widths(WIDTHS)
    row = 4
    for part, exchange in exchanges:
        row = _Exchange(sheet, row, contents, part, exchange).write() + 1
    pages = ceil(row / ROWS_A_PAGE)
    sheet.print_setup(Area(1, 1, row - 2, NOTE), (1, 2), pages_tall=pages)
    sheet.freeze(4, 1)


class _Exchange:
    """The lines of one exchange, from the old coupon to who took part."""

    def __init__(self, sheet, row: int, contents: Contents, part: Part, exchange: ExchangeOffer):
        self.lines = Statement(sheet, row, part.name, NOTE)
        self.deal = contents.deal
        self.part = part
        self.exchange = exchange
        self.rule = exchange_rule(exchange, part.currency)

    def write(self) -> int:
        """All lines; gives back the next free row."""
        self.lines.heading(self.exchange.name)
        self.lines.heads(*HEADS)
        self.term("coupon", "Coupon of the old notes", "rate")
        if self.rule or self.exchange.accrued_paid:
            self.days()
        if self.rule:
            self.ratio()
            self.new_principal()
        else:
            without = "the principal tendered and its interest dates"
            note = f"as printed; no rule without {without}"
            if self.exchange.options:
                note = "as printed; holders chose among options, below"
            self.term("new_principal_printed", "New principal", "money", note)
        if self.exchange.warrants:
            self.warrants()
        if self.exchange.tendered:
            self.participation()
        length = self.length if self.exchange.has_accrual else ""
        OfferLines(self.lines, self.part, self.exchange, length).write()
        return self.lines.row

    def term(self, field: str, label: str, style: str, note: str = "") -> None:
        """A term of the exchange, with where it is stated."""
        value = getattr(self.exchange, field)
        note = note or self.stated(field)
        self.lines.write(Line(field, label, style, f"{{exchange_{field}}}", value, note))

    def stated(self, field: str) -> str:
        return where_stated(self.deal, self.exchange, field)

    def printed(self, key: str, style: str, name: str, printed: Decimal, value) -> None:
        """The printed figure beside the one worked out, and their difference."""
        self.lines.beside(key, PRINTED, style, f"{{{name}}}", printed)
        self.lines.beside(key, DIFFERENCE, style, f"{{{name}}}-[{key}]", printed - value)

    def days(self) -> None:
        """Days of interest accrued, by the day count of the exchange."""
        exchange, lines = self.exchange, self.lines
        self.term("accrued_from", "Interest accrued from", "date")
        self.term("accrued_to", "Interest accrued to", "date")
        convention = DAY_COUNTS[exchange.day_count]
        label = "Days in a year" if self.length == "days" else "A year on the day count's line"
        lines.write(Line("basis", label, "count", None, convention.basis, exchange.day_count))
        formula = "[accrued_to]-[accrued_from]"
        if isinstance(convention, ThirtyDayMonths):
            self.month_days(convention)
            formula = (
                "(YEAR([accrued_to])-YEAR([accrued_from]))*[basis]"
                f"+(MONTH([accrued_to])-MONTH([accrued_from]))*{MONTH}+[end_day]-[start_day]"
            )
        note = f"by {exchange.day_count}"
        days = convention.days(exchange.accrued_from, exchange.accrued_to)
        lines.write(Line("days", "Days of interest", "count", formula, days, note))
        if self.length != "days":
            self.line_numbers(convention)

    @property
    def length(self) -> str:
        """The line that is divided by the basis."""
        return (
            "length"
            if isinstance(DAY_COUNTS[self.exchange.day_count], ActualActualISDA)
            else "days"
        )

    def month_days(self, convention: ThirtyDayMonths) -> None:
        """The days of the month, as counted; the dates are terms, so February is settled here."""
        start, end = self.exchange.accrued_from, self.exchange.accrued_to
        start_day, end_day = convention.month_days(start, end)
        rules = MONTH_ENDS[OUTSIDE_FEBRUARY.get(convention.name, convention.name)]
        starts = MONTH if is_last_of_february(start) and start_day == 30 else rules.start
        ends = MONTH if is_last_of_february(end) and end_day == 30 else rules.end
        starts, ends = starts.format("[accrued_from]"), ends.format("[accrued_to]")
        self.lines.write(
            Line("start_day", "First day, as counted", "count", starts, start_day),
            Line("end_day", "Last day, as counted", "count", ends, end_day),
        )

    def line_numbers(self, convention: DayCount) -> None:
        """Where both dates stand in their years, and how long that is in years of the line."""
        exchange = self.exchange
        numbers = convention.numbers(exchange.accrued_from, exchange.accrued_to)
        for key, number, name in zip(
            ("accrued_from", "accrued_to"), numbers, ("First", "Last"), strict=True
        ):
            year, since = f"YEAR([{key}])", f"([{key}]-DATE(YEAR([{key}]),1,1))"
            of_year = f"(DATE({year}+1,1,1)-DATE({year},1,1))"
            formula = f"{year}*[basis]+{since}*[basis]/{of_year}"
            self.lines.write(Line(f"{key}_number", f"{name} day on it", "count", formula, number))
        formula = "[accrued_to_number]-[accrued_from_number]"
        length = numbers[1] - numbers[0]
        self.lines.write(Line("length", "Length of interest on it", "count", formula, length))

    def ratio(self) -> None:
        """New principal for a thousand of old."""
        rule, printed = self.rule, self.exchange.ratio_printed
        digits = printed_decimals(printed or Decimal("0.01"))
        self.lines.write(
            Line(
                "interest",
                "Interest on a thousand of old notes",
                "factor",
                f"thousand*[coupon]*[{self.length}]/[basis]",
                float(rule.interest_per_thousand),
                "simple interest, not compounded",
            ),
            Line(
                "ratio",
                "New notes for a thousand of old, not rounded",
                "factor",
                "thousand+[interest]",
                float(rule.ratio),
            ),
            Line("ratio_decimals", "Decimals of the ratio, as printed", "count", None, digits),
            Line(
                "ratio_rounded",
                "New notes for a thousand of old, rounded as printed",
                "money",
                "ROUND([ratio],[ratio_decimals])",
                rule.ratio_rounded,
                self.stated("ratio_printed") if printed else "",
            ),
        )
        if printed:
            name = "exchange_ratio_printed"
            self.printed("ratio_rounded", "money", name, printed, rule.ratio_rounded)

    def new_principal(self) -> None:
        """New principal by the rounded and the exact ratio, against what is printed."""
        rule, printed = self.rule, self.exchange.new_principal_printed
        digits = self.part.currency.digits
        self.term("tendered", "Old notes tendered", "money")
        given_up = "tendered"
        if self.exchange.accepted is not None:
            self.term("accepted", "Old notes accepted", "money")
            given_up = "accepted"
        for key, label, ratio, value in (
            ("by_rounded", "rounded", "ratio_rounded", rule.new_principal_by_rounded),
            ("by_exact", "exact", "ratio", rule.new_principal),
        ):
            self.lines.write(
                Line(
                    key,
                    f"New principal by the {label} ratio",
                    "money",
                    f"ROUND([{given_up}]*[{ratio}]/thousand,{digits})",
                    value,
                    self.stated("new_principal_printed"),
                )
            )
            self.printed(key, "money", "exchange_new_principal_printed", printed, value)
        self.lines.define("exchange_new_principal_by_rule", "by_exact")

    def warrants(self) -> None:
        """The warrants of the units."""
        warrants = self.deal.warrant[self.exchange.warrants]
        by_rule = warrants_by_rule(self.part.tranche.size, warrants.per_thousand)
        note = f"{warrants.per_thousand} for each thousand of new notes; see Warrants"
        line = Line("warrants", "Warrants", "count", "{warrants_by_rule}", by_rule, note)
        self.lines.write(line)
        self.printed("warrants", "count", "warrant_issued", warrants.issued, by_rule)

    def participation(self) -> None:
        """What the printed percentage says of the notes outstanding, and what was not tendered."""
        exchange = self.exchange
        if not self.rule:  # with a rule the line stands above it
            self.term("tendered", "Old notes tendered", "money")
        if exchange.participation_printed:
            self.range_of_outstanding()
        if exchange.outstanding is None:
            return
        self.term("outstanding", "Old notes outstanding before", "money")
        self.tendered_of_outstanding()

    def tendered_of_outstanding(self) -> None:
        """The share tendered, held against the printed one, and what was left."""
        exchange = self.exchange
        printed = exchange.participation_printed
        digits = printed_decimals(printed or Decimal("0.0001"))
        share = exchange.tendered / exchange.outstanding
        rounded = rounded_as_printed(share, printed or Decimal("0.0001"))
        self.lines.write(
            Line("share_decimals", "Decimals of the share, as printed", "count", None, digits),
            Line(
                "share",
                "Participation, rounded as printed",
                "rate",
                "ROUND([tendered]/[outstanding],[share_decimals])",
                rounded,
                "tendered / outstanding",
            ),
            Line(
                "not_tendered",
                "Old notes not tendered",
                "money",
                "[outstanding]-[tendered]",
                exchange.outstanding - exchange.tendered,
                "outstanding less tendered",
            ),
        )
        if printed:
            above, at_most = self.bounds(printed)
            is_within = above < exchange.outstanding <= at_most
            self.lines.write(
                Line(
                    "allowed",
                    "Against what the printed participation allows",
                    "count",
                    f'IF(AND([outstanding]>[above],[outstanding]<=[at_most]),"{WITHIN}","{OUTSIDE}")',
                    WITHIN if is_within else OUTSIDE,
                    "the two bounds above",
                )
            )
            name = "exchange_participation_printed"
            self.printed("share", "rate", name, printed, rounded)

    def range_of_outstanding(self) -> None:
        """The outstanding principal that rounds to the printed participation."""
        printed, digits = self.exchange.participation_printed, self.part.currency.digits
        half = half_of_last_digit(printed)
        self.term("participation_printed", "Participation, as printed", "rate")
        self.lines.write(
            Line(
                "half", "Half of its last digit", "rate", None, half, "how far the print may be off"
            )
        )
        signs = (("above", "above", "+"), ("at_most", "at most", "-"))
        for (key, label, sign), bound in zip(signs, self.bounds(printed), strict=True):
            self.lines.write(
                Line(
                    key,
                    f"So old notes outstanding {label}",
                    "money",
                    f"ROUND([tendered]/([participation_printed]{sign}[half]),{digits})",
                    bound,
                    f"tendered / (printed {sign} half a digit)",
                )
            )

    def bounds(self, printed: Decimal) -> tuple[Decimal, Decimal]:
        """More than the first, at most the second: what rounds to the printed share."""
        half, cent = half_of_last_digit(printed), self.part.currency.amount(1)
        above, at_most = (
            rounded_as_printed(self.exchange.tendered / share, cent)
            for share in (printed + half, printed - half)
        )
        return above, at_most
