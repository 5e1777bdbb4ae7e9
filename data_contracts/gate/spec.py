"""What the gate must know of each est_ table: which column counts people, which counts are parts of it, what else.

Key columns and text from closed lists pass. What the out_ contract does not name never leaves.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import pandera.pandas as pa

from data_contracts.gate.groups import OTHER, TEAM
from data_contracts.tables import estimate_companions, estimates, for_whom, provision_kinds, released
from data_contracts.tables import released_companions as companions
from data_contracts.tables.contributions import FOR_WHOM, outcome_name, outcome_of_others
from data_contracts.vocabulary.field import ALL, ReliableChange

Cell = tuple[str, str, str]  # an outcome, a slice and a group in it


@dataclass(frozen=True, slots=True)
class Family:
    """Counts of distinct people within another count. A partition adds up to `whole`; else each part stands alone."""

    whole: str
    parts: tuple[str, ...]
    is_partition: bool = False


@dataclass(frozen=True, slots=True)
class TableSpec:
    """How one table of figures about groups of clients is made safe.

    `outcome` says what people contribute to: its kind and the columns that tell outcomes of that kind apart (see
    `data_contracts/tables/contributions.py`).
    `whole` counts the distinct clients of a row. `means` says of each mean which part it tells about: who is sufficient
    by a mean score, who went up and down by a mean 'change'. `tests` are shown only where all parts of the first family
    are, where there is one. `sums` are totals over clients: rounded by the largest contribution. `models` are figures
    of a model with the ends of their 95 % interval. `verdicts` leave as yes or no: is this p below 5 %, is this end of
    an interval above 0.
    """

    source: pa.DataFrameSchema
    result: pa.DataFrameSchema
    outcome: tuple[str, ...]
    whole: str
    families: tuple[Family, ...] = ()
    means: Mapping[str, str] = field(default_factory=dict)
    intervals: tuple[tuple[str, str], ...] = ()
    tests: tuple[str, ...] = ()
    sums: tuple[str, ...] = ()
    models: tuple[tuple[str, str, str], ...] = ()
    verdicts: Mapping[str, str] = field(default_factory=dict)
    group: tuple[str, ...] = ("slice", "slice_value")
    block_key: tuple[str, ...] = ()  # where it is not the key without the group
    can_be_added: bool = True  # figures of two groups make the figure of both together
    rests_on_others: bool = False  # on more people than the row counts: a model, or those they are compared with

    @property
    def key(self) -> list[str]:
        """What a row is about."""
        return list(self.source.unique)

    @property
    def block(self) -> list[str]:
        """What rows share that divide the same clients and are protected together."""
        return list(self.block_key) or [name for name in self.key if name not in self.group]

    def cell(self, key: Mapping[str, object]) -> Cell:
        """The outcome, the slice and the group of the row with this key; who rated, say, is part of the outcome."""
        kind, *about = self.outcome
        outcome = outcome_name(kind, [key[name] for name in about])
        if not set(self.group) & set(key) - set(about):
            return outcome, ALL, ALL
        value = str(key[self.group[-1]])
        if value == OTHER and key.get("slice", TEAM) == TEAM:
            return outcome_of_others(str(self.result.name), outcome), ALL, ALL
        if len(self.group) == 1:
            return outcome, ALL if value == ALL else self.group[0], value
        return outcome, str(key[self.group[0]]), value

    @property
    def parts(self) -> list[str]:
        """Every count that is a part of another."""
        return [part for family in self.families for part in family.parts]

    @property
    def counts(self) -> list[str]:
        """Every count of people."""
        return [self.whole, *self.parts]


PAIR = ("pair", "subject", "life_domain", "moment_from", "moment_to")
_KINDS = tuple(f"n_{kind.value}" for kind in ReliableChange)
SPECS: dict[str, TableSpec] = {
    spec.result.name: spec
    for spec in (
        TableSpec(
            estimates.FUNNEL,
            released.FUNNEL,
            outcome=("funnel", "subject", "life_domain"),
            whole="n_clients",
            families=(
                Family("n_clients", ("n_scored",)),
                Family("n_scored", ("n_scored_twice",)),
                Family("n_scored", ("n_monitored",)),
            ),
        ),
        TableSpec(
            estimates.CHANGE,
            released.CHANGE,
            outcome=PAIR,
            whole="n_clients",
            families=(
                Family("n_clients", ("n_up", "n_equal", "n_down"), is_partition=True),
                Family("n_clients", ("n_sufficient_before",)),
                Family("n_clients", ("n_sufficient_after",)),
            ),
            means={
                "mean_before": "n_sufficient_before",
                "mean_after": "n_sufficient_after",
                "mean_change": "change",
            },
            intervals=(("mean_change_low", "mean_change_high"),),
            tests=("effect_size", "p_value", "design_effect"),
        ),
        TableSpec(
            estimates.SERIES,
            released.SERIES,
            outcome=("series", "subject", "life_domain", "edition", "months_since_intake"),
            whole="n_clients",
            families=(Family("n_clients", ("n_sufficient",)),),
            means={"mean_score": "n_sufficient"},
            group=("cohort",),
        ),
        TableSpec(
            estimates.WHO_IS_MISSING,
            released.WHO_IS_MISSING,
            outcome=("missing", "known_at_start", "value"),
            whole="n_clients",
            families=(Family("n_clients", ("n_measured",)),),
            group=("value",),
        ),
        TableSpec(
            estimates.ODD_COURSES,
            released.ODD_COURSES,
            outcome=("odd", "what"),
            whole="n_clients",
            families=(Family("n_clients", ("n_odd",)),),
            group=(),
        ),
        TableSpec(
            estimates.USE,
            released.USE,
            outcome=("use", "subject", "what", "unit"),
            whole="n_clients_base",
            families=(Family("n_clients_base", ("n_clients",)),),
            sums=("total",),
        ),
        TableSpec(
            provision_kinds.KINDS,
            provision_kinds.OUT_KINDS,
            outcome=("provision_kind", "life_domain", "year"),
            whole="n_clients",
            families=(Family("n_clients", ("n_preliminary", "n_individual"), is_partition=True),),
            group=(),
        ),
        TableSpec(
            provision_kinds.SHIFT,
            provision_kinds.OUT_SHIFT,
            outcome=("provision_shift", "life_domain", "year_from", "year_to"),
            whole="n_clients",
            models=(("shift", "shift_low", "shift_high"),),
            verdicts={"is_shifted": "p_adjusted"},
            group=(),
            rests_on_others=True,
        ),
        TableSpec(
            estimates.ESTIMATES,
            released.ESTIMATES,
            outcome=("estimate", "estimate_id"),
            whole="n_clients",
            block_key=(
                "subject",
                "life_domain",
                "what",
                "moment_from",
                "moment_to",
                "design",
                "measure",
                "unit",
                "per",
            ),
            can_be_added=False,
            rests_on_others=True,
        ),
        TableSpec(
            estimate_companions.RELIABLE,
            companions.RELIABLE,
            outcome=PAIR,
            whole="n_clients",
            families=(Family("n_clients", _KINDS, is_partition=True),),
        ),
        TableSpec(
            estimate_companions.REGRESSION,
            companions.REGRESSION,
            outcome=PAIR,
            whole="n_clients",
            verdicts={"is_rise_beyond": "change_low"},
        ),
        TableSpec(
            estimate_companions.COMPANIONS,
            companions.COMPANIONS,
            outcome=PAIR,
            whole="n_clients",
            verdicts={"is_significant": "p_value"},
        ),
        TableSpec(
            estimate_companions.ROOM,
            companions.ROOM,
            outcome=("room", *PAIR[1:]),
            whole="n_clients",
            families=(
                Family("n_clients", ("n_could_rise", "n_cannot_rise"), is_partition=True),
                Family("n_cannot_rise", ("n_capped",)),
                Family("n_clients", ("n_at_floor",)),
            ),
        ),
        TableSpec(
            estimate_companions.BY_RATER,
            companions.BY_RATER,
            outcome=("rater", "rater", *PAIR[1:]),
            whole="n_clients",
            families=(Family("n_clients", ("n_up", "n_equal", "n_down"), is_partition=True),),
            means={"mean_change": "change"},
            group=("rater",),
        ),
        TableSpec(
            estimate_companions.CURVES,
            companions.CURVES,
            outcome=("curve", "subject", "life_domain"),
            whole="n_clients",
            models=(("share_sufficient", "share_sufficient_low", "share_sufficient_high"),),
            rests_on_others=True,
        ),
        TableSpec(
            estimate_companions.GROWTH,
            companions.GROWTH,
            outcome=("growth", "subject", "life_domain"),
            whole="n_clients",
            models=(("levels_per_year", "per_year_low", "per_year_high"),),
        ),
        TableSpec(
            for_whom.FOR_WHOM,
            for_whom.OUT_FOR_WHOM,
            outcome=(FOR_WHOM, "subject", "life_domain", "slice", "slice_value"),
            whole="n_clients",
            models=(("effect", "effect_low", "effect_high"),),
            tests=("p_value",),
            can_be_added=False,
            rests_on_others=True,
        ),
        TableSpec(
            estimate_companions.RATING_QUALITY,
            companions.RATING_QUALITY,
            outcome=("ratings", "subject"),
            whole="n_clients",
            families=(
                Family("n_clients", ("n_straight_lined",)),
                Family("n_clients", ("n_followed_up",)),
                Family("n_followed_up", ("n_copied_forward",)),
            ),
        ),
        TableSpec(
            estimate_companions.AGREEMENT,
            companions.AGREEMENT,
            outcome=("agreement", "subject", "life_domain"),
            whole="n_clients",
            models=(("estimate", "ci_low", "ci_high"),),
            group=(),
        ),
        TableSpec(
            estimate_companions.SELF_REPORT,
            companions.SELF_REPORT,
            outcome=("self_report", "life_domain"),
            whole="n_clients",
            families=(Family("n_clients", ("n_lower", "n_equal", "n_higher"), is_partition=True),),
            group=(),
        ),
        TableSpec(
            estimate_companions.GROWTH_POTENTIAL,
            companions.GROWTH_POTENTIAL,
            outcome=("growth_potential", *PAIR[3:], "steps_at"),
            whole="n_clients",
            families=(Family("n_clients", ("n_reached", "n_one_step", "n_more_steps"), is_partition=True),),
            group=(),
        ),
    )
}
