"""`wijkbaat deliveries`: what was delivered, what it changed, and what a person decides about it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from data_contracts.errors import StudyError
from pipelines.commands.in_dutch import App
from pipelines.commands.shared import AsJson, By, HomeDir, StudyDir, Why, home_of, require_reason

if TYPE_CHECKING:
    from pipelines.storage.home import Home
    from pipelines.storage.receipts import Receipt

deliveries_app = App(help="Leveringen bekijken, intrekken of toch meenemen.")
Key = Annotated[str, typer.Argument(metavar="LEVERING", help="De sleutel van een levering, zoals list hem noemt.")]


@deliveries_app.command("list")
def list_deliveries(study: StudyDir, home: HomeDir = None, as_json: AsJson = False) -> None:
    """Laat zien welke leveringen er zijn, in de volgorde waarin ze beslissen."""
    from pipelines.intake.deliveries_told import standing_of, told_of
    from pipelines.storage.receipts import Receipts

    receipts = Receipts(deliveries_home(study, home).receipts)
    every = sorted(receipts.all(), key=lambda one: one.decides_by)
    if as_json:
        _print({"deliveries": [told_of(receipts, one) for one in every]})
        return
    for one in every:
        as_at = f", peildatum {one.as_at}" if one.as_at else ""
        typer.echo(
            f"nr. {one.order}  {one.key}  ontvangen {one.received_on}{as_at}  {standing_of(receipts, one).label}"
        )


@deliveries_app.command("show")
def show(study: StudyDir, key: Key, home: HomeDir = None, as_json: AsJson = False) -> None:
    """Laat zien wat een levering bracht en veranderde, per soort en half jaar, en wat er opvalt."""
    from pipelines.commands.summary import show_delivery
    from pipelines.intake.deliveries_told import delivery_told

    place = deliveries_home(study, home)
    told = delivery_told(place, delivery_named(place, key))
    if as_json:
        _print(told)
    else:
        show_delivery(told)


@deliveries_app.command("withdraw")
def withdraw(study: StudyDir, key: Key, by: By, why: Why, home: HomeDir = None, as_json: AsJson = False) -> None:
    """Trek een levering in; er wordt gerekend alsof zij nooit gekomen was. Het besluit blijft staan."""
    from pipelines.storage.acts import WITHDRAW

    _decide(study, home, key, WITHDRAW, by, why, as_json=as_json)


@deliveries_app.command("take")
def take(study: StudyDir, key: Key, by: By, why: Why, home: HomeDir = None, as_json: AsJson = False) -> None:
    """Neem een levering mee die opviel en daarom wachtte, of die eerder is ingetrokken."""
    from pipelines.storage.acts import TAKE

    _decide(study, home, key, TAKE, by, why, as_json=as_json)


def _decide(study: Path, home: Path | None, key: str, what: str, by: str, why: str, *, as_json: bool) -> None:
    from pipelines.intake.deciding import decide_about

    require_reason(by, why)
    place = deliveries_home(study, home)
    with place.lock():
        sentence = decide_about(place, delivery_named(place, key), what, by.strip(), why.strip())
    if as_json:
        _print({"exit": 0, "delivery": key, "act": what, "message": sentence})
    else:
        typer.echo(sentence)


def _print(told: dict[str, Any]) -> None:
    typer.echo(json.dumps(told, ensure_ascii=False))


def delivery_named(place: Home, key: str) -> Receipt:
    """The receipt with this key; StudyError with the keys that are known."""
    from pipelines.storage.receipts import Receipts

    receipts = Receipts(place.receipts)
    found = receipts.of(key)
    if found is None:
        known = ", ".join(one.key for one in receipts.all()) or "geen"
        raise StudyError(f"Er is geen levering '{key}'. Bekend: {known}.")
    return found


def deliveries_home(study: Path, home: Path | None) -> Home:
    """The home with the deliveries, put right after a killed run; a name that was mistyped makes none."""
    from pipelines.storage.home import Home

    place = Home(home_of(study, home))
    if not place.receipts.is_dir():
        raise StudyError(f"In '{place.root}' is nog niets geleverd. Draai eerst wijkbaat run, of geef --home op.")
    place.settle()
    return place
