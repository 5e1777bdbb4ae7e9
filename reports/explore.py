"""What a learning circle can look at: one group, one life domain, two moments; first a guess, then the figure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import fields, replace
from typing import Any, Literal

import pandas as pd

from data_contracts.tables.released import SHOWS_FIGURES, Status
from data_contracts.vocabulary.circle import SEEN
from data_contracts.vocabulary.field import ALL, LifeDomain, TeamType
from indicators.change.shares import with_shares
from reports.circle.figure_key import Choice
from reports.circle.naming import topic_name
from reports.content.change.figures import Compared
from reports.content.parts import Figure
from reports.language import dutch, terms

CHANGE = "out_change__by_domain"
FIRST_AND_LAST = ("first", "last")  # the pair that everybody measured twice has
# One team at a time, where it agreed to be named: teams are never put side by side.
SLICES = {"Iedereen": "all", "Soort team": "team_type", "Jaar van binnenkomst": "cohort", "Eén team": "team"}
GUESSES = {"Meer mensen vooruit dan achteruit": 1, "Ongeveer evenveel": 0, "Meer mensen achteruit dan vooruit": -1}
_NOT_SHOWN = Status.labels()
_TYPES = TeamType.labels()
_ORDER = {one.value: place for place, one in enumerate(LifeDomain)}
Tables = Mapping[str, pd.DataFrame]
Figures = Sequence[Mapping[str, Any]]


def subjects(tables: Tables) -> dict[str, tuple[str, str]]:
    """Name -> (subject, life domain) of everything with a change, life domains in their own order."""
    found = tables[CHANGE][["subject", "life_domain"]].drop_duplicates()
    pairs = sorted(map(tuple, found.to_numpy().tolist()), key=lambda pair: (pair[0] != "zrm", _ORDER.get(pair[1], -1)))
    return {terms.outcome(subject, domain, ALL): (subject, domain) for subject, domain in pairs}


def moments(tables: Tables) -> dict[str, tuple[str, str]]:
    """Name -> (from, to) of every pair of moments."""
    found = tables[CHANGE][["moment_from", "moment_to"]].drop_duplicates().sort_values(["moment_from", "moment_to"])
    return {
        dutch.sentence(f"{terms.moment(start)} tot {terms.moment(end)}"): (start, end)
        for start, end in found.to_numpy().tolist()
    }


def slices(tables: Tables) -> dict[str, str]:
    """Name -> slice, of those that the release has."""
    known = set(tables[CHANGE]["slice"])
    return {name: code for name, code in SLICES.items() if code in known}


def groups(tables: Tables, slice_name: str) -> dict[str, str]:
    """Name -> value of every group in a slice."""
    table = tables[CHANGE]
    values = sorted(set(table.loc[table["slice"] == slice_name, "slice_value"]))
    return {"iedereen" if value == ALL else _TYPES.get(value, value): value for value in values}


def row_of(tables: Tables, choice: Choice) -> pd.DataFrame:
    """The row of a choice with its shares; empty when the release has none."""
    table = tables[CHANGE]
    keep = pd.Series(True, index=table.index)
    for one in fields(Choice):
        keep &= table[one.name] == getattr(choice, one.name)
    return with_shares(table[keep])


def why_hidden(row: pd.DataFrame) -> str:
    """Why there is nothing to reveal; empty when there is."""
    if row.empty:
        return "Hierover staat niets in deze publicatie."
    status = str(row["status"].iloc[0])
    if status not in SHOWS_FIGURES:
        return f"Dit cijfer is {_NOT_SHOWN[status]}."
    if row[["share_up", "share_down"]].isna().any(axis=None):
        return "Dit cijfer is niet getoond: een van de delen gaat over te weinig mensen, of over bijna iedereen."
    return ""


def compared(row: pd.DataFrame, choice: Choice) -> Compared:
    """The row as the charts of the report take it."""
    name = terms.outcome(choice.subject, choice.life_domain, ALL)
    between = f"{terms.moment(choice.moment_from)} tot {terms.moment(choice.moment_to)}"
    return Compared(row, (name,), "Wat", between, {})


def side_by_side(tables: Tables, choice: Choice) -> Compared | None:
    """The same group and moments on every scale of the subject, in one picture; None where fewer than two show.

    A scale that may not be shown is left out of the picture; `row_of` and `why_hidden` say why when it is chosen.
    """
    own = [
        replace(choice, life_domain=domain)
        for subject, domain in subjects(tables).values()
        if subject == choice.subject
    ]
    found = [compared(row, one) for one in own if not why_hidden(row := row_of(tables, one))]
    if len(found) < 2:
        return None
    names = tuple(name for one in found for name in one.names)
    return replace(found[0], rows=pd.concat([one.rows for one in found]), names=names)


def in_report(figures: Figures, choice: Choice, figure: Figure) -> str:
    """A line with the number under which the report, and `wijkbaat explain`, know the row that `figure` shows.

    `figures` is figures.json. Empty where the report shows no such row, as of a group or a team.
    """
    (own,) = figure.table.rows
    alike = [one for one in figures if one["about"] == figure.title and one["filters"] == figure.explained.filters]
    name = next((one["id"] for one in alike for row in one["rows"] if tuple(row[: len(own)]) == own), "")
    if choice.slice != ALL or not name:
        return ""
    return f"In het rapport is dit een rij van figuur {name}. Uitleg: wijkbaat explain PLEK {name}"


def offered(tables: Tables) -> dict[str, str]:
    """Name -> key of every figure that a circle can put on its agenda: everybody, and the own team by link."""
    rows = tables[CHANGE]
    rows = rows[rows["slice"].isin(["all", "team"])]
    found = [Choice(*row) for row in rows[[one.name for one in fields(Choice)]].to_numpy().tolist()]
    known = sorted(set(found), key=lambda one: (one.subject != "zrm", _ORDER.get(one.life_domain, -1), one.key))
    return {topic_name(one.key): one.key for one in known}


def links(tables: Tables) -> dict[str, str]:
    """Name -> id of every link of the tree; none where the release has no tree."""
    found = tables.get("out_logic__links")
    if found is None:
        return {}
    names = found["title_from"] + " → " + found["title_to"]
    return dict(zip(names, found["link"], strict=True))


def shows(row: pd.DataFrame) -> Literal[-1, 0, 1]:
    """Which way the figure went: 1, -1, or 0 where its margin spans zero."""
    one = row.iloc[0]
    return 1 if float(one["share_net_low"]) > 0 else -1 if float(one["share_net_high"]) < 0 else 0


def revealed(tables: Tables, choice: Choice) -> str:
    """What a figure shows, in words: direction, shares with their margins, how many people, and the noise beside it."""
    row = row_of(tables, choice)
    one = row.iloc[0]
    up, down = (
        f"{dutch.percent(one[f'share_{way}'])} {name} (marge "
        f"{dutch.between(one[f'share_{way}_low'], one[f'share_{way}_high'], dutch.percent)})"
        for way, name in (("up", "vooruit"), ("down", "achteruit"))
    )
    seen = f"Te zien is: {SEEN[shows(row)]}. {up}, {down}, {dutch.count(one['n_clients'])} mensen."
    return seen + beside(tables, choice)


def beside(tables: Tables, choice: Choice) -> str:
    """What belongs beside a figure: the noise in it, and who is not in it."""
    return noise(tables, choice) + funnel(tables, choice)


def funnel(tables: Tables, choice: Choice) -> str:
    """Of how many people this is: who was in view, and who was measured twice; empty where that is not released."""
    rows = tables.get("out_change__funnel")
    if rows is None:
        return ""
    rows = rows[rows["status"].isin(SHOWS_FIGURES)]
    for name in ("subject", "life_domain", "slice", "slice_value"):
        rows = rows[rows[name] == getattr(choice, name)]
    if rows.empty or rows[["n_clients", "n_scored_twice"]].isna().any(axis=None):
        return ""
    one = rows.iloc[0]
    twice = dutch.count(one["n_scored_twice"])
    told = f" Van {dutch.count(one['n_clients'])} mensen in beeld zijn er {twice} hierop twee keer gemeten"
    if (choice.moment_from, choice.moment_to) == FIRST_AND_LAST:
        return f"{told}."
    pair = f"{terms.moment(choice.moment_from)} en {terms.moment(choice.moment_to)}"
    return f"{told}, op welk moment ook. Dit cijfer gaat alleen over wie op deze twee momenten is gemeten: {pair}."


def noise(tables: Tables, choice: Choice) -> str:
    """Which share would seem to rise by noise alone, under an assumption; says so where nobody knows."""
    floor = tables.get("out_change__noise_floor")
    rows = floor if floor is None else floor[floor["status"].isin(SHOWS_FIGURES)]
    if rows is not None:
        for one in fields(Choice):
            rows = rows[rows[one.name] == getattr(choice, one.name)] if one.name in rows else rows
    if rows is None or rows.empty:
        return " Hoeveel hiervan meetruis is, is niet bekend."
    band = dutch.between(rows["share_up_by_noise"].min(), rows["share_up_by_noise"].max(), dutch.percent)
    return f" Ook als niemand echt veranderde, leek {band} vooruit te gaan (meetruis, een aanname)."


def expected_and_seen(guess: int, row: pd.DataFrame) -> str:
    """The guess beside what the figure says; a margin through zero is 'not sure'."""
    one, seen = row.iloc[0], shows(row)
    expected = next(name for name, value in GUESSES.items() if value == guess)
    verdict = "Dat klopt met wat u verwachtte." if seen == guess else "Dat is anders dan u verwachtte. Hoe kan dat?"
    return (
        f"U verwachtte: {expected.lower()}. Te zien is: {SEEN[seen]} ({dutch.percent(one['share_up'])} vooruit, "
        f"{dutch.percent(one['share_down'])} achteruit, {dutch.count(one['n_clients'])} mensen). {verdict}"
    )
