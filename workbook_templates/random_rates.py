"""Random inputs that make a rate or a price: indices, elections, leverage, default, yields."""

from datetime import timedelta

from lexp_calc.coupons import takes_leverage
from workbook_templates.random_values import Inputs, Situation

BEYOND_THE_LAST_PAYMENT = timedelta(days=60)


def as_of(situation: Situation):
    """The day from which the summary looks."""

    def draw(now: Situation) -> Inputs:
        closing, last = now.deal.closing_date, _last_day(now)
        return {"as_of": str(now.day(closing, last, now.random.choice(list(now.deal.tranche))))}

    yield "as_of", draw


def _last_day(situation: Situation):
    last = max(each.last_maturity for each in situation.deal.tranche.values())
    return last + BEYOND_THE_LAST_PAYMENT


def index(situation: Situation):
    """The path of each index that a coupon of the deal names: flat, or by date."""
    deal = situation.deal
    options = [option for each in deal.tranche.values() for option in each.coupon.options]
    for name in dict.fromkeys(each for option in options for each in option.indices):
        yield name, lambda now, name=name: _path(now, name, deal.last_floating_maturity)


def _path(now: Situation, name: str, last, least=-0.6, most=12.0) -> Inputs:
    if now.chance(0.2):
        return {name: now.rate(least, most)}
    first = now.deal.first_rate_day
    days = now.days(8, first, last, now.random.choice(list(now.deal.tranche)))
    return {f"{name}.{day}": now.rate(least, most) for day in sorted({first, *days})}


def elect(situation: Situation):
    """Which index holds, from when on, where the borrower has a choice."""
    for tranche_id, tranche in situation.tranches.items():
        options = [option.index for option in tranche.coupon.options]
        if len(options) > 1:
            path = f"elect.{tranche_id}"
            yield path, lambda now, each=tranche_id, of=options: _elect(now, each, of)


def _elect(now: Situation, tranche_id: str, options: list[str]) -> Inputs:
    path = f"elect.{tranche_id}"
    if now.chance(0.25):
        return {path: now.random.choice(options)}
    maturity = now.deal.tranche[tranche_id].last_maturity
    days = now.days(6, now.deal.closing_date, maturity, tranche_id)
    return {f"{path}.{day}": now.random.choice(options) for day in days}


def leverage(situation: Situation):
    """Leverage by date, of tranches whose margin turns on it."""
    for tranche_id, tranche in situation.tranches.items():
        if takes_leverage(tranche.coupon):
            yield f"leverage.{tranche_id}", lambda now, each=tranche_id: _leverage(now, each)


def _leverage(now: Situation, tranche_id: str) -> Inputs:
    path, maturity = f"leverage.{tranche_id}", now.deal.tranche[tranche_id].last_maturity

    def ratio() -> str:
        # A grid's limits have few decimals: such as 3.50 are drawn often.
        return f"{now.random.uniform(0, 8):.{now.random.choice((1, 1, 2, 6))}f}"

    if now.chance(0.2):
        return {path: ratio()}
    days = now.days(8, now.deal.closing_date, maturity, tranche_id)
    return {f"{path}.{day}": ratio() for day in days}


def default(situation: Situation):
    """From when on a tranche is in default, and no longer."""
    for tranche_id, tranche in situation.tranches.items():
        if tranche.coupon.default_margin is not None:
            yield f"default.{tranche_id}", lambda now, each=tranche_id: _default(now, each)


def _default(now: Situation, tranche_id: str) -> Inputs:
    path, maturity = f"default.{tranche_id}", now.deal.tranche[tranche_id].last_maturity
    if now.chance(0.15):
        return {path: now.chance(0.5)}
    days = now.days(6, now.deal.closing_date, maturity, tranche_id)
    return {f"{path}.{day}": now.chance(0.6) for day in days}


def treasury_yield(situation: Situation):
    """Treasury yields, where a make-whole premium discounts at them."""
    deal = situation.deal
    protections = [plan.call_protection for plan in situation.projection.plans.values()]
    if any(each and each.make_whole for each in protections):
        last = max(each.last_maturity for each in deal.tranche.values())
        yield "treasury_yield", lambda now: _path(now, "treasury_yield", last, 0.0, 9.0)


def share_price(situation: Situation):
    """The price of a share, where there are warrants."""
    if situation.deal.warrant:

        def draw(now: Situation) -> Inputs:
            digits = now.random.choice((1, 2, 3))
            return {"share_price": f"{now.random.uniform(0.1, 12):.{digits}f}"}

        yield "share_price", draw


def volatility(situation: Situation):
    """The volatility of the share, up to the most that is taken."""
    if situation.deal.warrant:

        def draw(now: Situation) -> Inputs:
            return {"volatility": "500%" if now.chance(0.1) else now.rate(1, 120)}

        yield "volatility", draw


def riskless_rate(situation: Situation):
    """The riskless rate of the warrants' value, below zero too."""
    if situation.deal.warrant:
        yield "riskless_rate", lambda now: {"riskless_rate": now.rate(-2, 15)}
