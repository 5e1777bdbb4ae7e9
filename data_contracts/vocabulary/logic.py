"""The words of a Resultatenlogica: codes in English, labels in Dutch.

A tree is reasoned from right to left: first the why, then the effects, then the results, last the approaches.
"""

from __future__ import annotations

from data_contracts.vocabulary.field import Labelled


class TreeLevel(Labelled):
    """A level of the tree, in building order: from right to left."""

    WHY = "why", "waarom"
    EFFECT = "effect", "effect"
    RESULT = "result", "resultaat"
    APPROACH = "approach", "aanpak"

    @property
    def above(self) -> TreeLevel | None:
        """The level that this one contributes to; None for the why."""
        order = list(TreeLevel)
        place = order.index(self)
        return order[place - 1] if place else None


class TestStatus(Labelled):
    """What the circle decided about a link; only a dated decision goes beyond 'testing'."""

    __test__ = False  # not a test for pytest

    UNTESTED = "untested", "niet getoetst"
    TESTING = "testing", "in toetsing"
    HOLDS = "holds", "houdt stand"
    DOUBT = "doubt", "twijfel"
    REFUTED = "refuted", "weerlegd"


DECIDED = frozenset({TestStatus.HOLDS, TestStatus.DOUBT, TestStatus.REFUTED})


class EvidenceKind(Labelled):
    """Where evidence for or against a link comes from."""

    RESEARCH = "research", "onderzoek"
    OWN_DATA = "own_data", "eigen cijfers"
    PRACTICE = "practice", "ervaring van professionals"
    RESIDENTS = "residents", "ervaring van inwoners"


class EvidenceDirection(Labelled):
    """What the evidence says about a link."""

    SUPPORTS = "supports", "steunt"
    MIXED = "mixed", "gemengd"
    CONTRADICTS = "contradicts", "spreekt tegen"


class EvidenceStrength(Labelled):
    """How strong the evidence is."""

    WEAK = "weak", "zwak"
    MODERATE = "moderate", "redelijk"
    STRONG = "strong", "sterk"


class IndicatorKind(Labelled):
    """A number from the registration, something seen, or a story; the last two have no formula."""

    MEASUREMENT = "measurement", "meting"
    OBSERVATION = "observation", "waarneming"
    STORY = "story", "verhaal"


class Direction(Labelled):
    """Which way we expect an indicator to move."""

    HIGHER = "higher", "omhoog"
    LOWER = "lower", "omlaag"
    STABLE = "stable", "gelijk"


class Verdict(Labelled):
    """What the figures say about an expectation: from an estimate and its interval, never from a level."""

    AS_EXPECTED = "as_expected", "gaat zoals verwacht"
    DIFFERENT = "different", "anders dan verwacht"
    STOOD_STILL = "stood_still", "bleef gelijk"
    MIXED = "mixed", "wisselend beeld"
    TOO_UNCERTAIN = "too_uncertain", "te onzeker om te zeggen"
    TOO_FEW = "too_few", "te weinig mensen"
    NOT_MEASURED = "not_measured", "nog niet gemeten"


VERDICT_SHAPES = {
    Verdict.AS_EXPECTED: "▲",
    Verdict.DIFFERENT: "◆",
    Verdict.STOOD_STILL: "=",
    Verdict.MIXED: "◐",
    Verdict.TOO_UNCERTAIN: "?",
    Verdict.TOO_FEW: "○",
    Verdict.NOT_MEASURED: "–",
}


class LinkVerdict(Labelled):
    """What the figures of two nodes together say, at first sight, about the link between them."""

    MOVES_TOGETHER = "moves_together", "onder en boven gaan zoals verwacht"
    UPPER_STAYS_BEHIND = "upper_stays_behind", "onder gaat zoals verwacht, boven niet"
    LOWER_STAYS_BEHIND = "lower_stays_behind", "onder gaat al niet zoals verwacht: dit verband is nog niet beproefd"
    UNDECIDED = "undecided", "nog niet te zeggen"


class LinkTestVerdict(Labelled):
    """What the team-years say about a link: does the upper node move where and when the lower one does?"""

    MOVES_ALONG = "moves_along", "boven beweegt mee"
    STAYS_BEHIND = "stays_behind", "boven beweegt niet mee"
    TOO_UNCERTAIN = "too_uncertain", "te onzeker om te zeggen"
    NOT_TESTABLE = "not_testable", "nog niet te toetsen"


class Diagnosis(Labelled):
    """Where a branch breaks, by the rules of the method; too little data is an answer too."""

    POLICY_LOGIC = "policy_logic", "de beleidslogica klopt niet"
    APPROACH = "approach", "de aanpak werkt niet"
    EXECUTION = "execution", "de uitvoering of de steun schiet tekort"
    HOLDS = "holds", "de keten houdt stand"
    TOO_LITTLE = "too_little", "te weinig gegevens"


class EvidenceGrade(Labelled):
    """How well the chain below a node is supported: as well as its weakest link. From worst to best."""

    CONTRADICTED = "contradicted", "weersproken"
    NONE = "none", "niet onderbouwd"
    WEAK = "weak", "zwak onderbouwd"
    MODERATE = "moderate", "redelijk onderbouwd"
    STRONG = "strong", "sterk onderbouwd"


class StoryPart(Labelled):
    """A part of a contribution story."""

    CLAIM = "claim", "wat wij beweren"
    FOR = "for", "wat ervoor spreekt"
    AGAINST = "against", "wat ertegen spreekt"
    RIVAL = "rival", "andere verklaringen"
    OPEN = "open", "wat nog open is"


# Names in the workbook of what has a code in YAML; moments such as m6 and k2 stay as they are.
SUBJECT_NAMES = {
    "zrm": "ZRM",
    "ladder": "Participatieladder",
    "experienced": "ervaren baat",
    "events": "gebeurtenissen",
    "provisions": "voorzieningen",
    "solutions": "oplossingen",
    "hours": "uren",
}
MOMENT_NAMES = {"first": "eerste meting", "last": "laatste meting", "monitoring": "waakvlam"}
UNIT_NAMES = {"points": "punten", "share": "aandeel", "amount": "hoeveelheid per persoon per jaar"}
DESIGN_NAMES = {
    "before_after": "voor en na",
    "comparison": "vergelijking",
    "staggered": "gespreide start",
    "series": "reeks",
}
RESEMBLES_NAMES = {"yes": "ja", "partly": "deels", "no": "nee"}
SLICE_NAMES = {"team_type": "soort team", "cohort": "jaar van instroom"}

# What a value row says when there is no figure, beside the gate's own words.
NO_ROWS = "missing"
ONE_PERIOD = "one_period"
UNEQUAL_FOLLOW_UP = "unequal_follow_up"
PERIOD_IN_PART = "period_in_part"
# What the tree must say first: which of several units, or of several figures.
SEVERAL_UNITS, SEVERAL_FIGURES = TO_BE_SAID = ("several_units", "several_figures")

PURPOSE = "Dit cijfer is om van te leren. Het is geen doel, geen norm en geen afrekening."
CHANGE_ONLY = "Bij een verandering zegt het cijfer niet of de aanpak haar veroorzaakt."
NO_TARGETS = (
    "Een indicator in een Resultatenlogica is om van te leren, niet om op af te rekenen; "
    "een doel of norm hoort er niet in."
)
INSTEAD_OF_A_TARGET = "Schrijf bij de verwachting op welke richting u verwacht en waarom, en haal dit hier weg."
