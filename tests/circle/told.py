"""A circle that tests can talk to: records with invented marks, in a home of their own."""

from __future__ import annotations

import itertools
from typing import Any

from data_contracts.vocabulary.circle import RoleGroup

FINANCES = "zrm/finances/all/all/first/last"
HOUSING = "zrm/housing/all/all/first/last"
FIRST, SECOND = "2026-02-12", "2026-05-21"
PRESENT = {RoleGroup.TEAM: 8, RoleGroup.ACCESS: 5, RoleGroup.LEADERS: 4, RoleGroup.POLICY: 2, RoleGroup.RESIDENTS: 3}
_numbers = itertools.count(1)


def said(kind: str, session: str = FIRST, **more: Any) -> dict[str, Any]:
    """A record as an app sends it."""
    mark = more.pop("id", None) or f"demo-{next(_numbers):04d}"
    return {"kind": kind, "id": mark, "session": session, "on": session, **more}


def opened(session: str = FIRST, **more: Any) -> dict[str, Any]:
    """The opening of a session with twenty-two people."""
    usual = {"agenda": [FINANCES, HOUSING], "present": {one.value: n for one, n in PRESENT.items()}}
    return said("opened", session, **(usual | more))


def card(text: str, group: str = "team", session: str = FIRST, **more: Any) -> dict[str, Any]:
    """A card in the first round about the first figure."""
    return said("card", session, **({"topic": FINANCES, "round": "see", "group": group, "text": text} | more))
