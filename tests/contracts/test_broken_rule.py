"""A rule that a model breaks is an error with what, where and what to do; its text is never taken apart."""

from __future__ import annotations

from typing import Self

import pytest
from pydantic import BaseModel, model_validator

from data_contracts.errors import Finding, StudyError, broken_rule
from data_contracts.yaml_file import as_model


class Street(BaseModel):
    name: str
    houses: list[int]

    @model_validator(mode="after")
    def _has_houses(self) -> Self:
        if not self.houses:
            raise broken_rule(f"'{self.name}' heeft geen huizen.", "Noem er één.", "houses")
        return self


class Town(BaseModel):
    street: Street


def test_each_part_stands_in_its_own_place() -> None:
    text = "street:\n  name: Dorp || Weg\n  houses: []\n"
    with pytest.raises(StudyError) as caught:
        as_model(text, Town, "town.yaml")
    assert caught.value.findings == [
        Finding("town.yaml", 3, "'street.houses': 'Dorp || Weg' heeft geen huizen.", "Noem er één.")
    ]
