"""Voorbeeldstad of one seed in memory: the estimates and the balance that a run would make, beside the truth.

The same estimators and the same balance as a run; without files, intake, rounding and the gate.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
import pandas as pd

from data_contracts.part_years import years_in_part
from data_contracts.study import Study
from data_contracts.yaml_file import read_model
from indicators.designs.clients import ClientOutcomes, Scored
from indicators.designs.effect_tables import compared_clients
from indicators.effects.estimates import Outcome
from indicators.effects.exposure import client_frame, reach_by_year
from indicators.simulation.first_year import FIRST_YEAR
from indicators.simulation.municipality import Municipality, simulate
from indicators.simulation.settings import SimulationSettings
from indicators.staggered.estimates import HEADLINE, staggered_estimates
from mkba.appraisal import Settings, appraise
from mkba.binding.effects import Released, effects_from
from mkba.binding.released_quantities import volumes
from mkba.binding.totals import cost_totals, use_totals
from mkba.inputs.model import Mkba
from mkba.inputs.packs import Packs
from mkba.inputs.shipped import parameter_packs
from pipelines.simulation.truth_beside import true_balances, true_effects
from pipelines.study.checking import study_mkba
from pipelines.study.workplace import read_study

STUDY = Path(__file__).parents[1] / "studies" / "voorbeeldstad"
_YEAR = pd.DateOffset(months=12)


@dataclass(frozen=True, slots=True)
class Found:
    """One seed: the headline estimates with their truth, and the balance of 'continue' with its two intervals."""

    seed: int
    estimates: pd.DataFrame
    truth: float
    mean: float
    interval: tuple[float, float]
    in_doubt: tuple[float, float]


@cache
def _study() -> tuple[Study, SimulationSettings, Mkba, Packs]:
    files, settings = read_study(STUDY), read_model(STUDY / "simulation.yaml", SimulationSettings)
    model = study_mkba(files)
    assert model is not None
    return files.study, settings, model, parameter_packs()


def found_in(seed: int) -> Found:
    """Simulate, estimate and weigh."""
    study, settings, model, packs = _study()
    municipality = simulate(settings, seed)
    groups = _groups(municipality)
    outcomes = _outcomes(municipality, groups, [one.value for one in study.design.headline_domains])
    clients = compared_clients(outcomes, study.design)
    estimated = staggered_estimates(clients, [*(one.change for one in outcomes.scored), *outcomes.used])
    leading = estimated.estimates[estimated.estimates["measure"] == HEADLINE.measure]
    released = Released(effects_from(leading, estimated.joint), _totals(municipality, groups))
    truth = true_effects(municipality.truth.effects.to_dict("records"))
    continued = appraise(model, packs, released, Settings(seed=1, n_draws=8_192, n_randomisations=2)).results[0]
    low, high = np.quantile(continued.balance.npv, (0.05, 0.95))
    doubt_low, doubt_high = np.quantile(continued.npv_in_doubt, (0.05, 0.95))
    about = leading[["subject", "life_domain", "what", "moment_to"]].itertuples(index=False, name=None)
    return Found(
        seed,
        leading.assign(seed=seed, truth=[truth.get(one, np.nan) for one in about]),
        true_balances(model, packs, released, truth)[continued.balance.alternative.id],
        float(continued.balance.npv.mean()),
        (float(low), float(high)),
        (float(doubt_low), float(doubt_high)),
    )


def _groups(municipality: Municipality) -> pd.DataFrame:
    """One row per client, as core_clients__groups; intake is the start of the trajectory."""
    teams = municipality.teams.reset_index(names="team_no")
    cases = municipality.trajectories[["client_key", "team", "started_on"]].rename(columns={"started_on": "intake_on"})
    groups = cases.merge(teams, on="team", validate="many_to_one").reset_index(names="client_no")
    seen = municipality.assessments["assessed_on"].max()
    start = groups["approach_started_on"]
    return groups.assign(
        approach_from=start,
        approach_by=start,
        in_view_until=groups["intake_on"].where(groups["intake_on"] > seen, seen),
        first_year_complete=groups["intake_on"] + _YEAR <= seen,
    )


def _outcomes(municipality: Municipality, groups: pd.DataFrame, domains: list[str]) -> ClientOutcomes:
    clients = client_frame(groups).assign(first_year=1.0, client_key=groups["client_key"]).set_index("client_key")
    scored = []
    for domain in domains:
        names = [f"{part}_{domain}" for part in ("before", "after", "change")]
        first, last = _first_and_last(municipality.assessments, domain)
        clients = clients.join(pd.concat([first, last, last - first], axis=1, keys=names))
        change = Outcome(names[2], "zrm", "point", life_domain=domain, moment_from="first", moment_to=FIRST_YEAR)
        scored.append(Scored(change, *names[:2]))
    clients, used = _with_use(municipality, clients)
    return ClientOutcomes(clients.reset_index(drop=True), tuple(scored), used)


def _first_and_last(assessments: pd.DataFrame, domain: str) -> tuple[pd.Series, pd.Series]:
    """The first score of each client, and the last within a year of it that is not a second rating."""
    rows = assessments.dropna(subset=domain).sort_values("assessed_on", kind="stable")
    first_on = rows.groupby("client_key")["assessed_on"].transform("min")
    inside = (rows["assessed_on"] <= first_on + _YEAR) & (rows["assessed_on"] > first_on + pd.Timedelta(days=30))
    score = rows.set_index("client_key")[domain].astype("float64")
    return score.groupby(level=0).first(), score[inside.to_numpy()].groupby(level=0).last()


def _with_use(municipality: Municipality, clients: pd.DataFrame) -> tuple[pd.DataFrame, tuple[Outcome, ...]]:
    """Euros per product and per law, and events, in the first year."""
    euros, happened, found = municipality.provisions, municipality.events, []
    laws = euros.groupby("product")["law"].first()
    parts = [(what, "eur", "law", None) for what in sorted(set(laws))]
    parts += [(what, "eur", "product", law) for what, law in laws.items()]
    for what, unit, column, law in parts:
        of_client = euros[euros[column] == what].groupby("client_key")["amount_eur"].sum()
        clients[what] = of_client.reindex(clients.index).fillna(0.0).where(clients["first_year_complete"])
        outcome = Outcome(what, "provisions", unit, what=what, moment_to=FIRST_YEAR, part_of=law)
        found.append(outcome)
    until = clients["intake_on"].reindex(happened["client_key"]).to_numpy() + np.timedelta64(365, "D")
    for kind, rows in happened[happened["occurred_on"].to_numpy() < until].groupby("event_kind"):
        number = rows.groupby("client_key").size().reindex(clients.index).fillna(0.0)
        clients[kind] = number.where(clients["first_year_complete"])
        found.append(Outcome(kind, "events", "event", what=kind, moment_to=FIRST_YEAR, years="first_year"))
    return clients, tuple(found)


def _totals(municipality: Municipality, groups: pd.DataFrame) -> dict:
    costs = municipality.costs.groupby(["is_new_approach", "cost_kind", "year"], as_index=False)["amount_eur"].sum()
    reach = reach_by_year(groups).assign(status="released", held_from=None)
    seen = municipality.provisions["started_on"] <= groups["in_view_until"].max()
    use = municipality.provisions[seen].groupby("law", as_index=False)["amount_eur"].sum()
    years = (groups["in_view_until"] - groups["intake_on"]).dt.days.sum() / 365.25
    use = use.assign(what=use["law"], unit="eur", slice="all", total=use["amount_eur"], client_years=years)
    return cost_totals(costs, years_in_part(reach)) | volumes(reach) | use_totals(use)
