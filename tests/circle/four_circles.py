"""A year of four circles, as a facilitator lives it: sessions in the app, and commands in between."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Browser

from tests.circle.facilitator import Facilitator
from tests.surfaces.pages import ROOT, opened

FINANCES = "Financiën: eerste meting tot laatste meting"
HOUSING = "Huisvesting: eerste meting tot laatste meting"
DAYS = ("2026-02-12", "2026-05-21", "2026-09-10", "2026-11-26")
PRESENT = {"Teamleden": 8, "Medewerkers van het toegangsloket": 5, "Teamleiders": 4, "Beleid": 4, "Inwoners": 5}
HANDS = {"teamleden": (6, 1, 1), "teamleiders": (1, 2, 1), "inwoners": (0, 1, 4)}
CARDS = {
    "Teamleden": "Schulden komen laat boven tafel",
    "Medewerkers van het toegangsloket": "Mensen bellen pas bij een aanmaning",
    "Teamleiders": "Wie nieuw is, scoort voorzichtiger",
    "Beleid": "Een regeling kost drie maanden",
    "Inwoners": "De brief is niet te lezen",
}
READING = "Mensen krijgen weer grip op hun geld, maar wij zien hen laat"
DISSENT = "Inwoners zien vooral wie afhaakt"
BOTTLENECK = "De brieven over schuldhulp zijn te moeilijk"
ANSWER = "Vanaf de zomer schrijven wij alle brieven in gewone taal"
PROMISE = "Bij elk eerste gesprek vragen naar achterstanden"


@dataclass
class Year:
    """One home through the year: a session at a time, and commands in between."""

    browser: Browser
    study: Path
    home: Path
    pictures: Path | None = None
    between: Callable[[], None] | None = None
    seen: list[str] = field(default_factory=list)

    def lives(self) -> None:
        """All four."""
        for at, act in enumerate((self._first, self._second, self._third, self._fourth)):
            with opened("session", str(self.study), "--home", str(self.home)) as pages:
                context = self.browser.new_context(locale="nl-NL", viewport={"width": 1000, "height": 1150})
                facilitator = Facilitator(context.new_page())
                facilitator.opens_the_app(pages.link)
                act(facilitator, DAYS[at])
                context.close()
            if at == 0:
                self._policy_answers()
            if at == 1 and self.between:
                self.between()

    def _first(self, she: Facilitator, day: str) -> None:
        she.opens_a_session(day, [FINANCES, HOUSING], PRESENT, "Wie zien wij niet?", "ga dit registreren")
        she.counts_hands(FINANCES, HANDS)
        self._picture(she, "raden")
        self.seen.append(she.reveals())
        self._picture(she, "onthullen")
        for group, text in CARDS.items():
            she.lays_a_card(FINANCES, "Wat zien we?", group, text)
        she.is_told_about("Mevrouw Jansen belt elke week", "Hier lijkt een naam in te staan")
        self._picture(she, "kaarten")
        she.makes_a_pile(FINANCES, "Te laat in beeld", [CARDS["Teamleden"], CARDS["Inwoners"]])
        self._picture(she, "stapels")
        she.reads(FINANCES, READING, DISSENT)
        she.agrees(PROMISE, "teamleider")
        she.sends_up(BOTTLENECK, "beleid schuldhulp")
        she.closes()
        self._picture(she, "verslag")

    def _second(self, she: Facilitator, day: str) -> None:
        she.sees_what_was_agreed(PROMISE)
        self._picture(she, "terugblik")
        she.opens_a_session(day, [FINANCES, HOUSING], PRESENT)
        she.adopts_the_minutes()
        she.settles("gedaan", "Het staat in het gespreksformulier")
        she.adopts_the_reading(FINANCES)
        self._picture(she, "vaststellen")
        she.counts_hands(HOUSING, HANDS)
        she.reveals()
        she.agrees("Twijfelen of een regeling genoeg is", "kring")
        she.closes()

    def _third(self, she: Facilitator, day: str) -> None:
        she.opens_a_session(day, [HOUSING], PRESENT)
        she.adopts_the_minutes()
        she.lays_a_card(HOUSING, "Hoe kan dat? Welke andere verklaring is er?", "Beleid", "Er kwamen woningen bij")
        she.closes()

    def _fourth(self, she: Facilitator, day: str) -> None:
        she.opens_a_session(day, [FINANCES], PRESENT)
        she.adopts_the_minutes()
        she.goes_to("9. Verslag")
        she.closes()

    def _policy_answers(self) -> None:
        listed = self.runs("circle", "list", str(self.study))
        line = next(one for one in listed.splitlines() if BOTTLENECK in one)
        reply = ("--text", ANSWER, "--by", "beleid schuldhulp", "--on", "2026-03-20")
        self.runs("circle", "answer", str(self.study), line.split()[0], *reply)

    def runs(self, *arguments: str) -> str:
        """A command of ours on this home, as somebody types it."""
        command = [sys.executable, "-c", "from pipelines.cli import main; main()", *arguments, "--home", str(self.home)]
        return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True, timeout=300).stdout

    def _picture(self, she: Facilitator, name: str) -> None:
        if self.pictures is not None:
            she.page.wait_for_timeout(1_000)
            she.page.screenshot(path=str(self.pictures / f"{name}.png"))
