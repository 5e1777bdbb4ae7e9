"""Which life domain a column of a file is about: full, prefixed, numbered and short names, and lost accents."""

from __future__ import annotations

import re
from collections.abc import Sequence

from data_contracts.vocabulary.field import DOMAINS, Edition, LifeDomain
from data_contracts.vocabulary.names import domain_named, folded

_D = LifeDomain
# Short names as they occur behind a prefix or number ('ZRM1_fin'); only believed when a whole list of them fits.
_SHORT: dict[LifeDomain, str] = {
    _D.FINANCES: "fin financ financien financieel",
    _D.DAYTIME_ACTIVITIES: "dagb dagbest dag dagbesteding",
    _D.WORK_EDUCATION: "werk werkopl werk opl wo opl werkopleiding",
    _D.TIME_USE: "tijd tijdsb tijdsbest tb tijdbest tijdsbesteding",
    _D.HOUSING: "huisv hv huis wonen woon huisvest",
    _D.DOMESTIC_RELATIONS: "huisrel hrel huisr hr rel huiselrel huisrelatie huisrelaties huis rel huisel rel "
    "huis relaties huiselijke rel",
    _D.MENTAL_HEALTH: "geest geestgez ggz psych gg geestgezh geestelijk geest gez",
    _D.PHYSICAL_HEALTH: "lich lichgez lg fys som lichgezh lichamelijk lich gez",
    _D.ADDICTION: "versl verslav vs",
    _D.SUBSTANCE_USE: "midgebr midd middel middelen mg midgebruik middelgebr mid gebr",
    _D.ADL: "adl",
    _D.BASIC_ADL: "badl adlb basadl basale adl b adl adl b adl bas bas adl",
    _D.INSTRUMENTAL_ADL: "iadl adli instradl insadl i adl adl i adl inst instr adl",
    _D.SOCIAL_NETWORK: "netw socnetw sn socnet soc netwerk sociaal soc netw soc net",
    _D.COMMUNITY_PARTICIPATION: "matpart maatpart mp part maatsch participatie mat part maat part maatsch part",
    _D.JUSTICE: "just jus ju justitieel pol",
}
_LEAD = re.compile(
    r"^(?:(?:zrm|leefgebied|domein|score|lg|dom|huidige?)[\s_.:-]*(?:20\d\d[\s_.:-]+)?)*(\d{1,2})?[\s_.:)-]*", re.I
)
_BY_PROFESSIONAL = re.compile(
    r"[\s_.:-]*\(?(?:door )?(?:de )?"
    r"(?:hulpverlener|professional|medewerker|wijkteam(?:lid|medewerker)?|consulent|prof)\)?$",
    re.I,
)
_BY_CLIENT = (
    "client",
    "clienten",
    "inwoner",
    "burger",
    "zelf",
    "zelfscore",
    "zelfinschatting",
    "zelfbeoordeling",
    "eigen",
)
_TAIL = re.compile(r"(?:[\s_.:-]*\(?(?:score|niveau|huidige?|nu|actueel|1\s*(?:-|t/m)\s*5)\)?)$", re.I)
GOAL_WORDS = ("gewenst", "wens", "streef", "doel", "ambitie", "target", "goal", "verwacht", "beoogd")


def says_goal(name: str) -> bool:
    """Whether a name or value speaks of a score that is wished for."""
    return any(word.startswith(goal) for word in folded(name).split() for goal in GOAL_WORDS)


def says_client(name: str) -> bool:
    """Whether the name of a column says that the client scored."""
    return any(word in _BY_CLIENT for word in folded(name).split())


def _accents_lost(name: str) -> LifeDomain | None:
    if "?" not in name and "\ufffd" not in name:
        return None
    form = "".join("." if one in "?\ufffd" else re.escape(one) for one in name.casefold().strip())
    fits = {domain for domain in LifeDomain if re.fullmatch(form, domain.label.casefold())}
    return next(iter(fits)) if len(fits) == 1 else None


def _bare(name: str) -> tuple[str, int | None]:
    """A name without what stands around it, and the number that stood before it."""
    lead = _LEAD.match(name.strip())
    number = int(lead[1]) if lead and lead[1] else None
    rest = _BY_PROFESSIONAL.sub("", name.strip()[lead.end() :] if lead else name)
    return _TAIL.sub("", rest).strip(" _.:-"), number


def domain_of(name: str) -> LifeDomain | None:
    """The life domain that a name says in full, whatever stands around it."""
    bare, _ = _bare(name)
    whole = bare.replace("_", " ")
    return domain_named(name) or _accents_lost(name) or domain_named(whole) or _accents_lost(whole)


def without_number(name: str) -> str:
    """A name without the digits that a report glues to it: the column of text box 'Financiën1' is Financiën."""
    return re.sub(r"(?<=[^\W\d_])\d{1,2}$", "", name)


def _short(name: str) -> set[LifeDomain]:
    word = folded(_bare(name)[0].replace("_", " "))
    return {domain for domain, words in _SHORT.items() if word in words.split() or f" {word} " in f" {words} "}


def domains_of(names: Sequence[str], labels: dict[str, str] | None = None) -> dict[str, LifeDomain]:
    """Name -> life domain for the columns of one file; `labels` are what SPSS says of its variables.

    Short names count when at least five of them fit, each domain has one, and the numbers before them, if any, follow
    an edition's order.
    """
    full = {name: found for name in names if not says_goal(name) and (found := domain_of(name))}
    for name, label in (labels or {}).items():
        if name in names and name not in full and (found := domain_of(label)):
            full[name] = found
    glued = {name: found for name in names if name not in full and (found := domain_of(without_number(name)))}
    if len(set(glued.values())) == len(glued) and not set(glued.values()) & set(full.values()):
        full |= glued
    rest = [name for name in names if name not in full and not says_goal(name)]
    short = {name: _short(name) for name in rest}
    single = {name: next(iter(found)) for name, found in short.items() if len(found) == 1}
    every = [*full.values(), *single.values()]
    sure = len(single) + len(full) >= 5 and len(set(every)) == len(every) and len(single) >= 2 and _in_order(single)
    together = {**full, **single} if sure else full
    return {name: together[name] for name in names if name in together}


def _in_order(found: dict[str, LifeDomain]) -> bool:
    """Whether numbers before short names are the places of the domains in one edition; true without numbers."""
    numbered = {domain: number for name, domain in found.items() if (number := _bare(name)[1]) is not None}
    if not numbered:
        return True
    return any(
        all(domain in domains and domains.index(domain) + 1 == number for domain, number in numbered.items())
        for domains in DOMAINS.values()
    )


def only_numbered(names: Sequence[str]) -> list[str]:
    """Columns such as ZRM1 .. ZRM13 that have a number and no name, when they are exactly 11 or 13 in a row."""
    found = [name for name in names if (parts := _bare(name))[1] is not None and not parts[0]]
    numbers = [_bare(name)[1] for name in found]
    return found if len(found) in (11, 13) and numbers == list(range(1, len(found) + 1)) else []


def editions_of(domains: set[LifeDomain], candidates: Sequence[Edition]) -> list[Edition]:
    """The editions of `candidates` that know all of these domains."""
    return [edition for edition in candidates if domains <= set(DOMAINS[edition])]
