"""How long an effect lasts, and what of it can be taken out of a budget: only with evidence, only with an agreement."""

from __future__ import annotations

from typing import Any

from pipelines.init.questions import Question, Talk
from pipelines.road.kinds import Asked, between, guide, number, some_of, sourced, whole, words

NONE = "geen"


def ask_lasting(talk: Talk, labels: dict[str, str], lines: dict[str, dict[str, Any]], signed: str | None) -> None:
    """How long an effect lasts: as long as it was measured, unless somebody has evidence for longer."""
    text = "Welke effecten houden langer aan dan het jaar waarin ze gemeten zijn? Alleen als u dat kunt laten zien."
    help_text = guide(
        "geen. Dan telt elk effect zo lang als het gemeten is: één jaar na de intake.", "hoofdstuk Oorzaak"
    )
    for name in some_of(talk, "langer", text, labels, help_text, NONE) or []:
        line, about = lines[name], labels[name]
        line["duration_years"] = whole(talk, f"{name}.jaren", f"{about}: hoeveel jaar?", guide("2."), 1, 100)
        asked = Asked(f"{name}.afname", f"{about}: welk deel verdwijnt elk jaar, van 0 tot 1?", "0,4.", 0, 1, "beta")
        line["drop_off"] = sourced(talk, asked, signed)


def ask_cashing(talk: Talk, labels: dict[str, str], lines: dict[str, dict[str, Any]]) -> None:
    """What can be taken out of a budget: only where there is an agreement."""
    possible = {name: labels[name] for name in lines}
    if not possible:
        return
    text = "Bij welke effecten ligt er een afspraak om de besparing ook uit de begroting te halen (verzilvering)?"
    help_text = guide("geen. Zonder afspraak wordt er niets verzilverd.", "uw contracten en de begroting")
    for name in some_of(talk, "afspraken", text, possible, help_text, NONE) or []:
        about = labels[name]
        share = talk.text(
            Question(
                f"{name}.verzilverbaar", f"{about}: welk deel, van 0 tot 1?", fits=between(0, 1), guide=guide("0,6.")
            )
        )
        lag = whole(talk, f"{name}.na-jaren", f"{about}: na hoeveel jaar?", guide("1."), 0, 20)
        source = words(
            talk, f"{name}.afspraak", f"{about}: welke afspraak is dat?", guide("Inkoop Wmo 2026, artikel 4."), 8
        )
        if share is not None:
            lines[name]["cashing"] = {"share": number(share), "lag_years": lag, "source": source}
