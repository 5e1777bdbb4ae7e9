"""What a comparison of two groups rests on: when it is refused, and the checks that stand beside its figures."""

from __future__ import annotations

import numpy as np

from data_contracts.headline import AT_EQUAL_START
from data_contracts.tables.assumptions import Check, Checks
from indicators.arrays import Integers
from indicators.comparison import figures
from indicators.comparison.figures import Overlap, Pairs
from indicators.comparison.margins import DOUBLY_ROBUST, WEIGHTED, Figures
from indicators.effects.estimates import FEW_TEAMS, Outcome, differ_too_little, rounded
from indicators.effects.few_teams import Inferred, TeamInference
from indicators.effects.logistic import fitted_probability

MIN_TEAMS = 2
MAX_TRIMMED = 0.5
WEIGHING = frozenset({WEIGHTED, DOUBLY_ROBUST})
NO_START = (
    "Wat mensen vóór de intake gebruikten, is niet volledig bekend. Er is dus geen verandering om te vergelijken; "
    "vergeleken is bij een gelijke start."
)

UNLIKE_BY_NATURE = (
    f"Het gemiddelde niveau van de groepen verschilt bij de start te veel ({figures.TOO_FAR_APART}), en de studie "
    "zegt dat zo'n verschil van aard is. Wat mensen gebruiken, heeft geen stand van vóór de start, en mensen gelijk "
    "maken op hun scores neemt een blijvend verschil maar voor een deel weg. De rest zou op een effect lijken."
)


def unlike_by_nature(kept: Pairs) -> str | None:
    """Why use cannot be compared between groups that differ by nature, in words for the report; None when it can.

    Scores at the start are a noisy and passing picture of what makes people use more, so that making groups equal in
    them leaves most of a lasting difference in need (Lord 1960, Journal of the American Statistical Association
    55:307-321). The first covariate is the level at the start.
    """
    apart = abs(float(figures.standardised_differences(kept)[1]))
    return UNLIKE_BY_NATURE if apart >= figures.MAX_IMBALANCE else None


def refusal(pairs: Pairs, shared: Overlap, team: Integers, outcome: Outcome) -> str | None:
    """Why two groups cannot be compared on this outcome, in words for the report; None when they can."""
    if pairs.treated.all() or not pairs.treated.any():
        if outcome.is_score:
            return "Er is maar één groep met twee metingen; er is niets om mee te vergelijken."
        return (
            "Er zijn geen twee groepen met een meting bij de start en een vol eerste jaar die in dezelfde halfjaren "
            "binnenkwamen; er is niets om mee te vergelijken."
        )
    if not shared.kept.any() or shared.share_trimmed > MAX_TRIMMED:
        return (
            "Er blijft geen vergelijking over: de meeste cliënten in de nieuwe werkwijze hebben geen "
            "vergelijkbare cliënt in de andere groep."
        )
    treated = pairs.treated[shared.kept]
    n_teams = [np.unique(team[group]).size for group in (treated, ~treated)]
    if min(n_teams) < MIN_TEAMS:
        return (
            f"Te weinig teams voor een vergelijking: {n_teams[0]} met en {n_teams[1]} zonder; minstens {MIN_TEAMS} elk."
        )
    if differ_too_little(pairs.after - pairs.before, is_score=outcome.is_score):
        alike = "veranderden evenveel" if outcome.is_score else "hebben dezelfde uitkomst"
        return f"Bijna alle cliënten {alike}; er valt geen verschil te meten."
    return None


def checks(kept: Pairs, shared: Overlap, team: Integers, freedom: float, *, has_start: bool) -> Checks:
    """Balance, overlap, how many teams; with a starting score why difference-in-differences and ancova differ."""
    propensity = fitted_probability(kept.background, kept.treated)
    raw = float(np.abs(figures.standardised_differences(kept)).max())
    weights = figures.odds_weights(kept.treated, propensity)
    balanced = float(np.abs(figures.standardised_differences(kept, weights)).max())
    n_teams = np.unique(team).size
    found: Checks = {
        "balance_at_start": {"holds": raw < figures.MAX_IMBALANCE, "largest": rounded(raw)},
        "balance_weighted": {"holds": balanced < figures.MAX_IMBALANCE, "largest": rounded(balanced)},
        "overlap": {"holds": shared.share_trimmed < 0.1, "share_trimmed": round(shared.share_trimmed, 2)},
        "teams": {"holds": n_teams >= FEW_TEAMS, "total": n_teams, "degrees_of_freedom": rounded(freedom)},
    }
    if has_start:
        starts = kept.before[kept.treated].mean() - kept.before[~kept.treated].mean()
        found["difference_or_ancova"] = {
            "holds": None,
            "difference_at_start": rounded(float(starts)),
            "slope": rounded(figures.ancova(kept)[1]),
        }
    return found


def checks_of_figure(kept: Pairs, weighted: Check, measure: str, found: Inferred, *, has_start: bool) -> Checks:
    """Of one figure: how unequal the groups still are as this figure compares them, and what an unseen cause must do.

    The stamp rests on the first. A figure that weighs is judged by its weights. Difference-in-differences and ancova
    weigh nobody: difference-in-differences leaves all that was known at the start as it was, ancova of a score all but
    the score. A regression on all that was known makes its means equal, so that nothing is left there. `weighted` is
    the balance after weighting.
    """
    effect, deviation, freedom = found
    inference = TeamInference.of([(effect, deviation, freedom)])
    nearest = effect - np.sign(effect) * float(inference.half_width()[0])
    point, limit = figures.e_value(effect, nearest, float((kept.after - kept.before).std(ddof=1)))
    return {
        "balance_of_figure": weighted if measure in WEIGHING else _left_unequal(kept, measure, has_start=has_start),
        "unseen_cause": {"holds": None, "e_value": rounded(point), "e_value_interval": rounded(limit)},
    }


def checks_of_scale(found: Figures) -> Checks:
    """On a scale that ends: the effect when groups move equally in points, and when on the underlying scale."""
    if found.in_points is None or found.underlying is None:
        return {}
    return {
        "bounded_scale": {
            "holds": None,
            "in_points": rounded(found.in_points),
            "underlying": rounded(found.underlying),
        }
    }


def _left_unequal(kept: Pairs, measure: str, *, has_start: bool) -> Check:
    """The largest standardised difference that a figure leaves which weighs nobody."""
    differences = np.abs(figures.standardised_differences(kept))
    if measure == AT_EQUAL_START:
        differences = differences[1:] if has_start else differences[:0]
    largest = float(differences.max(initial=0.0))
    return {"holds": largest < figures.MAX_UNWEIGHTED, "largest": rounded(largest)}
