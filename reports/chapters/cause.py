"""Komt het door de aanpak: the estimates of the declared design, at the strength that their stamp allows."""

from __future__ import annotations

import json

import pandas as pd

from data_contracts.vocabulary import ALL, Stamp
from reports import dutch, wording
from reports.charts import Intervals, Series
from reports.parts import Chapter, Explanation, Figure, Heading, Part, Points, Table, Text
from reports.source import Source

NEEDED = (
    "Teams die op verschillende momenten met de aanpak beginnen, met die datum in het register van teams.",
    "Of een groep mensen zonder de aanpak die op de cliënten lijkt.",
    "Een ontwerp dat vooraf is vastgelegd in study.yaml.",
)
BESIDE = "Eerst en later, zonder vergelijking"


def cause(source: Source) -> Chapter:
    """What the design says beyond change; under a mere change: why nothing can be said, and what that would take."""
    title = "Komt het door de aanpak?"
    evidence = wording.EVIDENCE[source.stamp]
    rows = source.estimates[source.estimates["estimate"].notna()]
    if source.stamp is Stamp.CHANGE:
        parts: tuple[Part, ...] = (
            Text(f"{evidence.means} {evidence.cause}"),
            Text("Deze studie laat dus zien wat er veranderde, niet waardoor. Daarvoor is nodig:"),
            Points(NEEDED),
        )
        return Chapter("oorzaak", title, parts)
    return Chapter(
        "oorzaak",
        f"{dutch.sentence(evidence.outcome)} van de aanpak: {source.facts.new_approach or 'de nieuwe werkwijze'}",
        (
            Text(f"{evidence.means} {evidence.cause}"),
            *_domains(source, rows[rows["subject"] == "zrm"], evidence.outcome),
            *_others(rows[rows["subject"] != "zrm"], evidence.outcome),
            *_checks(rows),
        ),
    )


def _domains(source: Source, rows: pd.DataFrame, outcome: str) -> list[Part]:
    """Estimate per life domain, and beside it the change of the same people without a comparison."""
    if rows.empty:
        return []
    order = source.rows("out_effects__estimates", subject="zrm")["life_domain"].drop_duplicates()
    rows = rows.set_index("life_domain").reindex([one for one in order if one in set(rows["life_domain"])])
    beside = source.shown(
        "out_effects__estimates", design="before_after", measure="mean_change", subject="zrm", slice=ALL
    )
    beside = beside.drop_duplicates("life_domain").set_index("life_domain").reindex(rows.index)
    names = tuple(wording.domain(str(code)) for code in rows.index)
    series = [_series(f"{dutch.sentence(outcome)} door vergelijken", rows)]
    has_beside = bool(beside["estimate"].notna().any())
    if has_beside:
        series.append(_series(BESIDE, beside))
    body = [
        [
            name,
            dutch.signed(row["estimate"]),
            dutch.between(row["ci_low"], row["ci_high"], dutch.signed),
            wording.sure(row["ci_low"], row["ci_high"]),
            dutch.count(row["n_clients"]),
            *([dutch.signed(other["estimate"])] if has_beside else []),
        ]
        for name, (_, row), (_, other) in zip(names, rows.iterrows(), beside.iterrows(), strict=True)
    ]
    columns = ["Leefgebied", dutch.sentence(outcome), "95% tussen", "Hoe zeker", "Mensen"] + [BESIDE] * has_beside
    figure = Figure(
        f"{dutch.sentence(outcome)} op de zelfredzaamheid, per leefgebied",
        Intervals(names, tuple(series), "punten op de schaal van 1 tot 5", 1.0, dutch.signed),
        Table(
            f"{dutch.sentence(outcome)} op de ZRM in punten",
            tuple(columns),
            tuple(map(tuple, body)),
            texts=frozenset({3}),
        ),
        Explanation(
            f"Rekenwijze: {rows['method'].iloc[0]}. Gerekend met verschillen tussen teams; de marge komt van "
            "weglaten van steeds één team.",
            f"{dutch.count(rows['n_clients'].min())} tot {dutch.count(rows['n_clients'].max())} mensen per leefgebied",
            f"Eerste meting tot {wording.moment(str(rows['moment_to'].iloc[0]))}. Mensen die half onder de oude en "
            "half onder de nieuwe werkwijze vielen, tellen niet mee.",
            "Zonder de aanpak waren beide groepen op dezelfde wijze veranderd. Zie de toetsen hieronder.",
        ),
        "Loopt de marge door de nul, dan kan het ook geen verschil zijn.",
    )
    why = Text(
        "De twee soorten punten verschillen. 'Eerst en later' telt alles mee wat in dezelfde tijd gebeurde, ook "
        "herstel zonder hulp. De vergelijking haalt weg wat bij de andere teams óók gebeurde. Wat overblijft hoort "
        "bij de aanpak. Daarom mag alleen de vergelijking in de kosten en baten."
    )
    return [figure, why] if has_beside else [figure]


def _series(name: str, rows: pd.DataFrame) -> Series:
    columns = (tuple(rows[column].astype(float)) for column in ("estimate", "ci_low", "ci_high"))
    return Series(name, *columns)


def _others(rows: pd.DataFrame, outcome: str) -> list[Part]:
    """The estimates in other units, one line each."""
    if rows.empty:
        return []
    kept = rows[(rows["subject"] != "provisions") | (rows["unit"] == "eur")]
    lines = []
    for _, row in kept.iterrows():
        unit = wording.unit(str(row["unit"]))
        lines.append(
            (
                wording.outcome(str(row["subject"]), str(row["life_domain"]), str(row["what"])),
                f"{unit.show(row['estimate'])} {unit.behind}".strip(),
                dutch.between(row["ci_low"], row["ci_high"], unit.show),
                wording.sure(row["ci_low"], row["ci_high"]),
                dutch.count(row["n_clients"]),
            )
        )
    return [
        Heading("Andere uitkomsten"),
        Table(
            f"{dutch.sentence(outcome)} op meedoen, gebeurtenissen, uren en voorzieningen in het eerste jaar",
            ("Uitkomst", dutch.sentence(outcome), "95% tussen", "Hoe zeker", "Mensen"),
            tuple(lines),
            texts=frozenset({1, 3}),
        ),
    ]


def _checks(rows: pd.DataFrame) -> list[Part]:
    """Which assumptions of the design were checked, and for how many outcomes they hold."""
    found: dict[str, list[bool | None]] = {}
    for text in rows["assumptions"]:
        for name, check in json.loads(text).items():
            found.setdefault(name, []).append(check.get("holds"))
    lines = tuple(
        (wording.CHECKS.get(name, name), _together(answers))
        for name, answers in found.items()
        if name in wording.CHECKS
    )
    if not lines:
        return []
    return [
        Heading("Waar dit op rust"),
        Text("Elke vergelijking rust op aannamen. Deze zijn nagegaan, per uitkomst."),
        Table("Aannamen en of ze kloppen", ("Vraag", "Antwoord"), lines, texts=frozenset({1})),
    ]


def _together(answers: list[bool | None]) -> str:
    if len(set(answers)) == 1:
        return wording.HOLDS[answers[0]]
    return f"ja bij {answers.count(True)} van de {len(answers)} uitkomsten"
