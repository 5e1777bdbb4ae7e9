"""The form in a browser on this machine, behind the guard of our pages; it ends when its last button is pressed."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar
from urllib.parse import parse_qs

from data_contracts.errors import StudyError
from pipelines.road.form.filling import Filling
from reports.html.form import form_html

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.types import ASGIApp

Made = TypeVar("Made")


def filled_in(form: Filling[Made], command: str) -> Made:
    """Serve until the form is finished; raises StudyError when it was left half-way."""
    from pipelines.serving.link import tell
    from pipelines.serving.server import Ending, listening_socket, serve

    ending = Ending()
    serve(lambda _: form_app(form, ending.now), listening_socket(0), tell, ending)
    if form.finished is None:
        raise StudyError(f"Het formulier is nog niet klaar. Uw antwoorden staan er nog; ga verder met: {command}.")
    return form.finished


def form_app(form: Filling[Made], end: Callable[[], None]) -> ASGIApp:
    """One page: GET shows what is open, POST takes replies; `end` is called after the last answer was sent."""
    from starlette.background import BackgroundTask
    from starlette.requests import Request
    from starlette.responses import HTMLResponse, RedirectResponse, Response
    from starlette.types import Receive, Scope, Send

    async def answered(request: Request) -> Response:
        if request.method == "POST":
            sent = parse_qs((await request.body()).decode("utf-8", "replace"), keep_blank_values=True)
            if "klaar" not in sent:
                form.take(sent)
            elif form.finish():
                return HTMLResponse(form_html(form.page()), background=BackgroundTask(end))
            return RedirectResponse("./", 303)
        return HTMLResponse(form_html(form.page(request.query_params.get("vraag"))), headers=_UNKEPT)

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            await (await answered(Request(scope, receive)))(scope, receive, send)

    return app


_UNKEPT = {"Cache-Control": "no-store"}
