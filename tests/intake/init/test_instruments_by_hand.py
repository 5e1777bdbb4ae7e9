"""With which edition a file was scored, which of its words are codes, and what a delivery is over time."""

from __future__ import annotations

from typing import Any

import pytest

from pipelines.init.coding import place_codes
from pipelines.init.design_found import design_entry
from pipelines.init.instruments import place_instrument
from pipelines.init.over_time import Held, place_delivers
from pipelines.init.proposal import Proposal
from pipelines.init.questions import Talk
from pipelines.init.shaping import _is_ladder, _is_long, _list_in_a_cell, _table, _why_not, rank_of_year
from pipelines.init.teams_found import bare_team, spellings
from tests.intake.init.by_hand import asked, reading

OF_2013 = {"finances": ["Financiën"], "addiction": ["Verslaving"], "daytime_activities": ["Dagbesteding"]}
OF_2017 = {"finances": ["Financiën"], "substance_use": ["Middelengebruik"], "work_education": ["Werk en opleiding"]}
BOTH = {"finances": ["Financiën"], "housing": ["Huisvesting"]}


def scored(scores: dict[str, list[str]], file: str = "a.csv", **replies: Any) -> tuple[dict[str, Any], list[str], str]:
    """What the entry says of the instrument, the open questions, and why the file stays out."""
    names = [name for names in scores.values() for name in names]
    one = reading("assessments", {name: ["3", "4"] for name in names}, **replies)
    one.scores = dict(scores)
    one.kind.sheets[0].file = file
    place_instrument(one)
    return one.entry, asked(one), one.aside


@pytest.mark.parametrize(
    ("scores", "file", "edition"),
    [
        (OF_2013, "a.csv", "zrm_2013"),
        (OF_2013, "ZRM 2010.csv", "zrm_2010"),
        (OF_2013, "export 2010.csv", "zrm_2013"),  # a year, and no name of an edition
        (OF_2017, "a.csv", "zrm_2017"),
        (OF_2017, "ZRM_2010.csv", "zrm_2017"),
    ],
)
def test_domains_that_one_edition_has_tell_it_and_of_2010_only_a_name_does(
    scores: dict[str, list[str]], file: str, edition: str
) -> None:
    entry, open_, _ = scored(scores, file)
    assert (entry["edition"], open_) == (edition, [])
    assert entry["rater_type"] == "not_told"


def test_domains_that_both_editions_have_are_asked_about_and_so_is_a_name_of_another_instrument() -> None:
    assert scored(BOTH)[1] == ["editie"]
    assert scored(BOTH, editie="zrm_2017")[0]["edition"] == "zrm_2017"
    assert scored(OF_2013, "zelfscore.csv")[1] == ["editie"]


def test_two_names_that_only_2010_prints_tell_it_and_one_may_be_somebodys_own() -> None:
    two = {"finances": ["Inkomen"], "domestic_relations": ["Gezinsrelaties"], "addiction": ["Verslaving"]}
    assert scored(two)[0]["edition"] == "zrm_2010"
    assert scored(two | {"domestic_relations": ["Thuis"]})[0]["edition"] == "zrm_2013"
    assert scored(two | {"physical_health": ["Lichamelijke gezondheid"]})[0]["edition"] == "zrm_2013"


def test_a_file_of_goals_is_asked_about_and_left_out_when_it_is_one() -> None:
    assert "soort" in scored(OF_2013, "zrm_gewenst.csv")[1]
    assert scored(OF_2013, "zrm_gewenst.csv", soort="doel")[2] == "dit zijn doelen en geen metingen."
    assert scored(OF_2013, "zrm_gewenst.csv", soort="meting")[2] == ""


@pytest.mark.parametrize(
    ("marks", "scale", "is_asked"), [(["4", "6"], "mark_1_10", False), (["4", "5"], "scale_1_5", True)]
)
def test_a_mark_above_five_is_one_of_ten(marks: list[str], scale: str, is_asked: bool) -> None:
    one = reading("experienced", {"Cijfer": marks})
    one.columns = {"value": "Cijfer"}
    place_instrument(one)
    assert one.entry["scale"] == scale and (asked(one) == ["schaal"]) == is_asked


def coded(
    table: str, columns: dict[str, list[str]], ours: dict[str, str], **replies: Any
) -> tuple[dict, list[str], Any]:
    one = reading(table, columns, **replies)
    one.columns, one.entry["columns"] = dict(ours), dict(ours)
    if table == "assessments":
        one.scores = {"finances": ["Financiën"]}
    place_codes(one)
    return one.entry, asked(one), one.entry["columns"].get("team")


def test_words_for_no_score_are_written_down_and_others_asked() -> None:
    entry, open_, _ = coded("assessments", {"Financiën": [*["3"] * 20, "nvt", "niet besproken", "-", "", "3,5"]}, {})
    assert entry["codes"]["score"] == {"nvt": "not_applicable", "niet besproken": "not_discussed", "-": "not_asked"}
    assert open_ == []
    unclear = {"Financiën": ["3", "0", "99"]}
    assert coded("assessments", unclear, {})[1] == ["codes.score"]
    said, open_, _ = coded("assessments", unclear, {}, codes__score={"0": "onbekend", "99": "1"})
    assert (said["codes"]["score"], open_) == ({"0": "unknown", "99": 1}, [])


@pytest.mark.parametrize(
    ("teams", "is_asked"),
    [(["Noord", "Zuid"], False), (["Noord", ""], True), (["", ""], False), (["Noord", "n.b."], True)],
)
def test_some_assessments_without_a_team_are_asked_about(teams: list[str], is_asked: bool) -> None:
    columns = {"Financiën": ["3", "4"], "Team": teams}
    assert (coded("assessments", columns, {"team": "Team"})[1] == ["team-leeg"]) == is_asked
    if is_asked:
        yes = coded("assessments", columns, {"team": "Team"}, **{"team-leeg": "ja"})
        assert yes[2] == {"from": "Team", "empty": "unknown"}
        assert coded("assessments", columns, {"team": "Team"}, **{"team-leeg": "nee"})[2] == "Team"


def test_costs_of_the_new_approach_say_so() -> None:
    columns = {"Soort": ["Nieuwe aanpak", "Salaris", "Nieuwe aanpak"]}
    assert coded("costs", columns, {"cost_kind": "Soort"})[0]["new_approach_costs"] == ["Nieuwe aanpak"]


def delivered(*held: Held, with_earlier: bool = True, **given: str) -> tuple[dict[str, Any] | None, bool]:
    """What is written of a delivery, and whether it was certain."""
    entry: dict[str, Any] = {"match": "*", "table": "provisions", "columns": {}}
    talk = Talk({name.replace("__", "."): reply for name, reply in given.items()})
    place_delivers(talk, [entry], {"provisions": held} if held else {}, with_earlier=with_earlier)
    assert list(entry)[-1] == "columns"
    return entry.get("delivers"), talk.questions["levert.provisions"].certain is not None


@pytest.mark.parametrize(
    ("held", "written"),
    [
        (Held("started_on", 100, 95), {"kind": "complete", "period_by": "started_on"}),
        (Held("started_on", 100, 94), None),
        (Held("started_on", 100, 6), None),
        (Held("started_on", 100, 5), {"kind": "addition"}),
        (Held("started_on", 10, 10), {"kind": "complete", "period_by": "started_on"}),
        (Held("started_on", 9, 9), None),
        (Held("started_on", 0, 0), None),
    ],
)
def test_what_nearly_all_or_hardly_any_earlier_records_do_is_certain_from_ten_on(held: Held, written: object) -> None:
    assert delivered(held)[0] == written


def test_of_two_ways_to_tell_the_period_the_one_that_holds_most_is_written_and_a_reply_wins() -> None:
    two = Held("started_on", 100, 60), Held("active", 100, 99)
    assert delivered(*two)[0] == {"kind": "complete", "period_by": "active"}
    assert delivered(*two, levert__provisions="aanvulling")[0] == {"kind": "addition"}
    assert delivered(levert__provisions="volledig")[0] == {"kind": "complete", "period_by": "started_on"}
    assert delivered() == (None, False)


def test_teams_that_began_on_one_day_are_not_compared_with_each_other() -> None:
    def design(*starts: str, **given: str) -> dict[str, Any]:
        one = reading("teams", {"Start": list(starts)})
        one.columns = {"approach_started_on": "Start"}
        talk = Talk(given)
        proposal = Proposal((one,), (), (), "", talk)
        return design_entry(proposal, talk)

    assert design("1-1-2022", "1-1-2022", "", ontwerp="staggered") == {"kind": "before_after"}
    assert design("1-1-2022", "1-7-2022") == {"kind": "before_after"}
    said = design("1-1-2022", "1-7-2022", ontwerp="staggered", werkwijze="Dichtbij")
    assert said == {"kind": "staggered", "new_approach": "Dichtbij"}


def test_one_team_under_several_spellings_is_known_by_the_most_used() -> None:
    around = ("Wijkteam Noord", "WT Noord", "Noord team", "Sociaal team Noord")
    assert {bare_team(name) for name in around} == {"noord"} and bare_team("Team") == "team"
    names = ["Noord", "Noord", "Wijkteam Noord", "Zuid", "", "noord"]
    assert spellings(names) == {"Noord": ["Wijkteam Noord"]}
    assert spellings(["Noord", "Zuid"]) == {}
    assert spellings(["WT Oost", "Team Oost"]) == {"Team Oost": ["WT Oost"]}  # as often: in order


def found(columns: dict[str, list[str]]) -> str | None:
    return _table(reading("", columns))


THREE = {"Financiën": ["1", "2"], "Huisvesting": ["3", "4"], "ADL": ["5", "1"]}


def test_the_table_of_a_file_follows_from_its_columns_and_what_they_hold() -> None:
    assert found(THREE) == "assessments"
    assert found(dict(list(THREE.items())[:2])) is None
    many = {name: [f"woord {at}" for at in range(13)] for name in THREE}
    assert found(many) is None
    key = {"Cliëntnummer": ["A", "B"], "Datum": ["1-1-2022", "2-1-2022"]}
    assert found(key | {"Trede": ["3", "4"]}) == "ladder"
    assert found(key | {"Trede": ["woord", "x"]}) is None
    long = key | {"Leefgebied": ["Financiën", "ADL"], "Score": ["1", "2"]}
    assert found(long) == "assessments"
    assert found(long | {"Leefgebied": ["iets", "anders"]}) is None
    assert found({"Team": ["N", "Z"], "2021": ["1", "2"], "2022": ["3", "4"]}) is None  # asked: a crosstab of what?


def test_half_of_the_steps_is_no_ladder_and_one_domain_alone_is_a_long_file() -> None:
    steps = {"Cliëntnummer": ["A", "B"], "Datum": ["1-1-2022", "2-1-2022"], "Trede": ["3", "x"]}
    assert not _is_ladder(reading("", steps))
    assert _is_ladder(
        reading("", {name: [*cells, cells[0]] for name, cells in steps.items()} | {"Trede": ["3", "x", "4"]})
    )
    assert _is_long(reading("", {"Leefgebied": ["ADL", "ADL"], "Score": ["1", "2"]}))
    assert not _is_long(reading("", {"Leefgebied": ["ADL", "iets"], "Score": ["1", "2"]}))
    two = {"Leefgebied": ["ADL", "ADL"], "Domein": ["iets", "anders"], "Score": ["1", "2"]}
    assert _is_long(reading("", two))  # the more certain name
    three = ["ADL", "Financiën", "Huisvesting", "iets"]
    assert _is_long(reading("", {"Leefgebied": three, "Score": ["1"] * 4}))


def test_why_a_file_is_not_read_names_what_is_missing() -> None:
    assert "geen kolom zoals 'clientnummer'" in _why_not(reading("", {"Datum": ["x"], "Trede": ["3"]}))
    money = {"Team": ["N"], "Jaar": ["2022"], "Kostensoort": ["x"], "Kosten x 1.000": ["3"]}
    assert "niet in hele euro's" in _why_not(reading("", money))
    assert "staan alle scores in één cel" in _why_not(reading("", {"Scores": ["1;2;3;4;5;1", "2;2;2;;4;1"]}))
    assert "of er is geen kopregel" in _why_not(reading("", {"Xa": ["1"], "Xb": ["2"]}))


@pytest.mark.parametrize(
    ("cell", "is_list"), [("1;2;3;4;5;1", True), ("1;2;3;4;5", False), ("1,2,3,4,5,,1", True), ("12;3;4;5;1;2", False)]
)
def test_a_list_of_scores_in_a_cell_has_six_places(cell: str, is_list: bool) -> None:
    assert bool(_list_in_a_cell(reading("", {"Alles": [cell, ""]}))) == is_list
    assert _list_in_a_cell(reading("", {"Alles": ["", ""]})) is None


def test_a_column_of_years_beside_columns_called_after_years_makes_no_crosstab() -> None:
    assert rank_of_year(reading("", {"Jaar": ["2022"], "2021": ["1"]}))
    assert not rank_of_year(reading("", {"Team": ["N"], "2021": ["1"]}))
