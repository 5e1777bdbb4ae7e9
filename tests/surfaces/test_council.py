"""What a council reads: two pages whose title is the answer, in three faces that say the same."""

from __future__ import annotations

import functools
import html
import io
import json
import re
from dataclasses import replace
from pathlib import Path

import docx
import outloud
import pandas as pd
import pdfua
import pikepdf
import pymupdf
import pytest
from jinja2 import UndefinedError

from data_contracts.vocabulary.field import Stamp
from data_contracts.vocabulary.logic import EvidenceGrade
from indicators.results_logic.findings.outcomes import logic_frames
from indicators.results_logic.findings.team_outcomes import team_outcomes
from indicators.results_logic.values.released import Released
from mkba.inputs.model import Mkba
from pipelines.study.checking import study_mkba
from pipelines.study.workplace import read_study
from reports.content.council.budget import budget_figure
from reports.content.council.pages import NO_BALANCE, council_pages
from reports.content.money.verdict import verdict
from reports.content.parts import Chapter, Figure, Heading, Numbers, Points, Table, Text, Told
from reports.html.council import council_html
from reports.language import dutch
from reports.pdf.council import MORE, council_pdf
from reports.reading import reading_files
from reports.released.source import Source
from tests.mkba_case import appraised
from tests.surfaces.invented import TREE, facts, mkba_tables, only_change, tables, with_logic
from tests.surfaces.invented_companions import RELIABILITY, companions

APPRAISAL = appraised()
FULL = with_logic(tables()) | mkba_tables(APPRAISAL) | companions()
SINCE = Chapter("sinds", "Wat is er veranderd?", (Text("Dit staat naast juni."), Points(("Nieuw: levering najaar.",))))


def full(**changed: pd.DataFrame) -> Source:
    return Source(facts(reliability=RELIABILITY), FULL | changed, TREE, APPRAISAL.model)


@functools.cache
def files() -> dict[str, bytes]:
    return reading_files(full(), SINCE)


def title(source: Source) -> str:
    return council_pages(source)[0].title


def effects(**changed: object) -> pd.DataFrame:
    """The invented estimates, those of the leading life domains changed."""
    found = FULL["out_effects__estimates"].copy()
    compared = found["life_domain"].isin(["finances", "housing"]) & (found["design"] == "staggered")
    found.loc[compared, list(changed)] = list(changed.values())
    return found


def pdf_words(data: bytes) -> str:
    return " ".join(" ".join(page.get_text() for page in pymupdf.open(stream=data)).replace("-\n", "-").split())


def html_words() -> str:
    bare = re.sub(r"<style\b.*?</style>", " ", files()["raad.html"].decode(), flags=re.DOTALL)
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", bare)).replace("\u2060", "").split())


def docx_words() -> str:
    paper = docx.Document(io.BytesIO(files()["raad.docx"]))
    cells = [cell.text for table in paper.tables for row in table.rows for cell in row.cells]
    return " ".join(" ".join([*(one.text for one in paper.paragraphs), *cells]).split())


def test_the_title_says_that_people_get_on_and_where_the_approach_helps() -> None:
    assert title(full()) == "Cliënten gaan vooruit. Op Financiën en Huisvesting helpt de nieuwe werkwijze aantoonbaar."


def test_the_title_says_so_where_no_difference_is_demonstrable() -> None:
    unsure = effects(ci_low=-0.5)
    assert title(full(out_effects__estimates=unsure)) == (
        "Cliënten gaan vooruit. Dat dit door de nieuwe werkwijze komt, is niet aangetoond."
    )


def test_the_title_claims_no_more_than_the_stamp_allows() -> None:
    hint = effects(stamp=Stamp.INDICATION.value)
    assert "Er is een aanwijzing dat de nieuwe werkwijze helpt op" in title(full(out_effects__estimates=hint))
    assert "helpt de nieuwe werkwijze waarschijnlijk" in title(
        full(out_effects__estimates=effects(stamp=Stamp.COMPARISON.value))
    )


def test_an_unfavourable_difference_stands_in_the_title() -> None:
    worse = effects(estimate=-0.4, ci_low=-0.6, ci_high=-0.2)
    assert "pakt de nieuwe werkwijze aantoonbaar slechter uit" in title(full(out_effects__estimates=worse))


def test_a_study_that_only_measured_change_does_not_speak_of_a_cause() -> None:
    found = title(Source(facts(design="before_after", new_approach=None), only_change()))
    assert found == "Cliënten gaan vooruit. Of dat door de aanpak komt, weten we niet."


def test_a_study_without_figures_says_what_is_missing_on_two_pages() -> None:
    source = Source(facts(design="before_after"), {})
    pages = council_pages(source)
    assert pages[0].title.startswith("Of cliënten vooruitgaan, is nog niet te zeggen.")
    assert len(pymupdf.open(stream=council_pdf(source.facts, pages))) == 2


def test_there_are_always_four_figures() -> None:
    for source in (full(), Source(facts(design="before_after"), {})):
        numbers = next(part for part in council_pages(source)[0].parts if isinstance(part, Numbers))
        assert len(numbers.items) == 4


def test_the_balance_stands_with_its_condition_and_the_chain_that_it_rests_on() -> None:
    balance, unsure = FULL["out_mkba__balance"].copy(), effects(ci_low=-0.5)
    balance["estimate_id"] = balance["line"].map({"nights": "staggered/zrm/finances/all"})
    nodes = {"nights": "grip", "care": "regeling", "benefit": "grip", "steps": "redden"}
    logic = logic_frames(TREE, Released(), team_outcomes(TREE, Released()), nodes)
    bridge = logic["out_logic__mkba_bridge"].assign(evidence_grade=EvidenceGrade.NONE.value)
    source = full(out_mkba__balance=balance, out_effects__estimates=unsure, out_logic__mkba_bridge=bridge)
    told = {part.about: part.words for part in council_pages(source)[0].parts if isinstance(part, Told)}
    first = FULL["out_mkba__headline"].iloc[0]
    assert told["Kosten en baten"].startswith(f"{first['label']}: {verdict(first)}. Het saldo is ongeveer €")
    rests = told["Waar dat saldo op rust"]
    assert "Het ene gemeten verschil onder dit saldo is op zichzelf niet aantoonbaar." in rests
    assert "op een keten die niet of zwak is onderbouwd" in rests


def test_an_indicative_balance_or_none_is_told_as_it_is_without_a_verdict_before_it() -> None:
    headline = FULL["out_mkba__headline"]
    for changed in ({"leading": "break_even"}, {"prob_npv_positive": None}):
        told = {
            one.about: one.words
            for one in council_pages(full(out_mkba__headline=headline.assign(**changed)))[0].parts
            if isinstance(one, Told)
        }
        assert told["Kosten en baten"] == dutch.tidy(headline.iloc[0]["sentence"])


def test_amounts_per_year_say_that_they_have_no_margin_and_where_that_of_the_balance_is() -> None:
    source = full()
    headline = source.table("out_mkba__headline").iloc[0]
    figure, held = (
        budget_figure(source, row) for row in (headline, headline.drop("npv_p05_eur").reindex(headline.index))
    )
    assert figure is not None and held is not None
    assert "zonder eigen marge. Hoe zeker zij samen zijn, leest u aan de marge van het saldo." in figure.reading
    assert "marge van het saldo" not in held.reading


def test_that_there_is_no_balance_is_said_once() -> None:
    told = [part.words for page in council_pages(Source(facts(), {})) for part in page.parts if isinstance(part, Told)]
    assert len(told) == len(set(told))
    assert NO_BALANCE in told


def test_the_net_line_of_the_budget_is_the_sum_of_its_bars() -> None:
    figure = next(part for part in council_pages(full())[1].parts if isinstance(part, Figure))
    sums = [sum(values) for values in zip(*(values for _, values in figure.chart.parts), strict=True)]  # type: ignore[union-attr]
    assert list(figure.chart.net) == pytest.approx(sums)  # type: ignore[union-attr]
    rows = FULL["out_mkba__budgets"]
    own = rows[(rows["stakeholder"] == "municipality") & (rows["alternative"] == rows["alternative"].iloc[0])]
    assert sum(figure.chart.net) == pytest.approx(own["cash_eur"].sum())  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("mean", "chance", "says"),
    [
        (-100.0, 0.2, "verlies"),
        (-100.0, None, "verlies"),
        (0.0, None, "geen verschil"),
        (100.0, None, "levert meer op"),
        (100.0, 0.97, "waarschijnlijk meer baten dan kosten (70%); als de vergelijking klopt 97%"),
    ],
)
def test_an_alternative_that_loses_says_so(mean: float, chance: float | None, says: str) -> None:
    row = pd.Series({"npv_mean_eur": mean, "prob_npv_positive": chance, "prob_npv_positive_doubt": 0.7})
    assert verdict(row).startswith(says)


def test_what_changed_since_last_time_is_told_where_there_is_a_last_time() -> None:
    assert "Dit staat naast juni. Nieuw: levering najaar." in html_words()
    assert "Naast een vorige publicatie is dit niet gelegd." in " ".join(
        part.words for part in council_pages(full())[1].parts if isinstance(part, Told)
    )


def test_every_face_says_every_sentence_and_every_cell() -> None:
    shown = {"pdf": pdf_words(files()["raad.pdf"]), "html": html_words(), "docx": docx_words()}
    for page in council_pages(full(), SINCE):
        for words in (page.title, *said(page)):
            for face, text in shown.items():
                assert without_spaces(words) in without_spaces(text), (face, words)


def test_no_face_leaves_out_a_loose_sentence_or_a_kind_of_part_that_it_does_not_know() -> None:
    first, second = council_pages(full(), SINCE)
    words = "Wat die extra fte oplevert, is niet gemeten."
    told = [first, replace(second, parts=(Text(words), *second.parts))]
    assert words in council_html(full().facts, told).replace("\n", " ")
    with pytest.raises(UndefinedError):
        council_html(full().facts, [first, replace(second, parts=(replace(Text(words), kind="new"),))])


def said(page: Chapter) -> list[str]:
    found: list[str] = []
    for part in page.parts:
        if isinstance(part, Numbers):
            found += [words for one in part.items for words in (one.value, one.label, one.note)]
        elif isinstance(part, Told | Text | Heading):
            found.append(part.words)
        elif isinstance(part, Points):
            found += part.items
        elif isinstance(part, Table | Figure):
            table = part if isinstance(part, Table) else part.table
            found += [cell for row in table.rows for cell in row]
    return found


def without_spaces(text: str) -> str:
    return re.sub(r"[\s\u2060\u00ad-]", "", text)


def test_every_figure_of_the_pages_is_known_by_its_id() -> None:
    known = {one["id"]: one for one in json.loads(files()["figures.json"])}
    assert len(known) == len(json.loads(files()["figures.json"]))
    for face in (html_words(), pdf_words(files()["raad.pdf"]), docx_words()):
        assert set(re.findall(r"\bR\d+\b", face)) == {one for one in known if one.startswith("R")}
    for page in council_pages(full(), SINCE):
        for part in page.parts:
            if isinstance(part, Told):
                assert known[part.id]["words"] == part.words


def test_the_same_tables_give_the_same_bytes() -> None:
    assert reading_files(full(), SINCE) == files()


def test_a_study_that_says_more_than_fits_still_gets_two_pages_and_they_say_so() -> None:
    assert isinstance(APPRAISAL.model, Mkba)
    null = APPRAISAL.model.null_alternative.model_copy(update={"description": "Alles gaat door zoals het ging. " * 90})
    long = APPRAISAL.model.model_copy(update={"null_alternative": null})
    source = replace(full(), mkba=long)
    made = council_pdf(source.facts, council_pages(source))
    assert len(pymupdf.open(stream=made)) == 2
    assert MORE in pdf_words(made)


def test_the_pdf_is_tagged_and_dutch_and_two_checkers_find_no_fault(tmp_path: Path) -> None:
    path = tmp_path / "raad.pdf"
    path.write_bytes(files()["raad.pdf"])
    with pikepdf.open(path) as made:
        assert str(made.Root.Lang) == "nl"
        assert made.Root.MarkInfo.Marked
    assert outloud.check(str(path)).findings == []
    assert list(pdfua.validate(str(path)).findings) == []


def alderman() -> list[tuple[str, str]]:
    """The questions of docs/raad.md with how their answer begins."""
    lines = (Path(__file__).parents[2] / "docs" / "raad.md").read_text("utf-8").splitlines()
    start = lines.index("| Vraag | Waar | Zo begint het antwoord |") + 2
    rows = [line.strip("| ").split(" | ") for line in lines[start:] if line.startswith("|")]
    return [(question, begins) for question, _, begins in rows]


@pytest.mark.parametrize(("question", "begins"), alderman())
def test_questions_of_an_alderman_are_answered_on_the_two_pages(question: str, begins: str) -> None:
    text = pdf_words(files()["raad.pdf"])
    assert begins in text, question
    assert len(text.partition(begins)[2].split()) > 3


def test_there_are_eleven_of_them() -> None:
    assert len(alderman()) == 11


@pytest.mark.parametrize("name", ["voorbeeldstad", "rijnstad", "veldstad", "waterstad"])
def test_two_pages_hold_the_texts_of_every_study_that_ships(name: str) -> None:
    """Its own title, leading life domains, alternatives and null alternative, beside invented figures."""
    study = read_study(Path(__file__).parents[2] / "studies" / name)
    design, model = study.study.design, study_mkba(study)
    known = facts(
        title=study.study.title,
        municipality=study.study.municipality,
        design=design.kind,
        headline_domains=tuple(one.value for one in design.headline_domains),
        reliability=RELIABILITY,
    )
    source = Source(known, FULL, TREE, model)
    pages = council_pages(source)
    made = council_pdf(known, pages)
    assert len(pymupdf.open(stream=made)) == 2
    assert MORE not in pdf_words(made)
