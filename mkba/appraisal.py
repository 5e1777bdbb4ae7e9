"""The whole analysis at once: lines, draws, balances of every alternative, and what may lead."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, replace

from data_contracts.vocabulary.field import Stamp
from mkba.arrays import Array
from mkba.balance.balance import Balance, balance, net_present_values
from mkba.balance.gradient import effect_gradient
from mkba.balance.headline import verified_share, warned_share, weakest_stamp
from mkba.balance.overlap import overlap_shares
from mkba.binding.bound_lines import line_table
from mkba.binding.effects import Released
from mkba.binding.line_table import LineTable
from mkba.draws.joint import draws
from mkba.draws.vintages import at_worst
from mkba.inputs.model import Mkba
from mkba.inputs.packs import Packs
from mkba.lint.checks import findings
from mkba.lint.finding import MkbaFinding
from mkba.uncertainty.doubt import doubted
from mkba.uncertainty.in_the_light import Light, light

# Where most of a balance rests on comparisons that their own check contradicts, the second margin is no answer either.
WARNED_SHARE = 0.5


@dataclass(frozen=True, slots=True)
class Settings:
    """How often is drawn; the same seed gives the same bytes."""

    seed: int
    n_draws: int = 65_536
    n_randomisations: int = 8


@dataclass(frozen=True, slots=True)
class Result:
    """One alternative: its balance over the draws and at the mean vector, and its outcome in doubt about the design."""

    balance: Balance
    at_mean: Balance
    overlap: Array
    npv_in_doubt: Array


@dataclass(frozen=True, slots=True)
class Appraisal:
    """The social cost-benefit analysis of one study; `light` where it declared what was known beforehand."""

    table: LineTable
    settings: Settings
    inputs: Array
    results: tuple[Result, ...]
    findings: tuple[MkbaFinding, ...]
    parameters_hash: str
    light: Light | None = None

    @property
    def model(self) -> Mkba:
        """mkba.yaml."""
        return self.table.model

    @property
    def leading(self) -> str:
        """What may stand first: the balance ('npv'), only the break-even point, or nothing for lack of evidence.

        'npv' needs an estimate with a comparison under every priced effect, and enough benefits at verified prices.
        """
        rows = self.table.rows
        effects = [row for row in rows if row.line.role == "effect" and row.is_priced]
        if not effects or self.is_blocked:
            return "none"
        if self.is_indicative or not self.is_compared or self.is_one_series or self.is_held or self.is_warned:
            return "break_even"
        return "npv"

    @property
    def is_blocked(self) -> bool:
        """Does a finding keep every total out of the chapter?"""
        return any(finding.severity == "blocks" for finding in self.findings)

    @property
    def is_indicative(self) -> bool:
        """Do too few of the benefits rest on verified prices?"""
        shares = [share for one in self.results if (share := verified_share(one.balance)) is not None]
        return not shares or min(shares) < self.model.verified_share_for_headline

    @property
    def held(self) -> tuple[int, int]:
        """How many priced lines on a measured effect show an earlier figure, and how many there are."""
        effects = [row for row in self.table.rows if row.effect is not None and row.is_priced]
        return sum(row.effect is not None and row.effect.vintage is not None for row in effects), len(effects)

    @property
    def is_held(self) -> bool:
        """Do so many lines show an earlier figure that they make no balance of today?"""
        held, lines = self.held
        return held > self.model.held_share_for_headline * lines

    @property
    def warned(self) -> float:
        """The largest share of the measured euros of a choice whose check on courses before the start failed."""
        return max(warned_share(one.at_mean) for one in self.results)

    @property
    def is_warned(self) -> bool:
        """Did the teams behind most of the measured euros move apart before the start?"""
        return self.warned > WARNED_SHARE

    @property
    def is_compared(self) -> bool:
        """Does no change without a comparison lie under a total?"""
        return weakest_stamp(self.table) is not Stamp.CHANGE

    @property
    def is_one_series(self) -> bool:
        """Does a step in one series lie under a total? Whatever else changed on that day is in it."""
        return any(row.is_priced and row.effect is not None and row.effect.is_one_series for row in self.table.rows)

    @property
    def shows_balance(self) -> bool:
        """May totals be shown? Not without a comparison or evidence, nor on too many earlier or warned figures."""
        withheld = not self.is_compared or self.is_one_series or self.is_held or self.is_warned
        return self.leading != "none" and not withheld


def appraise(model: Mkba, packs: Packs, released: Released, settings: Settings) -> Appraisal:
    """The analysis of `model` on released quantities; pure, so a what-if is a call with another `model`."""
    table = _at_worst(line_table(model, packs, released))
    inputs = draws(table.inputs, settings.n_draws, settings.seed, settings.n_randomisations)
    in_doubt = doubted(table, inputs, settings.seed, settings.n_randomisations)
    results = []
    for alternative in model.alternatives:
        shares = overlap_shares(table, alternative)
        results.append(
            Result(
                balance(table, inputs, alternative, shares),
                balance(table, table.inputs.means, alternative, shares),
                shares,
                net_present_values(table, in_doubt, alternative, shares),
            )
        )
    found = findings(table, [one.balance for one in results])
    known = model.beforehand
    beside = None if known is None else light(known, table, released.effects, inputs)
    return Appraisal(table, settings, inputs, tuple(results), found, parameters_hash(model, packs), beside)


def values_at_means(model: Mkba, packs: Packs, released: Released) -> dict[str, float]:
    """Alternative -> its net present value at the means of everything that was put in, without any draw."""
    table = line_table(model, packs, released)
    means = table.inputs.means
    return {
        one.id: float(net_present_values(table, means, one, overlap_shares(table, one))[0])
        for one in model.alternatives
    }


def _at_worst(table: LineTable) -> LineTable:
    """The lines with effects of several vintages as dependent as they can be, seen from the first alternative."""
    if len(set(table.inputs.vintage)) < 2:
        return table
    gradient = effect_gradient(table)
    covariance = at_worst(table.inputs.effect_covariance, table.inputs.vintage, gradient)
    return replace(table, inputs=replace(table.inputs, effect_covariance=covariance))


def parameters_hash(model: Mkba, packs: Packs) -> str:
    """Hash of mkba.yaml and of every pack that it uses."""
    used = {model.discount, model.price_index, model.stress_tests, model.doubt, *model.price_lists}
    # What is not declared leaves no trace: a study without knowledge beforehand keeps its hash.
    declared = model.model_dump(mode="json", exclude={"beforehand"} if model.beforehand is None else None)
    parts = {"mkba": declared, "packs": {name: packs.hashes.get(name) for name in sorted(used)}}
    return hashlib.sha256(json.dumps(parts, sort_keys=True, ensure_ascii=False).encode()).hexdigest()
