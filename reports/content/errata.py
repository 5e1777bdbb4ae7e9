"""Which figures were put right and which are held: those about everybody in the report, all in the workbook."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pandas as pd

from data_contracts.headline import is_headline
from data_contracts.revised import key_of
from data_contracts.tables.errata import MARKED, REVISED
from data_contracts.tables.released_parts import Status
from data_contracts.vocabulary.field import ALL
from reports.content.parts import Heading, Part, Table, Text
from reports.language import dutch, terms
from reports.released.marks import CAUSES, day_of
from reports.released.source import Source

Line = tuple[str, ...]
REVISED_COLUMNS = ("Cijfer", "Was", "Is nu", "Stond in de publicatie van", "Oorzaak")
HELD_COLUMNS = ("Cijfer", "Wat er staat", "Waarom")
_WHY_HELD = "Sindsdien is bij te weinig mensen iets veranderd om een nieuw cijfer te tonen."
_WITHDRAWN = "Het eerdere cijfer is ingetrokken, en het nieuwe verschilt daarvan door te weinig mensen."
# The figures that a reader looks for, and what they are called; every other one stands in the tables.
LEADING = {
    "out_change__funnel": ("In beeld", {"n_clients": "mensen", "n_scored_twice": "twee keer gemeten"}),
    "out_change__by_domain": (
        "Verandering",
        {"n_up": "vooruit", "n_down": "achteruit", "mean_change": "gemiddelde verandering"},
    ),
    "out_care__use": ("Gebruik", {"n_clients": "mensen", "total": "totaal"}),
    "out_care__by_life_domain": ("Voorzieningen", {"n_clients": "mensen", "n_preliminary": "alleen voorliggend"}),
    "out_care__shift": ("Verschuiving naar voorliggend", {"shift": "verschuiving"}),
    "out_costs__by_year": ("Kosten van de teams", {"amount_eur": "bedrag"}),
    "out_reach__by_year": ("Ingestroomd", {"n_clients": "mensen"}),
    "out_effects__estimates": ("Schatting", {"estimate": "schatting"}),
    "out_mkba__headline": ("MKBA", {"npv_mean_eur": "saldo"}),
    "out_mkba__balance": ("MKBA, regel", {"mean_eur": "bedrag"}),
}
_SAID = ("pair", "slice", "design", "measure", "subject", "unit", "is_new_approach")


def revised_lines(source: Source, *, only_everybody: bool) -> list[Line]:
    """One line per leading figure that was put right."""
    rows = source.table(str(REVISED.name))
    return [
        (
            f"{figure_name(source, row['table_name'], row['key'])}: {LEADING[row['table_name']][1][row['figure']]}",
            dutch.plain(row["was"]),
            dutch.plain(row["now"]),
            day_of(row["revised_from"]),
            dutch.sentence(CAUSES[row["cause"]]),
        )
        for _, row in rows.iterrows()
        if row["table_name"] in LEADING and row["figure"] in LEADING[row["table_name"]][1]
        if not only_everybody or _leads(source, row["table_name"], row["key"])
    ]


def held_lines(source: Source, *, only_everybody: bool) -> list[Line]:
    """One line per row that shows an old figure, or none because every old one was withdrawn."""
    return [
        (figure_name(source, name, key), *_kept(row))
        for name, row, key in _kept_back(source)
        if not only_everybody or _leads(source, name, key)
    ]


def _kept(row: pd.Series) -> tuple[str, str]:
    if row["status"] == Status.HELD:
        return f"vastgehouden, cijfer van {day_of(row['held_from'])}", _WHY_HELD
    return "niet getoond", _WITHDRAWN


def _kept_back(source: Source) -> Iterator[tuple[str, pd.Series, str]]:
    for name, contract in MARKED.items():
        table = source.table(name)
        if "held_from" in table:
            for _, row in table[table["status"].isin([Status.HELD, Status.WITHDRAWN])].iterrows():
                yield name, row, key_of(contract, row)


def _leads(source: Source, table: str, key: str) -> bool:
    """Whether a row is about everybody; of an estimate also whether the design speaks through it."""
    about = json.loads(key)
    if table == "out_effects__estimates":
        row = _estimate(source, about["estimate_id"])
        facts = source.facts
        return row["slice"].iloc[0] == ALL and bool(is_headline(row, facts.design, facts.headline_measure).iloc[0])
    return table in LEADING and about.get("slice", ALL) == ALL


def _estimate(source: Source, estimate_id: str) -> pd.DataFrame:
    rows = source.table("out_effects__estimates")
    return rows[rows["estimate_id"] == estimate_id]


def figure_name(source: Source, table: str, key: str) -> str:
    """What a row is about, for a reader: the table in words, then what is told apart in it."""
    about = json.loads(key)
    label = LEADING[table][0] if table in LEADING else table.removeprefix("out_")
    if table == "out_effects__estimates":
        about = _estimate(source, about["estimate_id"]).iloc[0]
        outcome = terms.outcome(str(about["subject"]), str(about["life_domain"]), str(about["what"]))
        is_leading = _leads(source, table, key)
        words = [outcome, str(about["slice_value"]), *([] if is_leading else [str(about["measure"])])]
    elif table in ("out_mkba__headline", "out_mkba__balance"):
        words = [_labelled(source, name, code) for name, code in reversed(about.items())]
    elif table == "out_care__use":
        words = [terms.outcome(about["subject"], ALL, about["what"]), str(about["slice_value"])]
    else:
        words = [_word(name, str(value)) for name, value in about.items() if name not in _SAID and value is not None]
    return f"{label}: {', '.join(word for word in words if word != ALL)}".removesuffix(": ")


def _labelled(source: Source, column: str, code: str) -> str:
    """A line or an alternative of the balance by its label."""
    rows = source.table("out_mkba__balance" if column == "line" else "out_mkba__headline")
    return str(rows.loc[rows[column] == code, "label"].iloc[0])


def _word(column: str, code: str) -> str:
    if column == "life_domain":
        return ALL if code == ALL else terms.domain(code)
    if column == "way":
        return terms.WAYS[code]
    return terms.moment(code) if column.startswith("moment") else code


def errata(source: Source) -> list[Part]:
    """The leading figures about everybody that were put right or are held; nothing where there are none."""
    revised, held = (lines(source, only_everybody=True) for lines in (revised_lines, held_lines))
    parts: list[Part] = []
    if revised:
        parts += [
            Heading("Gerectificeerd"),
            Text("Deze cijfers zijn eerder anders gepubliceerd. Het oude cijfer was fout; dit is het goede."),
            Table("Rechtgezette cijfers", REVISED_COLUMNS, tuple(revised), frozenset({3, 4})),
        ]
    if held:
        parts += [
            Heading("Vastgehouden"),
            Text(
                "Een nieuw cijfer naast een oud cijfer kan iets verraden over de paar mensen die verschil maken. "
                "Daarom blijft hier het oude staan, of staat er niets."
            ),
            Table("Vastgehouden cijfers", HELD_COLUMNS, tuple(held), frozenset({1, 2})),
        ]
    if parts:
        parts.append(
            Text(
                "Cijfers over groepen, en de minder gebruikte, staan op het blad Errata van mkba.xlsx en in de "
                "tabellen (kolommen revised_from en held_from, en out_release__revised)."
            )
        )
    return parts
