"""The MKBA, computed on released quantities: report, workbook and sliders see the same numbers."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from data_contracts.headline import is_headline
from data_contracts.study import Design, Study
from data_contracts.tables.mkba import MKBA_TABLES, mkba_frames
from mkba.appraisal import Settings, appraise
from mkba.binding.effects import Released, Total, cost_totals, effects_from, use_totals
from mkba.tables.rows import mkba_rows
from pipelines.assets.table_asset import Task, tables_at_once
from pipelines.storage.tables import Value
from pipelines.study.checking import parameter_packs, study_mkba

GROUP = "mkba"
READS = ["out_effects__estimates", "out_effects__joint", "out_costs__by_year", "out_reach__by_year", "out_care__use"]


def volumes(reach: pd.DataFrame) -> dict[str, Total]:
    """Clients who came in under the new approach in the last whole year, and their client-years.

    Outcomes are counted over the first year after intake, so a client is a client-year.
    """
    new = reach[(reach["way"] == "new") & reach["is_whole_year"]].sort_values("year").tail(1)
    counts = {int(row["year"]): row["n_clients"] for row in new.to_dict("records") if pd.notna(row["n_clients"])}
    year, value = next(((year, float(count)) for year, count in counts.items()), (None, None))
    refused = (
        None if value is not None else "niet vrijgegeven: geen heel jaar met genoeg cliënten onder de nieuwe aanpak"
    )
    return {
        name: Total(name, unit, value, year, refused, "out_reach__by_year")
        for name, unit in (("clients_per_year", "client"), ("client_years_per_year", "client_year"))
    }


def headline_estimates(estimates: pd.DataFrame, design: Design) -> pd.DataFrame:
    """The estimates that the study's declared design speaks through; the others are companions of these."""
    return estimates[is_headline(estimates, design.kind, design.headline_measure)]


def released_quantities(study: Study, tables: Mapping[str, pd.DataFrame]) -> Released:
    """What the engine may know of a study: released effects and released totals."""
    estimates, joint, costs, reach, use = (tables[name] for name in READS)
    estimates = headline_estimates(estimates, study.design)
    joint = joint[joint["estimate_id"].isin(estimates["estimate_id"])]
    return Released(effects_from(estimates, joint), cost_totals(costs) | volumes(reach) | use_totals(use))


def _balance(task: Task) -> dict[str, Value]:
    """Costs and benefits per line, payer and year, with draws; empty without mkba.yaml."""
    model = study_mkba(task.place.files)
    if model is None:
        return dict(mkba_frames({}))
    released = released_quantities(task.place.files.study, {name: task.frame(name) for name in READS})
    appraisal = appraise(model, parameter_packs(), released, Settings(seed=task.place.seed))
    return dict(mkba_frames(mkba_rows(appraisal)))


balance = tables_at_once("mkba", list(MKBA_TABLES.values()), GROUP, READS, _balance)
