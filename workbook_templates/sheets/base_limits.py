"""Caps and sub-limits of a certificate, and its sum: the borrowing base and the limit."""

from lexp_calc.borrowing_base import Certificate
from lexp_calc.collateral_terms import TOTAL, BaseLimit
from workbook_templates.part import Part
from workbook_templates.sheets.collateral_classes import (
    NEEDED,
    NONE_REPORTED,
    key,
    line_key,
    shown,
)
from workbook_templates.sheets.inputs import reserve_name
from workbook_templates.sheets.terms import term_name, where_stated
from workbook_templates.statement import Line, Statement

FEW = 3  # terms of a sum that one formula can name


def write_caps(lines: Statement, part: Part, given: Certificate | None) -> None:
    """Each capped class and each sub-limit, after the parts that it depends on."""
    structure = part.tranche.base_structure
    capped = [each for each in structure.order() if structure.is_capped(each)]
    if not capped:
        return
    lines.heading("Caps and sub-limits")
    for part_id in capped:
        _capped(lines, part, part_id, given)
    lines.row += 1


def _capped(lines: Statement, part: Part, part_id: str, given: Certificate | None) -> None:
    """What a part comes to, its caps, and the least of them."""
    terms = part.tranche.base_structure.part(part_id)
    base = _bases(given).get(part_id)
    bounds = [key(part_id, "value")]
    table = "borrowing_base"
    if isinstance(terms, BaseLimit):
        table = "borrowing_base_limits"
        label = f"{terms.name}, sum of its parts"
        _sum(lines, part, bounds[0], label, terms.members, base and base.value, given)
    else:
        value = lines.values[bounds[0]]
        label = f"{terms.name}, before caps"
        lines.write(Line(key(part_id, "own"), label, "money", f"[{bounds[0]}]", value))
    stem = f"{table}_{term_name(part_id)}"
    if terms.cap is not None:
        bounds.append(key(part_id, "cap"))
        stated = where_stated(part.projection.deal, part.tranche, f"{table}.{part_id}.cap")
        name = f"{{{stem}_cap}}"
        line = Line(bounds[-1], "Cap", "money", name, terms.cap, stated, "label_indented")
        lines.write(line)
    if terms.cap_share is not None:
        bounds.append(key(part_id, "share"))
        _share(lines, part, part_id, f"{{{stem}_cap_share_rate}}", given)
    cells = ",".join(f"[{each}]" for each in bounds)
    lines.write(
        Line(
            key(part_id, "lendable"),
            f"{terms.name}, lendable value",
            "money_total",
            f'IF(COUNT({cells})<COUNTA({cells}),"{NEEDED}",MIN({cells}))',
            shown(part, base and base.lendable),
            "the least of these",
        )
    )


def _share(
    lines: Statement, part: Part, part_id: str, rate: str, given: Certificate | None
) -> None:
    """A cap that is a share of another part, or of the base that results."""
    structure, digits = part.tranche.base_structure, part.currency.digits
    terms = structure.part(part_id)
    share = terms.cap_share
    base = _bases(given).get(part_id)
    at = key(part_id, "portion")
    if share.of == TOTAL:
        others = tuple(each for each in structure.outermost if each != part_id)
        rest = None
        if given is not None:
            rest = sum(_bases(given)[each].lendable for each in others)
        measure, of = key(part_id, "rest"), "the whole base"
        _sum(lines, part, measure, "All other lendable value", others, rest, given)
        label, product = "Cap: other value x share / (1 - share)", f"[{measure}]*[{at}]/(1-[{at}])"
    else:
        measure, of = key(share.of, "lendable"), structure.part(share.of).name
        label, product = "Cap: share x that lendable value", f"[{measure}]*[{at}]"
    table = "borrowing_base_limits" if isinstance(terms, BaseLimit) else "borrowing_base"
    path = f"{table}.{part_id}.cap_share.rate"
    stated = where_stated(part.projection.deal, part.tranche, path)
    formula = f"IF(COUNT([{measure}])=0,[{measure}],ROUND({product},{digits}))"
    cap = shown(part, base and base.caps.share)
    indented = "label_indented"
    lines.write(
        Line(at, f"Share of {of}", "rate", rate, share.rate, stated, indented),
        Line(key(part_id, "share"), label, "money", formula, cap, "", indented),
    )


def _bases(given: Certificate | None) -> dict:
    """Classes and sub-limits of a certificate by id; none while collateral is blank."""
    if given is None:
        return {}
    return {each.class_id: each for each in given.classes} | {
        each.limit_id: each for each in given.limits
    }


def _sum(lines: Statement, part: Part, at: str, label: str, ids, value, given) -> None:
    """The sum of what is lent against some parts; many of them are first listed one by one."""
    digits = part.currency.digits
    structure, bases = part.tranche.base_structure, _bases(given)
    parts = ",".join(f"[{key(each, 'lendable')}]" for each in ids)
    if len(ids) > FEW:
        for each in ids:
            own = bases.get(each)
            name, own_key = structure.part(each).name, line_key(at, each)
            figure = f"[{key(each, 'lendable')}]"
            lendable = shown(part, own and own.lendable)
            lines.write(Line(own_key, name, "money", figure, lendable, "", "label_indented"))
        parts = f"[{line_key(at, ids[0])}]:[{line_key(at, ids[-1])}]"
    formula = f'IF(COUNT({parts})<COUNTA({parts}),"{NEEDED}",ROUND(SUM({parts}),{digits}))'
    lines.write(Line(at, label, "money", formula if ids else "0", shown(part, value)))


def write_limit(lines: Statement, part: Part, given: Certificate | None) -> None:
    """From the lendable values to the lesser of borrowing base and commitment."""
    digits = part.currency.digits
    outermost = part.tranche.base_structure.outermost
    lines.heading("Borrowing base and limit")
    label = "Lendable value of all classes"
    _sum(lines, part, "lendable", label, outermost, given and given.lendable, given)
    reserves = _reserves(lines, part)
    as_of = part.projection.as_of
    lines.write(
        Line(
            "borrowing_base",
            "Borrowing base",
            "money_total",
            f"IF(COUNT([lendable])=0,[lendable],MAX(ROUND([lendable]-{reserves},{digits}),0))",
            shown(part, given and given.borrowing_base),
        ),
        Line(
            "commitment",
            "Commitment",
            "money",
            _commitment_formula(part),
            part.tranche.commitment_on(as_of),
            where_stated(part.projection.deal, part.tranche, "commitment"),
        ),
        Line(
            "limit",
            "Limit: the lesser of the two",
            "money_total",
            "IF(COUNT([borrowing_base])=0,[borrowing_base],MIN([borrowing_base],[commitment]))",
            shown(part, given and given.limit),
        ),
    )
    if part.tranche.minimum_availability is not None:
        _minimum(lines, part, given)


def _commitment_formula(part: Part) -> str:
    """The commitment on the as-of date."""
    if not part.tranche.commitment_steps:
        return "{commitment}"
    return 'INDEX({commitment_amounts},MAX(COUNTIF({commitment_dates},"<="&as_of),1))'


def _reserves(lines: Statement, part: Part) -> str:
    """The reserves by name, or one amount; what the base takes off, as a formula."""
    scenario = part.projection.scenario
    given = scenario.reserves.get(part.tranche_id, {})
    named = part.tranche.reserves
    keys = {each: line_key("reserve", each) if each else "reserves" for each in named or ("",)}
    for reserve_id, at in keys.items():
        name = f"{{{reserve_name(reserve_id)}}}"
        label = f"less: {named[reserve_id]}" if reserve_id else "less: Reserves"
        formula = f'IF(COUNT({name})=0,"{NONE_REPORTED}",{name})'
        amount = given.get(reserve_id) if reserve_id else next(iter(given.values()), None)
        value = NONE_REPORTED if amount is None else amount
        lines.write(Line(at, label, "money", formula, value, "an input", "label_indented"))
    if not named:
        return "{reserves}"
    ends = list(keys.values())
    return f"SUM([{ends[0]}]:[{ends[-1]}])"


def _minimum(lines: Statement, part: Part, given: Certificate | None) -> None:
    """The block that stays undrawn."""
    digits = part.currency.digits
    lines.write(
        Line(
            "minimum",
            "less: Minimum availability",
            "money",
            "{minimum_availability}",
            part.tranche.minimum_availability,
            where_stated(part.projection.deal, part.tranche, "minimum_availability"),
            "label_indented",
        ),
        Line(
            "usable",
            "What may be used, not below zero",
            "money_total",
            f"IF(COUNT([limit])=0,[limit],MAX(ROUND([limit]-[minimum],{digits}),0))",
            shown(part, given and given.usable),
        ),
    )
