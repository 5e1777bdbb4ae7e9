"""The mappings that ship for known exports read an invented file of that form."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from data_contracts.mapping.file import ReadyMapping
from data_contracts.yaml_file import read_model
from pipelines.intake.read_only import read_deliveries
from pipelines.study.workplace import read_study
from tests.intake.taking_in import STUDY

SHIPPED = Path("studies/mappings")
TODAY = dt.date(2026, 3, 1)
DOMAINS = "[finances, daytime_activities, work_education, housing, domestic_relations, physical_health, adl]"
ECD = (
    "id,klant_id,discr,model,foreign_key,request_module,inkomen,dagbesteding,huisvesting,gezinsrelaties,"
    "geestelijke_gezondheid,fysieke_gezondheid,verslaving,adl_vaardigheden,sociaal_netwerk,"
    "maatschappelijke_participatie,justitie,financien,werk_opleiding,tijdsbesteding,huiselijke_relaties,"
    "lichamelijke_gezondheid,middelengebruik,basale_adl,instrumentele_adl,created,modified\n"
    "1,demo-0001,zrmv1,Intake,7,Awbz,2,3,4,3,2,4,5,3,2,3,4,,,,,,,,,2016-03-01 09:30:00,2016-03-01 09:30:00\n"
    "2,demo-0001,zrmv2,Intake,8,Awbz,,,4,,3,,,,3,3,4,3,2,4,4,4,5,4,3,2019-05-02 10:00:00,2019-05-02 10:00:00\n"
)
GGM_SCORES = "client_id;datum;leefgebied;niveau\ndemo-0001;2024-01-05;Financiën;2\ndemo-0001;2024-01-05;Huisvesting;4\n"
GGM_PROVISIONS = (
    "client_id;code;wet;datumStart;datumEinde;omvang;eenheid;frequentie;leveringsvorm;status;redenEinde;"
    "datumEindeOorspronkelijk\ndemo-0001;begeleiding;Wmo;2024-02-01;9999-12-31;2,5;uur;week;zin;actief;;\n"
)


def read(tmp_path: Path, mapping: str, files: dict[str, str]) -> dict[str, dict[str, object]]:
    study, delivery = tmp_path / "studie", tmp_path / "levering"
    study.mkdir()
    delivery.mkdir()
    editions = "[zrm_2010, zrm_2013, zrm_2017]"
    text = STUDY.replace("[zrm_2013]", editions).replace("[finances, housing]", DOMAINS)
    (study / "study.yaml").write_text(text, encoding="utf-8")
    (study / "mapping.yaml").write_text(f"schema_version: 2\nuse: [mappings/{mapping}.yaml]\n", encoding="utf-8")
    for name, content in files.items():
        (delivery / name).write_text(content, encoding="utf-8")
    found = read_deliveries(read_study(study), delivery, TODAY)
    assert not found.refusals, found.refusals
    return found.tables


@pytest.mark.parametrize("path", sorted(SHIPPED.glob("*.yaml")), ids=lambda path: path.stem)
def test_a_ready_mapping_says_where_its_form_was_found(path: Path) -> None:
    assert "github.com" in read_model(path, ReadyMapping).source


def test_two_editions_in_one_table_are_told_apart_and_none_is_lost(tmp_path: Path) -> None:
    zrm = read(tmp_path, "ecd", {"zrm_reports.csv": ECD})["core_zrm__assessments"]
    assert (zrm["rows"], zrm["clients"], zrm["first"], zrm["last"]) == (2, 1, "2016-03-01", "2019-05-02")
    count = zrm["count"]
    assert isinstance(count, dict)
    assert (count["finances"], count["daytime_activities"], count["work_education"], count["adl"]) == (2, 1, 1, 1)


def test_scores_and_provisions_of_the_municipal_model_are_read(tmp_path: Path) -> None:
    files = {"ggm_score.csv": GGM_SCORES, "ggm_beschikte_voorziening.csv": GGM_PROVISIONS}
    tables = read(tmp_path, "ggm", files)
    assert tables["core_zrm__assessments"]["rows"] == 1
    assert tables["core_provisions__use"]["rows"] == 1
