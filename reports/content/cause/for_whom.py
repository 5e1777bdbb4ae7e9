"""Voor wie werkt het: whether the effect differs between the groups that the study declared. Never a ranking.

Groups stand in the order of their names, and each is drawn to everybody; the answer is the tested difference alone.
"""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from data_contracts.demonstrable import most_differences, told_apart
from data_contracts.vocabulary.field import ALL, Stamp
from data_contracts.vocabulary.slices import group_label, slice_label
from reports.charts.specs import Intervals, Series
from reports.content.parts import Explanation, Figure, Heading, Part, Points, Table, Text
from reports.language import dutch, terms, wording
from reports.released.source import Source

TABLE = "out_effects__for_whom"
WORKS, DIFFERS, PER_GROUP = "Voor wie werkt het?", "Verschilt het per groep?", "Het effect per groep"
EVERYBODY = "Iedereen samen"
MOST_ROWS = 30  # of a picture that can still be read
NOT_DECLARED = "Dat is niet nagegaan: de studie legde geen groepen vast waartussen het effect kan verschillen."
BY_LOOKING = "Achteraf zoeken naar een groep waar het werkt, vindt er door toeval altijd wel een."
NOT_COMPARED = "Dat kunnen we niet zeggen: er is niet vergeleken met mensen zonder de aanpak."
NO_FIGURE = "Voor geen van deze groepen kan een cijfer worden getoond."
NOT_EQUAL = "Niet aantoonbaar anders is iets anders dan even groot: kleine verschillen zijn zo niet te zien."
TOO_MANY = "Er is naar zoveel verschillen tegelijk gekeken dat er geen aantoonbaar kon zijn."
NO_RANKING = (
    "De groepen staan op volgorde van naam. Elk cijfer leunt op dat van iedereen samen, en een kleine groep leunt "
    "meer. Wie de hoogste of de laagste is, zegt daarom niets; alleen de laatste kolom telt."
)


def for_whom(source: Source) -> list[Part]:
    """The answer in words, and per declared slice a figure with its numbers."""
    declared = source.facts.for_whom
    if not declared:
        return [] if source.stamp is Stamp.CHANGE else [Heading(WORKS), Text(f"{NOT_DECLARED} {BY_LOOKING}")]
    parts: list[Part] = [Heading(question(source)), Text(for_whom_told(source))]
    if source.stamp is Stamp.CHANGE:
        return parts
    parts.append(Text(NOT_EQUAL))
    parts.append(Text("Alleen naar deze groepen is gekeken, omdat de studie ze vastlegde. Wat de studie verwachtte:"))
    parts.append(Points(tuple(f"{dutch.sentence(slice_label(name))}: {because}" for name, because in declared)))
    parts.append(Heading(PER_GROUP))
    for name, _ in declared:
        parts += _figure(source, name)
    if reasons := tuple(_refused(source)):
        parts += [Text("Zonder cijfer:"), Points(reasons)]
    return parts


def question(source: Source) -> str:
    """The question that is answered; that something works is not said of change alone."""
    return DIFFERS if source.stamp is Stamp.CHANGE else WORKS


def for_whom_told(source: Source) -> str:
    """In one or a few sentences: which groups demonstrably differ, or that none do."""
    if source.stamp is Stamp.CHANGE:
        return NOT_COMPARED
    if not source.facts.for_whom:
        return NOT_DECLARED
    rows = _tested(source)
    if rows.empty:
        return NO_FIGURE
    among = dutch.listed(slice_label(name) for name, _ in source.facts.for_whom)
    apart = rows[told_apart(rows)]
    if apart.empty:
        told = f"Tussen groepen naar {among} verschilt het {_outcome(source)} niet aantoonbaar."
        return told if most_differences(rows) else f"{told} {TOO_MANY}"
    others = f"Tussen de andere groepen verschilt het {_outcome(source)} niet aantoonbaar."
    return " ".join([*(_told(source, row) for _, row in apart.iterrows()), others])


def _outcome(source: Source) -> str:
    """What may differ, as strong as the stamp allows."""
    is_effect = source.stamp in (Stamp.STRONG_COMPARISON, Stamp.EXPERIMENT)
    return "effect" if is_effect else "verschil met de aanpak"


def _told(source: Source, row: pd.Series) -> str:
    """One demonstrable difference: the group beside everybody, with both figures."""
    whole = source.shown(TABLE, slice=ALL, life_domain=str(row["life_domain"]))["effect"].iloc[0]
    name = group_label(str(row["slice"]), str(row["slice_value"]))
    how = "anders" if row["effect"] == whole else "groter" if row["effect"] > whole else "kleiner"
    return (
        f"Bij {terms.domain(str(row['life_domain']))} is het {_outcome(source)} voor {name} aantoonbaar {how} dan "
        f"voor de andere groepen: {dutch.signed(row['effect'])} punt, en {dutch.signed(whole)} voor iedereen samen."
    )


def _tested(source: Source) -> pd.DataFrame:
    """The rows of groups with a figure, by life domain and name."""
    names = [name for name, _ in source.facts.for_whom]
    rows = source.shown(TABLE)
    return rows[rows["slice"].isin(names) & rows["effect"].notna()]


def _figure(source: Source, slice_name: str) -> Iterator[Part]:
    rows = _tested(source)
    rows = rows[rows["slice"] == slice_name]
    if rows.empty:
        return
    whole = source.shown(TABLE, slice=ALL)
    whole = whole[whole["life_domain"].isin(rows["life_domain"])]
    both = pd.concat([whole, rows]).sort_values(
        "life_domain", key=lambda codes: codes.map(_order(whole)), kind="stable"
    )
    body = tuple(
        (
            f"{terms.domain(str(row['life_domain']))}: {_name(row)}{source.mark(TABLE, row, 'effect', dutch.signed)}",
            dutch.signed(row["effect"]),
            dutch.between(row["effect_low"], row["effect_high"], dutch.signed),
            dutch.count(row["n_clients"]),
            "" if row["slice"] == ALL else "ja, aantoonbaar" if is_apart else "niet aantoonbaar",
        )
        for (_, row), is_apart in zip(both.iterrows(), told_apart(both), strict=True)
    )
    outcome = dutch.sentence(_outcome(source))
    title = f"{outcome} per groep, naar {slice_label(slice_name)}"
    table = Table(
        title,
        ("Leefgebied en groep", outcome, "Marge (95%)", "Mensen", "Anders dan de andere groepen?"),
        body,
        texts=frozenset({4}),
    )
    if len(both) > MOST_ROWS:
        yield table
        return
    figures = (tuple(both[name].astype(float)) for name in ("effect", "effect_low", "effect_high"))
    drawn = (Series(outcome, *figures),)
    chart = Intervals(tuple(line[0] for line in body), drawn, "punten op de schaal van 1 tot 5", 1.0, dutch.signed)
    yield Figure(title, chart, table, _explained(source, rows), NO_RANKING)


def _order(whole: pd.DataFrame) -> dict[str, int]:
    return {str(code): place for place, code in enumerate(whole["life_domain"])}


def _name(row: pd.Series) -> str:
    return EVERYBODY if row["slice"] == ALL else group_label(str(row["slice"]), str(row["slice_value"]))


def _explained(source: Source, rows: pd.DataFrame) -> Explanation:
    return Explanation(
        f"{wording.formula(source.facts.design, source.facts.headline_measure)} Dat per groep, en "
        "daarna getrokken naar het cijfer van iedereen samen: hoe minder mensen, hoe meer. "
        "'Anders' is getoetst tegen alle andere groepen samen, en "
        "gecorrigeerd voor het aantal verschillen waarnaar is gekeken (Holm).",
        f"{dutch.count(rows['n_clients'].min())} tot {dutch.count(rows['n_clients'].max())} mensen per groep",
        f"Eerste meting tot {terms.moment(str(rows['moment_to'].iloc[0]))}. Een groep telt mee als er met en zonder "
        "de nieuwe werkwijze genoeg mensen in zitten.",
        "In elke groep geldt wat voor het hoofdcijfer geldt: zonder de aanpak waren beide kanten op dezelfde wijze "
        "veranderd.",
    )


def _refused(source: Source) -> Iterator[str]:
    """Groups without a figure by reason, each named once."""
    rows = source.rows(TABLE)
    rows = rows[rows["slice"].isin([name for name, _ in source.facts.for_whom]) & rows["refused_because"].notna()]
    for because, of_reason in rows.groupby("refused_because", sort=True):
        for (slice_name, value), same in of_reason.groupby(["slice", "slice_value"], sort=True):
            domains = dutch.listed(terms.domain(str(code)) for code in same["life_domain"])
            yield f"{group_label(str(slice_name), str(value))} ({domains}): {because}"
