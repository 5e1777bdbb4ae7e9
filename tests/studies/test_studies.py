"""The studies that ship with the program are valid, and their mappings name every column of their deliveries."""

import re
from pathlib import Path

import pytest

from data_contracts.errors import StudyError
from data_contracts.mapping.file import FileMapping, Mapping
from data_contracts.mapping.steps import matches
from data_contracts.study import Study
from data_contracts.yaml_file import read_model
from pipelines.intake.reading.opening import opened
from pipelines.study.workplace import read_study

STUDIES = Path(__file__).parents[2] / "studies"
WITH_DELIVERY = ["rijnstad", "veldstad", "waterstad"]


def delivered_header(path: Path, mapping: FileMapping) -> list[str]:
    file = opened(path.read_bytes(), path.name)
    pattern = next(iter(mapping.open.sheets), file.sheets[0].name)
    sheet = next(sheet for sheet in file.sheets if matches(sheet.name, pattern))
    row = next(row for row in sheet.rows if row.number == mapping.frame.header_rows[-1])
    return list(row.cells)


def mapping_of(mapping: Mapping, path: Path) -> FileMapping:
    found = [file for file in mapping.files if matches(path.name, file.match)]
    assert len(found) == 1, f"{path.name} fits {len(found)} files of the mapping"
    return found[0]


@pytest.mark.parametrize("name", [*WITH_DELIVERY, "voorbeeldstad", "heidestad", "kanaalstad"])
def test_a_shipped_study_is_valid_and_keeps_justice_out(name):
    study = read_model(STUDIES / name / "study.yaml", Study)
    read_model(STUDIES / name / "mapping.yaml", Mapping)
    assert "justice" not in study.life_domains


def test_a_study_of_a_bench_is_read_as_a_user_reads_his() -> None:
    found = [path.parent for path in (STUDIES.parent / "benchmarks").glob("*/study.yaml")]
    assert found
    for study in found:
        read_study(study)


@pytest.mark.parametrize("name", WITH_DELIVERY)
def test_every_delivered_column_is_named_in_the_mapping_and_every_named_column_is_delivered(name):
    mapping = read_model(STUDIES / name / "mapping.yaml", Mapping)
    for path in sorted((STUDIES / name / "deliveries" / name).iterdir()):
        file = mapping_of(mapping, path)
        assert sorted(delivered_header(path, file)) == sorted(file.declared_columns)


@pytest.mark.parametrize("name", WITH_DELIVERY)
def test_every_life_domain_of_the_study_is_delivered_or_long(name):
    study = read_model(STUDIES / name / "study.yaml", Study)
    files = [file for file in read_model(STUDIES / name / "mapping.yaml", Mapping).files if file.table == "assessments"]
    delivered = {domain for file in files for domain in file.scores}
    assert any(file.is_long for file in files) or set(study.life_domains) <= delivered


@pytest.mark.parametrize(
    ("pseudonym", "fits"), [("A-" + "Q7" * 10, True), ("ZB-" + "Q7" * 10, True), ("ZR1-" + "Q7" * 10, False)]
)
def test_waterstad_knows_the_pseudonyms_of_both_suppliers(pseudonym, fits):
    pattern = read_model(STUDIES / "waterstad" / "study.yaml", Study).pseudonym_pattern
    assert bool(re.fullmatch(pattern, pseudonym)) is fits


def test_a_study_whose_pattern_admits_a_citizen_number_is_refused_with_its_line(tmp_path: Path) -> None:
    import shutil

    shutil.copytree(STUDIES / "voorbeeldstad", tmp_path / "stad")
    path = tmp_path / "stad" / "study.yaml"
    path.write_text(path.read_text("utf-8").replace("VB1-[A-Z2-7]{20}", "CL-[0-9]{9}"), "utf-8")
    with pytest.raises(StudyError, match=r"study\.yaml, regel \d+: .*zoals een BSN"):
        read_study(tmp_path / "stad")
