"""The MKBA, computed on released quantities: report, workbook and sliders see the same numbers."""

from __future__ import annotations

from data_contracts.tables.mkba import MKBA_TABLES, mkba_frames
from mkba.binding.released_quantities import READS, released_quantities
from pipelines.assets.table_asset import Task, Together, table_assets
from pipelines.storage.tables import Value
from pipelines.study.checking import study_mkba

GROUP = "mkba"


def _balance(task: Task) -> dict[str, Value]:
    """Costs and benefits per line, payer and year, with draws; empty without mkba.yaml."""
    from mkba.appraisal import Settings, appraise
    from mkba.inputs.shipped import parameter_packs
    from mkba.tables.rows import mkba_rows

    model = study_mkba(task.place.files)
    if model is None:
        return dict(mkba_frames({}))
    released = released_quantities(task.place.files.study.design, {name: task.frame(name) for name in READS})
    appraisal = appraise(model, parameter_packs(), released, Settings(seed=task.place.seed))
    return dict(mkba_frames(mkba_rows(appraisal)))


balance = table_assets("mkba", [Together(tuple(MKBA_TABLES.values()), tuple(READS), _balance)], GROUP)
