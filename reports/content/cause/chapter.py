"""Komt het door de aanpak: the estimates of the declared design, at the strength that their stamp allows."""

from __future__ import annotations

import pandas as pd

from data_contracts.demonstrable import LESS, MORE, stands_out_by_chance
from data_contracts.tables.assumptions import Assumptions, Condition
from data_contracts.vocabulary.field import ALL, Stamp
from reports.charts.specs import Intervals, Series
from reports.content.cause.companions import companions
from reports.content.cause.compared_use import in_euros
from reports.content.cause.courses import plain_courses
from reports.content.cause.for_whom import for_whom
from reports.content.cause.lasting import lasting
from reports.content.cause.lost import lost
from reports.content.cause.municipal import municipal
from reports.content.cause.promised import promised
from reports.content.cause.refused import left_out, one_team, refused, remarks, why_not
from reports.content.parts import Chapter, Explanation, Figure, Heading, Part, Points, Table, Text
from reports.language import dutch, terms, wording
from reports.released.source import Source

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
    if source.stamp is Stamp.CHANGE:
        parts: tuple[Part, ...] = (
            Text(f"{evidence.means} {evidence.cause}"),
            *why_not(source),
            *refused(source),
            *one_team(source),
            Text("Deze studie laat dus zien wat er veranderde, niet waardoor. Daarvoor is nodig:"),
            Points(NEEDED),
            *municipal(source),
            *lost(source),
            *plain_courses(source),
            *lasting(source),
            *for_whom(source),
        )
        return Chapter("oorzaak", title, parts)
    rows = source.claims
    return Chapter(
        "oorzaak",
        f"{evidence.of_approach}: {source.facts.new_approach or 'de nieuwe werkwijze'}",
        (
            Text(" ".join([wording.means(source.facts.design, source.stamp), evidence.cause, *remarks(source)])),
            *_domains(source, rows[rows["subject"] == "zrm"], evidence.outcome),
            *_others(source, rows[rows["subject"] != "zrm"], evidence.outcome),
            *promised(source, rows),
            *refused(source),
            *left_out(source),
            *_checks(rows),
            *companions(source),
            *municipal(source),
            *lost(source),
            *plain_courses(source),
            *lasting(source),
            *for_whom(source),
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
    names = tuple(terms.domain(str(code)) for code in rows.index)
    series = [_series(f"{dutch.sentence(outcome)} door vergelijken", rows)]
    has_beside = bool(beside["estimate"].notna().any())
    if has_beside:
        series.append(_series(BESIDE, beside))
    body = [
        [
            name + source.mark("out_effects__estimates", row, "estimate", dutch.signed),
            dutch.signed(row["estimate"]),
            dutch.between(row["ci_low"], row["ci_high"], dutch.signed),
            row["shows"],
            dutch.count(row["n_clients"]),
            *([dutch.signed(other["estimate"])] if has_beside else []),
        ]
        for name, (_, row), (_, other) in zip(names, rows.iterrows(), beside.iterrows(), strict=True)
    ]
    columns = ["Leefgebied", dutch.sentence(outcome), "Marge (95%)", "Hoe zeker", "Mensen"] + [BESIDE] * has_beside
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
            f"{wording.formula(source.facts.design, source.facts.headline_measure)} De marge komt van steeds één team "
            "weglaten.",
            f"{dutch.count(rows['n_clients'].min())} tot {dutch.count(rows['n_clients'].max())} mensen per leefgebied",
            f"Eerste meting tot {terms.moment(str(rows['moment_to'].iloc[0]))}. Mensen die half onder de oude en "
            "half onder de nieuwe werkwijze vielen, tellen niet mee.",
            f"{wording.condition(source.facts.headline_measure)} Zie de toetsen hieronder.",
        ),
        "Loopt de marge door de nul, dan kan het ook geen verschil zijn.",
    )
    parts: list[Part] = [figure, *_by_chance(rows.reset_index())]
    why = Text(
        "De twee soorten punten verschillen. 'Eerst en later' telt alles mee wat in dezelfde tijd gebeurde, ook "
        "herstel zonder hulp. De vergelijking haalt weg wat bij de andere teams óók gebeurde. "
        + _what_is_left(rows)
        + (" Daarom rekent de MKBA met de vergelijking." if source.mkba else "")
    )
    return [*parts, why] if has_beside else parts


def _what_is_left(rows: pd.DataFrame) -> str:
    """What a difference without what happened everywhere means: nothing, where chance makes it as well."""
    if rows["shows"].isin([MORE, LESS]).any():
        return "Wat daarna aantoonbaar overblijft, hoort waarschijnlijk bij de aanpak; de rest kan toeval zijn."
    return "Wat overblijft, is hier nergens aantoonbaar en kan dus toeval zijn."


def _series(name: str, rows: pd.DataFrame) -> Series:
    columns = (tuple(rows[column].astype(float)) for column in ("estimate", "ci_low", "ci_high"))
    return Series(name, *columns)


def _others(source: Source, rows: pd.DataFrame, outcome: str) -> list[Part]:
    """The estimates in other units, one line each."""
    if rows.empty:
        return []
    kept = in_euros(rows)
    is_first = (kept["subject"] == "provisions") & (kept["what"] == ALL)
    kept = pd.concat([kept[is_first], kept[~is_first]])
    lines = []
    for _, row in kept.iterrows():
        unit = terms.unit(str(row["unit"]))
        name = terms.outcome(str(row["subject"]), str(row["life_domain"]), str(row["what"]))
        lines.append(
            (
                f"{name} ({unit.behind}){source.mark('out_effects__estimates', row, 'estimate', unit.show)}",
                unit.show(row["estimate"]),
                dutch.between(row["ci_low"], row["ci_high"], unit.show),
                row["shows"],
                dutch.count(row["n_clients"]),
            )
        )
    return [
        Heading("Andere uitkomsten"),
        *_first_about_money(kept[: int(is_first.sum())]),
        Table(
            f"{dutch.sentence(outcome)} op meedoen, ervaren baat, gebeurtenissen, uren en zorg in het eerste jaar",
            ("Uitkomst", dutch.sentence(outcome), "Marge (95%)", "Hoe zeker", "Mensen"),
            tuple(lines),
            texts=frozenset({3}),
        ),
        *_by_chance(kept),
    ]


def _first_about_money(rows: pd.DataFrame) -> list[Part]:
    """What was asked first about money, and the answer; nothing where no provisions were delivered."""
    return [
        Text(
            "Over geld stond één vraag voorop: kosten alle voorzieningen van alle wetten samen per cliënt meer of "
            f"minder in het eerste jaar? Antwoord: {row['shows']} ({dutch.signed_euros(row['estimate'])}; marge "
            f"{dutch.between(row['ci_low'], row['ci_high'], dutch.signed_euros)}). Pas wie dat verschil aantoont, kan "
            "het van een wet aantonen, en pas daarna van een voorziening."
        )
        for _, row in rows.iterrows()
    ]


def _by_chance(rows: pd.DataFrame) -> list[Part]:
    """Why an interval beside zero is no demonstrable difference here."""
    found = stands_out_by_chance(rows)
    if found.empty:
        return []
    names = dutch.listed(
        terms.outcome(str(row["subject"]), str(row["life_domain"]), str(row["what"])) for _, row in found.iterrows()
    )
    return [
        Text(
            f"Bij {names} loopt de marge niet door de nul. Toch is dat geen aantoonbaar verschil. Wie naar veel "
            "uitkomsten tegelijk kijkt, vindt er altijd wel een die door toeval opvalt. Daarmee is hier gerekend."
        )
    ]


def _checks(rows: pd.DataFrame) -> list[Part]:
    """Which assumptions of the design were checked, for how many outcomes they hold, and what a 'no' means."""
    found: dict[Condition, list[bool | None]] = {}
    for text in rows["assumptions"]:
        for name, holds in Assumptions.of(text).held.items():
            found.setdefault(name, []).append(holds)
    lines = tuple(
        (question, _together(found[name]), _if_not(found[name], if_not))
        for name, (question, if_not) in wording.CHECKS.items()
        if name in found
    )
    if not lines:
        return []
    return [
        Heading("Waar dit op rust"),
        Text("Elke vergelijking rust op aannamen. Deze zijn nagegaan, per uitkomst."),
        Table("Aannamen en of ze kloppen", ("Vraag", "Antwoord", "Wat betekent dat?"), lines, texts=frozenset({1, 2})),
    ]


def _if_not(answers: list[bool | None], means: str) -> str:
    """What a 'no' means; where it is so for some outcomes only, that it is said of those."""
    if False not in answers:
        return ""
    return f"Bij 'nee': {means}" if len(set(answers)) > 1 else means


def _together(answers: list[bool | None]) -> str:
    if len(set(answers)) == 1:
        return wording.HOLDS[answers[0]]
    told = [f"{wording.HOLDS[one]} bij {answers.count(one)}" for one in (True, False, None) if one in answers]
    return f"{dutch.listed(told)} van de {len(answers)} uitkomsten"
