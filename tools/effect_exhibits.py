"""Three exhibits of why change is not effect: `make docs`.

Each is made by the functions that the reports use, from data that anybody may have: a published table, and an invented
panel that lies beside the tests.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import statsmodels.formula.api as smf
from statsmodels.regression.linear_model import RegressionResultsWrapper

from indicators.change.domains import change_by_domain
from indicators.change.noise_floor import observed_correlation, unchanged_cells
from indicators.counts.pair_counts import PAIR
from tools.noise_of_start import noise_floor

# Homeless people with and without a housing certificate, 0 to 24 months, three levels; allocation was random.
# Hurlburt, Wood and Hough 1996.
HOUSING = {
    "control": [[12, 32, 30], [5, 27, 21], [1, 7, 10]],
    "certificate": [[13, 16, 44], [4, 17, 42], [2, 3, 17]],
}
PANEL = Path(__file__).parent.parent / "tests" / "reference" / "data" / "effect_synth.csv"
START = np.array([0.05, 0.12, 0.23, 0.30, 0.30])
RELIABILITIES = (0.6, 0.7, 0.8, 0.9)
N_DOMAINS, COMMON_FACTOR, N_SIMULATED = 11, 0.4, 100_000


def people(tables: dict[str, list[list[int]]]) -> pd.DataFrame:
    """One row per cell: group, score before and after, clients."""
    cells = [(group, i, j, n) for group, t in tables.items() for i, row in enumerate(t) for j, n in enumerate(row)]
    return pd.DataFrame(cells, columns=["slice_value", "score_from", "score_to", "n_clients"])


def transitions_of(cells: pd.DataFrame) -> pd.DataFrame:
    """Counts per pair of scores, each group as a team."""
    key = dict(zip(PAIR, ("zrm", "housing", "team", "", "first", "last"), strict=True))
    del key["slice_value"]
    shifted = cells.assign(score_from=cells["score_from"] + 1, score_to=cells["score_to"] + 1, **key)
    return shifted[shifted["n_clients"] > 0]


def did_and_ancova(rows: pd.DataFrame) -> tuple[str, str]:
    """Effect of `arm` on the change, and on the score after given the score before; with standard errors."""
    did = smf.ols("I(after - before) ~ arm", rows).fit()
    ancova = smf.ols("after ~ before + arm", rows).fit()
    return _arm(did), _arm(ancova)


def _arm(fit: RegressionResultsWrapper) -> str:
    return f"{fit.params['arm']:+.3f} (SE {fit.bse['arm']:.3f}, p {fit.pvalues['arm']:.3f})"


def before_after_misleads() -> str:
    """What those without a certificate gained too."""
    cells = people(HOUSING)
    change = change_by_domain(transitions_of(cells)).set_index("slice_value")
    lines = ["| | control | certificate |", "|---|---|---|"]
    groups = [change.loc[name] for name in HOUSING]
    for what, text in (
        ("people", "{0.n_clients}"),
        ("mean change, levels", "{0.mean_change:+.3f}"),
        ("up / equal / down", "{0.n_up} / {0.n_equal} / {0.n_down}"),
        ("signed rank (Pratt), p", "{0.p_value:.1e}"),
    ):
        lines.append(f"| {what} | " + " | ".join(text.format(group) for group in groups) + " |")
    rows = cells.loc[cells.index.repeat(cells["n_clients"])]
    arm = (rows["slice_value"] == "certificate").astype(int)
    did, ancova = did_and_ancova(rows.assign(arm=arm, before=rows["score_from"], after=rows["score_to"]))
    of_control = groups[0].mean_change / groups[1].mean_change
    lines += [
        "",
        f"Before and after alone would credit the certificate with {groups[1].mean_change:+.2f} levels. Those without "
        f"one rose as well: {of_control:.0%} of that came without a certificate. Against the control group the "
        f"difference is {did} as a difference in differences, {ancova} given the score at the start.",
    ]
    return "\n".join(lines)


def lords_paradox() -> str:
    """One file, two honest methods."""
    panel = pd.read_csv(PANEL)
    first, last = (panel[panel["wave"] == wave].set_index("client") for wave in (0, 2))
    waves = first[["arm"]].assign(before=first["score"]).join(last["score"].rename("after"), how="inner")
    did, ancova = did_and_ancova(waves)
    return (
        f"One invented file, {len(waves)} clients. Difference in differences: {did}. Score after given score before: "
        f"{ancova}. Opposite signs. The file cannot choose; the design must: difference in differences when the groups "
        "differ by nature and would have moved alike, the other when allocation followed the score at the start or was "
        "random. Show both, and say why."
    )


def noise() -> str:
    """What moves at each reliability when nobody changes."""
    key = dict(zip(PAIR, ("zrm", "housing", "all", "all", "first", "last"), strict=True))
    start = pd.DataFrame({"score_from": range(1, 6), "score_to": range(1, 6), "n_clients": (START * 100).astype(int)})
    seen = observed_correlation(unchanged_cells(np.tile(START, (len(RELIABILITIES), 1)), np.array(RELIABILITIES)))
    floor = noise_floor(start.assign(**key), seen.tolist()).set_index("reliability")
    lines = [
        "| reliability | up | down | at least one of 11 domains up | total up / equal / down | of those at 1 or 2, up "
        "| their mean gain |",
        "|---|---|---|---|---|---|---|",
    ]
    for reliability, observed in zip(RELIABILITIES, seen, strict=True):
        row = floor.loc[observed]
        any_up, total = simulated(reliability)
        lines.append(
            f"| {reliability:.2f} | {row.share_up_by_noise:.0%} | {row.share_down_by_noise:.0%} | {any_up:.0%} "
            f"| {total} | {row.share_up_by_noise_low:.0%} | {row.mean_gain_by_noise_low:+.2f} |"
        )
    return "\n".join(lines)


def simulated(reliability: float) -> tuple[float, str]:
    """Share with at least one domain up, and total up, equal and down, when nobody changes."""
    rng = np.random.default_rng(1)
    common = rng.standard_normal((N_SIMULATED, 1)) * np.sqrt(COMMON_FACTOR)
    own = rng.standard_normal((N_SIMULATED, N_DOMAINS)) * np.sqrt(1 - COMMON_FACTOR)
    true = np.sqrt(reliability) * (common + own)
    cut = np.quantile(rng.standard_normal(1_000_000), np.cumsum(START)[:-1])
    first, second = (
        np.searchsorted(cut, true + np.sqrt(1 - reliability) * rng.standard_normal(true.shape)) for _ in range(2)
    )
    total = np.sign((second - first).sum(axis=1))
    shares = " / ".join(f"{np.mean(total == sign):.0%}" for sign in (1, 0, -1))
    return float(np.mean((second > first).any(axis=1))), shares


def exhibits() -> str:
    """docs/effect_exhibits.md."""
    return f"""# Why change is not effect: three exhibits

Made by `make docs`; a test compares this page with what that writes.

## 1. Before and after misleads

{before_after_misleads()}

## 2. One file, two honest methods, opposite signs

{lords_paradox()}

## 3. What moves when nobody changes

Start distribution {", ".join(f"{share:.0%}" for share in START)} over the five levels; no true change at all.

{noise()}

"Sixty percent improves on at least one domain" is reached by noise alone. So beside every share that improved stand the
share that fell, the net, and this expectation for the declared reliability.
"""
