"""A session without a network: one HTML file to guess, reveal and type cards in, with a kit to print."""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from data_contracts.house_style import OURS, HouseStyle
from data_contracts.vocabulary.circle import FEWEST_IN_GROUP, NO_GUARANTEE, TOGETHER, TOGETHER_LABEL, RoleGroup, Round
from data_contracts.vocabulary.logic import PURPOSE
from reports.content.parts import Chapter, Figure
from reports.html.report import page_of, pictures, static
from reports.language import dutch


@dataclass(frozen=True, slots=True)
class OfflineFigure:
    """A figure to guess: its key and name, what to say at the reveal, and which way it went."""

    key: str
    name: str
    words: str
    shows: int | None
    figure: Figure | None


def offline_page(
    town: str,
    day: dt.date,
    release: str,
    figures: Sequence[OfflineFigure],
    kit: Sequence[Chapter],
    last: Sequence[Chapter],
    house: HouseStyle = OURS,
) -> str:
    """One file that asks nothing of a network; what is typed stays in the browser until it is saved as a file."""
    script = static("offline.js")
    digest = base64.b64encode(hashlib.sha256(script.encode("utf-8")).digest()).decode()
    told = {
        "session": day.isoformat(),
        "release": release,
        "agenda": [one.key for one in figures],
        "shows": {one.key: one.shows for one in figures},
        "fewest": FEWEST_IN_GROUP,
        "together": TOGETHER,
    }
    return page_of(
        "offline.html.j2",
        town=town,
        day=dutch.day(day),
        figures=[(at, one, pictures(one.figure.chart) if one.figure else ("", "")) for at, one in enumerate(figures)],
        kit=kit,
        last=last,
        groups=[*((one.value, dutch.sentence(one.label)) for one in RoleGroup)],
        together=(TOGETHER, dutch.sentence(TOGETHER_LABEL)),
        rounds=[(one.value, one.label) for one in Round],
        warning=NO_GUARANTEE,
        purpose=PURPOSE,
        told=Markup(json.dumps(told).replace("<", "\\u003c")),  # noqa: S704  our own keys and numbers
        script=Markup(script),  # noqa: S704
        script_hashes=f"'sha256-{digest}'",
        house=house,
        style=static("report.css") + static("offline.css"),
    )
