"""With which instrument and edition one kind of file was scored, and whether it holds measurements at all."""

from __future__ import annotations

import re

from data_contracts.vocabulary.field import DOMAINS, EDITIONS, Edition, Instrument, LifeDomain
from data_contracts.vocabulary.names import folded
from pipelines.init.domains_found import domain_of, editions_of
from pipelines.init.frame_found import goal_in_title
from pipelines.init.numbers_found import plain_number
from pipelines.init.one_kind import Reading
from pipelines.init.words import domain_by, edition_by

NOT_TOLD = "not_told"
_CALLED_2010 = re.compile(r"\b(?:zrm|editie|versie) ?2010\b|\b2010 ?(?:zrm|editie|versie)\b")
# What one edition prints and the other does not, of domains that both have.
_OF_2010 = {"inkomen", "gezinsrelaties", "fysieke gezondheid", "adl vaardigheden"}
_OF_2013 = {"financien", "huiselijke relaties", "lichamelijke gezondheid", "activiteiten dagelijks leven"}


def place_instrument(reading: Reading) -> None:
    """Edition, who scored, and whether it is a measurement at all, where the name of the file raises the question."""
    if reading.table == "experienced":
        _place_scale(reading)
    if reading.table != "assessments":
        return
    _place_goal(reading)
    _place_rater(reading)
    named = {
        m["edition"]
        for role in reading.entry.get("rows", [])
        for m in role.get("values", {}).values()
        if "edition" in m
    }
    domains = _domains(reading)
    if any(one.name.startswith(reading.name("regels", "")) for one in reading.talk.open):
        # What these columns say may well be the edition.
        return
    if named:
        reading.scores = {domain: names for domain, names in reading.scores.items() if _known(domain, named)}
        return
    # The editions of 2010 and 2013 have the same domains: only a name tells them apart.
    adult = [Edition.ZRM_2017, Edition.ZRM_2010 if _says_2010(reading) else Edition.ZRM_2013]
    fits = editions_of(domains & set(DOMAINS[Edition.ZRM_2013] + DOMAINS[Edition.ZRM_2017]), adult)
    if not any(domain in DOMAINS[edition] for edition in adult for domain in domains):
        fits = [Edition.HOUSEHOLD_2020]
    certain = fits[0].value if len(fits) == 1 and not _says_other(reading) else None
    said = reading.asked(
        "editie",
        f"Met welke editie van de ZRM is {reading.kind.label} gescoord?",
        Edition.labels(),
        certain=certain,
    )
    edition = edition_by(said or (fits or adult)[0].value)
    reading.entry["edition"] = edition.value
    reading.scores = {domain: names for domain, names in reading.scores.items() if _known(domain, {edition.value})}
    if edition in EDITIONS[Instrument.SELF]:
        reading.entry["rater_type"] = "client"


def _known(domain: str, editions: set[str]) -> bool:
    return any(domain_by(domain) in DOMAINS[edition_by(edition)] for edition in editions)


TOP_OF_FIVE = 5


def _place_scale(reading: Reading) -> None:
    """A mark above five is one of ten; marks of one to five fit both scales. Words are no marks."""
    marks = [plain_number(cell) for cell in reading.cells("value") if cell]
    if sum(mark is not None for mark in marks) < len(marks) / 2:
        what = f"in kolom '{reading.columns.get('value', '')}' staan geen cijfers."
        reading.aside = f"{what} Vraag een uitdraai met een cijfer per antwoord."
        return
    high = any(mark is not None and mark > TOP_OF_FIVE for mark in marks)
    said = reading.asked(
        "schaal",
        f"Alle cijfers in {reading.kind.label} liggen tussen 1 en 5. Welke schaal is het?",
        {"mark_1_10": "een rapportcijfer van 1 tot en met 10", "scale_1_5": "een schaal van 1 tot en met 5"},
        certain="mark_1_10" if high else None,
    )
    reading.entry["scale"] = said or "scale_1_5"


def _place_rater(reading: Reading) -> None:
    """Who scored, where no column says so: not told, unless somebody tells."""
    roles = [meaning for role in reading.entry.get("rows", []) for meaning in role.get("values", {}).values()]
    if any("rater_type" in meaning for meaning in roles):
        return
    said = reading.asked(
        "beoordelaar",
        f"Wie scoorde er in {reading.kind.label}?",
        {"professional": "de professional", "client": "de cliënt zelf", NOT_TOLD: "dat staat er niet bij"},
        default=NOT_TOLD,
    )
    reading.entry["rater_type"] = said or NOT_TOLD


def _place_goal(reading: Reading) -> None:
    titles = [part for sheet in reading.kind.sheets for part in (sheet.file.rpartition(".")[0], sheet.sheet.name)]
    if not any(goal_in_title(title) for title in titles):
        return
    said = reading.asked(
        "soort",
        f"De naam van {reading.kind.label} spreekt van een doel of wens. Zijn dit scores van hoe het is?",
        {"meting": "scores van hoe het is", "doel": "scores van hoe het zou moeten; dit bestand telt niet mee"},
    )
    if said == "doel":
        reading.aside = "dit zijn doelen en geen metingen."


def _titles(reading: Reading) -> str:
    return " ".join(folded(f"{one.file} {one.sheet.name}".replace("_", " ")) for one in reading.kind.sheets)


def _says_other(reading: Reading) -> bool:
    """Whether the name of a file or sheet speaks of another instrument."""
    titles = _titles(reading)
    return any(word in titles for word in ("jongeren", "jeugd", "mijn zrm", "zelfscore", "huishouden"))


def _says_2010(reading: Reading) -> bool:
    """Whether a file or sheet calls itself the ZRM of 2010, or names its domains as only that edition prints them.

    One such name may be somebody's own word ('Inkomen'); two, without any that 2013 prints, are not.
    """
    names = {folded(name) for found in reading.scores.values() for name in found}
    names |= {folded(text) for text in set(reading.cells("life_domain")) if text}
    return bool(_CALLED_2010.search(_titles(reading))) or (len(names & _OF_2010) > 1 and not names & _OF_2013)


def _domains(reading: Reading) -> set[LifeDomain]:
    if reading.scores:
        return {domain_by(domain) for domain in reading.scores}
    return {found for text in set(reading.cells("life_domain")) if text and (found := domain_of(text))}
