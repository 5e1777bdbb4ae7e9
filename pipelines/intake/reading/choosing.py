"""Which sheets of a file an entry of the mapping reads; one that nobody speaks of is a question, none is skipped."""

from __future__ import annotations

from collections.abc import Sequence

from data_contracts.mapping.steps import Open, matches
from pipelines.intake.reading.named import NotAsAgreed
from pipelines.intake.reading.sheets import Sheet


def sheets_of(sheets: Sequence[Sheet], entry: Open, entries: Sequence[Open]) -> list[Sheet]:
    """The sheets that `entry` reads, of all `entries` that claim the file; raises NotAsAgreed.

    A hidden sheet is read only when it is named in full. Without `sheets` there must be one visible sheet with content.
    """
    filled = [sheet for sheet in sheets if len(sheets) == 1 or _has_content(sheet)]
    visible = [sheet for sheet in filled if not sheet.hidden]
    spoken = [pattern for one in entries for pattern in (*one.sheets, *one.declined)]
    unspoken = [sheet.name for sheet in visible if not any(matches(sheet.name, pattern) for pattern in spoken)]
    if entry.sheets:
        wanted = [sheet for sheet in visible if any(matches(sheet.name, pattern) for pattern in entry.sheets)]
        wanted += [sheet for sheet in filled if sheet.hidden and sheet.name in entry.sheets]
        missing = [one for one in entry.sheets if not any(matches(sheet.name, one) for sheet in wanted)]
        if missing:
            what = f"het blad '{missing[0]}' ontbreekt, of er staat niets op."
            raise NotAsAgreed(what, "Kijk sheets na onder open in mapping.yaml.")
        if unspoken:
            raise NotAsAgreed(f"van {_listed(unspoken)} staat niet of het gelezen wordt.", _DO)
        return wanted
    left = [sheet for sheet in visible if not any(matches(sheet.name, pattern) for pattern in entry.declined)]
    if len(left) > 1:
        raise NotAsAgreed(f"het werkboek heeft meer dan één blad: {_listed(unspoken)}.", _DO)
    if not left:
        raise NotAsAgreed("er staat geen zichtbaar blad met gegevens in.", "Vraag een nieuwe uitdraai.")
    return left


_DO = "Zet elk blad onder sheets of onder declined, bij open in mapping.yaml."


def _has_content(sheet: Sheet) -> bool:
    return any(any(row.cells) for row in sheet.rows)


def _listed(names: Sequence[str]) -> str:
    return ", ".join(f"blad '{name}'" for name in names)
