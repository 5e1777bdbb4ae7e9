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
    """The answer `words`, the margin and the number of people beside it; `row` and `everybody` as released."""

    asked: Asked
    is_answered: Answered
    words: str
    margin: str
    n: str
    row: pd.Series | None
    everybody: pd.Series | None


def rows_of(source: Source, asked: Asked) -> pd.DataFrame:
    """Every group of the question's slice, in the rows about its outcome."""
    return source.rows(asked.table, slice=asked.slice, **dict(asked.about))


def answered(source: Source, asked: Asked) -> Answer:
    """What the released tables say now; a figure that cannot be shown any more is told as such."""
    row = _only(rows_of(source, asked).pipe(lambda rows: rows[rows["slice_value"] == asked.slice_value]))
    everybody = _only(source.shown(asked.table, slice=ALL, **dict(asked.about))) if asked.compared else None
    if row is None or row["status"] not in SHOWS_FIGURES:
        return Answer(asked, Answered.NO, f"Over {_group(asked)} is nu geen cijfer te tonen.", "", "", None, everybody)
    told = _change if "moment_from" in dict(asked.about) else _use
    words, margin, n = told(source, asked, row, everybody)
    held = Answered.HELD if row["status"] == "held" else Answered.YES
    return Answer(asked, held, words, margin, n, row, everybody)


def outcome_of(asked: Asked) -> str:
    """What the question is about, in words."""
    about = dict(asked.about)
    return terms.outcome(about["subject"], about.get("life_domain", ALL), about.get("what", ALL))


def period_of(asked: Asked) -> str:
    """Between which moments; of use while in view."""
    about = dict(asked.about)
    if "moment_from" not in about:
        return "zolang mensen in beeld zijn"
    return f"van de {terms.moment(about['moment_from'])} tot de {terms.moment(about['moment_to'])}"


def _group(asked: Asked) -> str:
    return f"{slice_label(asked.slice)} '{group_label(asked.slice, asked.slice_value)}'"


def _only(rows: pd.DataFrame) -> pd.Series | None:
    return rows.iloc[0] if len(rows) else None


def _change(source: Source, asked: Asked, row: pd.Series, everybody: pd.Series | None) -> tuple[str, str, str]:
    up, down = (share_words(source, row, name) for name in ("n_up", "n_down"))
    group = group_label(asked.slice, asked.slice_value)
    words = (
        f"Van de cliënten in de groep {group} ging {up} vooruit op {outcome_of(asked)} en {down} achteruit, "
        f"{period_of(asked)}."
    )
    if everybody is not None:
        of_all = share_words(source, everybody, "n_up"), share_words(source, everybody, "n_down")
        words += f" Van alle cliënten samen was dat {of_all[0]} en {of_all[1]}."
    shares = with_shares(row.to_frame().T).iloc[0]
    low, high = shares["share_up_low"], shares["share_up_high"]
    margin = ""
    if pd.notna(low) and row["n_up_status"] == PartStatus.SHOWN:
        span = dutch.between(low, high, dutch.percent)
        margin = f"Met 95% zekerheid ligt het aandeel dat vooruitging bij zulke cliënten op {span}."
    return words, margin, f"{dutch.count(row['n_clients'])} cliënten met beide metingen"


def share_words(source: Source, row: pd.Series, name: str) -> str:
    """A count as a share of its row, or why it is not shown."""
    share = source.share_of(row, name, "n_clients")
    if share is not None:
        return dutch.percent(share)
    words = {"below": "minder mensen dan we mogen tonen", "above": "bijna iedereen"}
    return words.get(str(row[f"{name}_status"]), "een aantal dat we niet mogen tonen")


def _use(source: Source, asked: Asked, row: pd.Series, everybody: pd.Series | None) -> tuple[str, str, str]:
    group, what = group_label(asked.slice, asked.slice_value), outcome_of(asked)
    words = f"Van de cliënten in de groep {group} gebruikte {_users(source, row)} {what}, {period_of(asked)}."
    if everybody is not None:
        words += f" Van alle cliënten samen was dat {_users(source, everybody)}."
    return words, "", f"{dutch.count(row['n_clients_base'])} cliënten in beeld"


def _users(source: Source, row: pd.Series) -> str:
    share = source.share_of(row, "n_clients", "n_clients_base")
    if share is not None:
        return dutch.percent(share)
    return "bijna iedereen" if row["n_clients_status"] == "above" else "een aantal dat we niet mogen tonen"
