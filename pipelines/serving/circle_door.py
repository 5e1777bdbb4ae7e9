"""The one door to a circle's memory while its app runs: read all of it, or add one record; nothing else does either.

It stands behind the guard of the app, so only who has the link comes here. A refusal is 422 with words for who wrote.
"""

from __future__ import annotations

import json

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.types import Receive, Scope, Send

from data_contracts.errors import StudyError
from pipelines.storage.circle_journal import CircleJournal
from reports.circle.records import as_record

DOOR = "/geheugen"
LONGEST = 20_000  # bytes of one record


class CircleDoor:
    """An ASGI app over one journal."""

    def __init__(self, journal: CircleJournal) -> None:
        self.journal = journal

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a GET with every record, and a POST with whether it is new."""
        request = Request(scope, receive)
        answer = await (self._add(request) if request.method == "POST" else run_in_threadpool(self._all))
        await answer(scope, receive, send)

    def _all(self) -> JSONResponse:
        try:
            return JSONResponse({"records": [as_record(one) for one in self.journal.events()]})
        except StudyError as error:
            return JSONResponse({"why": str(error)}, 422)

    async def _add(self, request: Request) -> JSONResponse:
        body = b""
        async for part in request.stream():
            body += part
            if len(body) > LONGEST:
                return JSONResponse({"why": "Dit is te lang om te bewaren. Maak er kortere kaarten van."}, 422)
        try:
            record = json.loads(body)
            if not isinstance(record, dict):
                raise ValueError
        except (ValueError, RecursionError):
            return JSONResponse({"why": "Dit is geen kaart of afspraak."}, 422)
        try:
            return JSONResponse({"is_new": await run_in_threadpool(self.journal.add, record)})
        except StudyError as error:
            return JSONResponse({"why": str(error)}, 422)
