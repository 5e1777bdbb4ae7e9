"""The column that holds the number which the system itself gave to a record, by its name and by every row."""

from __future__ import annotations

import re
from collections import defaultdict

from data_contracts.mapping.fields import FIELDS
from data_contracts.vocabulary.identifiers import find_identifier
from data_contracts.vocabulary.names import folded
from pipelines.init.one_kind import Reading
from pipelines.intake.reading.telling import NATURAL_KEY

NONE = "geen"
_NUMBER = re.compile(r"(?:.*(?:id|nummer|nr)|guid|uuid|no|formulier|record)$")
# A number of the thing that a row of the table is: it stays with that row in the next delivery.
_OF_THE_RECORD = re.compile(
    r"(?:formulier|registratie|record|meting|beoordeling|assessment|vragenlijst|afname|zrm|voorziening|beschikking"
    r"|indicatie|toewijzing|gebeurtenis|melding) ?(?:id|nummer|nr|guid)?"
)
_OF_ANOTHER = (
    "client",
    "zaak",
    "dossier",
    "team",
    "gezin",
    "plan",
    "medewerker",
    "persoon",
    "aanbieder",
    "regel",
    "rij",
)


def place_record(reading: Reading) -> None:
    """Name the column that tells every record by a number of its own; nothing where no column does.

    It is certain only where the name says so and a client has several records: a number that no client has twice may
    well be that of the client's case, under which a next record would take the place of this one.
    """
    if "record_id" not in FIELDS[reading.table] or {"repeat", "melt"} & set(reading.shape):
        return
    found = [name for name in reading.leftovers if _may_number(name) and _tells_records(reading, name)]
    if not found:
        return
    certain = next((name for name in found if _OF_THE_RECORD.fullmatch(_words(name))), None)
    certain = certain if _has_again(reading) else None
    choices = {name: "dit nummer houdt een registratie, ook in een volgende levering" for name in found}
    said = reading.asked(
        "nummer",
        f"Staat in {reading.kind.label} het nummer dat het systeem zelf aan elke registratie geeft?",
        choices | {NONE: "geen van deze; cliënt en dag zeggen welke registratie het is"},
        certain=certain,
        default=NONE,
    )
    if said and said != NONE:
        reading.columns["record_id"] = said
        if reading.table == "assessments" and "life_domain" in reading.columns:
            reading.entry["record"] = ["record_id"]


def _words(name: str) -> str:
    return re.sub(r"[\s_.-]+", " ", folded(name)).strip()


def _may_number(name: str) -> bool:
    words = _words(name)
    return bool(_NUMBER.fullmatch(words)) and not any(other in words for other in _OF_ANOTHER)


def _tells_records(reading: Reading, name: str) -> bool:
    """Whether a sheet holds every number for one record only, each record has one, and two sheets never disagree."""
    grid = reading.grid
    cells = grid.columns[name]
    if not grid.height or not all(cells) or _counts_rows(cells, grid.sources):
        return False
    if find_identifier(sorted(set(cells)), are_labels=False) is not None:
        return False
    parts = [part for part in NATURAL_KEY[reading.table] if part != "life_domain"]
    roles = [role["column"] for role in reading.entry.get("rows", [])]
    columns = [*(reading.columns[part] for part in parts if part in reading.columns), *roles]
    keys = list(zip(*(grid.columns[one] for one in columns), strict=True))
    is_long = "life_domain" in reading.columns
    records: dict[tuple[int, str], set[object]] = defaultdict(set)
    numbers: dict[tuple[int, object], set[str]] = defaultdict(set)
    clients: dict[str, set[str]] = defaultdict(set)
    rest = list(zip(*(grid.columns[one] for one in grid.names), strict=True))
    for at, number in enumerate(cells):
        records[grid.sources[at], number].add(keys[at] if is_long else rest[at])
        numbers[grid.sources[at], keys[at]].add(number)
        clients[number].add(keys[at][0])
    alone = all(len(one) == 1 for one in records.values()) and all(len(one) == 1 for one in clients.values())
    return alone and (not is_long or all(len(one) == 1 for one in numbers.values()))


def _counts_rows(cells: list[str], sources: list[int]) -> bool:
    """Whether a column numbers the rows as they stand: 1, 2, 3. The next export gives these to other records."""
    if not all(cell.isdecimal() for cell in cells):
        return False
    pairs = zip(cells, cells[1:], sources, sources[1:], strict=False)
    return int(cells[0]) <= 1 and all(int(b) == int(a) + 1 for a, b, one, two in pairs if one == two)


def _has_again(reading: Reading) -> bool:
    """Whether some client has more than one record."""
    days = zip(reading.cells("client_key"), _days(reading), strict=False)
    again: dict[str, set[str]] = defaultdict(set)
    for client, day in days:
        again[client].add(day)
    return any(len(found) > 1 for found in again.values())


def _days(reading: Reading) -> list[str]:
    for ours in ("assessed_on", "started_on", "occurred_on", "asked_on"):
        if cells := reading.cells(ours):
            return cells
    return []
