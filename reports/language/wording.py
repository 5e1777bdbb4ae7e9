"""Which words a report may use: the evidence stamp, what a design did, and how sure we are.

The stamp decides: under 'change' nothing is called an effect. Every verbal scale stands here and nowhere else.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from data_contracts.declared import Chosen
from data_contracts.headline import AT_EQUAL_START
from data_contracts.tables.assumptions import Condition
from data_contracts.vocabulary.field import Stamp
from reports.language import dutch


@dataclass(frozen=True, slots=True)
class Evidence:
    """The way of looking, what was done here, what the outcome is called, and what may be said of the cause.

    `good` and `bad` are the outcome with its adjectives, `none` is that there is none, `of_approach` names the chapter.
    """

    way: str
    means: str
    outcome: str
    cause: str
    good: str
    bad: str
    none: str
    of_approach: str


EVIDENCE: dict[Stamp, Evidence] = {
    Stamp.CHANGE: Evidence(
        "Dezelfde mensen twee keer meten.",
        "We hebben dezelfde mensen twee keer gemeten. Er is geen groep om mee te vergelijken.",
        "verandering",
        "We weten niet of de verandering door de aanpak komt. Mensen melden zich vaak op een dieptepunt. Een deel "
        "knapt daarna ook zonder hulp op.",
        "een duidelijke verandering vooruit",
        "een duidelijke verandering achteruit",
        "geen duidelijke verandering",
        "Verandering onder de aanpak",
    ),
    Stamp.INDICATION: Evidence(
        "Kijken of de lijn in de tijd een knik maakt als de aanpak begint.",
        "We hebben gekeken of de lijn in de tijd een knik maakt als de aanpak begint.",
        "aanwijzing",
        "Valt de knik samen met het begin van de aanpak, dan is dat een aanwijzing. Iets anders uit dezelfde tijd kan "
        "ook de oorzaak zijn.",
        "een gunstige aanwijzing voor de aanpak",
        "een ongunstige aanwijzing voor de aanpak",
        "geen aanwijzing",
        "Aanwijzing voor de aanpak",
    ),
    Stamp.COMPARISON: Evidence(
        "Mensen met de aanpak vergelijken met mensen zonder, die op hen lijken.",
        "We hebben mensen met de aanpak vergeleken met mensen zonder de aanpak die op hen lijken.",
        "verschil",
        "Een aantoonbaar verschil komt waarschijnlijk door de aanpak. Een verschil tussen de groepen dat wij niet "
        "zien, kan meespelen.",
        "een aantoonbaar gunstig verschil met de aanpak",
        "een aantoonbaar ongunstig verschil met de aanpak",
        "geen aantoonbaar verschil",
        "Verschil met de aanpak",
    ),
    Stamp.STRONG_COMPARISON: Evidence(
        "Teams die al begonnen zijn vergelijken met teams die nog niet begonnen zijn.",
        "Teams begonnen op verschillende momenten. We hebben mensen van teams die al begonnen waren vergeleken met "
        "mensen van teams die nog niet begonnen waren.",
        "effect",
        "Dit is de sterkste vergelijking zonder loting. Wat alle teams in dezelfde tijd meemaakten, valt weg. Iets dat "
        "alleen de beginnende teams trof, kan nog meespelen.",
        "een aantoonbaar gunstig effect van de aanpak",
        "een aantoonbaar ongunstig effect van de aanpak",
        "geen aantoonbaar effect",
        "Effect van de aanpak",
    ),
    Stamp.EXPERIMENT: Evidence(
        "Het lot laten bepalen wie de aanpak krijgt.",
        "Het lot heeft bepaald wie de aanpak kreeg.",
        "effect",
        "Door de loting lijken de groepen op elkaar. Een aantoonbaar verschil komt door de aanpak.",
        "een aantoonbaar gunstig effect van de aanpak",
        "een aantoonbaar ongunstig effect van de aanpak",
        "geen aantoonbaar effect",
        "Effect van de aanpak",
    ),
}


@dataclass(frozen=True, slots=True)
class DesignWords:
    """What was done, as a phrase and as a formula."""

    phrase: str
    formula: str


DESIGNS: dict[str, DesignWords] = {
    "before_after": DesignWords(
        "eerst en later meten", "Gemiddelde van de latere score min de eerdere score, over de teams."
    ),
    "comparison": DesignWords(
        "vergelijken met mensen die op hen lijken",
        "De gemiddelde verandering van mensen met de aanpak min die van mensen zonder. Niemand is gewogen. Bij een "
        "score die niet verder kan, houdt de marge ook rekening met een onderliggende schaal zonder einde.",
    ),
    "staggered": DesignWords(
        "vergelijken van teams die op verschillende momenten begonnen",
        "De gemeten uitkomst min wat te verwachten was op grond van mensen zonder de aanpak: zelfde team vóór de "
        "start, en andere teams in dezelfde tijd.",
    ),
    "series": DesignWords(
        "de lijn in de tijd volgen", "De gemeten lijn na de start min de doorgetrokken lijn van daarvoor."
    ),
}


_AT_EQUAL_START = "Het verschil in de latere score tussen mensen met en zonder de aanpak, bij een gelijke eerste score."


def formula(design: str, measure: str) -> str:
    """How the figure that a study speaks through is made."""
    return _AT_EQUAL_START if measure == AT_EQUAL_START else DESIGNS[design].formula


def condition(measure: str) -> str:
    """Under which condition that figure is right."""
    if measure == AT_EQUAL_START:
        return "Mensen met een gelijke eerste score waren zonder de aanpak in beide groepen gelijk uitgekomen."
    return "Zonder de aanpak waren beide groepen op dezelfde wijze veranderd."


# What a design did at its best, and what is said when a check lowered its stamp.
_AT_BEST = {"comparison": Stamp.COMPARISON, "staggered": Stamp.STRONG_COMPARISON}
_LOWERED = {
    Stamp.INDICATION: " Bij het nagaan klopte een aanname niet. Daarom is dit niet meer dan een aanwijzing.",
    Stamp.COMPARISON: " Het zijn zo weinig teams dat dit niet als sterke vergelijking telt.",
}


def means(design: str, stamp: Stamp) -> str:
    """What was done here; when a check lowered the stamp of the design, that too."""
    best = _AT_BEST.get(design, stamp)
    if stamp is best or stamp not in _LOWERED:
        return EVIDENCE[stamp].means
    return EVIDENCE[best].means + _LOWERED[stamp]


_WHEN = {
    Chosen.BEFORE: "Vooraf gekozen en vastgelegd, op {day}.",
    Chosen.DURING: "Vastgelegd op {day}, tijdens de jaren waarin deze mensen binnenkwamen.",
    Chosen.AFTER: "Niet vooraf vastgelegd: pas op {day}, na de jaren waarin deze mensen binnenkwamen.",
    Chosen.UNKNOWN: "Wanneer dit is gekozen, is niet vastgelegd.",
}
_SAID = "Volgens de studie gekozen op {day}. Dat is toen niet vastgelegd; of het vooraf was, is dus niet na te gaan."


def when_chosen(
    when: Chosen, frozen_on: dt.date | None, declared_on: dt.date | None, deviations: Sequence[str] = ()
) -> str:
    """When the way of measuring and the leading life domains were chosen, and what was changed since.

    'Vooraf' is said only of what was recorded before; that somebody wrote down a day is told as what it is.
    """
    if frozen_on is None:
        return _SAID.format(day=dutch.day(declared_on)) if declared_on else _WHEN[Chosen.UNKNOWN]
    changed = f" Daarna veranderd: {dutch.listed(deviations)}." if deviations else ""
    return _WHEN[when].format(day=dutch.day(frozen_on)) + changed


# What the chance of a positive balance does not hold; how much that matters stands in docs/calibration.md.
THIS_MEASUREMENT_ALONE = (
    "Deze kansen komen uit deze meting alleen: vooraf telt elke uitkomst als even aannemelijk. Weet u van elders dat "
    "zulke aanpakken meestal weinig opleveren, houd ze dan lager. In nagebouwde gemeenten waar een deel van de "
    "aanpakken niets deed, was het saldo minder vaak positief dan deze kansen zeiden."
)
# Where the study declared what was known beforehand (docs/decisions/0123).
KNOWN_ELSEWHERE = (
    "De studie heeft opgegeven wat elders is gevonden: {about} (bron: {source}). Hieronder telt dat mee: een meting "
    "die daar ver van af ligt, weegt minder zwaar. Lijkt deze gemeente niet op die andere, dan klopt deze kans ook "
    "niet. Alle andere kansen in dit hoofdstuk komen uit deze meting alleen."
)


def chance(probability: float) -> str:
    """A probability in words."""
    for bound, words in (
        (0.99, "vrijwel zeker"),
        (0.9, "zeer waarschijnlijk"),
        (0.67, "waarschijnlijk"),
        (0.33, "ongeveer even waarschijnlijk als niet"),
        (0.1, "onwaarschijnlijk"),
    ):
        if probability >= bound:
            return words
    return "zeer onwaarschijnlijk"


# What a design leans on: the question, and what a 'no' means for the reader.
CHECKS: dict[Condition, tuple[str, str]] = {
    "pre_trend": (
        "Liepen de groepen vóór de start gelijk op?",
        "De groepen liepen al uiteen. Dan is dit niet meer dan een aanwijzing.",
    ),
    "drift_not_excluded": (
        "Blijft het verschil staan bij de scheefgroei die niet is uit te sluiten?",
        "De toets kon te weinig zien: een kleine scheefgroei kan het hele verschil maken.",
    ),
    "teams": (
        "Zijn er zoveel teams dat toeval tussen teams klein is?",
        "Er zijn weinig teams. De marges zijn daarom ruimer gemaakt.",
    ),
    "wild_bootstrap": (
        "Geeft een tweede manier om met weinig teams te rekenen hetzelfde antwoord?",
        "De ene manier ziet een verschil en de andere niet. Vertrouw de uitkomst minder.",
    ),
    "partly_exposed": (
        "Zijn mensen die half onder de oude en half onder de nieuwe werkwijze vielen, eruit gelaten?",
        "De groepen lopen door elkaar.",
    ),
    "balance_at_start": (
        "Leken de groepen bij de start op elkaar?",
        "Ze verschilden; daarom staan er gecorrigeerde cijfers bij.",
    ),
    "balance_weighted": (
        "Lijken de groepen na weging op elkaar?",
        "Ze verschillen nog. Vertrouw de uitkomst minder.",
    ),
    "balance_of_figure": (
        "Lijken de groepen genoeg op elkaar, zoals het cijfer ze vergelijkt?",
        "Ze begonnen te ver uit elkaar. Dan is dit niet meer dan een aanwijzing.",
    ),
    "overlap": (
        "Zijn er in beide groepen genoeg mensen die op elkaar lijken?",
        "Een deel van de mensen heeft geen evenbeeld en telt niet mee.",
    ),
    "scores": (
        "Houdt de vergelijking stand bij de scores?",
        "Dan is ook het verschil in zorg en gebeurtenissen niet meer dan een aanwijzing.",
    ),
    "placebo_starts": (
        "Is de knik bij een verzonnen startdatum kleiner?",
        "Zo'n knik komt vaker voor. Vertrouw de uitkomst minder.",
    ),
    "measured_again": (
        "Is de meerderheid een tweede keer gemeten?",
        "Veel mensen zijn niet opnieuw gemeten; de uitkomst kan scheef zijn.",
    ),
}
HOLDS = {True: "ja", False: "nee", None: "niet na te gaan"}
