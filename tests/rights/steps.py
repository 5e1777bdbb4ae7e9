"""An erasure as a step that can be killed: it imports no more than that needs."""

from __future__ import annotations

import datetime as dt

from pipelines.rights.acts import Asked
from pipelines.rights.deciding import erase
from pipelines.rights.named_people import named_in
from pipelines.storage.home import Home
from pipelines.study.workplace import Workplace, read_study

ASKED = Asked("P. Privacy, functionaris", "een verzoek om gewist te worden", dt.date(2026, 6, 1))


def erases(home: Home) -> None:
    """Erase who is on the list that lies in the home."""
    place = Workplace(read_study(home.root / "studie"), home, None, 1)
    erase(place, named_in(home.root / "lijst.csv", place.files.study.pseudonym_pattern), ASKED)
