"""Lines of mkba.yaml bound to released quantities: what is not released becomes a line with a reason, never zero."""

from __future__ import annotations

import difflib
import math
from collections.abc import Sequence
from dataclasses import replace

from mkba.binding.effects import Effect, Released
from mkba.binding.line_table import Baseline, LineRow, LineTable, Role, Term
from mkba.binding.numbers import Collector, is_controlled
from mkba.inputs.line_model import Line
from mkba.inputs.model import Mkba
from mkba.inputs.named_prices import price_of
from mkba.inputs.packs import Packs
from mkba.inputs.quantities import EURO, Declared, ExtraClients, FromEffect, FromReleased
from mkba.wording import unit_label

CHAIN_LABELS = {
    "deadweight": "was ook zonder de aanpak gebeurd",
    "attribution": "komt door anderen",
    "leakage": "komt bij anderen terecht",
}


def line_table(model: Mkba, packs: Packs, released: Released) -> LineTable:
    """The lines of `model` with their inputs."""
    collector = Collector(model, packs, released)
    volumes = {
        "client": collector.quantity(
            "volume/clients_per_year", "cliënten per jaar", model.volume.clients_per_year, "volume"
        ),
        "client_year": collector.quantity(
            "volume/client_years_per_year", "cliëntjaren per jaar", model.volume.client_years_per_year, "volume"
        ),
    }
    for name, column in volumes.items():
        if isinstance(column, int) and collector.is_zero(column):
            volumes[name] = "er zijn in dat jaar geen cliënten onder de aanpak"
    rows = tuple(_row(line, collector, packs, volumes) for line in model.lines)
    scaling = {one.id: found for one in model.alternatives if (found := collector.scaling(one)) is not None}
    columns = {name: column if isinstance(column, int) else None for name, column in volumes.items()}
    baseline = _baseline(model, collector)
    return LineTable(
        model,
        packs,
        rows,
        collector.finished(),
        columns,
        scaling,
        baseline,
        collector.year_of(model.volume.clients_per_year),
    )


def _baseline(model: Mkba, collector: Collector) -> Baseline | None:
    wanted = model.induced_demand_baseline
    if wanted is None:
        return None
    column = collector.quantity("baseline/provisions", "voorzieningen per cliëntjaar", wanted, "volume")
    if isinstance(column, str):
        return None
    factors = [one.factor for one in collector.conversions(collector.year_of(wanted))]
    return Baseline(column, math.prod(factors))


def _row(line: Line, collector: Collector, packs: Packs, volumes: dict[str, int | str]) -> LineRow:
    price = price_of(line.price, collector.model, packs) if line.price else None
    quantity = line.quantity
    if isinstance(quantity, FromEffect):
        row = _effect_row(line, quantity, collector, volumes)
    elif isinstance(quantity, ExtraClients):
        row = _extra_clients_row(line, collector)
    else:
        row = _quantity_row(line, quantity, collector)
    if row.missing is not None:
        return replace(row, price=price)
    terms = [*row.terms, *_more_terms(line, collector)]
    conversions, year = row.conversions, row.euro_year
    if price is not None:
        terms.append(Term(collector.price(price), "price"))
        conversions, year = collector.conversions(price.price_year, price), price.price_year
    decay = row.decay
    if line.drop_off is not None:
        name, label = f"line/{line.id}/drop_off", f"afname per jaar: {line.label}"
        decay = (*decay, collector.declared(name, label, line.drop_off, "effect"))
    return replace(row, price=price, terms=tuple(terms), conversions=conversions, euro_year=year, decay=decay)


def _more_terms(line: Line, collector: Collector) -> list[Term]:
    """Factors between units, and displacement."""
    terms = [
        Term(
            collector.declared(f"factor/{one.id}", one.label, one, "volume", f"{one.to_unit}/{one.from_unit}"),
            "factor",
        )
        for one in line.factors
    ]
    if line.displacement is not None:
        name, label = f"line/{line.id}/displacement", f"verdringing: {line.label}"
        column = collector.declared(name, label, line.displacement, "effect")
        terms.append(Term(column, "remainder", "1-x"))
    return terms


def _quantity_row(line: Line, quantity: FromReleased | Declared, collector: Collector) -> LineRow:
    column = collector.quantity(f"quantity/{line.id}", line.label, quantity, "volume")
    if isinstance(column, str):
        return LineRow(line, missing=column)
    terms = (Term(column, "volume"),)
    if quantity.unit != EURO:
        return LineRow(line, terms=terms)
    year = collector.year_of(quantity)
    return LineRow(line, terms=terms, conversions=collector.conversions(year), euro_year=year)


def _extra_clients_row(line: Line, collector: Collector) -> LineRow:
    """Fte that an alternative adds, times the clients that each of them helps."""
    larger = next(one for one in collector.model.alternatives if one.id in (line.alternatives or []))
    per_fte = collector.scaling(larger)
    columns = [collector.extra_fte(larger), *([] if per_fte is None else [per_fte])]
    return LineRow(line, terms=tuple(Term(column, "volume") for column in columns))


def _effect_row(line: Line, wanted: FromEffect, collector: Collector, volumes: dict[str, int | str]) -> LineRow:
    places = collector.released.effects.matching(wanted)
    if len(places) != 1:
        what = "is niet vergeleken of niet vrijgegeven" if not places else "wijst meer dan één uitkomst aan"
        hint = "" if places else _hint(wanted, collector.released.effects.effects)
        return LineRow(line, missing=f"{_about(wanted)} {what}{hint}", is_ambiguous=bool(places))
    effect = collector.released.effects.effects[places[0]]
    volume = volumes[effect.per]
    if effect.refused is not None or isinstance(volume, str):
        reason = effect.refused if effect.refused is not None else volume
        return LineRow(line, effect=effect, missing=f"{_about(wanted)}: {reason}")
    terms = [Term(collector.effect(places[0], line.label), "change", "x" if wanted.baseline is None else "x-1")]
    if wanted.baseline is not None:
        label = f"zonder de aanpak: {line.label}"
        baseline = collector.quantity(f"baseline/{line.id}", label, wanted.baseline, "volume")
        if isinstance(baseline, str):
            return LineRow(line, effect=effect, missing=baseline)
        terms.append(Term(baseline, "volume"))
    terms.append(Term(volume, "volume"))
    remaining, decay = _null_columns(line, effect, collector)
    terms += [Term(column, role, "1-x") for column, role in remaining]
    sign = -1.0 if wanted.gain_when == "lower" else 1.0
    row = LineRow(line, effect=effect, sign=sign, terms=tuple(terms), decay=decay)
    if wanted.price_year is None:
        return row
    return replace(row, conversions=collector.conversions(wanted.price_year), euro_year=wanted.price_year)


def _about(wanted: FromEffect) -> str:
    """An outcome in Dutch; codes of subjects are for the study's file, not for its readers."""
    named = f"de uitkomst '{wanted.what}'" if wanted.what else "deze uitkomst"
    return f"{named} in '{unit_label(wanted.unit)}'"


def _hint(wanted: FromEffect, effects: Sequence[Effect]) -> str:
    """Which outcome may be meant, where a name is written otherwise than in what was released."""
    subjects = {one.subject for one in effects}
    if wanted.subject not in subjects:
        known = f"; wel over: {', '.join(sorted(subjects))}" if subjects else ""
        return f" (over '{wanted.subject}' is er niets{known})"
    named = {one.what for one in effects if one.subject == wanted.subject}
    near = difflib.get_close_matches(wanted.what or "", named - {wanted.what}, n=1, cutoff=0.8)
    return f" (bedoelde u '{near[0]}'?)" if near and wanted.what not in named else ""


def _null_columns(line: Line, effect: Effect, collector: Collector) -> tuple[list[tuple[int, Role]], tuple[int, ...]]:
    """Columns of the null alternative: what would have happened anyway, and how fast the others catch up.

    A controlled estimate has netted out the first already, so there it is left out; `lint` blocks a chapter that asks
    for both.
    """
    trajectories = {one.id: one for one in collector.model.null_alternative.trajectories}
    null = trajectories[line.compared_with] if line.compared_with else None
    remaining: list[tuple[int, Role]] = []
    decay: tuple[int, ...] = ()
    if null is not None and null.catch_up is not None:
        name = f"null/{null.id}/catch_up"
        decay = (collector.declared(name, f"inhaal per jaar: {null.label}", null.catch_up, "effect"),)
    if is_controlled(effect):
        return remaining, decay
    if null is not None and null.autonomous_share is not None:
        name = f"null/{null.id}/autonomous_share"
        column = collector.declared(name, f"vanzelf hersteld: {null.label}", null.autonomous_share, "effect")
        remaining.append((column, "due"))
    for key, label in CHAIN_LABELS.items():
        number = getattr(line.chain, key, None)
        if number is not None:
            name = f"line/{line.id}/{key}"
            column = collector.declared(name, f"{label}: {line.label}", number, "effect")
            remaining.append((column, "remainder" if key == "leakage" else "due"))
    return remaining, decay
