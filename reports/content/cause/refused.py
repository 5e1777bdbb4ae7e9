"""What could not be said, and why: the declared design, single outcomes, and what only one team can tell."""

from __future__ import annotations

import pandas as pd

from data_contracts.headline import is_headline
from data_contracts.tables.assumptions import Assumptions
from data_contracts.vocabulary.field import ALL, Stamp
from reports.content.parts import Part, Points, Text
from reports.language import dutch, terms, wording
from reports.released.source import Source


def why_not(source: Source) -> list[Part]:
    """Why the comparison that was declared is not here, and what the next study could do."""
    facts = source.facts
    notes = remarks(source)
    if facts.design == "before_after":
        return [Text(" ".join(notes))] if notes else []
    rows = source.rows("out_effects__estimates")
    rows = rows[is_headline(rows, facts.design, facts.headline_measure)]
    reasons = [str(reason) for reason in dict.fromkeys(rows["refused_because"].dropna())] or notes
    reasons = reasons or ["Er zijn geen uitkomsten vrijgegeven die verder gaan dan een verandering."]
    phrase = wording.DESIGNS[facts.design].phrase
    return [
        Text(f"Gekozen was voor {phrase}. Die vergelijking staat er niet. De reden:"),
        Points(tuple(map(dutch.sentence, reasons))),
    ]


def remarks(source: Source) -> list[str]:
    """What the choice of the design asks a reader to know."""
    rows = source.table("out_effects__design").sort_values("place")
    return [str(remark) for remark in rows["remark"].dropna()]


def refused(source: Source) -> list[Part]:
    """Outcomes without a figure, by reason; of the declared design, else of the change."""
    is_change = source.stamp is Stamp.CHANGE
    rows = source.measured("before_after", "mean_change") if is_change else source.estimates
    items = by_reason(rows)
    return [Text("Van deze uitkomsten is er geen cijfer:"), Points(items)] if items else []


def by_reason(rows: pd.DataFrame) -> tuple[str, ...]:
    """The outcomes of refused estimates, a sentence per reason."""
    return tuple(
        f"{dutch.listed(dict.fromkeys(_names(group)))}: {dutch.sentence(str(reason))}"
        for reason, group in rows.dropna(subset=["refused_because"]).groupby("refused_because", sort=False)
    )


def left_out(source: Source) -> list[Part]:
    """Outcomes of the design of which only a change remained."""
    rows = source.estimates[source.estimates["stamp"] == Stamp.CHANGE.value]
    if rows.empty:
        return []
    names = dutch.listed(_names(rows))
    return [Text(f"Niet getoond, want bij nader toetsen bleef alleen een verandering over: {names}.")]


def one_team(source: Source) -> list[Part]:
    """Whose margin it is when there is one team."""
    rows = source.shown("out_effects__estimates", design="before_after", measure="mean_change", slice=ALL)
    units = {Assumptions.of(text).figure("teams", "unit") for text in rows["assumptions"]}
    if "client" not in units:
        return []
    return [
        Text(
            "Deze studie heeft één team. De marges gaan daarom alleen over deze cliënten. Hoe het bij andere teams zou "
            "gaan, is er niet uit af te lezen."
        )
    ]


def _names(rows: pd.DataFrame) -> list[str]:
    return [terms.outcome(str(row["subject"]), str(row["life_domain"]), str(row["what"])) for _, row in rows.iterrows()]
