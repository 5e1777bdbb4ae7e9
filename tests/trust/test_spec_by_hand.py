"""Of whom each row is, as the gate was told: who contributes to it, which parts divide it, on whom else it rests."""

from __future__ import annotations

import json

import pytest

from data_contracts.gate.spec import TableSpec
from data_contracts.gate.specs import PAIR, SPECS
from data_contracts.tables.contributions import outcome_of_others
from data_contracts.vocabulary.field import ALL

GROUP, NO_GROUP = ("slice", "slice_value"), (ALL, ALL)
MOMENTS = ("life_domain", "moment_from", "moment_to")
OF_A_PAIR = ("pair", "subject", *MOMENTS)
# Table -> what its people contribute to, and the columns of the group, as far as it knows people by group.
CELLS = {
    "out_change__funnel": (("funnel", "subject", "life_domain"), GROUP),
    "out_change__by_domain": (OF_A_PAIR, GROUP),
    "out_change__reliable": (OF_A_PAIR, GROUP),
    "out_change__regression_to_mean": (OF_A_PAIR, GROUP),
    "out_change__companions": (OF_A_PAIR, GROUP),
    "out_change__room": (("room", "subject", *MOMENTS), GROUP),
    "out_change__by_rater": (("rater", "rater", "subject", *MOMENTS), NO_GROUP),
    "out_change__series": (("series", "subject", "life_domain", "edition", "months_since_intake"), ("cohort",)),
    "out_change__curves": (("curve", "subject", "life_domain"), GROUP),
    "out_change__growth": (("growth", "subject", "life_domain"), GROUP),
    "out_care__use": (("use", "subject", "what", "unit"), GROUP),
    "out_care__by_life_domain": (("provision_kind", "life_domain", "year"), NO_GROUP),
    "out_care__shift": (("provision_shift", "life_domain", "year_from", "year_to"), NO_GROUP),
    "out_effects__estimates": (("estimate", "estimate_id"), NO_GROUP),
    "out_effects__for_whom": (("for_whom", "subject", "life_domain", *GROUP), NO_GROUP),
    "out_effects__who_is_missing": (("missing", "known_at_start", "value"), NO_GROUP),
    "out_quality__odd_courses": (("odd", "what"), NO_GROUP),
    "out_quality__ratings": (("ratings", "subject"), GROUP),
    "out_quality__agreement": (("agreement", "subject", "life_domain"), NO_GROUP),
    "out_quality__self_report": (("self_report", "life_domain"), NO_GROUP),
    "out_ladder__growth_potential": (("growth_potential", "moment_from", "moment_to", "steps_at"), NO_GROUP),
}
DIVIDED_WHOLE = {
    "out_change__by_domain",
    "out_change__reliable",
    "out_change__room",
    "out_change__by_rater",
    "out_quality__self_report",
    "out_ladder__growth_potential",
    "out_care__by_life_domain",
}


def key_of(spec: TableSpec, **known: str) -> dict[str, str]:
    """A key that holds in each column the name of that column."""
    return {name: name for name in spec.key} | known


@pytest.mark.parametrize("name", sorted(SPECS))
def test_people_contribute_to_an_outcome_in_a_group(name: str) -> None:
    outcome, group = CELLS[name]
    found, *of_group = SPECS[name].cell(key_of(SPECS[name]))
    assert json.loads(found) == list(outcome)
    # A table by one column alone, as by cohort, has that column as its slice.
    assert of_group == ([group[0], group[0]] if len(group) == 1 else list(group))


@pytest.mark.parametrize("name", sorted(SPECS))
def test_only_counts_that_exclude_each_other_and_leave_nobody_out_add_up(name: str) -> None:
    dividing = [family for family in SPECS[name].families if family.is_partition]
    assert [family.whole for family in dividing] == ["n_clients"] * (name in DIVIDED_WHOLE)
    assert all((len(family.parts) > 1) == family.is_partition for family in SPECS[name].families)


def test_estimates_models_and_comparisons_rest_on_more_people_than_they_count() -> None:
    resting = {name for name, spec in SPECS.items() if spec.rests_on_others}
    assert resting == {"out_effects__estimates", "out_effects__for_whom", "out_change__curves", "out_care__shift"}


def test_estimates_of_two_groups_do_not_make_the_estimate_of_both() -> None:
    assert {name for name, spec in SPECS.items() if not spec.can_be_added} == {
        "out_effects__estimates",
        "out_effects__for_whom",
    }


def test_everybody_is_one_cell_in_a_table_by_cohort_too() -> None:
    series = SPECS["out_change__series"]
    assert series.cell(key_of(series, cohort=ALL))[1:] == (ALL, ALL)
    assert series.cell(key_of(series, cohort="2024"))[1:] == ("cohort", "2024")


def test_small_teams_together_are_known_by_the_table_because_each_table_puts_together_other_teams() -> None:
    change, ratings = SPECS["out_change__by_domain"], SPECS["out_quality__ratings"]
    for spec in (change, ratings):
        plain = spec.cell(key_of(spec, slice="team", slice_value="Noord"))[0]
        found = spec.cell(key_of(spec, slice="team", slice_value="overig"))
        assert found == (outcome_of_others(str(spec.result.name), plain), ALL, ALL)
    # A group of another slice that happens to have that name is a group like any other.
    assert change.cell(key_of(change, slice="area", slice_value="overig"))[1:] == ("area", "overig")


def test_rows_that_divide_the_same_clients_are_protected_together() -> None:
    assert SPECS["out_change__by_domain"].block == list(PAIR[1:])
    assert SPECS["out_change__series"].block == ["subject", "life_domain", "edition", "months_since_intake"]
    estimates = SPECS["out_effects__estimates"].block
    assert "estimate_id" not in estimates and {"design", "measure", "unit", "per"} <= set(estimates)
