"""What holds between the files of a delivery: duplicates, keys that meet, unknown files, and all refusals at once."""

from pathlib import Path

import pytest

from data_contracts.errors import DeliveryRefused, StudyError
from data_contracts.mapping.file import WholeMapping
from data_contracts.yaml_file import as_model
from pipelines.intake.door import open_delivery
from pipelines.intake.meeting import lay_before, meetings, refuse_unmet_keys
from pipelines.intake.opened import OpenedFiles
from pipelines.intake.raw import refusals_of
from pipelines.intake.reading.texts import Rules
from pipelines.storage.platform import connect
from tests.intake.taking_in import MAPPING, RECEIVED_ON, delivered, mapping, study, take_in

HEADER = "Nummer;Datum;Financiën;Huisvesting;Justitie;Opmerking\n"
LONG = """
schema_version: 2
files:
  - match: zrm*.csv
    table: assessments
    edition: zrm_2013
    columns: {client_key: Nummer, assessed_on: Datum, life_domain: Gebied, score: Score}
"""
CASES = """
  - match: trajecten.csv
    table: trajectories
    columns: {client_key: Nummer, started_on: Start}
"""
LOOSE = study().model_copy(update={"pseudonym_pattern": "(?i)demo-[0-9]{3,5}(\\.0)?|demo[0-9]{4}"})


def with_cases(directory: Path, keys: list[str]) -> Path:
    rows = "".join(f"demo-{number:04};01-02-2024;3;4;;\n" for number in range(1, 21))
    delivered(directory, HEADER + rows)
    return delivered(directory, "Nummer;Start\n" + "".join(f"{key};01-02-2024\n" for key in keys), "trajecten.csv")


def test_a_row_that_came_in_two_files_counts_once(tmp_path: Path) -> None:
    text = MAPPING.replace("zrm.csv", "ZRM 20*.csv")
    both = "demo-0001;01-02-2024;3;4;;\n"
    directory = delivered(tmp_path / "levering", HEADER + both, "zrm 2023.csv")
    delivered(directory, HEADER + both + "demo-0002;01-02-2024;3;4;;\n", "zrm 2024.csv")
    taken = take_in(directory, study(), mapping(text))
    assert taken.verdicts() == ["accepted", "exact_duplicate", "accepted"]


def test_rows_without_a_key_are_no_duplicates_of_each_other(tmp_path: Path) -> None:
    rows = ["demo-0001;01-02-2024;Financiën;3"] + [";;Financiën;3"] * 3
    strict = study().model_copy(
        update={"thresholds": study().thresholds.model_copy(update={"max_quarantined_share": 0.9})}
    )
    directory = delivered(tmp_path / "levering", "Nummer;Datum;Gebied;Score\n" + "\n".join(rows) + "\n")
    assert take_in(directory, strict, mapping(LONG)).verdicts() == ["accepted"] + ["client_missing"] * 3


def test_keys_that_stand_once_are_filled_down(tmp_path: Path) -> None:
    rows = [
        "demo-0001;01-02-2024;Financiën;3",
        ";;Huisvesting;3",
        "demo-0002;01-02-2024;Financiën;2",
        ";;Huisvesting;3",
    ]
    directory = delivered(tmp_path / "levering", "Nummer;Datum;Gebied;Score\n" + "\n".join(rows) + "\n")
    filled = LONG.replace("    edition", "    shape: {fill_down: [Nummer, Datum]}\n    edition")
    assert take_in(directory, study(), mapping(filled)).verdicts() == ["accepted"] * 4


def test_totals_stand_in_the_account(tmp_path: Path) -> None:
    text = MAPPING.replace(
        "    edition", "    frame: {drop_rows: [{column: Nummer, is: Totaal*, as: total}]}\n    edition"
    )
    directory = delivered(tmp_path / "levering", HEADER + "demo-0001;01-02-2024;3;4;;\nTotaal;;3;4;;\n")
    account = take_in(directory, study(), mapping(text)).account.iloc[0]
    assert account[["rows", "accepted", "left_out", "quarantined"]].tolist() == [2, 1, 1, 0]


def test_two_columns_that_disagree_are_quarantined(tmp_path: Path) -> None:
    text = MAPPING.replace("finances: Financiën", "finances: [Inkomen, Financiën]")
    rows = "demo-0001;01-02-2024;3;3;;;\ndemo-0002;01-02-2024;2;3;;;\n"
    directory = delivered(tmp_path / "levering", HEADER.replace("Datum;", "Datum;Inkomen;") + rows)
    assert take_in(directory, study(), mapping(text)).verdicts() == ["accepted", "scores_disagree"]


def test_a_score_on_a_domain_of_another_edition_is_quarantined(tmp_path: Path) -> None:
    text = MAPPING.replace("    edition: zrm_2013\n", "").replace("justice: Justitie", "adl: ADL, justice: Justitie")
    text += "    rows: [{column: Versie, values: {'2013': {edition: zrm_2013}, '2017': {edition: zrm_2017}}}]\n"
    rows = "demo-0001;01-02-2024;3;4;;;2;2013\ndemo-0002;01-02-2024;3;4;;;;2017\ndemo-0003;01-02-2024;3;4;;;2;2017\n"
    directory = delivered(tmp_path / "levering", HEADER.replace("\n", ";ADL;Versie\n") + rows)
    taken = take_in(directory, study(), mapping(text))
    assert taken.verdicts() == ["accepted", "accepted", "domain_not_in_edition"]
    assert sorted(taken.assessments["edition"]) == ["zrm_2013", "zrm_2017"]


def test_a_row_of_which_the_edition_is_not_told_is_quarantined(tmp_path: Path) -> None:
    text = MAPPING.replace("    edition: zrm_2013\n", "")
    text += "    rows: [{column: Versie, values: {'2013': {edition: zrm_2013}}, empty: {score_kind: measured}}]\n"
    rows = "demo-0001;01-02-2024;3;4;;;2013\ndemo-0002;01-02-2024;3;4;;;\n"
    directory = delivered(tmp_path / "levering", HEADER.replace("\n", ";Versie\n") + rows)
    assert take_in(directory, study(), mapping(text)).verdicts() == ["accepted", "edition_missing"]


def test_an_unknown_file_is_set_aside_by_name(tmp_path: Path) -> None:
    directory = delivered(tmp_path / "levering", HEADER + "demo-0001;01-02-2024;3;4;;\n")
    delivered(directory, "Code;Omschrijving\n1;een\n", "codelijst 123456789.csv")
    assert open_delivery(directory, mapping()).aside == ("codelijst ….csv",)


def test_a_ready_mapping_reads_only_what_the_study_does_not(tmp_path: Path) -> None:
    own, ready = mapping(MAPPING), mapping(LONG.replace("zrm*.csv", "'*.csv'") + CASES)
    whole = WholeMapping(schema_version=2, files=own.files, ready=ready.files)
    directory = with_cases(tmp_path / "levering", ["demo-0001"])
    with pytest.raises(DeliveryRefused, match="meer dan één regel"):
        open_delivery(directory, whole)
    whole = WholeMapping(schema_version=2, files=own.files, ready=ready.files[1:])
    assert [file.entries for file in open_delivery(directory, whole).files] == [(1,), (0,)]


def test_all_refusals_of_a_delivery_are_told_at_once(tmp_path: Path) -> None:
    directory = delivered(tmp_path / "levering", "Nummer;Dag\ndemo-0001;x\n")
    delivered(directory, "Nummer;Begin\ndemo-0001;x\n", "trajecten.csv")
    both = mapping(MAPPING + CASES)
    delivery = open_delivery(directory, both)
    rules = Rules(study(), both.every_file, RECEIVED_ON, None)
    with OpenedFiles(delivery, both.every_file) as opened:
        found = refusals_of(connect(), delivery, opened, ["assessments", "trajectories"], rules)
    assert [one.file for one in found] == ["zrm.csv", "trajecten.csv"]


@pytest.mark.parametrize(
    ("keys", "words"),
    [
        ([f"DEMO-{number:04}" for number in range(1, 21)], "hoofdletters"),
        ([f"demo-{number:04}.0" for number in range(1, 21)], "'.0' erachter"),
        ([f"demo-{number:03}" for number in range(1, 21)], "voorloopnullen"),
        ([f"demo-{number:04}" for number in range(100, 120)], "heeft 0% een ZRM"),
    ],
)
def test_keys_that_do_not_meet_stop_the_delivery(tmp_path: Path, keys: list[str], words: str) -> None:
    taken = take_in(with_cases(tmp_path / "levering", keys), LOOSE, mapping(MAPPING + CASES))
    with pytest.raises(DeliveryRefused) as refused:
        refuse_unmet_keys(taken.connection, taken.raws, "levering", study().model_copy(update={"thresholds": TIGHT}))
    assert words in str(refused.value)
    assert "demo-" not in str(refused.value).lower()


TIGHT = study().thresholds.model_copy(update={"max_quarantined_share": 0.05})


def test_the_share_of_the_clients_with_a_zrm_is_measured(tmp_path: Path) -> None:
    keys = [f"demo-{number:04}" for number in range(11, 41)]
    taken = take_in(with_cases(tmp_path / "levering", keys), study(), mapping(MAPPING + CASES))
    (found,) = meetings(taken.connection, taken.raws, allowed=0.05)
    assert (found.clients, found.known, found.near) == (30, 10, 0)
    refuse_unmet_keys(taken.connection, taken.raws, "levering", study())


def test_a_register_without_an_end_and_a_provision_without_one(tmp_path: Path) -> None:
    text = MAPPING + CASES.replace("started_on: Start", "started_on: Start, ended_on: Eind")
    directory = delivered(tmp_path / "levering", HEADER + "demo-0001;01-02-2024;3;4;;\n")
    delivered(directory, "Nummer;Start;Eind\ndemo-0001;01-02-2024;31-12-9999\n", "trajecten.csv")
    assert take_in(directory, study(), mapping(text)).verdicts("trajectories") == ["accepted"]


def test_a_team_may_be_unknown_where_the_mapping_says_so(tmp_path: Path) -> None:
    directory = delivered(tmp_path / "levering", HEADER.replace("Opmerking", "Team") + "demo-0001;01-02-2024;3;4;;\n")
    text = MAPPING.replace("    ignore: [Opmerking]\n", "").replace(
        "assessed_on: Datum", "assessed_on: Datum, team: TEAM"
    )
    assert take_in(directory, study(), mapping(text.replace("TEAM", "{from: Team, empty: unknown}"))).verdicts() == [
        "accepted"
    ]
    with pytest.raises(DeliveryRefused, match="het wijkteam ontbreekt"):
        take_in(directory, study(), mapping(text.replace("TEAM", "Team")))


def test_a_mapping_of_another_version_says_how_to_upgrade() -> None:
    with pytest.raises(StudyError, match="wijkbaat study upgrade"):
        as_model("schema_version: 1\nfiles: []\n", WholeMapping, "mapping.yaml")


@pytest.mark.parametrize(
    ("before", "bridge", "n_known"),
    [
        ([], [], 10),
        ([f"demo-{number:04}" for number in range(21, 31)], [], 20),
        ([f"oud-{number:04}" for number in range(21, 31)], [(21, 26)], 15),
    ],
)
def test_who_has_a_zrm_in_an_earlier_delivery_is_known_under_a_bridge_too(
    before: list[str], bridge: list[tuple[int, int]], n_known: int, tmp_path: Path
) -> None:
    keys = [f"demo-{number:04}" for number in range(11, 41)]
    taken = take_in(with_cases(tmp_path / "levering", keys), study(), mapping(MAPPING + CASES))
    raws = dict(taken.raws)
    if bridge:
        pairs = ", ".join(f"('oud-{n:04}', 'demo-{n:04}', 'accepted')" for one in bridge for n in range(*one))
        raws["bridge"] = taken.connection.sql(f"FROM (VALUES {pairs}) one(client_key, client_key_new, verdict)")
    if before:
        lay_before(taken.connection, f"SELECT unnest({before!r})")
    (found,) = meetings(taken.connection, {name: raws[name] for name in raws if name != "bridge" or bridge}, allowed=1)
    assert (found.clients, found.known) == (30, n_known)


def test_where_nobody_has_a_zrm_yet_nothing_is_refused(tmp_path: Path) -> None:
    keys = [f"demo-{number:04}" for number in range(11, 41)]
    taken = take_in(with_cases(tmp_path / "levering", keys), study(), mapping(MAPPING + CASES))
    nobody = taken.raws | {"assessments": taken.raws["assessments"].filter("false")}
    refuse_unmet_keys(taken.connection, nobody, "levering", study())
