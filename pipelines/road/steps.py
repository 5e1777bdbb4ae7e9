"""The road from files to an approved report: which steps there are, what is done, and how long the rest takes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from data_contracts.planned import FILE as PLANNED
from pipelines.road.balance.making import BALANCE
from pipelines.road.published import newest_release
from pipelines.road.tree.making import TREE
from pipelines.storage.home import Home
from pipelines.storage.receipts import Receipts
from pipelines.storage.whole import manifest_of
from pipelines.study.workplace import read_study

FILES, STUDY, PLAN, FIGURES, LOGIC, MONEY, REPORT, APPROVAL = (
    "bestanden",
    "studie",
    "plan",
    "cijfers",
    "boom",
    "balans",
    "rapport",
    "goedkeuring",
)
# Minutes of a person's attention, as tried with the files of Rijnstad (docs/van_bestanden_tot_balans.md); the machine
# takes one to three minutes for each of the two runs.
MINUTES = {FILES: 5, STUDY: 10, PLAN: 2, FIGURES: 1, LOGIC: 10, MONEY: 25, REPORT: 2, APPROVAL: 5}
WORDS = {
    FILES: "de bestanden van één levering klaarzetten",
    STUDY: "zeggen wat er in de bestanden staat en waarvoor ze gebruikt worden",
    PLAN: "vooraf zien welk verschil deze studie kan laten zien",
    FIGURES: "lezen en rekenen",
    LOGIC: "de Resultatenlogica maken",
    MONEY: "de kosten en baten kiezen",
    REPORT: "opnieuw rekenen, met boom en balans erin",
    APPROVAL: "het rapport goedkeuren",
}


@dataclass(frozen=True, slots=True)
class Step:
    """One step, whether it is done, and what somebody types to do it alone."""

    name: str
    is_done: bool
    command: str

    @property
    def words(self) -> str:
        """What is done in this step."""
        return WORDS[self.name]

    @property
    def minutes(self) -> int:
        """How long it takes a person."""
        return MINUTES[self.name]


def steps(study: Path, root: Path) -> list[Step]:
    """Every step of the road, in order."""
    home, at = Home(root), f"{study} --home {root}"
    newest = newest_release(home)
    has_study = (study / "study.yaml").is_file()
    is_of_now = (
        newest is not None and has_study and manifest_of(newest.directory)["study_sha256"] == read_study(study).sha256
    )
    has_both = (study / TREE).is_file() and (study / BALANCE).is_file()
    release = newest.name if newest else "PUBLICATIE"
    return [
        Step(FILES, _has_files(study, home), f"wijkbaat start {at} BESTAND..."),
        Step(STUDY, has_study, f"wijkbaat init BESTAND... --to {at}"),
        Step(PLAN, (study / PLANNED).is_file() or newest is not None, f"wijkbaat plan {at}"),
        Step(FIGURES, newest is not None, f"wijkbaat run {at}"),
        Step(LOGIC, (study / TREE).is_file(), f"wijkbaat tree new {at}"),
        Step(MONEY, (study / BALANCE).is_file(), f"wijkbaat mkba new {at}"),
        Step(REPORT, is_of_now and has_both, f"wijkbaat run {at}"),
        Step(
            APPROVAL,
            is_of_now and has_both and newest is not None and newest.status == "approved",
            f"wijkbaat release approve {study} {release} --home {root} --by NAAM --why REDEN",
        ),
    ]


def shown(road: Sequence[Step]) -> list[str]:
    """The road as lines: a mark, the step, and the minutes of what is open."""
    first_open = next((step for step in road if not step.is_done), None)
    lines = [
        f"{'klaar' if step.is_done else 'nu   ' if step is first_open else 'open '}  {step.name:<12}{step.words}"
        + ("" if step.is_done else f" (ongeveer {step.minutes} min.)")
        for step in road
    ]
    left = sum(step.minutes for step in road if not step.is_done)
    return [*lines, "Alles is klaar." if first_open is None else f"Nog ongeveer {left} minuten van uw tijd."]


def _has_files(study: Path, home: Home) -> bool:
    waiting = home.inbox.is_dir() and any(home.inbox.iterdir())
    return (
        waiting
        or (study / "deliveries").is_dir()
        or (home.receipts.is_dir() and bool(Receipts(home.receipts).accepted()))
    )
