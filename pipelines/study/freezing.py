"""`wijkbaat study freeze`: the analysis plan of today beside the study, once, with what it can show."""

from __future__ import annotations

import datetime as dt

from ruamel.yaml import YAML

from data_contracts.errors import StudyError
from data_contracts.frozen_plan import COULD_SHOW, FILE, FrozenPlan, deviations, frozen, plan_of
from data_contracts.planned import FILE as PLANNED
from data_contracts.planned import PlannedStudy
from data_contracts.yaml_file import read_model
from pipelines.study.workplace import StudyFiles


def current_plan(files: StudyFiles) -> dict[str, str]:
    """The analysis plan as the study says it now."""
    chapters = {path.name: path.read_bytes() for path in (files.results_logic, files.mkba) if path}
    return plan_of(files.study, chapters)


def frozen_plan(files: StudyFiles) -> FrozenPlan | None:
    """The plan as it was frozen, where it was; raises StudyError when the file was changed since."""
    path = files.directory / FILE
    return read_model(path, FrozenPlan) if path.exists() else None


def could_show(plan: FrozenPlan) -> PlannedStudy | None:
    """What the study could show on the day that it was frozen, where that was computed."""
    text = plan.plan.get(COULD_SHOW)
    return None if text is None else PlannedStudy.model_validate_json(text)


def planned_study(files: StudyFiles) -> PlannedStudy | None:
    """What `wijkbaat plan` wrote, where it did; raises StudyError when the study was about something else then."""
    path = files.directory / PLANNED
    if not path.exists():
        return None
    found = read_model(path, PlannedStudy)
    declared = sorted(domain.value for domain in files.study.design.headline_domains)
    leading = sorted(one.life_domain for one in found.outcomes if one.subject == "zrm" and one.is_headline)
    if found.design != files.study.design.kind or not set(leading) <= set(declared):
        raise StudyError(
            f"{PLANNED}: dit is gerekend voor een ander ontwerp of andere leefgebieden dan study.yaml nu zegt. "
            f"Doe eerst opnieuw: wijkbaat plan {files.directory}."
        )
    return found


def freeze_plan(files: StudyFiles, today: dt.date) -> FrozenPlan:
    """Write the plan of today; raises StudyError when one was frozen already: what changed since stays visible."""
    if earlier := frozen_plan(files):
        since = deviations(earlier.plan, current_plan(files))
        changed = f" Sindsdien veranderd: {', '.join(since)}. Het rapport noemt dat." if since else ""
        raise StudyError(
            f"{FILE}: het plan is al vastgelegd, op {earlier.frozen_on:%d-%m-%Y}.{changed} Een plan wordt één keer "
            "vastgelegd; begin voor een nieuw plan een nieuwe studie."
        )
    could_show = planned_study(files)
    promised = {COULD_SHOW: could_show.model_dump_json()} if could_show else {}
    found = frozen(current_plan(files) | promised, today)
    yaml = YAML()
    yaml.width = 4096
    with (files.directory / FILE).open("x", encoding="utf-8") as out:
        out.write("# Geschreven door 'wijkbaat study freeze'. Verander dit bestand niet; zet het in git.\n")
        yaml.dump(found.model_dump(), out)
    return found
