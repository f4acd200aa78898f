"""The workings of fees: one column a fee, with what runs where it accrues by days."""

from collections.abc import Callable

from lexp_calc.fees import (
    AgencyFee,
    AmendmentFee,
    AnniversaryFee,
    ClosingFee,
    Discount,
    ExitFee,
    Fee,
    LetterOfCreditFee,
    MinimumInterest,
    Standing,
    UnusedFee,
)
from lexp_calc.tranches.charges import CALL_PREMIUM
from lexp_calc.tranches.plan import in_force
from workbook_templates.part import Part
from workbook_templates.row import Row
from workbook_templates.sheets.call_columns import call_columns
from workbook_templates.sheets.rate_columns import length, working
from workbook_templates.table import CONSTANT, Column

NEVER = "0"


def fee_key(part: Part, fee_id: str) -> str:
    """The key of a fee's column, and the end of its names."""
    return part.words[fee_id]


def fee_columns(part: Part) -> tuple[Column, ...]:
    """The workings of all fees, then what each charges on the row, side by side."""
    columns: list[Column] = []
    charged: list[Column] = []
    if part.running_fees:
        columns += _standing_columns(part)
    if any(isinstance(each, MinimumInterest) for each in part.tranche.fees.values()):
        columns.append(_interest_to_date(part))
    for fee_id, each in part.tranche.fees.items():
        made = _running(part, fee_id, each) if each.accrues else _charged(part, fee_id, each)
        columns += made[:-1]
        charged.append(made[-1])
    if part.plan.call_protection is not None:
        *workings, premium = call_columns(part)
        columns += workings
        charged.append(premium)
    return (*columns, *charged)


def fee_sum(part: Part) -> str:
    """The fees of a row, from the columns of each, which stand side by side."""
    keys = list(fee_names(part).values())
    return f"[{keys[0]}]" if len(keys) == 1 else f"SUM([{keys[0]}]:[{keys[-1]}])"


def fee_names(part: Part) -> dict[str, str]:
    """The key of each fee's column by its id."""
    named = {fee_id: f"fee_{fee_key(part, fee_id)}" for fee_id in part.tranche.fees}
    if part.plan.call_protection is not None:
        named[CALL_PREMIUM] = "call_premium"
    return named


def _amount(part: Part, fee_id: str) -> Callable[[Row], object]:
    return lambda row: row.money(row.flow.charges.get(fee_id, 0))


def _charged(part: Part, fee_id: str, each: Fee) -> list[Column]:
    """A fee charged on days of its own; before it, where the day is a term, whether it is that."""
    id_key = fee_key(part, fee_id)
    formula, first = _formulas(part, id_key, each)
    columns = []
    if isinstance(each, AmendmentFee):
        columns.append(
            working(
                f"due_{id_key}",
                f"{each.name}: on the day",
                "count",
                "IF(AND([settled_through]>[settled_through@],"
                f"[settled_through]={{fees_{id_key}_date}}),1,0)",
                lambda row: int(row.happens == each.date),
                9,
            )
        )
    key = f"fee_{id_key}"
    columns.append(Column(key, each.name, "money", formula, _amount(part, fee_id), 13.5, first))
    return columns


def _formulas(part: Part, key: str, each: Fee) -> tuple[str, str]:
    """The formula of a row, and that of the closing."""
    digits = part.currency.digits
    rate = f"{{fees_{key}_rate}}"

    def share(of: str) -> str:
        return f"ROUND({rate}*{of},{digits})"

    if isinstance(each, ClosingFee):
        commitment = "{commitment}" if part.is_revolver else "{size}"
        return NEVER, share("[drawn]" if each.base == "drawn at closing" else commitment)
    if isinstance(each, Discount):
        return NEVER, share("[drawn]")
    new_year = "[anniversary_number]>[anniversary_number@]"
    if isinstance(each, AnniversaryFee):
        return f"IF({new_year},{share('[closing_balance]')},0)", NEVER
    if isinstance(each, AgencyFee):
        amount = f"{{fees_{key}_amount}}"
        return f"IF(AND({new_year},[is_finished]=0),{amount},0)", amount
    if isinstance(each, AmendmentFee):
        return f"IF([due_{key}]=1,{share('[closing_balance]')},0)", NEVER
    if isinstance(each, ExitFee):
        everything = each.base == "all principal repaid"
        return share("[principal]" if everything else "([prepayment]+[balloon])"), NEVER
    shortfall = f"ROUND({{fees_{key}_amount}}-[interest_to_date],{digits})"
    return f"IF([is_active]*[is_finished]=1,MAX({shortfall},0),0)", NEVER


def _interest_to_date(part: Part) -> Column:
    in_kind = "+[pik_interest]" if part.in_kind else ""
    return Column(
        "interest_to_date",
        "Interest to date",
        "money",
        f"ROUND([interest_to_date@]*[is_active]+[interest]{in_kind},{part.currency.digits})",
        lambda row: row.money(row.flow.to_date.interest),
        13.5,
        CONSTANT,
    )


def _standing_columns(part: Part) -> list[Column]:
    """The part of the period held already; commitment and letters at the end of the day."""
    before = length(part).replace("]", "@]")
    columns = [
        working(
            "held_length",
            "Length held already",
            "exact",
            f"IF([pays@]=1,0,{before})*[is_active]",
            _held_length,
            12,
        )
    ]
    if any(isinstance(each, UnusedFee) for each in part.running_fees.values()):
        columns.append(
            Column(
                "commitment_now",
                "Commitment",
                "money",
                f"IF([is_active]=1,{_commitment_formula(part)},0)",
                lambda row: row.money(_standing(row).commitment),
                13.5,
                _commitment_formula(part),
            )
        )
    if part.is_revolver:
        position = 'COUNTIF({letter_dates},"<="&[settled_through])'
        columns += [
            Column(
                "letter_number",
                "Letters no.",
                "count",
                position,
                _letter_number,
                9,
            ),
            Column(
                "letters_now",
                "Letters of credit",
                "money",
                "IF([letter_number]*[is_active]=0,0,INDEX({letter_amounts},[letter_number]))",
                lambda row: row.money(_standing(row).letters_of_credit),
                13.5,
                "IF([letter_number]=0,0,INDEX({letter_amounts},[letter_number]))",
            ),
        ]
    return columns


def _held_length(row: Row):
    return 0 if row.before.is_payment or not row.before.accrual else row.before.accrual.rate.length


def _commitment_formula(part: Part) -> str:
    if not part.is_revolver:
        return "IF([settled_through]<{last_draw},{size},0)" if part.is_drawn_later else "{size}"
    if len(part.plan.commitments) == 1:
        return "{commitment}"
    return 'INDEX({commitment_amounts},COUNTIF({commitment_dates},"<="&[settled_through]))'


def _letter_number(row: Row) -> int:
    through = row.flow.settled_through
    return sum(day <= through for day, _ in row.part.letters)


def _standing(row: Row) -> Standing:
    part, day = row.part, row.flow.settled_through
    return Standing(
        commitment=part.plan.commitment(day),
        used=row.flow.closing_balance if part.is_revolver else row.flow.to_date.drawn,
        letters_of_credit=in_force(part.conditions.letters_of_credit, day),
    )


def _running(part: Part, fee_id: str, each: Fee) -> list[Column]:
    """What a fee runs on after the row, what has accrued, and what is charged of it."""
    key = fee_key(part, fee_id)
    fees_end = "OR([pays]=1,[is_finished]=1)"
    return [
        Column(
            f"base_{key}",
            f"{each.name}: on",
            "money",
            f"({_base_formula(part, each)})*[is_active]",
            lambda row: row.money(each.base(_standing(row))),
            13.5,
            _base_formula(part, each),
        ),
        working(
            f"product_{key}",
            f"{each.name}: accrued",
            "exact",
            f"[carried_{key}@]+[base_{key}@]*{{fees_{key}_units}}*({length(part)}-[held_length])",
            lambda row: row.product(row.flow.fee_accruals[fee_id].product),
            18,
        ),
        working(
            f"carried_{key}",
            f"{each.name}: carried",
            "exact",
            f"IF({fees_end},0,[product_{key}])",
            lambda row: row.product(row.flow.fee_accruals[fee_id].carried_product),
            18,
        ),
        Column(
            f"fee_{key}",
            each.name,
            "money",
            f"IF({fees_end},ROUND([product_{key}]/{{interest_divisor}},{part.currency.digits}),0)",
            _amount(part, fee_id),
            13.5,
            CONSTANT,
        ),
    ]


def _base_formula(part: Part, each: Fee) -> str:
    if isinstance(each, LetterOfCreditFee):
        return "[letters_now]" if part.is_revolver else "0"
    used = "[closing_balance]"
    if not part.is_revolver:
        used = "[drawn_to_date]" if part.is_drawn_later else "{principal}"
    letters = each.letters_of_credit == "count as used" and part.is_revolver
    return (
        f"MAX(ROUND([commitment_now]-{used}{'-[letters_now]' * letters},{part.currency.digits}),0)"
    )
