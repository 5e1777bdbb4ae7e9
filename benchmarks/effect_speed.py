"""Speed of the change engine, as ratios in one run: `python -m benchmarks.effect_speed [--with-r]`.

Counts: 1.2 million invented clients, 3.6 million assessments, 13 life domains, by team, against a bare scan of the same
Parquet columns and against pandas (sort, then groupby first and last) on the same table in memory. Ordinal mixed model:
13 domains of 30,000 clients; with --with-r also R ordinal::clmm on 3,000 clients with 9,000 rows (R needs minutes).
Prints markdown.
"""

from __future__ import annotations

import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pandas as pd

from indicators.change.companions import companions
from indicators.change.domains import change_by_domain
from indicators.change.regression_to_mean import regression_to_mean
from indicators.change.reliable_change import reliable_change
from indicators.change.shares import with_shares
from indicators.change.teams import pooled_teams
from indicators.counts.funnel import funnel, series
from indicators.counts.panel import Grouping, Panel
from indicators.counts.transitions import transitions
from indicators.ordinal.model import fit_ordinal

N_CLIENTS, N_TEAMS = 1_200_000, 1_200
DOMAINS = [f"domain_{number}" for number in range(13)]
PAIR = [("first", "last")]


def best_of(n_times: int, work: Callable[[], Any]) -> tuple[float, Any]:
    """Fewest seconds of `n_times`, and the last result."""
    seconds, found = [], None
    for _ in range(n_times):
        start = time.perf_counter()
        found = work()
        seconds.append(time.perf_counter() - start)
    return min(seconds), found


def write_assessments(path: Path) -> None:
    rng = np.random.default_rng(1)
    n_each = rng.poisson(2, N_CLIENTS) + 1
    n_rows = int(n_each.sum())
    place = np.arange(n_rows) - np.repeat(np.cumsum(n_each) - n_each, n_each)
    level = np.repeat(rng.normal(size=N_CLIENTS), n_each)
    table: dict[str, Any] = {
        "client_no": np.repeat(np.arange(N_CLIENTS), n_each),
        "day": np.repeat(rng.integers(16_000, 18_500, N_CLIENTS), n_each)
        + place * 120
        + (place > 0) * rng.integers(0, 80, n_rows),
        "team_no": np.repeat(rng.integers(0, N_TEAMS, N_CLIENTS), n_each),
    }
    for name in DOMAINS:
        score = np.clip(np.round(3 + 0.7 * level + 0.8 * rng.normal(size=n_rows)), 1, 5)
        table[name] = np.where(rng.random(n_rows) < 0.35, 0, score).astype(np.int8)
    frame = pd.DataFrame(table)  # noqa: F841  read by DuckDB below
    scores = ", ".join(f"nullif({name}, 0)::TINYINT AS {name}" for name in DOMAINS)
    duckdb.sql(
        f"""COPY (SELECT client_no, DATE '1970-01-01' + day::INTEGER AS assessed_on,
            team_no::SMALLINT AS team_no, {scores} FROM frame ORDER BY client_no, day) TO '{path}' (FORMAT parquet)"""
    )


def bare_scan(path: Path) -> None:
    sums = ", ".join(f"sum({name})" for name in ("client_no", "team_no", *DOMAINS))
    duckdb.sql(f"SELECT max(assessed_on), {sums} FROM '{path}'").fetchall()


def read_panel(path: Path) -> Panel:
    scores = ", ".join(f"coalesce({name}, 0::TINYINT) AS {name}" for name in DOMAINS)
    rows = duckdb.sql(
        f"SELECT client_no, (assessed_on - DATE '1970-01-01')::INTEGER AS day, team_no, {scores} FROM '{path}'"
    ).fetchnumpy()
    n_rows = len(rows["day"])
    return Panel(
        subject="zrm",
        client_no=rows["client_no"],
        day=rows["day"],
        edition=np.zeros(n_rows, np.int8),
        editions=("zrm_2017",),
        is_monitoring=np.zeros(n_rows, np.bool_),
        scores={name: rows[name] for name in DOMAINS},
        groups={"team": Grouping(rows["team_no"], tuple(f"team {number}" for number in range(N_TEAMS)))},
    )


def counts_by_pandas(frame: pd.DataFrame) -> pd.DataFrame:
    clients = frame.sort_values(["client_no", "assessed_on"]).groupby("client_no")
    before, after = clients[["team_no", *DOMAINS]].first(), clients[DOMAINS].last()
    tables = [
        pd.DataFrame({"team_no": before["team_no"], "before": before[name], "after": after[name]})
        .dropna()
        .value_counts()
        .rename(name)
        for name in DOMAINS
    ]
    return pd.concat(tables, axis=1)


def everything_from_counts(counts: pd.DataFrame) -> None:
    with_shares(change_by_domain(counts, DOMAINS[:4]))
    companions(counts)
    regression_to_mean(counts)
    reliable_change(counts)
    pooled_teams(counts)


def ordinal_rows(n_clients: int, seed: int) -> pd.DataFrame:
    """Three moments, two groups, five levels, one row per assessment."""
    rng = np.random.default_rng(seed)
    client, moment = np.repeat(np.arange(n_clients), 3), np.tile([0, 1, 2], n_clients)
    group = np.repeat(rng.integers(0, 2, n_clients), 3)
    latent = np.repeat(1.6 * rng.normal(size=n_clients), 3) + np.array([0, 0.5, 0.8])[moment]
    latent += (0.25 + 0.35 * (moment > 0)) * group + rng.logistic(size=len(client))
    score = 1 + np.sum(latent[:, None] > np.array([-2.5, -1, 0.5, 2.2]), axis=1)
    return pd.DataFrame({"client": client, "moment": moment, "group": group, "score": score})


def fit(rows: pd.DataFrame, n_nodes: int) -> Any:
    cells = [(moment, group) for moment in range(3) for group in range(2)]
    design = np.array([[m == 1, m == 2, g, g * (m == 1), g * (m == 2)] for m, g in cells], dtype=float)
    cell = (2 * rows["moment"] + rows["group"]).to_numpy()
    return fit_ordinal(rows["score"].to_numpy(), cell, design, rows["client"].to_numpy(), n_nodes=n_nodes)


R_SCRIPT = """
suppressMessages(library(ordinal))
d <- read.csv(commandArgs(TRUE)[1]); for (n in names(d)) d[[n]] <- factor(d[[n]])
s <- proc.time()[3]; m <- clmm(score ~ moment * group + (1 | client), data = d, nAGQ = 10)
cat(proc.time()[3] - s, sprintf("%.6f", logLik(m)), "\\n")
"""


def clmm_in_r(rows: pd.DataFrame, folder: Path) -> tuple[float, float]:
    """Seconds and log-likelihood of R ordinal::clmm."""
    rows.to_csv(folder / "rows.csv", index=False)
    (folder / "clmm.R").write_text(R_SCRIPT)
    command = ["Rscript", str(folder / "clmm.R"), str(folder / "rows.csv")]
    seconds, log_likelihood = subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()
    return float(seconds), float(log_likelihood)


def main() -> None:
    lines: list[tuple[str, float, str]] = []
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / "assessments.parquet"
        subprocess.run([sys.executable, "-m", "benchmarks.effect_speed", "--write", str(path)], check=True)
        scan, _ = best_of(7, lambda: bare_scan(path))
        counting, counts = best_of(7, lambda: transitions(read_panel(path), PAIR))
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
        lines.append(("bare scan of the columns", scan, "1"))
        remark = f"{counting / scan:.1f} x the scan, peak {memory:.2f} GB"
        lines.append(("read and count transitions by team", counting, remark))
        following, _ = best_of(3, lambda: everything_from_counts(counts))
        lines.append(("everything from the counts", following, f"{len(counts):,} rows"))
        panel = read_panel(path)
        in_memory, _ = best_of(9, lambda: transitions(panel, PAIR))
        lines.append(("count alone, table in memory", in_memory, ""))
        frame = duckdb.sql(f"SELECT * FROM '{path}'").df()
        for order, table in (("sorted", frame), ("not sorted", frame.sample(frac=1, random_state=1))):
            by_pandas, _ = best_of(4, partial(counts_by_pandas, table))
            remark = f"{by_pandas / in_memory:.1f} x ours"
            lines.append((f"pandas sort, groupby first and last, table in memory, {order}", by_pandas, remark))
        lines.append(("funnel", best_of(3, lambda: funnel(panel))[0], ""))
        lines.append(("series", best_of(3, lambda: series(panel))[0], ""))
        domains = [ordinal_rows(30_000, seed) for seed in range(13)]
        fitting, _ = best_of(1, lambda: [fit(one, 15) for one in domains])
        lines.append(("ordinal model, 13 x 30,000 clients", fitting, ""))
        small = ordinal_rows(3_000, 5)
        ours, found = best_of(3, lambda: fit(small, 10))
        lines.append(("ordinal model, 3,000 clients, 9,000 rows", ours, f"log-likelihood {found.log_likelihood:.6f}"))
        if "--with-r" in sys.argv:
            seconds, log_likelihood = clmm_in_r(small, Path(name))
            lines.append(("R ordinal::clmm, same rows", seconds, f"{seconds / ours:.0f} x ours, {log_likelihood:.6f}"))
    print("| what | seconds | |\n|---|---|---|")
    for what, seconds, remark in lines:
        print(f"| {what} | {seconds:.2f} | {remark} |")


if __name__ == "__main__":
    if "--write" in sys.argv:
        write_assessments(Path(sys.argv[-1]))
    else:
        main()
