"""One amount of the MKBA walked back to what was released: plain text that a reader can follow with a calculator."""

from __future__ import annotations

import difflib
import textwrap
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from data_contracts.errors import StudyError
from data_contracts.vocabulary.field import Law, Stakeholder, Stamp
from reports.language import dutch, terms
from reports.language.dutch import WIDTH

_PARTIES = Stakeholder.labels()
_LAWS = Law.labels()
_STAMPS = Stamp.labels()
Row = Mapping[str, Any]


@dataclass(frozen=True)
class Ledger:
    """The MKBA of one release under one alternative: its headline, and its lines by id."""

    release: str
    headline: Row
    lines: Mapping[str, Row]
    tables: Mapping[str, pd.DataFrame]

    def rows(self, table: str) -> list[Row]:
        """The rows of a table under this alternative."""
        found = self.tables[table]
        return _rows(found[found["alternative"] == self.headline["alternative"]])

    def of(self, table: str, line: str) -> list[Row]:
        """The rows of a table about one line under this alternative."""
        return [row for row in self.rows(table) if row["line"] == line]

    @property
    def years(self) -> str:
        """Which euros these are."""
        return f"euro's van {self.headline['price_year']}, teruggerekend naar {self.headline['base_year']}"


def _rows(frame: pd.DataFrame) -> list[Row]:
    return [{str(name): value for name, value in row.items()} for row in frame.to_dict("records")]


def ledger(release: str, tables: Mapping[str, pd.DataFrame], alternative: str | None = None) -> Ledger:
    """The MKBA of a release, by default of its first alternative; StudyError when it has none or not this one."""
    headlines = {str(row["alternative"]): row for row in _rows(tables["out_mkba__headline"])}
    if not headlines:
        raise StudyError(f"Publicatie '{release}' heeft geen MKBA. Daarvoor is mkba.yaml nodig in de studie.")
    name = next(iter(headlines)) if alternative is None else alternative
    if name not in headlines:
        raise StudyError(f"De keuze '{name}' staat niet in deze MKBA. Kies uit: {', '.join(headlines)}.")
    balance = _rows(tables["out_mkba__balance"])
    lines = {str(row["line"]): row for row in balance if row["alternative"] == name}
    return Ledger(release, headlines[name], lines, tables)


def line_named(book: Ledger, asked: str) -> str:
    """The id of a line by its id or its label; StudyError with the nearest when there is none."""
    labels = {str(row["label"]).casefold(): line for line, row in book.lines.items()}
    if asked in book.lines:
        return asked
    if asked.casefold() in labels:
        return labels[asked.casefold()]
    known = [*book.lines, *labels]
    near = difflib.get_close_matches(asked.casefold(), known, n=1, cutoff=0.5)
    found = labels.get(near[0], near[0]) if near else None
    advice = f"Bedoelde u '{found}' ({book.lines[found]['label']})?" if found else "Laat de regel weg voor de lijst."
    raise StudyError(f"De regel '{asked}' staat niet in deze MKBA. {advice}")


def lines_listed(book: Ledger) -> str:
    """Every line with its amount, their sum, and what has no amount."""
    head = book.headline
    text = [f"De MKBA-regels van '{head['label']}' in publicatie {book.release}, in {book.years}.", ""]
    priced = [row for row in book.lines.values() if row["status"] == "priced"]
    text += [_amount_line(row["line"], row["label"], _counts_for(row)) for row in priced]
    if pd.notna(head["npv_at_mean_eur"]):
        shown = sum(round(_counts_for(row), 2) for row in priced)
        rest = round(head["npv_at_mean_eur"] - shown, 2)
        if rest:
            text.append(_amount_line("", "afronding van de regels", rest))
        text += [_amount_line("", "samen: het saldo", head["npv_at_mean_eur"]), "", *_headline_differs(head)]
    else:
        text += ["", *_wrapped(f"Deze bedragen vormen geen saldo. {dutch.tidy(head['sentence'])}", "")]
    without = [row for row in book.lines.values() if row["status"] != "priced"]
    if without:
        text += ["", "Zonder bedrag:"]
        for row in without:
            text += _wrapped(f"{row['line']}: {row['label']}. {dutch.sentence(row['note'])}", "  ")
    return "\n".join(text)


def _headline_differs(head: Row) -> list[str]:
    return _wrapped(
        f"Het rapport noemt {dutch.euros(head['npv_mean_eur'])}: het gemiddelde van {dutch.count(head['n_draws'])} "
        "trekkingen. Hier staat dezelfde som bij de gemiddelde invoer.",
        "",
    )


def _amount_line(name: str, label: str, amount: float) -> str:
    return f"  {name:<28} {label[:46]:<46} {dutch.cents(amount):>20}"


def _counts_for(row: Row) -> float:
    """What a line adds to the balance of everybody together: a transfer nothing."""
    return 0.0 if row["type"] == "transfer" else float(row["at_mean_eur"])


def line_explained(book: Ledger, line: str) -> str:
    """The walk of one line: each step with its running result, the years, and where every number comes from."""
    row = book.lines[line]
    steps = book.of("out_mkba__trace", line)
    text = [
        f"{row['label']} ({line})",
        f"Keuze '{book.headline['label']}' in publicatie {book.release}, in {book.years}.",
        "",
    ]
    if not steps:
        return "\n".join([*text, *_wrapped(f"Deze regel heeft geen bedrag: {row['note']}.", "")])
    text += [_step_line(number, step) for number, step in enumerate(steps, start=1)]
    return "\n".join([*text, "", *_outcome(book, row), "", *_years(book, line), *_sources(book, row, steps)])


def _step_line(number: int, step: Row) -> str:
    """One factor; a calculator that multiplies down the column shows the results on the right."""
    sign = " " if step["operation"] == "start" else "x"
    value = f"{dutch.decimal(step['value'], 8)} {step['unit']}".strip()
    result = "" if step["operation"] == "start" else f"= {dutch.decimal(step['running'], 4)}"
    return f"  {number}. {sign} {step['what']:<24} {value:<34} {result}".rstrip()


def _outcome(book: Ledger, row: Row) -> list[str]:
    if row["status"] == "pm":
        sentences = [str(found["sentence"]) for found in book.of("out_mkba__pm", str(row["line"]))]
        return _wrapped(f"Dit is een PM-post: eenheden zonder prijs. {' '.join(sentences)} {row['note']}", "")
    amount = float(row["at_mean_eur"])
    law = f" ({_LAWS[row['law']]})" if row["law"] in _LAWS else ""
    payer, receiver = (_PARTIES.get(row[side]) for side in ("payer", "receiver"))
    if row["type"] == "transfer":
        words = f"Overdracht van {payer} aan {receiver}{law}: {dutch.cents(amount)}. In het saldo telt dit voor nul."
    elif receiver is not None:
        words = f"Voor {receiver}{law}: {dutch.cents(amount)} in het saldo."
    else:
        words = f"Kosten voor {payer}{law}: {dutch.cents(amount)} in het saldo."
    note = f" Let op: {row['note']}." if isinstance(row["note"], str) else ""
    return _wrapped(dutch.tidy(words + note), "")


def _years(book: Ledger, line: str) -> list[str]:
    """The last factor written out: each year's share of the full amount, brought back to the base year."""
    rows = book.of("out_mkba__line_years", line)
    if not rows:
        return ["Deze regel heeft bij deze keuze in geen enkel jaar een bedrag.", ""]
    rate = dutch.decimal(1 + rows[0]["rate"], 6)
    text = ["De jaren: deel van het volle bedrag, gedeeld door de discontovoet tot de macht van de tijd."]
    for row in rows:
        share, when = dutch.decimal(row["share"], 8), dutch.decimal(row["years_from_base"], 1)
        text.append(f"  {row['year']}  {share} : {rate} ^ {when} = {dutch.decimal(row['discounted'], 8)}")
    return [*text, f"  samen {dutch.decimal(sum(row['discounted'] for row in rows), 8)}", ""]


def _sources(book: Ledger, row: Row, steps: list[Row]) -> list[str]:
    text = ["Waar het vandaan komt:"]
    for number, step in enumerate(steps, start=1):
        if isinstance(step["source"], str):
            sure = f" [{terms.HOW_SURE[step['status']]}]" if step["status"] in terms.HOW_SURE else ""
            text += _wrapped(f"{number}. {step['label']}{sure}: {step['source']}", "  ")
    estimates = book.tables["out_effects__estimates"]
    found = estimates[estimates["estimate_id"] == row["estimate_id"]]
    for estimate in _rows(found):
        unit = terms.unit_words(f"{estimate['unit']}/{estimate['per']}")
        text += _wrapped(
            f"De schatting {estimate['estimate_id']}: {dutch.decimal(estimate['estimate'], 4)} {unit}, marge (95%) "
            f"{dutch.between(estimate['ci_low'], estimate['ci_high'], lambda value: dutch.decimal(value, 4))}, "
            f"over ongeveer {dutch.count(estimate['n_clients'])} cliënten; bewijs: {_STAMPS[str(estimate['stamp'])]}.",
            "  ",
        )
    return text


def _wrapped(text: str, indent: str) -> list[str]:
    return textwrap.wrap(text, WIDTH, initial_indent=indent, subsequent_indent=indent + "  ") or [""]


def as_data(book: Ledger, line: str | None = None) -> dict[str, Any]:
    """The same as one object: the lines with their amounts, or one line with its steps and years."""
    known = {"release": book.release, "alternative": book.headline["alternative"]}
    if line is None:
        fields = ("line", "label", "status", "at_mean_eur")
        lines = [_plain({field: row[field] for field in fields}) for row in book.lines.values()]
        return known | _plain({"npv_at_mean_eur": book.headline["npv_at_mean_eur"]}) | {"lines": lines}
    steps, years = (
        [_plain(row) for row in book.of(table, line)] for table in ("out_mkba__trace", "out_mkba__line_years")
    )
    return known | _plain(book.lines[line]) | {"steps": steps, "years": years}


def _plain(row: Row) -> dict[str, Any]:
    """A row as JSON knows it: what is missing is null."""
    return {name: None if pd.isna(value) else value for name, value in row.items()}
