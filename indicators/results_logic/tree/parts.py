"""What all parts of a tree share: ids, sentences, and no room for targets."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import Field, model_validator

from data_contracts.errors import Broken, RulesBroken
from data_contracts.part import Part
from data_contracts.vocabulary.logic import INSTEAD_OF_A_TARGET, NO_TARGETS
from indicators.results_logic.tree.one_line import Words

Id = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=60)]
Sentence = Annotated[Words, Field(min_length=5)]
TARGET_KEYS = frozenset(
    {
        "streefwaarde",
        "streefcijfer",
        "doel",
        "doelwaarde",
        "norm",
        "kpi",
        "drempelwaarde",
        "target",
        "goal",
        "threshold",
    }
)


class TreePart(Part):
    """A part of a tree. Targets and norms are no part of it."""

    @model_validator(mode="before")
    @classmethod
    def _no_targets(cls, data: Any) -> Any:
        keys = [key for key in data if str(key).casefold() in TARGET_KEYS] if isinstance(data, dict) else []
        if keys:
            raise RulesBroken([Broken((key,), NO_TARGETS, INSTEAD_OF_A_TARGET) for key in keys])
        return data
