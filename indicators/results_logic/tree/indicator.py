"""An indicator of a tree: what we look at together, what we expect to see, and when."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AfterValidator, Field, model_validator

from data_contracts.errors import Broken, RulesBroken
from data_contracts.vocabulary.logic import Direction, IndicatorKind
from indicators.results_logic.tree.measures import (
    PART_OF_RARE,
    SMALLEST_DIFFERENCE,
    AnyMeasure,
    beyond_a_margin,
    months_of,
    unit_of,
)
from indicators.results_logic.tree.one_line import Words
from indicators.results_logic.tree.parts import Id, Sentence, TreePart

# Six decimals are enough for a margin, and Excel keeps no more than fifteen digits.
Margin = Annotated[
    float, Field(ge=0.000_001, le=1_000, allow_inf_nan=False), AfterValidator(lambda size: round(size, 6))
]


class Expectation(TreePart):
    """Which way we expect an indicator to move, when, and why; `smallest_difference` is the margin of 'no change'."""

    direction: Direction
    text: Sentence
    after_months: int | None = Field(default=None, ge=0, le=240)
    smallest_difference: Margin | None = None


class EarlySignal(TreePart):
    """An indicator that shows early whether we are on the right way."""

    visible_after_months: int = Field(ge=0, le=60)


class Indicator(TreePart):
    """Something to look at together: a question about a node, with what we expect and what may mislead us."""

    id: Id
    node: Id
    question: Sentence
    kind: IndicatorKind = IndicatorKind.MEASUREMENT
    measure: AnyMeasure | None = None
    expectation: Expectation | None = None
    early_signal: EarlySignal | None = None
    steering: bool = False
    disaggregate: list[Literal["team_type", "cohort"]] = []
    pitfall: Words | None = None
    known_as: Words | None = None
    already_exists: bool = True

    @model_validator(mode="after")
    def _a_measurement_has_a_formula_and_an_expectation(self) -> Indicator:
        measured = self.kind is IndicatorKind.MEASUREMENT
        broken = []
        if measured != (self.measure is not None):
            what = "een meting heeft een formule; een waarneming of verhaal heeft er geen."
            broken.append(Broken(("kind",), what, "Vul de maat in bij een meting, en anders niet."))
        if measured and self.expectation is None:
            do = "Vul in welke richting u verwacht, en waarom."
            broken.append(Broken(("expectation", "direction"), "bij een meting hoort een verwachting.", do))
        end = months_of(getattr(self.measure, "moment_to", None))
        after = self.expectation.after_months if self.expectation else None
        if end is not None and after is not None and end < after:
            what = f"de maat kijkt na {end} maanden, maar u verwacht pas na {after} maanden iets te zien."
            broken.append(Broken(("measure", "moment_to"), what, "Kies een later moment of een eerdere verwachting."))
        margin = self.expectation.smallest_difference if self.expectation else None
        if self.measure and self.expectation and margin is None and unit_of(self.measure) not in SMALLEST_DIFFERENCE:
            what = "hoeveel verschil telt hier? Dat hangt af van de eenheid."
            broken.append(Broken(("expectation", "smallest_difference"), what, "Vul het kleinste verschil in."))
        if self.measure and margin is not None and (told := beyond_a_margin(self.measure, margin)):
            broken.append(Broken(("expectation", "smallest_difference"), *told))
        if broken:
            raise RulesBroken(broken)
        return self

    def smallest_difference(self, base: float | None = None) -> float:
        """The margin within which we say 'no difference', in the unit of the measure; `base` is the earlier share."""
        assert self.measure and self.expectation  # noqa: S101  measured indicators only
        if self.expectation.smallest_difference:
            return self.expectation.smallest_difference
        usual = SMALLEST_DIFFERENCE[unit_of(self.measure)]
        return min(usual, PART_OF_RARE * base) if base and base > 0 else usual
