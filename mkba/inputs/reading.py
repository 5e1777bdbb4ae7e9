"""mkba.yaml read and held against the parameter packs: every fault with its line, in Dutch."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from data_contracts.errors import Finding, StudyError
from data_contracts.vocabulary.mkba import AlternativeKind
from data_contracts.yaml_file import Location, as_model, parse
from data_contracts.yaml_tricks import dotted_numbers
from mkba.inputs.beforehand_rules import beforehand_faults
from mkba.inputs.line_model import Factor, Line
from mkba.inputs.model import Alternative, Mkba
from mkba.inputs.named_prices import Fault, price_faults, price_of
from mkba.inputs.packs import Packs


def read_mkba(text: str, packs: Packs, file: str = "mkba.yaml", *, compares: bool = False) -> Mkba:
    """The analysis in `text`; raises StudyError with every finding.

    `compares`: the study's design nets out what would have happened anyway, so nothing may be taken off a second time.
    """
    model = as_model(text, Mkba, file)
    _require_one_reading(text, file)
    faults = faults_of(model, packs, compares=compares)
    if faults:
        lines = parse(text, file)[1]
        findings = [Finding(file, _line(at, lines), what, do) for at, what, do in faults]
        raise StudyError(sorted(findings, key=lambda finding: finding.line or 0))
    return model


def _require_one_reading(text: str, file: str) -> None:
    """82.000 is eighty-two thousand for one writer and eighty-two for a computer: whoever means which must say so."""
    findings = [
        Finding(
            file,
            line,
            f"'{number}' kan duizenden zijn, of een getal met een punt als decimaalteken.",
            f"Schrijf {number.replace('.', '')}, of {number}0 als u de punt als decimaalteken bedoelt.",
        )
        for line, number in dotted_numbers(text)
    ]
    if findings:
        raise StudyError(findings)


def faults_of(model: Mkba, packs: Packs, *, compares: bool = False) -> list[Fault]:
    """What is wrong with a model beside the packs and within itself, each with its place."""
    faults = [
        *_doubles(model),
        *_equal_labels(model),
        *_extra_clients(model),
        *_unknown_references(model, packs),
        *price_faults(model, packs),
        *_circles(model),
        *beforehand_faults(model),
    ]
    return [*faults, *_years(model, packs), *_guards(model, packs), *(_double_deadweight(model) if compares else ())]


def _line(at: Location, lines: dict[Location, int]) -> int | None:
    while at and at not in lines:
        at = at[:-1]
    return lines.get(at)


def _doubles(model: Mkba) -> Iterator[Fault]:
    groups: dict[str, Iterable[str]] = {
        "lines": [one.id for one in model.lines],
        "alternatives": [one.id for one in model.alternatives],
        "prices": [one.id for one in model.prices],
        "overlap_groups": [one.id for one in model.overlap_groups],
    }
    trajectories = [one.id for one in model.null_alternative.trajectories]
    for at, one in enumerate(trajectories):
        if one in trajectories[:at]:
            place = ("null_alternative", "trajectories", at, "id")
            yield place, f"'{one}' staat er twee keer.", "Geef elk een eigen id."
    for name, ids in groups.items():
        seen: set[str] = set()
        for at, one in enumerate(ids):
            if one in seen:
                yield (name, at, "id"), f"'{one}' staat er twee keer.", "Geef elk een eigen id."
            seen.add(one)


def _equal_labels(model: Mkba) -> Iterator[Fault]:
    """Two lines, choices or factors under one label cannot be told apart by a reader."""
    groups: dict[str, Sequence[Line | Alternative]] = {"lines": model.lines, "alternatives": model.alternatives}
    for name, parts in groups.items():
        for at, one in enumerate(parts):
            if any(other.label == one.label and other.id != one.id for other in parts[:at]):
                what = f"het opschrift '{one.label}' staat er twee keer."
                yield (name, at, "label"), what, "Geef elk een eigen opschrift."
    seen: dict[str, Factor] = {}
    for at, line in enumerate(model.lines):
        for place, factor in enumerate(line.factors):
            where: Location = ("lines", at, "factors", place)
            if seen.setdefault(factor.id, factor) != factor:
                what = f"de factor '{factor.id}' staat er met een ander getal."
                yield (*where, "id"), what, "Geef hem een eigen id, of maak alles aan beide gelijk."
            elif any(other.id != factor.id and other.label == factor.label for other in seen.values()):
                what = f"het opschrift '{factor.label}' hoort al bij een andere factor."
                yield (*where, "label"), what, "Geef hem een eigen opschrift, of hetzelfde id voor hetzelfde getal."


def _extra_clients(model: Mkba) -> Iterator[Fault]:
    """Who scales up helps people who would have had nothing: not the measured effect, and not without costs."""
    larger = {one.id for one in model.alternatives if one.kind is AlternativeKind.SCALE_UP}
    roles: dict[str, set[str]] = {name: set() for name in larger}
    for at, line in enumerate(model.lines):
        if line.quantity.kind != "extra_clients":
            continue
        if line.alternatives is None or len(line.alternatives) != 1 or line.alternatives[0] not in larger:
            what = "extra cliënten horen bij één alternatief dat uitbreidt."
            yield ("lines", at, "quantity"), what, "Noem dat alternatief onder alternatives."
        else:
            roles[line.alternatives[0]].add(line.role)
    for at, one in enumerate(model.alternatives):
        if one.id in larger and roles[one.id] != {"effect", "outlay"}:
            yield (
                ("alternatives", at, "kind"),
                "wat het oplevert om mensen te helpen die anders niets kregen, is niet gemeten: de meting vergelijkt "
                "de nieuwe met de gewone aanpak.",
                "Voeg regels toe met quantity: {kind: extra_clients}, één met hun kosten (role: outlay) en één met wat "
                "zij opleveren, elk met een prijs met bron; of haal dit alternatief weg.",
            )


def _unknown_references(model: Mkba, packs: Packs) -> Iterator[Fault]:
    known = {
        "compared_with": {one.id for one in model.null_alternative.trajectories},
        "overlap_group": {one.id for one in model.overlap_groups},
        "discount_class": set(packs.discount[model.discount].classes) if model.discount in packs.discount else set(),
        "alternatives": {one.id for one in model.alternatives},
    }
    if model.discount not in packs.discount:
        yield ("discount",), f"'{model.discount}' kennen we niet.", _choose(packs.discount)
    if model.price_index not in packs.index:
        yield ("price_index",), f"'{model.price_index}' kennen we niet.", _choose(packs.index)
    if model.stress_tests not in packs.stress:
        yield ("stress_tests",), f"'{model.stress_tests}' kennen we niet.", _choose(packs.stress)
    if model.doubt not in packs.doubt:
        yield ("doubt",), f"'{model.doubt}' kennen we niet.", _choose(packs.doubt)
    for at, name in enumerate(model.price_lists):
        if name not in packs.price_lists:
            yield ("price_lists", at), f"'{name}' kennen we niet.", _choose(packs.price_lists)
    for at, line in enumerate(model.lines):
        single = (
            ("compared_with", line.compared_with),
            ("overlap_group", line.overlap_group),
            ("discount_class", line.discount_class),
        )
        wanted = [*single, *(("alternatives", one) for one in line.alternatives or [])]
        for key, value in wanted:
            if value is not None and known[key] and value not in known[key]:
                yield ("lines", at, key), f"'{value}' kennen we niet.", _choose(known[key])
            elif value is not None and not known[key] and key == "overlap_group":
                yield ("lines", at, key), f"'{value}' staat niet onder overlap_groups.", "Voeg de groep toe met alpha."


def _choose(names: Iterable[str]) -> str:
    return f"Kies uit: {', '.join(sorted(names))}."


def _circles(model: Mkba) -> Iterator[Fault]:
    parents = {one.id: one.within for one in model.overlap_groups}
    told: set[str] = set()
    for at, group in enumerate(model.overlap_groups):
        if group.within is not None and group.within not in parents:
            yield ("overlap_groups", at, "within"), f"'{group.within}' kennen we niet.", _choose(parents)
            continue
        seen, parent = {group.id}, group.within
        while parent is not None and parent not in seen:
            seen.add(parent)
            parent = parents.get(parent)
        if parent is not None and not told & seen:
            told |= seen
            what = f"'{group.id}' ligt via within in een kring."
            yield ("overlap_groups", at, "within"), what, "Laat één groep los van de andere."


def _years(model: Mkba, packs: Packs) -> Iterator[Fault]:
    index = packs.index.get(model.price_index)
    if index is None:
        return
    wanted: list[tuple[Location, int]] = [(("price_year",), model.price_year)]
    if model.beforehand is not None and model.beforehand.price_year is not None:
        wanted.append((("beforehand", "price_year"), model.beforehand.price_year))
    for at, line in enumerate(model.lines):
        if line.quantity.price_year is not None:
            wanted.append((("lines", at, "quantity", "price_year"), line.quantity.price_year))
        price = price_of(line.price, model, packs) if line.price else None
        if price is not None:
            wanted.append((("lines", at, "price"), price.price_year))
    for place, year in wanted:
        if year not in index.levels:
            known = f"{min(index.levels)} tot en met {max(index.levels)}"
            yield place, f"de prijsindex heeft geen cijfer voor {year}, wel voor {known}.", "Kies een ander jaar."


def _guards(model: Mkba, packs: Packs) -> Iterator[Fault]:
    if model.discount not in packs.discount:
        return
    rates = packs.discount[model.discount].classes
    for at, line in enumerate(model.lines):
        if rates.get(line.discount_class, 0) < 0 and model.horizon_years > 100:
            what = "een negatieve discontovoet mag niet met een horizon boven 100 jaar."
            yield ("lines", at, "discount_class"), what, "Kort de horizon in."
    for at, one in enumerate(model.alternatives):
        if one.years > model.horizon_years:
            what = "dit alternatief loopt langer door dan de horizon."
            yield ("alternatives", at, "years"), what, "Maak years korter of horizon_years langer."


def _double_deadweight(model: Mkba) -> Iterator[Fault]:
    what = "deze studie vergelijkt al met mensen zonder de aanpak; wat vanzelf gebeurde is er al af."
    for at, line in enumerate(model.lines):
        if line.chain is not None:
            yield ("lines", at, "chain"), what, "Haal chain weg."
    for at, null in enumerate(model.null_alternative.trajectories):
        if null.autonomous_share is not None:
            yield ("null_alternative", "trajectories", at, "autonomous_share"), what, "Haal autonomous_share weg."
