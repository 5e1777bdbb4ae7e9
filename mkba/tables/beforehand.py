"""What a balance becomes with what was known beforehand: its columns of the headline, and its sentence."""

from __future__ import annotations

from mkba.appraisal import Result
from mkba.uncertainty.beforehand import chance_of_gain, quantiles
from mkba.uncertainty.in_the_light import Light
from mkba.wording import chance, euros


def in_the_light(light: Light | None, result: Result) -> dict[str, object]:
    """The columns; none where nothing was declared, or where the alternative makes no difference."""
    if light is None or not result.balance.npv.any():
        return {}
    return {
        "known_source": light.source,
        "known_about": light.about,
        "known_because": light.because,
        **_figures(light, result),
    }


def _figures(light: Light, result: Result) -> dict[str, float]:
    if light.weights is None:
        return {}
    npv, shares = result.balance.npv, light.weights.shares
    low, high = quantiles(npv, shares, (0.05, 0.95))
    return {
        "npv_known_mean_eur": float(npv @ shares),
        "npv_known_p05_eur": float(low),
        "npv_known_p95_eur": float(high),
        "prob_npv_positive_known": chance_of_gain(npv, shares),
    }


def told_in_the_light(light: Light | None, result: Result, precision: float) -> str:
    """The sentence, a space before it: the chance with what was known, or why there is none; empty without it."""
    if light is None:
        return ""
    if light.because is not None:
        return f" Met wat elders is gevonden ({light.source}) geven we geen kans: {light.because}."
    found = _figures(light, result)
    low, high = (euros(found[name], precision) for name in ("npv_known_p05_eur", "npv_known_p95_eur"))
    return (
        f" Met wat elders is gevonden ({light.source}: {light.about}), en zonder die twijfel, is de kans dat de baten "
        f"groter zijn dan de kosten {chance(found['prob_npv_positive_known'])}, met een saldo tussen {low} en {high}."
    )
