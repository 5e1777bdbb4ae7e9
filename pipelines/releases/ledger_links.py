"""Is the ledger whole? What was published must still be in it, or the next release could be compared with nothing.

closed/ledger/secret        the key of the hashes of people: with another one everybody seems to have changed
closed/ledger/links.jsonl   per published release its number of entries and the hash of its file, in order
released/LEDGER             the same without hashes, beside the releases: a closed zone that was deleted is missed there

The hashes stay in the closed zone: from the hash of a few exact counts those counts can be guessed.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path

import duckdb

from data_contracts.errors import GateRefused
from pipelines.releases.release import approved_ever
from pipelines.storage.home import Home
from pipelines.storage.platform import short_connection, write_whole
from pipelines.storage.table_hash import content_hash
from pipelines.storage.whole import MANIFEST

LINKS, PROMISED, SECRET = "links.jsonl", "LEDGER", "secret"
_DO = (
    "Er is niets gepubliceerd: zonder het hele grootboek kan een nieuw cijfer naast een oud cijfer iets over enkele "
    "mensen verraden. Zet de map closed/ledger terug uit de laatste reservekopie. Is die er niet, overleg dan met de "
    "functionaris gegevensbescherming voordat u in een nieuwe, lege home begint."
)
_OLDER = (
    "Er is niets gepubliceerd: de map released is ouder dan het grootboek, dus misschien geldt daarin wat sindsdien "
    "is ingetrokken of rechtgezet. Zet released terug uit de nieuwste reservekopie. Is die er niet, overleg dan met de "
    "functionaris gegevensbescherming voordat u de hele home terugzet uit een oudere kopie."
)


@dataclass(frozen=True, slots=True)
class Link:
    """One published release in the ledger."""

    release: str
    entries: int
    sha256: str
    people: str = ""  # the hash of who contributed; empty for a release of before that was kept

    @staticmethod
    def of(release: str, path: Path, people: Path) -> Link | None:
        """The link of a release whose entries and people lie in these files; None where they cannot be read."""
        try:
            counted = short_connection().sql("SELECT count(*) FROM read_parquet(?)", params=[str(path)]).fetchall()
        except duckdb.Error:
            return None
        return Link(release, int(counted[0][0]), content_hash(path), content_hash(people) if people.exists() else "")

    @property
    def promised(self) -> str:
        """How the released zone remembers it."""
        return f"{self.release} {self.entries}"


def place_of(home: Home, release: str, where: str) -> Path:
    """Where the entries of a release lie, 'pending' or 'published', and its people, 'people_pending' or 'people'."""
    return home.closed / "ledger" / where / f"{release}.parquet"


def whole_links(home: Home) -> list[Link]:
    """The links of a ledger that is whole, put right where a killed process left it; raises GateRefused otherwise."""
    links = links_as_promised(home)
    for link in links:
        pending, published = _places(home, link.release, "pending"), _places(home, link.release, "published")
        if not published[0].exists():
            _finish(pending, published)
    if len(_promised(home)) < len(links):
        _keep(home, links)
    return links


def links_as_promised(home: Home) -> list[Link]:
    """The links, only read; raises GateRefused when a release is missing or was changed, in the ledger or beside it.

    The entries of a link that was written last may still be pending: a process was killed then. A ledger from before
    there were links gets them, as long as the released zone remembers none.
    """
    file, promised = home.closed / "ledger" / LINKS, _promised(home)
    links = _read(file) if file.exists() else ([] if promised else _first_links(home))
    if any(link.people for link in links) and not (home.closed / "ledger" / SECRET).is_file():
        raise GateRefused(
            f"Het grootboek (closed/ledger) is niet heel: de sleutel ({SECRET}) is weg, dus niet te zeggen is van wie "
            f"een cijfer verandert. {_DO}"
        )
    for link in links:
        if link != Link.of(link.release, *_where_it_lies(home, link.release)):
            raise GateRefused(
                f"Het grootboek (closed/ledger) klopt niet: publicatie {link.release} is veranderd. {_DO}"
            )
    known = [link.promised for link in links][: len(promised)]
    if known != promised or set(approved_ever(home)) - {link.release for link in links}:
        raise GateRefused(f"Het grootboek (closed/ledger) is niet heel: er ontbreken eerdere publicaties. {_DO}")
    # A process that was killed left the last of them unpromised, but its release lies there.
    lost = [link.release for link in links[len(promised) :] if not (home.released / link.release / MANIFEST).is_file()]
    if lost:
        raise GateRefused(f"Bij de publicaties (released) ontbreekt {', '.join(lost)}. {_OLDER}")
    return links


def add_link(home: Home, release: str) -> None:
    """The pending entries of a release belong to the ledger from now on."""
    link = Link.of(release, *_places(home, release, "pending"))
    if link is None:
        raise GateRefused(f"Wat publicatie '{release}' toont, is niet te lezen. Maak haar opnieuw met wijkbaat run.")
    _keep(home, [*whole_links(home), link])
    whole_links(home)


def _places(home: Home, release: str, where: str) -> tuple[Path, Path]:
    people = "people_pending" if where == "pending" else "people"
    return place_of(home, release, where), place_of(home, release, people)


def _where_it_lies(home: Home, release: str) -> tuple[Path, Path]:
    """The entries and the people of a release: published, or still pending."""
    pending, published = _places(home, release, "pending"), _places(home, release, "published")
    if published[0].exists() or not pending[0].exists():
        return published
    return pending[0], pending[1] if pending[1].exists() else published[1]


def _finish(pending: tuple[Path, Path], published: tuple[Path, Path]) -> None:
    """Put entries in their place whose link was written already, the people first."""
    for waits, place in zip(pending[::-1], published[::-1], strict=True):
        if waits.exists():
            place.parent.mkdir(parents=True, exist_ok=True)
            waits.replace(place)


def _read(file: Path) -> list[Link]:
    try:
        return [Link(**json.loads(line)) for line in file.read_text(encoding="utf-8").splitlines()]
    except (ValueError, TypeError):
        raise GateRefused(f"Het grootboek (closed/ledger/{LINKS}) is niet te lezen. {_DO}") from None


def _promised(home: Home) -> list[str]:
    file = home.released / PROMISED
    return file.read_text(encoding="utf-8").splitlines() if file.exists() else []


def _first_links(home: Home) -> list[Link]:
    """Links in the order of approval, then of name."""
    found = {path.stem: path for path in sorted((home.closed / "ledger" / "published").glob("*.parquet"))}
    order = [name for name in approved_ever(home) if name in found]
    links = [
        Link.of(name, *_places(home, name, "published"))
        for name in [*order, *(name for name in found if name not in order)]
    ]
    return [link for link in links if link is not None]


def _keep(home: Home, links: list[Link]) -> None:
    lines = "".join(json.dumps(asdict(link), sort_keys=True) + "\n" for link in links)
    write_whole(home.closed / "ledger" / LINKS, lines.encode("utf-8"))
    write_whole(home.released / PROMISED, "".join(link.promised + "\n" for link in links).encode("utf-8"))
