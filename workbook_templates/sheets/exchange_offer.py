"""An offer's limits and options on the Exchange sheet: accepted and given, holder by holder."""

from collections.abc import Callable
from decimal import Decimal
from operator import attrgetter

from lexp_calc.exchange_consideration import IN_CASH, IN_NOTES, Settlement
from lexp_calc.exchange_offers import accrued_per_thousand, settlements_of, totals
from lexp_calc.exchange_terms import ExchangeOffer, HolderTender
from lexp_calc.tenders import DENOMINATION
from workbook_templates.part import Part
from workbook_templates.statement import Line, Statement

# Before a number is cut to whole multiples it is rounded here: binary dust is no fraction.
PLACES = 9
WHOLE = "ROUNDDOWN(ROUND({},[places]),0)"
GIVEN = (
    "cash_pool",
    "rest_in_notes",
    "cash",
    "early_cash",
    "new_notes",
    "early_new_notes",
    "shares",
    "warrants",
)


def rate_key(option: str, field: str) -> str:
    """The key of the line with what an option gives for 1,000."""
    return f"rate_{option}_{field}".replace("-", "_")


def principal(settled: Settlement) -> Decimal:
    """What the holder tendered."""
    return settled.tender.principal


def exact_notes(settled: Settlement) -> float:
    """Principal before it is cut to whole notes, as a spreadsheet holds it."""
    return float(settled.exact_notes)


class OfferLines:
    """The lines of one offer, below those of its exchange (whose `tendered` they use)."""

    def __init__(self, lines: Statement, part: Part, exchange: ExchangeOffer, length: str):
        self.lines = lines
        self.digits = part.currency.digits
        self.exchange = exchange
        self.length = length  # the line that is divided by the basis
        self.settled = settlements_of(exchange, part.currency)

    def write(self) -> None:
        """The limits; the holders' tenders and what is accepted; what the options give."""
        exchange = self.exchange
        if not (exchange.maximum or exchange.minimum or self.settled):
            return
        self.constants()
        self.limits()
        if not self.settled:
            return
        self.each("tendered", "tendered", "money", self.tendered, principal)
        self.each("accepted", "accepted", "money", self.accepted, lambda each: each.accepted)
        self.considerations()

    def constants(self) -> None:
        """The multiples, as terms or as the usual thousand, and where dust is rounded off."""
        exchange = self.exchange
        note = "multiples of cut tenders and of new notes: terms, or 1,000"
        for key, label, value in (
            ("multiple", "Cut tenders in multiples of", exchange.denomination),
            ("new_multiple", "New notes in multiples of", exchange.new_denomination),
        ):
            name = f"{{exchange_{'new_' if key != 'multiple' else ''}denomination}}"
            formula = None if value is None else name
            self.lines.write(Line(key, label, "money", formula, value or DENOMINATION, note))
        note = "decimals, before a number is cut to whole multiples"
        self.lines.write(Line("places", "Rounded at", "count", None, PLACES, note))

    def limits(self) -> None:
        """The proration factor, and the most that it accepts of all tenders as one."""
        exchange, tendered = self.exchange, self.exchange.tendered
        if not tendered:
            return
        acceptance = exchange.acceptance
        factor, most = acceptance.factor(tendered), acceptance.accepted([tendered])[0]
        terms = (("minimum", "Least tendered"), ("maximum", "Most accepted"))
        for field, label in terms:
            value = getattr(exchange, field)
            if value is not None:
                name = f"{{exchange_{field}}}"
                self.lines.write(Line(field, label, "money", name, value, f"{field} of the offer"))
        formula = "MIN(1,[maximum]/[tendered])" if exchange.maximum else "1"
        if exchange.minimum:
            formula = f"IF([tendered]<[minimum],0,{formula})"
        self.lines.write(
            Line("factor", "Proration factor", "factor", formula, float(factor), "1: all accepted"),
            Line("most", "Accepted, at most", "money", self.cut("tendered"), most, "in multiples"),
        )

    def cut(self, key: str) -> str:
        """A tender by the factor: whole where none is cut, else in whole multiples."""
        cut = WHOLE.format(f"[{key}]*[factor]/[multiple]")
        return f"IF([factor]=1,[{key}],{cut}*[multiple])"

    def each(
        self,
        key: str,
        label: str,
        style: str,
        formula: Callable[[int, HolderTender], str | None],
        value: Callable[[Settlement], Decimal | int],
    ) -> None:
        """A line for each holder, and their sum."""
        for number, (holder, settled) in enumerate(
            zip(self.exchange.holders, self.settled, strict=True), 1
        ):
            note = self.exchange.options[holder.option].name
            line = Line(
                f"{key}_{number}",
                f"{holder.name}: {label}",
                style,
                formula(number, holder),
                value(settled),
                note,
            )
            self.lines.write(line)
        total = f"SUM([{key}_1]:[{key}_{len(self.settled)}])"
        self.lines.write(
            Line(
                f"{key}_in_all",
                f"All holders: {label}",
                f"{style}_total",
                total,
                sum(map(value, self.settled)),
            )
        )

    def tendered(self, number: int, holder: HolderTender) -> str:
        """The tender as a term."""
        return f"{{exchange_holders_{number}_principal}}"

    def accepted(self, number: int, holder: HolderTender) -> str:
        """What the factor accepts of it."""
        return self.cut(f"tendered_{number}")

    def considerations(self) -> None:
        """For 1,000, then for each holder: cash, interest, new notes, cash for the fraction."""
        exchange, paid = self.exchange, self.exchange.accrued_paid
        if paid:
            self.lines.write(
                Line(
                    "interest",
                    "Interest on a thousand of old notes",
                    "factor",
                    f"thousand*[coupon]*[{self.length}]/[basis]",
                    float(accrued_per_thousand(exchange)),
                    f"paid in {paid}",
                )
            )
        self.rates()
        self.each("cash", "cash", "money", self.cash, lambda each: each.cash)
        if self.accrues_in_cash:
            self.each("accrued", "interest", "money", self.accrued, lambda each: each.accrued)
        self.each("worth", "new notes before cut", "factor", self.worth, exact_notes)
        self.each("notes", "new notes", "money", self.notes, lambda each: each.new_notes)
        self.each("rest", "cash for fraction", "money", self.rest, lambda each: each.fraction_cash)
        for field in ("shares", "warrants"):
            self.each(field, field, "count", self.units(field), attrgetter(field))
        paid_in_cash = ["cash", "accrued", "rest"] if self.accrues_in_cash else ["cash", "rest"]
        total = "+".join(f"[{key}_in_all]" for key in paid_in_cash)
        cash = totals(self.settled).cash_in_all
        label = "Cash paid to holders"
        self.lines.write(Line("cash_total", label, "money_total", total, cash))
        self.lines.define("exchange_cash_in_all", "cash_total")

    @property
    def accrues_in_cash(self) -> bool:
        """Whether interest on what is accepted is paid beside the options."""
        return self.exchange.accrued_paid == IN_CASH

    def rates(self) -> None:
        """What each option gives for 1,000, and who tendered in time for the premium."""
        for option, terms in self.exchange.options.items():
            for field in GIVEN:
                value = getattr(terms, field)
                if value is not None:
                    words = field.replace("_", " ")
                    each = "in all" if field == "cash_pool" else "for a thousand"
                    label = f"{terms.name}: {words} {each}"
                    key = rate_key(option, field)
                    name = f"{{exchange_options_{key.removeprefix('rate_')}}}"
                    self.lines.write(Line(key, label, "price", name, value, "the option's terms"))
        last = self.exchange.early_tender
        if last:
            name, label = "{exchange_early_tender}", "Last day for the early premium"
            self.lines.write(Line("early", label, "date", name, last, "a term"))
            self.each("early", "in time", "count", self.in_time, lambda e: int(e.tender.is_early))

    def in_time(self, number: int, holder: HolderTender) -> str:
        return f"IF({{exchange_holders_{number}_tendered_on}}<=[early],1,0)"

    def for_a_thousand(self, number: int, holder: HolderTender, field: str) -> str:
        """What the option gives for 1,000, the early premium where the day of the tender is."""
        terms = self.exchange.options[holder.option]
        late = f"[{rate_key(holder.option, field)}]" if getattr(terms, field) else "0"
        if not getattr(terms, f"early_{field}", None):
            return late
        return f"({late}+[early_{number}]*[{rate_key(holder.option, f'early_{field}')}])"

    def cash(self, number: int, holder: HolderTender) -> str | None:
        """Cash for what is accepted; a pool's last cents go by remainders: no formula's work."""
        if self.exchange.options[holder.option].cash_pool:
            return None
        rate = self.for_a_thousand(number, holder, "cash")
        return f"ROUND([accepted_{number}]*{rate}/thousand,{self.digits})"

    def accrued(self, number: int, holder: HolderTender) -> str:
        return f"ROUND([accepted_{number}]*[interest]/thousand,{self.digits})"

    def worth(self, number: int, holder: HolderTender) -> str:
        rate = self.for_a_thousand(number, holder, "new_notes")
        interest = "+[interest]" if self.exchange.accrued_paid == IN_NOTES else ""
        worth = f"[accepted_{number}]*({rate}{interest})/thousand"
        if not self.exchange.options[holder.option].rest_in_notes:
            return worth
        unpaid = f"([accepted_{number}]-[cash_{number}])"
        return f"{worth}+{unpaid}*[{rate_key(holder.option, 'rest_in_notes')}]/thousand"

    def notes(self, number: int, holder: HolderTender) -> str:
        return WHOLE.format(f"[worth_{number}]/[new_multiple]") + "*[new_multiple]"

    def rest(self, number: int, holder: HolderTender) -> str:
        return f"ROUND([worth_{number}]-[notes_{number}],{self.digits})"

    def units(self, field: str) -> Callable[[int, HolderTender], str]:
        """Shares or warrants, fractions dropped."""

        def formula(number: int, holder: HolderTender) -> str:
            rate = self.for_a_thousand(number, holder, field)
            return WHOLE.format(f"[accepted_{number}]*{rate}/thousand")

        return formula
