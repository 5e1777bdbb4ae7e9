"""The scenarios of the truth bench: a kind of municipality, its estimators, and whose assumptions hold there."""

from __future__ import annotations

from dataclasses import dataclass

from benchmarks.truth_change import ChangeWorld
from benchmarks.truth_other import RelapseWorld, SeriesWorld
from benchmarks.truth_use import UseWorld
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
    world: World | RelapseWorld | SeriesWorld | UseWorld | ChangeWorld
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
    Scenario(
        "odd courses",
        World(effect=0.4, dip=0.6, odd=0.15),
        ("imputed", "imputed_plain"),
        ("imputed_plain",),
        "15 % of clients were also with a team of the other kind and got half of the gain; truth is about the others",
        "the leading figures without these clients stand beside those with them",
    ),
    Scenario(
        "use that goes down",
        UseWorld(),
        ("imputed", "group_time"),
        ("imputed", "group_time"),
        "30 % fewer events per client-year under the approach; teams and half-years have rates of their own",
    ),
    Scenario(
        "use that stays",
        UseWorld(ratio=1.0),
        ("imputed", "group_time"),
        ("imputed", "group_time"),
        "no effect on use",
    ),
    Scenario(
        "use beside teams that never start",
        UseWorld(people=World(dip=0.6, allocation="by score", n_started=20), between_teams=0.05),
        ("at_equal_start", "as_they_came"),
        (),
        "the approach takes who scores low, and who scores low uses more; 'at an equal start' corrects in straight "
        "lines where need is a curve",
        "clients are compared at an equal start only, with the difference at the start beside it",
    ),
    Scenario(
        "change in teams that differ",
        ChangeWorld(),
        ("mean_change_in_report", "share_up_in_report", "mean_change_by_client"),
        ("mean_change_in_report", "share_up_in_report"),
        "clients of a team are alike; the truth is the change of all teams that could have been",
        "the margins of the report take the team as their unit",
    ),
    Scenario(
        "change in few teams that differ",
        ChangeWorld(n_teams=8, clients=(200, 800)),
        ("mean_change_in_report", "share_up_in_report", "mean_change_by_client"),
        (),
        "8 teams: shown, not judged",
        "the margins of the report take the team as their unit, with the degrees of freedom that eight teams leave",
    ),
    Scenario(
        "groups that differ by nature, near the lowest score",
        World(effect=0.0, allocation="by nature", n_started=20, gap=0.6, dip=0.8, level=-0.8),
        COMPARED,
        (),
        "no effect; everybody rises from a low point, in teams of the approach from nearer to the end of the scale. "
        "The figure is the middle between points and the scale underneath, its margin holds both: shown for how often "
        "it leaves out zero, and not judged",
        "both figures, and that no figure in the data tells which one is right",
    ),
)
