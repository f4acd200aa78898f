"""Checks: what must hold in a sound schedule, each in words, and one answer for all."""

from dataclasses import dataclass

from lexp_calc.coupons import DAILY
from lexp_calc.fees import AnniversaryFee, of_kind
from workbook_templates.addresses import Area, cell_name
from workbook_templates.contents import Contents
from workbook_templates.part import Part
from workbook_templates.sheets.borrowing_base import TOO_MUCH
from workbook_templates.sheets.fee_columns import fee_key
from workbook_templates.table import with_names

WHAT, VALUE, LIMIT, STATUS = 1, 2, 3, 4


@dataclass(frozen=True)
class Check:
    """A figure that must be 0 within the tolerance; `formula` has {names} of the tranche."""

    what: str
    formula: str


def write(contents: Contents) -> None:
    """The checks of each tranche, and the master check over all of them."""
    sheet = contents.sheet("Checks", "checks")
    sheet.widths({WHAT: 76, VALUE: 16, LIMIT: 12, STATUS: 12})
    sheet.text(4, WHAT, "All checks", "heading")
    row = 6
    first = None
    for part in contents.parts:
        sheet.text(row, WHAT, part.tranche.name, "heading")
        row += 1
        for column, head in enumerate(("Check: this must be 0", "Value", "Tolerance", "Result"), 1):
            style = {WHAT: "column_head_text", STATUS: "column_head_check"}.get(column)
            sheet.text(row, column, head, style or "column_head")
        row += 1
        first = first or row
        for check in (*checks(part), *(share_checks() if contents.share else ())):
            _line(sheet, row, part, check)
            row += 1
        row += 1
    results = Area(first, STATUS, row - 2, STATUS)
    contents.book.name("check_results", sheet, results[:2], results[2:])
    sheet.formula(4, STATUS, 'IF(COUNTIF(check_results,"ERROR")=0,"OK","ERROR")', "OK", "check")
    contents.book.name("master_check", sheet, (4, STATUS))
    sheet.check_words(Area(4, STATUS, row, STATUS))
    sheet.print_setup(Area(1, 1, row - 2, STATUS), (1, 3), "either", whole_blocks=True)
    sheet.freeze(5, 1)


def _line(sheet, row: int, part: Part, check: Check) -> None:
    value = cell_name(row, VALUE)
    sheet.text(row, WHAT, check.what, "label")
    # A sum of cents in binary is rarely exactly 0; a check looks at whole cents.
    formula = f"ROUND({with_names(check.formula, part.name)},{part.currency.digits})"
    sheet.formula(row, VALUE, formula, 0, "money")
    sheet.formula(row, LIMIT, "tolerance", part.half_a_minor_unit, "price")
    limit = cell_name(row, LIMIT)
    status = f'IF(ISERROR({value}),"ERROR",IF(ABS({value})<={limit},"OK","ERROR"))'
    sheet.formula(row, STATUS, status, "OK", "check")


def checks(part: Part) -> list[Check]:
    """The checks that apply to a tranche."""
    moved = "SUM({move_amounts})-SUM({schedule_prepayment})"
    if part.is_swept or part.is_revolver:
        moved = "SUM({move_amounts})-SUM({schedule_as_entered})"
    listed = [
        Check(
            "Balance rolls forward in each row: before + drawn - principal = after",
            "SUMPRODUCT(ABS({schedule_roll_forward_check}))",
        ),
        Check(
            "Total payment is interest + principal + fees in each row",
            "SUMPRODUCT(ABS({schedule_sum_check}))",
        ),
        Check(
            "The calendar years add up to the schedule",
            "SUM({years_total_payment})-SUM({schedule_total_payment})",
        ),
        Check("Balance is zero at the end", "SUM({schedule_balance_change})"),
        _principal_check(part),
        Check("Payments fall on business days", "SUM({schedule_business_day_check})"),
        Check("No balance is below zero", 'COUNTIF({schedule_closing_balance},"<0")'),
        Check("Payment dates are in order", "SUM({schedule_order_check})"),
        Check(
            "Interest is the exact product, rounded once a payment",
            "SUM({schedule_rounding_check})",
        ),
        Check("The last payment is made by maturity in force", _overdue(part)),
        Check(f"Each {_move_word(part)} entered is in the schedule", moved),
        Check(
            f"Each date of a {_move_word(part)} has an amount",
            "COUNT({move_dates})-COUNT({move_amounts})",
        ),
    ]
    if not part.is_revolver:
        listed.append(Check("No prepayment is below zero", 'COUNTIF({move_amounts},"<0")'))
    if part.reads_paths and part.tranche.coupon.floor is None:
        daily = any(option.reset == DAILY for option in part.options)
        charged = "{schedule_lowest_units}" if daily else "{schedule_units_at_start}"
        listed.append(Check("No all-in rate charged is below zero", f'COUNTIF({charged},"<0")'))
    if part.compounded_number and part.tranche.coupon.floor is None:
        what = "No all-in rate of a period is below zero"
        listed.append(Check(what, 'COUNTIF({schedule_all_in_rate},"<0")'))
    for number, option in enumerate(part.options, 1):
        if number in part.joined_numbers or (option.is_compounded and part.room.margins(option)):
            what = f"Rates and margins of {option.index} are in date order, without gaps"
            listed.append(Check(what, f"SUM({{joined_{number}_disorder}})"))
    if part.has_default:
        listed.append(
            Check("Days of default are in date order, without gaps", "SUM({default_disorder})")
        )
    if part.reads_paths:
        listed.append(Check("Rates are in date order, without gaps", "SUM({path_disorder})"))
    if part.is_floating:
        if len(part.tranche.coupon.options) > 1:
            listed.append(
                Check("Elections are in date order, without gaps", "SUM({election_disorder})")
            )
        if part.tranche.coupon.floor is not None:
            listed.append(Check("The floor is never undercut", "SUM({schedule_floor_check})"))
    if part.has_fees:
        listed.append(
            Check("Fees worked out are fees in the schedule", "{fees_total}-SUM({schedule_fees})")
        )
    for fee_id, each in of_kind(part.tranche.fees, AnniversaryFee).items():
        name = f"{{anniversaries_{fee_key(part, fee_id)}_difference}}"
        what = f"{each.name}: as worked out again from the balances"
        listed.append(Check(what, f"SUMPRODUCT(ABS({name}))"))
    if part.is_swept:
        listed.append(
            Check(
                "The sweep never takes more than is offered",
                "MAX(SUM({schedule_swept})-SUM({swept_amounts}),0)",
            )
        )
    if part.room.draws:
        listed.append(
            Check(
                "Each draw entered is in the schedule",
                "SUM({draw_amounts})+{lent}-SUM({schedule_drawn})",
            )
        )
    if part.is_revolver:
        over = "MAX(MAX({schedule_closing_balance})-{commitment},0)"
        if part.tranche.commitment_steps:
            over = "SUM({schedule_commitment_check})"
        listed.append(Check("The balance never exceeds the commitment", over))
        listed += _letter_checks(part)
    return listed


def share_checks() -> list[Check]:
    """The checks of the sheet with one lender's share of the tranche."""
    return [
        Check(
            "Your share: balance rolls forward in each row: before + drawn - principal = after",
            "SUMPRODUCT(ABS({share_roll_forward_check}))",
        ),
        Check(
            "Your share: total payment is interest + principal + fees in each row",
            "SUMPRODUCT(ABS({share_sum_check}))",
        ),
        Check("Your share: balance is zero at the end", "SUM({share_balance_change})"),
        Check(
            "Your share: principal repaid is principal drawn",
            "SUM({share_principal})-SUM({share_added})",
        ),
    ]


def _letter_checks(part: Part) -> list[Check]:
    """The letters of credit entered, and the collateral of the certificate."""
    listed = [
        Check(
            "Each date of the letters of credit has an amount",
            "COUNT({letter_dates})-COUNT({letter_amounts})",
        ),
        Check(
            "Letters of credit are in date order",
            "SUMPRODUCT(({letter_next}>0)*({letter_next}<={letter_before}))",
        ),
        Check(
            "Letters of credit stand without gaps",
            "SUMPRODUCT(({letter_next}>0)*({letter_before}=0))",
        ),
    ]
    if part.tranche.letter_of_credit_sublimit is not None:
        over = "MAX(MAX({letter_amounts})-{letter_of_credit_sublimit},0)"
        listed.append(Check("Letters of credit never exceed their sublimit", over))
    if part.tranche.borrowing_base:
        too_much = f'COUNTIF({{collateral_needed}},"{TOO_MUCH}")'
        listed.append(Check("Ineligibles never exceed the gross amount of a class", too_much))
    return listed


def _principal_check(part: Part) -> Check:
    if part.in_kind:
        return Check(
            "Principal repaid is principal drawn and interest added in kind",
            "SUM({schedule_principal})-SUM({schedule_added})",
        )
    return Check(
        "Principal repaid is principal drawn", "SUM({schedule_principal})-SUM({schedule_drawn})"
    )


def _overdue(part: Part) -> str:
    """Days by which the last payment is later than the business day that maturity gives."""
    if part.tranche.payments.business_day == "Unadjusted":
        return "MAX(MAX({schedule_payment_date})-{maturity_in_force},0)"
    return "MAX(MAX({schedule_payment_date})-WORKDAY({maturity_in_force}-1,1,holidays),0)"


def _move_word(part: Part) -> str:
    return "draw or repayment" if part.is_revolver else "prepayment"
