"""The figures of a release that can be walked back, each under a short key, and those that cannot, with the reason."""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from data_contracts.errors import StudyError
from data_contracts.tables.released import SHOWS_FIGURES, Status
from data_contracts.vocabulary.field import ALL
from data_contracts.vocabulary.names import folded

CHANGE, EFFECTS, USE = "out_change__by_domain", "out_effects__estimates", "out_care__use"
TABLES = (EFFECTS, CHANGE, USE)
# What an exact row of the est_ table has in common with the released one.
EXACT = {
    CHANGE: ("subject", "life_domain", "slice", "slice_value", "moment_from", "moment_to"),
    EFFECTS: ("estimate_id",),
    USE: ("subject", "what", "unit", "slice", "slice_value"),
}
_HEADLINE = {
    "before_after": "mean_change",
    "comparison": "effect",
    "staggered": "effect",
    "series": "effect",
    "monitoring": "lasting_12",
}
CANNOT = (
    "lasting_*_modelled en months_sufficient: een model over alle metingen van iedereen; neem lasting_12",
    "lasting_*_or_return: metingen en terugkeer samen; neem lasting_12",
    "*_plain_courses: hetzelfde cijfer zonder wie bij twee teams was of terugkwam; neem het hoofdcijfer",
    "effect_at_* en placebo_at_*: het beeld per halfjaar; neem het cijfer van staggered, daar komen zij uit",
    "cases in out_care__use: wachttijd, doorlooptijd, plan en evaluatie uit het dossier",
    "voorzieningen per leefgebied en hun verschuiving: tel in voorzieningen de mensen bij wie er dat jaar een begon",
    "wat verder naast een verandering staat: trechter, lijnen in de tijd, scoorders, meetruis, teams, instroom",
    "de mix van andere gemeenten: die komt uit openbare cijfers en gaat niet over cliënten",
    "kosten van de teams: die gaan niet over cliënten; een bedrag van de MKBA gaat met wijkbaat explain",
)


@dataclass(frozen=True, slots=True)
class Figure:
    """One row behind the gate: `line` is where it stands in the CSV `file`, the heading being line 1."""

    key: str
    table: str
    file: str
    line: int
    row: Mapping[str, Any]

    @property
    def exact_table(self) -> str:
        """The est_ table that this row was rounded from."""
        return self.table.replace("out_", "est_", 1)

    def among(self, exact: pd.DataFrame) -> pd.Series:
        """The exact row of this figure in its est_ table."""
        found = exact
        for name in EXACT[self.table]:
            found = found[found[name] == self.row[name]]
        return found.iloc[0]


def figures(tables: Mapping[str, pd.DataFrame], below: str = "") -> dict[str, Figure]:
    """Every figure that can be walked back, by key; the CSV of a table lies in tables/ `below` a directory."""
    found = {}
    for table, frame in tables.items():
        for place, row in enumerate(frame.to_dict("records")):
            key = _KEYS[table](row)
            if key is not None and row["status"] in SHOWS_FIGURES and row["status"] != Status.HELD:
                found[key] = Figure(
                    key,
                    table,
                    f"{below}tables/{table}.csv",
                    place + 2,
                    {str(name): value for name, value in row.items()},
                )
    return found


def figure_named(known: Mapping[str, Figure], tables: Mapping[str, pd.DataFrame], asked: str) -> Figure:
    """The figure with this key, or with this estimate_id; StudyError with the reason or the nearest key."""
    by_id = {one.row["estimate_id"]: one for one in known.values() if one.table == EFFECTS}
    found = known.get(asked) or by_id.get(asked)
    if found is not None:
        return found
    for table in TABLES:
        for row in tables[table].to_dict("records"):
            if asked in (_KEYS[table](row), row.get("estimate_id")):
                raise StudyError(f"'{asked}' is niet te herleiden: {_why_not(row)}")
    near = difflib.get_close_matches(asked, list(known), n=1, cutoff=0.5)
    advice = f"Bedoelde u '{near[0]}'?" if near else "Laat het cijfer weg voor de lijst."
    raise StudyError(f"Het cijfer '{asked}' staat niet in deze publicatie. {advice}")


def _why_not(row: Mapping[Any, Any]) -> str:
    if row["status"] == Status.HELD:
        return f"het is vastgehouden uit publicatie {row['held_from']} en gaat over de gegevens van toen."
    if row["status"] not in SHOWS_FIGURES:
        return f"{Status.labels()[row['status']]}."
    if row.get("estimate_id") and pd.isna(row["estimate"]):
        return f"er is geen cijfer. {row['refused_because'] or ''}".strip()
    return "voor deze soort kan het niet. Laat het cijfer weg voor de lijst van wat wel en niet kan."


def _effect_key(row: Mapping[Any, Any]) -> str | None:
    design, measure = row["design"], row["measure"]
    cannot = re.search(r"_at_|_modelled$|^months_|_or_return$|_plain_courses$", measure)
    if design not in _HEADLINE or cannot or row["slice"] != ALL or pd.isna(row["estimate"]):
        return None
    kind = design if measure == _HEADLINE[design] else f"{design}:{measure}"
    return f"{row['subject']}/{_about(row)}/{kind}"


def _change_key(row: Mapping[Any, Any]) -> str:
    return f"{row['subject']}/{row['life_domain']}/{row['moment_from']}-{row['moment_to']}{_group(row)}"


def _use_key(row: Mapping[Any, Any]) -> str | None:
    return None if row["subject"] == "cases" else f"{row['subject']}/{_about(row)}/use{_group(row)}"


_KEYS = {CHANGE: _change_key, EFFECTS: _effect_key, USE: _use_key}


def _about(row: Mapping[Any, Any]) -> str:
    what = row["what"]
    if row["subject"] in ("events", "provisions", "hours", "solutions"):
        unit = f" {row['unit']}" if row["subject"] == "provisions" else ""
        return re.sub(r"[^a-z0-9]+", "_", folded(f"{what}{unit}"))
    return str(row["life_domain"])


def _group(row: Mapping[Any, Any]) -> str:
    return "" if row["slice"] == ALL else f"/{row['slice']}={row['slice_value']}"
