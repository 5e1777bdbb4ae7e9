"""A map only where the study brings one: the numbers of the table on its outlines, what is hidden hatched and named."""

from __future__ import annotations

import json
import math
import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from data_contracts.area_map import AreaMap
from data_contracts.errors import StudyError
from pipelines.study.area_map import MOST_POINTS, read_area_map
from pipelines.study.workplace import read_study
from reports.charts.specs import Areas
from reports.charts.still import NARROW, WIDE, png, svg
from reports.charts.vega.areas import HATCHED
from reports.content.change.by_group import AREAS, by_group
from reports.content.parts import Figure
from reports.released.source import Source
from tests.surfaces.invented import facts
from tests.surfaces.test_change_by_group import CHANGE, divided

DECLARED = "schema_version: 1\nfile: wijken.geojson\nname: WK_NAAM\nsource: verzonnen grenzen\n"


def square(left: float, bottom: float, size: float = 1.0) -> list[list[list[float]]]:
    right, top = left + size, bottom + size
    return [[[left, bottom], [right, bottom], [right, top], [left, top], [left, bottom]]]


def feature(name: object, coordinates: object, kind: str = "Polygon", **more: object) -> dict[str, Any]:
    return {
        "type": "Feature",
        "properties": {"WK_NAAM": name, **more},
        "geometry": {"type": kind, "coordinates": coordinates},
    }


TOWN = [
    feature("Noord", square(4.0, 52.0), inwoners=1234),
    feature("Zuid", [square(4.0, 51.0), square(3.0, 51.0, 0.2)], "MultiPolygon"),
    feature("Klein dorp", square(5.0, 51.0)),
]


@pytest.fixture
def place(tmp_path: Path) -> Path:
    (tmp_path / "kaart").mkdir()
    return tmp_path


def brings(place: Path, features: list[dict[str, Any]] | str, declared: str = DECLARED) -> Path:
    text = features if isinstance(features, str) else json.dumps({"type": "FeatureCollection", "features": features})
    (place / "kaart" / "kaart.yaml").write_text(declared, encoding="utf-8")
    (place / "kaart" / "wijken.geojson").write_text(text, encoding="utf-8")
    return place


def town(place: Path) -> AreaMap:
    found = read_area_map(brings(place, TOWN))
    assert found is not None
    return found


def on_map(source: Source) -> list[Figure]:
    return [part for part in by_group(source) if isinstance(part, Figure) and isinstance(part.chart, Areas)]


def test_without_a_map_there_is_no_map() -> None:
    assert on_map(divided("area", "Noord", "Zuid")) == []


def test_names_and_outlines_are_kept_and_nothing_else_of_a_feature(place: Path) -> None:
    found = town(place)
    assert [one.name for one in found.areas] == ["Noord", "Zuid", "Klein dorp"]
    assert "1234" not in repr(found)


def test_degrees_become_as_long_east_as_north_and_metres_stay(place: Path) -> None:
    (ring,) = town(place).areas[0].polygons[0]
    assert ring[1][0] - ring[0][0] == pytest.approx(math.cos(math.radians(51.4)), abs=0.01)
    metres = read_area_map(brings(place, [feature("Noord", square(92000, 437000, 500))]))
    assert metres is not None
    assert metres.areas[0].polygons[0][0][0] == (92000, 437000)


def test_the_map_shows_the_numbers_of_the_table_and_hatches_by_name_what_has_none(place: Path) -> None:
    source = divided("area", "noord ", "Zuid", "Elders", hidden=("Klein dorp",))
    source = replace(source, facts=facts(area_map=town(place)))
    figure = on_map(source)[0]
    assert isinstance(figure.chart, Areas)
    assert [math.isnan(one) for one in figure.chart.values] == [False, False, True]
    assert figure.table.rows[-1] == ("Klein dorp", *["."] * (len(figure.table.columns) - 1))
    assert "Gearceerd, want niet getoond: Klein dorp." in figure.alt
    assert "Niet op de kaart: Elders." in figure.reading
    assert "Grenzen: verzonnen grenzen." in figure.reading
    shown = {row[0].strip().casefold(): row[4] for row in figure.table.rows}
    assert shown["noord"] == figure.chart.show(figure.chart.values[0])


def test_a_neighbourhood_with_a_margin_around_nothing_has_its_value_and_no_shade(place: Path) -> None:
    source = divided("area", "Noord", "Zuid")
    found = source.tables[CHANGE].copy()
    found.loc[found["slice_value"] == "Zuid", "mean_change_low"] = -0.4
    source = Source(facts(area_map=town(place)), source.tables | {CHANGE: found})
    figure = on_map(source)[0]
    assert isinstance(figure.chart, Areas)
    assert figure.chart.unsure == (False, True, False)
    assert "(onzeker)" in svg(figure.chart, WIDE)
    assert "de marge loopt van achteruit tot vooruit" in figure.reading


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_the_drawing_has_a_hatch_and_every_name(place: Path, width: int) -> None:
    source = replace(divided("area", "Noord", "Zuid", hidden=("Klein dorp",)), facts=facts(area_map=town(place)))
    drawn = svg(on_map(source)[0].chart, width)
    assert drawn.count(f'fill="{HATCHED}"') == 1
    assert drawn.count("<pattern ") == 1
    assert all(name in drawn for name in ("Noord", "Zuid", "niet getoond"))
    assert len(png(on_map(source)[0].chart)) > 5000


def test_the_map_is_policy_of_the_study(tmp_path: Path) -> None:
    for name in ("study.yaml", "mapping.yaml"):
        shutil.copy(Path("studies/rijnstad") / name, tmp_path / name)
    before = read_study(tmp_path)
    hashed = before.sha256
    (tmp_path / "kaart").mkdir()
    after = read_study(brings(tmp_path, TOWN))
    assert before.area_map is None
    assert after.area_map is not None
    assert after.sha256 != hashed


@pytest.mark.parametrize(
    ("features", "says"),
    [
        ("geen kaart", "geen kaart met vlakken"),
        ('{"features": 3}', "geen kaart met vlakken"),
        ([], "geen vlak"),
        ([feature("Noord", [4.0, 52.0], "Point")], "geen kaart met vlakken"),
        ([feature("Noord", [[[4.0, 52.0], [5.0, 52.0]]])], "geen kaart met vlakken"),
        ([feature("Noord", square(float("nan"), 52.0))], "geen kaart met vlakken"),
        ([{**feature("Noord", square(4, 52)), "properties": {"naam": "Noord"}}], "een vlak heeft geen 'WK_NAAM'"),
        ([feature(" ", square(4, 52))], "zonder naam"),
        ([feature("Noord", square(4, 52)), feature("NOORD", square(5, 52))], "twee keer"),
        ([feature("j.jansen@voorbeeld.nl", square(4, 52))], "iets anders dan namen van wijken"),
        ([feature("Noord", [square(4, 52)[0] * (MOST_POINTS // 5 + 1)])], "punten"),
    ],
)
def test_what_is_no_map_is_refused_with_what_to_do(place: Path, features: Any, says: str) -> None:
    with pytest.raises(StudyError, match=r"kaart/wijken\.geojson") as refused:
        read_area_map(brings(place, features))
    assert says in str(refused.value)
    assert "jansen" not in str(refused.value)


def test_the_section_keeps_its_place_with_and_without_a_map(place: Path) -> None:
    source = replace(divided("area", "Noord", "Zuid"), facts=facts(area_map=town(place)))
    assert next(part.words for part in by_group(source) if hasattr(part, "words")) == AREAS
