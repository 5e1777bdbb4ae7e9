"""Did people reach the step that they wanted themselves, and how far had they to go?"""

from __future__ import annotations

from data_contracts.vocabulary.ladder import OWN_GOAL
from indicators.change.shares import with_shares
from reports.content.parts import Heading, Part, Table, Text
from reports.language import dutch, terms
from reports.released.source import Source

_ENDS = {"before": 0, "after": 1}


def has_own_goal(source: Source) -> bool:
    """Whether 'voldoende' on the ladder follows what clients want themselves."""
    return bool((source.shown("out_change__by_domain", subject="ladder")["life_domain"] == OWN_GOAL).any())


def own_goal(source: Source) -> list[Part]:
    """What sufficient is, who reached it, and the steps to go of those whose goal is known."""
    return [*_reached(source), *_to_go(source)]


def _reached(source: Source) -> list[Part]:
    lines = []
    for pair in source.facts.moment_pairs:
        rows = source.change("ladder", pair)
        for _, row in with_shares(rows[rows["life_domain"] == OWN_GOAL]).iterrows():
            lines.append(
                (
                    dutch.sentence(f"{terms.moment(pair[0])} tot {terms.moment(pair[1])}"),
                    dutch.count(row["n_clients"]),
                    source.part(row, "n_sufficient_before"),
                    source.part(row, "n_sufficient_after"),
                    dutch.percent(row["share_up"]),
                    dutch.between(row["share_up_low"], row["share_up_high"], dutch.percent),
                    dutch.percent(row["share_down"]),
                )
            )
    if not lines:
        return []
    return [
        Heading("Bereiken mensen hun eigen doel?"),
        Text(
            "Voldoende is hier de trede die iemand zelf wil bereiken, zoals die het eerst is vastgelegd: een doel dat "
            "later wordt bijgesteld, maakt een resultaat niet beter. Is geen doel vastgelegd, dan telt betaald werk "
            "(trede 5 of hoger)."
        ),
        Table(
            "Mensen die hun eigen doel op de ladder haalden",
            ("Momenten", "Mensen", "Doel gehaald, eerst", "Later", "Kwam erbij", "Marge (95%)", "Viel af"),
            tuple(lines),
        ),
    ]


def _to_go(source: Source) -> list[Part]:
    rows = source.shown("out_ladder__growth_potential")
    lines = tuple(
        (
            dutch.sentence(terms.moment(pair[_ENDS[str(row["steps_at"])]])),
            dutch.count(row["n_clients"]),
            *(source.part(row, name) for name in ("n_reached", "n_one_step", "n_more_steps")),
        )
        for pair in source.facts.moment_pairs[:1]
        for _, row in rows[(rows["moment_from"] == pair[0]) & (rows["moment_to"] == pair[1])]
        .sort_values("steps_at", ascending=False)
        .iterrows()
    )
    if not lines:
        return []
    return [
        Text("Groeipotentieel: hoeveel treden mensen van hun eigen doel staan. Alleen wie een doel heeft, telt mee."),
        Table(
            "Hoe ver mensen van hun eigen doel staan",
            ("Moment", "Mensen met een doel", "Doel bereikt", "Nog één trede", "Nog meer treden"),
            lines,
        ),
    ]
