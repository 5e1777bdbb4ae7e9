"""One municipality from core records to the words of its balance, as a run does it, and whether they were true."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from functools import cache
from typing import Any

import numpy as np
import pandas as pd

from data_contracts.contract import empty_frame
from data_contracts.demonstrable import shows
from data_contracts.gate.disclosure import release_tables
from data_contracts.gate.joint import release_joint
from data_contracts.gate.ledger import Before
from data_contracts.gate.plain_tables import release_costs
from data_contracts.gate.reach import release_reach
from data_contracts.study import Study
from data_contracts.tables import released as out
from data_contracts.vocabulary.field import LifeDomain
from indicators.designs.clients import ClientOutcomes
from indicators.designs.declared_design import declared_estimates
from indicators.designs.effect_tables import compared_clients, no_stronger_than_headline, users_of
from indicators.designs.supported import design_verdict
from indicators.effects.exposure import reach_by_year
from indicators.simulation.municipality import simulate
from indicators.staggered.estimates import staggered_estimates
from mkba.appraisal import Appraisal, Settings, appraise
from mkba.balance.balance import net_present_values
from mkba.binding.effects import Effect, Released
from mkba.binding.released_quantities import headline_estimates, released_quantities
from mkba.inputs.model import Mkba
from mkba.inputs.packs import Packs
from mkba.tables.headline import headline_rows
from pipelines.study.checking import parameter_packs, study_mkba
from pipelines.study.workplace import read_study
from tests.calibration.knowledge import kept_draws, told_to_others
from tests.calibration.planted import Planted, planted
from tests.calibration.populations import BY_NAME, DOMAINS, POPULATIONS, STUDY, Population, drawn
from tests.calibration.records import outcomes_of

N_DRAWS, N_RANDOMISATIONS = 4_096, 2
Tables = dict[str, pd.DataFrame]


@dataclass(frozen=True, slots=True)
class Said:
    """What was said of one municipality, and what was true. `words` are (subject, word, true effect).

    `quantile` is the share of draws below the truth, `quantile_doubt` with doubt about the design. Without a balance
    `chance` and all after it are missing, and `withheld` says what led instead. `found` is what it tells others of all
    provisions together, and `draws` its own draws by that, for what was known beforehand (`knowledge.py`).
    """

    population: str
    seed: int
    stamp: str | None = None
    withheld: str | None = None
    truth: float | None = None
    chance: float | None = None
    chance_doubt: float | None = None
    interval: tuple[float, float] | None = None
    interval_doubt: tuple[float, float] | None = None
    quantile: float | None = None
    quantile_doubt: float | None = None
    words: list[tuple[str, str, float]] = field(default_factory=list)
    found: tuple[float, float] | None = None
    draws: dict[str, Any] | None = None

    def row(self) -> dict[str, Any]:
        """For a line of JSON."""
        return asdict(self)


@cache
def declared(*, whole: bool = False) -> tuple[Study, Mkba, Packs]:
    """The study of every municipality, its MKBA (one alternative of it, or `whole`) and the prices."""
    files = read_study(STUDY)
    model = study_mkba(files)
    assert model is not None
    domains = [LifeDomain(name) for name in DOMAINS]
    design = files.study.design.model_copy(update={"headline_domains": domains})
    study = files.study.model_copy(update={"life_domains": domains, "design": design})
    # There is no tree here; and today's use is asked for by a stress test, which no chance rests on.
    lines = [one.model_copy(update={"node": None}) for one in model.lines]
    model = model.model_copy(update={"induced_demand_baseline": None, "lines": lines})
    if not whole:
        first = model.alternatives[:1]
        lines = [one for one in model.lines if one.alternatives is None or first[0].id in one.alternatives]
        model = model.model_copy(update={"alternatives": first, "lines": lines})
    return study, model, parameter_packs()


@dataclass(frozen=True, slots=True)
class Weighed:
    """A municipality that was drawn, simulated, estimated, released and weighed; `rng` goes on where it stopped."""

    population: Population
    made: Planted
    tables: Tables
    released: Released
    appraisal: Appraisal
    rng: np.random.Generator


def weighed(name: str, seed: int, settings: Settings, *, whole: bool = False) -> Weighed:
    """Draw, simulate, estimate, release, weigh; the same name and seed give the same. `whole`: all alternatives."""
    population = BY_NAME[name]
    rng = np.random.default_rng([seed, POPULATIONS.index(population)])
    made = planted(simulate(drawn(population, rng), int(rng.integers(2**31))), population, rng)
    study, model, packs = declared(whole=whole)
    tables = _released(made, study)
    released = released_quantities(study.design, tables)
    return Weighed(population, made, tables, released, appraise(model, packs, released, settings), rng)


def said_in(name: str, seed: int) -> Said:
    """What is said of one municipality, and whether it was true."""
    found = weighed(name, seed, Settings(seed=1, n_draws=N_DRAWS, n_randomisations=N_RANDOMISATIONS))
    appraisal, words = found.appraisal, words_of(found)
    told = told_to_others(found.tables, declared()[0].design)
    first = headline_rows(appraisal)[0]
    if not appraisal.shows_balance or first.get("prob_npv_positive") is None:
        return Said(name, seed, first["stamp"], appraisal.leading, words=words, found=told)  # type: ignore[arg-type]
    result = appraisal.results[0]
    truth = _true_balance(appraisal, found.made, found.population, found.rng)
    in_doubt = result.npv_in_doubt
    return Said(
        name,
        seed,
        first["stamp"],  # type: ignore[arg-type]
        None if appraisal.leading == "npv" else appraisal.leading,
        truth,
        float(first["prob_npv_positive"]),  # type: ignore[arg-type]
        float(first["prob_npv_positive_doubt"]),  # type: ignore[arg-type]
        (float(first["npv_p05_eur"]), float(first["npv_p95_eur"])),  # type: ignore[arg-type]
        (float(first["npv_doubt_p05_eur"]), float(first["npv_doubt_p95_eur"])),  # type: ignore[arg-type]
        float((result.balance.npv < truth).mean()),
        float((in_doubt < truth).mean()),
        words,
        told,
        kept_draws(appraisal, found.released, truth),
    )


def _released(made: Planted, study: Study) -> Tables:
    """The tables that the MKBA reads, estimated and through the gate, as on a first release."""
    found, groups, costs = outcomes_of(made.municipality, study)
    estimates, joint, users = _estimated(found, study)
    before = Before()
    name = str(out.ESTIMATES.name)
    shown = release_tables({name: estimates}, study.thresholds, study.slices, before, users=users)[name]
    kinds = [str(kind) for kind in costs["cost_kind"].unique()]
    return {
        str(out.ESTIMATES.name): shown.frame,
        str(out.JOINT.name): release_joint(joint, shown, study.thresholds, before).frame,
        str(out.COSTS.name): release_costs(costs, kinds).frame,
        str(out.REACH.name): release_reach(reach_by_year(groups), study.thresholds, before).frame,
        str(out.USE.name): empty_frame(out.USE),
    }


def _estimated(found: ClientOutcomes, study: Study) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """The declared design with its stamps, its joint distribution, and how many use what."""
    compared = compared_clients(found, study.design)
    changes = [one.change.column for one in found.scored]
    twice = compared.assign(is_measured_twice=compared[changes].notna().any(axis=1))
    verdict = design_verdict(study.design.kind, twice)
    if verdict.because is not None:
        estimated = declared_estimates(compared, found, study.design, verdict)
    else:  # without the picture by time since the start, which no balance rests on
        estimated = staggered_estimates(compared, [*(one.change for one in found.scored), *found.used])
    estimates = no_stronger_than_headline(estimated.estimates, study.design)
    return estimates, estimated.joint, users_of(compared, found.used)


def words_of(found: Weighed) -> list[tuple[str, str, float]]:
    """Subject, word and true effect of every leading estimate of which the truth is known."""
    study, _, _ = declared()
    rows = headline_estimates(found.tables[str(out.ESTIMATES.name)], study.design)
    rows = rows[rows["estimate"].notna()]
    about = list(rows[["subject", "life_domain", "what", "moment_to"]].itertuples(index=False, name=None))
    truth = found.made.truth
    return [(one[0], str(word), truth[one]) for one, word in zip(about, shows(rows), strict=True) if one in truth]


def _true_balance(appraisal: Appraisal, made: Planted, population: Population, rng: np.random.Generator) -> float:
    """The balance at the true effects; what mkba.yaml gives a range is drawn from that range, as the study declared.

    In later years effects, people and prices may be other than measured, as the population says.
    """
    table = appraisal.table
    inputs = appraisal.inputs[[int(rng.integers(len(appraisal.inputs)))]].copy()
    occurs = 1 - rng.uniform(0, population.absent)
    for row in table.rows:
        change = next((term.column for term in row.terms if term.role == "change"), None)
        if row.effect is not None and change is not None and row.is_priced:
            inputs[:, change] = made.truth[_about(row.effect)] * occurs
    for column in set(table.volumes.values()) - {None}:
        inputs[:, column] *= np.exp(rng.normal(0, population.volume_sd))
    for column, one in enumerate(table.inputs.inputs):
        if one.group == "price" and not table.inputs.is_uncertain[column]:
            inputs[:, column] *= np.exp(rng.normal(0, population.price_sd))
    result = appraisal.results[0]
    return float(net_present_values(table, inputs, result.balance.alternative, result.overlap)[0])


def _about(effect: Effect) -> tuple[str, str, str, str]:
    return effect.subject, effect.about["life_domain"], effect.what, effect.about["moment_to"]
