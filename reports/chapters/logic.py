"""De Resultatenlogica: from what we do to why we do it, with what the figures say of each step."""

from __future__ import annotations

from data_contracts.logic_words import PURPOSE, VERDICT_SHAPES, LinkVerdict, Verdict
from data_contracts.vocabulary import ALL
from indicators.results_logic.drawing import legend, svg
from indicators.results_logic.outline import nested_list
from reports import dutch
from reports.parts import Chapter, Drawing, Heading, Part, Table, Text
from reports.source import Source

_VERDICTS = {one.value: one for one in Verdict}
_LINKS = {one.value: one.label for one in LinkVerdict}


def logic(source: Source) -> Chapter:
    """The tree, its indicators and its links. Never about a team: only rows of everybody are read."""
    title = "Werkt de redenering? De Resultatenlogica"
    if source.tree is None:
        return Chapter(
            "resultatenlogica",
            title,
            missing="Daarvoor is results_logic.yaml nodig: waarom u dit doet, wat mensen ervan merken, wat er dan lukt "
            "en wat u daarvoor doet. Maak het samen in een leerkring, van rechts naar links.",
        )
    nodes = source.table("out_logic__nodes")
    verdicts = {str(row["node"]): _VERDICTS[row["verdict"]] for _, row in nodes.iterrows()}
    signs = tuple((sign, dutch.sentence(words)) for sign, words in legend())
    parts: list[Part] = [
        Text(
            "Links staat wat teams doen, rechts waarom. Elke pijl is een aanname. De tekens zeggen of het cijfer "
            f"beweegt zoals verwacht. {PURPOSE}"
        ),
        Drawing(svg(source.tree, verdicts), nested_list(source.tree, verdicts), signs),
        *_indicators(source),
        *_links(source),
    ]
    return Chapter("resultatenlogica", title, tuple(parts))


def _indicators(source: Source) -> list[Part]:
    rows = source.rows("out_logic__indicators", slice=ALL)
    if rows.empty:
        return []
    lines = tuple(
        (
            row["question"],
            f"{VERDICT_SHAPES[_VERDICTS[row['verdict']]]} {dutch.tidy(row['verdict_text'])}",
            " ".join(text for text in (row["expectation"], row["pitfall"]) if text),
        )
        for _, row in rows.iterrows()
    )
    columns = ("Vraag", "Wat het cijfer zegt", "Wat we verwachtten, en waar u op moet letten")
    return [
        Heading("De indicatoren"),
        Table("Wat de cijfers zeggen over de verwachtingen", columns, lines, frozenset({1, 2})),
    ]


def _links(source: Source) -> list[Part]:
    rows = source.table("out_logic__links")
    if rows.empty:
        return []
    lines = tuple(
        (
            f"{row['title_from']} → {row['title_to']}",
            dutch.sentence(_LINKS[row["verdict"]]),
            row["assumption"],
            row["rivals"] or "geen genoemd",
        )
        for _, row in rows.iterrows()
    )
    columns = ("Verband", "Wat de cijfers zeggen", "Aanname", "Andere verklaringen")
    return [
        Heading("De verbanden"),
        Text(
            "Gaan twee stappen samen op, dan is het verband nog niet bewezen. Gaat de onderste zoals verwacht en de "
            "bovenste niet, kijk dan eerst of de redenering klopt. Blijft de onderste achter, kijk dan eerst naar de "
            "aanpak en de uitvoering."
        ),
        Table("De pijlen in de tekening", columns, lines, frozenset({1, 2, 3})),
    ]
