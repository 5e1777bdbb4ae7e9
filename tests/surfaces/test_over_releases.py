"""The leading figures over the releases that stand, each with its margin, parted where they are not made alike."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pandas as pd

from pipelines.releases.previous import previous
from pipelines.releases.publishing import table_files
from pipelines.releases.release import decide, publish
from pipelines.storage.home import Home
from reports.charts.specs import Intervals
from reports.charts.still import NARROW, WIDE, svg
from reports.content.annexes import divided
from reports.content.over_releases import NOW, TITLE, over_releases
from reports.content.parts import Figure, Heading
from reports.content.since import since_last
from reports.html.report import chapters_of
from reports.plain_text import as_text
from reports.released.since import Earlier, Since
from reports.released.source import Source
from tests.surfaces.invented import facts, tables

CHANGE, SERIES = "out_change__by_domain", "out_change__series"
KNOWN = facts()


def then(release: str, change: float = 0.2, **unlike: object) -> Earlier:
    """An earlier release of the invented municipality, in which everything moved so much."""
    found = tables()
    moved = found[CHANGE].assign(mean_change=change)
    one = Earlier(release, {CHANGE: moved, SERIES: found[SERIES]}, KNOWN.versions, KNOWN.study_hash)
    return replace(one, **unlike)  # type: ignore[arg-type]


def drawn(*earlier: Earlier) -> list[Figure]:
    since = Since("2025-01-31-aaaaaaaa", tables(), earlier=earlier)
    return [part for part in over_releases(Source(facts(since=since), tables()), since) if isinstance(part, Figure)]


def rows(figure: Figure) -> tuple[str, ...]:
    assert isinstance(figure.chart, Intervals)
    return figure.chart.rows


def test_a_picture_per_leading_domain_goes_from_the_oldest_release_to_now() -> None:
    figures = drawn(then("2024-01-31-aaaaaaaa", 0.1), then("2025-01-31-bbbbbbbb"))
    assert [one.title.partition(":")[0] for one in figures] == ["Financiën", "Huisvesting"]
    assert rows(figures[0]) == ("31 januari 2024", "31 januari 2025", NOW)
    assert [row[2] for row in figures[0].table.rows[:2]] == ["+0,1", "+0,2"]


def test_one_release_alone_makes_no_picture() -> None:
    assert drawn() == []


def test_two_releases_of_one_day_stand_apart() -> None:
    found = rows(drawn(then("2025-01-31-aaaa1111"), then("2025-01-31-bbbb2222"))[0])
    assert found[:2] == ("31 januari 2025 (aaaa)", "31 januari 2025 (bbbb)")


def test_another_edition_study_or_program_parts_the_picture_and_says_which() -> None:
    one_edition = tables()[SERIES].assign(edition="zrm_2013")
    older = then("2024-01-31-aaaaaaaa", versions=(("wijkbaat", "0.0.9"),), study_hash="anders")
    older = replace(older, tables={**older.tables, SERIES: one_edition})
    figure = drawn(older, then("2025-01-31-bbbbbbbb"))[0]
    assert isinstance(figure.chart, Intervals)
    (parted,) = figure.chart.breaks
    assert parted == "Breuk 1: andere editie van de ZRM, studie veranderd en programma vernieuwd"
    assert rows(figure).index(parted) == 1
    assert "breekt de reeks 1 keer" in figure.alt
    assert figure.table.rows[1][1:] == (".", ".", ".")
    for width in (WIDE, NARROW):
        assert svg(figure.chart, width).count("stroke-dasharray") == 1


def test_the_same_program_is_no_break_in_whatever_order_its_parts_are_listed() -> None:
    """As a manifest lists them, by name, and as the program that runs now names them."""
    parts = (("wijkbaat", "0.1.0"), ("pandas", "3.1.1"))
    before = then("2025-01-31-bbbbbbbb", versions=tuple(sorted(parts)))
    since = Since("2025-01-31-bbbbbbbb", tables(), earlier=(before,))
    figure = over_releases(Source(facts(since=since, versions=parts), tables()), since)[2]
    assert isinstance(figure, Figure)
    assert rows(figure) == ("31 januari 2025", NOW)


def test_what_an_earlier_release_hid_is_no_point() -> None:
    hidden = then("2024-01-31-aaaaaaaa")
    found = hidden.tables[CHANGE].assign(mean_change=float("nan"), status="too_few")
    figures = drawn(replace(hidden, tables={**hidden.tables, CHANGE: found}), then("2025-01-31-bbbbbbbb"))
    assert rows(figures[0]) == ("31 januari 2025", NOW)


def test_it_stands_in_an_annex_and_who_approves_reads_its_table() -> None:
    since = Since("2025-01-31-bbbbbbbb", tables(), earlier=(then("2025-01-31-bbbbbbbb"),))
    source = Source(facts(since=since), tables())
    parted = divided(chapters_of(source))
    assert Heading(TITLE) not in [part for chapter in parted.main for part in chapter.parts]
    assert TITLE in [part.words for part in parted.annexes[0].parts if isinstance(part, Heading)]
    assert "Financiën per publicatie" in as_text(since_last(source))


def released(home: Home, day: str, found: dict[str, pd.DataFrame], decision: str | None = "approve") -> str:
    facts_of = {"deliveries": ["nr. 1"], "versions": {"wijkbaat": "0.1.0"}, "study_sha256": "f" * 64}
    made = publish(home, table_files(found), {}, facts_of, day)
    for one in ("approve", decision) if decision == "withdraw" else (decision,):
        if one:
            decide(home, made.name, one, "A. Jansen", "nagekeken met het team", made_on(day))
    return made.name


def made_on(day: str) -> object:
    return pd.Timestamp(day).date()


def test_only_releases_that_stand_are_gone_back_to(tmp_path: Path) -> None:
    home = Home(tmp_path / "home")
    home.prepare()
    found = tables()
    change = found[CHANGE]
    released(home, "2024-01-31", {**found, CHANGE: change.assign(mean_change=0.1)})
    first = released(home, "2024-02-28", {**found, CHANGE: change.assign(mean_change=0.1)})  # the same figures again
    released(home, "2024-06-30", {**found, CHANGE: change.assign(mean_change=0.2)}, "withdraw")
    released(home, "2024-09-30", {**found, CHANGE: change.assign(mean_change=0.25)}, None)
    last = released(home, "2025-01-31", {**found, CHANGE: change.assign(mean_change=0.3)})
    nothing = pd.DataFrame({"revised_from": pd.Series(dtype="str")})
    since = previous(home, table_files(found), nothing)
    assert since is not None
    assert since.release == last
    assert [one.release for one in since.earlier] == [first, last]
    again = previous(home, table_files({**found, CHANGE: change.assign(mean_change=0.3)}), nothing)
    assert again is not None
    assert [one.release for one in again.earlier] == [first]
