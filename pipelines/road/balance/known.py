"""What a release knows that a balance can be made of: effects with their verdict, costs, and how many people came."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from data_contracts.demonstrable import shows
from data_contracts.design import Design
from data_contracts.study import Study
from data_contracts.vocabulary.field import ALL, Law, LifeDomain, SolutionKind
from data_contracts.vocabulary.mkba import unit_named
from indicators.results_logic.tree.model import Tree
from mkba.binding.effects import Effect, Total
from mkba.binding.released_quantities import headline_estimates, released_quantities
from mkba.inputs.packs import Packs
from mkba.inputs.quantities import EURO
from mkba.wording import difference, number, unit_label
from pipelines.init.writing import slug

SUBJECT_WORDS = {
    "ladder": "Participatieladder",
    "hours": "uren van het team",
    "experienced": "ervaren baat",
    "zrm": "ZRM",
    "zrm_youth": "ZRM-Jongeren",
    "zrm_household": "ZRM-Huishoudens",
}
UNIT_OF = {"ladder": "step", "hours": "hour", "experienced": "mark"}
_DOMAINS = {domain.value: domain.label.partition(" (")[0] for domain in LifeDomain}
_SOLUTIONS = {kind.value: f"aandeel met een {kind.label}" for kind in SolutionKind}
_LAWS = {law.value: law for law in Law}


@dataclass(frozen=True, slots=True)
class Candidate:
    """An effect that may become a line: what it is about, what was found, and what the files say of its law."""

    name: str
    words: str
    subject: str
    what: str
    unit: str
    life_domain: str
    found: str
    law: Law | None = None
    is_total_of_law: bool = False


@dataclass(frozen=True, slots=True)
class Known:
    """Everything that the conversation may start from."""

    study: Study
    candidates: tuple[Candidate, ...]
    totals: Mapping[str, Total]
    packs: Packs
    tree: Tree | None = None

    @property
    def volume_year(self) -> int | None:
        """The year in which the people were counted."""
        return self.totals["clients_per_year"].year

    @property
    def new_costs(self) -> dict[str, list[Total]]:
        """Kind of cost of the new approach -> its amounts per year that were released."""
        found: dict[str, list[Total]] = {}
        for name, total in self.totals.items():
            part, _, rest = name.removeprefix("costs/").partition("/")
            kind, _, year = rest.rpartition("/")
            if part == "new" and kind != "total" and year.isdigit() and total.value is not None:
                found.setdefault(kind, []).append(total)
        return found


def known(study: Study, tables: Mapping[str, pd.DataFrame], packs: Packs, tree: Tree | None) -> Known:
    """What the tables of a release say, for this study."""
    released = released_quantities(study.design, tables)
    verdicts = _verdicts(tables["out_effects__estimates"], study.design)
    laws = _laws(tables["out_care__use"])
    # All provisions together say whether they cost less, and not who gains: a balance has them by law or by product.
    whole = ("provisions", ALL)
    effects = [
        one for one in released.effects.effects if one.about.get("slice") == ALL and (one.subject, one.what) != whole
    ]
    found = [_candidate(one, verdicts.get(one.id, ""), laws) for one in effects]
    missing = [_not_measured(subject) for subject in UNIT_OF if all(one.subject != subject for one in found)]
    return Known(study, tuple(_apart([*found, *missing])), released.totals, packs, tree)


def _verdicts(estimates: pd.DataFrame, design: Design) -> dict[str, str]:
    rows = headline_estimates(estimates, design)
    return dict(zip(rows["estimate_id"], shows(rows), strict=True))


def _laws(use: pd.DataFrame) -> dict[str, str]:
    rows = use[(use["slice"] == ALL) & use["law"].notna()]
    return dict(zip(rows["what"], rows["law"], strict=True))


def _candidate(effect: Effect, verdict: str, laws: Mapping[str, str]) -> Candidate:
    domain = effect.about.get("life_domain", ALL)
    words = SUBJECT_WORDS.get(effect.subject, _SOLUTIONS.get(effect.what, effect.what))
    words = words if domain == ALL else f"{words} {_DOMAINS[domain]}"
    found = f"nog geen cijfer: {effect.refused}"
    if effect.refused is None:
        amount = f"{difference(effect.mean, effect.unit)} per {unit_label(effect.per)}"
        if effect.unit == "share":
            way = "meer" if effect.mean > 0 else "minder"
            amount = f"{number(100 * abs(effect.mean))} procentpunt {way} per {unit_label(effect.per)}"
        if effect.unit == "event":
            amount = difference(effect.mean, f"{effect.unit}/{effect.per}")
        found = f"{amount} ({effect.stamp.label}; {verdict})"
    law = _LAWS.get(laws.get(effect.what, ""))
    is_total = effect.what in _LAWS
    words = f"alles samen onder de {_LAWS[effect.what].label}" if is_total else words
    return Candidate("", words, effect.subject, effect.what, effect.unit, domain, found, law, is_total)


def _not_measured(subject: str) -> Candidate:
    found = "niet gemeten of niet vrijgegeven"
    return Candidate("", SUBJECT_WORDS[subject], subject, ALL, UNIT_OF[subject], ALL, found)


def _apart(candidates: list[Candidate]) -> list[Candidate]:
    """Names for the choices: the words, with the unit behind them where an outcome is counted in more than one."""
    named: list[Candidate] = []
    for one in candidates:
        first = slug(one.what if one.is_total_of_law else one.words)
        same = [other for other in candidates if (other.subject, other.what) == (one.subject, one.what)]
        counted_too = one.subject == "provisions" and one.unit != EURO and len(same) > 1
        name = f"{first}-{slug(unit_label(unit_named(one.unit)))}" if counted_too else first
        words = f"{one.words} in {unit_label(one.unit)}" if counted_too else one.words
        taken = {other.name for other in named}
        if name in taken:
            name = next(again for at in range(2, 1000) if (again := f"{name}-{at}") not in taken)
        fields = (one.subject, one.what, one.unit, one.life_domain, one.found, one.law, one.is_total_of_law)
        named.append(Candidate(name, words, *fields))
    return named
