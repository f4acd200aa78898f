"""Laws of collateral, whatever the amounts: caps hold, availability is never negative, and
each dollar of a receivables ageing is either left or taken out once."""

from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as some

from lexp_calc.ageing import CRITERIA, OF_A_CUSTOMER, Limits, aged_receivables
from lexp_calc.ageing_rows import AgedAmount
from lexp_calc.borrowing_base import Certificate, ClassBase, lending_base
from lexp_calc.collateral_terms import BaseLimit, BaseStructure, CollateralClass
from lexp_calc.money import currency
from lexp_calc.rates import UNITS_PER_ONE

USD = currency("USD")
CLASSES = ("a", "b", "c", "d", "e")
CENTS = some.integers(0, 10**12)


def percent(whole):
    return f"{whole}%"


@some.composite
def bases(draw):
    """Classes with caps, each a share of earlier ones alone, and sub-limits over some of them.

    At most one part is capped by the total: two would be a circle.
    """
    ids = CLASSES[: draw(some.integers(1, 5))]
    of_the_total = draw(some.sampled_from([None, *ids])) if len(ids) > 1 else None
    classes = {}
    for number, class_id in enumerate(ids):
        terms = {"name": class_id, "advance_rate": percent(draw(some.integers(0, 100)))}
        if draw(some.booleans()):
            terms["net_orderly_liquidation_value"] = percent(draw(some.integers(0, 100)))
        if draw(some.booleans()):
            terms["cap"] = draw(some.integers(0, 10**9))
        if class_id == of_the_total:
            share = percent(draw(some.integers(1, 99)))
            terms["cap_share"] = {"of": "total", "rate": share}
        elif number and draw(some.booleans()) and ids[number - 1] != of_the_total:
            share = percent(draw(some.integers(1, 100)))
            terms["cap_share"] = {"of": ids[number - 1], "rate": share}
        classes[class_id] = CollateralClass.model_validate(terms)
    shared = {each.cap_share.of for each in classes.values() if each.cap_share}
    free = [each for each in ids if each not in shared and each != of_the_total]
    members = tuple(draw(some.lists(some.sampled_from(free), unique=True))) if free else ()
    limits = {}
    if members:
        cap = draw(some.integers(0, 10**9))
        terms = {"name": "inner", "classes": members[:2], "cap": cap}
        limits["inner"] = BaseLimit.model_validate(terms)
        if draw(some.booleans()):
            terms = {"name": "outer", "classes": members[2:], "limits": ("inner",), "cap": cap // 2}
            limits["outer"] = BaseLimit.model_validate(terms)
    structure = BaseStructure(classes, limits)
    assert list(structure.contradictions()) == []
    return structure


def class_bases(structure, gross, ineligible):
    """The classes, with so much gross and a part of it ineligible, from 0 to 100."""
    found = []
    for class_id, terms in structure.classes.items():
        nolv = terms.net_orderly_liquidation_value
        rates = [int(terms.advance_rate * UNITS_PER_ONE)]
        rates.append(UNITS_PER_ONE if nolv is None else int(nolv * UNITS_PER_ONE))
        amount = gross[class_id]
        taken = amount * ineligible[class_id] // 100
        found.append(ClassBase(class_id, amount, (("line", taken),), *rates))
    return tuple(found)


def by_id(values):
    return some.fixed_dictionaries({each: values for each in CLASSES})


@settings(max_examples=300, deadline=None)
@given(bases(), by_id(CENTS), by_id(some.integers(0, 100)))
def test_no_cap_is_exceeded_and_each_part_is_lent_as_much_as_its_caps_allow(
    structure, gross, ineligible
):
    base = lending_base(structure, class_bases(structure, gross, ineligible), USD)
    lendable = {each.class_id: each.lendable for each in base.classes}
    lendable |= {each.limit_id: each.lendable for each in base.limits}
    certificate = Certificate(base.classes, 0, 0, 0, 0, base.limits)
    assert certificate.lendable == sum(lendable[each] for each in structure.outermost)
    for class_id, terms in structure.classes.items():
        eligible = gross[class_id] - gross[class_id] * ineligible[class_id] // 100
        nolv = terms.net_orderly_liquidation_value
        value = eligible * Fraction(terms.advance_rate) * Fraction(1 if nolv is None else nolv)
        most = [value]
        if terms.cap is not None:
            most.append(Fraction(terms.cap * 100))
        if terms.cap_share and terms.cap_share.of == "total":
            # The law itself, not the way to it: a share of all that is lent.
            rate = Fraction(terms.cap_share.rate)
            within = lendable[class_id] * (1 - rate) <= rate * (
                certificate.lendable - lendable[class_id]
            ) + Fraction(1, 2)
            assert within
            rest = certificate.lendable - lendable[class_id]
            most.append(rest * rate / (1 - rate))
        elif terms.cap_share:
            most.append(lendable[terms.cap_share.of] * Fraction(terms.cap_share.rate))
        assert abs(lendable[class_id] - min(most)) <= Fraction(1, 2)
    for limit_id, limit in structure.limits.items():
        members = sum(lendable[each] for each in limit.members)
        assert lendable[limit_id] == min(members, limit.cap * 100)


@settings(max_examples=300, deadline=None)
@given(
    bases(),
    by_id(CENTS),
    by_id(some.integers(0, 100)),
    some.sampled_from(CLASSES),
    some.integers(0, 100),
    some.tuples(CENTS, CENTS, CENTS, CENTS, CENTS),
)
def test_availability_is_never_negative_and_more_ineligibles_never_raise_it(
    structure, gross, ineligible, worse, more, amounts
):
    reserves, commitment, outstanding, letters, minimum = amounts

    def certificate(ineligible):
        base = lending_base(structure, class_bases(structure, gross, ineligible), USD)
        return Certificate(
            base.classes, reserves, commitment, outstanding, letters, base.limits, minimum
        )

    found = certificate(ineligible)
    assert found.availability >= 0 and found.over_advance >= 0
    assert found.availability == 0 or found.over_advance == 0
    assert found.availability - found.over_advance == found.usable - outstanding - letters
    assert 0 <= found.usable <= found.limit <= commitment
    later = certificate(ineligible | {worse: min(ineligible[worse] + more, 100)})
    assert later.borrowing_base <= found.borrowing_base
    assert later.availability <= found.availability


AMOUNTS = some.builds(
    AgedAmount,
    customer=some.sampled_from("ABCDEF"),
    amount=some.integers(-(10**5), 10**7),
    days=some.integers(-30, 200),
    contra=some.sampled_from([0, 0, 0, 10**6]),
    flags=some.frozensets(some.sampled_from(OF_A_CUSTOMER), max_size=1).filter(
        lambda flags: len(flags) == 0 or "foreign" in flags
    ),
)
LIMITS = some.builds(
    Limits,
    over_days=some.sampled_from([60, 90, 120]),
    cross_age=some.integers(0, UNITS_PER_ONE),
    concentration=some.integers(0, UNITS_PER_ONE),
)
# One large debt that always counts, so that no drawing of credits leaves less than nothing.
SOUND = AgedAmount("sound", 10**9, 0)


def left_by_hand(amounts, limits):
    """What is left of all customers: each looked at on its own, then the concentration."""
    left = {}
    for customer in {each.customer for each in amounts}:
        rows = [each for each in amounts if each.customer == customer]
        balance = sum(each.amount for each in rows)
        old = sum(each.amount for each in rows if each.days > limits.over_days and each.amount > 0)
        rest = balance - old
        cross_aged = old > 0 and old > Fraction(limits.cross_age, UNITS_PER_ONE) * balance
        if cross_aged or any(each.flags for each in rows):
            rest = min(rest, 0)
        else:
            rest = min(rest, max(rest - sum(each.contra for each in rows), 0))
        left[customer] = rest
    owing = sum(each for each in left.values() if each > 0)
    most = Fraction(limits.concentration, UNITS_PER_ONE) * owing
    return sum(each if each < 0 else min(each, most) for each in left.values()), len(left)


@settings(max_examples=300, deadline=None)
@given(some.lists(AMOUNTS, max_size=25), LIMITS)
def test_each_dollar_is_left_or_taken_out_once(amounts, limits):
    amounts = [*amounts, SOUND]
    try:
        found = aged_receivables(amounts, limits)
    except ValueError:
        left, _ = left_by_hand(amounts, limits)
        assert left < 0
        return
    left, customers = left_by_hand(amounts, limits)
    assert abs(found.eligible - left) <= Fraction(customers, 2)  # one rounding a customer
    assert found.gross == sum(each.amount for each in amounts)
    assert all(amount >= 0 for amount in found.lines.values())
    assert sum(found.lines.values()) <= sum(max(each.amount, 0) for each in amounts)
    assert sum(found.lines.values()) <= found.gross


@settings(max_examples=200, deadline=None)
@given(some.data(), some.lists(AMOUNTS, max_size=15), LIMITS)
def test_the_order_of_the_rows_and_the_size_of_an_invoice_do_not_matter(data, amounts, limits):
    amounts = [*amounts, SOUND]
    shuffled = data.draw(some.permutations(amounts))
    halves = []
    for each in shuffled:
        first = each.amount // 2
        rest = AgedAmount(each.customer, each.amount - first, each.days, 0, each.flags)
        halves += [AgedAmount(each.customer, first, each.days, each.contra, each.flags), rest]
    limits = Limits(limits.over_days, limits.cross_age, UNITS_PER_ONE)
    assert aged_receivables(amounts, limits) == aged_receivables(shuffled, limits)
    assert aged_receivables(amounts, limits) == aged_receivables(halves, limits)


@settings(max_examples=200, deadline=None)
@given(some.lists(AMOUNTS, max_size=15), LIMITS, some.sampled_from(CRITERIA[1:]))
def test_what_one_criterion_less_takes_is_never_less_eligible(amounts, limits, dropped):
    """Without concentration: there a criterion less enlarges the base and so the allowance."""
    amounts = [*amounts, SOUND]
    limits = Limits(limits.over_days, limits.cross_age, UNITS_PER_ONE)
    fewer = tuple(each for each in CRITERIA if each != dropped)
    assert (
        aged_receivables(amounts, limits, fewer).eligible
        >= aged_receivables(amounts, limits).eligible
    )
