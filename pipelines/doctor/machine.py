"""Is this machine fit: Python, packages, typefaces, the engine and the place for temporary files."""

from __future__ import annotations

import datetime as dt
import importlib.metadata
import platform
import re
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from packaging.requirements import Requirement

from data_contracts.errors import MachineFault, StudyError
from pipelines.doctor.look import Look, Subject
from pipelines.intake.reading.watchdog import NO_LIMIT_OF_THE_SYSTEM, is_held_by_system
from pipelines.storage.house import HOUSE, UNKNOWN, UNKNOWN_COMMIT, commit
from pipelines.storage.platform import connect
from pipelines.storage.sql import quoted

NEWEST_NAMED = 5
LOCK = HOUSE / "requirements.lock"
_AGAIN = "Installeer wijkbaat opnieuw, in een omgeving van zichzelf (README, Two commands)."
_RIGHTS_OF_TEMP = "Geef het account van wijkbaat schrijfrecht in de map voor tijdelijke bestanden (TMPDIR of TEMP)."
_LOCKED = re.compile(r"^([\w.-]+(?:\[[^]]*\])?==[^\s\\]+(?:\s*;[^\\]+)?)", re.MULTILINE)


def looks_at_machine() -> Iterator[Look]:
    """A look per subject."""
    yield _python()
    yield _packages()
    software = Subject("software", "Wijkbaat")
    yield software.warning(UNKNOWN_COMMIT) if commit() == UNKNOWN else software.good(f"commit {commit()}.")
    drawing, engine = Subject("fonts", "Lettertypen en tekenen"), Subject("engine", "Rekenmachine")
    yield drawing.unless_told(_drawn, "een bladzijde en een grafiek zijn gemaakt.", _AGAIN)
    yield engine.unless_told(_spilled, f"DuckDB schrijft en leest in {tempfile.gettempdir()}.", _RIGHTS_OF_TEMP)
    yield _memory_of_reading()


def _python() -> Look:
    """The oldest Python that we know to work stands in the requirements of the distribution."""
    subject, here = Subject("python", "Python"), platform.python_version()
    asked = importlib.metadata.metadata("wijkbaat")["Requires-Python"]
    if Requirement(f"python{asked}").specifier.contains(here, prereleases=True):
        return subject.good(f"versie {here}.")
    return subject.wrong(f"versie {here}, maar gevraagd is {asked}.", "Installeer een nieuwere Python.", 2)


def _packages() -> Look:
    """What is asked must be there; what is locked is what was tested."""
    subject = Subject("packages", "Pakketten")
    if missing := _unmet(importlib.metadata.requires("wijkbaat") or []):
        return subject.wrong(f"niet zoals gevraagd: {_listed(missing)}.", _AGAIN, StudyError.exit_code)
    if not LOCK.exists():
        return subject.good("alle gevraagde pakketten zijn er.")
    other = _unmet(_LOCKED.findall(LOCK.read_text(encoding="utf-8")))
    if other:
        do = "Dezelfde cijfers zijn alleen beloofd met de versies in requirements.lock: make dev zet die neer."
        return subject.warning(f"andere versies dan getest: {_listed(other)}.", do)
    return subject.good("precies de versies van requirements.lock.")


def _unmet(texts: list[str]) -> list[str]:
    """The requirements that what is installed does not meet; those for other systems are none."""
    found = []
    for text in texts:
        asked = Requirement(text.strip())
        if asked.marker is not None and not asked.marker.evaluate({"extra": ""}):
            continue
        try:
            version = importlib.metadata.version(asked.name)
        except importlib.metadata.PackageNotFoundError:
            found.append(f"{asked.name} (ontbreekt)")
            continue
        if not asked.specifier.contains(version, prereleases=True):
            found.append(f"{asked.name} {version} (gevraagd {asked.specifier})")
    return found


def _listed(names: list[str]) -> str:
    more = f" en nog {len(names) - NEWEST_NAMED}" if len(names) > NEWEST_NAMED else ""
    return ", ".join(names[:NEWEST_NAMED]) + more


def _drawn() -> None:
    """The two libraries that draw bring or find their typefaces: one page and one chart say whether they do."""

    from data_contracts.house_style import OURS
    from reports.charts.specs import Bars
    from reports.charts.still import FONTS, svg
    from reports.language import dutch
    from reports.pdf.typeset import looks, pdf

    if not any(FONTS.glob("*.ttf")):
        raise MachineFault(f"In {FONTS} staat geen lettertype. {_AGAIN}")
    page = {"title": "Proef", "author": "", "above": "", "footer": "", "loud": True, "size": 10, "small": 9}
    pdf({**page, **looks(OURS), "chapters": []}, dt.date(2000, 1, 1))
    svg(Bars(("proef",), (1.0,), "proef", dutch.count))


def _spilled() -> None:
    with tempfile.TemporaryDirectory() as place, connect(Path(place)) as connection:
        path = Path(place) / "proef.parquet"
        connection.execute(f"COPY (SELECT range AS n FROM range(1000)) TO {quoted(path)} (FORMAT parquet)")
        if connection.execute("SELECT sum(n) FROM read_parquet($path)", {"path": str(path)}).fetchall() != [(499500,)]:
            raise MachineFault("Een tabel kwam anders terug dan zij was geschreven. Laat schijf en geheugen nakijken.")


def _memory_of_reading() -> Look:
    subject = Subject("reading", "Lezen van leveringen")
    if is_held_by_system():
        return subject.good("dit systeem begrenst tijd en geheugen.")
    return subject.warning(f"{NO_LIMIT_OF_THE_SYSTEM} ({sys.platform})")
