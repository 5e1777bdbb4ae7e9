"""People edit a tree in Excel and by proposals; nothing is lost, and a fault names sheet and row."""

from __future__ import annotations

import datetime as dt
import io
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from data_contracts.errors import StudyError
from data_contracts.workbook.book import book_of
from data_contracts.yaml_file import as_model, read_model
from indicators.results_logic.tree.model import Tree
from indicators.results_logic.tree.proposals import adopted
from indicators.results_logic.tree.yaml_text import merged
from indicators.results_logic.workbook.reading import tree_from_workbook
from indicators.results_logic.workbook.sheets import SHEETS
from indicators.results_logic.workbook.writing import workbook
from tests.results_logic.trees import SMALL, small_tree

SHIPPED = sorted([*Path("studies").glob("*/results_logic.yaml"), *Path("studies/trees").glob("*.yaml")])


@pytest.mark.parametrize("path", SHIPPED, ids=str)
def test_a_shipped_tree_survives_excel_and_yaml_without_loss(path: Path) -> None:
    tree = read_model(path, Tree)
    content = workbook(tree)
    assert tree_from_workbook(book_of(content, "boom.xlsx")) == tree
    assert workbook(tree) == content
    assert as_model(merged("schema_version: 1\n", tree), Tree, "boom.yaml") == tree
    assert merged(path.read_text(), tree) == path.read_text()


WORDS = st.text(st.characters(exclude_categories=("C", "Zl", "Zp")), min_size=10, max_size=40).filter(
    lambda text: len(text.strip()) >= 10
)
DAYS = st.dates(dt.date(1990, 1, 1), dt.date(2099, 12, 31))
MEASURES = st.sampled_from(
    [
        {"name": "net_improved", "subject": "ladder", "moment_from": "k2", "moment_to": "m12"},
        {
            "name": "share_using",
            "subject": "events",
            "what": "=SOM(A1)",
            "law": "wmo",
            "period_from": "2022",
            "period_to": "2023",
        },
        {"name": "amount_per_year", "subject": "provisions", "what": "12", "counted_in": "uur"},
        {
            "name": "cost_per_case",
            "cost_kind": "loon",
            "only_new_approach": True,
            "period_from": "2022",
            "period_to": "2023",
        },
        {
            "name": "estimate",
            "subject": "solutions",
            "what": "individual",
            "measure": "att",
            "design": "staggered",
            "counted_as": "share",
            "counted_in": "uur",
        },
    ]
)
EVIDENCE = st.fixed_dictionaries(
    {
        "kind": st.sampled_from(["research", "practice", "residents"]),
        "direction": st.sampled_from(["supports", "mixed", "contradicts"]),
        "strength": st.sampled_from(["weak", "moderate", "strong"]),
        "source": WORDS,
        "year": st.none() | st.integers(1950, 2100),
        "resembles_us": st.sampled_from([None, "yes", "partly", "no"]),
    }
)
DECISIONS = st.fixed_dictionaries(
    {"date": DAYS, "session": WORDS, "decision": WORDS, "by": st.lists(WORDS, min_size=1, max_size=3)}
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    title=WORDS,
    noticed=st.lists(WORDS, max_size=3),
    measure=MEASURES,
    evidence=st.lists(EVIDENCE, max_size=2),
    decisions=st.lists(DECISIONS, max_size=2),
    smallest=st.none() | st.floats(0.001, 0.9, allow_nan=False),
)
def test_any_text_survives_excel_and_yaml(
    title: str, noticed: list, measure: dict, evidence: list, decisions: list, smallest: float | None
) -> None:
    data = small_tree().model_dump(by_alias=True)
    data["title"] = title
    data["nodes"][1]["noticed_by"] = noticed
    data["links"][0] |= {"evidence": evidence, "decisions": decisions, "rivals": [{"explanation": title}]}
    data["links"][0]["rivals"][0]["measure"] = measure
    data["indicators"][0]["measure"] = measure
    data["indicators"][0]["expectation"] |= {"smallest_difference": smallest, "after_months": 3}
    tree = Tree.model_validate(data)
    assert tree_from_workbook(book_of(workbook(tree), "boom.xlsx")) == tree
    assert as_model(merged("schema_version: 1\n", tree), Tree, "boom.yaml") == tree
    assert as_model(merged(SMALL, tree), Tree, "boom.yaml") == tree


def edited(change: Callable[[Any], None]) -> bytes:
    """The small tree's workbook after a person changed something."""
    book = openpyxl.load_workbook(io.BytesIO(workbook(small_tree())))
    change(book)
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()


def put(sheet: str, cell: str, value: object) -> Callable[[Any], None]:
    def change(book: Any) -> None:
        book[sheet][cell] = value

    return change


FAULTS: dict[str, tuple[Callable[[Any], None], str]] = {
    "a missing sheet": (lambda book: book.remove(book["Bewijs"]), "blad Bewijs: dit blad ontbreekt"),
    "an unknown sheet": (lambda book: book.create_sheet("Doelen"), "blad Doelen: dit blad kennen we niet"),
    "a missing column": (put("Knopen", "C1", None), "blad Knopen, rij 1: kolom 'titel': deze kop ontbreekt"),
    "an unknown column": (put("Knopen", "G1", "kleur"), "blad Knopen, rij 1: kolom 'kleur': deze kop kennen we niet"),
    "a double column": (put("Knopen", "G1", "Titel"), "kolom 'Titel': deze kop staat er twee keer"),
    "a target": (put("Indicatoren", "AD1", "Streefwaarde"), "om van te leren, niet om op af te rekenen"),
    "an error of Excel": (put("Knopen", "F3", "#DIV/0!"), "blad Knopen, rij 3: hier staat een fout van Excel"),
    "an empty title": (put("Knopen", "C3", None), "blad Knopen, rij 3: kolom 'titel': dit ontbreekt"),
    "an unknown level": (put("Knopen", "B2", "doel"), "kolom 'niveau': kies uit: waarom, effect, resultaat, aanpak"),
    "a double id": (put("Knopen", "A3", "redden"), "blad Knopen, rij 3: kolom 'id': 'redden' staat er twee keer"),
    "an unknown node": (put("Verbanden", "B4", "niets"), "blad Verbanden, rij 4: kolom 'van': 'niets' is geen knoop"),
    "a skipped level": (
        put("Verbanden", "C3", "redden"),
        "blad Verbanden, rij 3: kolom 'naar': verband 'regeling-grip'",
    ),
    "a short assumption": (put("Verbanden", "D2", "Omdat."), "blad Verbanden, rij 2: kolom 'aanname': hier horen er"),
    "a month that is no number": (
        put("Verbanden", "F2", "half jaar"),
        "rij 2: kolom 'maanden vertraging': dit moet een",
    ),
    "a broken month": (put("Verbanden", "F2", 1.5), "kolom 'maanden vertraging': dit moet een geheel getal zijn"),
    "a date that is none": (put("Verbanden", "H2", "morgen"), "kolom 'sinds': dit moet een datum zijn, als dd-mm-jjjj"),
    "an unknown measure": (put("Indicatoren", "E2", "gevoel"), "blad Indicatoren, rij 2: kolom 'maat': kies uit"),
    "an unknown moment": (put("Indicatoren", "I2", "m7"), "blad Indicatoren, rij 2: kolom 'tot moment'"),
    "a yes that is none": (put("Indicatoren", "Y2", "misschien"), "rij 2: kolom 'hierop sturen': vul ja of nee in"),
    "a measure that is gone": (put("Indicatoren", "E2", None), "blad Indicatoren, rij 2: kolom 'maat': dit ontbreekt"),
    "a story with a measure": (
        put("Indicatoren", "D2", "verhaal"),
        "rij 2: kolom 'soort': een meting heeft een formule",
    ),
    "no expectation": (
        lambda book: [put("Indicatoren", at, None)(book) for at in ("T2", "U2", "V2")],
        "rij 2: kolom 'verwachte richting': bij een meting hoort een verwachting",
    ),
    "no nodes at all": (
        lambda book: book["Knopen"].delete_rows(2, 9),
        "blad Knopen: hier hoort er minstens 1 te staan",
    ),
    "years the wrong way round": (
        lambda book: [
            put("Indicatoren", at, value)(book)
            for at, value in {
                "E2": "aantal mensen dat binnenkwam",
                **dict.fromkeys(("F2", "G2", "H2", "I2")),
                "M2": 2023,
                "N2": 2022,
            }.items()
        ],
        "rij 2: kolom 'van periode': het begin ligt niet voor het eind (2023 en 2022)",
    ),
    "a second tree": (put("Boom", "A3", "twee"), "blad Boom, rij 3: "),
    "an empty id": (put("Verbanden", "A4", None), "blad Verbanden, rij 4: kolom 'id': dit ontbreekt"),
    "an orphan": (
        lambda book: book["Knopen"].append(["los", "effect", "Een los effect"]),
        "blad Knopen, rij 6: 'los' (effect) draagt nergens aan bij",
    ),
    "a cycle": (
        lambda book: book["Verbanden"].append(["terug", "redden", "grip", "Het een volgt uit het ander."]),
        "blad Verbanden, rij 5: ",
    ),
}


@pytest.mark.parametrize("case", FAULTS)
def test_a_fault_in_excel_names_sheet_row_and_column(case: str) -> None:
    change, expected = FAULTS[case]
    with pytest.raises(StudyError) as caught:
        tree_from_workbook(book_of(edited(change), "boom.xlsx"))
    assert expected in str(caught.value)
    assert str(caught.value).startswith("boom.xlsx, blad ")
    keys = {key for sheet in SHEETS for column in sheet.columns for key in column.path} - {"id", "run", "from", "to"}
    told = set(re.findall(r"[a-z_]+", str(caught.value)))
    assert not told & (keys | {"nodes", "links", "indicators", "expectation", "measurement"}) - {"what", "session"}


def test_evidence_for_an_unknown_link_names_its_row() -> None:
    def change(book: Any) -> None:
        for column, value in enumerate(["nergens", "onderzoek", "steunt", "zwak", "een bron"], start=1):
            book["Bewijs"].cell(2, column, value)

    with pytest.raises(StudyError, match="blad Bewijs, rij 2: kolom 'verband': 'nergens' staat niet op blad Verbanden"):
        tree_from_workbook(book_of(edited(change), "boom.xlsx"))


def test_a_file_that_is_no_workbook_is_refused_in_one_sentence() -> None:
    with pytest.raises(StudyError, match="geen werkmap van Excel"):
        tree_from_workbook(book_of(b"geen excel", "boom.xlsx"))


def test_a_person_may_leave_rows_empty_and_write_dates_and_numbers_as_text() -> None:
    def change(book: Any) -> None:
        book["Verbanden"].insert_rows(3)
        book["Verbanden"]["F2"] = "6"
        book["Verbanden"]["H2"] = "01-03-2025"
        book["Indicatoren"]["D2"] = "Meting"

    tree = tree_from_workbook(book_of(edited(change), "boom.xlsx"))
    assert tree.links[0].delay_months == 6
    assert tree.links[0].test.since == dt.date(2025, 3, 1)


def test_comments_stay_where_the_content_stays() -> None:
    text = SMALL.replace("links:\n", "# over de verbanden\nlinks:\n").replace(
        "  - id: grip\n", "  # let op\n  - id: grip\n"
    )
    tree = small_tree("Rust in geld geeft ruimte.", "Rust in geld geeft lucht.")
    found = merged(text, tree)
    assert found == text.replace("geeft ruimte.", "geeft lucht.")


PROPOSAL = """\
schema_version: 1
tree: {version}
session:
  date: 2025-06-20
  session: leerkring-2025-06
  by:
    - wijkteam
evidence:
  - link: {link}
    evidence:
      kind: own_data
      direction: contradicts
      strength: moderate
      source: eigen cijfers van 12 teams
decisions:
  - link: {link}
    decision:
      date: 2025-06-20
      session: leerkring-2025-06
      decision: Wij twijfelen nu aan dit verband.
      by:
        - wijkteam
      status: doubt
"""


def test_an_adopted_proposal_changes_the_status_and_keeps_the_comments() -> None:
    text = "# van ons samen\n" + SMALL
    proposal = PROPOSAL.format(version=small_tree().version, link="regeling-grip")
    found = adopted(text, "boom.yaml", proposal, "voorstel.yaml")
    link = as_model(found, Tree, "boom.yaml").links[1]
    assert found.startswith("# van ons samen\n")
    assert (link.test.status, link.test.since) == ("doubt", dt.date(2025, 6, 20))
    assert link.evidence[0].source == "eigen cijfers van 12 teams"


def test_a_decision_about_one_link_does_not_say_anew_who_adopted_the_whole_tree() -> None:
    text = SMALL.replace("nodes:\n", "adopted:\n  date: 2024-01-10\n  by:\n    - beleid\nnodes:\n", 1)
    version = as_model(text, Tree, "boom.yaml").version
    found = as_model(adopted(text, "boom.yaml", PROPOSAL.format(version=version, link="regeling-grip"), "v"), Tree, "b")
    assert found.adopted == as_model(text, Tree, "boom.yaml").adopted


@pytest.mark.parametrize(
    ("known", "asked", "expected"),
    [
        ("2025-01-01", "", None),
        ("2026-01-01", "", "2026-01-01"),
        ("2025-01-01", "2025-12-01", "2025-12-01"),
    ],
)
def test_a_next_look_moves_with_a_decision_and_is_never_before_it(known: str, asked: str, expected: str | None) -> None:
    tree = small_tree()
    link = next(one for one in tree.links if one.id == "regeling-grip")
    test = link.test.model_copy(update={"next_look": dt.date.fromisoformat(known)})
    links = [one.model_copy(update={"test": test}) if one is link else one for one in tree.links]
    text = merged(SMALL, tree.model_copy(update={"links": links}))
    proposal = PROPOSAL.format(version=as_model(text, Tree, "b").version, link="regeling-grip")
    proposal += f"    next_look: {asked}\n" if asked else ""
    found = as_model(adopted(text, "boom.yaml", proposal, "voorstel.yaml"), Tree, "boom.yaml").links[1].test.next_look
    assert (found.isoformat() if found else None) == expected


def test_a_next_look_before_its_decision_is_refused() -> None:
    proposal = PROPOSAL.format(version=small_tree().version, link="regeling-grip") + "    next_look: 2025-06-20\n"
    with pytest.raises(StudyError, match="een dag na het besluit"):
        adopted(SMALL, "boom.yaml", proposal, "voorstel.yaml")


@pytest.mark.parametrize(
    ("version", "link", "expected"),
    [
        ("klein@0123456789", "regeling-grip", "maar de boom is nu klein@"),
        (small_tree().version, "nergens", "'nergens' is geen verband van deze boom"),
    ],
)
def test_a_proposal_that_does_not_fit_is_refused_with_its_line(version: str, link: str, expected: str) -> None:
    with pytest.raises(StudyError) as caught:
        adopted(SMALL, "boom.yaml", PROPOSAL.format(version=version, link=link), "voorstel.yaml")
    assert expected in str(caught.value)
    assert "voorstel.yaml, regel " in str(caught.value)


def test_a_proposal_cannot_break_the_rules_of_a_tree() -> None:
    proposal = PROPOSAL.format(version=small_tree().version, link="regeling-grip").replace("doubt", "refuted")
    proposal = proposal.replace("kind: own_data", "kind: practice")
    with pytest.raises(StudyError, match="meningen alleen"):
        adopted(SMALL, "boom.yaml", proposal, "voorstel.yaml")


def test_a_decision_from_before_the_status_of_now_is_refused_with_its_line() -> None:
    text = SMALL.replace(
        "    assumption: Een regeling geeft overzicht.\n",
        "    assumption: Een regeling geeft overzicht.\n    test:\n      status: testing\n      since: 2025-08-01\n",
        1,
    )
    version = as_model(text, Tree, "boom.yaml").version
    with pytest.raises(StudyError, match=r"voorstel\.yaml, regel \d+: .*van voor de stand van nu \(01-08-2025\)"):
        adopted(text, "boom.yaml", PROPOSAL.format(version=version, link="regeling-grip"), "voorstel.yaml")
