"""What the one who asks reads in the terminal: first what would happen, then what happened."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from data_contracts.tables.released import SHOWS_FIGURES, PartStatus, Status
from data_contracts.vocabulary.field import TEAM_AND_COHORT
from data_contracts.vocabulary.slices import AND, group_label, slice_label
from pipelines.asking.preview import Group, Preview
from reports.language import dutch

_MOVED, _USERS = {"n_up": "vooruit", "n_down": "achteruit"}, {"n_clients": "gebruikers"}
_STATUS = Status.labels()
_NAMES = ("slice", "value")


def preview_told(preview: Preview, *, is_approved: bool = False) -> str:
    """Shown, hidden and why, and which later figures this answer would hold."""
    return "\n".join(_lines(preview, is_approved=is_approved))


def preview_facts(preview: Preview) -> dict[str, object]:
    """The same for a program: no more than the lines of `preview_told` say."""
    slice_name, can_be = preview.slice.name, preview.can_be_answered
    rows = preview.rows.sort_values("slice_value", kind="stable") if can_be else preview.rows.iloc[:0]
    return {
        "question": preview.question.question,
        "group": {"slice": slice_name, "value": preview.value},
        "can_be_answered": can_be,
        "because": "" if can_be else reason(preview),
        "broader": None if can_be or preview.broader is None else dict(zip(_NAMES, preview.broader, strict=True)),
        "threshold": preview.threshold,
        "n_new_figures": preview.n_new if can_be else 0,
        "groups": [
            {"value": str(row["slice_value"]), "status": str(row["status"]), "words": _shown(row)}
            for _, row in rows.iterrows()
        ],
    }


def _lines(preview: Preview, *, is_approved: bool) -> Iterator[str]:
    slice_name = preview.slice.name
    yield f"Vraag: {preview.question.question}"
    yield f"Groep: '{group_label(slice_name, preview.value)}', in de indeling {slice_label(slice_name)}"
    yield ""
    if not preview.can_be_answered:
        yield from _refused(preview)
        return
    if is_approved:
        yield "Dit gaat naar buiten:"
    else:
        yield "Zo zou het naar buiten gaan (voorbeeld in de gesloten zone; er is nog niets gepubliceerd):"
    for _, row in preview.rows.sort_values("slice_value", kind="stable").iterrows():
        yield f"  {group_label(slice_name, str(row['slice_value']))}: {_shown(row)}"
    yield ""
    yield (
        f"Een antwoord opent alle groepen van deze indeling voor deze uitkomst: {preview.n_new} cijfers komen nieuw in "
        "het register van wat is getoond. Een volgende publicatie laat van elk pas een nieuw cijfer zien als bij "
        f"minstens {preview.threshold} cliënten in die groep iets anders is; tot dan blijft dit cijfer staan, ook als "
        "er nieuwe metingen zijn. Een latere vraag over dezelfde uitkomst in deze indeling krijgt deze cijfers."
    )


def _shown(row: pd.Series) -> str:
    if row["status"] not in SHOWS_FIGURES:
        return _STATUS[str(row["status"])]
    whole, parts = ("n_clients_base", _USERS) if "n_clients_base" in row else ("n_clients", _MOVED)
    shares = ", ".join(_share(row, part, whole, words) for part, words in parts.items())
    banded = "" if row["status"] == Status.RELEASED else f" ({_STATUS[str(row['status'])]})"
    return f"ongeveer {dutch.count(row[whole])} cliënten, {shares}{banded}"


def _share(row: pd.Series, part: str, whole: str, words: str) -> str:
    """As on the page: of the rounded counts, or not shown."""
    if row[f"{part}_status"] != PartStatus.SHOWN:
        return f"{words} niet getoond"
    return f"{dutch.percent(row[part] / row[whole])} {words}"


def _refused(preview: Preview) -> Iterator[str]:
    yield f"Deze vraag kan niet worden beantwoord: {reason(preview)}"
    if preview.broader is not None:
        yield f"Wel te vragen: {_as_group(preview.broader)}"
    else:
        yield "Ook een ruimere groep is nu niet te tonen. Vraag een andere uitkomst, of wacht op meer metingen."


def reason(preview: Preview) -> str:
    """Why the figure cannot be shown."""
    if preview.takes_away:
        return (
            "daarvoor zou wat nu gepubliceerd is, moeten verdwijnen of veranderen om een kleine groep te beschermen "
            f"({dutch.count(preview.takes_away)} keer)."
        )
    status = str(preview.row["status"]) if preview.row is not None else Status.TOO_FEW.value
    if status == Status.TOO_FEW:
        return f"over deze groep zijn er minder dan {preview.threshold} cliënten met dit cijfer."
    if status == Status.SECONDARY:
        return "het cijfer van deze groep zou, naast wat al is gepubliceerd, een kleine groep verraden."
    return f"{_STATUS[status]}."


def _as_group(group: Group) -> str:
    """As it would be written in vraag.yaml."""
    name, value = group
    if name == "all":
        return "alle cliënten samen; dat staat al in het rapport."
    parts, values = name.split(AND), value.rsplit(TEAM_AND_COHORT)
    inside = ", ".join(f"{part}: {own}" for part, own in zip(parts, values, strict=True))
    return f"group: {{{inside}}}  ({group_label(name, value)})"
