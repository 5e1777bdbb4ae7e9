"""The registered measures: what an indicator may be bound to, with typed parameters.

A measure says which released figures it reads; formulas.py computes it. A name or parameter that is not here is an
error before anything runs. Every measure is a change or a comparison: a level alone says nothing about a direction.
"""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal, Self, get_args

from pydantic import Field, model_validator

from data_contracts.errors import broken_rule
from data_contracts.part import Part
from data_contracts.study import MOMENT
from data_contracts.vocabulary.field import Law, LifeDomain, SolutionKind
from data_contracts.vocabulary.logic import SUBJECT_NAMES, UNIT_NAMES
from indicators.results_logic.tree.one_line import Words

Moment = Annotated[str, Field(pattern=f"^({MOMENT})$")]
Period = Annotated[str, Field(pattern=r"^\S{4,}$")]

# The smallest difference that counts, where an indicator does not say so itself: a fifth of a score level, five
# clients in a hundred, a tenth of the earlier amount. Of a rare thing a quarter more or less counts already. A margin
# around "no difference", never something to reach.
SMALLEST_DIFFERENCE = {"points": 0.2, "share": 0.05, "ratio": 0.1}
PART_OF_RARE = 0.25

# How a study counts what it estimates; of a score in points.
COUNTED_AS = {"solutions": "share", "events": "amount", "provisions": "amount", "hours": "amount"}
# From here on a margin of "no difference" is no margin: further a score cannot go.
WHOLE_SCALE = {"zrm": 4.0, "ladder": 5.0}


class Measure(Part):
    """A formula of the registry with its parameters.

    `unit`: points of a score, a difference of shares, a relative difference (0.1 = a tenth more), or an amount per
    person and year.
    """

    unit: ClassVar[str] = "points"
    register: ClassVar[str] = ""  # what a municipality must record when the figure is missing
    label: ClassVar[str] = ""  # its name in the workbook of a tree


class ScoreMeasure(Measure):
    """About a score that people have: the ZRM in one life domain, the Participatieladder, or experienced benefit."""

    subject: Literal["zrm", "ladder", "experienced"] = "zrm"
    life_domain: LifeDomain | None = None

    @model_validator(mode="after")
    def _only_the_zrm_has_life_domains(self) -> Self:
        if (self.subject == "zrm") != (self.life_domain is not None):
            raise broken_rule(
                "alleen bij subject zrm hoort een leefgebied.", "Vul het in bij zrm, en anders niet.", "life_domain"
            )
        return self


class PairMeasure(ScoreMeasure):
    """The same people at two moments."""

    register = "Leg op beide momenten een score vast, ook als iemand goed gaat of de steun stopt."
    phrase: ClassVar[str] = ""  # what it computes, {on} a score
    moment_from: Moment = "first"
    moment_to: Moment = "last"


class MeanChange(PairMeasure):
    """Mean change per person, in levels of the score."""

    label = "gemiddelde verandering"
    phrase = "gemiddelde verandering op {on}"
    name: Literal["mean_change"]


class NetImproved(PairMeasure):
    """Share that went up minus share that went down."""

    unit = "share"
    label = "vooruit min achteruit"
    phrase = "aandeel dat vooruitging min aandeel dat achteruitging op {on}"
    name: Literal["net_improved"]


class LevelReached(PairMeasure):
    """Change in the share of people who are sufficiently self-reliant (ZRM 4 or 5)."""

    unit = "share"
    label = "voldoende zelfredzaam geworden"
    phrase = "verandering in het aandeel voldoende zelfredzaam op {on}"
    name: Literal["level_reached"]
    subject: Literal["zrm"] = "zrm"


class Lasting(PairMeasure):
    """Mean change from the end of the support to the light watch afterwards: does the result last?"""

    register = "Leg ook in de waakvlam (monitoring) een score vast."
    label = "blijft het zo na afloop"
    phrase = "gemiddelde verandering op {on} na afloop"
    name: Literal["lasting"]
    moment_from: Moment = "last"
    moment_to: Literal["monitoring"] = "monitoring"


class PeriodMeasure(Measure):
    """People who came in during one period against those of another; by default the first and the last cohort."""

    needs_periods: ClassVar[bool] = False
    period_from: Period | None = None
    period_to: Period | None = None

    @model_validator(mode="after")
    def _two_periods_or_none(self) -> Self:
        if (self.period_from is None) != (self.period_to is None):
            lacking = "period_from" if self.period_from is None else "period_to"
            raise broken_rule("hier hoort een begin en een eind.", "Vul ze allebei in.", lacking)
        if self.needs_periods and self.period_from is None:
            do = "Vul een begin en een eind in: twee hele jaren die even goed geleverd zijn."
            what = "deze maat hangt af van hoe lang een jaar is geleverd of gevolgd."
            raise broken_rule(what, do, "period_from")
        if self.period_from and self.period_to and self.period_from >= self.period_to:
            what = f"het begin ligt niet voor het eind ({self.period_from} en {self.period_to})."
            raise broken_rule(what, "Zet het vroegste jaar bij het begin.", "period_from")
        return self


class ShareUsing(PeriodMeasure):
    """Change in the share of people with this event, provision or kind of solution."""

    unit = "share"
    register = "Lever gebeurtenissen, voorzieningen en trajecten aan met datum en soort."
    label = "aandeel mensen met"
    name: Literal["share_using"]
    subject: Literal["events", "provisions", "solutions"]
    what: Words
    law: Law | None = None

    @model_validator(mode="after")
    def _kinds_of_solution_are_known(self) -> Self:
        if self.subject == "solutions" and self.what not in list(SolutionKind):
            do = f"Kies uit: {', '.join(SolutionKind)}."
            raise broken_rule("deze soort oplossing kennen we niet.", do, "what")
        return self


class AmountPerYear(PeriodMeasure):
    """Relative change in events, volume or hours per client-year."""

    unit = "ratio"
    register = "Lever gebeurtenissen, voorzieningen en uren aan met datum en omvang."
    label = "hoeveelheid per persoon per jaar"
    name: Literal["amount_per_year"]
    subject: Literal["events", "provisions", "hours"]
    what: Words
    counted_in: Words | None = None


CASE_RECORDS = {
    "waiting_time": ("ratio", "Leg per traject de dag van de melding vast, en de dag waarop het begon."),
    "lead_time": ("ratio", "Leg per traject begin- en einddatum vast."),
    "caseload": (
        "ratio",
        "Leg per maand vast hoeveel trajecten een medewerker heeft, zonder namen. Wijkbaat kan dit nog niet inlezen.",
    ),
    "with_plan": ("share", "Leg per traject vast of er een plan is."),
    "evaluated": ("share", "Leg per traject de dag van de evaluatie vast."),
    "question_answered": ("share", "Leg bij de evaluatie vast of de vraag is beantwoord."),
}


class CaseRecord(PeriodMeasure):
    """Change in what the case record tells: waiting, lead time, caseload, plan, evaluation, question answered."""

    label = "uit het dossier"
    name: Literal["case_record"]
    what: Literal["waiting_time", "lead_time", "caseload", "with_plan", "evaluated", "question_answered"]


class Reach(PeriodMeasure):
    """Relative change in the number of people who came in."""

    unit = "ratio"
    needs_periods = True
    register = "Lever alle mensen aan die binnenkwamen, ook zonder meting."
    label = "aantal mensen dat binnenkwam"
    name: Literal["reach"]


class Registration(ScoreMeasure, PeriodMeasure):
    """Change in the share of people who were scored, scored twice, or followed in the light watch."""

    unit = "share"
    needs_periods = True
    register = "Lever alle mensen aan die binnenkwamen, ook zonder meting."
    label = "aandeel dat is gemeten"
    name: Literal["registration"]
    what: Literal["scored", "scored_twice", "monitored"]


class CostPerCase(PeriodMeasure):
    """Relative change in the costs per person who came in, in euros of each year itself."""

    unit = "ratio"
    needs_periods = True
    register = "Lever de kosten van de teams per jaar aan."
    label = "kosten per persoon"
    name: Literal["cost_per_case"]
    cost_kind: Words | None = None
    only_new_approach: bool = False


class Estimate(Measure):
    """A difference that the design of the study estimated, such as teams with and without the new approach."""

    register = "Leg vast welke teams wanneer met de aanpak begonnen, en meet ook in de andere teams."
    label = "schatting uit de vergelijking"
    name: Literal["estimate"]
    subject: Literal["zrm", "ladder", "experienced", "events", "provisions", "hours", "solutions"]
    life_domain: LifeDomain | None = None
    what: Words = "all"
    measure: Words = "effect"
    design: Literal["before_after", "comparison", "staggered", "series"]
    counted_as: Literal["points", "share", "amount"]
    counted_in: Words | None = None
    moment_from: Moment | None = None
    moment_to: Moment | None = None

    @model_validator(mode="after")
    def _is_counted_as_its_subject(self) -> Self:
        if self.subject == "zrm" and self.life_domain is None:
            raise broken_rule("bij subject zrm hoort een leefgebied.", "Vul het in.", "life_domain")
        right = COUNTED_AS.get(self.subject, "points")
        if self.counted_as != right:
            about, told = SUBJECT_NAMES[self.subject], UNIT_NAMES[self.counted_as]
            what = f"wat de studie schat over {about} telt niet als {told}."
            raise broken_rule(what, f"Hier past één eenheid: {UNIT_NAMES[right]} ({right}).", "counted_as")
        return self


AnyMeasure = Annotated[
    MeanChange
    | NetImproved
    | LevelReached
    | Lasting
    | ShareUsing
    | AmountPerYear
    | CaseRecord
    | Reach
    | Registration
    | CostPerCase
    | Estimate,
    Field(discriminator="name"),
]

_MEASURES: tuple[type[Measure], ...] = get_args(get_args(AnyMeasure)[0])
MEASURE_NAMES = {get_args(one.model_fields["name"].annotation)[0]: one.label for one in _MEASURES}


def unit_of(measure: Measure) -> str:
    """points, share, ratio or amount."""
    if isinstance(measure, CaseRecord):
        return CASE_RECORDS[measure.what][0]
    return measure.counted_as if isinstance(measure, Estimate) else measure.unit


def beyond_a_margin(measure: Measure, margin: float) -> tuple[str, str] | None:
    """Why nothing could ever count as a difference with this margin, and what to do; None where it is in order."""
    subject = getattr(measure, "subject", None)
    unit = unit_of(measure)
    if unit == "share" and margin >= 1:
        return "een aandeel loopt van 0 tot 1.", f"Schrijf {margin / 100:g} voor {margin:g} procentpunt."
    if unit == "ratio" and margin >= 1:
        return "dit is een deel van het eerdere jaar.", f"Schrijf {margin / 100:g} voor {margin:g} procent."
    if unit == "amount" and subject == "events" and margin >= 1:
        return "dit is per persoon per jaar.", f"Schrijf {margin / 100:g} voor {margin:g} keer per 100 mensen."
    if unit == "points" and subject in WHOLE_SCALE and margin >= WHOLE_SCALE[subject]:
        return "verder kan deze score niet veranderen.", "Kies een kleiner verschil, zoals 0.2."
    return None


def outcome_of(measure: Measure) -> tuple[str, str, str] | None:
    """(subject, life_domain, what) of the outcome whose change this is; None for estimates and what is no outcome.

    A whole score counts as what 'all', as in est_effects__estimates; marks of clients are no change between moments.
    """
    if isinstance(measure, PairMeasure):
        return measure.subject, measure.life_domain or "all", "all"
    return (measure.subject, "all", measure.what) if isinstance(measure, ShareUsing | AmountPerYear) else None


def what_to_register(measure: Measure) -> str:
    """What a municipality must record before this measure has a figure, in Dutch."""
    return CASE_RECORDS[measure.what][1] if isinstance(measure, CaseRecord) else measure.register


def months_of(moment: str | None) -> int | None:
    """Months after the first measurement of a window such as m6; None for the other moments."""
    return int(moment[1:]) if moment and moment[0] == "m" and moment[1:].isdigit() else None
