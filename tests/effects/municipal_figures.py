"""Invented public figures: half-years of municipalities that share two courses, as a file that a study may bring."""

from __future__ import annotations

from pathlib import Path

import numpy as np

OWN, INDICATOR = "Demostad", "Wmo-cliënten"
KEY = (
    "municipal_series: {file: cijfers.csv, indicators: [{name: Wmo-cliënten, unit: per 1.000 inwoners}], "
    "source: Verzonnen cijfers om mee te testen., others_chosen_by: Alle verzonnen gemeenten doen mee.}"
)
HALVES = [f"{year}-H{half}" for year in range(2013, 2025) for half in (1, 2)]  # the start is 2021-07-01
N_BEFORE = HALVES.index("2021-H2")


def values(n_donors: int, step: float, seed: int = 5, n_periods: int = len(HALVES), n_before: int = N_BEFORE):
    """(T, 1 + n_donors) figures; the first municipality moves by `step` at the start."""
    rng = np.random.default_rng(seed)
    courses = np.cumsum(rng.normal(0, 0.6, (n_periods, 2)), axis=0)
    level, share = rng.normal(60, 4, n_donors + 1), rng.normal(1, 0.4, (2, n_donors + 1))
    figures = level + courses @ share + rng.normal(0, 0.4, (n_periods, n_donors + 1))
    figures[n_before:, 0] += step
    return figures


def lines(n_donors: int = 19, step: float = -5.0, seed: int = 5) -> list[str]:
    """The lines of the file, header first."""
    names = [OWN, *(f"Verzonnen {chr(65 + one)}" for one in range(n_donors))]
    return ["gemeente;periode;indicator;waarde"] + [
        f"{name};{half};{INDICATOR};{value:.1f}".replace(".", ",")
        for name, own in zip(names, values(n_donors, step, seed).T, strict=True)
        for half, value in zip(HALVES, own, strict=True)
    ]


def written(directory: Path, text: list[str]) -> Path:
    """The directory of a study with these lines in its file."""
    (directory / "cijfers.csv").write_text("\n".join(text) + "\n", encoding="utf-8")
    return directory
