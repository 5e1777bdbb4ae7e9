"""mkba.yaml from the replies: asked in the order of the eight steps, written with the reason beside each part."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from mkba.inputs.model import Mkba
from mkba.inputs.reading import read_mkba
from pipelines.init.questions import Talk
from pipelines.init.writing import yaml_text
from pipelines.road.balance.chosen import chosen_effects
from pipelines.road.balance.costs import extra_people, outlays
from pipelines.road.balance.frame import alternatives, conventions, problem, signed_by, volume
from pipelines.road.balance.known import Candidate, Known

_COMMENTS = {
    "title": "Gemaakt door wijkbaat mkba new. Sleutels zijn Engels, teksten Nederlands.\n"
    "Elk getal hieronder is gekozen door iemand, met een bron; wat geen bron heeft, is een PM-post.",
    "null_alternative": "Zonder de aanpak. Dat is niet hetzelfde als niets doen.",
    "alternatives": "Waartussen te kiezen valt.",
    "base_year": "Afspraken om mee te rekenen: naar welk jaar, in welke euro's, hoe lang, met welke rente.",
    "prices": "Eigen prijzen. De andere komen uit de prijslijsten hierboven.",
    "volume": "Hoeveel mensen per jaar.",
    "lines": "Kosten en baten. {why}",
}


@dataclass(frozen=True, slots=True)
class Made:
    """A balance that holds: its text, the model in it, and what was not counted."""

    text: str
    model: Mkba
    left_out: tuple[Candidate, ...]
    why: str


def made(talk: Talk, known: Known) -> Made | None:
    """The balance that the replies make; None while a question is open."""
    signed = signed_by(talk)
    entry: dict[str, Any] = {"schema_version": 1, **problem(talk, known)}
    choices = alternatives(talk, signed)
    entry["alternatives"] = choices
    entry |= conventions(talk, known)
    _require_horizon(talk, entry)
    effects = chosen_effects(talk, known, signed)
    lines, prices = outlays(talk, known, signed), list(effects.prices)
    scaling = next((one for one in choices if one["kind"] == "scale_up"), None)
    if scaling is not None:
        extra, own = extra_people(talk, scaling["extra_fte"], signed)
        lines, prices = [*lines, *extra], [*own, *prices]
    entry["price_lists"] = effects.price_lists
    entry |= _induced_demand(effects.lines, known)
    entry["prices"] = prices
    entry["volume"] = volume(talk, known, signed)
    entry["lines"] = [*lines, *effects.lines]
    if talk.open:
        return None
    text = commented(entry, str(effects.why), effects.seen)
    model = read_mkba(text, known.packs, compares=known.study.design.compares)
    return Made(text, model, tuple(effects.left_out), str(effects.why))


def _require_horizon(talk: Talk, entry: Mapping[str, Any]) -> None:
    longest = max((one["years"] or 0 for one in entry["alternatives"]), default=0)
    if entry["horizon_years"] is not None and entry["horizon_years"] < longest:
        talk.wrong["horizon"] = f"Een keuze gaat {longest} jaar door. De horizon is minstens zo lang."


def _induced_demand(lines: list[dict[str, Any]], known: Known) -> dict[str, Any]:
    """What provisions cost today, against which more demand is tried; in the euros of the delivery."""
    name = "use/wmo/eur/per_client_year"
    total = known.totals.get(name)
    years = [line["quantity"]["price_year"] for line in lines if line["quantity"].get("price_year")]
    if total is None or total.value is None or not years:
        return {}
    return {"induced_demand_baseline": {"kind": "released", "id": name, "unit": "eur", "price_year": years[0]}}


def commented(entry: Mapping[str, Any], why: str, seen: Mapping[str, str]) -> str:
    """The entry as YAML, with a line of reason above each part and what was found above each effect."""
    parts = []
    for key, value in entry.items():
        comment = _COMMENTS.get(key, "").format(why=why)
        parts += [f"# {' '.join(line.split())}\n" for line in comment.splitlines()]
        if key != "lines":
            parts.append(yaml_text({key: value}))
            continue
        parts.append("lines:\n")
        for line in value:
            parts += [f"  # Gevonden: {' '.join(seen[line['id']].split())}.\n"] if line["id"] in seen else []
            parts.append(yaml_text({key: [line]}).partition("\n")[2])
    return "".join(parts)
