"""A conversation as a form: the questions that are open now, what was answered, and at the end what comes of it."""

from __future__ import annotations

from dataclasses import dataclass

from reports.html.report import page_of, static


@dataclass(frozen=True, slots=True)
class Option:
    """A choice of a question in words, by what name a file of answers knows it, and whether it is taken."""

    value: str
    words: str
    is_taken: bool = False


@dataclass(frozen=True, slots=True)
class Field:
    """One question, or one part of it: free text without options, else one or more of them.

    `problem` says what is wrong with the reply that stands there, which stays to be mended.
    """

    id: str
    text: str
    guide: str = ""
    options: tuple[Option, ...] = ()
    is_several: bool = False
    typed: str = ""
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Settled:
    """A question that is answered, and where to answer it otherwise."""

    name: str
    text: str
    reply: str


@dataclass(frozen=True, slots=True)
class FormPage:
    """One page of the form; without fields it is the last one, with `outcome`, before anything is written."""

    title: str
    writes: str
    names: tuple[str, ...] = ()
    fields: tuple[Field, ...] = ()
    settled: tuple[Settled, ...] = ()
    by_itself: tuple[Settled, ...] = ()
    outcome: tuple[str, ...] = ()
    problem: str = ""
    is_first: bool = False
    is_done: bool = False

    @property
    def wrong(self) -> list[Field]:
        """The fields whose reply does not do."""
        return [one for one in self.fields if one.problem]


def form_html(page: FormPage) -> str:
    """The page; it needs no script and asks nothing of a network."""
    return page_of("form.html.j2", page=page, style=static("report.css") + static("form.css"))
