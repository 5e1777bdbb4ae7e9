"""`wijkbaat read`: a delivery read in this process, nothing kept; and a study brought up to date."""

import datetime as dt
import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from data_contracts.errors import StudyError
from data_contracts.mapping.file import Mapping
from data_contracts.yaml_file import as_model, read_model
from pipelines.intake.read_only import read_deliveries
from pipelines.study.upgrade import upgrade_study, upgraded
from pipelines.study.workplace import read_study
from tests.intake.taking_in import MAPPING, STUDY, delivered

STUDIES = Path(__file__).parents[2] / "studies"
TODAY = dt.date(2026, 1, 31)
HEADER = "Nummer;Datum;Financiën;Huisvesting;Justitie;Opmerking\n"
OLD = """\
# Onze uitdraai.
schema_version: 1
files:
  # Van leverancier A.
  - match: zrm.xlsx
    table: assessments
    edition: zrm_2013
    dialect: {kind: xlsx, sheet: Blad, skip_rows: 3, date: '%d/%m/%y'}
    columns: {client_key: Nummer, assessed_on: Datum}
    scores: {Financiën: finances, Inkomen: finances}
    not_scored: {'99': not_discussed}
  - match: kosten.csv
    table: costs
    dialect: {kind: csv, decimal: '.', thousands: ''}
    columns: {year: Jaar, cost_kind: Soort, amount_eur: Bedrag}
"""


def written(directory: Path) -> Path:
    directory.mkdir()
    (directory / "study.yaml").write_text(STUDY, encoding="utf-8")
    (directory / "mapping.yaml").write_text(MAPPING, encoding="utf-8")
    return directory


def test_what_was_read_is_told_per_file_and_per_table(tmp_path: Path) -> None:
    study = read_study(written(tmp_path / "studie"))
    rows = "demo-0001;01-02-2024;3;4;;\ndemo-0001;01-07-2024;4;;;\ndemo-0002;01-02-2024;9;4;;\n" + (
        "demo-0001;01-02-2024;3;4;;\n"
    )
    directory = delivered(tmp_path / "levering", HEADER + rows)
    delivered(directory, "a;b\n1;2\n", "extra.csv")
    found = read_deliveries(study, directory, TODAY).as_json()
    file = found["files"]["levering"]["zrm.csv"]
    assert (file["rows"], file["accepted"], file["exact_duplicates"]) == (4, 2, 1)
    assert file["quarantined"] == {"score_out_of_range": 1}
    table = found["tables"]["core_zrm__assessments"]
    assert (table["rows"], table["clients"], table["first"], table["last"]) == (2, 1, "2024-02-01", "2024-07-01")
    assert (table["count"]["finances"], table["sum"]["finances"], table["sum"]["housing"]) == (2, 7.0, 4.0)
    assert (found["exit"], found["refused"]) == (0, [])
    assert "extra.csv" in " ".join(found["odd"])


def test_every_refusal_is_a_question_at_its_file_and_the_command_ends_with_3(tmp_path: Path) -> None:
    study = written(tmp_path / "studie")
    directory = delivered(tmp_path / "levering", "Nummer;Dag\ndemo-0001;x\n")
    # The real door of the command line: it once gave 0 where a runner inside this process saw 3.
    command = [sys.executable, "-c", "from pipelines.cli import main; main()", "read", study, directory, "--json"]
    result = subprocess.run(command, cwd=STUDIES.parent, capture_output=True, text=True, check=False)
    found = json.loads(result.stdout)
    assert (result.returncode, found["exit"]) == (3, 3)
    assert "kolom 'Datum'" in found["files"]["levering"]["zrm.csv"]["questions"][0]
    assert not list(tmp_path.glob("**/closed"))


def test_reading_a_directory_without_files_says_so(tmp_path: Path) -> None:
    with pytest.raises(StudyError, match="geen bestanden"):
        read_deliveries(read_study(written(tmp_path / "studie")), tmp_path / "studie" / "leeg", TODAY)


def test_an_old_mapping_becomes_a_new_one_with_its_comments() -> None:
    text = upgraded(OLD)
    scored, costs = as_model(text, Mapping, "mapping.yaml").files
    assert "# Onze uitdraai." in text
    assert "# Van leverancier A." in text
    assert (scored.frame.header_rows, scored.open.sheets) == ([4], ["Blad"])
    assert scored.source("assessed_on").date == ["dd/mm/yy"]
    assert list(scored.scores.values()) == [["Financiën", "Inkomen"]]
    assert scored.codes == {"score": {"99": "not_discussed"}}
    assert (costs.open.encoding, costs.open.delimiter) == ("utf-8", ";")
    assert costs.number_style("amount_eur").decimal == "."


def test_upgrading_keeps_the_old_file_beside_it_and_does_nothing_twice(tmp_path: Path) -> None:
    (tmp_path / "mapping.yaml").write_text(OLD, encoding="utf-8")
    assert upgrade_study(tmp_path)
    assert (tmp_path / "mapping.yaml.v1").read_text(encoding="utf-8") == OLD
    assert not upgrade_study(tmp_path)


def test_what_cannot_be_upgraded_is_left_as_it_is(tmp_path: Path) -> None:
    broken = OLD.replace("client_key", "klant")
    (tmp_path / "mapping.yaml").write_text(broken, encoding="utf-8")
    with pytest.raises(StudyError, match="hoort niet bij assessments"):
        upgrade_study(tmp_path)
    assert (tmp_path / "mapping.yaml").read_text(encoding="utf-8") == broken


def test_a_study_may_use_a_ready_mapping(tmp_path: Path) -> None:
    study = written(tmp_path / "studie")
    (tmp_path / "mappings").mkdir()
    ready = MAPPING.replace("schema_version: 2", "schema_version: 2\nsource: verzonnen, om mee te testen")
    (tmp_path / "mappings" / "klaar.yaml").write_text(ready.replace("zrm.csv", "export*.csv"), encoding="utf-8")
    (study / "mapping.yaml").write_text("schema_version: 2\nuse: [mappings/klaar.yaml]\n", encoding="utf-8")
    assert [file.match for file in read_study(study).mapping.every_file] == ["export*.csv"]
    (study / "mapping.yaml").write_text("schema_version: 2\nuse: [mappings/anders.yaml]\n", encoding="utf-8")
    with pytest.raises(StudyError, match=r"'mappings/anders.yaml' bestaat niet"):
        read_study(study)


@pytest.mark.parametrize("name", ["rijnstad", "veldstad", "waterstad"])
def test_shipped_deliveries_are_read_without_a_question(name: str, tmp_path: Path) -> None:
    shutil.copytree(STUDIES / name / "deliveries" / name, tmp_path / name)
    found = read_deliveries(read_study(STUDIES / name), tmp_path, TODAY)
    assert found.refusals == []
    assert read_model(STUDIES / name / "mapping.yaml", Mapping).schema_version == 2
