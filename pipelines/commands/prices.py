"""`wijkbaat prices`: which prices ship, how old they are, where they come from, and what was sought and not found."""

from __future__ import annotations

import datetime as dt
import json
from collections import Counter
from typing import TYPE_CHECKING

import typer

from pipelines.commands.in_dutch import App
from pipelines.commands.shared import AsJson

if TYPE_CHECKING:
    from mkba.inputs.price_register import Listed

prices_app = App(help="Welke prijzen er zijn, hoe oud zij zijn en waar zij vandaan komen.")


@prices_app.command("list")
def list_prices(as_json: AsJson = False) -> None:
    """Alle prijzen met hun jaar, zekerheid en bron, en waar wij zochten en niets vonden."""
    from mkba.inputs.price_register import current_lists
    from mkba.inputs.shipped import parameter_packs

    found = _listed()
    missing = [one for pack in current_lists(parameter_packs()) for one in pack.not_found]
    if as_json:
        unknown = [one.model_dump() for one in missing]
        typer.echo(json.dumps({"prices": [_as_data(one) for one in found], "not_found": unknown}, ensure_ascii=False))
        return
    pack = ""
    for one in found:
        if one.pack.id != pack:
            pack = one.pack.id
            typer.echo(f"\n{one.pack.label} ({pack})")
        typer.echo(_told(one))
    typer.echo("\nWij vonden geen prijs voor:")
    for gone in missing:
        typer.echo(f"  {gone.item}\n    gezocht: {gone.looked_in}\n    vraag het na bij: {gone.ask}")


@prices_app.command("stale")
def stale(as_json: AsJson = False) -> None:
    """Prijzen van meer dan vijf jaar geleden."""
    old = [one for one in _listed() if one.is_old]
    if as_json:
        typer.echo(json.dumps([_as_data(one) for one in old], ensure_ascii=False))
        return
    for one in sorted(old, key=lambda one: (-one.age_years, one.price.id)):
        typer.echo(f"{_told(one)}\n    {one.age_years} jaar oud")
    count = f"{len(old)} van de {len(_listed())} prijzen zijn ouder dan vijf jaar"
    typer.echo(f"\n{count}. Zoek een nieuwere, of neem uw eigen contract.")


@prices_app.command("sources")
def sources(as_json: AsJson = False) -> None:
    """Waar de prijzen vandaan komen: per bron hoeveel, hoe zeker en wanneer nagekeken."""
    found = Counter(
        (one.price.source, one.price.status, one.price.checked_on or one.pack.checked_on) for one in _listed()
    )
    if as_json:
        rows = [
            {"source": source, "status": status.value, "checked_on": day.isoformat(), "n_prices": n}
            for (source, status, day), n in found.items()
        ]
        typer.echo(json.dumps(rows, ensure_ascii=False))
        return
    for (source, status, day), n in found.most_common():
        typer.echo(f"{n:>4}  {status.label} ({day.isoformat()})  {source}")


def _listed() -> list[Listed]:
    from mkba.inputs.price_register import listed
    from mkba.inputs.shipped import parameter_packs

    return listed(parameter_packs(), dt.datetime.now(tz=dt.UTC).year)


def _as_data(one: Listed) -> dict[str, object]:
    price = one.price
    return {
        "pack": one.pack.id,
        "id": price.id,
        "label": price.label,
        "unit": price.unit,
        "value": price.value,
        "low": price.low,
        "high": price.high,
        "price_year": price.price_year,
        "age_years": one.age_years,
        "is_old": one.is_old,
        "status": price.status.value,
        "source": price.cited,
        "note": price.note,
    }


def _told(one: Listed) -> str:
    from reports.language.dutch import cents

    price = one.price
    amount = cents(price.value)
    if price.low is not None and price.high is not None:
        amount += f" ({cents(price.low)} tot {cents(price.high)})"
    note = f"\n    {price.note}" if price.note else ""
    about = f"  {price.id}: {price.label}, {amount} van {price.price_year}, {price.status.label}"
    return f"{about}\n    {price.cited}{note}"
