"""Seconds and memory of the MKBA engine at full size; R's mgcv on the same draws where R is installed.

python -m benchmarks.mkba
"""

from __future__ import annotations

import json
import resource
import shutil
import subprocess
import tempfile
import time
from pathlib import Path
from typing import Any

import numpy as np

import mkba
from data_contracts.vocabulary.field import Stakeholder, Stamp
from mkba.balance.balance import balance
from mkba.balance.overlap import overlap_shares
from mkba.binding.bound_lines import line_table
from mkba.binding.effects import Effect, Effects, Released, Total
from mkba.draws.joint import draws
from mkba.inputs.model import Mkba
from mkba.inputs.packs import read_packs
from mkba.uncertainty.value_of_information import evppi

N_DRAWS, N_LINES, N_YEARS, N_BLOCKS = 131_072, 40, 20, 8
SOURCE = "Verzonnen bron voor een meting"


def study() -> Mkba:
    """An invented analysis of 40 lines over 10 stakeholders and 20 years, with six courses over the years."""
    who = [one.value for one in Stakeholder]
    number = {"source": SOURCE, "status": "second_hand"}
    lines: list[dict[str, Any]] = [
        {
            "id": "staff",
            "label": "Inzet",
            "type": "resource",
            "role": "outlay",
            "payer": "municipality",
            "evidence": "registered",
            "quantity": {"kind": "released", "id": "costs", "unit": "eur", "price_year": 2024},
        }
    ]
    for at in range(N_LINES - 1):
        lines.append(
            {
                "id": f"line_{at:02d}",
                "label": f"Baat {at}",
                "type": "resource",
                "receiver": who[at % len(who)],
                "evidence": "measured",
                "compared_with": f"null_{at % 6}",
                "duration_years": 1 + 3 * (at % 6),
                "price": f"price_{at:02d}",
                "quantity": {
                    "kind": "effect",
                    "subject": "events",
                    "what": f"kind_{at}",
                    "unit": "event",
                    "gain_when": "lower",
                },
            }
        )
    prices = [
        {"id": f"price_{at:02d}", "label": "prijs", "unit": "event", "value": 100.0, "low": 60.0, "high": 150.0}
        | {"distribution": "gamma", "price_year": 2024, "source": SOURCE, "status": "second_hand"}
        for at in range(N_LINES - 1)
    ]
    catch_up = number | {"value": 0.1, "low": 0.02, "high": 0.25, "distribution": "beta"}
    total = number | {"kind": "declared", "value": 500.0, "unit": "client"}
    return Mkba.model_validate(
        {
            "schema_version": 1,
            "title": "Meting",
            "problem_analysis": "x" * 120,
            "null_alternative": {
                "description": "x" * 80,
                "trajectories": [
                    {"id": f"null_{at}", "label": "nul", "catch_up": catch_up, "source": SOURCE} for at in range(6)
                ],
            },
            "alternatives": [
                {"id": "go_on", "label": "Doorgaan", "kind": "continue", "description": "x" * 20, "years": 10},
                {"id": "stop", "label": "Stoppen", "kind": "stop", "description": "x" * 20, "years": 0},
            ],
            "base_year": 2024,
            "price_year": 2024,
            "horizon_years": N_YEARS,
            "timing": "mid",
            "discount": "nl_2021",
            "price_index": "cbs_cpi_2025",
            "stress_tests": "stress_2026",
            "prices": prices,
            "volume": {"clients_per_year": total, "client_years_per_year": total},
            "lines": lines,
        }
    )


def released() -> Released:
    """Correlated effects of 39 kinds of event, and the costs."""
    n = N_LINES - 1
    effects = tuple(
        Effect(f"e{at}", "events", f"kind_{at}", "event", "client_year", Stamp.STRONG_COMPARISON, mean=-0.02)
        for at in range(n)
    )
    covariance = 0.02**2 * (0.3 + 0.7 * np.eye(n))
    return Released(Effects(effects, covariance), {"costs": Total("costs", "eur", 35_000.0, year=2024)})


def packs_folder() -> Path:
    return Path(mkba.__file__).parent / "parameters"


def with_mgcv(net_benefits: np.ndarray, columns: np.ndarray) -> dict[str, Any]:
    """EVPPI by mgcv's gam on the same draws, one input at a time."""
    with tempfile.TemporaryDirectory() as folder:
        np.savetxt(Path(folder) / "draws.csv", np.column_stack([net_benefits[:, 1], columns]), delimiter=",")
        script = Path(__file__).parent / "mkba_mgcv.R"
        done = subprocess.run(["Rscript", str(script), folder], capture_output=True, text=True, check=True)
        return dict(json.loads(done.stdout))


class Clock:
    """Seconds on the wall and of the processor: on a machine that others use too, only the second says something."""

    def __init__(self) -> None:
        self.wall, self.processor = time.perf_counter(), time.process_time()

    def seconds(self) -> dict[str, float]:
        """Seconds since the start."""
        passed = time.perf_counter() - self.wall, time.process_time() - self.processor
        return {"wall": round(passed[0], 2), "processor": round(passed[1], 2)}


def main() -> None:
    packs = read_packs({path.name: path.read_text("utf-8") for path in sorted(packs_folder().glob("*.yaml"))})
    table = line_table(study(), packs, released())
    alternative = table.model.alternatives[0]
    figures: dict[str, Any] = {"n_draws": N_DRAWS, "n_lines": len(table.rows), "n_years": N_YEARS}
    figures["draws_and_full_balance"] = []
    for _ in range(3):
        clock = Clock()
        inputs = draws(table.inputs, N_DRAWS, 1, N_BLOCKS)
        drawn = clock.seconds()
        found = balance(table, inputs, alternative, overlap_shares(table, alternative))
        quantiles = [np.quantile(one, (0.05, 0.5, 0.95)) for one in (found.npv, *found.party_pv.T)]
        figures["draws_and_full_balance"].append(clock.seconds() | {"of_which_draws": drawn})
    figures["n_parties"] = len(found.parties)
    figures["npv_p05_p50_p95"] = [round(float(value)) for value in quantiles[0]]
    figures["peak_memory_gb"] = round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024**2, 2)
    benefits = np.column_stack([np.zeros(N_DRAWS), found.npv])
    clock = Clock()
    worth = [evppi(benefits, inputs[:, at], N_BLOCKS).value for at in table.moving_columns]
    figures["evppi_all"] = {"n_inputs": len(worth), **clock.seconds()}
    if shutil.which("Rscript"):
        few = table.moving_columns[:3]
        theirs = with_mgcv(benefits, inputs[:, few])
        figures["mgcv_wall_per_input"] = round(theirs["seconds"] / len(few), 2)
        figures["evppi_of_first_input"] = {"wijkbaat": round(worth[0], 1), "mgcv": round(theirs["evppi"][0], 1)}
    print(json.dumps(figures, indent=1))


if __name__ == "__main__":
    main()
