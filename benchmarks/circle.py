"""How long a circle waits: `python -m benchmarks.circle STUDY HOME`, with the medians asked beside them.

Opens: from the link of the app to the first form in Chromium. Slider: the balance app's computing and drawing for one
move. Card: from the app's request to the answer of the door, with a year of cards kept already.
"""

from __future__ import annotations

import os
import statistics
import sys
import tempfile
import time
from pathlib import Path

from playwright.sync_api import sync_playwright

from mkba.binding.released_quantities import READS, released_quantities
from mkba.inputs.shipped import parameter_packs
from mkba.what_if import WhatIf
from notebooks.study_files import mkba_of, study_of
from pipelines.releases.release import current
from pipelines.releases.released_tables import tables_of
from pipelines.storage.circle_journal import CircleJournal
from pipelines.storage.home import Home
from reports import what_if
from tests.circle.told import card, opened
from tests.surfaces.conftest import ARGUMENTS, chromium_path
from tests.surfaces.pages import opened as serving

ASKED = {"opent": 3.0, "schuif": 0.3, "kaart": 0.2}
TIMES, CARDS = 5, 400


def main(study: Path, home: Path) -> None:
    """Print the medians."""
    found = {"opent": opens(study, home), "schuif": slides(study, home), "kaart": keeps()}
    load = os.getloadavg()[0]
    for name, seconds in found.items():
        print(f"{name}: {statistics.median(seconds):.3f} s (gevraagd {ASKED[name]}), van {TIMES} keer; load {load:.0f}")


def opens(study: Path, home: Path) -> list[float]:
    """The app after its first time, as a circle opens it: the server has loaded what it needs."""
    found = []
    with serving("session", str(study), "--home", str(home)) as pages, sync_playwright() as play:
        browser = play.chromium.launch(executable_path=chromium_path(), args=ARGUMENTS)
        for at in range(TIMES + 1):
            page = browser.new_context().new_page()
            page.goto(pages.link)
            started = time.monotonic()
            page.get_by_role("link", name="Een bijeenkomst").click()
            page.get_by_role("button", name="Open de bijeenkomst").wait_for()
            found += [time.monotonic() - started] if at else []
            page.close()
        browser.close()
    return found


def slides(study: Path, home: Path) -> list[float]:
    """One move of the effect."""
    given = {"WIJKBAAT_STUDY": str(study)}
    release = Home(home).released / str(current(Home(home)))
    released = released_quantities(study_of(given)[1].design, tables_of(release, READS))
    model, packs, found = mkba_of(given), parameter_packs(), []
    for at in range(TIMES + 1):
        started = time.monotonic()
        what_if.shown(model, packs, released, WhatIf(effect=1 + at / 10))
        found += [time.monotonic() - started] if at else []
    return found


def keeps() -> list[float]:
    """A card into a journal that holds four hundred."""
    with tempfile.TemporaryDirectory() as directory:
        journal = CircleJournal(Home(Path(directory)))
        journal.add(opened())
        for at in range(CARDS):
            journal.add(card(f"Gedachte nummer {at} van een ander"))
        found = []
        for at in range(TIMES):
            started = time.monotonic()
            journal.add(card(f"Nog een gedachte {at}"))
            found.append(time.monotonic() - started)
        return found


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
