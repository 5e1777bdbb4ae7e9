"""Who was compared, who was not and why, as the terminal and --json tell it.

What a terminal prints ends in a log, so people are counted as the gate counts them: rounded, and few are only "few".
"""

from __future__ import annotations

from typing import Any

import pandas as pd

from data_contracts.gate.rounding import rounded_count
from data_contracts.study import Study
from data_contracts.vocabulary.field import LifeDomain
from data_contracts.vocabulary.reasons import NotCompared
from reports.language import dutch, terms

LEFT_OUT = "est_quality__left_out"


def compared_of_everybody(table: pd.DataFrame, study: Study) -> list[dict[str, Any]]:
    """A line per leading life domain, about the first pair of moments that the study compares."""
    pair = study.moment_pairs[0]
    wanted = (table["moment_from"] == pair.moment_from) & (table["moment_to"] == pair.moment_to)
    lines = []
    for domain in study.design.headline_domains:
        rows = table[wanted & (table["subject"] == "zrm") & (table["life_domain"] == domain)]
        few = study.thresholds.of(domain.value)
        counts = {str(reason): int(n) for reason, n in zip(rows["reason"], rows["n_clients"], strict=True) if n}
        if counts:
            base = study.thresholds.round_to
            shown = {one: _rounded(n, base) if n >= few else None for one, n in counts.items()}
            sentence = _sentence(domain, shown, _rounded(sum(counts.values()), base), few)
            lines.append({"what": domain.value, "clients": shown, "sentence": sentence})
    return lines


def _rounded(n: int, base: int) -> int:
    return int(rounded_count(n, base))


def _sentence(domain: LifeDomain, shown: dict[str, int | None], everybody: int, few: int) -> str:
    words = {one: f"minder dan {few}" if n is None else dutch.count(n) for one, n in shown.items()}
    compared = words.pop(NotCompared.COMPARED.value, "0")
    why_not = [f"{words[one.value]} {one.label}" for one in NotCompared if one.value in words]
    text = f"{terms.domain(domain)}: ongeveer {compared} van de {dutch.count(everybody)} mensen vergeleken"
    return f"{text}; niet: {', '.join(why_not)}." if why_not else f"{text}."
