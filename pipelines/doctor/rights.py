"""May this account work in the home at all? Looked at before anything in it is: what may not be read seems empty."""

from __future__ import annotations

import os
from pathlib import Path

from data_contracts.errors import StudyError
from pipelines.doctor.look import Look, Subject
from pipelines.storage.home import Home

_DO = "Draai wijkbaat als de eigenaar van de home, of geef dit account daar lees- en schrijfrecht."


def barred(home: Home) -> Look | None:
    """What is wrong, where the home is no directory or this account may not read and write in it; else None."""
    try:
        if home.root.exists() and not home.root.is_dir():
            told = f"'{home.root}' is een bestand."
            return Subject("home", "Home").wrong(told, "Noem een map bij --home.", StudyError.exit_code)
        places = [place for place in _places(home) if not os.access(place, os.R_OK | os.W_OK | os.X_OK)]
    except PermissionError:  # something above the home may not be entered
        places = [home.root]
    if not places:
        return None
    told = f"dit account mag niet lezen en schrijven in {_listed(places)}."
    return Subject("zones", "Rechten").wrong(told, _DO, StudyError.exit_code)


def _listed(places: list[Path]) -> str:
    return ", ".join(f"'{place}'" for place in places)


def _places(home: Home) -> list[Path]:
    """The directories of the home that are there and can be reached; the one that it is to be made in without any."""
    if not home.root.exists():
        return [next(one for one in home.root.absolute().parents if one.exists())]
    found = list[Path]()
    for place in (home.closed, *home.directories[1:], home.closed / "ledger"):
        if not any(place.is_relative_to(one) and not os.access(one, os.X_OK) for one in found) and place.is_dir():
            found.append(place)
    return found
