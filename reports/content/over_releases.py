"""The leading figures over all releases that still stand: a picture per life domain, with its breaks drawn.

Every number in it was published before. Where the edition, the study or the program changed in between, the row says
so: what stands above and below is then not made alike.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace

import pandas as pd

from data_contracts.tables.released_parts import Status
from data_contracts.vocabulary.field import ALL
from reports.charts.specs import Intervals, Series
from reports.content.parts import Explanation, Figure, Heading, Part, Table, Text
from reports.language import dutch, terms
from reports.released.marks import day_of
from reports.released.since import Earlier, Since, is_measured_otherwise
from reports.released.source import Source

TITLE = "Door de publicaties heen"
NOW = "Nu"
_READ = (
    "Elke publicatie telt iedereen die tot dan is gemeten, dus ook de mensen van de vorige. De punten zijn daarom geen "
    "losse metingen, en een verschil tussen twee publicaties is geen verandering van mensen."
)
_FIGURES = ("mean_change", "mean_change_low", "mean_change_high")


@dataclass(frozen=True, slots=True)
class _Point:
    """A release, or a break before it: then there is no row."""

    name: str
    row: pd.Series | None


def over_releases(source: Source, since: Since) -> list[Part]:
    """A figure per leading life domain that two releases or more show; else nothing."""
    releases = [*since.earlier, _as_it_is_now(source)]
    figures = [figure for code in source.facts.headline_domains if (figure := _figure(source, releases, code))]
    return [Heading(TITLE), Text(_READ), *figures] if figures else []


def _as_it_is_now(source: Source) -> Earlier:
    known = source.facts
    return Earlier("", source.tables, known.versions, known.study_hash, known.measured_hash)


def _figure(source: Source, releases: list[Earlier], code: str) -> Figure | None:
    points = list(_points(source, releases, code))
    shown = [(one.name, one.row) for one in points if one.row is not None]
    if len(shown) < 2:
        return None
    names = tuple(one.name for one in points)
    values = (
        tuple(float("nan") if one.row is None else float(one.row[column]) for one in points) for column in _FIGURES
    )
    breaks = frozenset(one.name for one in points if one.row is None)
    domain = terms.domain(code)
    first, last = map(terms.moment, source.main_pair)
    counts = [int(row["n_clients"]) for _, row in shown]
    return Figure(
        f"{domain}: verandering per publicatie",
        Intervals(
            names, (Series("Verandering", *values),), "punten op de schaal van 1 tot 5", 1.0, dutch.signed, breaks
        ),
        Table(
            f"{domain} per publicatie",
            ("Publicatie", "Mensen", "Verandering", "Marge (95%)"),
            tuple(map(_line, points)),
        ),
        Explanation(
            "Latere score min eerdere score, gemiddeld over de mensen van toen; zoals het in elke publicatie stond.",
            f"{dutch.count(min(counts))} tot {dutch.count(max(counts))} mensen per publicatie",
            f"Mensen met een score op beide momenten: {first} tot {last}. Wat is ingetrokken of rechtgezet, staat er "
            "niet in.",
            "Waar een stippellijn staat, is er iets anders gemeten of anders gerekend. Vergelijk daar niet overheen.",
        ),
    )


def _points(source: Source, releases: list[Earlier], code: str) -> Iterator[_Point]:
    before: Earlier | None = None
    n_breaks = 0
    days = Counter(day_of(one.release) for one in releases if one.release)
    for one in releases:
        row = _row(source, one, code)
        if row is None:
            continue
        name = _name(one, days)
        if before is not None and (words := _break(before, one)):
            n_breaks += 1
            yield _Point(f"Breuk {n_breaks}: {dutch.listed(words)}", None)
        held = " (vastgehouden)" if row["status"] == Status.HELD else ""
        yield _Point(f"{name}{held}", row)
        before = one


def _name(one: Earlier, days: Counter[str]) -> str:
    """Its day; of two releases of one day the beginning of its own mark too."""
    if not one.release:
        return NOW
    day = day_of(one.release)
    return f"{day} ({one.release.rpartition('-')[2][:4]})" if days[day] > 1 else day


def _row(source: Source, one: Earlier, code: str) -> pd.Series | None:
    """Everybody's change in a life domain between the leading moments, where that release shows it."""
    rows = Source(replace(source.facts, since=None), one.tables).change("zrm", source.main_pair, ALL)
    rows = rows[(rows["life_domain"] == code) & rows["mean_change"].notna()] if len(rows) else rows
    return rows.iloc[0] if len(rows) else None


def _break(before: Earlier, after: Earlier) -> list[str]:
    """What changed between two releases that makes their figures unlike, in words."""
    words = []
    if _editions(before) != _editions(after):
        words.append("andere editie van de ZRM")
    if is_measured_otherwise(before, after):
        words.append("studie veranderd")
    if dict(before.versions) != dict(after.versions):  # a manifest lists them in another order
        words.append("programma vernieuwd")
    return words


def _editions(one: Earlier) -> frozenset[str]:
    series = one.tables.get("out_change__series", pd.DataFrame())
    return frozenset(series.loc[series["subject"] == "zrm", "edition"].astype(str)) if len(series) else frozenset()


def _line(point: _Point) -> tuple[str, ...]:
    if point.row is None:
        return (point.name, dutch.NOT_SHOWN, dutch.NOT_SHOWN, dutch.NOT_SHOWN)
    low, high = point.row["mean_change_low"], point.row["mean_change_high"]
    return (
        point.name,
        dutch.count(point.row["n_clients"]),
        dutch.signed(point.row["mean_change"]),
        dutch.between(low, high, dutch.signed),
    )
