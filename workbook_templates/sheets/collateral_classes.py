"""The classes of a certificate: gross, each ineligible, eligible, rate and value."""

from lexp_calc.borrowing_base import ClassBase
from lexp_calc.collateral_terms import GROSS
from workbook_templates.part import Part
from workbook_templates.sheets.collateral_inputs import appraisal_name, class_name
from workbook_templates.sheets.terms import where_stated
from workbook_templates.statement import Line, Statement

NEEDED, BELOW_ZERO = "needs collateral", "below zero"
NOT_REPORTED, NONE_REPORTED = "not reported", "none reported"


def key(part_id: str, figure: str) -> str:
    """The key of a figure of a class or sub-limit; the figure is one word."""
    return f"{part_id}_{figure}".replace("-", "_")


def line_key(owner: str, line: str) -> str:
    """The key of one of several lines of the same kind, which no figure's key can be."""
    return f"{owner}__{line}".replace("-", "_")


def shown(part: Part, figure: int | None):
    """An amount, or the word where collateral is blank."""
    return NEEDED if figure is None else part.money(figure)


def value_key(part: Part, class_id: str) -> str:
    """The key of eligible x rates: what is lent, where nothing caps it further."""
    is_capped = part.tranche.base_structure.is_capped(class_id)
    return key(class_id, "value" if is_capped else "lendable")


def write_class(lines: Statement, part: Part, class_id: str, base: ClassBase | None) -> None:
    """One class: gross less ineligibles, times the advance rate."""
    lines.heading(part.tranche.borrowing_base[class_id].name)
    _collateral(lines, part, class_id, base)
    _rates(lines, part, class_id, base)


def _collateral(lines: Statement, part: Part, class_id: str, base: ClassBase | None) -> None:
    terms = part.tranche.borrowing_base[class_id]
    digits = part.currency.digits
    reported = part.projection.scenario.collateral.get(part.tranche_id, {}).get(class_id, {})
    gross, taken = key(class_id, GROSS), key(class_id, "ineligibles")

    def line(each: str, line_at: str, label: str, absent: str) -> Line:
        name = f"{{{class_name(part, class_id, each)}}}"
        formula = f'IF(COUNT({name})=0,"{absent}",{name})'
        indented = "label" if each == GROSS else "label_indented"
        value = reported.get(each, absent)
        return Line(line_at, label, "money", formula, value, "", indented)

    lines.write(line(GROSS, gross, "Gross", NOT_REPORTED))
    keys = [line_key(class_id, each) for each in terms.ineligible]
    for at, (each, name) in zip(keys, terms.ineligible.items(), strict=True):
        lines.write(line(each, at, f"less: {name}", NONE_REPORTED))
    taken_off = f"SUM([{keys[0]}]:[{keys[-1]}])" if keys else "0"
    lines.write(
        Line(
            taken,
            "Total ineligibles",
            "money",
            f'IF(COUNT([{gross}])=0,"{NEEDED}",ROUND({taken_off},{digits}))',
            shown(part, base and sum(amount for _, amount in base.ineligibles)),
        ),
        Line(
            key(class_id, "eligible"),
            "Eligible: gross less ineligibles",
            "money",
            f'IF(COUNT([{gross}])=0,"{NEEDED}",IF([{taken}]>[{gross}],"{BELOW_ZERO}",'
            f"ROUND([{gross}]-[{taken}],{digits})))",
            shown(part, base and base.eligible),
        ),
    )


def _rates(lines: Statement, part: Part, class_id: str, base: ClassBase | None) -> None:
    """Advance rate, appraised value where the advance is on it, and the product."""
    terms = part.tranche.borrowing_base[class_id]
    lines.write(_term(part, class_id, "rate", "Advance rate", "advance_rate"))
    rate, words = f"[{key(class_id, 'rate')}]", "advance rate"
    if terms.net_orderly_liquidation_value is not None:
        _appraised(lines, part, class_id)
        rate, words = f"{rate}*[{key(class_id, 'appraised')}]", "both rates"
    if terms.advance_rate_on_cost is not None:
        label = "Advance rate on cost, which is not exceeded"
        lines.write(_term(part, class_id, "cost", label, "advance_rate_on_cost"))
        rate, words = f"MIN({rate},[{key(class_id, 'cost')}])", "the lesser rate"
    eligible, at = key(class_id, "eligible"), value_key(part, class_id)
    what = "Lendable value" if at == key(class_id, "lendable") else "Value before caps"
    digits = part.currency.digits
    lines.write(
        Line(
            at,
            f"{what}: eligible x {words}",
            "money_total",
            f"IF(COUNT([{eligible}])=0,[{eligible}],ROUND([{eligible}]*{rate},{digits}))",
            shown(part, base and base.value),
        )
    )


def _term(part: Part, class_id: str, figure: str, label: str, field: str) -> Line:
    """A rate of the contract."""
    path = f"borrowing_base.{class_id}.{field}"
    name = f"{{borrowing_base_{part.words[class_id]}_{field}}}"
    stated = where_stated(part.projection.deal, part.tranche, path)
    rate = getattr(part.tranche.borrowing_base[class_id], field)
    return Line(key(class_id, figure), label, "rate", name, rate, stated)


def _appraised(lines: Statement, part: Part, class_id: str) -> None:
    """The net orderly liquidation value: the contract's, and that of the latest appraisal."""
    terms = part.tranche.borrowing_base[class_id]
    at_first = key(class_id, "agreed")
    field = "net_orderly_liquidation_value"
    label = "Net orderly liquidation value in the contract"
    lines.write(_term(part, class_id, "agreed", label, field))
    given = part.projection.scenario.appraisal.get(part.tranche_id, {})
    name = f"{{{appraisal_name(part, class_id)}}}"
    lines.write(
        Line(
            key(class_id, "appraised"),
            "Net orderly liquidation value in force",
            "rate",
            f"IF(COUNT({name})=0,[{at_first}],{name})",
            given.get(class_id, terms.net_orderly_liquidation_value),
            "an input, where there is a later appraisal",
        )
    )
