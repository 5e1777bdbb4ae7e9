"""What the gate knows of each est_ table that is about groups of clients."""

from __future__ import annotations

from data_contracts.gate.spec import Family, TableSpec
from data_contracts.tables import estimate_companions, estimates, for_whom, provision_kinds, released
from data_contracts.tables import released_companions as companions
from data_contracts.tables.contributions import FOR_WHOM
from data_contracts.vocabulary.field import ReliableChange

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
