"""How names found in files become codes: on folded text and edition, never on position or id."""

from __future__ import annotations

import functools
import re
import unicodedata

from data_contracts.vocabulary.field import (
    DOMAINS,
    CasePhase,
    Edition,
    Labelled,
    Law,
    LifeDomain,
    SolutionKind,
    TeamType,
)
from data_contracts.vocabulary.ladder import LADDER_LABELS, LadderVariant, added_words, step_labels


def folded(text: str) -> str:
    """Text without case, accents, punctuation and double spaces: 'Financiën ' and 'FINANCIEN' are the same.

    Text that was read once with the wrong encoding ('FinanciÃ«n') is mended first.
    """
    if "Ã" in text:
        try:
            text = text.encode("windows-1252").decode("utf-8")
        except UnicodeError:
            text = text.replace("Ã", "")
    plain = unicodedata.normalize("NFKD", text.casefold())
    letters = "".join(character for character in plain if not unicodedata.combining(character))
    return re.sub(r"[^a-z0-9+]+", " ", letters.replace("&", " en ")).strip()


_DOMAIN_ALIASES: dict[LifeDomain, tuple[str, ...]] = {
    LifeDomain.FINANCES: (
        "inkomen",
        "geldzaken",
        "financien score",
        "zrm financien",
        "fin",
        "financien op huishoudniveau",
    ),
    LifeDomain.DAYTIME_ACTIVITIES: ("dagbesteding",),
    LifeDomain.WORK_EDUCATION: ("werk en opleiding", "werk opleiding"),
    LifeDomain.TIME_USE: ("tijdsindeling", "dagindeling"),
    LifeDomain.HOUSING: ("woning", "wonen"),
    LifeDomain.DOMESTIC_RELATIONS: ("gezinsrelaties", "relaties thuis"),
    LifeDomain.MENTAL_HEALTH: ("psychische gezondheid",),
    LifeDomain.PHYSICAL_HEALTH: ("fysieke gezondheid",),
    LifeDomain.ADDICTION: ("verslaving",),
    LifeDomain.SUBSTANCE_USE: ("middelen gebruik",),
    LifeDomain.ADL: (
        "adl",
        "adl vaardigheden",
        "algemene dagelijkse levensverrichtingen",
        "algemene dagelijkse levensverrichtingen adl",
        "activiteiten dagelijks leven",
        "activiteiten dagelijkse leven",
    ),
    LifeDomain.BASIC_ADL: ("basale adl", "adl basaal", "zelfzorg"),
    LifeDomain.INSTRUMENTAL_ADL: ("instrumentele adl", "adl instrumenteel", "dagelijkse activiteiten"),
    LifeDomain.SOCIAL_NETWORK: ("sociale netwerk", "netwerk"),
    LifeDomain.COMMUNITY_PARTICIPATION: ("participatie", "inzet voor de maatschappij"),
    LifeDomain.JUSTICE: ("politie en justitie",),
    LifeDomain.HOUSEHOLD_ORGANISATION: ("organisatie van huishouden", "organisatie huishouden"),
    LifeDomain.PHYSICAL_CARE: ("lichamelijke verzorging",),
    LifeDomain.EMOTIONAL_SUPPORT: ("emotionele ondersteuning", "sociaal emotionele ondersteuning"),
    LifeDomain.SOCIALISATION: ("socialisering",),
    LifeDomain.CHILDCARE: ("opvang",),
    LifeDomain.SCHOOLING: ("scholing",),
}


def domain_named(name: str, edition: Edition | None = None) -> LifeDomain | None:
    """The life domain that a name in a file stands for, in that edition; None when unknown or not of the edition."""
    found = _DOMAIN_NAMES.get(folded(name))
    return found if found is None or edition is None or found in DOMAINS[edition] else None


_DOMAIN_NAMES: dict[str, LifeDomain] = {
    folded(name): domain
    for domain in LifeDomain
    for name in (domain.value, domain.label, *_DOMAIN_ALIASES.get(domain, ()))
}

_LADDER_ALIASES = {
    1: ("geisoleerd",),
    3: ("georganiseerde activiteiten", "deelname georganiseerde activiteiten"),
    5: ("betaald werk met steun",),
}
_LADDER_NAMES: dict[str, int] = {folded(label): step for step, label in LADDER_LABELS.items()} | {
    alias: step for step, aliases in _LADDER_ALIASES.items() for alias in aliases
}


def ladder_names(variant: LadderVariant) -> dict[str, int]:
    """Folded name -> step of the Participatieladder, in the words of one variant."""
    names = {label: step for step, label in step_labels(variant).items()} | added_words(variant)
    return _LADDER_NAMES | {folded(name): step for name, step in names.items()}


_CODE_ALIASES: dict[Labelled, tuple[str, ...]] = {
    SolutionKind.PRELIMINARY: ("voorliggend", "algemene voorziening", "algemeen"),
    SolutionKind.INDIVIDUAL: ("maatwerk", "individuele voorziening", "aanvullend", "aanvullende voorziening"),
    SolutionKind.SOCIAL_NETWORK: ("netwerk",),
    TeamType.ACCESS: ("toegang", "toegangsteam"),
    Law.WMO: (
        "wmo",
        "wet maatschappelijke ondersteuning",
        "wet maatschappelijke ondersteuning 2015",
        "maatschappelijke ondersteuning",
    ),
    Law.PARTICIPATION: ("pw", "pwet", "participatie wet"),
    Law.DEBT: ("wgs", "schuldhulpverlening", "wet gemeentelijke schuldhulpverlening"),
    Law.HEALTH_INSURANCE: ("zvw", "zorgverzekeringswet"),
    Law.LONG_TERM_CARE: ("wlz", "wet langdurige zorg"),
    CasePhase.MONITORING: ("monitoring", "waakvlam", "nazorg"),
}


@functools.cache
def names_of(vocabulary: type[Labelled]) -> dict[str, str]:
    """Folded name -> code, for every name that a delivery may use for a code of `vocabulary`."""
    names = {folded(member.label): member.value for member in vocabulary}
    names |= {folded(member.value): member.value for member in vocabulary}
    codes = {member.value for member in vocabulary}
    # A code that stands in two lists has the same names in both.
    return names | {
        alias: member.value for member, aliases in _CODE_ALIASES.items() if member.value in codes for alias in aliases
    }
