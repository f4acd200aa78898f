"""Warrants: printed number against the rule, what exercise is worth, what redemptions retire."""

from lexp_calc.dilution import net_shares
from lexp_calc.ownership import shares_after_closing
from lexp_calc.warrant_counts import warrants_by_rule
from lexp_calc.warrant_retirement import retirements_under, warrants_left
from lexp_calc.warrants import (
    ATTACHED,
    EXERCISABLE,
    EXPIRED,
    NOT_YET_EXERCISABLE,
    Warrants,
    warrant_exercise_value,
)
from workbook_templates.addresses import Area
from workbook_templates.contents import Contents
from workbook_templates.part import Part
from workbook_templates.sheets.ownership import write_ownership
from workbook_templates.sheets.retirements import (
    FIGURE_WIDTH,
    LABEL_WIDTH,
    retirement_table,
)
from workbook_templates.sheets.warrant_inputs import NEEDS_PRICE, Given
from workbook_templates.statement import LABEL, VALUE, Line, Statement

LAST_COLUMN = 8


def write(contents: Contents) -> None:
    """A sheet for each issue whose notes the workbook shows; the first has the sum over several."""
    issues = [
        (part, warrants)
        for part in contents.parts
        for warrants in contents.deal.warrant.values()
        if warrants.tranche == part.tranche_id
    ]
    for number, (part, warrants) in enumerate(issues):
        sheet = contents.sheet(contents.title("Warrants", part), "results", warrants.name)
        figures = dict.fromkeys(range(VALUE, LAST_COLUMN + 1), FIGURE_WIDTH)
        sheet.widths({LABEL: LABEL_WIDTH} | figures)
        row = _issue(sheet, 4, part, warrants)
        if number == 0 and len(issues) > 1:
            row = _together(sheet, row + 2, contents, issues)
        if number == 0:
            row = write_ownership(sheet, row + 2, contents)
        sheet.print_setup(Area(1, 1, row, LAST_COLUMN), pages_tall=1)
        sheet.freeze(4, 1)


def _issue(sheet, row: int, part: Part, warrants: Warrants) -> int:
    """One issue; gives back its last row."""
    lines = Statement(sheet, row, part.name)
    _heads(lines)
    retired = retirements_under(warrants, part.schedule)
    _number(lines, part, warrants)
    _terms(lines, part, warrants)
    lines.row += 1
    _on_the_day(lines, part, warrants, retired)
    lines.row += 1
    if warrants.retired_with_notes_before is None:
        return lines.row - 2
    lines.heading("Warrants retired with redeemed notes")
    return retirement_table(sheet, lines.row, part, warrants, retired)


def _heads(lines: Statement) -> None:
    for column in range(lines.last_column + 1, LAST_COLUMN + 1):
        lines.sheet.blank(lines.row, column, "column_head_text")
    lines.heads("Issue", "Figure", "Note")


def _number(lines: Statement, part: Part, warrants: Warrants) -> None:
    """How many: as printed, by the rule, and the difference."""
    by_rule = warrants_by_rule(part.tranche.size, warrants.per_thousand)
    issued = int(warrants.issued)
    lines.write(
        Line("issued", "Issued, as printed", "count", "{warrant_issued}", issued, "the fact"),
        Line(
            "by_rule",
            "By the rule: so many for each thousand of notes",
            "count",
            "INT(ROUND({principal}*{warrant_per_thousand},2)/thousand)",
            by_rule,
            f"{warrants.per_thousand} for each thousand of principal at closing, fractions dropped",
        ),
        Line(
            "difference",
            "Printed less rule",
            "count",
            "[issued]-[by_rule]",
            issued - by_rule,
            "shown, never adjusted: the printed number is used below",
        ),
    )
    lines.define("warrants_by_rule", "by_rule")


def _terms(lines: Statement, part: Part, warrants: Warrants) -> None:
    """Strike and window."""
    currency = part.currency.code
    a_share = f"{currency} a share"
    lines.write(
        Line("strike", "Strike", "price", "{warrant_strike}", warrants.strike, a_share),
        Line(
            "strike_money",
            "Strike money of all issued",
            "money",
            "[issued]*[strike]",
            warrants.issued * warrants.strike,
            f"{currency}: what holders pay if all are exercised",
        ),
        Line(
            "from",
            "Exercisable from",
            "date",
            "{warrant_exercisable_from}",
            warrants.exercisable_from,
        ),
        Line("to", "Exercisable to", "date", "{warrant_expires}", warrants.expires, "that day too"),
    )
    if warrants.retired_with_notes_before:
        lines.write(
            Line(
                "detached",
                "Detached from the notes on",
                "date",
                "{warrant_retired_with_notes_before}",
                warrants.retired_with_notes_before,
                "before, a warrant is retired without value if its note is redeemed",
            )
        )


def _on_the_day(lines: Statement, part: Part, warrants: Warrants, retired) -> None:
    """Status, number and value on the as-of date."""
    day, price = part.projection.as_of, part.projection.scenario.share_price
    left = warrants_left(warrants, retired, day)
    status = warrants.status(day)
    before = f'"{NOT_YET_EXERCISABLE}"'
    gone = ""
    if warrants.retired_with_notes_before:
        before = f'IF([day]<[detached],"{ATTACHED}",{before})'
        gone = '-SUMIFS({warrants_retired},{warrants_retired_on},"<="&[day])'
    lines.heading("On the as-of date")
    lines.write(
        Line("day", "As-of date", "date", "as_of", day, "an input"),
        Line(
            "status",
            "Status",
            "count",
            f'IF([day]>[to],"{EXPIRED}",IF([day]>=[from],"{EXERCISABLE}",{before}))',
            status,
        ),
        Line(
            "outstanding",
            "Warrants not retired",
            "count",
            f"[issued]{gone}",
            left,
            "issued less those retired up to this day",
        ),
        Line(
            "price",
            "Share price",
            "price",
            f'IF(COUNT(share_price)=0,"{NEEDS_PRICE}",share_price)',
            NEEDS_PRICE if price is None else price,
            f"{part.currency.code} a share, an input",
        ),
        Line(
            "above",
            "Price above strike",
            "price",
            "IF(COUNT([price])=0,[price],MAX([price]-[strike],0))",
            NEEDS_PRICE if price is None else max(price - warrants.strike, 0),
            f"{part.currency.code} a share",
        ),
        Line(
            "value",
            "Exercise value",
            "money_total",
            f'IF([status]="{EXERCISABLE}",IF(COUNT([above])=0,[above],[outstanding]*[above]),'
            f'IF([status]="{EXPIRED}",[status],0))',
            _value(warrants, left, price, status, day),
            f"{part.currency.code}; none before the window opens",
        ),
    )
    for column in range(lines.last_column + 1, LAST_COLUMN + 1):
        lines.sheet.blank(lines.rows["value"], column, "label_total")
    _before_the_last_day(lines, part, warrants, left)
    lines.define("warrants_outstanding", "outstanding")
    lines.define("warrants_exercise_value", "value")


def _before_the_last_day(lines: Statement, part: Part, warrants: Warrants, left: int) -> None:
    """What is worked out on the sheet of the warrant's value, and the new shares of exercise."""
    given, currency = Given(part, warrants), part.currency.code
    of_one = given.value()
    lines.write(
        Line(
            "of_one",
            "Value of a warrant after Black and Scholes",
            "price",
            "{warrants_value_of_one}",
            of_one,
            f"{currency}; to the last day of exercise, worked out on the sheet Warrant value",
        ),
        Line(
            "of_all",
            "Value of all not retired",
            "money",
            "IF(COUNT([of_one])=0,[of_one],[outstanding]*[of_one])",
            of_one if isinstance(of_one, str) else left * of_one,
            f"{currency}, not diluted",
        ),
    )
    shares = shares_after_closing(part.projection.deal)
    if shares:
        lines.write(
            Line(
                "diluted",
                "Diluted value of a warrant",
                "price",
                "{warrants_diluted_value}",
                given.value(left, shares),
                f"{currency}; after Galai and Schneller",
            )
        )
    new_shares = NEEDS_PRICE
    if given.price != NEEDS_PRICE:
        new_shares = float(net_shares(given.price, left, warrants.strike))
    lines.write(
        Line(
            "new_shares",
            "New shares by the treasury stock method",
            "count",
            "IF(COUNT([above])=0,[above],[outstanding]*[above]/[price])",
            new_shares,
            "warrants x (1 - strike / share price): what the strike money does not buy back",
        )
    )
    lines.define("warrants_new_shares", "new_shares")


def _value(warrants: Warrants, left: int, price, status: str, day):
    if status == EXPIRED:
        return EXPIRED
    if status == EXERCISABLE and price is None:
        return NEEDS_PRICE
    window = (day, warrants.exercisable_from, warrants.expires)
    return warrant_exercise_value(price or 0, left, warrants.strike, *window)


def _together(sheet, row: int, contents: Contents, issues) -> int:
    """All issues of the deal in one; gives back the last row."""
    day = contents.projection.as_of
    lines = Statement(sheet, row, str)
    lines.heading("All warrants")
    _heads(lines)

    def sum_of(words: str, label: str, style: str, formula: str, value) -> None:
        """The figure of each issue on a line of its own, and their sum."""
        key = words.replace(" ", "_")
        keys, values = [], []
        for part, each in issues:
            keys.append(f"{key}{part.suffix}")
            values.append(value(part, each))
            figure = formula.format(part.suffix)
            own = f"{part.tranche.name}: {words}"
            lines.write(Line(keys[-1], own, style, figure, values[-1], "", "label_indented"))
        formula = f"SUM([{keys[0]}]:[{keys[-1]}])"
        lines.write(Line(key, label, style, formula, sum(values)))

    sum_of(
        "issued",
        "Issued, as printed",
        "count",
        "warrant_issued{}",
        lambda part, each: int(each.issued),
    )
    sum_of(
        "strike money",
        "Strike money of all issued",
        "money",
        "warrant_issued{0}*warrant_strike{0}",
        lambda part, each: each.issued * each.strike,
    )
    sum_of(
        "not retired",
        "Not retired on the as-of date",
        "count",
        "warrants_outstanding{}",
        lambda part, each: warrants_left(each, retirements_under(each, part.schedule), day),
    )
    return lines.row - 1
