"""kaart/: the GeoJSON of a study, read strictly and brought to a flat plane."""

from __future__ import annotations

import json
import math
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from data_contracts.area_map import Area, AreaMap, DeclaredMap, Ring
from data_contracts.errors import Finding, StudyError
from data_contracts.vocabulary.identifiers import identifier_in_values, is_free_text
from data_contracts.vocabulary.names import folded
from data_contracts.yaml_file import read_model

FOLDER, FILE = "kaart", "kaart.yaml"
LARGEST, MOST_POINTS = 2 * 1024 * 1024, 20_000
_SIMPLER = "Gebruik een vereenvoudigde kaart: op een bladzijde is meer niet te zien."
_AS_GEOJSON = "Bewaar de kaart als GeoJSON met per wijk een vlak (Polygon of MultiPolygon)."


def map_files(directory: Path) -> list[Path]:
    """Every file of kaart/: a release depends on them."""
    return sorted(path for path in (directory / FOLDER).glob("*") if path.is_file())


def read_area_map(directory: Path) -> AreaMap | None:
    """The map of a study; None where it brings none. Raises StudyError."""
    folder = directory / FOLDER
    if not folder.is_dir():
        return None
    declared = read_model(folder / FILE, DeclaredMap)
    where = f"{FOLDER}/{declared.file}"
    try:
        found = tuple(_areas(folder / declared.file, declared.name))
    except _UnfitError as unfit:
        raise StudyError([Finding(where, None, *unfit.args)]) from None
    return AreaMap(_flat(found), declared.source)


class _UnfitError(Exception):
    """What is wrong with a map, and what to do."""


def _areas(path: Path, key: str) -> Iterator[Area]:
    if not path.is_file():
        raise _UnfitError("dit bestand ontbreekt.", f"Zet de kaart in '{path.parent}'.")
    if path.stat().st_size > LARGEST:
        raise _UnfitError(f"deze kaart is groter dan {LARGEST // 1024 // 1024} MB.", _SIMPLER)
    try:
        features = json.loads(path.read_text("utf-8"))["features"]
        found = [(str(one["properties"][key]).strip(), tuple(_polygons(one["geometry"]))) for one in features]
    except KeyError as missing:
        if missing.args == (key,):
            raise _UnfitError(f"een vlak heeft geen '{key}'.", "Zet bij name de naam van het kenmerk.") from None
        raise _UnfitError("dit is geen kaart met vlakken.", _AS_GEOJSON) from None
    except (ValueError, TypeError, IndexError, AttributeError, RecursionError):
        raise _UnfitError("dit is geen kaart met vlakken.", _AS_GEOJSON) from None
    names = [name for name, _ in found]
    if not found or "" in names:
        raise _UnfitError("er is een vlak zonder naam, of er is geen vlak.", _AS_GEOJSON)
    if max(Counter(map(folded, names)).values()) > 1:
        raise _UnfitError("een naam staat er twee keer.", "Maak van elke wijk één vlak (MultiPolygon).")
    if identifier_in_values(names) or is_free_text(names):
        raise _UnfitError(
            f"in '{key}' staat mogelijk iets anders dan namen van wijken.", "Zet bij name het kenmerk met de naam."
        )
    if sum(len(ring) for _, polygons in found for polygon in polygons for ring in polygon) > MOST_POINTS:
        raise _UnfitError(f"deze kaart heeft meer dan {MOST_POINTS} punten.", _SIMPLER)
    return (Area(name, polygons) for name, polygons in found)


def _polygons(geometry: dict[str, Any]) -> Iterator[tuple[Ring, ...]]:
    kinds = {"Polygon": [geometry["coordinates"]], "MultiPolygon": geometry["coordinates"]}
    for polygon in kinds[geometry["type"]]:
        rings = tuple(tuple((float(x), float(y)) for x, y, *_ in ring) for ring in polygon)
        if not rings or any(len(ring) < 4 or not all(map(math.isfinite, sum(ring, ()))) for ring in rings):
            raise ValueError("no polygon")
        yield rings


def _flat(areas: tuple[Area, ...]) -> tuple[Area, ...]:
    """Degrees east become as long as degrees north are there; coordinates in metres stay."""
    points = [point for one in areas for polygon in one.polygons for ring in polygon for point in ring]
    if any(abs(x) > 180 or abs(y) > 90 for x, y in points):
        return areas
    shrinks = math.cos(math.radians(sum(y for _, y in points) / len(points)))
    return tuple(
        Area(
            one.name, tuple(tuple(tuple((x * shrinks, y) for x, y in ring) for ring in rings) for rings in one.polygons)
        )
        for one in areas
    )
