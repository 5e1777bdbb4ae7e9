"""The map that a study may bring: the outlines of its neighbourhoods, and what of them is kept.

kaart/kaart.yaml says which property of the GeoJSON holds the name that deliveries use, and where the outlines come
from. Nothing else of a feature is kept. Names and outlines are public before they come here.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from pydantic import Field

from data_contracts.part import Part

Ring = tuple[tuple[float, float], ...]


class DeclaredMap(Part):
    """kaart.yaml."""

    schema_version: Literal[1]
    file: str = Field(pattern=r"^[\w-]+\.(geojson|json)$")
    name: str = Field(min_length=1)
    source: str = Field(min_length=5, max_length=160)


@dataclass(frozen=True, slots=True)
class Area:
    """A neighbourhood: its name, and its polygons, each an outline with its holes, on a flat plane."""

    name: str
    polygons: tuple[tuple[Ring, ...], ...]


@dataclass(frozen=True, slots=True)
class AreaMap:
    """All areas in the order of the file, and who made the outlines."""

    areas: tuple[Area, ...]
    source: str
