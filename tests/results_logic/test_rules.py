"""Each rule of a Resultatenlogica has a tree that breaks it and gets one clear Dutch message with its line."""

from __future__ import annotations

from pathlib import Path

import pytest

from data_contracts.errors import StudyError
from data_contracts.study import Study
from data_contracts.vocabulary.logic import TreeLevel
from data_contracts.yaml_file import read_model
from indicators.results_logic.tree.binding import read_tree
from indicators.results_logic.tree.model import Tree
from indicators.results_logic.tree.rules import advice
from tests.results_logic.trees import SMALL, small_tree

NODE = "  - id: eropaf\n    level: approach\n"
LINK = "  - id: extra\n    from: {}\n    to: {}\n    assumption: Een aanname die er niet toe doet.\nindicators:\n"
SETTLED = "    assumption: Een regeling geeft overzicht.\n    test:\n      status: holds\n"
DECIDED = (
    SETTLED + "    decisions:\n      - date: 2025-01-10\n        session: leerkring-1\n"
    "        decision: Wij geloven dit nu.\n        by:\n          - wijkteam\n        status: holds\n"
)

REFUSED = {
    "a cycle": ("indicators:\n", LINK.format("redden", "grip"), "zo ontstaat een kring"),
    "a link to itself": ("indicators:\n", LINK.format("grip", "grip"), "wijst naar zichzelf"),
    "a skipped level": ("    to: grip\n", "    to: redden\n", "slaat een niveau over"),
    "a link on one level": (NODE, NODE.replace("approach", "result"), "blijft op hetzelfde niveau"),
    "an orphan": (
        NODE,
        "  - id: los\n    level: effect\n    title: Een los effect\n" + NODE,
        "'los' (effect) draagt nergens aan bij",
    ),
    "a why without an approach": (
        NODE,
        "  - id: tweede\n    level: why\n    title: Een tweede waarom\n" + NODE,
        "loopt geen pad vanuit een aanpak",
    ),
    "an unknown node": ("    from: eropaf\n", "    from: erop-af\n", "'erop-af' is geen knoop"),
    "an indicator on an unknown node": ("    node: grip\n", "    node: greep\n", "'greep' is geen knoop"),
    "a double node": ("  - id: regeling\n", "  - id: grip\n", "'grip' staat er twee keer"),
    "a double key": ("title: Een kleine boom\n", "title: Een\ntitle: Twee\n", "twee keer"),
    "two links between the same nodes": ("indicators:\n", LINK.format("eropaf", "regeling"), "dezelfde knopen"),
    "a link without an assumption": ("    assumption: Rust in geld geeft ruimte.\n", "", "ontbreekt"),
    "a short assumption": ("Rust in geld geeft ruimte.", "Rust.", "minstens 10"),
    "an unknown measure": ("name: mean_change", "name: gemiddelde", "'gemiddelde' kennen we niet"),
    "an unknown life domain": ("life_domain: finances", "life_domain: geld", "kies uit"),
    "a ladder with a life domain": (
        "      name: mean_change\n",
        "      name: mean_change\n      subject: ladder\n",
        "zrm",
    ),
    "an unknown solution": (
        "name: mean_change\n      life_domain: finances\n      moment_to: m6",
        "name: share_using\n      subject: solutions\n      what: zorg",
        "soort oplossing kennen we niet",
    ),
    "a count of people without its years": (
        "name: mean_change\n      life_domain: finances\n      moment_to: m6",
        "name: reach",
        "twee hele jaren",
    ),
    "one year without the other": (
        "name: mean_change\n      life_domain: finances\n      moment_to: m6",
        'name: case_record\n      what: with_plan\n      period_from: "2022"',
        "een begin en een eind",
    ),
    "years the wrong way round": (
        "name: mean_change\n      life_domain: finances\n      moment_to: m6",
        'name: reach\n      period_from: "2023"\n      period_to: "2022"',
        "het begin ligt niet voor het eind",
    ),
    "a year beside itself": (
        "name: mean_change\n      life_domain: finances\n      moment_to: m6",
        'name: reach\n      period_from: "2022"\n      period_to: "2022"',
        "het begin ligt niet voor het eind",
    ),
    "an estimate of the ZRM without a life domain": (
        "name: mean_change\n      life_domain: finances\n      moment_to: m6",
        "name: estimate\n      subject: zrm\n      design: staggered\n      counted_as: points",
        "bij subject zrm hoort een leefgebied",
    ),
    "points of a score counted as a share": (
        "name: mean_change\n      life_domain: finances\n      moment_to: m6",
        "name: estimate\n      subject: zrm\n      life_domain: finances\n      design: staggered\n"
        "      counted_as: share",
        "past één eenheid: punten (points)",
    ),
    "a share of people counted as points": (
        "name: mean_change\n      life_domain: finances\n      moment_to: m6",
        "name: estimate\n      subject: solutions\n      what: individual\n      design: staggered\n"
        "      counted_as: points",
        "past één eenheid: aandeel (share)",
    ),
    "hours counted as a share": (
        "name: mean_change\n      life_domain: finances\n      moment_to: m6",
        "name: estimate\n      subject: hours\n      design: staggered\n      counted_as: share",
        "past één eenheid: hoeveelheid per persoon per jaar (amount)",
    ),
    "a margin of five hundred in a hundred": (
        "name: mean_change\n      life_domain: finances\n      moment_to: m6\n    expectation:\n",
        "name: net_improved\n      life_domain: finances\n      moment_to: m6\n    expectation:\n"
        "      smallest_difference: 5\n",
        "Schrijf 0.05 voor 5 procentpunt",
    ),
    "a margin in whole percents": (
        "name: mean_change\n      life_domain: finances\n      moment_to: m6\n    expectation:\n",
        'name: reach\n      period_from: "2022"\n      period_to: "2023"\n    expectation:\n'
        "      smallest_difference: 10\n",
        "Schrijf 0.1 voor 10 procent",
    ),
    "a margin beyond the scale": (
        "      moment_to: m6\n    expectation:\n",
        "      moment_to: m6\n    expectation:\n      smallest_difference: 4\n",
        "verder kan deze score niet veranderen",
    ),
    "an amount without what counts": (
        "name: mean_change\n      life_domain: finances\n      moment_to: m6",
        "name: estimate\n      subject: hours\n      design: staggered\n      counted_as: amount",
        "hoeveel verschil telt hier",
    ),
    "a target": ("      direction: higher\n", "      direction: higher\n      target: 60\n", "om van te leren"),
    "a streefwaarde": ("    node: grip\n", "    node: grip\n    streefwaarde: 4\n", "om van te leren"),
    "a norm in the tree": ("id: klein\n", "id: klein\nnorm: 80\n", "om van te leren"),
    "another unknown key": ("    node: grip\n", "    node: grip\n    noot: iets\n", "kennen we niet"),
    "unquoted characters": ("title: Een kleine boom", "title: Doel: Een kleine {boom", "geen geldige YAML"),
    "an unquoted question": ("      - inwoner\n", "      - [wie merkt dit?: ja\n", "geen geldige YAML"),
    "a measurement without expectation": (SMALL[SMALL.index("    expectation") :], "", "hoort een verwachting"),
    "a story with a formula": (
        "    measure:\n",
        "    kind: story\n    measure:\n",
        "een waarneming of verhaal heeft er geen",
    ),
    "a look that is too early": ("moment_to: m6", "moment_to: m3", "kijkt na 3 maanden"),
    "a settled link without a decision": ("    assumption: Een regeling geeft overzicht.\n", SETTLED, "zonder besluit"),
    "a settled link on opinions": ("    assumption: Een regeling geeft overzicht.\n", DECIDED, "meningen alleen"),
    "strong evidence without a source": (
        "    assumption: Een regeling geeft overzicht.\n",
        "    assumption: Een regeling geeft overzicht.\n    evidence:\n"
        "      - kind: practice\n        direction: supports\n        strength: strong\n",
        "hebben een bron",
    ),
}


@pytest.mark.parametrize("case", REFUSED)
def test_a_tree_that_breaks_a_rule_is_refused_in_one_clear_message(case: str) -> None:
    old, new, expected = REFUSED[case]
    with pytest.raises(StudyError) as caught:
        small_tree(old, new)
    assert expected in str(caught.value)
    assert "boom.yaml, regel " in str(caught.value)
    assert len(caught.value.findings) == 1


def test_the_message_names_the_line_of_the_link() -> None:
    with pytest.raises(StudyError) as caught:
        small_tree("    to: grip\n", "    to: redden\n")
    line = SMALL.splitlines().index("    to: grip") + 1
    assert caught.value.findings[0].line == line


def test_the_reason_for_refusing_a_target_says_what_to_do_instead() -> None:
    with pytest.raises(StudyError, match="Schrijf bij de verwachting op welke richting u verwacht"):
        small_tree("    node: grip\n", "    node: grip\n    target: 4\n")


def test_the_small_tree_holds_and_its_version_follows_its_content() -> None:
    tree = small_tree()
    assert tree.version == small_tree().version
    assert tree.version != small_tree("overzicht", "rust en overzicht").version


def test_nodes_without_an_indicator_and_too_much_steering_are_advice_not_errors() -> None:
    lines = advice(small_tree())
    assert any(line.startswith("Nog geen indicator: ") and "'Vroeg eropaf bij achterstanden'" in line for line in lines)


def test_the_same_advice_about_many_nodes_is_one_line_that_names_them() -> None:
    tree = small_tree()
    (effect, *_) = tree.level(TreeLevel.EFFECT)
    more = [effect.model_copy(update={"id": f"meer-{at}", "title": f"Meer {at}", "noticed_by": []}) for at in range(30)]
    lines = advice(tree.model_copy(update={"nodes": [*tree.nodes, *more]}))
    assert len(lines) == 2
    assert all("knopen ('" in line and "'Meer 29'" in line for line in lines)


def test_steering_on_more_than_seven_indicators_is_advised_against() -> None:
    data = small_tree().model_dump(by_alias=True)
    one = data["indicators"][0] | {"steering": True}
    data["indicators"] = [one | {"id": f"geld-{number}"} for number in range(8)]
    assert any("U stuurt op 8 indicatoren" in line for line in advice(Tree.model_validate(data)))
    data["indicators"].pop()
    assert not any("U stuurt op" in line for line in advice(Tree.model_validate(data)))


STUDY = {
    "schema_version": 1,
    "municipality": "Kleinstad",
    "title": "Een studie",
    "question": "Gaat het beter?",
    "legal_ground": {"purpose": "onderzoek naar hulp", "ground": "Wmo 2015", "decided_by": "college"},
    "retention": {"raw_days": 30, "records_until": "2090-01-01"},
    "approval": "none",
    "pseudonym_pattern": "ZR1-[A-Z2-7]{20}",
    "editions": ["zrm_2017"],
    "life_domains": ["finances", "housing"],
    "slices": [{"name": "all"}],
    "moment_pairs": [{"from": "first", "to": "m6"}],
    "design": {"kind": "before_after", "declared_on": "2024-01-01", "headline_domains": ["finances"]},
}
STUDY_REFUSED = {
    "a life domain that the study does not use": (
        "life_domain: finances",
        "life_domain: justice",
        "geen leefgebied van",
    ),
    "moments that the study does not compare": ("moment_to: m6", "moment_to: m12", "vergelijkt 'first' niet met 'm12'"),
    "years in a study without cohorts": (
        "name: mean_change\n      life_domain: finances\n      moment_to: m6",
        'name: reach\n      period_from: "2022"\n      period_to: "2023"',
        "deelt niet in naar cohort",
    ),
    "a design that the study does not have": (
        "name: mean_change\n      life_domain: finances\n      moment_to: m6",
        "name: estimate\n      subject: ladder\n      design: staggered\n      counted_as: points",
        "het ontwerp van de studie is 'before_after'",
    ),
    "a slice that the study lacks": (
        "    node: grip\n",
        "    node: grip\n    disaggregate:\n      - cohort\n",
        "'cohort'",
    ),
}


def test_a_rival_is_bound_to_the_study_as_an_indicator_is() -> None:
    rival = "    rivals:\n      - explanation: Het huis was al goed\n        measure:\n          name: mean_change\n"
    rival += "          life_domain: addiction\n          moment_to: m6\n"
    text = SMALL.replace(
        "    assumption: Een regeling geeft overzicht.\n", f"    assumption: Een regeling geeft overzicht.\n{rival}"
    )
    with pytest.raises(StudyError, match="'addiction' is geen leefgebied van deze studie"):
        read_tree(text, "boom.yaml", Study.model_validate(STUDY))


@pytest.mark.parametrize("case", STUDY_REFUSED)
def test_what_the_study_does_not_compute_is_an_error_before_anything_runs(case: str) -> None:
    old, new, expected = STUDY_REFUSED[case]
    assert old in SMALL
    with pytest.raises(StudyError) as caught:
        read_tree(SMALL.replace(old, new, 1), "boom.yaml", Study.model_validate(STUDY))
    assert expected in str(caught.value)
    assert len(caught.value.findings) == 1


@pytest.mark.parametrize(
    ("measure", "is_refused"), [("", True), ("\n      measure: effect_ancova", False)], ids=["as usual", "equal start"]
)
def test_a_comparison_has_no_difference_in_change_of_use(measure: str, is_refused: bool) -> None:
    asked = f"name: estimate\n      subject: solutions\n      what: individual\n      design: comparison{measure}"
    old = "name: mean_change\n      life_domain: finances\n      moment_to: m6"
    text = SMALL.replace(old, f"{asked}\n      counted_as: share", 1)
    rule = {"against": "never_started", "headline": "difference"}
    design = STUDY["design"] | {"kind": "comparison", "new_approach": "Proef", "comparison": rule}  # type: ignore[operator]
    study = Study.model_validate(STUDY | {"design": design})
    if is_refused:
        with pytest.raises(StudyError, match="geen verschil in verandering"):
            read_tree(text, "boom.yaml", study)
    else:
        read_tree(text, "boom.yaml", study)


def test_the_small_tree_fits_its_study() -> None:
    assert read_tree(SMALL, "boom.yaml", Study.model_validate(STUDY)).id == "klein"


@pytest.mark.parametrize("path", sorted(Path("studies").glob("*/results_logic.yaml")), ids=str)
def test_every_shipped_tree_holds_without_advice(path: Path) -> None:
    assert advice(read_model(path, Tree)) == []
