"""How things stand in every municipality of a region: kinds and names of releases, never a message or a figure."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from filelock import FileLock, Timeout

from data_contracts.errors import StudyError, WijkbaatError
from pipelines.region.members import Municipality, RegionFiles
from pipelines.region.one import LastRun, last_run
from pipelines.releases.release import current, releases
from pipelines.storage.home import Home
from pipelines.storage.journal import LAST
from pipelines.storage.receipts import Receipts

NEVER, RUNNING, CUT_OFF, DONE = "never", "running", "cut_off", "done"
# By the exit code of a run (data_contracts/errors.py).
_KIND = {0: DONE, 2: "study", 3: "refused", 4: "busy", 5: "machine", 6: "gate"}
BUG = "bug"


@dataclass(frozen=True, slots=True)
class Standing:
    """One municipality: the last run, the release that counts, the newer concept that waits, the deliveries refused."""

    name: str
    municipality: str
    run: str
    ended: str
    current: str
    waiting: str
    n_refused: int

    @property
    def has_none(self) -> bool:
        """Whether it ran well and still no release counts, such as after one was withdrawn."""
        return self.run == DONE and not self.current and not self.waiting

    @property
    def needs_somebody(self) -> bool:
        """Whether a person must look."""
        ran_badly = self.run not in (DONE, RUNNING, NEVER)
        return ran_badly or self.has_none or bool(self.waiting) or self.n_refused > 0


def standings(region: RegionFiles) -> list[Standing]:
    """Of every municipality, in the order of region.yaml; one that cannot be read is told as such."""
    return [_standing(one) for one in region.municipalities]


def as_data(found: list[Standing]) -> list[dict[str, Any]]:
    """What --json prints."""
    return [{**asdict(one), "needs_somebody": one.needs_somebody} for one in found]


def _standing(one: Municipality) -> Standing:
    try:
        municipality = one.says().municipality
    except WijkbaatError:
        return Standing(one.name, one.name, "study", "", "", "", 0)
    if one.home is None:
        return Standing(one.name, municipality, "elsewhere", "", one.place.name, "", 0)
    known = last_run(one.home)
    run, ended = kind_of(known, one.home), known.ended if known else ""
    try:
        now = current(one.home) or ""
        waiting = _waiting(one.home)
    except StudyError:
        return Standing(one.name, municipality, "released", ended, "", "", 0)
    refused = len(Receipts(one.home.receipts).refused()) if one.home.receipts.is_dir() else 0
    return Standing(one.name, municipality, run, ended, now, waiting, refused)


def _waiting(home: Home) -> str:
    """The newest release, where nobody decided about it yet."""
    path = home.closed / LAST
    newest = path.read_text(encoding="utf-8").strip() if path.is_file() else ""
    return next((one.name for one in releases(home) if one.name == newest and one.status == "concept"), "")


def kind_of(known: LastRun | None, home: Home) -> str:
    """What became of the last run; one that has no end and holds no lock was cut off."""
    if known is None:
        return NEVER
    if known.exit is None:
        return RUNNING if is_at_work(home) else CUT_OFF
    return _KIND.get(known.exit, BUG)


def is_at_work(home: Home) -> bool:
    """Whether a run holds this home; the kernel's lock, so who died holds nothing."""
    try:
        with FileLock(home.closed / "lock", timeout=0):
            return False
    except Timeout:
        return True
