"""Which outcomes share a family: wholes first, parts behind their whole, and nothing counted twice."""

import numpy as np
import pytest
from statsmodels.stats.multitest import multipletests

from indicators.effects.demonstrable import _are_one, with_demonstrable
from indicators.effects.estimates import Basis, Outcome
from indicators.effects.few_teams import TeamInference


def provision(column: str, unit: str = "eur", part_of: str | None = None) -> Outcome:
    return Outcome(column, "provisions", unit, what=column, part_of=part_of)


HIERARCHY = [
    provision("wmo"),
    provision("jeugdwet"),
    provision("begeleiding", part_of="wmo"),
    provision("huishoudelijke hulp", part_of="wmo"),
    provision("begeleiding uren", unit="hour", part_of="begeleiding"),
    provision("jeugdhulp", part_of="jeugdwet"),
]


def found(*estimates: float, error: float = 1.0) -> TeamInference:
    """Estimates in standard errors, from 12 teams that differ in chance only."""
    rng = np.random.default_rng(2)
    deviation = rng.normal(size=(12, len(estimates)))
    deviation *= error / np.sqrt((deviation**2).sum(axis=0))
    return TeamInference(np.array(estimates), deviation, np.full(len(estimates), 11.0))


def adjusted(outcomes: list[Outcome], inference: TeamInference, refused: tuple[int, ...] = ()) -> list[float | None]:
    bases = [Basis(100, None, refused_because="x" if at in refused else None) for at in range(len(outcomes))]
    checks = [one.checks.get("demonstrable", {}) for one in with_demonstrable(outcomes, inference, bases)]
    return [one.get("p_value_adjusted") for one in checks]


def test_wholes_are_held_by_holm_among_themselves_and_not_for_their_parts() -> None:
    inference = found(2.9, 0.4, 1.0, 1.1, 0.9, 0.3)
    expected = multipletests(inference.p_value[:2], method="holm")[1]
    assert adjusted(HIERARCHY, inference)[:2] == pytest.approx(expected.tolist(), abs=1e-4)
    assert multipletests(inference.p_value, method="holm")[1][0] > 0.05 > expected[0]


def test_a_part_is_never_more_certain_than_its_whole() -> None:
    inference = found(2.9, 0.4, 6.0, 0.1, 7.0, 8.0)
    after = adjusted(HIERARCHY, inference)
    assert after[2] == after[4] == after[0] < 0.05
    assert after[5] == after[1] > 0.5
    assert after[3] == pytest.approx(inference.p_value[3], abs=1e-4)


def test_the_only_product_of_a_law_is_no_outcome_more() -> None:
    base = found(2.9, 0.4, 2.9, 1.1)
    same = TeamInference(base.estimate, base.deviation[:, [0, 1, 0, 3]], base.degrees_of_freedom)
    outcomes = [HIERARCHY[0], HIERARCHY[1], HIERARCHY[2], HIERARCHY[3]]
    after, without = adjusted(outcomes, same), adjusted([*outcomes[:2], outcomes[3]], found(2.9, 0.4, 1.1))
    assert after[2] == after[0]
    assert after[3] == without[2]


def test_a_whole_without_a_figure_is_no_gate() -> None:
    after = adjusted(HIERARCHY, found(np.nan, 0.4, 6.0, 0.1, 7.0, 8.0), refused=(0,))
    assert after[0] is None
    assert after[2] is not None and after[2] < 0.05


@pytest.mark.parametrize(
    ("estimate", "scale", "shift", "is_one"),
    [
        (1.0, 1.0, 0.0, True),
        (1.0 + 1e-12, 1.0, 0.0, True),
        (1.0, 1.0 + 1e-12, 0.0, True),
        (1.001, 1.0, 0.0, False),
        (1.0, 1.001, 0.0, False),
        (1.0, 1.0, 0.001, False),
        (np.nan, 1.0, 0.0, False),
    ],
)
def test_two_outcomes_are_one_where_every_team_says_the_same(
    estimate: float, scale: float, shift: float, is_one: bool
) -> None:
    base = found(1.0, 0.0)
    deviation = base.deviation.copy()
    deviation[:, 1] = deviation[:, 0] * scale
    deviation[0, 1] += shift
    both = TeamInference(np.array([1.0, estimate]), deviation, base.degrees_of_freedom)
    assert _are_one(both, 0, 1) is is_one
    assert _are_one(both, 1, 0) is is_one
