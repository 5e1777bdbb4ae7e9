"""The Participatieladder: its steps in either variant, and the goal that a client has on it.

Sources: VNG Participatieladder (2008); steps by the AKC's rules, where schooling is step 3; the extended variant adds
'vrijwilligerswerk, opleiding' to step 4.
"""

from __future__ import annotations

from data_contracts.vocabulary.field import Labelled

# A series beside the steps: 1 = below the client's own goal, 2 = at it or above.
OWN_GOAL = "own_goal"


class LadderVariant(Labelled):
    """Variants of the Participatieladder; schooling is step 3 in the first and step 4 in the second."""

    CLASSIC = "classic", "klassiek"
    EXTENDED = "extended", "uitgebreid (met vrijwilligerswerk en opleiding op trede 4)"


LADDER_LABELS: dict[int, str] = {
    1: "geïsoleerd levend",
    2: "sociale contacten buitenshuis",
    3: "deelname aan georganiseerde activiteiten",
    4: "onbetaald werk",
    5: "betaald werk met ondersteuning",
    6: "betaald werk",
}
_ADDED = {LadderVariant.EXTENDED: {4: ("vrijwilligerswerk", "opleiding")}}


def added_words(variant: LadderVariant) -> dict[str, int]:
    """Words that stand at a step in this variant only, with their step."""
    return {word: step for step, words in _ADDED.get(variant, {}).items() for word in words}


def step_labels(variant: LadderVariant) -> dict[int, str]:
    """Every step in the words of a variant, those that it added behind the others."""
    added = _ADDED.get(variant, {})
    return {step: ", ".join((label, *added.get(step, ()))) for step, label in LADDER_LABELS.items()}
