"""Caps and sub-limits of a certificate, and its sum: the borrowing base and the limit."""

from dataclasses import dataclass

from lexp_calc.borrowing_base import Certificate, ClassBase, LimitBase
from lexp_calc.collateral_terms import TOTAL, BaseLimit
from workbook_templates.part import Part
from workbook_templates.sheets.collateral_classes import (
    NEEDED,
    NONE_REPORTED,
    key,
    line_key,
    shown,
)
from workbook_templates.sheets.collateral_inputs import reserve_name
from workbook_templates.sheets.terms import where_stated
from workbook_templates.statement import Line, Statement

FEW = 3  # terms of a sum that one formula can name
INDENTED = "label_indented"


@dataclass(frozen=True)
class BaseLines:
    """The lines between the classes and the limit; `given` is None while collateral is blank."""

    lines: Statement
    part: Part
    given: Certificate | None

    @property
    def bases(self) -> dict[str, ClassBase | LimitBase]:
        """Classes and sub-limits of the certificate by id; none while collateral is blank."""
        if self.given is None:
            return {}
        classes = {each.class_id: each for each in self.given.classes}
        return classes | {each.limit_id: each for each in self.given.limits}

    def write_caps(self) -> None:
        """Each capped class and each sub-limit, after the parts that it depends on."""
        structure = self.part.tranche.base_structure
        capped = [each for each in structure.order() if structure.is_capped(each)]
        if not capped:
            return
        self.lines.heading("Caps and sub-limits")
        for part_id in capped:
            self._capped(part_id)
        self.lines.row += 1

    def _capped(self, part_id: str) -> None:
        """What a part comes to, its caps, and the least of them."""
        terms = self.part.tranche.base_structure.part(part_id)
        base = self.bases.get(part_id)
        bounds = [key(part_id, "value")]
        if isinstance(terms, BaseLimit):
            label = f"{terms.name}, sum of its parts"
            self._sum(Line(bounds[0], label, "money", None, base and base.value), terms.members)
        else:
            value = self.lines.values[bounds[0]]
            label = f"{terms.name}, before caps"
            own = Line(key(part_id, "own"), label, "money", f"[{bounds[0]}]", value)
            self.lines.write(own)
        if terms.cap is not None:
            bounds.append(key(part_id, "cap"))
            stated = self._stated(part_id, "cap")
            name = self._term(part_id, "cap")
            self.lines.write(Line(bounds[-1], "Cap", "money", name, terms.cap, stated, INDENTED))
        if terms.cap_share is not None:
            bounds.append(key(part_id, "share"))
            self._share(part_id)
        cells = ",".join(f"[{each}]" for each in bounds)
        self.lines.write(
            Line(
                key(part_id, "lendable"),
                f"{terms.name}, lendable value",
                "money_total",
                f'IF(COUNT({cells})<COUNTA({cells}),"{NEEDED}",MIN({cells}))',
                shown(self.part, base and base.lendable),
                "the least of these",
            )
        )

    def _term(self, part_id: str, field: str) -> str:
        """The defined name of a part's term, as formulas of a statement have it."""
        return f"{{{self._table(part_id)}_{self.part.words[part_id]}_{field}}}"

    def _stated(self, part_id: str, path: str) -> str:
        """Where the documents state a part's term."""
        deal, tranche = self.part.projection.deal, self.part.tranche
        return where_stated(deal, tranche, f"{self._table(part_id)}.{part_id}.{path}")

    def _table(self, part_id: str) -> str:
        """The table of the terms in which a part stands."""
        is_limit = part_id in self.part.tranche.borrowing_base_limits
        return "borrowing_base_limits" if is_limit else "borrowing_base"

    def _share(self, part_id: str) -> None:
        """A cap that is a share of another part, or of the base that results."""
        structure = self.part.tranche.base_structure
        terms = structure.part(part_id)
        share, base = terms.cap_share, self.bases.get(part_id)
        at = key(part_id, "portion")
        if share.of == TOTAL:
            others = tuple(each for each in structure.outermost if each != part_id)
            rest = sum(self.bases[each].lendable for each in others) if self.given else None
            measure, of = key(part_id, "rest"), "the whole base"
            self._sum(Line(measure, "All other lendable value", "money", None, rest), others)
            label = "Cap: other value x share / (1 - share)"
            product = f"[{measure}]*[{at}]/(1-[{at}])"
        else:
            measure, of = key(share.of, "lendable"), structure.part(share.of).name
            label, product = "Cap: share x that lendable value", f"[{measure}]*[{at}]"
        stated = self._stated(part_id, "cap_share.rate")
        rate = self._term(part_id, "cap_share_rate")
        digits = self.part.currency.digits
        formula = f"IF(COUNT([{measure}])=0,[{measure}],ROUND({product},{digits}))"
        cap = shown(self.part, base and base.caps.share)
        self.lines.write(
            Line(at, f"Share of {of}", "rate", rate, share.rate, stated, INDENTED),
            Line(key(part_id, "share"), label, "money", formula, cap, "", INDENTED),
        )

    def _sum(self, line: Line, ids: tuple[str, ...]) -> None:
        """The sum of what is lent against some parts; many are first listed one by one.

        `line` has the sum in minor units, and no formula yet.
        """
        structure, digits = self.part.tranche.base_structure, self.part.currency.digits
        parts = ",".join(f"[{key(each, 'lendable')}]" for each in ids)
        if len(ids) > FEW:
            for each in ids:
                base, own_key = self.bases.get(each), line_key(line.key, each)
                figure, value = (
                    f"[{key(each, 'lendable')}]",
                    shown(self.part, base and base.lendable),
                )
                name = structure.part(each).name
                self.lines.write(Line(own_key, name, "money", figure, value, "", INDENTED))
            parts = f"[{line_key(line.key, ids[0])}]:[{line_key(line.key, ids[-1])}]"
        formula = f'IF(COUNT({parts})<COUNTA({parts}),"{NEEDED}",ROUND(SUM({parts}),{digits}))'
        value = shown(self.part, line.value)
        self.lines.write(Line(line.key, line.label, "money", formula, value))

    def write_limit(self) -> None:
        """From the lendable values to the lesser of borrowing base and commitment."""
        part, given, digits = self.part, self.given, self.part.currency.digits
        self.lines.heading("Borrowing base and limit")
        label, value = "Lendable value of all classes", given and given.lendable
        outermost = part.tranche.base_structure.outermost
        self._sum(Line("lendable", label, "money", None, value), outermost)
        reserves = self._reserves()
        self.lines.write(
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
                _commitment(part),
                part.tranche.commitment_on(part.projection.as_of),
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
            self._minimum()

    def _reserves(self) -> str:
        """The reserves by name, or one amount; what the base takes off, as a formula."""
        given = self.part.projection.scenario.reserves.get(self.part.tranche_id, {})
        named = self.part.tranche.reserves
        keys = {each: line_key("reserve", each) if each else "reserves" for each in named or ("",)}
        for reserve_id, at in keys.items():
            name = f"{{{reserve_name(self.part, reserve_id)}}}"
            label = f"less: {named[reserve_id]}" if reserve_id else "less: Reserves"
            formula = f'IF(COUNT({name})=0,"{NONE_REPORTED}",{name})'
            amount = given.get(reserve_id) if reserve_id else next(iter(given.values()), None)
            value = NONE_REPORTED if amount is None else amount
            self.lines.write(Line(at, label, "money", formula, value, "an input", INDENTED))
        if len(keys) == 1:
            return f"{{{reserve_name(self.part, *keys)}}}"
        ends, digits = list(keys.values()), self.part.currency.digits
        total = f"ROUND(SUM([{ends[0]}]:[{ends[-1]}]),{digits})"
        label, value = "Total reserves", sum(given.values())
        self.lines.write(Line("reserves_total", label, "money", total, value))
        return "[reserves_total]"

    def _minimum(self) -> None:
        """The block that stays undrawn."""
        part, given, digits = self.part, self.given, self.part.currency.digits
        self.lines.write(
            Line(
                "minimum",
                "less: Minimum availability",
                "money",
                "{minimum_availability}",
                part.tranche.minimum_availability,
                where_stated(part.projection.deal, part.tranche, "minimum_availability"),
                INDENTED,
            ),
            Line(
                "usable",
                "What may be used, not below zero",
                "money_total",
                f"IF(COUNT([limit])=0,[limit],MAX(ROUND([limit]-[minimum],{digits}),0))",
                shown(part, given and given.usable),
            ),
        )


def _commitment(part: Part) -> str:
    """The commitment on the as-of date: the first one before the first day of the table."""
    if not part.tranche.commitment_steps:
        return "{commitment}"
    held = 'COUNTIF({commitment_dates},"<="&as_of)'
    return f"INDEX({{commitment_amounts}},MAX({held},1))"
