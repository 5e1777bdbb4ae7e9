"""What a balance becomes with what was known beforehand: its columns of the headline, and its sentence."""

from __future__ import annotations

from mkba.appraisal import Result
from mkba.uncertainty.beforehand import chance_of_gain, quantiles
from mkba.uncertainty.in_the_light import Light
from mkba.wording import chance, euros


def in_the_light(light: Light | None, result: Result) -> dict[str, object]:
    """The columns; none where nothing was declared, or where the alternative makes no difference.

    The chance and the margin with doubt are those of the same draws with doubt about the design.
    """
    if light is None or not result.balance.npv.any():
        return {}
    return {
        "known_source": light.source,
        "known_about": light.about,
        "known_because": light.because,
        **_figures(light, result),
    }


def _figures(light: Light, result: Result) -> dict[str, float]:
    if light.plain is None or light.doubt is None:
        return {}
    told = {"npv_known_mean_eur": float(result.balance.npv @ light.plain.shares)}
    for end, npv, weighing in (("", result.balance.npv, light.plain), ("_doubt", result.npv_in_doubt, light.doubt)):
        low, high = quantiles(npv, weighing.shares, (0.05, 0.95))
        told |= {f"npv_known{end}_p05_eur": float(low), f"npv_known{end}_p95_eur": float(high)}
        told[f"prob_npv_positive_known{end}"] = chance_of_gain(npv, weighing.shares)
    return told


def told_in_the_light(light: Light | None, result: Result, precision: float) -> str:
    """The sentence, a space before it: the chance with what was known, or why there is none; empty without it."""
    if light is None:
        return ""
    if light.because is not None:
        return f" Met wat elders is gevonden ({light.source}) geven we geen kans: {light.because}."
    found = _figures(light, result)
    ends = "npv_known_p05_eur", "npv_known_p95_eur", "npv_known_doubt_p05_eur", "npv_known_doubt_p95_eur"
    low, high, lowest, highest = (euros(found[name], precision) for name in ends)
    first, second = (chance(found[f"prob_npv_positive_known{end}"]) for end in ("", "_doubt"))
    return (
        f" Met wat elders is gevonden ({light.source}: {light.about}) is de kans dat de baten groter zijn dan de "
        f"kosten {first}, met een saldo tussen {low} en {high}; met die twijfel erbij {second}, tussen {lowest} en "
        f"{highest}."
    )
