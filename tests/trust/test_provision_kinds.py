"""Provisions per life domain leave like every count: few are hidden, also from who reads a whole year together."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from every_table import narrow, told
from linked_releases import together
from plain_ledger import remembered

from data_contracts.contract import empty_frame
from data_contracts.tables.provision_kinds import KINDS, OUT_SHIFT, SHIFT
from indicators.counts.provision_kinds import by_life_domain
from indicators.counts.provision_shift import shift_of_kinds

KINDS_OUT, SHIFT_OUT = "out_care__by_life_domain", "out_care__shift"
DOMAINS = ("finances", "housing", "adl", "not_told")


def rows(schema, *some: dict) -> pd.DataFrame:
    kinds = empty_frame(schema).dtypes.to_dict()
    return pd.DataFrame(list(some)).reindex(columns=list(kinds)).astype(kinds)


def kinds(domain: str, n: int, light: int) -> dict[str, object]:
    return {
        "life_domain": domain, "year": 2024, "n_clients": n, "n_preliminary": light, "n_individual": n - light,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("domain", "light", "status"),
    [("adl", 9, "below"), ("adl", 14, "shown"), ("mental_health", 14, "below"), ("adl", 91, "above")],
)
def test_few_of_a_kind_are_hidden_and_the_rest_does_not_tell_them(gate, domain: str, light: int, status: str) -> None:
    out = gate(rows(KINDS, kinds(domain, 100, light)), KINDS_OUT)
    shown = out.frame.iloc[0]
    assert shown["n_preliminary_status"] == status
    assert pd.isna(shown["n_preliminary"]) == pd.isna(shown["n_individual"]) == (status != "shown")


def test_a_life_domain_of_few_people_shows_nothing(gate) -> None:
    shown = gate(rows(KINDS, kinds("adl", 9, 4), kinds("all", 60, 30)), KINDS_OUT).frame.set_index("life_domain")
    assert shown.loc["adl", "status"] == "too_few" and pd.isna(shown.loc["adl", "n_clients"])
    assert shown.loc["all", ["n_clients", "n_preliminary"]].tolist() == [60, 30]


@pytest.mark.parametrize(("moved", "status"), [(0, "released"), (3, "held"), (15, "released")])
def test_a_year_is_shown_anew_only_when_enough_people_differ(gate, moved: int, status: str) -> None:
    def of(n: int) -> pd.DataFrame:
        people = " ".join(f"p{at}:{'x' if at < n else 'a'}" for at in range(100))
        return rows(KINDS, kinds("adl", 100, 40 + n)).assign(people=people)

    then = gate(of(moved), KINDS_OUT, remembered(gate(of(0), KINDS_OUT))).frame
    assert then["status"].tolist() == [status]


def shift(**more: object) -> dict[str, object]:
    usual = {"life_domain": "adl", "year_from": 2021, "year_to": 2024, "n_clients": 200, "p_adjusted": 0.02}
    return usual | {"shift": 0.1234567, "shift_low": 0.0312345, "shift_high": 0.2156789} | more


def test_a_shift_leaves_no_finer_than_a_rounded_count_and_its_test_as_yes_or_no(gate) -> None:
    few = {"shift": None, "shift_low": None, "shift_high": None, "p_adjusted": None, "refused_because": "too_few"}
    out = gate(rows(SHIFT, shift(), shift(life_domain="housing", **few)), SHIFT_OUT).frame.set_index("life_domain")
    told_of = out.loc["adl", ["shift", "shift_low", "shift_high"]].astype("float64")
    assert (np.abs(told_of / 0.025 - (told_of / 0.025).round()) < 1e-9).all()  # five of two hundred
    assert out.loc["adl", "is_shifted"] and not out.loc["housing", "is_shifted"]
    assert pd.isna(out.loc["housing", "shift"]) and out.loc["housing", "refused_because"] == "too_few"
    assert "p_adjusted" not in OUT_SHIFT.columns


def a_year(seed: int) -> dict[str, pd.DataFrame]:
    """People with something for one or more life domains in one year; few in some, and most of one kind in others."""
    rng = np.random.default_rng(seed)
    n = int(rng.integers(50, 90))
    light = dict(zip(DOMAINS, rng.permutation([0.1, 0.5, 0.85, 0.5]), strict=True))
    share = dict(zip(DOMAINS, rng.permutation([0.1, 0.25, 0.5, 0.35]), strict=True))
    lines = [
        (client, domain, 2024, rng.random() > light[domain])
        for client in range(n)
        for domain in ([one for one in DOMAINS if rng.random() < share[one]] or ["housing"])
    ]
    given = pd.DataFrame(lines, columns=["client_no", "life_domain", "year", "is_individual"])
    of_all = given.groupby(["client_no", "year"])["is_individual"].any().reset_index().assign(life_domain="all")
    return {KINDS_OUT: by_life_domain(pd.concat([given, of_all], ignore_index=True))}


def test_who_reads_all_life_domains_of_a_year_together_learns_no_small_count() -> None:
    """Everybody is given something for at least one of them, and who is granted something for one is so for all."""
    n_targets = 0
    for seed in range(6):
        exact = a_year(seed)
        found = told([together(exact, {})], exact, {})
        n_targets += len(found)
        assert narrow(found).empty, narrow(found).to_string()
    assert n_targets > 10


def two_years(seed: int) -> dict[str, pd.DataFrame]:
    """People who come in one of two years, few in both, and what shifted between them."""
    rng = np.random.default_rng(seed)
    n = int(rng.integers(60, 160))
    light = dict(zip(DOMAINS, rng.permutation([0.15, 0.5, 0.85, 0.5]), strict=True))
    share = dict(zip(DOMAINS, rng.permutation([0.15, 0.3, 0.5, 0.4]), strict=True))
    stays = rng.choice([0.0, 0.02, 0.05, 0.1])
    lines = []
    for client in range(n):
        own = 2021 if rng.random() < 0.5 else 2024
        for year in (2021, 2024) if rng.random() < stays else (own,):
            domains = [one for one in DOMAINS if rng.random() < share[one]] or ["housing"]
            lines += [(client, domain, year, rng.random() > light[domain]) for domain in domains]
    given = pd.DataFrame(lines, columns=["client_no", "life_domain", "year", "is_individual"])
    of_all = given.groupby(["client_no", "year"])["is_individual"].any().reset_index().assign(life_domain="all")
    both = pd.concat([given, of_all], ignore_index=True).assign(team_no=lambda rows: rows["client_no"] % 7)
    return {KINDS_OUT: by_life_domain(both), SHIFT_OUT: shift_of_kinds(both, lambda _: 10)}


def test_what_shifted_tells_no_small_count_beside_the_two_years() -> None:
    """With everybody of both years in the shift, hidden counts of nine were told exactly in two of these towns."""
    n_targets = 0
    for seed in (4, 13, 17, 22, 41, 56):
        exact = two_years(seed)
        assert len(exact[SHIFT_OUT])
        found = told([together(exact, {})], exact, {})
        n_targets += len(found)
        assert narrow(found).empty, narrow(found).to_string()
    assert n_targets > 50
