"""The answer to one question of the council: a sentence that says no more than the figure, and the figure."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from data_contracts.tables.released import SHOWS_FIGURES, PartStatus
from data_contracts.vocabulary.field import ALL, Labelled
from data_contracts.vocabulary.slices import group_label, slice_label
from indicators.change.shares import with_shares
from reports.language import dutch, terms
from reports.released.asked import Asked
from reports.released.source import Source


class Answered(Labelled):
    """Whether a question has an answer in this release."""

    YES = "yes", "beantwoord"
    HELD = "held", "cijfer van een eerdere publicatie"
    NO = "no", "nu niet te tonen"


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer in `words`, its `value`, margin and number of people; `row` and `everybody` as released."""

    asked: Asked
    is_answered: Answered
    words: str
    value: str
    margin: str
    n: str
    row: pd.Series | None
    everybody: pd.Series | None


def rows_of(source: Source, asked: Asked) -> pd.DataFrame:
    """Every group of the question's slice, in the rows about its outcome."""
    return source.rows(asked.table, slice=asked.slice, **dict(asked.about))


def answered(source: Source, asked: Asked) -> Answer:
    """What the released tables say now; a figure that cannot be shown any more is told as such."""
    rows = rows_of(source, asked)
    rows = with_shares(rows) if "moment_from" in dict(asked.about) else rows
    row = _only(rows[rows["slice_value"] == asked.slice_value])
    everybody = _only(source.shown(asked.table, slice=ALL, **dict(asked.about))) if asked.compared else None
    if row is None or row["status"] not in SHOWS_FIGURES:
        return Answer(
            asked, Answered.NO, f"Over {_group(asked)} is nu geen cijfer te tonen.", "", "", "", None, everybody
        )
    told = _change if "moment_from" in dict(asked.about) else _use
    told_as = told(source, asked, row, everybody)
    held = Answered.HELD if row["status"] == "held" else Answered.YES
    return Answer(asked, held, *told_as, row, everybody)


def outcome_of(asked: Asked) -> str:
    """What the question is about, in words."""
    about = dict(asked.about)
    if about["subject"] == "solutions":
        return terms.solution(about["what"]).lower()
    return terms.outcome(about["subject"], about.get("life_domain", ALL), about.get("what", ALL))


def period_of(asked: Asked) -> str:
    """Between which moments; of use while in view."""
    about = dict(asked.about)
    if "moment_from" not in about:
        return "zolang mensen in beeld zijn"
    first, later = (terms.moment(about[name]) for name in ("moment_from", "moment_to"))
    return f"tussen de {first} en {later if later[0].isdigit() else f'de {later}'}"


def _group(asked: Asked) -> str:
    return f"{slice_label(asked.slice)} '{group_label(asked.slice, asked.slice_value)}'"


def _only(rows: pd.DataFrame) -> pd.Series | None:
    return rows.iloc[0] if len(rows) else None


def _change(source: Source, asked: Asked, row: pd.Series, everybody: pd.Series | None) -> tuple[str, str, str, str]:
    group = group_label(asked.slice, asked.slice_value)
    words = f"Van de cliënten in de groep '{group}' {_moved(source, row, f' op {outcome_of(asked)}')}."
    if everybody is not None:
        words += f" Van alle cliënten samen {_moved(source, everybody)}."
    margin = ""
    if row["n_up_status"] == PartStatus.SHOWN and pd.notna(row["share_up_low"]):
        margin = f"Marge (95%): {dutch.between(row['share_up_low'], row['share_up_high'], dutch.percent)}."
    n = f"ongeveer {dutch.count(row['n_clients'])} cliënten met beide metingen"
    return words, _share(source, row, "n_up") or dutch.NOT_SHOWN, margin, n


def _moved(source: Source, row: pd.Series, on: str = "") -> str:
    """Who rose and who fell, and why one of them is not told."""
    up, down = (_share(source, row, name) for name in ("n_up", "n_down"))
    if up and down:
        return f"ging {up} vooruit{on} en {down} achteruit"
    if up or down:
        told, other = (f"ging {up} vooruit{on}", "achteruit") if up else (f"ging {down} achteruit{on}", "vooruit")
        return f"{told}; hoeveel er {other}gingen, mag niet worden getoond ({_why(row, other)})"
    return f"mag niet worden getoond hoeveel er vooruit- of achteruitgingen{on} (te weinig mensen)"


def _why(row: pd.Series, direction: str) -> str:
    status = row["n_up_status" if direction == "vooruit" else "n_down_status"]
    words = {"below": "te weinig mensen", "above": "bijna iedereen"}
    return words.get(str(status), "nodig om een kleine groep te beschermen")


def _share(source: Source, row: pd.Series, name: str, whole: str = "n_clients") -> str:
    share = source.share_of(row, name, whole)
    return dutch.percent(share) if share is not None else ""


_OF_USE = {"events": "had {} te maken met '{}'", "solutions": "kreeg {} als oplossing '{}'"}


def _use(source: Source, asked: Asked, row: pd.Series, everybody: pd.Series | None) -> tuple[str, str, str, str]:
    about = dict(asked.about)
    share, of_all = (
        _share(source, one, "n_clients", "n_clients_base") if one is not None else "" for one in (row, everybody)
    )
    said = _OF_USE.get(about["subject"], "gebruikte {} '{}'")
    used = said.format(share or "een aandeel dat niet getoond mag worden", outcome_of(asked))
    words = f"Van de cliënten in de groep '{group_label(asked.slice, asked.slice_value)}' {used}."
    words += f" Van alle cliënten samen was dat {of_all}." if of_all else ""
    n = f"ongeveer {dutch.count(row['n_clients_base'])} cliënten in beeld"
    return words, share or dutch.NOT_SHOWN, "", n
