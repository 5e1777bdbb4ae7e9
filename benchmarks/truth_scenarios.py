"""The scenarios of the truth bench: a kind of municipality, its estimators, and whose assumptions hold there."""

from __future__ import annotations

from dataclasses import dataclass

from benchmarks.truth_other import RelapseWorld, SeriesWorld
from benchmarks.truth_worlds import World

FEW = (
    "the interval is a t interval with the degrees of freedom that the teams leave; under four of these the stamp "
    "falls to 'vergelijking', and the report says that the teams are too few for more"
)


@dataclass(frozen=True, slots=True)
class Scenario:
    """`judged` estimators must be right here; the others are shown, so that a reader sees by how much they err.

    `told` is what the report says to its reader where a figure here errs.
    """

    name: str
    world: World | RelapseWorld | SeriesWorld
    estimators: tuple[str, ...]
    judged: tuple[str, ...]
    note: str
    told: str = ""


STAGGERED = ("mean_change", "imputed", "group_time", "two_way")
ROBUST = ("imputed", "group_time")
COMPARED = ("difference", "ancova", "weighted", "doubly_robust")

SCENARIOS = (
    Scenario("true zero", World(), STAGGERED, ("imputed", "group_time", "two_way"), "nothing happens"),
    Scenario(
        "regression to the mean only",
        World(dip=0.6),
        STAGGERED,
        ("imputed", "group_time", "two_way"),
        "clients come in at a low point that passes by itself; before-after reads it as effect",
    ),
    Scenario("constant effect", World(effect=0.4, dip=0.6), STAGGERED, ROBUST, "the same gain for all"),
    Scenario(
        "effects that grow and differ",
        World(effect=0.2, effect_growth=0.15, effect_spread=0.2, dip=0.6),
        STAGGERED,
        ROBUST,
        "later is better and teams differ: the two-way figure is off",
        "the two-way figure stands in its column as a warning not to use it, with the reason",
    ),
    Scenario(
        "small municipality", World(effect=0.4, dip=0.6, clients=(400, 600)), STAGGERED, ROBUST, "400 to 600 clients"
    ),
    Scenario("ceiling", World(effect=0.4, dip=0.6, level=1.2), STAGGERED, ROBUST, "most clients start at 4 or 5"),
    Scenario("noisy raters", World(effect=0.4, dip=0.6, rater_noise=1.0), STAGGERED, ROBUST, "reliability one half"),
    Scenario(
        "domain scored when relevant",
        World(effect=0.4, dip=0.6, unscored=0.7),
        STAGGERED,
        ROBUST,
        "seven in ten good starting scores are not asked for; the truth is about those who were scored",
    ),
    Scenario(
        "start in mid-period",
        World(effect=0.4, dip=0.6, mid_period=True),
        STAGGERED,
        ROBUST,
        "clients of the period before the start are partly exposed and left out",
    ),
    Scenario(
        "autonomous recovery that shifts",
        World(effect=0.4, dip=0.6, period_shift=0.4),
        STAGGERED,
        ROBUST,
        "large shocks per half-year, shared by all teams",
    ),
    Scenario(
        "few teams",
        World(effect=0.4, dip=0.6, n_teams=12, n_started=8),
        STAGGERED,
        (),
        "12 teams, 8 started: shown, not judged",
        FEW,
    ),
    Scenario(
        "very few teams",
        World(effect=0.4, dip=0.6, n_teams=6, n_started=3),
        STAGGERED,
        (),
        "6 teams, 3 started: shown, not judged",
        FEW,
    ),
    Scenario(
        "confounded start",
        World(effect=0.0, dip=0.6, drift=0.08),
        STAGGERED,
        (),
        "teams that start were already on the way up: no design here can be right, the pre-trend check must see it",
        "when the check warns, the stamp falls to 'aanwijzing' and the balance gets the wider margin with doubt that "
        "belongs to it, or is withheld when most of its euros are of such outcomes; when it does not, the report still "
        "shows the picture before the start, how much drift the figure can bear, and the balance under the drift that "
        "could not be excluded",
    ),
    Scenario(
        "drop-out by starting score",
        World(effect=0.4, dip=0.6, lost="by start"),
        (*ROBUST, "reweighted", "multiply_imputed"),
        ("reweighted",),
        "who is lost depends on the start and on the approach; the truth is about everyone. Rubin's interval is "
        "wide when the imputation uses more than the analysis (Meng 1994), so that it is shown and not judged",
        "who was lost, and the weighted and the imputed figure beside the headline",
    ),
    Scenario(
        "drop-out by outcome",
        World(effect=0.4, dip=0.6, lost="by outcome"),
        (*ROBUST, "reweighted", "multiply_imputed"),
        (),
        "who is lost depends on how it went: no figure here is right, the tipping point is what remains",
        "how many points worse the lost clients must have fared before nothing is certain any more",
    ),
    Scenario(
        "allocation by starting score",
        World(effect=0.4, dip=0.6, allocation="by score", n_started=20),
        COMPARED,
        ("weighted", "doubly_robust"),
        "the approach takes clients who score low at the start",
        "which figure leads was declared beforehand; the others stand beside it, with the difference at the start "
        "from which they differ",
    ),
    Scenario(
        "groups that differ by nature",
        World(effect=0.4, allocation="by nature", n_started=20, gap=0.6),
        COMPARED,
        ("difference",),
        "teams of the approach have clients with more need, who would have stayed as they were, like the others",
        "that no figure in the data tells which one is right",
    ),
    Scenario(
        "relapse",
        RelapseWorld(),
        ("months_sufficient", "lasting_12", "lasting_12_modelled"),
        ("months_sufficient", "lasting_12_modelled"),
        "moves between levels seen at measurements only; what was measured misses moves between two measurements",
        "both ends of what the measurements allow, the model beside them, and that the measurements miss "
        "who fell and rose",
    ),
    Scenario(
        "relapse with misread scores",
        RelapseWorld(misread=0.1),
        ("months_sufficient", "lasting_12", "lasting_12_modelled"),
        (),
        "one score in ten is a level off: relapse is overstated",
        "that neither the measurements nor the model is right when workers score inaccurately",
    ),
    Scenario(
        "one series with a step",
        SeriesWorld(),
        ("autoregressive", "newey_west"),
        ("autoregressive",),
        "eight years of months, errors carry over for 0.4: Newey-West intervals are too narrow",
        "the autoregressive interval only, the stamp 'aanwijzing', and how often a made-up start gives such a step",
    ),
)
