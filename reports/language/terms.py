"""What codes of the tables are called in a report: moments, life domains, outcomes and units."""

from __future__ import annotations

from dataclasses import dataclass

from data_contracts.vocabulary.field import ALL, AgeBand, Edition, LifeDomain, SolutionKind
from data_contracts.vocabulary.ladder import OWN_GOAL, LadderVariant, step_labels
from data_contracts.vocabulary.mkba import Evidence, PriceStatus
from data_contracts.vocabulary.provisions import NOT_TOLD
from mkba.wording import as_read as as_read_in_dutch
from mkba.wording import unit_words as unit_in_dutch
from reports.language import dutch
from reports.language.dutch import Show

_MOMENTS = {
    "first": "eerste meting",
    "last": "laatste meting",
    "monitoring": "waakvlam (na afloop)",
    "intake": "start",
}


def moment(code: str) -> str:
    """The name of a moment: first, last, m6, k2, monitoring, intake, within_12_months."""
    if code.startswith("within_"):
        return f"binnen {code.split('_')[1]} maanden"
    if code[0] in "mk" and code[1:].isdigit():
        return f"{code[1:]} maanden later" if code[0] == "m" else f"meting {code[1:]}"
    return _MOMENTS.get(code, code)


_SUBJECTS = {
    "zrm": "Zelfredzaamheid",
    "ladder": "Participatieladder",
    "experienced": "Ervaren baat",
    "hours": "Uren van het team",
}
# Whose ZRM it is, where it is not that of an adult.
OF_OTHERS = {"zrm_youth": "Jongeren", "zrm_household": "Huishoudens"}
# How somebody who came in was helped, in the order of a table.
WAYS = {"regular": "Gewone werkwijze", "new": "Nieuwe aanpak", "between": "In de overgang"}
_MARKS = {
    "mark_1_10": "Rapportcijfer (1 tot 10)",
    "scale_1_5": "Korte vragenlijst (1 tot 5)",
    OWN_GOAL: "Eigen doel op de ladder",
    NOT_TOLD: "Leefgebied niet genoemd",
}
_DOMAINS = {one.value: one.label.partition(" (")[0] for one in LifeDomain}
HOW_SURE = PriceStatus.labels() | {"released": Evidence.MEASURED.label}
_SOLUTIONS = SolutionKind.labels()
_EDITIONS = Edition.labels()


def domain(code: str) -> str:
    """The name of a life domain, or of what stands where others have one."""
    return "Alle leefgebieden samen" if code == ALL else _DOMAINS.get(code) or _MARKS.get(code, code)


def edition(code: str) -> str:
    """The name of an edition of the ZRM, or of a variant of another scale."""
    return _EDITIONS.get(code, code)


_AT_START = {"way": "Werkwijze", "start_level": "Niveau bij de start", "age_band": "Leeftijd"}
_START_VALUES = {
    "new": "nieuwe werkwijze",
    "regular": "gewone werkwijze",
    "between": "tijdens de overgang",
    "low": "laag (gemiddeld onder 2,5)",
    "middle": "midden (2,5 tot 3,5)",
    "high": "hoog (3,5 en hoger)",
    **AgeBand.labels(),
    "unknown": "onbekend",
}


def known_at_start(code: str) -> str:
    """What is known of clients at the start."""
    return _AT_START[code]


def start_value(code: str) -> str:
    """A group of clients by what is known at the start."""
    return _START_VALUES[code]


def start_order(code: str) -> int:
    """The place of what is known at the start, or of a group by it, in a table."""
    return list(_AT_START | _START_VALUES).index(code)


def solution(code: str) -> str:
    """The name of a kind of solution."""
    return dutch.sentence(_SOLUTIONS.get(code, code))


def outcome(subject: str, life_domain: str, what: str) -> str:
    """What an estimate is about."""
    if subject == "solutions":
        return f"Mensen met een {_SOLUTIONS.get(what, what)}"
    if life_domain != ALL:
        return f"{OF_OTHERS[subject]}: {domain(life_domain)}" if subject in OF_OTHERS else domain(life_domain)
    if (subject, what) == ("provisions", ALL):
        return "Alle voorzieningen samen"
    return _SUBJECTS.get(subject) or dutch.sentence(_LAWS.get(what, what))


_LAWS = {
    "wmo": "Wmo samen",
    "jeugdwet": "Jeugdwet samen",
    "wgs": "schuldhulpverlening samen",
    "participatiewet": "Participatiewet samen",
    "zvw": "Zorgverzekeringswet samen",
    "wlz": "Wet langdurige zorg samen",
}


@dataclass(frozen=True, slots=True)
class Unit:
    """How an amount in a unit is shown, and what is behind the number."""

    show: Show
    behind: str


_UNITS = {
    "point": Unit(dutch.signed, "punten"),
    "step": Unit(dutch.signed, "treden"),
    "mark": Unit(dutch.signed, "punt op het rapportcijfer"),
    "share": Unit(dutch.points, "procentpunt"),
    "eur": Unit(dutch.signed_euros, "per persoon"),
    "event": Unit(lambda value: dutch.signed(100 * value), "keer per 100 mensen per jaar"),
    "hour": Unit(dutch.signed, "uur per persoon"),
}


def unit(code: str) -> Unit:
    """How to show a difference in this unit; an unknown unit keeps its own name."""
    return _UNITS.get(code) or Unit(dutch.signed, f"{code} per persoon")


_ESTIMATES = {
    "mean_change": "gemiddelde verandering",
    "effect": "effect",
    "effect_ancova": "effect bij een gelijke start",
    "effect_weighted": "effect, gewogen naar gelijke groepen",
    "effect_doubly_robust": "effect, dubbel gecorrigeerd",
    "effect_group_time": "effect per groep en periode",
}
_ABOUT_EVERYBODY = {"_reweighted": "gewogen naar iedereen", "_imputed": "aangevuld tot iedereen"}


def estimate(measure: str) -> str:
    """What an estimate is; a measure without words keeps its own name, without underscores."""
    for ending, words in _ABOUT_EVERYBODY.items():
        if measure.endswith(ending):
            return f"{estimate(measure.removesuffix(ending))}, {words}"
    return _ESTIMATES.get(measure, measure.replace("_", " "))


def ladder_steps(variant: LadderVariant) -> list[str]:
    """The steps of the ladder in the words of a variant."""
    return [f"Trede {step}: {label}" for step, label in step_labels(variant).items()]


def as_read(value: float, code: str | None) -> tuple[float, str]:
    """A number of the MKBA and its unit in Dutch, events per 100 people; a missing unit is no words."""
    return as_read_in_dutch(value, code) if isinstance(code, str) else (value, "")


def unit_words(code: str | None) -> str:
    """A unit of the MKBA in Dutch: eur/fte (2024) becomes euro per fte (2024)."""
    return unit_in_dutch(code) if isinstance(code, str) else ""
