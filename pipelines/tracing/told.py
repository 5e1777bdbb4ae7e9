"""A trace in words. As told in a terminal it holds no more than the gate let out, because terminals end up in mails."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from math import isnan
from numbers import Real

from data_contracts.study import Study
from data_contracts.tables.assumptions import Assumptions
from data_contracts.vocabulary.field import ALL, Stamp
from pipelines.intake.door import shown_name
from pipelines.tracing.figures import CHANGE, EXACT, USE, Figure
from pipelines.tracing.people import Row
from pipelines.tracing.shown import title_of, wrapped
from pipelines.tracing.source_rows import INTAKE_NAME
from pipelines.tracing.trace import Trace
from reports.language import dutch, terms, wording

FILE = ["delivery", "source", "file"]
PARTS = {
    "before": "eerste score",
    "after": "latere score",
    "counted": "meegeteld",
    "intake": "moment en team van binnenkomst",
    "covariate": "achtergrond",
    "team": "start van een team",
    "none": "speelt hier geen rol",
    "quarantined": "apart gezet",
    "exact_duplicate": "precies dubbel",
}
SOURCES = {
    "assessments": "metingen",
    "ladder": "participatieladder",
    "experienced": "ervaren baat",
    "events": "gebeurtenissen",
    "provisions": "voorzieningen",
    "trajectories": "trajecten",
    "attributes": "cliënten",
    "team": "teams",
}
_STAMPS = Stamp.labels()


@dataclass(frozen=True, slots=True)
class Counts:
    """How a number of people or rows may be told: exactly, or as the gate rounds it."""

    threshold: int
    round_to: int
    exact: bool

    def __call__(self, number: int) -> str:
        """1.840, or 'minder dan 10'."""
        if self.exact:
            return dutch.count(number)
        if 0 < number < self.threshold:
            return f"minder dan {self.threshold}"
        return dutch.count(int(number / self.round_to + 0.5) * self.round_to)


def told(trace: Trace, study: Study, run: str, list_in: str, *, exact: bool = False) -> str:
    """Report, method, versions, run, estimate, people, files and rows; `exact` is for the closed zone only."""
    row = trace.figure.row
    count = Counts(study.thresholds.of(str(row.get("life_domain", ALL))), study.thresholds.round_to, exact)
    blocks = [
        ("In het rapport", _released(trace)),
        ("Zo is het gerekend", _method(trace.figure, study)),
        ("Waarmee", _versions(trace, run)),
        ("De schatting waaruit het is afgerond", _exact(trace, exact=exact)),
        ("Wie tellen mee", _people(trace, count)),
        ("Uit welke bestanden", _files(trace, count)),
        ("De regels zelf", _rows(trace, study, list_in)),
    ]
    lines = [f"{title_of(trace.figure)}", ""]
    for number, (head, content) in enumerate(blocks, start=1):
        lines += [f"{number}. {head}", *(line for text in content for line in wrapped(text)), ""]
    if not exact:
        lines += wrapped(
            f"Aantallen zijn afgerond op {count.round_to}; onder {count.threshold} staat er geen aantal. Zo tellen ze "
            "niet altijd precies op. Onafgerond en sluitend staat alles in de gesloten zone.",
            "",
        )
    return "\n".join(lines).rstrip()


def _released(trace: Trace) -> list[str]:
    released, figure = trace.released, trace.figure
    status = {"concept": "concept", "approved": "goedgekeurd", "withdrawn": "ingetrokken"}[released.release.status]
    other = released.in_force is not None and released.in_force != released.release.name
    return [
        *(
            [f"Let op: publicatie {released.in_force} geldt nu, maar de tabellen van vandaag zijn van:"]
            if other
            else []
        ),
        f"publicatie {released.release.name} ({status}), documenten van {released.manifest['as_of']}",
        f"{figure.file}, regel {figure.line} (sha256 {released.sha256[figure.file][:16]})",
        " | ".join(f"{name}={figure.row[name]}" for name in EXACT[figure.table]),
    ]


def _chosen_on(day: dt.date | None) -> str:
    return f", gekozen op {dutch.day(day)}" if day else ""


def _method(figure: Figure, study: Study) -> list[str]:
    row, design = figure.row, study.design
    lines = [
        f"Instellingen: metingen binnen {study.replicate_days} dagen na de eerste gelden als herhaling; een nieuwe "
        f"periode begint na {study.new_episode_after_months} maanden zonder meting en telt niet mee."
    ]
    if figure.table == USE:
        return ["Som over alle registraties van de groep, zolang de cliënt in beeld is.", *lines[1:]]
    moments = f"{terms.moment(str(row['moment_from']))} tot {terms.moment(str(row['moment_to']))}"
    if figure.table == CHANGE:
        formula = "Per cliënt de latere score min de eerdere; geteld wie hoger, gelijk en lager uitkomt."
        return [f"{formula} Momenten: {moments}. Toets: {row['method']}.", *lines]
    checks = Assumptions.of(row["assumptions"]).held
    asked = [
        f"{wording.CHECKS[name][0]} {wording.HOLDS[holds]}" for name, holds in checks.items() if name in wording.CHECKS
    ]
    return [
        _formula(row, moments),
        f"Methode: {row['method']} (maat {row['measure']}, ontwerp {row['design']}). Ontwerp van de studie: "
        f"{design.kind}{_chosen_on(design.declared_on)}. Stempel: {_STAMPS[str(row['stamp'])]}.",
        *lines,
        *([" ".join(asked)] if asked else []),
    ]


def _formula(row: Row, moments: str) -> str:
    if row["design"] == "monitoring":
        months = terms.moment(str(row["moment_to"]))
        return f"Van wie op 'voldoende zelfredzaam' kwam en daarna gemeten is: het deel zonder lagere score, {months}."
    formula = f"{wording.DESIGNS[str(row['design'])].formula} Momenten: {moments}."
    if not str(row["measure"]).endswith("_imputed"):
        return formula
    return f"{formula} Wie niet opnieuw is gemeten, kreeg een geschatte latere score, getrokken met het startgetal."


def _versions(trace: Trace, run: str) -> list[str]:
    manifest = trace.released.manifest
    versions = ", ".join(f"{name} {version}" for name, version in manifest["versions"].items())
    return [
        f"Versies: {versions}. Startgetal: {manifest['seed']}.",
        f"Studie: sha256 {manifest['study_sha256'][:16]}, nog dezelfde als nu. Run: {run}.",
    ]


def _exact(trace: Trace, *, exact: bool) -> list[str]:
    figure = trace.figure
    place = f"{figure.exact_table}, dezelfde sleutel als onder 1"
    if not exact:
        return [f"{place}. Onafgerond staat zij in het bestand onder 7."]
    values = {name: float(value) for name, value in trace.exact.items() if isinstance(value, Real)}
    shown = (f"{name}={value!r}".removesuffix(".0") for name, value in values.items() if not isnan(value))
    return [place, ", ".join(shown)]


def _people(trace: Trace, count: Counts) -> list[str]:
    """From everybody to those who count; the steps add up."""
    clients = trace.followed.clients
    steps = clients["why_not"].value_counts(sort=False)
    lines = [f"{count(len(clients)):>14}  cliënten in de leveringen"]
    lines += [f"{'− ' + count(int(number)):>14}  {why}" for why, number in steps[steps > 0].items()]
    return [*lines, f"{'= ' + count(trace.followed.n_counted):>14}  cliënten tellen mee"]


def _files(trace: Trace, count: Counts) -> list[str]:
    """Per file its rows by the part that they played; of a delivery without raw text the account at intake."""
    lines = []
    for (its_delivery, its_source, file), rows in trace.source.rows.groupby(FILE, dropna=False):
        delivery, source = str(its_delivery), str(its_source)
        parts = rows["part"].value_counts()
        played = ", ".join(f"{PARTS[part]} {count(int(parts[part]))}" for part in PARTS if part in parts)
        if isinstance(file, str):
            lines += [_file(trace, delivery, source, file), f"  {count(len(rows))} regels: {played}"]
            reasons = rows.loc[rows["part"] == "quarantined", "reason"].value_counts()
            lines += [f"  apart gezet, want {why}: {count(int(number))}" for why, number in reasons.items()]
            continue
        account = trace.account[trace.account["delivery"] == delivery]
        account = account[account["table_name"] == INTAKE_NAME.get(source, source)]
        for known in account.to_dict("records"):
            numbers = [count(int(known[name])) for name in ("rows", "accepted", "quarantined", "exact_duplicates")]
            lines.append(_file(trace, delivery, source, known["file"]))
            lines.append("  bij ontvangst {} regels: goed {}, apart gezet {}, precies dubbel {}".format(*numbers))
        lines.append(f"  {count(len(rows))} registraties zonder regelnummer: {played}")
    return lines


def _file(trace: Trace, delivery: str, source: str, file: str) -> str:
    sha256 = trace.sha256.get((delivery, file))
    known = f"sha256 {sha256[:16]}" if sha256 else "bestand ligt niet meer waar het binnenkwam"
    return f"{shown_name(file)} ({SOURCES[source]}, levering {delivery}; {known})"


def _rows(trace: Trace, study: Study, list_in: str) -> list[str]:
    lines = [f"Alle regels met hun rol of de reden: {list_in}"]
    if trace.source.gone:
        lines.append(
            f"De ruwe tekst is weg na de bewaartermijn van {study.retention.raw_days} dagen: "
            f"{dutch.listed(trace.source.gone)}. Daarvan staan alleen de goedgekeurde registraties in de lijst, zonder "
            "bestand en regel. Apart gezette en dubbele regels staan er niet meer in; hoeveel het er waren, zegt het "
            "rapport."
        )
    lines.append(
        "Dit is een lijst over personen. Zij blijft in de gesloten zone en verdwijnt met de ruwe tekst: "
        f"{study.retention.raw_days} dagen na ontvangst, bij de eerste run daarna."
    )
    return lines
