"""The release that a new one is set beside: the last that was published with other figures."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from pipelines.releases.errata import rectifications, table_of
from pipelines.releases.release import approved_ever
from pipelines.storage.home import Home
from pipelines.storage.whole import MANIFEST, listed, manifest_of
from reports.released.since import PutRight, Since

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
    for name in reversed(approved_ever(home)):
        directory = home.released / name
        if not (directory / MANIFEST).is_file():
            continue
        manifest = manifest_of(directory)
        there = {one["path"]: one["sha256"] for one in manifest["files"] if str(one["path"]).startswith("tables/")}
        if there != tables:
            found = {one: frame for one in COMPARED if (frame := table_of(directory, one)) is not None}
            return Since(
                name,
                found,
                tuple(manifest["deliveries"]),
                tuple(sorted((str(one), str(version)) for one, version in manifest["versions"].items())),
                str(manifest["study_sha256"])[:16],
                _put_right(home, revised),
                tuple(manifest.get("asked", [])),
            )
    return None


def _put_right(home: Home, revised: pd.DataFrame) -> tuple[PutRight, ...]:
    """The rectifications that figures of this release are marked with."""
    counts = set(revised["revised_from"])
    return tuple(
        PutRight(one.release, one.cause.value, one.by, one.why) for one in rectifications(home) if one.release in counts
    )
