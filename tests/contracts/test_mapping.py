"""mapping.yaml, version 2: what it may say, and how it speaks when it cannot be."""

import pytest

from data_contracts.errors import StudyError
from data_contracts.mapping.file import Mapping
from data_contracts.mapping.steps import matches
from data_contracts.vocabulary.field import Edition
from data_contracts.yaml_file import as_model

WHOLE = """\
schema_version: 2
use: [mappings/ggm.yaml]
deliveries: {as_at: {from_name: yyyymmdd}}
files:
  - match: zrm*.xlsx
    open: {format: xlsx, sheets: ['20*'], declined: [Toelichting]}
    frame:
      header_rows: [5, 6]
      drop_rows: [{column: Team, is: Totaal*, as: total}]
    shape:
      fill_down: [Nummer]
      repeat: {suffixes: {_T0: T0, _T1: T1}, into: moment_label}
    rows:
      - column: Versie
        values: {'2013': {edition: zrm_2013}, '2017': {edition: zrm_2017}}
      - {column: Kleur, same: true}
    table: assessments
    delivers: {kind: complete, period_by: assessed_on}
    record: [record_id]
    columns:
      client_key: Nummer
      record_id: Formulier
      assessed_on: {from: Datum, date: [d mmm yyyy, serial]}
      team: {from: Team, empty: unknown}
    scores: {finances: [Inkomen, Financiën], work_education: Werk}
    codes:
      score: {'0': not_asked, beperkt redzaam: 3}
    ignore: [Opmerkingen]
  - match: begroting.csv
    table: costs
    shape: {melt: {columns: ['20??'], into: year, value: amount_eur}}
    columns: {team: Team, cost_kind: Soort, amount_eur: {number: {decimal: ',', thousands: '.'}}}
ignore_files: [codelijst*]
"""


def complaint(old: str, new: str) -> str:
    assert old in WHOLE
    with pytest.raises(StudyError) as refused:
        as_model(WHOLE.replace(old, new), Mapping, "mapping.yaml")
    return str(refused.value)


def test_a_whole_mapping_is_read() -> None:
    scored, costs = as_model(WHOLE, Mapping, "mapping.yaml").files
    assert scored.editions == {Edition.ZRM_2013, Edition.ZRM_2017}
    assert scored.source("team").source == "Team"
    assert costs.provided == {"team", "cost_kind", "year", "amount_eur"}


@pytest.mark.parametrize(
    ("old", "new", "line", "words"),
    [
        ("schema_version: 2", "schema_version: 1", 1, "wijkbaat study upgrade"),
        ("mappings/ggm.yaml", "../ggm.yaml", 2, "geen kant-en-klare koppeling"),
        ("from_name: yyyymmdd", "from_name: serial", 3, "geen vorm van een datum"),
        ("[5, 6]", "[5, 8]", 8, "niet onder elkaar"),
        ("is: Totaal*", "iss: Totaal*", 9, "Bedoelde u 'is'?"),
        ("{_T0: T0, _T1: T1}", "{_T0: T0}", 12, "minstens 2"),
        ("into: moment_label", "into: moment", 10, "'moment' hoort niet bij assessments"),
        ("{edition: zrm_2013}", "{}", 15, "wat deze waarde betekent"),
        ("{edition: zrm_2013}", "{instrument: zrm}", 15, "meer edities"),
        ("same: true", "same: false", 16, "of same: true"),
        ("period_by: assessed_on", "period_by: team", 18, "geen datum van dit bestand"),
        (", period_by: assessed_on", "", 18, "period_by ontbreekt"),
        ("record: [record_id]", "record: [rater_key]", 19, "staat niet onder columns"),
        ("client_key: Nummer", "klant: Nummer", 21, "hoort niet bij assessments"),
        ("client_key: Nummer", "client_key: Formulier", 5, "wordt twee keer gebruikt"),
        ("d mmm yyyy", "d mmm", 23, "noemt niet één keer een dag"),
        ("d mmm yyyy", "d mmm yyyy uur", 23, "letters die geen dag"),
        ("{from: Team, empty: unknown}", "{empty: unknown}", 24, "from ontbreekt"),
        ("record_id: Formulier", "record_id: {from: Formulier, empty: unknown}", 22, "alleen een team"),
        ("record_id: Formulier", "record_id: {from: Formulier, date: [serial]}", 22, "geen datum"),
        ("record_id: Formulier", "record_id: {from: Formulier, number: {}}", 22, "geen getal"),
        ("work_education: Werk", "childcare: Opvang", 25, "hoort niet bij ZRM 2013 of ZRM 2017"),
        ("'0': not_asked", "'0': leeg", 27, "'leeg' kennen we niet"),
        ("'0': not_asked", "0: not_asked", 27, "aanhalingstekens"),
        ("score: {", "trede: {", 27, "hoort niet bij assessments"),
        ("thousands: '.'", "thousands: ','", 32, "hetzelfde teken"),
        ("value: amount_eur", "value: amount_eur}, repeat: {suffixes: {a: b, c: d}, into: year", 31, "gaan niet samen"),
    ],
)
def test_what_cannot_be_is_told_with_its_line(old: str, new: str, line: int, words: str) -> None:
    told = complaint(old, new)
    assert words in told
    assert f"regel {line}:" in told


def test_a_file_of_scores_needs_an_edition_and_one_place_for_its_scores() -> None:
    both = "      record_id: Formulier\n      life_domain: Gebied\n      score: Score\n"
    assert "Kies één van de twee" in complaint("      record_id: Formulier\n", both)
    assert "waar de scores staan" in complaint(
        "    scores: {finances: [Inkomen, Financiën], work_education: Werk}\n", ""
    )
    assert "editie van de ZRM ontbreekt" in complaint(
        "{edition: zrm_2013}, '2017': {edition: zrm_2017}", "{moment: T0}"
    )
    assert "rater_type: client" in complaint("{edition: zrm_2013}", "{edition: mijn_zrm_2016}")


def test_a_pattern_does_not_see_case_and_brackets_are_text() -> None:
    assert matches("ZRM Uitdraai (2024) [def].XLSX", "zrm uitdraai (????) [def].xlsx")
    assert matches("zrm 2020.csv", "ZRM*.csv")
    assert not matches("zrm d.csv", "zrm [def].csv")
