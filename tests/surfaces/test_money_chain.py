"""A broken link of the results logic shows in the balance as weaker evidence."""

from __future__ import annotations

import re

from data_contracts.vocabulary.logic import EvidenceGrade
from data_contracts.yaml_file import as_model
from indicators.results_logic.findings.outcomes import logic_frames
from indicators.results_logic.findings.team_outcomes import team_outcomes
from indicators.results_logic.tree.model import Tree
from indicators.results_logic.values.released import Released
from reports.content.money.chapter import money
from reports.content.parts import Chapter, Table, Text
from reports.language import dutch
from reports.released.source import Source
from tests.mkba_case import appraised
from tests.results_logic.trees import SMALL
from tests.surfaces.invented import facts, mkba_tables, tables

LINK = "    assumption: Een regeling geeft overzicht.\n"
SUPPORTED = """\
    evidence:
      - kind: research
        source: Een onderzoek van elders
        direction: supports
        strength: moderate
"""
REFUTED = """\
    test:
      status: refuted
      since: 2024-01-01
    decisions:
      - date: 2024-06-20
        session: leerkring-2024-06
        decision: Dit klopt niet.
        by: [team]
        status: refuted
"""
APPRAISAL = appraised()
NODES = {"nights": "grip", "care": "regeling", "benefit": "grip", "steps": "redden"}


def tree(middle: str = "", everywhere: str = SUPPORTED) -> Tree:
    """The small tree with evidence under every link, and `middle` added to the link from result to effect."""
    text = re.sub(r"( +assumption: .*\n)", rf"\1{everywhere}", SMALL)
    link = LINK + everywhere
    assert link in text
    return as_model(text.replace(link, link + middle), Tree, "boom.yaml")


def chapter(of: Tree) -> Chapter:
    """The chapter on the MKBA of the invented analysis."""
    found = tables() | mkba_tables(APPRAISAL) | logic_frames(of, Released(), team_outcomes(of, Released()), NODES)
    return money(Source(facts(), found, of, APPRAISAL.model))


def words(of: Tree) -> str:
    return " ".join(part.words for part in chapter(of).parts if isinstance(part, Text))


def graded(of: Tree) -> dict[str, str]:
    (table,) = [one for one in chapter(of).parts if isinstance(one, Table) and "Keten eronder" in one.columns]
    return {row[0]: row[2] for row in table.rows}


def test_a_supported_chain_says_nothing_beside_the_balance() -> None:
    assert "op een keten" not in words(tree())
    assert set(graded(tree()).values()) == {EvidenceGrade.MODERATE.label}


def test_a_refuted_link_weakens_every_benefit_above_it_and_no_other() -> None:
    broken = graded(tree(REFUTED))
    assert broken["Minder nachten opvang, Minder uitkering"] == EvidenceGrade.CONTRADICTED.label
    assert broken["Hoger op de ladder"] == EvidenceGrade.CONTRADICTED.label
    assert broken["Minder zorg"] == EvidenceGrade.MODERATE.label


def test_the_balance_without_the_benefits_on_a_refuted_chain_stands_beside_it() -> None:
    balance = mkba_tables(APPRAISAL)["out_mkba__balance"].query("alternative == 'go_on'").set_index("line")["mean_eur"]
    headline = mkba_tables(APPRAISAL)["out_mkba__headline"].query("alternative == 'go_on'")["npv_mean_eur"].item()
    # What people get less from the municipality is a transfer: no part of the balance.
    assert f"rust {dutch.euros(balance['nights'])} op een keten die is weersproken" in words(tree(REFUTED))
    assert f"is het saldo ongeveer {dutch.euros(headline - balance['nights'])}" in words(tree(REFUTED))


def test_a_chain_without_evidence_is_called_an_assumption() -> None:
    assert "op een keten die niet of zwak is onderbouwd" in words(tree(everywhere=""))


def test_it_is_said_when_all_benefits_rest_on_an_assumption() -> None:
    balance = mkba_tables(APPRAISAL)["out_mkba__balance"].query("alternative == 'go_on' and role == 'effect'")
    counted = balance[balance["mean_eur"].notna() & balance["welfare_sign"].ne(0)].set_index("line")["mean_eur"]
    whole = (
        f"Alle baten in het saldo, {dutch.euros(counted.sum())}, rusten op een keten die niet of zwak is onderbouwd."
    )
    assert whole in words(tree(everywhere=""))
    part = words(tree(REFUTED))
    assert "Alle baten" not in part
    assert f"Let op. Van de {dutch.euros(counted.sum())} aan baten rust {dutch.euros(counted['nights'])}" in part
