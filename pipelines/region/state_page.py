"""One page with the state of all: what ran, what waits for a person, and what to do."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

from pipelines.region import state
from pipelines.region.members import RegionFiles
from pipelines.region.state import Standing
from pipelines.storage.platform import write_whole
from reports.content.parts import Chapter, Points, Table, Text
from reports.content.region.facts import RegionFacts
from reports.html.one_chapter import region_html

PAGE = "stand.html"
ELSEWHERE = "elsewhere"
RUN = {
    state.NEVER: "nog niet gedraaid",
    state.RUNNING: "draait nu",
    state.CUT_OFF: "afgebroken voor het einde",
    state.DONE: "klaar",
    state.BUG: "een fout van ons",
    ELSEWHERE: "draait elders",
    "study": "de studie of de opdracht klopt niet",
    "refused": "een levering is geweigerd",
    "busy": "er liep al een run",
    "machine": "schijf of geheugen raakte op",
    "gate": "de poort liet niets door",
    "released": "de publicaties zijn niet te lezen",
}
_DO = {
    state.CUT_OFF: "Er is niets half gepubliceerd. Draai opnieuw: wijkbaat region run.",
    state.BUG: "Lees de melding met wijkbaat region state --for {name} en meld haar bij de makers.",
    "study": "Lees de melding met wijkbaat region state --for {name}.",
    "refused": "Lees waarom met wijkbaat region state --for {name}.",
    "busy": "Wacht tot die klaar is; de volgende keer gaat het vanzelf mee.",
    "machine": "Maak ruimte en draai opnieuw.",
    "gate": "Lees de melding met wijkbaat region state --for {name}.",
    "released": "Lees de melding met wijkbaat release list.",
}
COLUMNS = ("Gemeente", "Laatste run", "Klaar op", "Geldende publicatie", "Wacht op goedkeuring", "Geweigerd")


def state_chapter(facts: RegionFacts, found: list[Standing]) -> Chapter:
    """The page as a chapter."""
    rows = tuple(
        (one.municipality, RUN[one.run], _minute(one.ended), one.current or "-", one.waiting or "-", str(one.n_refused))
        for one in found
    )
    calls = tuple(_calls(found))
    return Chapter(
        "stand",
        f"Hoe staat het in {facts.region}?",
        (
            Text(f"{len(found)} gemeenten, elk met een eigen studie, home en grootboek. Hier staan geen cijfers."),
            Table("De stand per gemeente", COLUMNS, rows, frozenset({1, 2, 3, 4})),
            Points(calls) if calls else Text("Er wacht niets op iemand."),
        ),
    )


def _calls(found: list[Standing]) -> Iterator[str]:
    """What a person has to do, per municipality."""
    for one in found:
        if one.run in _DO:
            stands = " De geldende publicatie blijft staan." if one.run == "refused" and one.current else ""
            yield f"{one.municipality}: {RUN[one.run]}. {_DO[one.run].format(name=one.name)}{stands}"
        elif one.n_refused:
            yield f"{one.municipality}: geweigerd is {one.n_refused}. Lees waarom met wijkbaat deliveries show."
        if one.has_none:
            yield f"{one.municipality}: er geldt geen publicatie. Kijk met wijkbaat release list."
        if one.waiting:
            yield f"{one.municipality}: publicatie {one.waiting} wacht op goedkeuring (wijkbaat release approve)."


def _minute(stamp: str) -> str:
    """Day and minute, in the time of this machine."""
    return f"{dt.datetime.fromisoformat(stamp).astimezone():%d-%m-%Y %H:%M}" if stamp else "-"


def write_state(region: RegionFiles, out: Path, on: dt.date) -> tuple[Path, Chapter, list[Standing]]:
    """Write the page; gives it as a chapter too, and what it rests on."""
    found, facts = state.standings(region), RegionFacts(region.policy.region, on, ())
    chapter = state_chapter(facts, found)
    out.mkdir(parents=True, exist_ok=True)
    write_whole(out / PAGE, region_html(facts, chapter).encode("utf-8"))
    return out / PAGE, chapter, found
