"""placeholder"""


def level_payment_on_growth(principal, growth, balloon=0):
    from fractions import Fraction

    from lexp_calc.money import round_half_away

    d = Fraction(1)
    a = Fraction(0)
    for g in growth:
        d /= g
        a += d
    x = (principal - balloon * d) / a
    return round_half_away(x.numerator, x.denominator)
