"""Notes of a schedule: in words where a term bites on a row, and which period is the current one.

Each remark has a condition on the row and its words; a chain of columns strings together
those that hold, the last of them being what the reader sees.
"""

from collections.abc import Callable
from dataclasses import dataclass

from lexp_calc.fees import Fee
from lexp_calc.tranches.charges import CALL_PREMIUM
from workbook_templates.part import Part
from workbook_templates.row import Row
from workbook_templates.sheets.default_steps import rate_days_in_default
from workbook_templates.sheets.fee_columns import fee_key
from workbook_templates.sheets.limit_columns import FLOOR, binding, binds, coupon_limits
from workbook_templates.sheets.working import working
from workbook_templates.table import Column

CURRENT = "current"
LONGEST_FEE_NAME = 32
NOT_IN_A_FORMULA = frozenset('[]{}"%')  # what a formula of a table reads as its own
NARROWEST, WIDEST = 16, 40
MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()


@dataclass(frozen=True)
class Remark:
    """Words of a note and when they hold: as a formula's condition, and of the core's row."""

    condition: str
    words: str
    holds: Callable[[Row], bool]
    words_of: Callable[[Row], str] | None = None  # where `words` is a column

    @property
    def formula(self) -> str:
        """The words as a formula has them."""
        return self.words if self.words_of else f'"{self.words}"'

    def said(self, row: Row) -> str:
        """The words of a row."""
        return self.words_of(row) if self.words_of else self.words


def note_columns(part: Part) -> tuple[tuple[Column, ...], Column]:
    """The workings of the notes, and the column that the reader sees."""
    remarks = _remarks(part)
    said: dict[int, list[str]] = {}

    def words(row: Row, count: int):
        if id(row.flow) not in said:
            said[id(row.flow)] = [each.said(row) if each.holds(row) else "" for each in remarks]
        return ", ".join(each for each in said[id(row.flow)][:count] if each) or 0

    columns = []
    for number, remark in enumerate(remarks, 1):
        is_last = number == len(remarks)
        columns.append(
            Column(
                "notes" if is_last else f"notes_{number}",
                "Notes" if is_last else f"Notes, {number}",
                "remark" if is_last else "word",
                _strung(remark, number),
                lambda row, number=number: words(row, number),
                12,
            )
        )
    *before, shown = columns
    texts = [str(words(row, len(remarks))) for row in part.rows if row]
    width = min(max(NARROWEST, *(len(each) + 2 for each in texts)), WIDEST)
    shown = Column(shown.key, shown.head, shown.style, shown.formula, shown.value, width)
    return (*_facts(part), *before), shown


def _strung(remark: Remark, number: int) -> str:
    """The notes so far and these words, where they hold."""
    if number == 1:
        return f"IF({remark.condition},{remark.formula},0)"
    so_far = f"[notes_{number - 1}]"
    added = f'", "&{remark.words}' if remark.words_of else f'", {remark.words}"'
    also = f"IF({so_far}=0,{remark.formula},{so_far}&{added})"
    return f"IF({remark.condition},{also},{so_far})"


def _is_current(row: Row) -> bool:
    return row.flow.accrual_start <= row.part.projection.as_of < row.flow.accrual_end


def _is_moved(row: Row) -> bool:
    return row.pays and row.due_date != row.flow.payment_date


def _moves(part: Part) -> bool:
    return part.tranche.payments.business_day != "Unadjusted"


def _is_springing(row: Row) -> bool:
    return row.flow.event == "Maturity" and row.part.maturity == row.part.tranche.springing.maturity


def _due_month(row: Row):
    return MONTHS[row.due_date.month - 1] if _is_moved(row) else 0


def _moved_from(row: Row):
    return f"moved from {row.due_date:%d}-{_due_month(row)}-{row.due_date.year}"


def _facts(part: Part) -> list[Column]:
    """What the remarks ask about a row beyond what the schedule knows already."""
    columns = [
        Column(
            "is_current",
            "Current period",
            "count",
            "IF(AND([accrual_start]<=as_of,[accrual_end]>as_of),1,0)",
            lambda row: int(_is_current(row)),
            8.5,
        )
    ]
    if _moves(part):
        # Not TEXT: what its letters for day, month and year are turns on the reader's language.
        names = ",".join(f'"{each}"' for each in MONTHS)
        columns += [
            working(
                "is_moved",
                "Moved",
                "count",
                "IF(AND([pays]=1,[due_date]<>[payment_date]),1,0)",
                lambda row: int(_is_moved(row)),
                8,
            ),
            working(
                "due_month",
                "Month due",
                "word",
                f"IF([is_moved]=0,0,CHOOSE(MONTH([due_date]),{names}))",
                _due_month,
                8,
            ),
            working(
                "moved_from",
                "Moved from",
                "word",
                'IF([is_moved]=0,0,"moved from "&RIGHT(0&DAY([due_date]),2)'
                '&"-"&[due_month]&"-"&YEAR([due_date]))',
                lambda row: _moved_from(row) if _is_moved(row) else 0,
                22,
            ),
        ]
    if part.has_anniversaries:
        new_year = "[anniversary_number]>[anniversary_number@]"
        columns.append(
            working(
                "fee_date_ahead",
                "Fee date ahead",
                "date",
                f"IF(AND([payment_date]>as_of,{new_year}),[payment_date],0)",
                lambda row: row.flow.payment_date if row.is_yearly_fee_ahead else 0,
                12.5,
            )
        )
    if getattr(part.tranche, "springing", None):
        columns.append(
            working(
                "is_springing",
                "Maturity has sprung",
                "count",
                "IF(AND([is_maturity]=1,{maturity_in_force}={springing_maturity}),1,0)",
                lambda row: int(_is_springing(row)),
                9,
            )
        )
    return columns


def _remarks(part: Part) -> list[Remark]:
    """All that can be said of a row, in the order of the words."""
    remarks = [Remark("[is_current]=1", CURRENT, _is_current)]
    remarks += _rate_remarks(part)
    remarks += _date_remarks(part)
    remarks += _principal_remarks(part)
    return remarks + _fee_remarks(part)


def _rate_remarks(part: Part) -> list[Remark]:
    remarks = []
    for limit in coupon_limits(part):
        words = "floor binding" if limit is FLOOR else "cap binding"
        remarks.append(
            Remark(
                f"AND([pays_interest]=1,{binding(part, limit)})",
                words,
                lambda row, limit=limit: row.flow.pays_interest and binds(row, limit),
            )
        )
    if part.has_default:
        remarks.append(
            Remark(
                "AND([pays_interest]=1,[default_to_until]>[default_from_until])",
                "default margin",
                lambda row: row.flow.pays_interest and rate_days_in_default(row) > 0,
            )
        )
    if part.in_kind:
        remarks.append(
            Remark("[pik_interest]>0", "interest in kind", lambda row: row.flow.pik_interest > 0)
        )
    return remarks


def _date_remarks(part: Part) -> list[Remark]:
    remarks = []
    if _moves(part):
        remarks.append(Remark("[is_moved]=1", "[moved_from]", _is_moved, _moved_from))
    springing = getattr(part.tranche, "springing", None)
    unextended = None
    if springing and springing.unless_extended:
        unextended, name = springing.maturity, "{springing_maturity}"
    elif part.tranche.extension:
        unextended, name = part.tranche.maturity, "{maturity}"
    if unextended:
        remarks.append(
            Remark(
                f"MIN([due_date],[payment_date])>{name}",
                "extended",
                lambda row: (
                    bool(row.before) and min(row.due_date, row.flow.payment_date) > unextended
                ),
            )
        )
    if springing:
        remarks.append(Remark("[is_springing]=1", "springing maturity", _is_springing))
    return remarks


def _principal_remarks(part: Part) -> list[Remark]:
    remarks = []
    if part.is_revolver or part.is_drawn_later:
        remarks.append(
            Remark(
                "AND([drawn]>0,[payment_date]>closing_date)",
                "draw",
                lambda row: row.flow.drawn > 0 and bool(row.before),
            )
        )
    if part.is_level and part.plan.repayment.relevel != "never":
        remarks.append(
            Remark("AND([sets_level]=1,[level@]>0)", "new level payment", _sets_another_level)
        )
    swept = "[swept]" if part.is_swept else "0"
    remarks.append(
        Remark(
            f"[prepayment]>{swept}",
            "repayment" if part.is_revolver else "prepayment",
            lambda row: row.flow.prepayment > row.flow.swept,
        )
    )
    if part.is_swept:
        remarks.append(Remark("[swept]>0", "sweep", lambda row: row.flow.swept > 0))
    if not part.is_revolver:
        word = "balloon" if part.has_instalments else "principal due"
        remarks.append(Remark("[balloon]>0", word, lambda row: row.flow.balloon > 0))
    return remarks


def _sets_another_level(row: Row) -> bool:
    if not row.is_instalment or not row.before.to_date.level:
        return False
    return row.flow.to_date.level_units != row.before.to_date.level_units


def _fee_remarks(part: Part) -> list[Remark]:
    """Fees charged on days of their own, by name; those that run by days say nothing new."""
    remarks = []
    if part.plan.call_protection is not None:
        remarks.append(
            Remark(
                "[call_premium]>0",
                "call premium",
                lambda row: row.flow.charges.get(CALL_PREMIUM, 0) > 0,
            )
        )
    for fee_id, each in part.tranche.fees.items():
        if not each.accrues:
            remarks.append(
                Remark(
                    f"[fee_{fee_key(part, fee_id)}]>0",
                    _shown_name(each),
                    lambda row, fee_id=fee_id: row.flow.charges.get(fee_id, 0) > 0,
                )
            )
    return remarks


def _shown_name(each: Fee) -> str:
    """A fee's name, or its kind where the name is long or no formula holds it."""
    if len(each.name) > LONGEST_FEE_NAME or NOT_IN_A_FORMULA & set(each.name):
        return f"{each.type} fee"
    return each.name
