"""What clients were given per life domain, and the shift between its kinds, where a delivery tells it."""

from __future__ import annotations

from data_contracts.tables.contributions import CONTRIBUTIONS
from data_contracts.tables.provision_kinds import KINDS, SHIFT
from pipelines.assets.table_asset import Task, Together
from pipelines.assets.views import make_views, tables_of
from pipelines.storage.tables import Value

_READS = ("provisions", "groups")


def _counted(task: Task) -> dict[str, Value]:
    from indicators.contributions import as_contributions
    from indicators.counts.provision_kinds import by_life_domain, kind_contributions
    from indicators.counts.provision_shift import shift_contributions, shift_of_kinds
    from pipelines.records.provision_kinds import provisions_given

    make_views(task, *_READS)
    given, least = provisions_given(task.connection), task.place.files.study.thresholds.of
    added = [*kind_contributions(given), *shift_contributions(given, least)]
    task.keep_beside(str(CONTRIBUTIONS.name), "provision_kinds", as_contributions(added))
    return {str(KINDS.name): by_life_domain(given), str(SHIFT.name): shift_of_kinds(given, least)}


GIVEN = Together((KINDS, SHIFT), tables_of(*_READS), _counted)
