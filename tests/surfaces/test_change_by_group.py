"""Change per neighbourhood and per year of intake: by name, with its numbers, and never of a hidden group."""

from __future__ import annotations

import pandas as pd

from reports.content.change.by_group import AREAS, YEARS, by_group
from reports.content.parts import Figure, Heading, Text
from reports.released.source import Source
from tests.surfaces.invented import facts, tables

CHANGE = "out_change__by_domain"


def divided(slice_: str, *names: str, hidden: tuple[str, ...] = ()) -> Source:
    """The invented municipality with everybody's figures in each of these groups; in `hidden` ones without."""
    found = tables()
    rows = found[CHANGE]
    everybody = rows[(rows["slice"] == "all") & (rows["subject"] == "zrm")]
    groups = [everybody.assign(slice=slice_, slice_value=name) for name in names]
    for name in hidden:
        counts = {column: pd.NA for column in everybody if column.startswith("n_") and not column.endswith("_status")}
        empty = everybody.assign(slice=slice_, slice_value=name, status="secondary", **counts)
        groups.append(empty.assign(mean_change=float("nan")).astype(rows.dtypes.to_dict()))
    others = rows[rows["slice"] != slice_]
    return Source(facts(), found | {CHANGE: pd.concat([others, *groups], ignore_index=True)})


def section(source: Source, heading: str) -> list[object]:
    parts = by_group(source)
    starts = [at for at, part in enumerate(parts) if isinstance(part, Heading)]
    (at,) = [start for start in starts if parts[start] == Heading(heading)]
    return parts[at : next((start for start in starts if start > at), len(parts))]


def test_neighbourhoods_stand_by_name_in_a_picture_per_leading_domain_with_their_numbers() -> None:
    parts = section(divided("area", "Zuid", "Noord", "Centrum"), AREAS)
    figures = [part for part in parts if isinstance(part, Figure)]
    assert [one.title.partition(":")[0] for one in figures] == ["Financiën", "Huisvesting"]
    for one in figures:
        assert one.chart.rows == ("Centrum", "Noord", "Zuid")
        assert [row[0] for row in one.table.rows] == ["Centrum", "Noord", "Zuid"]


def test_a_group_that_is_hidden_is_not_named_and_that_some_are_is_said() -> None:
    parts = section(divided("area", "Noord", "Zuid", hidden=("Klein dorp",)), AREAS)
    assert "Klein dorp" not in str(parts)
    assert any(isinstance(part, Text) and "te weinig mensen staan er niet in" in part.words for part in parts)


def test_years_of_intake_draw_the_break_between_two_editions() -> None:
    source = divided("cohort", "2021", "2022")
    assert "twee edities" in str(section(source, YEARS))
    one = Source(facts(editions=("zrm_2013",)), source.tables)
    assert "edities" not in str(section(one, YEARS))


def test_without_two_groups_there_is_no_section() -> None:
    assert by_group(Source(facts(), {CHANGE: divided("area", "Noord").table(CHANGE)})) == []
