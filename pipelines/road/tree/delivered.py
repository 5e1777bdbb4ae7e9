"""What of a tree the files hold: measures made to fit the study, the others turned into something to register."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

import pandas as pd
from pydantic import TypeAdapter

from data_contracts.headline import AT_EQUAL_START
from data_contracts.study import Study
from data_contracts.vocabulary.field import SCORES
from data_contracts.vocabulary.logic import IndicatorKind
from indicators.results_logic.tree.binding import unbound_measure
from indicators.results_logic.tree.indicator import Indicator
from indicators.results_logic.tree.link import Link
from indicators.results_logic.tree.measures import AnyMeasure, Estimate, PeriodMeasure, unit_of, what_to_register
from indicators.results_logic.tree.model import Tree
from indicators.results_logic.values.measured_rows import measured_rows
from indicators.results_logic.values.released import Released

READS = (
    "out_change__by_domain",
    "out_change__funnel",
    "out_care__use",
    "out_effects__estimates",
    "out_costs__by_year",
    "out_reach__by_year",
)
REGISTER = "Ga dit registreren."
MEASURES: TypeAdapter[AnyMeasure] = TypeAdapter(AnyMeasure)


@dataclass(frozen=True, slots=True)
class Holdings:
    """What a study and its release hold for a tree."""

    study: Study
    released: Released
    years: tuple[str, ...]

    def suited(self, measure: AnyMeasure) -> AnyMeasure:
        """The measure in the design of this study; without a comparison a difference becomes a change."""
        if not isinstance(measure, Estimate):
            return measure
        design, score = self.study.design.kind, measure.subject in SCORES
        if design != "before_after":
            own = {"design": design} | ({"measure": AT_EQUAL_START} if design == "comparison" and not score else {})
            return measure.model_copy(update=own)
        about: dict[str, object] = {"subject": measure.subject, "name": "amount_per_year", "what": measure.what}
        if score:
            about = {"name": "mean_change", "subject": measure.subject, "life_domain": measure.life_domain}
        elif measure.subject != "hours":
            about["name"] = "share_using"
        return MEASURES.validate_python(about)

    def fitted(self, measure: AnyMeasure) -> AnyMeasure | None:
        """The measure as this study can compute it from what was delivered; None when it cannot."""
        fitted = self._in_own_years(self.suited(measure))
        if fitted is None or any(unbound_measure(fitted, (), self.study)):
            return None
        return None if measured_rows(fitted, self.released).empty else fitted

    def _in_own_years(self, measure: AnyMeasure) -> AnyMeasure | None:
        if not isinstance(measure, PeriodMeasure) or measure.period_from is None:
            return measure
        if len(self.years) < 2:
            return None
        return measure.model_copy(update={"period_from": self.years[-2], "period_to": self.years[-1]})


def holdings(study: Study, tables: Mapping[str, pd.DataFrame]) -> Holdings:
    """What the tables of a release hold for a tree."""
    change, funnel, use, effects, costs, reach = (tables[name] for name in READS)
    released = Released(change, funnel, use, effects, costs, study.thresholds.round_to).without_part_years(reach)
    years = {str(year) for year in reach.loc[reach["n_clients"].notna(), "year"]}
    return Holdings(study, released, tuple(sorted(years - released.in_part)))


def pruned(tree: Tree, held: Holdings, effects: Iterable[str]) -> Tree:
    """The branches of a tree that lead to these effects, each indicator as far as the files hold it."""
    kept = _below(tree, set(effects))
    kept |= {link.node_to for link in tree.links if link.node_from in set(effects)}
    slices: set[str] = {one.name for one in held.study.slices}
    parts = {
        "nodes": [node for node in tree.nodes if node.id in kept],
        "links": [_link(link, held) for link in tree.links if {link.node_from, link.node_to} <= kept],
        "indicators": [_indicator(one, held, slices) for one in tree.indicators if one.node in kept],
        "adopted": None,
    }
    return Tree.model_validate(tree.model_copy(update=parts).model_dump(by_alias=True))


def to_register(tree: Tree) -> Iterator[str]:
    """What a municipality should start to record for this tree, in Dutch."""
    for indicator in tree.indicators:
        if (indicator.pitfall or "").startswith(REGISTER):
            yield f"{indicator.question} {str(indicator.pitfall).removeprefix(REGISTER).strip()}"


def _below(tree: Tree, effects: set[str]) -> set[str]:
    """The effects with every node that contributes to one of them."""
    kept, size = set(effects), 0
    while len(kept) > size:
        size = len(kept)
        kept |= {link.node_from for link in tree.links if link.node_to in kept}
    return kept


def _link(link: Link, held: Holdings) -> Link:
    rivals = [
        rival if rival.measure is None else rival.model_copy(update={"measure": held.fitted(rival.measure)})
        for rival in link.rivals
    ]
    return link.model_copy(update={"rivals": rivals})


def _indicator(one: Indicator, held: Holdings, slices: set[str]) -> Indicator:
    split = [name for name in one.disaggregate if name in slices]
    if one.measure is None:
        return one.model_copy(update={"disaggregate": split})
    fitted = held.fitted(one.measure)
    if fitted is not None and one.expectation is not None:
        changed = unit_of(fitted) != unit_of(one.measure)  # a margin in another unit says nothing
        expected = one.expectation.model_copy(update={"smallest_difference": None}) if changed else one.expectation
        return one.model_copy(update={"measure": fitted, "disaggregate": split, "expectation": expected})
    nothing = {"kind": IndicatorKind.OBSERVATION, "measure": None, "expectation": None, "early_signal": None}
    words = f"{REGISTER} {what_to_register(held.suited(one.measure))}"
    return one.model_copy(
        update={**nothing, "disaggregate": [], "steering": False, "pitfall": words, "already_exists": False}
    )
