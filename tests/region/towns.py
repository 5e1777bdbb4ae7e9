"""A region of invented municipalities that each published once: studies, homes and region.yaml, without a run."""

from __future__ import annotations

import datetime as dt
import json
import re
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd

from data_contracts.tables.assumptions import PROMISED
from pipelines.releases.release import decide, publish
from pipelines.storage.home import Home
from tests.surfaces.invented import CHECKS, frame

STUDY = Path(__file__).parents[2] / "studies" / "waterstad"
CONSENT = "named_in_region: {agreed_by: het college, agreed_on: 2026-01-05}\n"
# The estimate of finances in the first town, the second, ..; the standard error is the same.
SPREAD_OUT = (0.05, 0.1, 0.3, 0.45, 0.2)


def estimate(domain: str, value: float | None, se: float = 0.05, **changed: Any) -> dict[str, Any]:
    """A row of out_effects__estimates; without a value it is hidden."""
    checks = {name: CHECKS[name] for name in PROMISED[("staggered", "effect")]}
    shown = value is not None
    row = {
        "estimate_id": f"effect-{domain}",
        "subject": "zrm",
        "life_domain": domain,
        "what": "all",
        "slice": "all",
        "slice_value": "all",
        "moment_from": "first",
        "moment_to": "within_12_months",
        "design": "staggered",
        "measure": "effect",
        "unit": "point",
        "per": "client",
        "estimate": value,
        "se": se if shown else None,
        "ci_low": value - 2 * se if shown else None,
        "ci_high": value + 2 * se if shown else None,
        "n_clients": 400 if shown else None,
        "method": "invented",
        "stamp": "strong_comparison",
        "assumptions": json.dumps(checks),
        "status": "released" if shown else "too_few",
    }
    return row | changed


def town(root: Path, name: str, rows: Sequence[dict[str, Any]], consent: str = CONSENT, approved: bool = True) -> None:
    """A study and a home with one release, whose only figures are `rows`."""
    study, home = root / "studies" / name, Home(root / "homes" / name)
    study.mkdir(parents=True)
    text = (STUDY / "study.yaml").read_text(encoding="utf-8")
    text = re.sub(r"municipality: .*", f"municipality: {name.title()}", text)
    (study / "study.yaml").write_text(text + consent, encoding="utf-8")
    (study / "mapping.yaml").write_bytes((STUDY / "mapping.yaml").read_bytes())
    tables = {
        "out_effects__estimates": frame("out_effects__estimates", list(rows)),
        "out_effects__design": frame("out_effects__design", [dict(place=0, declared="staggered", used="staggered")]),
    }
    published(home, name.title(), tables, approved=approved)


def published(home: Home, municipality: str, tables: Mapping[str, pd.DataFrame], *, approved: bool = True) -> None:
    """A release of these tables only."""
    home.prepare()
    files = {f"tables/{table}.parquet": parquet(rows) for table, rows in tables.items()}
    release = publish(home, files, {}, {"municipality": municipality}, "2026-01-31")
    if approved:
        decide(home, release.name, "approve", "A. Jansen", "nagelopen, het klopt", dt.date(2026, 2, 1))


def parquet(rows: pd.DataFrame) -> bytes:
    """The bytes of a table."""
    with tempfile.TemporaryDirectory() as place:
        path = Path(place) / "table.parquet"
        duckdb.connect().from_df(rows).write_parquet(str(path))
        return path.read_bytes()


def region_of(root: Path, *names: str) -> Path:
    """region.yaml over these towns."""
    lines = ["schema_version: 1", "region: Rivierenland", "municipalities:"]
    lines += [f"  - {{study: studies/{name}, home: homes/{name}}}" for name in names]
    path = root / "region.yaml"
    path.write_text("\n".join([*lines, ""]), encoding="utf-8")
    return path
