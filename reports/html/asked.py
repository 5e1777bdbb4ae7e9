"""vragen/V1.html: the page of one question, without any script."""

from __future__ import annotations

from reports.content.parts import Chapter
from reports.content.word_list import words_of
from reports.html.report import page_of, static
from reports.language import dutch
from reports.released.facts import Facts


def question_html(facts: Facts, page: Chapter) -> str:
    """One file that asks nothing of a network."""
    style = static("report.css") + static("council.css")
    about, house = dutch.day(facts.as_of), facts.house_style
    return page_of(
        "question.html.j2", facts=facts, as_of=about, page=page, style=style, house=house, words=words_of(page)
    )
