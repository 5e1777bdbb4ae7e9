"""Speed of the staggered design beside a Python peer on the same clients.

python -m benchmarks.staggered_speed [--peer-python PATH]

12 teams, 8 half-years, 4,000 and 100,000 clients, one outcome: from client rows to an overall effect with an error
clustered by team. The peer is diff-diff (MIT) in an environment of its own, since this project does not depend on it;
PATH is that environment's Python. Prints markdown.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
import pandas as pd

from indicators.effects.few_teams import team_inference
from indicators.effects.team_cells import team_cells
from indicators.staggered.group_times import overall_weights
from indicators.staggered.imputed import imputed_weights

PEER = """
import sys, time, warnings
import pandas as pd
from diff_diff import CallawaySantAnna
warnings.filterwarnings("ignore")
clients = pd.read_csv(sys.argv[1])
seconds = []
for _ in range(3):
    began = time.perf_counter()
    design = CallawaySantAnna(control_group="not_yet_treated", panel=False, cluster="team")
    found = design.fit(clients, outcome="change", unit="client", time="period", first_treat="first", aggregate="simple")
    seconds.append(time.perf_counter() - began)
print(min(seconds), found.overall_att, found.overall_se)
"""


def clients_of(n: int) -> pd.DataFrame:
    """Clients of twelve teams, eight of which start in pairs."""
    rng = np.random.default_rng(3)
    first = np.array([3, 3, 4, 4, 5, 5, 6, 6, 0, 0, 0, 0])
    team, period = rng.integers(0, 12, n), rng.integers(1, 9, n)
    exposed = (first[team] > 0) & (period >= first[team])
    change = rng.normal(size=n) + 0.3 * exposed
    return pd.DataFrame(
        {"client": np.arange(n), "team": team, "period": period, "first": first[team], "change": change}
    )


def ours(clients: pd.DataFrame) -> list[tuple[str, float, float, float]]:
    """(name, seconds, estimate, error) of both estimators, cells included, best of three."""
    rows = []
    for name, weights in (("imputed", imputed_weights), ("group-time", overall_weights)):
        seconds = []
        for _ in range(3):
            began = time.perf_counter()
            exposed = ((clients["first"] > 0) & (clients["period"] >= clients["first"])).to_numpy(np.int8)
            change = clients[["change"]].to_numpy()
            codes = (clients[code].to_numpy() for code in ("team", "period"))
            found = team_inference(weights, team_cells(*codes, exposed, change, np.ones_like(change)))
            seconds.append(time.perf_counter() - began)
        rows.append((name, min(seconds), float(found.estimate[0]), float(found.standard_error[0])))
    return rows


def main(arguments: list[str]) -> None:
    parser = argparse.ArgumentParser(prog="benchmarks.staggered_speed")
    parser.add_argument("--peer-python", type=Path)
    options = parser.parse_args(arguments)
    print("| clients | estimator | seconds | effect | error |\n|---|---|---|---|---|")
    for n in (4_000, 100_000):
        clients = clients_of(n)
        rows = ours(clients)
        if options.peer_python:
            with tempfile.TemporaryDirectory() as folder:
                path = Path(folder) / "clients.csv"
                clients.to_csv(path, index=False)
                command = [str(options.peer_python), "-c", PEER, str(path)]
                answer = subprocess.run(command, capture_output=True, text=True, check=True).stdout
            rows.append(("diff-diff", *map(float, answer.split())))
        for name, seconds, estimate, error in rows:
            print(f"| {n} | {name} | {seconds:.4f} | {estimate:.4f} | {error:.4f} |")


if __name__ == "__main__":
    main(sys.argv[1:])
