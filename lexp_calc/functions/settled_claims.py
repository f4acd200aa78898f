"""The functions of claims settled without new notes: bought back, or paid in shares."""

from lexp_calc.functions.categories import NOTES_AND_EXCHANGE as CATEGORY
from lexp_calc.repurchases import price_of_face, reinstated_claim, repurchase_gain
from lexp_calc.spreadsheet_function import Example, Function
from lexp_calc.stock_for_debt import (
    cash_for_fraction,
    debt_for_equity,
    share_issue_price,
    shares_after,
    shares_for_debt,
    shares_to_own,
)

PRESS_RELEASE = "Lexington Precision, press release of 18 December 2003"

SETTLED_CLAIM_FUNCTIONS = (
    Function(
        price_of_face,
        CATEGORY,
        "Price of notes bought back as a share of their face amount: price / face, before accrued "
        "interest.",
        {"price": "What was paid.", "face": "Principal bought."},
        Example({"price": 5_810_000, "face": 7_500_000}, 0.7746666666666667),
        f"581 / 750 by hand, of figures in {PRESS_RELEASE}",
    ),
    Function(
        repurchase_gain,
        CATEGORY,
        "Debt given up less what was paid for it: face + accrued interest - price; below 0 a loss.",
        {
            "face": "Principal bought.",
            "accrued": "Interest accrued on it and bought with it; 0 if not known.",
            "price": "What was paid for both.",
        },
        Example({"face": 7_500_000, "accrued": 0, "price": 5_810_000}, 1690000),
        f"7,500,000 - 5,810,000 by hand, of figures in {PRESS_RELEASE}",
    ),
    Function(
        reinstated_claim,
        CATEGORY,
        "Claim that comes back if the price must be returned: (face + accrued) x returned / price, "
        "to the cent; 0 after the last day on which it may.",
        {
            "face": "Principal bought.",
            "accrued": "Interest accrued on it and bought with it; 0 if not known.",
            "price": "What was paid for both.",
            "returned": "What of the price is returned.",
            "returned_on": "Day of the return; needed with reinstatement_until alone.",
            "reinstatement_until": "Last day on which the claim comes back; no end if left out.",
        },
        Example(
            {"face": 7_500_000, "accrued": 0, "price": 5_810_000, "returned": 5_810_000}, 7500000
        ),
        f"{PRESS_RELEASE}: the claim is reinstated if the price is returned",
    ),
    Function(
        share_issue_price,
        CATEGORY,
        "Price of a share at which debt or interest was settled: debt / shares, not rounded.",
        {"debt": "Debt or interest given up.", "shares": "Shares issued for it."},
        Example({"debt": 235_000, "shares": 103_731}, 2.265475123155084),
        f"235,000 / 103,731 by hand, of figures in {PRESS_RELEASE}",
    ),
    Function(
        shares_for_debt,
        CATEGORY,
        "Shares issued for debt or interest: debt / share price, made whole.",
        {
            "debt": "Debt or interest given up.",
            "share_price": "Price of a share.",
            "rounding": 'What becomes of a fraction: "down" if left out.',
        },
        Example({"debt": 19_000, "share_price": 3.40}, 5588),
        "SEC filer 1072725, Form 10-Q for September 2012, subsequent events: 5,588 shares",
    ),
    Function(
        cash_for_fraction,
        CATEGORY,
        "Cash in place of the fraction of a share: debt - whole shares x share price.",
        {"debt": "Debt or interest given up.", "share_price": "Price of a share."},
        Example({"debt": 19_000, "share_price": 3.40}, 0.80),
        "19,000 - 5,588 x 3.40 by hand",
    ),
    Function(
        shares_after,
        CATEGORY,
        "Shares outstanding after an issue: before + issued.",
        {"shares_before": "Shares outstanding before.", "shares_issued": "Shares issued."},
        Example({"shares_before": 4_828_036, "shares_issued": 103_731}, 4931767),
        "Lexington Precision, covers of the 10-Q for September and the 10-K for December 2003",
    ),
    Function(
        debt_for_equity,
        CATEGORY,
        "Debt given up for shares: the price of a share, shares after, and what new and old "
        "holders own of the company.",
        {
            "debt": "Debt given up.",
            "shares": "Shares issued for it.",
            "shares_before": "Shares outstanding before.",
        },
        Example(
            {"debt": 3_000_000, "shares": 600_000, "shares_before": 400_000},
            [
                ["figure", "value"],
                ["debt given up", 3000000],
                ["shares issued", 600000],
                ["issue price", 5],
                ["shares before", 400000],
                ["shares after", 1000000],
                ["new holders own", 0.6],
                ["old holders own", 0.4],
            ],
        ),
        "By hand",
    ),
    Function(
        shares_to_own,
        CATEGORY,
        "Shares to issue so that their holders own a share of the company after: before x share / "
        "(1 - share), made whole.",
        {
            "ownership": "Share of the company after the issue.",
            "shares_before": "Shares outstanding before.",
            "rounding": 'What becomes of a fraction: "up" if left out.',
        },
        Example({"ownership": 0.95, "shares_before": 1_000_000}, 19000000),
        "By hand: 19 of 20",
    ),
)
