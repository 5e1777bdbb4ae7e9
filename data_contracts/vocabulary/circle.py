"""The words of a learning circle: who sits there, the four rounds, and what becomes of what they say."""

from __future__ import annotations

from data_contracts.vocabulary.field import Labelled


class RoleGroup(Labelled):
    """A group that writes its own cards, because the difference between groups is the finding."""

    TEAM = "team", "teamleden"
    ACCESS = "access", "medewerkers van het toegangsloket"
    LEADERS = "leaders", "teamleiders"
    POLICY = "policy", "beleid"
    RESEARCH = "research", "onderzoekers en docenten"
    RESIDENTS = "residents", "inwoners"
    CLIENT_COUNCIL = "client_council", "cliëntenraad"


FEWEST_IN_GROUP = 4
TOGETHER = "together"  # groups that are too small to be told apart, as one
TOGETHER_LABEL = "kleine groepen samen"


def group_label(code: str) -> str:
    """What a role group, or the small ones together, is called."""
    return _GROUPS[code]


_GROUPS = RoleGroup.labels() | {TOGETHER: TOGETHER_LABEL}


class Round(Labelled):
    """The four rounds over a figure, in order."""

    SEE = "see", "Wat zien we?"
    FEEL = "feel", "Wat doet het met ons?"
    WHY = "why", "Hoe kan dat? Welke andere verklaring is er?"
    DO = "do", "Wat gaan we doen?"


class ReadingStatus(Labelled):
    """How far the circle is with its reading of a figure; adopted at the next meeting, and open to revision."""

    CONCEPT = "concept", "concept"
    ADOPTED = "adopted", "vastgesteld"
    REVISED = "revised", "herzien"


class PromiseStatus(Labelled):
    """What became of something that was agreed."""

    OPEN = "open", "nog open"
    DONE = "done", "gedaan"
    NOT_DONE = "not_done", "niet gedaan"


class ExchangeKind(Labelled):
    """What goes between practice (onderstroom) and policy (bovenstroom); the first two go up, the others down."""

    BOTTLENECK = "bottleneck", "knelpunt"
    GOOD_PRACTICE = "good_practice", "goede ervaring"
    EXPECTATION = "expectation", "verwachting van beleid"
    ANSWER = "answer", "antwoord van beleid"

    @property
    def goes_up(self) -> bool:
        """From practice to policy."""
        return self in (ExchangeKind.BOTTLENECK, ExchangeKind.GOOD_PRACTICE)


class OwnQuestion(Labelled):
    """Where the circle's own question goes."""

    ASK = "ask", "vraag aan de cijfers, voor de onderzoeker"
    INDICATOR = "indicator", "nieuwe indicator in de boom"
    REGISTER = "register", "ga dit registreren"


class FiledAs(Labelled):
    """What a card becomes on a link of the tree."""

    EVIDENCE_FOR = "evidence_for", "ervaring die het verband steunt"
    EVIDENCE_AGAINST = "evidence_against", "ervaring die het verband tegenspreekt"
    RIVAL = "rival", "andere verklaring"


# What a figure shows: 0 where its margin spans zero.
SEEN = {1: "meer mensen vooruit dan achteruit", 0: "geen zeker verschil", -1: "meer mensen achteruit dan vooruit"}
NO_GUARANTEE = (
    "Namen, adressen en nummers die wij herkennen houden we tegen, maar wij herkennen niet alles. Schrijf dus nooit "
    "over wie het gaat, alleen wat er gebeurt."
)
