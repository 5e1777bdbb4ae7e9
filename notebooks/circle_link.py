"""How an app reaches the circle's memory: through the one door of the session that serves it, never through a file."""

from __future__ import annotations

import json
import os
import urllib.error
import urllib.request
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from data_contracts.errors import StudyError
from notebooks.forms.kept import new_mark
from reports.circle.events import Event
from reports.circle.memory import Memory, remembered
from reports.circle.records import event_of

NO_SESSION = "Er wordt nu niets bewaard: deze app is niet geopend met wijkbaat session."


class CircleLink:
    """The memory as an app sees it; outside a session it is empty and keeps nothing."""

    def __init__(self, environment: Mapping[str, str] = os.environ) -> None:
        self.address = environment.get("WIJKBAAT_CIRCLE", "")
        self._token = environment.get("WIJKBAAT_CIRCLE_TOKEN", "")

    def events(self) -> list[Event]:
        """Every record, oldest first."""
        if not self.address:
            return []
        return [event_of(one, is_kept=True) for one in self._asked(None)["records"]]

    def memory(self) -> Memory:
        """What the circle remembers."""
        return remembered(self.events())

    def keep(self, kind: str, session: str, mark: str | None = None, **said: Any) -> bool:
        """Keep one record, on the day of its session; StudyError says why not.

        With the same `mark` it is kept once, however often it is sent.
        """
        if not self.address:
            raise StudyError(NO_SESSION)
        record = {"kind": kind, "session": session, "on": session[:10], "id": mark or new_mark(), **said}
        return bool(self._asked(record)["is_new"])

    def _asked(self, record: dict[str, Any] | None) -> dict[str, Any]:
        parts = urlsplit(self.address)
        headers = {"Cookie": f"wijkbaat={self._token}", "Origin": f"{parts.scheme}://{parts.netloc}"}
        body = None if record is None else json.dumps(record, default=str).encode()
        asked = urllib.request.Request(self.address, body, headers)  # noqa: S310  our own server on this machine
        try:
            with urllib.request.build_opener(urllib.request.ProxyHandler({})).open(asked, timeout=20) as answer:
                return dict(json.load(answer))
        except urllib.error.HTTPError as refused:
            why = json.load(refused).get("why", "") if refused.code == 422 else ""
        except OSError:
            why = ""
        raise StudyError(why or "Niet bewaard: wijkbaat session antwoordt niet. Start de bijeenkomst opnieuw.")
