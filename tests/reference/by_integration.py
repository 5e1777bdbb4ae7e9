"""The chance and the quantiles of a balance with knowledge beforehand, by integration: numpy and scipy alone.

Balance = volume x (-care - price x nights) - costs, of which care and nights were measured with correlated errors (few
teams: Student's t), the price is gamma, and care was known beforehand as normal. Imports nothing of ours.
"""

import numpy as np
from scipy import integrate, stats


def chance_with_gamma_price(care, nights, correlation, price, known, volume, costs):
    """P(balance > 0) for normal errors: (mean, sd) of each effect, (mean, sd) of the price and of what was known."""
    shape = (price[0] / price[1]) ** 2
    of_price = stats.gamma(shape, scale=price[0] / shape)
    left = nights[1] * np.sqrt(1 - correlation**2)

    def gain_at(x):
        middle = nights[0] + correlation * nights[1] * (x - care[0]) / care[1]

        def at_price(p):
            return of_price.pdf(p) * stats.norm.cdf((-costs / volume - x) / p, middle, left)

        return integrate.quad(at_price, *of_price.ppf([1e-9, 1 - 1e-9]), limit=200)[0]

    def density(x):
        return stats.norm.pdf(x, *care) * stats.norm.pdf(x, *known)

    grid = np.linspace(care[0] - 7 * care[1], care[0] + 7 * care[1], 401)
    weight = density(grid)
    gain = np.array([gain_at(x) for x in grid])
    return integrate.simpson(weight * gain, x=grid) / integrate.simpson(weight, x=grid)


def chance_of_few_teams(care, df, known, volume, costs):
    """P(balance > 0) where care alone counts and its error is a t that gives the interval of a normal (mean, sd)."""
    scale = care[1] * stats.norm.ppf(0.975) / stats.t.ppf(0.975, df)

    def density(x):
        return stats.t.pdf((x - care[0]) / scale, df) * stats.norm.pdf(x, *known)

    ends = known[0] - 12 * known[1], known[0] + 12 * known[1]
    turns = -costs / volume
    below = integrate.quad(density, ends[0], turns, limit=400)[0]
    return below / (below + integrate.quad(density, turns, ends[1], limit=400)[0])
