"""Draws of all uncertain inputs at once: scrambled Sobol points through a Gaussian copula.

Effects come from their released joint distribution, the other inputs from their own. Where few teams stand behind an
effect its quantiles are those of Student's t, all effects on one draw of how far off their standard errors are, so that
a sum of effects of the same teams has the same quantiles. Several independent scramblings give the simulation error of
every headline (Owen 1997).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import scipy
from scipy import special

from data_contracts.vocabulary.certainty import Z_95
from mkba.arrays import Array
from mkba.draws.distributions import at_scores, few_teams_stretch, quantiles
from mkba.inputs.spread import Spread

# Scrambled points may touch 0 or 1 after rounding; this keeps their normal score finite.
_EDGE = 2.0**-54
# With fewer, a t has no variance, and a mean over draws no meaning.
FEWEST_DF = 2.5


@dataclass(frozen=True, slots=True)
class Input:
    """One number that the result depends on. `group` is effect, price, volume or share."""

    id: str
    label: str
    group: str
    unit: str
    source: str
    status: str
    spread: Spread | None = None
    effect: int | None = None


@dataclass(frozen=True, slots=True)
class InputModel:
    """All inputs with their joint distribution.

    `effect_mean` and `effect_covariance` are on each effect's own scale; `is_log` says which are logarithms. The
    variances are such that a normal would give each effect its 95 % interval; `effect_df` (infinite where many teams
    stand behind it) gives the quantiles in between.
    `vintage` is the release that each effect is shown from, None for the one that is being made.
    `rank_correlation` is Spearman's, between the inputs in order; effects correlate by their covariance only.
    """

    inputs: tuple[Input, ...]
    effect_mean: Array
    effect_covariance: Array
    is_log: npt.NDArray[np.bool_]
    rank_correlation: Array
    effect_df: Array
    vintage: tuple[str | None, ...] = ()

    @property
    def _df(self) -> Array:
        return np.maximum(self.effect_df, FEWEST_DF)

    @property
    def effect_scale(self) -> Array:
        """What a score of a t with its degrees of freedom is multiplied by; the sd where there are many teams."""
        shrink = np.where(np.isfinite(self._df), Z_95 / special.stdtrit(self._df, 0.975), 1.0)
        return np.sqrt(np.diag(self.effect_covariance)) * shrink

    @property
    def means(self) -> Array:
        """The mean of every input on its natural scale, shape (1, n_inputs): the deterministic run."""
        log_means = self.effect_mean + np.diag(self.effect_covariance) / 2
        natural = np.where(self.is_log, np.exp(np.where(self.is_log, log_means, 0.0)), self.effect_mean)
        return np.array([[natural[one.effect] if one.effect is not None else _mean(one) for one in self.inputs]])

    @property
    def is_uncertain(self) -> npt.NDArray[np.bool_]:
        """Which inputs vary between draws."""
        variances = np.diag(self.effect_covariance)
        return np.array(
            [
                variances[one.effect] > 0
                if one.effect is not None
                else one.spread is not None and one.spread.low is not None
                for one in self.inputs
            ],
            dtype=bool,
        )

    def at_quantile(self, index: int, probability: float) -> float:
        """The value of one input at a probability, the others left alone."""
        one = self.inputs[index]
        if one.effect is None:
            return float(quantiles(one.spread, probability)) if one.spread else float("nan")
        score = special.stdtrit(self._df[one.effect], probability)
        value = self.effect_mean[one.effect] + self.effect_scale[one.effect] * score
        return float(np.exp(value)) if self.is_log[one.effect] else float(value)


def _mean(one: Input) -> float:
    return one.spread.value if one.spread is not None else float("nan")


def draws(model: InputModel, n_draws: int, seed: int, n_randomisations: int) -> Array:
    """Draws of every input, shape (n_draws, n_inputs), in `n_randomisations` equal blocks of scrambled Sobol points.

    The same seed gives the same bytes. `n_draws` / `n_randomisations` must be a power of 2, else ValueError.
    """
    per_block = n_draws // n_randomisations
    if per_block * n_randomisations != n_draws or per_block & (per_block - 1):
        raise ValueError("n_draws must be n_randomisations times a power of 2")
    # Columns lie together in memory: all that follows takes one input at a time.
    values = np.empty((n_draws, len(model.inputs)), order="F")
    varies = np.flatnonzero(model.is_uncertain)
    for index in np.flatnonzero(~model.is_uncertain):
        values[:, index] = model.means[0, index]
    if len(varies):
        few = any(one.effect is not None and np.isfinite(model.effect_df[one.effect]) for one in model.inputs)
        scores = normal_scores(len(varies) + few, per_block, seed, n_randomisations)
        correlation = _copula(model, varies)
        together = np.flatnonzero((correlation != 0).sum(axis=0) > 1)  # never the score of few teams
        scores[:, together] = scores[:, together] @ _root(correlation[np.ix_(together, together)]).T
        for column, index in enumerate(varies):
            values[:, index] = _natural(model, model.inputs[index], scores[:, column], scores[:, -1] if few else None)
    return values


def normal_scores(n_inputs: int, per_block: int, seed: int | tuple[int, int], n_blocks: int) -> Array:
    """Independent normal scores, shape (n_draws, n_inputs)."""
    scores = np.empty((per_block * n_blocks, n_inputs))
    for block, generator in enumerate(np.random.default_rng(seed).spawn(n_blocks)):
        points = scipy.stats.qmc.Sobol(n_inputs, scramble=True, rng=generator).random(per_block)
        np.clip(points, _EDGE, 1 - _EDGE, out=points)
        special.ndtri(points, out=scores[block * per_block : (block + 1) * per_block])
    return scores


def _natural(model: InputModel, one: Input, scores: Array, few_teams: Array | None) -> Array:
    """Normal scores as values of one input; `few_teams` is the score of how far off the standard errors are."""
    if one.effect is not None:
        df = float(model._df[one.effect])
        stretch = few_teams_stretch(df, few_teams) if few_teams is not None and np.isfinite(df) else 1.0
        value: Array = model.effect_mean[one.effect] + model.effect_scale[one.effect] * stretch * scores
        return np.exp(value) if model.is_log[one.effect] else value
    return at_scores(one.spread, scores) if one.spread is not None else np.full_like(scores, np.nan)


def _copula(model: InputModel, varies: npt.NDArray[np.intp]) -> Array:
    """Correlation of the normal scores: 2 sin(pi rho / 6) for a rank correlation, as it is for joint normal effects."""
    correlation = 2 * np.sin(np.pi * model.rank_correlation[np.ix_(varies, varies)] / 6)
    effects: Sequence[tuple[int, int]] = [
        (place, at) for place, index in enumerate(varies) if (at := model.inputs[index].effect) is not None
    ]
    sd = np.sqrt(np.diag(model.effect_covariance))
    for row, first in effects:
        for column, second in effects:
            correlation[row, column] = model.effect_covariance[first, second] / (sd[first] * sd[second])
    np.fill_diagonal(correlation, 1.0)
    return correlation


def _root(correlation: Array) -> Array:
    """A matrix whose square is the nearest correlation matrix without negative eigenvalues."""
    try:
        return np.asarray(np.linalg.cholesky(correlation), dtype=np.float64)
    except np.linalg.LinAlgError:
        values, vectors = np.linalg.eigh((correlation + correlation.T) / 2)
    root = vectors * np.sqrt(np.clip(values, 0, None))
    scaled: Array = root / np.linalg.norm(root, axis=1, keepdims=True)
    return scaled
