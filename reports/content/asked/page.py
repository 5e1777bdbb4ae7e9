"""One page per question of the council: the answer, the figure with its margin, and what it does not say."""

from __future__ import annotations

import pandas as pd

from data_contracts.tables.released import SHOWS_FIGURES, Status
from data_contracts.vocabulary.field import ALL
from data_contracts.vocabulary.slices import group_label, slice_label
from reports.content.asked.answer import Answer, Answered, answered, outcome_of, period_of, rows_of
from reports.content.parts import Chapter, Heading, Number, Numbers, Part, Points, Table, Text
from reports.language import dutch
from reports.released.asked import Asked
from reports.released.source import Source

_STATUS = Status.labels()
CHANGE_ONLY = (
    "Of dit door de aanpak komt. Het is een verandering van deze mensen, geen vergelijking met mensen zonder de aanpak."
)
NO_RANKING = (
    "Dat het voor de ene groep beter werkt dan voor de andere. Groepen verschillen ook in waarmee mensen binnenkomen; "
    "een verschil tussen twee groepen is hier niet getoetst."
)


WHY_NOT = (
    "de groep is nu te klein, of er zijn sinds de vorige keer te weinig mensen anders. Zodra dat verandert, staat het "
    "cijfer hier weer."
)


def answer_page(source: Source, asked: Asked) -> Chapter:
    """The page of one question."""
    found = answered(source, asked)
    parts: list[Part] = [Text(f"De vraag: {asked.words}"), *_figure(found), *_groups(source, asked, found)]
    parts += [Heading("Wat dit niet zegt"), Points(tuple(_not_said(source, asked, found)))]
    parts.append(Text(_lives_on(asked, found)))
    return Chapter(asked.id, found.words, tuple(parts))


def _figure(found: Answer) -> list[Part]:
    if found.row is None:
        return [Text(f"Waarom niet: {WHY_NOT}")]
    mark = f"Cijfer van {found.row['held_from'][:10]}. " if found.is_answered is Answered.HELD else ""
    about = "ging vooruit op " if "moment_from" in dict(found.asked.about) else ""
    label = f"{about}{outcome_of(found.asked)}, {period_of(found.asked)}; {found.n}"
    note = f"{mark}{found.margin}" or "Een marge is hier niet te geven."
    return [Numbers((Number(found.value, label, note, (found.asked.table,), found.asked.id),))]


def _groups(source: Source, asked: Asked, found: Answer) -> list[Part]:
    """Every group of the slice, in the order of their names: no order of outcomes, which would be a ranking."""
    rows = rows_of(source, asked).sort_values("slice_value", kind="stable")
    is_change = "moment_from" in dict(asked.about)
    lines = [
        _line(source, row, group_label(asked.slice, str(row["slice_value"])), is_change) for _, row in rows.iterrows()
    ]
    if found.everybody is not None:
        lines.append(_line(source, found.everybody, "alle cliënten samen", is_change))
    columns = ("Groep", "Mensen", "Vooruit", "Achteruit") if is_change else ("Groep", "Mensen in beeld", "Gebruikers")
    caption = f"Alle groepen van de indeling {slice_label(asked.slice)}, in volgorde van naam"
    return [Table(caption, columns, tuple(lines), id=f"{asked.id}G")] if lines else []


def _line(source: Source, row: pd.Series, name: str, is_change: bool) -> tuple[str, ...]:
    whole, parts = ("n_clients", ("n_up", "n_down")) if is_change else ("n_clients_base", ("n_clients",))
    if row["status"] not in SHOWS_FIGURES:
        return (name, _STATUS[str(row["status"])], *(dutch.NOT_SHOWN for _ in parts))
    shown = (source.share_of(row, part, whole) for part in parts)
    return (
        name,
        dutch.count(row[whole]),
        *(dutch.percent(one) if one is not None else dutch.NOT_SHOWN for one in shown),
    )


def _not_said(source: Source, asked: Asked, found: Answer) -> list[str]:
    """The limits of the figure, the gravest first."""
    about = dict(asked.about)
    is_change = "moment_from" in about
    said = [CHANGE_ONLY if is_change else "Of dit door de aanpak komt.", NO_RANKING]
    if not is_change:
        said.append("Hoeveel iemand gebruikte. Dit cijfer telt mensen, geen uren, euro's of keren.")
    if is_change:
        noise = source.shown("out_change__noise_floor", slice=ALL, **about)
        span = dutch.between(noise["share_up_by_noise"].min(), noise["share_up_by_noise"].max(), dutch.percent)
        said += [f"Hoeveel hiervan meetruis is. Van alle cliënten samen zou daardoor al {span} vooruitgaan."] * (
            len(noise) > 0
        )
        said.append("Hoe het ging met mensen die niet op beide momenten zijn gemeten; zij tellen hier niet mee.")
    if found.everybody is not None and found.row is not None:
        said.append("Dat deze groep afwijkt van de rest: de groep zit zelf ook in 'alle cliënten samen'.")
    return [
        *said,
        f"Iets over groepen met minder dan {asked.threshold} cliënten. Aantallen zijn afgerond op "
        f"{source.facts.thresholds.round_to}; een punt is een aantal dat niet getoond mag worden.",
    ]


def _lives_on(asked: Asked, found: Answer) -> str:
    held = (
        ""
        if found.row is None
        else (
            f" In een volgende publicatie komt er een nieuw cijfer als bij minstens {asked.threshold} cliënten van de "
            "groep iets anders is; tot dan blijft dit staan."
        )
    )
    return f"Dit is vraag {asked.id}, beantwoord op {dutch.day(asked.on)}. Het nummer blijft.{held}"
