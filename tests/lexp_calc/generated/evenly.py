"""Draws the choices of a generated deal evenly, one deal after the other.

Hypothesis's own way of looking about comes back to the simplest choices and varies deals that
it has seen: half of them then had no interest, or weekly payments. Failures are made smaller
by it all the same. Deals are the same on every run where the profile says so.
"""

from hypothesis.internal.conjecture.providers import AVAILABLE_PROVIDERS, HypothesisProvider

EVENLY = "evenly"


class EvenProvider(HypothesisProvider):
    """Hypothesis's random choices, and nothing else, because it has another name."""

    def _maybe_draw_constant(self, *choice, **chance):
        """No constants read from whatever modules are loaded: they would change the deals."""
        return None


AVAILABLE_PROVIDERS[EVENLY] = f"{EvenProvider.__module__}.{EvenProvider.__qualname__}"
