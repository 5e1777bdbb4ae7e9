"""A small invented analysis; the tests of the MKBA change one thing of it at a time."""

from __future__ import annotations

import copy
import functools
import json
from pathlib import Path
from typing import Any

import numpy as np

import mkba
from data_contracts.vocabulary.field import Stamp
from mkba.appraisal import Appraisal, Settings, appraise
from mkba.binding.effects import Effect, Effects, Released, Total
from mkba.inputs.model import Mkba
from mkba.inputs.packs import Packs, read_packs
from mkba.inputs.reading import read_mkba

SMALL = Settings(seed=20_261_123, n_draws=4_096, n_randomisations=8)
SOURCE = "Verzonnen bron voor een toets"


@functools.cache
def packs() -> Packs:
    """The packs that we ship."""
    folder = Path(mkba.__file__).parent / "parameters"
    return read_packs({path.name: path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.yaml"))})


def sourced(
    value: float, low: float | None = None, high: float | None = None, distribution: str = "fixed"
) -> dict[str, Any]:
    """A declared number."""
    number: dict[str, Any] = {"value": value, "source": SOURCE, "status": "second_hand"}
    return number if low is None else number | {"low": low, "high": high, "distribution": distribution}


BASE: dict[str, Any] = {
    "schema_version": 1,
    "title": "Toets",
    "problem_analysis": "Mensen komen te laat bij hulp. " * 6,
    "null_alternative": {
        "description": "De teams werken door zoals zij deden; een deel van de mensen knapt ook dan vanzelf op. " * 2,
        "trajectories": [{"id": "usual", "label": "gewone werkwijze", "source": SOURCE}],
    },
    "alternatives": [
        {"id": "go_on", "label": "Doorgaan", "kind": "continue", "description": "Vijf jaar doorgaan zo.", "years": 5},
        {"id": "stop", "label": "Stoppen", "kind": "stop", "description": "Terug naar zoals het was.", "years": 0},
    ],
    "base_year": 2024,
    "price_year": 2024,
    "horizon_years": 10,
    "timing": "end",
    "discount": "nl_2021",
    "price_index": "cbs_cpi_2025",
    "price_lists": ["zorginstituut_2022"],
    "stress_tests": "stress_2026",
    "induced_demand_baseline": sourced(800.0) | {"kind": "declared", "unit": "eur", "price_year": 2024},
    "prices": [
        {
            "id": "night",
            "label": "nacht opvang",
            "unit": "night",
            "value": 100,
            "low": 60,
            "high": 140,
            "distribution": "gamma",
            "price_year": 2024,
            "source": SOURCE,
            "status": "verified",
            "checked_on": "2026-11-23",
        }
    ],
    "volume": {
        "clients_per_year": {"kind": "released", "id": "clients_per_year", "unit": "client"},
        "client_years_per_year": {"kind": "released", "id": "client_years_per_year", "unit": "client_year"},
    },
    "lines": [
        {
            "id": "staff",
            "label": "Extra inzet",
            "type": "resource",
            "role": "outlay",
            "payer": "municipality",
            "evidence": "registered",
            "quantity": {"kind": "released", "id": "costs/new/staff/2024", "unit": "eur"},
        },
        {
            "id": "nights",
            "label": "Minder nachten opvang",
            "type": "resource",
            "receiver": "municipality",
            "law": "wmo",
            "evidence": "measured",
            "compared_with": "usual",
            "price": "night",
            "quantity": {"kind": "effect", "subject": "events", "what": "nacht", "unit": "night", "gain_when": "lower"},
        },
        {
            "id": "care",
            "label": "Minder zorg",
            "type": "resource",
            "receiver": "health_insurer",
            "law": "zvw",
            "evidence": "measured",
            "compared_with": "usual",
            "quantity": {
                "kind": "effect",
                "subject": "provisions",
                "what": "zorg",
                "unit": "eur",
                "price_year": 2024,
                "gain_when": "lower",
            },
        },
        {
            "id": "benefit",
            "label": "Minder uitkering",
            "type": "transfer",
            "payer": "client",
            "receiver": "municipality",
            "law": "participatiewet",
            "evidence": "measured",
            "compared_with": "usual",
            "quantity": {
                "kind": "effect",
                "subject": "provisions",
                "what": "uitkering",
                "unit": "eur",
                "price_year": 2024,
                "gain_when": "lower",
            },
        },
        {
            "id": "steps",
            "label": "Hoger op de ladder",
            "type": "wellbeing",
            "receiver": "client",
            "evidence": "measured",
            "compared_with": "usual",
            "pm_text": "Er is geen bedrag per trede met een bron.",
            "quantity": {"kind": "effect", "subject": "ladder", "unit": "step", "gain_when": "higher"},
        },
    ],
}


def case() -> dict[str, Any]:
    """A fresh copy to change."""
    return copy.deepcopy(BASE)


def line(data: dict[str, Any], name: str) -> dict[str, Any]:
    """One line of a case."""
    found: dict[str, Any] = next(one for one in data["lines"] if one["id"] == name)
    return found


def text(data: dict[str, Any]) -> str:
    """A case as YAML, of which JSON is a part: one key a line."""
    return json.dumps(data, indent=1, ensure_ascii=False)


def model(data: dict[str, Any] | None = None) -> Mkba:
    """A case as the strict model."""
    return read_mkba(text(BASE if data is None else data), packs())


def released(stamp: Stamp = Stamp.STRONG_COMPARISON, **means: float) -> Released:
    """Four effects, two of them correlated, and the totals; a mean is set by name."""
    values = {"nights": -0.4, "care": -60.0, "benefit": -30.0, "steps": 0.2} | means
    kinds = {
        "nights": ("events", "nacht", "night", "client_year"),
        "care": ("provisions", "zorg", "eur", "client_year"),
        "benefit": ("provisions", "uitkering", "eur", "client_year"),
        "steps": ("ladder", "trede", "step", "client"),
    }
    effects = tuple(
        Effect(name, *kinds[name], stamp, mean=values[name], n_clients=300, about={"slice": "all"}) for name in kinds
    )
    sd = np.array([0.1, 20.0, 15.0, 0.05])
    correlation = np.eye(4)
    correlation[0, 1] = correlation[1, 0] = 0.5
    totals = (
        Total("clients_per_year", "client", 400.0),
        Total("client_years_per_year", "client_year", 500.0),
        Total("costs/new/staff/2024", "eur", 20_000.0, year=2024),
    )
    return Released(Effects(effects, correlation * np.outer(sd, sd)), {total.id: total for total in totals})


def appraised(
    data: dict[str, Any] | None = None, given: Released | None = None, settings: Settings = SMALL
) -> Appraisal:
    """The analysis of a case."""
    return appraise(model(data), packs(), given if given is not None else released(), settings)


def scaled_up(
    data: dict[str, Any], fte: float = 1, per_fte: float = 40, costs: float = 100, yields: float = 300, **keys: Any
) -> dict[str, Any]:
    """A case with an alternative 'more' that helps extra clients, each with costs and a yield of their own."""
    numbers: dict[str, Any] = {"extra_fte": fte, "extra_clients_per_fte": sourced(per_fte), "kind": "scale_up"}
    about = {"id": "more", "label": "Eén fte erbij", "description": "Meer mensen met meer fte.", "years": 5}
    data["alternatives"].append(about | numbers | keys)
    base = {"type": "resource", "evidence": "expert", "alternatives": ["more"], "quantity": {"kind": "extra_clients"}}
    for name, label, euros, side in (
        ("extra_costs", "Kosten van extra cliënten", costs, {"role": "outlay", "payer": "municipality"}),
        ("extra_yield", "Wat extra cliënten opleveren", yields, {"receiver": "municipality", "law": "wmo"}),
    ):
        price = {"id": name, "label": label, "unit": "client", "value": euros, "price_year": 2024, "source": SOURCE}
        data["prices"].append(price | {"status": "second_hand"})
        data["lines"].append(base | side | {"id": name, "label": label, "price": name})
    return data


def cost_of(label: str, amount: float, **keys: Any) -> dict[str, Any]:
    """A declared cost of somebody, in euros of 2024."""
    quantity = sourced(amount) | {"kind": "declared", "unit": "eur", "price_year": 2024}
    base: dict[str, Any] = {"id": "cost", "label": label, "type": "resource", "payer": "state", "evidence": "expert"}
    return base | {"quantity": quantity} | keys
