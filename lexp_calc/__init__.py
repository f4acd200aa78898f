"""Corporate debt: terms in, cash flows out.

from lexp_calc import builtin_deal, project
projection = project(builtin_deal("lexp-2003"), "historical", {"extend.revolver": True})
projection["term-loan"].to_frame()

Every spreadsheet function is here under its own name, in small letters and without LEXP_. A
few share the name of their module; import from such a module by its full name.
"""

from lexp_calc.ageing import (
    eligible_receivables,
    ineligible_receivables,
)
from lexp_calc.all_in_rates import (
    all_in_rate,
)
from lexp_calc.call_yields import (
    call_yields,
    yield_to_call,
    yield_to_par_call,
    yield_to_worst,
)
from lexp_calc.carrying_amounts import (
    carrying_amount,
)
from lexp_calc.cash_pools import (
    cash_per_thousand,
    cash_pool,
)
from lexp_calc.credit_ratios import (
    debt_service_coverage,
    interest_coverage,
    leverage,
    loan_to_value,
)
from lexp_calc.deal import (
    Deal,
    Projection,
    project,
)
from lexp_calc.deal_tables import (
    cap_table,
    maturity_wall,
    sources_and_uses,
)
from lexp_calc.debt_restructuring import (
    restructured_debt,
    restructuring_gain,
)
from lexp_calc.dilution import (
    warrant_cashless_shares,
    warrant_diluted_shares,
    warrant_ownership,
    warrant_shares,
)
from lexp_calc.dutch_auction import (
    clearing_price,
    dutch_auction,
)
from lexp_calc.effective_rates import (
    effective_interest,
    effective_rate,
)
from lexp_calc.errors import (
    LexpError,
    NotThere,
    OutOfRange,
    Problems,
    WrongKind,
)
from lexp_calc.exchange_tables import (
    exchange_consideration,
)
from lexp_calc.exchanges import (
    exchange_ratio,
    new_notes,
    new_notes_per_holder,
)
from lexp_calc.extinguishment import (
    extinguishment_gain,
    ten_percent_test,
)
from lexp_calc.floating_interest import (
    floating_effective_interest,
)
from lexp_calc.holders_view import (
    holder_value,
    holder_value_at_yield,
)
from lexp_calc.index_history import (
    index,
)
from lexp_calc.internal_rates import (
    average_life,
    xirr,
    xnpv,
)
from lexp_calc.issue_proceeds import (
    proceeds_to_warrants,
)
from lexp_calc.lender_files import read_lenders, with_lenders
from lexp_calc.level_payment import (
    level_payment,
)
from lexp_calc.lien_tables import (
    liens,
)
from lexp_calc.loan_functions import (
    balloon,
    fee,
    interest,
)
from lexp_calc.loan_schedules import (
    amortization,
    level_amortization,
)
from lexp_calc.note_values import (
    note_accrued,
    note_convexity,
    note_dirty_price,
    note_duration,
    note_modified_duration,
    note_price,
    note_yield,
)
from lexp_calc.odd_coupons import (
    odd_first_price,
    odd_first_yield,
    odd_last_price,
    odd_last_yield,
)
from lexp_calc.payment_days import (
    business_day,
    payment_dates,
)
from lexp_calc.recovery_tables import (
    recovery,
    waterfall,
)
from lexp_calc.redemptions import (
    accrued,
    redemption,
    redemption_amount,
)
from lexp_calc.repurchases import (
    price_of_face,
    reinstated_claim,
    repurchase_gain,
)
from lexp_calc.revolver_functions import (
    availability,
    borrowing_base,
    over_advance,
    unused_fee,
)
from lexp_calc.spread_prices import (
    fixed_spread_price,
    make_whole_price,
)
from lexp_calc.stock_for_debt import (
    cash_for_fraction,
    debt_for_equity,
    share_issue_price,
    shares_after,
    shares_for_debt,
    shares_to_own,
)
from lexp_calc.structure_tables import (
    credit_ratios,
    debt_service_by_period,
    ownership,
)
from lexp_calc.tenders import (
    holdouts,
    implied_outstanding,
    participation,
    priority_acceptance,
    proration,
    proration_factor,
    tender_consideration,
)
from lexp_calc.term_sheet import (
    builtin_deal,
    read_term_sheet,
)
from lexp_calc.warrant_counts import (
    warrant_strike_money,
    warrants_by_rule,
    warrants_for_holders,
)
from lexp_calc.warrant_retirement import (
    warrant_retirements,
    warrants_retired,
)
from lexp_calc.warrant_values import (
    warrant_delta,
    warrant_implied_volatility,
    warrant_sensitivity,
    warrant_value,
    warrant_value_in_window,
    warrant_value_with_dividends,
    warrant_vega,
)
from lexp_calc.warrants import (
    warrant_exercise_value,
    warrant_status,
)
from lexp_calc.whole_deal import (
    balance,
    debt_service,
    fact,
    facts,
    schedule,
    terms,
)
from lexp_calc.year_fractions import (
    days,
    yearfrac,
)

__version__ = "0.1.0"

__all__ = [
    "Deal",
    "LexpError",
    "NotThere",
    "OutOfRange",
    "Problems",
    "Projection",
    "WrongKind",
    "accrued",
    "all_in_rate",
    "amortization",
    "availability",
    "average_life",
    "balance",
    "balloon",
    "borrowing_base",
    "builtin_deal",
    "business_day",
    "call_yields",
    "cap_table",
    "carrying_amount",
    "cash_for_fraction",
    "cash_per_thousand",
    "cash_pool",
    "clearing_price",
    "credit_ratios",
    "days",
    "debt_for_equity",
    "debt_service",
    "debt_service_by_period",
    "debt_service_coverage",
    "dutch_auction",
    "effective_interest",
    "effective_rate",
    "eligible_receivables",
    "exchange_consideration",
    "exchange_ratio",
    "extinguishment_gain",
    "fact",
    "facts",
    "fee",
    "fixed_spread_price",
    "floating_effective_interest",
    "holder_value",
    "holder_value_at_yield",
    "holdouts",
    "implied_outstanding",
    "index",
    "ineligible_receivables",
    "interest",
    "interest_coverage",
    "level_amortization",
    "level_payment",
    "leverage",
    "liens",
    "loan_to_value",
    "make_whole_price",
    "maturity_wall",
    "new_notes",
    "new_notes_per_holder",
    "note_accrued",
    "note_convexity",
    "note_dirty_price",
    "note_duration",
    "note_modified_duration",
    "note_price",
    "note_yield",
    "odd_first_price",
    "odd_first_yield",
    "odd_last_price",
    "odd_last_yield",
    "over_advance",
    "ownership",
    "participation",
    "payment_dates",
    "price_of_face",
    "priority_acceptance",
    "proceeds_to_warrants",
    "project",
    "proration",
    "proration_factor",
    "read_lenders",
    "read_term_sheet",
    "recovery",
    "redemption",
    "redemption_amount",
    "reinstated_claim",
    "repurchase_gain",
    "restructured_debt",
    "restructuring_gain",
    "schedule",
    "share_issue_price",
    "shares_after",
    "shares_for_debt",
    "shares_to_own",
    "sources_and_uses",
    "ten_percent_test",
    "tender_consideration",
    "terms",
    "unused_fee",
    "warrant_cashless_shares",
    "warrant_delta",
    "warrant_diluted_shares",
    "warrant_exercise_value",
    "warrant_implied_volatility",
    "warrant_ownership",
    "warrant_retirements",
    "warrant_sensitivity",
    "warrant_shares",
    "warrant_status",
    "warrant_strike_money",
    "warrant_value",
    "warrant_value_in_window",
    "warrant_value_with_dividends",
    "warrant_vega",
    "warrants_by_rule",
    "warrants_for_holders",
    "warrants_retired",
    "waterfall",
    "with_lenders",
    "xirr",
    "xnpv",
    "yearfrac",
    "yield_to_call",
    "yield_to_par_call",
    "yield_to_worst",
]
