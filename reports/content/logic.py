"""De Resultatenlogica: from what we do to why we do it, with what the figures say of each step."""

from __future__ import annotations

import pandas as pd

from data_contracts.vocabulary.field import ALL
from data_contracts.vocabulary.logic import (
    CHANGE_ONLY,
    PURPOSE,
    VERDICT_SHAPES,
    Diagnosis,
    LinkTestVerdict,
    LinkVerdict,
    StoryPart,
    Verdict,
)
from indicators.results_logic.drawing.outline import nested_list
from indicators.results_logic.drawing.svg import legend, svg
from indicators.results_logic.values.tables import verdicts_by_node
from reports.content.parts import Chapter, Drawing, Heading, Part, Points, Table, Text
from reports.language import dutch
from reports.released.source import Source

TOO_LITTLE = "De cijfers beslissen niets. Wat u kunt vastleggen, staat bij wat er te leren valt."
_LINKS = LinkVerdict.labels()
_TESTS = LinkTestVerdict.labels()
_DIAGNOSES = {one.value: dutch.sentence(one.label) for one in Diagnosis}


def logic(source: Source) -> Chapter:
    """The tree, its indicators and its links. Never about a team: only rows of everybody are read."""
    title = "Klopt de redenering? De Resultatenlogica"
    if source.tree is None:
        return Chapter(
            "resultatenlogica",
            title,
            missing="Daarvoor is results_logic.yaml nodig: waarom u dit doet, wat mensen ervan merken, wat er dan lukt "
            "en wat u daarvoor doet. Maak het samen in een leerkring, van rechts naar links.",
        )
    nodes = source.table("out_logic__nodes")
    verdicts = verdicts_by_node(nodes)
    signs = tuple((sign, dutch.sentence(words)) for sign, words in legend())
    parts: list[Part] = [
        Text(
            "Links staat wat teams doen, rechts waarom. Elke pijl is een aanname. De tekens zeggen of het cijfer "
            f"beweegt zoals verwacht. {PURPOSE}"
        ),
        Drawing(svg(source.tree, verdicts), nested_list(source.tree, verdicts), signs),
        *_diagnosis(source),
        *_indicators(source),
        *_links(source),
        *_stories(source),
        *_wmo_plan(source),
    ]
    return Chapter("resultatenlogica", title, tuple(parts))


def _indicators(source: Source) -> list[Part]:
    rows = source.rows("out_logic__indicators", slice=ALL)
    if rows.empty:
        return []
    lines = tuple(
        (
            row["question"],
            f"{VERDICT_SHAPES[Verdict(row['verdict'])]} {dutch.tidy(row['verdict_text'])}",
            " ".join(text for text in (row["expectation"], row["pitfall"]) if text),
        )
        for _, row in rows.iterrows()
    )
    columns = ("Vraag", "Wat het cijfer zegt", "Wat we verwachtten, en waar u op moet letten")
    questions = dict(zip(rows["indicator"], rows["question"], strict=True))
    spread = tuple(
        f"{questions[row['indicator']]} {dutch.tidy(row['sentence'])}"
        for _, row in source.table("out_logic__spread").iterrows()
        if row["indicator"] in questions
    )
    parts: list[Part] = [
        Heading("De indicatoren"),
        Text(CHANGE_ONLY),
        Table("Wat de cijfers zeggen over de verwachtingen", columns, lines, frozenset({1, 2})),
    ]
    return [*parts, Text("Zo ver liggen teams uit elkaar, zonder namen:"), Points(spread)] if spread else parts


def _diagnosis(source: Source) -> list[Part]:
    """Where the chains break, what to do, and what would change that verdict; chains with the same answer together."""
    rows = source.table("out_logic__diagnosis")
    if rows.empty:
        return []
    nodes = source.table("out_logic__nodes")
    titles = dict(zip(nodes["node"], nodes["title"], strict=True))
    effects = [f"'{titles[effect]}'" for effect in rows["node_effect"]]
    about = rows["headline"].where(rows["diagnosis"] != Diagnosis.TOO_LITTLE.value, pd.Series(effects, rows.index))
    why = rows["figures"].where(rows["diagnosis"] != Diagnosis.TOO_LITTLE.value, TOO_LITTLE)
    same = about.groupby([rows["diagnosis"], why, rows["next_step"], rows["what_would_change"]], sort=False)
    lines = tuple(
        (_DIAGNOSES[str(diagnosis)], "; ".join(dict.fromkeys(found)), dutch.tidy(str(figures)), str(do), str(until))
        for (diagnosis, figures, do, until), found in same
    )
    columns = ("Waar zit het?", "Ketens naar", "Waarop dat rust", "Wat nu?", "Wanneer verandert dit?")
    return [
        Heading("Waar hapert de keten?"),
        Table("Van aanpak tot effect: waar het hapert", columns, lines, frozenset({1, 2, 3, 4})),
    ]


def _stories(source: Source) -> list[Part]:
    """Per effect what we claim, what speaks for and against it, and what else may explain it."""
    rows = source.table("out_logic__story")
    if rows.empty:
        return []
    none = {StoryPart.FOR: "nog niets", StoryPart.AGAINST: "nog niets", StoryPart.RIVAL: "geen genoemd"}
    lines = tuple(
        (
            " ".join(found[found["part"] == StoryPart.CLAIM]["sentence"]),
            *(" ".join(found[found["part"] == part]["sentence"]) or words for part, words in none.items()),
        )
        for _, found in rows.groupby("effect", sort=False)
    )
    columns = ("Wat we beweren", "Wat ervoor spreekt", "Wat ertegen spreekt", "Andere verklaringen")
    return [
        Heading("Het verhaal achter elk effect"),
        Text(
            "Niemand bereikt een effect alleen. Per effect staat hier wat wij beweren en hoe stevig dat is. Wat nog "
            "niet is besproken of getoetst, staat bij de verbanden."
        ),
        Table("De bijdrage van de aanpak, met wat anders zou kunnen meespelen", columns, lines, frozenset({1, 2, 3})),
    ]


def _wmo_plan(source: Source) -> list[Part]:
    """The results and criteria that the Wmo plan asks for, without turning them into targets."""
    rows = source.table("out_logic__wmo_plan")
    if rows.empty:
        return []
    lines = tuple(
        (row["intended_result"], row["criterion"], row["performance_indicator"], dutch.tidy(row["outcome"]))
        for _, row in rows.iterrows()
    )
    columns = ("Beoogd resultaat", "Criterium", "Prestatie-indicator", "Uitkomst")
    return [
        Heading("Voor het Wmo-plan"),
        Text(
            "De wet vraagt in het plan om resultaten, criteria en prestatie-indicatoren (artikel 2.1.2). "
            f"{PURPOSE} {CHANGE_ONLY}"
        ),
        Table("Resultaten, criteria en indicatoren", columns, lines, frozenset({1, 2, 3})),
    ]


def _links(source: Source) -> list[Part]:
    rows = source.table("out_logic__links")
    if rows.empty:
        return []
    tests = source.table("out_logic__link_tests").set_index("link")["verdict"].map(_TESTS)
    lines = tuple(
        (
            f"{row['title_from']} → {row['title_to']}",
            dutch.sentence(_LINKS[row["verdict"]]),
            dutch.sentence(tests.get(row["link"], dutch.NOT_SHOWN)),
            row["assumption"],
            row["rivals"] or "geen genoemd",
        )
        for _, row in rows.iterrows()
    )
    columns = ("Verband", "Op het eerste gezicht", "Getoetst over teams en jaren", "Aanname", "Andere verklaringen")
    return [
        Heading("De verbanden"),
        Text(
            "Gaan twee stappen samen op, dan is het verband nog niet bewezen. Gaat de onderste zoals verwacht en de "
            "bovenste niet, kijk dan eerst of de redenering klopt. Blijft de onderste achter, kijk dan eerst naar de "
            "aanpak en de uitvoering."
        ),
        Table("De pijlen in de tekening", columns, lines, frozenset({1, 2, 3, 4})),
    ]
