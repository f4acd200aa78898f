"""Random inputs that move a balance: extensions, prepayments, draws, excess cash, letters."""

from datetime import timedelta

from lexp_calc.tranches.revolver import Revolver
from workbook_templates.random_values import Inputs, Situation

ONE_DAY = timedelta(days=1)


def extend(situation: Situation):
    """Whether an extension is exercised; of any tranche, as another's maturity may turn on it."""
    for tranche_id, tranche in situation.deal.tranche.items():
        if tranche.extension is not None:
            path = f"extend.{tranche_id}"
            yield path, lambda now, path=path: {path: now.chance(0.5)}


def pay_in_kind(situation: Situation):
    """The share of the coupon that is paid in kind, where the borrower has a choice."""
    for tranche_id, tranche in situation.tranches.items():
        in_kind = getattr(tranche, "in_kind", None)
        if in_kind is not None and in_kind.toggle is not None:
            yield f"pay_in_kind.{tranche_id}", lambda now, each=tranche_id: _in_kind(now, each)


def _in_kind(now: Situation, tranche_id: str) -> Inputs:
    path, tranche = f"pay_in_kind.{tranche_id}", now.deal.tranche[tranche_id]
    toggle = tranche.in_kind.toggle
    shares = ["0%", *(f"{share:.0%}" for share in toggle.shares)]
    if now.chance(0.2):
        return {path: now.random.choice(shares)}
    last = (toggle.until or tranche.last_maturity) - ONE_DAY
    days = now.days(6, now.deal.closing_date, last, tranche_id)
    return {f"{path}.{day}": now.random.choice(shares) for day in days}


def prepay(situation: Situation):
    """What is prepaid or redeemed of loans and notes, one day after the other."""
    for tranche_id, tranche in situation.tranches.items():
        if not isinstance(tranche, Revolver):
            for _ in range(situation.random.randint(1, 3)):
                yield _one_more(
                    f"prepay.{tranche_id}", lambda now, each=tranche_id: _prepay(now, each)
                )


def _one_more(beginning: str, draw):
    """One more entry of a dated table: those that are there stay, so it begins at its date."""

    def drawn(now: Situation) -> Inputs:
        entry = draw(now)
        return {f"{beginning}.{day}": amount for day, amount in entry.items()}

    return f"{beginning}.one-more", drawn


def _prepay(now: Situation, tranche_id: str) -> Inputs:
    closing, maturity = now.deal.closing_date, now.projection.conditions[tranche_id].maturity
    day = now.business_day(closing + ONE_DAY, maturity - ONE_DAY, tranche_id)
    owed = now.balance_before(tranche_id, day)
    if owed <= 0:
        return {}
    # Most of the time a part, so that something is left for the days after it.
    most = owed if now.chance(0.15) else max(owed // 4, 1)
    return {day: now.amount(most)}


def draw(situation: Situation):
    """What is drawn of a revolver, and repaid; and later draws of a loan."""
    for tranche_id, tranche in situation.tranches.items():
        if isinstance(tranche, Revolver):
            move = _move
        elif tranche.commitment is not None:
            move = _later_draw
        else:
            continue
        for _ in range(situation.random.randint(1, 4)):
            yield _one_more(
                f"draw.{tranche_id}", lambda now, each=tranche_id, move=move: move(now, each)
            )


def _move(now: Situation, tranche_id: str) -> Inputs:
    """A draw within the commitment, or a repayment of what is drawn then and later."""
    closing, maturity = now.deal.closing_date, now.projection.conditions[tranche_id].maturity
    day = now.business_day(closing, maturity - ONE_DAY, tranche_id)
    balances = now.balances_from(tranche_id, day)
    plan = now.projection.plans[tranche_id]
    commitments = [plan.commitment(day), *(each for since, each in plan.commitments if since > day)]
    letters = max((int(each) for _, each in _letters(now, tranche_id)), default=0)
    room = min(commitments) - max(balances) - letters * 10**now.deal.money.digits
    if min(balances) > 0 and (room <= 0 or now.chance(0.45)):
        return {day: f"-{now.amount(min(balances))}"}
    return {day: now.amount(room)} if room > 0 else {}


def _later_draw(now: Situation, tranche_id: str) -> Inputs:
    plan = now.projection.plans[tranche_id]
    closing = now.deal.closing_date
    last = plan.last_draw or now.projection.conditions[tranche_id].maturity - ONE_DAY
    day = now.business_day(closing + ONE_DAY, last, tranche_id)
    drawn = sum(row.drawn for row in now.projection[tranche_id].rows)
    left = plan.size - drawn
    return {day: now.amount(max(left // 2, 1))} if left > 0 else {}


def excess_cash(situation: Situation):
    """Excess cash, on days of its own, where a sweep takes it."""
    sweep = situation.deal.excess_cash_sweep
    if sweep is None:
        return
    for _ in range(3):
        yield _one_more("excess_cash", _excess_cash)


def _excess_cash(now: Situation) -> Inputs:
    tranche_id = now.deal.excess_cash_sweep.order[0]
    closing, maturity = now.deal.closing_date, now.projection.conditions[tranche_id].maturity
    day = now.business_day(closing + ONE_DAY, maturity - ONE_DAY, tranche_id)
    owed = now.balance_before(tranche_id, day)
    amount = now.amount(max(2 * owed if now.chance(0.1) else owed // 3, 1))
    return {day: f"-{amount}" if now.chance(0.1) else amount}


def _letters(now: Situation, tranche_id: str):
    return now.projection.scenario.letters_of_credit_path(tranche_id, now.deal.closing_date)


def letters_of_credit(situation: Situation):
    """Letters of credit outstanding, within the sublimit and what is not drawn."""
    for tranche_id, tranche in situation.tranches.items():
        if isinstance(tranche, Revolver):
            path = f"letters_of_credit.{tranche_id}"
            yield path, lambda now, each=tranche_id: _outstanding(now, each)


def _outstanding(now: Situation, tranche_id: str) -> Inputs:
    path, revolver = f"letters_of_credit.{tranche_id}", now.deal.tranche[tranche_id]
    closing = now.deal.closing_date
    units = now.deal.money.minor_units
    drawn = max(now.balances_from(tranche_id, closing))
    least = min([revolver.commitment, *(step.commitment for step in revolver.commitment_steps)])
    most = units(least) - drawn
    if revolver.letter_of_credit_sublimit is not None:
        most = min(most, units(revolver.letter_of_credit_sublimit))
    if most <= 0:
        return {}
    if now.chance(0.3):
        return {path: now.amount(most)}
    days = now.days(5, closing, revolver.last_maturity, tranche_id)
    return {f"{path}.{day}": "0" if now.chance(0.15) else now.amount(most) for day in days}
