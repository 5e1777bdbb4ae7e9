"""Who was compared, who was not and why, as the terminal and --json tell it; exact, never released."""

from __future__ import annotations

from typing import Any

import pandas as pd

from data_contracts.study import Study
from data_contracts.vocabulary.field import LifeDomain
from data_contracts.vocabulary.reasons import NotCompared
from reports.language import terms

LEFT_OUT = "est_quality__left_out"


def compared_of_everybody(table: pd.DataFrame, study: Study) -> list[dict[str, Any]]:
    """A line per leading life domain, about the first pair of moments that the study compares."""
    pair = study.moment_pairs[0]
    wanted = (table["moment_from"] == pair.moment_from) & (table["moment_to"] == pair.moment_to)
    lines = []
    for domain in study.design.headline_domains:
        rows = table[wanted & (table["subject"] == "zrm") & (table["life_domain"] == domain)]
        counts = {str(reason): int(n) for reason, n in zip(rows["reason"], rows["n_clients"], strict=True) if n}
        if counts:
            lines.append({"what": domain.value, "clients": counts, "sentence": _sentence(domain, counts)})
    return lines


def _sentence(domain: LifeDomain, counts: dict[str, int]) -> str:
    why_not = [f"{counts[one.value]} {one.label}" for one in NotCompared if counts.get(one.value)]
    compared = counts.get(NotCompared.COMPARED, 0)
    rest = why_not[1:] if compared else why_not
    words = f"{terms.domain(domain)}: {compared} van {sum(counts.values())} mensen vergeleken"
    return f"{words}; niet: {', '.join(rest)}." if rest else f"{words}."
