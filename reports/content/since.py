"""Wat is er veranderd sinds de vorige keer: what went in, and per leading figure old, new and why, adding up."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import pandas as pd

from data_contracts.errors import StudyError
from data_contracts.tables.released_parts import SHOWS_FIGURES, Status
from data_contracts.vocabulary.errata import Cause
from data_contracts.vocabulary.field import ALL
from indicators.change.shares import with_shares
from mkba.compare import GROUPS, Difference
from reports.content.errata import errata
from reports.content.over_releases import over_releases
from reports.content.parts import Chapter, Heading, Part, Points, Table, Text
from reports.difference import LABELS, compared
from reports.explain import ledger
from reports.language import dutch, terms
from reports.released.marks import CAUSES, day_of
from reports.released.since import Since, is_measured_otherwise
from reports.released.source import Source

ID, TITLE = "sinds", "Wat is er veranderd sinds de vorige keer?"
DATA, METHOD = "nieuwe of verbeterde gegevens", "rekenwijze"
_STATUS = Status.labels()
_DATA_CAUSES = (Cause.MAPPING, Cause.DELIVERY)
_METHOD_CAUSES = (Cause.METHOD, Cause.BUG)  # a price moves no measured figure


def since_last(source: Source) -> Chapter:
    """The page that opens every report after the first, and that whoever approves sees."""
    before = source.facts.since
    if before is None:
        words = "Dit is de eerste publicatie. Er is nog niets om haar mee te vergelijken."
        return Chapter(ID, TITLE, (Text(words),))
    data, method = _went_in(source, before), _computed(source, before)
    money = _other_balance(source, before)
    parts: list[Part] = [
        Text(f"Dit staat naast de publicatie van {day_of(before.release)} ({before.release})."),
        Heading("Wat erin ging"),
        Points(
            (
                *([*data, *method, *money] or ["Er gingen dezelfde gegevens in, met dezelfde rekenwijze."]),
                *_answered(source, before),
            )
        ),
        *_leading(source, before, because=_because(before, data, method)),
        *over_releases(source, before),
        *_balance(source, before),
        *errata(source),
    ]
    return Chapter(ID, TITLE, tuple(parts))


def _answered(source: Source, before: Since) -> list[str]:
    """The questions that this release answers and the one before it did not, and the other way round."""
    now = {one.id: one for one in source.facts.asked}
    new = [f"Beantwoord: vraag {id}, {one.words}" for id, one in now.items() if id not in before.asked]
    gone = [id for id in before.asked if id not in now]
    return [*new, *([f"Niet meer beantwoord: {dutch.listed(gone)}. Het nummer blijft van die vraag."] if gone else [])]


def _went_in(source: Source, before: Since) -> list[str]:
    now = source.facts.deliveries
    new = [one for one in now if one not in before.deliveries]
    gone = [one for one in before.deliveries if one not in now]
    words = []
    if new:
        words.append(f"Nieuw: {'levering' if len(new) == 1 else 'leveringen'} {dutch.listed(new)}.")
    if gone:
        words.append(f"Telt niet meer mee: {dutch.listed(gone)}.")
    return words + [
        f"Rechtgezet: in de publicatie van {day_of(one.release)} stonden foute cijfers, want {CAUSES[one.cause]}. "
        f"{one.by}: {one.why}"
        for one in before.put_right
    ]


def _computed(source: Source, before: Since) -> list[str]:
    """What changed in how it was computed: the study, the program."""
    was, now = dict(before.versions), dict(source.facts.versions)
    renewed = [name for name in now if was.get(name) != now[name]]
    words = []
    if before.study_hash and is_measured_otherwise(before, source.facts):
        words.append("De studie is veranderd (study.yaml, mapping, Resultatenlogica of mkba.yaml).")
    if renewed:
        others = [name for name in renewed if name != "commit"]
        named = f" ({dutch.listed(others)})" if others else ""
        words.append(
            f"Het rekenprogramma is vernieuwd{named}. Dezelfde gegevens kunnen daardoor een ander cijfer geven."
        )
    return words


def _other_balance(source: Source, before: Since) -> list[str]:
    """That only the rules of the balance changed: no measured figure moved by that."""
    is_other = before.study_hash and before.study_hash != source.facts.study_hash
    if not is_other or is_measured_otherwise(before, source.facts):
        return []
    return ["mkba.yaml is veranderd. Dat raakt alleen de kosten en baten."]


def _because(before: Since, data: list[str], method: list[str]) -> str:
    """The one cause of a moved figure where there is one; else both, which cannot be told apart for it."""
    is_data = len(data) > len(before.put_right) or any(one.cause in _DATA_CAUSES for one in before.put_right)
    is_method = bool(method) or any(one.cause in _METHOD_CAUSES for one in before.put_right)
    return f"{DATA} en {METHOD} samen" if is_data and is_method else METHOD if is_method else DATA


def _leading(source: Source, before: Since, because: str) -> list[Part]:
    """The leading figures that both releases are about: old plus difference is new, in what is shown."""
    old = Source(source.facts, before.tables)
    lines = [
        line
        for then, now in ((_shares(old), _shares(source)), (_estimates(old), _estimates(source)))
        for name in now
        if (line := _line(name, then.get(name), now[name], because)) is not None
    ]
    if not lines:
        return []
    turned = _turned(old, source)
    return [
        Heading("De belangrijkste cijfers"),
        Table("Eerst, nu en waardoor", ("Cijfer", "Eerst", "Verschil", "Nu", "Waardoor"), tuple(lines), frozenset({4})),
        *([Points(turned)] if turned else []),
    ]


def _turned(old: Source, now: Source) -> tuple[str, ...]:
    """The leading life domains of which the estimate gets another word than last time."""
    then, since = (
        dict(zip(rows["life_domain"].astype(str), rows["shows"], strict=True))
        for rows in (
            one.leading(one.claims[one.claims["subject"] == "zrm"]).drop_duplicates("life_domain", keep="last")
            for one in (old, now)
        )
    )
    return tuple(
        f"{terms.domain(code)}: vorige keer {then[code]}, nu {word}."
        for code, word in since.items()
        if code in then and then[code] != word
    )


def _line(
    name: str, then: tuple[float | None, str] | None, now: tuple[float | None, str], because: str
) -> tuple[str, ...] | None:
    """One leading figure; the numbers are those that are shown, so that they add up for a reader."""
    old, new = (then[0] if then else None), now[0]
    if old is None and new is None:
        return None
    difference = None if old is None or new is None else new - old
    if now[1]:
        why = now[1]
    elif old is None:
        why = "stond er de vorige keer niet"
    elif new is None:
        why = "wordt nu niet getoond"
    else:
        why = because if difference else "gelijk gebleven"
    show = dutch.decimal
    return name, show(old), dutch.signed(difference), show(new), why


Figures = dict[str, tuple[float | None, str]]


def _shares(source: Source) -> Figures:
    """Per leading life domain the percentage that rose and that fell."""
    pair = source.main_pair
    rows = source.leading(
        source.rows("out_change__by_domain", subject="zrm", slice=ALL, moment_from=pair[0], moment_to=pair[1])
    )
    found: Figures = {}
    for _, row in with_shares(rows).iterrows() if len(rows) else []:
        for column, words in (("share_up", "vooruit"), ("share_down", "achteruit")):
            value = row[column]
            shown = None if pd.isna(value) else float(round(100 * value))
            found[f"{terms.domain(row['life_domain'])}: {words} (%)"] = shown, _held(row)
    return found


def _estimates(source: Source) -> Figures:
    """What the design says of the leading life domains."""
    rows = source.rows(
        "out_effects__estimates",
        design=source.facts.design,
        measure=source.facts.headline_measure,
        subject="zrm",
        slice=ALL,
    )
    return {
        f"{terms.domain(row['life_domain'])}: schatting (punten)": (
            None if pd.isna(row["estimate"]) else round(float(row["estimate"]), 2),
            _held(row),
        )
        for _, row in source.leading(rows).drop_duplicates("life_domain", keep="last").iterrows()
    }


def _held(row: pd.Series) -> str:
    if row["status"] == Status.HELD:
        return f"vastgehouden, cijfer van {day_of(row['held_from'])}"
    return "" if row["status"] in SHOWS_FIGURES else dutch.sentence(_STATUS[row["status"]])


def _balance(source: Source, before: Since) -> list[Part]:
    """The balance of every alternative that has one: old, what each cause adds, new; to the cent."""
    headline = source.table("out_mkba__headline")
    if headline.empty:
        return []
    found, without = dict[str, Difference](), list[str]()
    for alternative, label in zip(headline["alternative"].astype(str), headline["label"].astype(str), strict=True):
        try:
            then, now = (
                ledger(release, tables, alternative)
                for release, tables in ((before.release, before.tables), ("nu", source.tables))
            )
            one = compared(then, now)
        except StudyError:
            without.append(f"'{label}'")
            continue
        if one.before or one.after:  # to stop differs from doing nothing by nothing
            found[label] = one
    parts: list[Part] = [Heading("Het saldo van de MKBA")]
    if found:
        lines = (
            ("Vorige keer", *(dutch.cents(one.before) for one in found.values())),
            *((dutch.sentence(LABELS[group]), *_cents_of(found, group)) for group in GROUPS),
            ("Nu", *(dutch.cents(one.after) for one in found.values())),
        )
        parts.append(Table("Van het vorige saldo naar dit saldo", ("Waardoor", *found), lines))
    if without:
        parts.append(
            Text(
                f"Bij {dutch.listed(without)} is het saldo niet naast dat van de vorige keer te zetten: een van beide "
                "publicaties geeft er geen."
            )
        )
    return parts


def _cents_of(found: Mapping[str, Difference], group: str) -> Iterator[str]:
    return (dutch.cents(one.parts[group]) for one in found.values())
