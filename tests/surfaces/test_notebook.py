"""The circle's app reads released tables only, hides a figure until a guess, and says guess and figure together."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import duckdb
import pandas as pd
import pytest

from data_contracts.errors import StudyError
from notebooks.release_files import released_figures, released_tables
from notebooks.verkennen import app
from reports import explore
from reports.content.change.figures import share_figure
from reports.content.council.figures_json import identified_figures
from reports.html.report import chapters_of, figure_html
from reports.released.source import Source
from tests.surfaces.invented import TEAMS, facts, tables

ALL_FINANCES = explore.Choice("zrm", "finances", "all", "all", "first", "last")


@pytest.fixture
def release(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A publication on disk, beside a table that does not belong in it."""
    (tmp_path / "tables").mkdir()
    for name in ("out_change__by_domain", "core_zrm__assessments"):
        duckdb.from_df(tables()["out_change__by_domain"]).write_parquet(str(tmp_path / "tables" / f"{name}.parquet"))
    monkeypatch.setenv("WIJKBAAT_RELEASE", str(tmp_path))
    return tmp_path


def ran(**given: Any) -> dict[str, Any]:
    return dict(app.run(defs=given)[1])


def test_only_released_tables_are_read(release: Path) -> None:
    assert list(released_tables(release)) == ["out_change__by_domain"]


def test_a_directory_without_a_publication_is_explained(tmp_path: Path) -> None:
    with pytest.raises(StudyError, match="geen tabellen van een publicatie"):
        released_tables(tmp_path)


def test_nothing_is_revealed_before_a_guess(release: Path) -> None:
    found = ran()
    assert found["choice"] == ALL_FINANCES
    assert "shown" not in found


def test_after_a_guess_the_figure_and_the_guess_stand_together(release: Path) -> None:
    found = ran(guess=SimpleNamespace(value=-1))
    assert found["answer"].startswith("U verwachtte: meer mensen achteruit dan vooruit.")
    assert "Te zien is: meer mensen vooruit dan achteruit (45% vooruit, 15% achteruit, 200 mensen)." in found["answer"]
    assert found["shown"].table.rows[0][0] == "Financiën"


def test_after_the_figure_the_other_life_domains_of_that_group_stand_side_by_side(release: Path) -> None:
    others = ran(guess=SimpleNamespace(value=1))["others"]
    names = {row[0] for row in share_figure(others).table.rows}
    assert names >= {"Financiën", "Huisvesting"} and "Verslaving" not in names  # of too few people
    assert set(others.rows["slice"]) == {"all"}
    assert "others" not in ran()


def test_of_one_scale_there_is_nothing_to_put_beside() -> None:
    own = tables()["out_change__by_domain"]
    only = {"out_change__by_domain": own[own["life_domain"] == "finances"]}
    assert explore.side_by_side(only, ALL_FINANCES) is None


def test_a_hidden_figure_is_not_revealed_but_explained(release: Path) -> None:
    hidden = explore.Choice("zrm", "addiction", "all", "all", "first", "last")
    assert "shown" not in ran(guess=SimpleNamespace(value=1), choice=hidden)
    assert explore.why_hidden(explore.row_of(tables(), hidden)) == "Dit cijfer is niet getoond: te weinig cliënten."


def test_a_guess_of_no_difference_holds_when_the_margin_spans_zero() -> None:
    row = explore.row_of(tables(), ALL_FINANCES).assign(share_net_low=-0.1, share_net_high=0.1)
    assert explore.expected_and_seen(0, row).endswith("Dat klopt met wat u verwachtte.")


def test_of_another_pair_of_moments_it_says_that_the_figure_is_about_fewer_people() -> None:
    later = explore.Choice("zrm", "finances", "all", "all", "first", "m12")
    told = explore.funnel(tables(), later)
    assert "200 hierop twee keer gemeten, op welk moment ook." in told
    assert told.endswith("wie op deze twee momenten is gemeten: eerste meting en 12 maanden later.")


def test_beside_the_figure_stand_its_noise_and_who_is_not_in_it() -> None:
    told = explore.beside(tables(), ALL_FINANCES)
    assert "meetruis" in told
    assert told.endswith("Van 400 mensen in beeld zijn er 200 hierop twee keer gemeten.")


def test_what_is_not_known_of_noise_is_said() -> None:
    only = {"out_change__by_domain": tables()["out_change__by_domain"]}
    assert explore.beside(only, ALL_FINANCES) == " Hoeveel hiervan meetruis is, is niet bekend."


def test_teams_are_chosen_one_at_a_time() -> None:
    found = explore.groups(tables(), "team")
    assert set(found) == set(TEAMS)
    one = explore.row_of(tables(), explore.Choice("zrm", "finances", "team", TEAMS[0], "first", "last"))
    assert isinstance(one, pd.DataFrame)
    assert len(one) == 1


def test_a_figure_of_an_app_has_the_number_of_the_report_and_none_of_its_own(release: Path) -> None:
    chapters = chapters_of(Source(facts(), tables()))
    numbered = identified_figures([], chapters, [])
    (release / "figures.json").write_text(json.dumps(numbered), encoding="utf-8")
    shown = share_figure(explore.compared(explore.row_of(tables(), ALL_FINANCES), ALL_FINANCES))
    line = explore.in_report(released_figures(release), ALL_FINANCES, shown)
    number = next(one["id"] for one in numbered if one["about"] == shown.title)
    assert f"figuur {number}." in line and f"wijkbaat explain PLEK {number}" in line
    assert "Figuur F" not in figure_html(shown) and "bij deze figuur" in figure_html(shown)


def test_a_figure_of_one_team_is_in_no_report(release: Path) -> None:
    of_team = replace(ALL_FINANCES, slice="team", slice_value=TEAMS[0])
    row = explore.row_of(tables(), of_team)
    everything = identified_figures([], chapters_of(Source(facts(), tables())), [])
    assert len(row) and explore.in_report(everything, of_team, share_figure(explore.compared(row, of_team))) == ""
