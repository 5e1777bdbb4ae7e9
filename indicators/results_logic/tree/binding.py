"""A tree bound to its study: every measure must be one that this study computes, before anything runs."""

from __future__ import annotations

from collections.abc import Iterator

from data_contracts.errors import Broken
from data_contracts.headline import AT_EQUAL_START
from data_contracts.study import Study
from data_contracts.vocabulary.field import SCORES
from data_contracts.yaml_file import as_model, require_unbroken
from indicators.results_logic.tree.measures import Estimate, Measure, PairMeasure, PeriodMeasure
from indicators.results_logic.tree.model import Tree


def read_tree(text: str, file: str, study: Study) -> Tree:
    """The tree in `text`, bound to `study`; raises StudyError with the line of every fault in `file`."""
    tree = as_model(text, Tree, file)
    require_unbroken(unbound(tree, study), text, file)
    return tree


def unbound(tree: Tree, study: Study) -> list[Broken]:
    """Measures and slices that this study does not compute."""
    broken: list[Broken] = []
    for index, indicator in enumerate(tree.indicators):
        at: tuple[str | int, ...] = ("indicators", index)
        if indicator.measure:
            broken += unbound_measure(indicator.measure, (*at, "measure"), study)
        broken += [
            Broken((*at, "disaggregate"), f"de studie deelt niet in naar '{name}'.", "Voeg het toe bij slices.")
            for name in indicator.disaggregate
            if name not in _slices(study)
        ]
    for index, link in enumerate(tree.links):
        for place, rival in enumerate(link.rivals):
            if rival.measure:
                broken += unbound_measure(rival.measure, ("links", index, "rivals", place, "measure"), study)
    return broken


def _is_change_in_use(measure: Estimate) -> bool:
    asked = measure.design, measure.measure
    return asked == ("comparison", "effect") and measure.subject not in SCORES


def _slices(study: Study) -> set[str]:
    return {one.name for one in study.slices}


def unbound_measure(measure: Measure, at: tuple[str | int, ...], study: Study) -> Iterator[Broken]:
    """Why this study does not compute a measure, with its place below `at`."""
    domain = getattr(measure, "life_domain", None)
    if domain is not None and domain not in study.life_domains:
        what = f"'{domain.value}' is geen leefgebied van deze studie."
        yield Broken((*at, "life_domain"), what, f"Kies uit: {', '.join(study.life_domains)}.")
    if isinstance(measure, PairMeasure):
        pairs = {(pair.moment_from, pair.moment_to) for pair in study.moment_pairs}
        if (measure.moment_from, measure.moment_to) not in pairs:
            what = f"de studie vergelijkt '{measure.moment_from}' niet met '{measure.moment_to}'."
            yield Broken((*at, "name"), what, "Voeg dit paar toe bij moment_pairs in study.yaml.")
    designs = {study.design.kind, "before_after"}
    if isinstance(measure, Estimate) and measure.design not in designs:
        what = f"het ontwerp van de studie is '{study.design.kind}', niet '{measure.design}'."
        yield Broken((*at, "design"), what, "Neem het ontwerp uit study.yaml over.")
    if isinstance(measure, Estimate) and _is_change_in_use(measure):
        what = "van gebruik heeft een vergelijking geen verschil in verandering."
        yield Broken((*at, "measure"), what, f"Schrijf measure: {AT_EQUAL_START}.")
    if isinstance(measure, PeriodMeasure) and "cohort" not in _slices(study):
        what = "deze maat vergelijkt jaren van instroom, en de studie deelt niet in naar cohort."
        yield Broken((*at, "name"), what, "Voeg cohort toe bij slices in study.yaml.")
