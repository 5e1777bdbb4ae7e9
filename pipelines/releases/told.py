"""The releases of a home as a person or a program reads them: status, which one counts, which one was wrong."""

from __future__ import annotations

from typing import Any

from pipelines.releases.approving import first_approval
from pipelines.releases.errata import rectifications
from pipelines.releases.release import current, releases
from pipelines.storage.home import Home
from pipelines.storage.whole import manifest_of


def releases_told(home: Home) -> list[dict[str, Any]]:
    """One object per release, in the order of their names."""
    wrong = {
        one.release: {
            "cause": one.cause.value,
            "label": one.cause.label,
            "by": one.by,
            "on": one.on.isoformat(),
            "why": one.why,
        }
        for one in rectifications(home)
    }
    counts = current(home)
    return [
        {
            "name": one.name,
            "status": one.status,
            "is_current": one.name == counts,
            "approved_once_by": first_approval(home, one.name) if one.status == "concept" else None,
            "wrong": wrong.get(one.name),
            "rectifies": list(manifest_of(one.directory).get("rectifies", [])),
        }
        for one in releases(home)
    ]
