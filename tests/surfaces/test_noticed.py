"""What was noticed about a balance is told by report, terminal and --json, from one function."""

from __future__ import annotations

import pandas as pd
import pytest

from pipelines.commands.summary import as_json, show
from pipelines.run import Outcome
from reports.content.money.doubt import rests_on
from reports.content.parts import Points
from reports.released.noticed import noticed
from reports.released.source import Source
from tests.surfaces.invented import TREE, facts
from tests.surfaces.test_honest_sentences import APPRAISAL, FULL

FINDINGS = pd.DataFrame(
    [
        ("assumed_price", "warns", "lines: guidance", "deze regel rust op een aanname.", "Zoek een bron."),
        ("no_comparison", "warns", "lines", "er is een verandering gemeten.", "Vergelijk."),
        ("no_outlay", "blocks", "overlap_groups: care", "in deze groep staan een baat en een verlies.", "Deel haar."),
    ],
    columns=["rule", "severity", "where", "what", "to_do"],
)
BALANCE = pd.DataFrame({"line": ["guidance", "guidance"], "label": "Minder begeleiding"})
TABLES = {"out_mkba__findings": FINDINGS, "out_mkba__balance": BALANCE}
TOLD = [
    "overlapgroep care: in deze groep staan een baat en een verlies.",
    "'Minder begeleiding': deze regel rust op een aanname.",
    "de regels samen: er is een verandering gemeten.",
]


def test_what_blocks_comes_first_and_every_place_has_a_dutch_name() -> None:
    assert [one.sentence for one in noticed(TABLES)] == TOLD
    assert noticed({}) == []


def test_terminal_and_json_tell_what_was_noticed_with_what_to_do(capsys: pytest.CaptureFixture[str]) -> None:
    outcome = Outcome(noticed=noticed(TABLES))
    assert [one["sentence"] for one in as_json(outcome)["mkba_findings"]] == TOLD
    assert [one["to_do"] for one in as_json(outcome)["mkba_findings"]] == ["Deel haar.", "Zoek een bron.", "Vergelijk."]
    assert [one["blocks"] for one in as_json(outcome)["mkba_findings"]] == [True, False, False]
    show(outcome)
    said = " ".join(capsys.readouterr().out.split())
    for one in noticed(TABLES):
        assert f"{one.sentence} {one.to_do}" in said


def test_the_report_says_the_same() -> None:
    source = Source(facts(), FULL | {"out_mkba__findings": FINDINGS}, TREE, APPRAISAL.model)
    (points,) = [part for part in rests_on(source, FULL["out_mkba__headline"].iloc[0]) if isinstance(part, Points)]
    assert list(points.items) == [one.sentence for one in noticed(source.tables)]
