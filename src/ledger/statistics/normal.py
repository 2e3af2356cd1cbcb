"""The tail of the normal distribution, to thirty digits."""

from __future__ import annotations

from decimal import Decimal, localcontext

PI = Decimal("3.14159265358979323846264338327950288419716939937510582097494459")
FAR = 6
DIGITS = 50
STEPS = 200


def upper_tail(z: Decimal) -> Decimal:
    """Return the probability of more than *z* standard deviations above the mean."""
    with localcontext(prec=DIGITS):
        density = (-z * z / 2).exp() / (2 * PI).sqrt()
        return density * _beyond(z) if z > FAR else Decimal("0.5") - density * _within(z)


def _within(z: Decimal) -> Decimal:
    """Return z + z³/3 + z⁵/(3·5) + …, the integral from the mean to *z* over the density there."""
    term = total = z
    for odd in range(3, 2 * STEPS, 2):
        term *= z * z / odd
        total += term
    return total


def _beyond(z: Decimal) -> Decimal:
    """Return 1/(z + 1/(z + 2/(z + 3/(z + …, the integral from *z* on over the density there."""
    below = z
    for step in range(STEPS, 0, -1):
        below = z + step / below
    return 1 / below
