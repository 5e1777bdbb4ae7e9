"""Every command and every file of docs/regio.md is as the program takes it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from data_contracts.errors import StudyError
from data_contracts.practice import Practice
from data_contracts.region import Region
from data_contracts.study import NamedInRegion
from data_contracts.yaml_file import as_model, parse, read_model
from reports.content.parts import Points
from reports.content.region.questions import questions
from tests.commands_on_pages import understood

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "regio.md").read_text(encoding="utf-8")
COMMANDS = re.findall(r"^wijkbaat .*$|(?<=`)wijkbaat [^`]*(?=`)", PAGE, re.M)


@pytest.mark.parametrize("line", [one for one in COMMANDS if one.count(" ") > 2])
def test_a_command_of_the_page_is_understood(line: str) -> None:
    assert understood(line) in {"run", "state", "synthesis", "worker"}


def test_the_files_of_the_page_are_read() -> None:
    region, consent, tried = re.findall(r"```yaml\n(.*?)```", PAGE, re.S)
    assert len(as_model(region, Region, "region.yaml").municipalities) == 3
    invented = as_model(tried, Region, "region.yaml").municipalities
    assert len(invented) == 3 and all((ROOT / one.study / "deliveries").is_dir() for one in invented)
    NamedInRegion.model_validate(parse(consent, "study.yaml")[0]["named_in_region"])


def test_every_practice_question_is_named_once_and_says_what_it_leaves_open() -> None:
    asked = read_model(ROOT / "studies" / "regio" / "praktijkvragen.yaml", Practice).questions
    assert len({one.id for one in asked}) == len(asked)
    assert {one.theme.value for one in asked} == {"vulnerable", "access", "informal_care"}


REGISTER = """schema_version: 1
questions:
  - id: uit-huis
    theme: access
    question: Worden er minder mensen uit huis gezet?
    outcomes: [{OUT}]
    not_told: Wie zelf vertrekt, telt niet mee.
"""


@pytest.mark.parametrize(
    ("outcome", "says"),
    [
        ("subject: event, what: huisuitzetting", "regel 6: 'questions.0.outcomes.0.subject': kies uit"),
        ("subject: zrm, life_domain: finance", "'finance' is geen leefgebied. Kies uit: finances, "),
        ("subject: zrm", "bij zrm hoort een leefgebied"),
        ("subject: ladder, life_domain: finances", "alleen bij zrm hoort een leefgebied"),
    ],
)
def test_a_question_about_nothing_that_can_be_published_is_refused(outcome: str, says: str) -> None:
    with pytest.raises(StudyError) as caught:
        as_model(REGISTER.replace("OUT", outcome), Practice, "praktijkvragen.yaml")
    assert says in str(caught.value)


def test_a_question_without_an_answer_says_what_was_looked_for() -> None:
    """A name that nobody publishes is no proof that nothing is known."""
    register = as_model(
        REGISTER.replace("OUT", "subject: events, what: huisuitzeting"), Practice, "praktijkvragen.yaml"
    )
    (_, points) = questions(register, [])
    assert isinstance(points, Points)
    assert points.items[0] == "Nog niets bekend: geen gepubliceerde uitkomst gaat hierover. Gezocht is: Huisuitzeting."
