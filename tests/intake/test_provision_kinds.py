"""For which life domain a provision was, and whether it was open to all: read, asked about, blanked where unused."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from data_contracts.mapping.codes import code_faults
from data_contracts.vocabulary.field import LifeDomain, SolutionKind
from data_contracts.vocabulary.names import names_of
from data_contracts.vocabulary.provisions import ProvisionKind
from pipelines.intake.core import plain_table
from tests.intake.init.delivered import assessments, csv, init, wide
from tests.intake.taking_in import MAPPING, STUDY, TakenIn, delivered, mapping, study, take_in

PROVISIONS = """
  - match: zorg.csv
    table: provisions
    columns: {client_key: Nummer, product: Product, law: Wet, started_on: Van, life_domain: Gebied, KIND}
    codes: {life_domain: {geld: finances}}
"""
ZRM = "Nummer;Datum;Financiën;Huisvesting;Justitie;Opmerking\ndemo-0001;01-02-2025;2;3;;\n"
ROW = "demo-0001;hulp;wmo;01-01-2025;{};{}\n"


def taken(directory: Path, *cells: tuple[str, str], kind: str = "provision_kind: Soort") -> TakenIn:
    """A delivery with one provision per life domain and word of the last column."""
    delivered(directory / "d", ZRM)
    lines = "".join(ROW.format(*cell) for cell in cells)
    delivered(directory / "d", f"Nummer;Product;Wet;Van;Gebied;Soort\n{lines}", "zorg.csv")
    return take_in(directory / "d", study(STUDY), mapping(MAPPING + PROVISIONS.replace("KIND", kind)))


def core_of(one: TakenIn) -> pd.DataFrame:
    return plain_table(one.connection, one.raws["provisions"], "provisions", one.rules).df()


def test_a_provision_carries_its_life_domain_and_its_kind_in_any_of_their_words(tmp_path: Path) -> None:
    cells = [("01. Financiën", "Voorliggend"), ("geld", "algemene voorziening"), ("wonen", "MAATWERK"), ("", "")]
    rows = core_of(taken(tmp_path, *cells))
    found = {
        tuple(None if pd.isna(one) else one for one in row)
        for row in rows[["life_domain", "provision_kind"]].to_numpy()
    }
    assert found == {("finances", "preliminary"), ("housing", "individual"), (None, None)}
    assert len(rows) == 4


def test_a_word_that_nobody_explained_sets_its_row_aside_with_the_reason(tmp_path: Path) -> None:
    cells = [("Financiën", "maatwerk"), ("Tuin", "maatwerk"), ("Wonen", "half om half")]
    assert taken(tmp_path, *cells).verdicts("provisions") == ["accepted", "domain_unknown", "code_unknown"]


def test_a_life_domain_that_the_study_does_not_use_is_gone_before_anything_is_written_and_counted(
    tmp_path: Path,
) -> None:
    one = taken(tmp_path, ("Justitie", "maatwerk"), ("Wonen", "maatwerk"))
    assert one.raws["provisions"].filter("life_domain ILIKE '%justitie%'").fetchall() == []
    assert core_of(one)["life_domain"].dropna().tolist() == ["housing"]
    account = one.account.set_index("file")
    assert account.loc["zorg.csv", ["accepted", "blanked_scores"]].tolist() == [2, 1]


def test_a_provider_that_no_slice_uses_is_blanked_beside_it(tmp_path: Path) -> None:
    """Both are emptied: the one did away with the other."""
    one = taken(tmp_path, ("Justitie", "Aanbieder A"), kind="provider: Soort")
    assert core_of(one)[["life_domain", "provider"]].isna().all(axis=None)
    assert one.account.set_index("file").loc["zorg.csv", "blanked_scores"] == 1


def test_both_columns_may_be_left_out(tmp_path: Path) -> None:
    assert core_of(taken(tmp_path, ("Wonen", "x"), kind="provider: Soort"))["provision_kind"].isna().all()


def test_a_kind_has_the_same_names_for_a_provision_as_for_a_solution() -> None:
    solutions = names_of(SolutionKind)
    assert names_of(ProvisionKind).items() <= solutions.items()
    assert set(names_of(ProvisionKind).values()) == {"preliminary", "individual"}


def test_what_a_mapping_may_say_of_both_is_checked() -> None:
    wrong = {"provision_kind": {"x": "own_strength"}, "life_domain": {"tuin": "garden"}}
    assert [fault.at for fault in code_faults(wrong, "provisions")] == [
        ("codes", "provision_kind", "x"),
        ("codes", "life_domain", "tuin"),
    ]
    right = {"provision_kind": {"x": "preliminary", "y": "unknown"}, "life_domain": {"tuin": LifeDomain.HOUSING.value}}
    assert list(code_faults(right, "provisions")) == []


def test_init_finds_both_columns_and_asks_what_their_unknown_words_mean() -> None:
    people = assessments(1)
    words = ["voorliggend", "maatwerk", "tussenvorm"]
    given = [["Cliëntnummer", "Product", "Wet", "Startdatum", "Leefgebied", "Soort voorziening"]]
    given += [
        [one.client, "begeleiding", "Wmo", "14-02-2022", "Geldzaken" if at % 2 else "Tuin", words[at % 3]]
        for at, one in enumerate(people)
    ]
    files = {"zrm.csv": csv(wide(people)), "zorg.csv": csv(given)}
    questions = init(files).questions
    assert sorted(questions) == ["codes.zorg.life-domain", "codes.zorg.provision-kind"]
    replies = {
        "codes.zorg.life-domain": {"Tuin": "onbekend"},
        "codes.zorg.provision-kind": {"tussenvorm": "individual"},
    }
    told = init(files, **replies)
    assert not told.questions
    for line in ("life_domain: Leefgebied", "provision_kind: Soort voorziening", "tussenvorm: individual"):
        assert line in told.mapping
