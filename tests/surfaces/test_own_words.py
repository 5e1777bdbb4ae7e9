"""What a client wants and says: the own goal on the ladder, and the own score beside the professional's."""

from __future__ import annotations

from reports.content.own_goal import has_own_goal
from reports.content.participation import experienced, ladder
from reports.content.parts import Part, Points, Table, Text
from reports.released.source import Source
from tests.surfaces.invented import Tables, everybody, facts, frame, tables

MAIN = {"moment_from": "first", "moment_to": "last"}
SHARES = {"n_up": 40, "n_equal": 140, "n_down": 20, "n_sufficient_before": 40, "n_sufficient_after": 60}


def with_goals(edition: str = "extended") -> Tables:
    """The invented municipality with a ladder in this variant, and goals on it."""
    change = [
        everybody(subject="ladder", life_domain=domain, n_clients=200, method="pratt_teams", **MAIN, **SHARES)
        for domain in ("all", "own_goal")
    ]
    series = {"subject": "ladder", "life_domain": "all", "edition": edition, "cohort": "all", "months_since_intake": 0}
    growth = [
        MAIN | {"steps_at": at, "n_clients": 150, "n_reached": reached, "n_one_step": 50, "n_more_steps": 100 - reached}
        for at, reached in (("before", 30), ("after", 60))
    ]
    return tables() | {
        "out_change__by_domain": frame("out_change__by_domain", change),
        "out_change__series": frame("out_change__series", [series | {"n_clients": 200, "mean_score": 3.0}]),
        "out_ladder__growth_potential": frame("out_ladder__growth_potential", growth),
    }


def said(parts: tuple[Part, ...]) -> str:
    words = [part.words for part in parts if isinstance(part, Text)]
    return " ".join([*words, *(item for part in parts if isinstance(part, Points) for item in part.items)])


def table(parts: tuple[Part, ...], caption: str) -> Table:
    return next(part for part in parts if isinstance(part, Table) and caption in part.caption)


def test_sufficient_on_the_ladder_is_what_somebody_wants_and_the_report_says_so() -> None:
    source = Source(facts(), with_goals())
    parts = ladder(source).parts
    assert has_own_goal(source)
    assert "Voldoende is hier de trede die iemand zelf wil bereiken, zoals die het eerst is vastgelegd" in said(parts)
    (row,) = table(parts, "hun eigen doel op de ladder haalden").rows
    assert row[1:4] == ("200", "40", "60") and row[4] == "20%"


def test_growth_potential_is_the_steps_to_go_at_both_moments() -> None:
    rows = table(ladder(Source(facts(), with_goals())).parts, "Hoe ver mensen van hun eigen doel staan").rows
    assert rows == (("Eerste meting", "150", "30", "50", "70"), ("Laatste meting", "150", "60", "50", "40"))


def test_the_steps_are_in_the_words_of_the_variant_that_was_used() -> None:
    both = [said(ladder(Source(facts(), with_goals(variant))).parts) for variant in ("extended", "classic")]
    assert "Trede 4: onbetaald werk, vrijwilligerswerk, opleiding" in both[0]
    assert "Trede 4: onbetaald werk Trede 5" in both[1]


def test_without_goals_nothing_is_said_of_them() -> None:
    without = with_goals() | {"out_ladder__growth_potential": frame("out_ladder__growth_potential", [])}
    change = without["out_change__by_domain"]
    source = Source(facts(), without | {"out_change__by_domain": change[change["life_domain"] == "all"]})
    assert not has_own_goal(source) and "eigen doel" not in said(ladder(source).parts)


def test_disagreement_with_the_professional_is_a_figure_of_its_own() -> None:
    pairs = {"life_domain": "finances", "n_clients": 120, "n_lower": 50, "n_equal": 60, "status": "banded"}
    found = frame("out_quality__self_report", [pairs | {"n_higher": None, "n_higher_status": "below"}])
    parts = experienced(Source(facts(), tables() | {"out_quality__self_report": found})).parts
    assert table(parts, "naast die van de professional").rows == (("Financiën", "120", "50", "60", "minder dan 10"),)
    assert "Geen van beide is de juiste" in said(parts)
