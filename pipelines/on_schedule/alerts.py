"""What people must be told now: what failed, what is missing, what got clearly worse. One function decides.

No alert holds a value: names of jobs and steps, of suppliers and life domains, and what was published for everybody.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from data_contracts.demonstrable import LESS, shows
from data_contracts.errors import (
    ContractBroken,
    DeliveryRefused,
    GateRefused,
    MachineFault,
    StudyError,
)
from data_contracts.expected import About
from data_contracts.headline import is_headline
from data_contracts.study import Study
from data_contracts.tables.released_parts import SHOWS_FIGURES
from data_contracts.vocabulary.field import ALL, Stamp
from pipelines.on_schedule.coverage import coverage, missing_of
from pipelines.releases.errata import table_of
from pipelines.releases.release import current, release_named
from pipelines.storage.home import Home
from reports.language import terms
from reports.language.wording import EVIDENCE

_WORDS = {
    StudyError.exit_code: "de studie of de opdracht klopt niet",
    DeliveryRefused.exit_code: "een levering is geweigerd, of wacht op een besluit",
    MachineFault.exit_code: "schijf of geheugen",
    GateRefused.exit_code: "de poort laat de publicatie niet door",
    ContractBroken.exit_code: "een fout van ons",
}
_BAD = {stamp.value: evidence.bad for stamp, evidence in EVIDENCE.items()}


@dataclass(frozen=True, slots=True)
class Failure:
    """The last run of a job failed: in which step, and with which exit code."""

    job: str
    step: str
    exit_code: int

    @property
    def sentence(self) -> str:
        """What is told of it."""
        where = f"{self.job}, stap {self.step}" if self.step else self.job
        return (
            f"De run ({where}) is gestopt met code {self.exit_code}: {_WORDS.get(self.exit_code, _WORDS[1])}. De "
            "vorige publicatie blijft gelden. Wat er aan de hand is, zegt wijkbaat run op de machine zelf."
        )


@dataclass(frozen=True, slots=True)
class Alert:
    """One thing to tell; `id` is the same as long as it is the same thing, so that it is told once."""

    id: str
    about: About
    sentence: str


def alerts_due(study: Study, home: Home, today: dt.date, failures: Iterable[Failure]) -> list[Alert]:
    """Everything that holds today, whether or not it was told before."""
    failed = [Alert(f"failed/{one.job}/{one.step}/{one.exit_code}", "failed", one.sentence) for one in failures]
    missing = [
        Alert(f"missing/{one.supplier}/{one.period.ended_on}", "missing", one.sentence)
        for one in missing_of(coverage(study, home, today))
    ]
    return [*failed, *missing, *_worse(study, home)]


def _worse(study: Study, home: Home) -> Iterator[Alert]:
    """Leading life domains of the approved release that went down demonstrably, minding all that was tested."""
    name = current(home) if home.released.is_dir() else None
    rows = table_of(release_named(home, name), "out_effects__estimates") if name else None
    if rows is None:
        return
    leading = [domain.value for domain in study.design.headline_domains]
    rows = rows[(rows["slice"] == ALL) & (rows["subject"] == "zrm") & rows["life_domain"].isin(leading)]
    rows = rows[rows["status"].isin(SHOWS_FIGURES) & rows["estimate"].notna()]
    change = rows[(rows["design"] == "before_after") & (rows["measure"] == "mean_change")]
    claims = rows[
        (rows["design"] == study.design.kind) & is_headline(rows, study.design.kind, study.design.headline_measure)
    ]
    for kind, found in (("change", change), ("effect", claims[claims["stamp"] != Stamp.CHANGE.value])):
        for _, row in found[shows(found) == LESS].drop_duplicates("life_domain").iterrows():
            domain = str(row["life_domain"])
            what = (
                "cliënten gingen daar duidelijk achteruit" if kind == "change" else f"er is {_BAD[str(row['stamp'])]}"
            )
            sentence = (
                f"{terms.domain(domain)}: {what}, zegt publicatie {name}. Lees het rapport voor hoe zeker dat is."
            )
            yield Alert(f"worse/{kind}/{domain}", "worse", sentence)
