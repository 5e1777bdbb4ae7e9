"""What the study may argue with: teams that began on different days can be compared, if somebody chooses so."""

from __future__ import annotations

from typing import Any

from pipelines.init.proposal import Proposal
from pipelines.init.questions import Question, Talk

BEFORE_AFTER, STAGGERED = "before_after", "staggered"
DESIGN = "ontwerp"


def design_entry(proposal: Proposal, talk: Talk) -> dict[str, Any]:
    """The design for study.yaml: the one that claims least, unless the teams began apart and somebody says so."""
    registers = [one for one in proposal.readings if one.table == "teams" and "approach_started_on" in one.columns]
    starts = {str(cell).strip() for one in registers for cell in one.cells("approach_started_on") if cell}
    if len(starts) < 2:
        return {"kind": BEFORE_AFTER}
    chosen = talk.text(
        Question(
            DESIGN,
            "De teams begonnen niet op één dag met de nieuwe werkwijze. Waarmee vergelijkt de studie?",
            {
                STAGGERED: "met de teams die later of niet begonnen: dat kan een effect laten zien",
                BEFORE_AFTER: "met dezelfde mensen eerder: dat laat alleen een verandering zien",
            },
            default=BEFORE_AFTER,
            guide="Bijvoorbeeld: staggered. Bron: docs/effect.md.",
        )
    )
    if chosen != STAGGERED:
        return {"kind": BEFORE_AFTER}
    text = "Hoe heet de nieuwe werkwijze?"
    name = talk.text(Question("werkwijze", text, guide="Bijvoorbeeld: Nieuwe werkwijze. Bron: het besluit erover."))
    return {"kind": STAGGERED, "new_approach": name}
