"""The release that a new one is set beside: the last that was published with other figures."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

import pandas as pd

from pipelines.releases.errata import rectifications, table_of
from pipelines.releases.release import approved_ever, status_of
from pipelines.storage.home import Home
from pipelines.storage.whole import MANIFEST, listed, manifest_of
from reports.released.since import Earlier, PutRight, Since

MOST_EARLIER = 8  # releases that a picture over time goes back
DRAWN = ("out_change__by_domain", "out_change__series")
COMPARED = (
    "out_change__by_domain",
    "out_effects__estimates",
    "out_mkba__headline",
    "out_mkba__balance",
    "out_mkba__trace",
    "out_mkba__line_years",
    "out_mkba__pm",
)


def previous(home: Home, files: Mapping[str, bytes], revised: pd.DataFrame) -> Since | None:
    """What was published last before a release with these `files`; None where it is the first.

    One with the same tables is this release, approved before: made again it must be the same, so that is passed over.
    """
    tables = {str(one["path"]): one["sha256"] for one in listed(files)}
    before = [name for name in _whole(home) if _tables_in(home, name) != tables]
    if not before:
        return None
    manifest = manifest_of(home.released / before[-1])
    return Since(
        before[-1],
        _frames(home, before[-1], COMPARED),
        tuple(manifest["deliveries"]),
        _versions(manifest),
        _study(manifest),
        _put_right(home, revised),
        tuple(manifest.get("asked", [])),
        tuple(_earlier(home, before)),
        _measured(manifest),
    )


def _earlier(home: Home, before: list[str]) -> Iterator[Earlier]:
    """Those of `before` that still stand; of a withdrawn one, and one that was put right, the figures were wrong."""
    wrong = {one.release for one in rectifications(home)}
    standing = [name for name in before if name not in wrong and status_of(home, name) == "approved"]
    # Of those with the same figures under another text or study the last one alone.
    last = {json.dumps(_tables_in(home, name), sort_keys=True): name for name in standing}
    for name in [one for one in standing if one in last.values()][-MOST_EARLIER:]:
        manifest = manifest_of(home.released / name)
        yield Earlier(name, _frames(home, name, DRAWN), _versions(manifest), _study(manifest), _measured(manifest))


def _whole(home: Home) -> list[str]:
    return [name for name in approved_ever(home) if (home.released / name / MANIFEST).is_file()]


def _tables_in(home: Home, name: str) -> dict[str, str]:
    """Path -> hash of the tables of a release; those of an older program have others."""
    every = manifest_of(home.released / name)["files"]
    return {str(one["path"]): str(one["sha256"]) for one in every if str(one["path"]).startswith("tables/")}


def _frames(home: Home, name: str, wanted: tuple[str, ...]) -> dict[str, pd.DataFrame]:
    return {one: frame for one in wanted if (frame := table_of(home.released / name, one)) is not None}


def _versions(manifest: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    return tuple(sorted((str(one), str(version)) for one, version in manifest["versions"].items()))


def _study(manifest: Mapping[str, Any]) -> str:
    return str(manifest["study_sha256"])[:16]


def _measured(manifest: Mapping[str, Any]) -> str:
    """Empty for a release of before it was kept."""
    return str(manifest.get("measured_sha256", ""))[:16]


def _put_right(home: Home, revised: pd.DataFrame) -> tuple[PutRight, ...]:
    """The rectifications that figures of this release are marked with."""
    counts = set(revised["revised_from"])
    return tuple(
        PutRight(one.release, one.cause.value, one.by, one.why) for one in rectifications(home) if one.release in counts
    )
