"""The learning circle's apps behind our guard: `python -m pipelines.serving.circle_app`.

The release stands in WIJKBAAT_RELEASE, the home in WIJKBAAT_HOME. marimo leaves the login to who asks for its apps.
"""

from __future__ import annotations

import importlib
import os
import threading
from pathlib import Path
from typing import TYPE_CHECKING

from pipelines.serving.family import end_with_parent
from pipelines.serving.link import tell
from pipelines.storage.house import HOUSE

if TYPE_CHECKING:
    from starlette.types import ASGIApp

    from pipelines.serving.guard import Address

NOTEBOOKS = HOUSE / "notebooks"
# Path of each app -> what it is for, as its link says; the file in notebooks/ has the same name.
APPS = {
    "leerkring": "Een bijeenkomst van begin tot verslag",
    "verkennen": "Zelf een cijfer kiezen: eerst raden, dan zien",
    "resultatenlogica": "De boom: van aanpak tot waarom, en een stap erbij",
    "mkba_rekenen": "Rekenen met de MKBA: wat als",
}


def main() -> None:
    """Serve until stopped."""
    end_with_parent()
    from pipelines.serving.server import listening_socket, serve

    serve(circle_apps, listening_socket(0), _begin)


def circle_apps(here: Address) -> ASGIApp:
    """The page that leads to the apps, the apps, and the door to the memory, all under the path of `here`."""
    import marimo

    from pipelines.serving.circle_door import DOOR, CircleDoor
    from pipelines.serving.circle_pages import HEAD, InDutch, Pages
    from pipelines.storage.circle_journal import CircleJournal
    from pipelines.storage.home import Home

    journal = CircleJournal(Home(Path(os.environ["WIJKBAAT_HOME"])))
    os.environ["WIJKBAAT_CIRCLE"] = f"http://{here.hosts[0]}{here.path}{DOOR}"
    os.environ["WIJKBAAT_CIRCLE_TOKEN"] = here.token
    apps = marimo.create_asgi_app(quiet=True, html_head=HEAD)
    for name in APPS:
        apps = apps.with_app(path=f"{here.path}/{name}", root=str(NOTEBOOKS / f"{name}.py"))
    return Pages(here.path, APPS, CircleDoor(journal), InDutch(apps.build()))


def _begin(link: str) -> None:
    """Tell the link, open it where somebody sits at the terminal, and load what the first page would wait for."""
    tell(link)
    threading.Thread(target=_load, daemon=True).start()


def _load() -> None:
    """Every app in turn, the first one first."""
    for name in APPS:
        importlib.import_module(f"notebooks.{name}")


if __name__ == "__main__":
    main()
