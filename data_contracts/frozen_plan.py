"""The analysis plan as it was frozen: what was declared on which day, and what changed since.

`wijkbaat study freeze` writes it once. The hash is over the day and the plan, so that a later change by hand shows;
kept in git, or sent to somebody else, it shows to others that the plan is that old.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Mapping
from typing import Literal, Self

from pydantic import model_validator

from data_contracts.errors import broken_rule
from data_contracts.part import Part
from data_contracts.study import Study

FILE = "frozen_plan.yaml"
# What of study.yaml decides which figures come out, with its name for a reader.
_OF_STUDY = {
    "design": "het ontwerp en de leidende leefgebieden",
    "editions": "de edities",
    "first_measurement": "welke meting de eerste is",
    "life_domains": "de leefgebieden",
    "moment_pairs": "de momenten die worden vergeleken",
    "monitoring_labels": "wat als waakvlam telt",
    "new_episode_after_months": "wanneer iemand opnieuw begint",
    "reliability": "hoe precies een professional scoort",
    "replicate_days": "welke metingen als één tellen",
    "same_day": "welke score van één dag telt",
    "slices": "de indelingen",
}
# What the study could show on that day, as plan.json told it. It follows from the data, so it is no deviation.
COULD_SHOW = "could_show"
_OF_FILES = {"results_logic.yaml": "de resultatenlogica", "mkba.yaml": "de kosten en baten"}


class FrozenPlan(Part):
    """frozen_plan.yaml: each part of the plan in one line of JSON, or the hash of a file."""

    schema_version: Literal[1]
    frozen_on: dt.date
    plan: dict[str, str]
    sha256: str

    @model_validator(mode="after")
    def _is_as_it_was_frozen(self) -> Self:
        if self.sha256 != hash_of(self.frozen_on, self.plan):
            raise broken_rule(
                "dit plan is na het vastleggen met de hand veranderd.",
                "Zet het bestand terug zoals 'wijkbaat study freeze' het schreef.",
            )
        return self


def frozen(plan: Mapping[str, str], today: dt.date) -> FrozenPlan:
    """The plan, frozen today."""
    return FrozenPlan(schema_version=1, frozen_on=today, plan=dict(plan), sha256=hash_of(today, plan))


def plan_of(study: Study, files: Mapping[str, bytes]) -> dict[str, str]:
    """The analysis plan; `files` holds results_logic.yaml and mkba.yaml, where there are such."""
    declared = study.model_dump(mode="json", include=set(_OF_STUDY))
    # The day on which somebody says to have chosen it is no choice.
    declared["design"].pop("declared_on")
    # A plan of before a study could declare groups is still the same where it declares none.
    declared["design"] = {name: value for name, value in declared["design"].items() if name != "for_whom" or value}
    # What a slice does not say is left out, so that a plan of before slices could say more is still the same.
    plain = {"name", "merges_into"}
    declared["slices"] = [
        one.model_dump(mode="json", include=plain) | one.model_dump(mode="json", exclude=plain, exclude_defaults=True)
        for one in study.slices
    ]
    parts = {name: json.dumps(value, sort_keys=True, ensure_ascii=False) for name, value in declared.items()}
    return parts | {name: hashlib.sha256(files[name]).hexdigest() for name in _OF_FILES if name in files}


def deviations(before: Mapping[str, str], now: Mapping[str, str]) -> tuple[str, ...]:
    """What is otherwise than it was frozen, in words."""
    names = _OF_STUDY | _OF_FILES
    return tuple(name for part, name in names.items() if before.get(part) != now.get(part))


def hash_of(frozen_on: dt.date, plan: Mapping[str, str]) -> str:
    """Over the day and every part of the plan."""
    text = json.dumps([frozen_on.isoformat(), sorted(plan.items())], ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()
