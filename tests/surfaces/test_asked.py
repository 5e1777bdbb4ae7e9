"""What a reader gets of an answered question: a sentence no stronger than its figure, and what it does not say."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pandas as pd
import pymupdf

from reports.content.asked.answer import answered
from reports.content.asked.page import answer_page
from reports.content.council.figures_json import identified_figures
from reports.content.parts import Numbers, Points, Table
from reports.html.asked import question_html
from reports.html.report import chapters_of
from reports.pdf.asked import question_pdf
from reports.released.asked import Asked
from reports.released.source import Source
from tests.surfaces.invented import facts, frame, tables

ABOUT = {"subject": "zrm", "life_domain": "finances", "moment_from": "first", "moment_to": "last"}
ASKED = Asked(
    "V1",
    "Gaan mensen met een verslaving vooruit?",
    "out_change__by_domain",
    tuple(ABOUT.items()),
    "target_group",
    "verslaving",
    compared=True,
    threshold=15,
    on=dt.date(2026, 3, 4),
)
SHOWN = {"n_clients": 100, "n_up": 40, "n_equal": 45, "n_down": 15} | {
    f"{name}_status": "shown" for name in ("n_up", "n_equal", "n_down")
}
FEW_DOWN = SHOWN | {"n_down": None, "n_down_status": "below", "status": "banded"}
HIDDEN = {"status": "secondary", "n_up_status": "hidden", "n_equal_status": "hidden", "n_down_status": "hidden"}


def source(*groups: tuple[str, dict[str, object]]) -> Source:
    rows = [ABOUT | {"method": "none", "slice": "target_group", "slice_value": name} | row for name, row in groups]
    everybody = tables()["out_change__by_domain"]
    both = pd.concat([everybody, frame("out_change__by_domain", rows)], ignore_index=True)
    return Source(replace(facts(), asked=(ASKED,)), tables() | {"out_change__by_domain": both})


def test_an_answer_tells_who_rose_who_fell_and_the_margin() -> None:
    found = answered(source(("verslaving", SHOWN)), ASKED)
    assert found.words.startswith(
        "Van de cliënten in de groep 'verslaving' ging 40% vooruit op Financiën en 15% achteruit."
    )
    assert "Van alle cliënten samen" in found.words
    assert (found.value, found.margin) == ("40%", "Marge (95%): 31% tot 50%.")


def test_a_direction_that_may_not_be_shown_says_why() -> None:
    words = answered(source(("verslaving", FEW_DOWN)), ASKED).words
    assert "hoeveel er achteruitgingen, mag niet worden getoond (te weinig mensen)" in words


def test_an_answer_that_can_be_shown_no_more_says_so_and_keeps_its_number() -> None:
    page = answer_page(source(("verslaving", HIDDEN)), ASKED)
    assert page.title == "Over doelgroep 'verslaving' is nu geen cijfer te tonen."
    assert not [part for part in page.parts if isinstance(part, Numbers)]


def test_an_old_figure_says_of_which_day_it_is() -> None:
    held = SHOWN | {"status": "held", "held_from": "2026-01-31-0a1b2c3d"}
    page = answer_page(source(("verslaving", held)), ASKED)
    number = next(part for part in page.parts if isinstance(part, Numbers)).items[0]
    assert number.note.startswith("Cijfer van 2026-01-31. ")


def test_groups_stand_in_the_order_of_their_names_and_a_page_says_what_it_does_not() -> None:
    page = answer_page(source(("verslaving", SHOWN), ("overig", SHOWN | {"n_up": 20, "n_equal": 65})), ASKED)
    table = next(part for part in page.parts if isinstance(part, Table))
    assert [row[0] for row in table.rows] == ["overig", "verslaving", "alle cliënten samen"]
    said = " ".join(next(part for part in page.parts if isinstance(part, Points)).items)
    assert "Of dit door de aanpak komt" in said
    assert "Dat het voor de ene groep beter werkt dan voor de andere" in said
    assert "minder dan 15 cliënten" in said


def test_a_question_about_help_tells_who_used_it() -> None:
    about = {"subject": "events", "what": "huisuitzetting", "unit": "event"}
    asked = replace(ASKED, table="out_care__use", about=tuple(about.items()))
    group = {"slice": "target_group", "slice_value": "verslaving", "n_clients": 20, "n_clients_base": 100}
    row = frame("out_care__use", [about | group | {"n_clients_status": "shown"}])
    found = answered(Source(facts(), tables() | {"out_care__use": row}), asked)
    assert found.words == "Van de cliënten in de groep 'verslaving' had 20% te maken met 'Huisuitzetting'."
    assert found.n == "ongeveer 100 cliënten in beeld"
    page = answer_page(Source(facts(), tables() | {"out_care__use": row}), asked)
    limits = next(part for part in page.parts if isinstance(part, Points))
    assert "Hoeveel iemand gebruikte. Dit cijfer telt mensen, geen uren, euro's of keren." in limits.items
    assert "Of dit door de aanpak komt." in next(part for part in page.parts if isinstance(part, Points)).items


def test_a_page_is_one_page_and_the_report_has_a_chapter_with_the_same_words() -> None:
    shown = source(("verslaving", SHOWN), ("overig", SHOWN))
    page = answer_page(shown, ASKED)
    html = question_html(shown.facts, page)
    assert "<script" not in html
    assert "V1" in html
    assert len(pymupdf.open(stream=question_pdf(shown.facts, page))) == 1
    known = {one["id"]: one for one in identified_figures([], [], [page])}
    assert known["V1"]["words"].startswith(page.title)
    assert known["V1G"]["rows"]
    chapter = next(one for one in chapters_of(shown) if one.id == "vragen")
    assert answered(shown, ASKED).words in chapter.parts[1].words
