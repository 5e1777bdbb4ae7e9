"""Link tests and diagnoses in plain Dutch: the figures that lead to them, and what would change them."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from data_contracts.vocabulary.logic import Diagnosis, LinkTestVerdict
from indicators.results_logic.findings.diagnosis import Branch
from indicators.results_logic.findings.link_tests import LinkTest
from indicators.results_logic.tree.measures import Estimate, unit_of, what_to_register
from indicators.results_logic.tree.model import Tree
from indicators.results_logic.values.panel import NodeYears
from indicators.results_logic.values.wording import figure

START_APART = "Laat teams op verschillende momenten met deze stap beginnen en leg die momenten vast."
MORE_PEOPLE = "Meet meer mensen twee keer, in meer teams of meer jaren."
TEAM_YEARS = "Voeg de indeling team+cohort toe aan de studie, en meet in minstens vijf teams, twee jaar lang."
MORE_TEAM_YEARS = "Er zijn te weinig team-jaren met genoeg mensen: meet in meer teams of meer jaren."


WITHHELD = "de vorige uitkomst is ingetrokken, en een nieuwe ernaast zou iets over enkele mensen verraden."


def difference(units: float, years: NodeYears) -> str:
    """A number of differences that count, in the indicator's own unit and without a sign."""
    indicator = years.indicator
    assert indicator and indicator.measure and indicator.expectation  # noqa: S101  tested nodes have all three
    unit = unit_of(indicator.measure)
    sign = -1 if indicator.expectation.direction == "lower" else 1
    amount = float(np.expm1(sign * units * np.log1p(years.one))) if unit == "ratio" else units * years.one
    return figure(abs(amount), unit).removeprefix("+")


def tested_in_words(tree: Tree, test: LinkTest) -> str:
    """What the test of a link found, with its figures; of which day, where it is not of now."""
    if test.is_withheld:
        return f"Of deze stap meebeweegt, wordt nu niet getoond: {WITHHELD}"
    return _found(tree, test) + (f" {held_since(test.held_from)}" if test.held_from else "")


def held_since(release: str) -> str:
    """That something is shown as it stood in an earlier release, and why."""
    return f"Vastgehouden, cijfer van {release[:10]}: sindsdien verschillen te weinig mensen om een nieuw te tonen."


def _found(tree: Tree, test: LinkTest) -> str:
    lower, upper = tree.node(test.link.node_from).title, tree.node(test.link.node_to).title
    if test.slope is None:
        return f"Of '{upper}' meebeweegt met '{lower}' is nog niet te toetsen."
    about = f"Over {test.n_teams} teams en {test.n_team_years} team-jaren ({test.periods})"
    if test.lag_months:
        about += f", boven {test.lag_months} maanden later bekeken"
    about += f", gecorrigeerd voor: {', '.join(test.adjusted_for)}." if test.adjusted_for else "."
    spread = test.slope.spread_x
    apart = f"'{lower}' liep tussen team-jaren {difference(spread, test.lower)} uiteen."
    if test.verdict is LinkTestVerdict.MOVES_ALONG:
        likely = difference(test.slope.estimate * spread, test.upper)
        return f"{about} {apart} Waar dat meer bewoog, bewoog '{upper}' mee zoals verwacht: ongeveer {likely}."
    if test.verdict is LinkTestVerdict.STAYS_BEHIND:
        most = difference(max(test.slope.high, 0.0) * spread, test.upper)
        counts = difference(1, test.upper)
        return f"{about} {apart} '{upper}' bewoog daar hoogstens {most} mee zoals verwacht; pas {counts} telt."
    return f"{about} Of '{upper}' meebeweegt met '{lower}' is te onzeker om te zeggen."


def missing_for(tree: Tree, *tests: LinkTest) -> str:
    """What to register before these links can be judged; empty when they are judged."""
    return " ".join(dict.fromkeys(sentence for test in tests for sentence in _missing(tree, test)))


def _missing(tree: Tree, test: LinkTest) -> list[str]:
    if test.is_withheld or test.verdict in (LinkTestVerdict.MOVES_ALONG, LinkTestVerdict.STAYS_BEHIND):
        return []
    if test.slope is not None:
        moved_evenly = not np.isfinite(test.slope.high) or test.slope.spread_x < 1
        return [START_APART if moved_evenly else MORE_PEOPLE]
    ends = ((test.link.node_from, test.lower), (test.link.node_to, test.upper))
    without = [(node, years) for node, years in ends if years.indicator is None]
    wanted = [one for node, years in without for one in _wanted_at(tree, node, years)]
    if not without:
        wanted.append(MORE_TEAM_YEARS)
    if not test.has_team_years:
        wanted.append(TEAM_YEARS)
    return wanted


def _wanted_at(tree: Tree, node: str, years: NodeYears) -> list[str]:
    """What to register for a node without figures per team and year."""
    title = tree.node(node).title
    if years.is_hidden:
        return [f"Bij '{title}' gaat het per team en jaar om te weinig mensen: kies iets dat vaker voorkomt."]
    measures = [one.measure for one in tree.indicators if one.node == node and one.measure]
    per_team = [one for one in measures if not isinstance(one, Estimate)]
    if measures and not per_team:
        return [f"Kies bij '{title}' ook een meting die per team en jaar bekend is."]
    return [what_to_register(one) for one in per_team] or [f"Kies een meting bij '{title}'."]


HEADLINES: dict[Diagnosis, Callable[[Branch], str]] = {
    Diagnosis.POLICY_LOGIC: lambda branch: (
        f"Het resultaat is er, maar het effect '{branch.effect.title}' volgt niet. "
        "De beleidslogica lijkt hier niet te kloppen."
    ),
    Diagnosis.APPROACH: lambda branch: (
        f"De aanpak is er, maar het resultaat '{branch.result.title}' blijft uit. "
        "Deze aanpak lijkt hier niet te werken."
    ),
    Diagnosis.EXECUTION: lambda branch: (
        f"De aanpak '{branch.approach.title}' komt niet van de grond. "
        "De uitvoering of de steun lijkt tekort te schieten."
    ),
    Diagnosis.HOLDS: lambda branch: f"De keten van aanpak tot '{branch.effect.title}' houdt stand in onze cijfers.",
    Diagnosis.TOO_LITTLE: lambda branch: (
        f"Over de keten tot '{branch.effect.title}' weten we te weinig om iets te zeggen."
    ),
}
NEXT_STEPS = {
    Diagnosis.POLICY_LOGIC: "Bespreek of dit resultaat wel tot dit effect leidt, en pas het beleid aan.",
    Diagnosis.APPROACH: "Zoek samen met professionals en inwoners een andere aanpak voor dit resultaat.",
    Diagnosis.EXECUTION: "Vraag de professionals wat zij nodig hebben: tijd, scholing, samenwerking of steun.",
    Diagnosis.HOLDS: "Ga door, en blijf kijken of het zo blijft.",
    Diagnosis.TOO_LITTLE: "Spreek af wat u gaat vastleggen en kijk over een half jaar opnieuw.",
}
WOULD_CHANGE = {
    Diagnosis.POLICY_LOGIC: "Dit verandert als het effect later wel meebeweegt, of als iets anders het tegenhield.",
    Diagnosis.APPROACH: "Dit verandert als het resultaat later wel meebeweegt.",
    Diagnosis.EXECUTION: "Dit verandert als de aanpak alsnog op gang komt, of als blijkt dat zij slecht is vastgelegd.",
    Diagnosis.HOLDS: "Dit verandert als een andere verklaring beide tegelijk blijkt te bewegen.",
    Diagnosis.TOO_LITTLE: "Dit verandert met meer mensen, meer teams of meer jaren.",
}


def figures_of(tree: Tree, branch: Branch, sentences: dict[str, str]) -> str:
    """The figures behind a diagnosis; `sentences` holds what was said about each node."""
    approach = f"Aanpak: {sentences[branch.approach.id]}"
    return " ".join([approach, tested_in_words(tree, branch.lower_test), tested_in_words(tree, branch.upper_test)])


def to_register(tree: Tree, branch: Branch) -> str:
    """What to register when a branch has too little data."""
    if branch.diagnosis is not Diagnosis.TOO_LITTLE:
        return ""
    return missing_for(tree, branch.lower_test, branch.upper_test) or MORE_PEOPLE
