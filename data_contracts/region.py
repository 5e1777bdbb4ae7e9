"""A region as data: which municipalities run together, and what their approaches have in common (region.yaml).

Every municipality keeps its own study, home, ledger and closed zone. Whether it stands in the synthesis with its name
is said in its own study.yaml (`named_in_region`), never here.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, model_validator

from data_contracts.errors import Broken, RulesBroken, broken_rule
from data_contracts.part import Part

Short = Annotated[str, Field(min_length=1, max_length=60)]


class Feature(Part):
    """Something in which approaches differ, declared before the figures are put together."""

    name: Short
    values: list[Short] = Field(min_length=2, max_length=4)


class Member(Part):
    """One municipality: its study, and its home here, or a release that it handed over.

    Paths are as seen from the directory of region.yaml.
    """

    study: str = Field(min_length=1)
    home: str | None = None
    release: str | None = None
    features: dict[str, str] = {}
    euros_of: int | None = Field(default=None, ge=1990, le=2100)  # of which year the euros of its figures are

    @model_validator(mode="after")
    def _is_here_or_handed_over(self) -> Member:
        if (self.home is None) == (self.release is None):
            raise broken_rule(
                "een gemeente heeft hier een home, of zij gaf een publicatie: precies één van beide.",
                "Schrijf home: home/NAAM, of release: MAP VAN DE PUBLICATIE.",
            )
        return self


class Region(Part):
    """region.yaml."""

    schema_version: Literal[1]
    region: str = Field(min_length=2, max_length=80)
    features: list[Feature] = Field(default=[], max_length=5)
    municipalities: list[Member] = Field(min_length=1, max_length=100)

    @model_validator(mode="after")
    def _nothing_is_shared(self) -> Region:
        """One home is one study is one instance: two municipalities in one home would read each other's people."""
        broken, seen = [], set[tuple[str, str]]()
        for at, one in enumerate(self.municipalities):
            for key in ("study", "home", "release"):
                place = getattr(one, key)
                if place is not None and (key, place) in seen:
                    what = f"'{place}' staat er twee keer. Elke gemeente heeft een eigen studie en een eigen home."
                    broken.append(Broken(("municipalities", at, key), what, "Geef deze gemeente haar eigen map."))
                seen.add((key, str(place)))
        if broken:
            raise RulesBroken(broken)
        return self

    @model_validator(mode="after")
    def _features_are_declared(self) -> Region:
        declared = {one.name: one.values for one in self.features}
        broken = [
            Broken(
                ("municipalities", at, "features"),
                f"'{name}: {value}' staat niet onder features.",
                "Zet het kenmerk met zijn waarden bovenaan, of haal het hier weg.",
            )
            for at, one in enumerate(self.municipalities)
            for name, value in one.features.items()
            if value not in declared.get(name, [])
        ]
        if broken:
            raise RulesBroken(broken)
        return self
