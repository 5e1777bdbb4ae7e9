"""The MKBA, computed on released quantities: report, workbook and sliders see the same numbers."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from data_contracts.mkba_tables import MKBA_TABLES, mkba_frames
from data_contracts.study import Study
from mkba.appraisal import Settings, appraise
from mkba.effects import Released, Total, cost_totals, effects_from
from mkba.tables import mkba_rows
from pipelines.checking import parameter_packs, study_mkba
from pipelines.table_asset import Task, tables_at_once
from pipelines.tables import Value

GROUP = "mkba"
READS = ["out_effects__estimates", "out_effects__joint", "out_costs__by_year", "out_reach__by_year"]


def volumes(reach: pd.DataFrame) -> dict[str, Total]:
    """Clients who came in under the new approach in the last full year, and their client-years in their first year.

    Outcomes are counted over the first year after intake, so a client is a client-year.
    """
    new = reach[reach["way"] == "new"].sort_values("year")
    last = new.tail(1)
    value = float(last["n_clients"].iloc[0]) if len(last) and pd.notna(last["n_clients"].iloc[0]) else None
    refused = None if value is not None else "niet vrijgegeven: te weinig cliënten onder de nieuwe aanpak"
    return {
        "clients_per_year": Total("clients_per_year", "client", value, refused=refused),
        "client_years_per_year": Total("client_years_per_year", "client_year", value, refused=refused),
    }


def headline_estimates(estimates: pd.DataFrame, design: str) -> pd.DataFrame:
    """The estimates that the study's declared design speaks through; the others are companions of these."""
    measure = "mean_change" if design == "before_after" else "effect"
    return estimates[(estimates["design"] == design) & (estimates["measure"] == measure)]


def released_quantities(study: Study, tables: Mapping[str, pd.DataFrame]) -> Released:
    """What the engine may know of a study: released effects and released totals."""
    estimates, joint, costs, reach = (tables[name] for name in READS)
    estimates = headline_estimates(estimates, study.design.kind)
    joint = joint[joint["estimate_id"].isin(estimates["estimate_id"])]
    return Released(effects_from(estimates, joint), cost_totals(costs) | volumes(reach))


def _balance(task: Task) -> dict[str, Value]:
    """Costs and benefits per line, payer and year, with draws; empty without mkba.yaml."""
    model = study_mkba(task.place.files)
    if model is None:
        return dict(mkba_frames({}))
    released = released_quantities(task.place.files.study, {name: task.frame(name) for name in READS})
    appraisal = appraise(model, parameter_packs(), released, Settings(seed=task.place.seed))
    return dict(mkba_frames(mkba_rows(appraisal)))


balance = tables_at_once("mkba", list(MKBA_TABLES.values()), GROUP, READS, _balance)
