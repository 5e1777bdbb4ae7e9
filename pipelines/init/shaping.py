"""Shape and table of one kind: one row per moment, keys that stand once, a crosstab of years, or rows as they are."""

from __future__ import annotations

import duckdb

from data_contracts.mapping.fields import FIELDS
from data_contracts.vocabulary.ladder import LadderVariant
from pipelines.init.codes_found import is_score_column, may_be_scores
from pipelines.init.domains_found import domain_of, domains_of, only_numbered
from pipelines.init.frame_found import is_recognised
from pipelines.init.names import FIELD_NAMES
from pipelines.init.one_kind import Reading, rows_of
from pipelines.init.shape_found import moments, stands_once
from pipelines.init.tables_found import best_table, is_amount, is_scaled, rank, table_fit, years_in
from pipelines.init.words import TABLE_LABELS
from pipelines.intake.reading.codes import ladder_meaning

ASIDE = "weglaten"
LEAST_DOMAINS = 3
HABIT = 0.05


def shape_and_table(connection: duckdb.DuckDBPyConnection, reading: Reading) -> None:
    """Decide what a row is and which table the kind fills; sets `aside` when it fits none."""
    if reading.aside:
        return
    marks = moments(reading.grid.names)
    if marks:
        reading.shape = {"repeat": {"suffixes": marks, "into": "moment_label"}}
        reading.grid = rows_of(connection, reading.kind, reading.frame, reading.shape)
    found = _table(reading)
    said = reading.asked(
        "tabel",
        f"Wat staat er in {reading.kind.label}?",
        {**TABLE_LABELS, ASIDE: "dit bestand wordt niet gelezen"},
        certain=found,
        default=ASIDE,
    )
    if said in (None, ASIDE):
        reading.aside = _why_not(reading)
        return
    if not reading.grid.height:
        reading.aside = "er staat een kopregel maar geen gegevens. Vraag een nieuwe uitdraai."
        return
    reading.table = str(said)
    if reading.table == "costs":
        _crosstab(connection, reading)
    if reading.table == "assessments" and not marks:
        _fill_down(connection, reading)


def _table(reading: Reading) -> str | None:
    names = reading.grid.names
    domains = {
        name: domain
        for name, domain in domains_of(names, reading.labels).items()
        if may_be_scores(cell for cell in reading.grid.columns[name] if cell)
    }
    if len(set(domains.values())) >= LEAST_DOMAINS:
        return "assessments"
    numbered = only_numbered(names)
    if numbered and all(is_score_column(reading.grid.counts(name)) for name in numbered):
        return "assessments"
    fits = {table: table_fit(names, table, reading.labels) for table in FIELD_NAMES}
    if fits["ladder"] and not _is_ladder(reading):
        fits["ladder"] = 0
    if fits["assessments"] and not _is_long(reading):
        fits["assessments"] = 0
    if not fits["costs"] and {"cost_kind", "year"} <= set(reading.fields("costs")):
        # An amount by another name ('Bedrag excl. btw') is asked about.
        fits["costs"] = 2 if any(is_amount(name) and not is_scaled(name) for name in names) else 0
    if years_in(names) and set(reading.fields("costs")) & {"team", "cost_kind"}:
        return None
    return best_table(fits)


def _is_ladder(reading: Reading) -> bool:
    column = reading.fields("ladder")["ladder_step"][0]
    texts = list(reading.grid.counts(column))
    return (
        bool(texts)
        and sum(ladder_meaning(text, LadderVariant.EXTENDED).fault is None for text in texts) > len(texts) / 2
    )


def _is_long(reading: Reading) -> bool:
    """Whether the column of life domains holds life domains: several, or nothing else."""
    column = reading.fields("assessments")["life_domain"][0]
    domains = [domain_of(text) for text in reading.grid.counts(column)]
    return len(set(domains) - {None}) >= LEAST_DOMAINS or (bool(domains) and all(domains))


def _why_not(reading: Reading) -> str:
    """Why a kind is set aside: the table that it nearly fits, and what is missing for it."""
    nearly = {table: set(reading.fields(table)) for table in FIELD_NAMES}
    lists = _list_in_a_cell(reading)
    if lists:
        do = "Vraag een uitdraai met een kolom per leefgebied, of een regel per leefgebied."
        return f"in kolom '{lists}' staan alle scores in één cel; zo zijn zij niet te lezen. {do}"
    table = max(nearly, key=lambda one: len(nearly[one]))
    missing = [ours for ours, required in FIELDS[table].items() if required and ours not in nearly[table]]
    scaled = [name for name in reading.grid.names if is_amount(name) and is_scaled(name)]
    if "amount_eur" in missing and scaled:
        do = "Vraag een uitdraai met bedragen in euro's."
        return f"het lijkt op {TABLE_LABELS[table]}, maar kolom '{scaled[0]}' is niet in hele euro's. {do}"
    if len(nearly[table]) >= 2 and missing:
        names = ", ".join(f"'{FIELD_NAMES[table].get(one, (one,))[0]}'" for one in missing)
        do = "Vraag een uitdraai met die kolommen, of geef ze de naam die erbij staat."
        return f"het lijkt op {TABLE_LABELS[table]}, maar er is geen kolom zoals {names}. {do}"
    if not is_recognised(reading.grid.names):
        n = len(reading.grid.names)
        if n == 1:
            do = "Vraag een uitdraai met puntkomma's tussen de kolommen."
            return f"dit bestand herkennen we niet: er is maar één kolom, dus geen scheidingsteken dat wij kennen. {do}"
        return f"dit bestand herkennen we niet: van de {n} kolommen kennen wij de namen niet, of er is geen kopregel."
    columns = ", ".join(f"'{name}'" for name in reading.grid.names[:12])
    return f"dit bestand herkennen we niet; gevonden kolommen: {columns}."


def _list_in_a_cell(reading: Reading) -> str | None:
    """A column in which every cell is a list of scores."""
    import re

    for name in reading.grid.names:
        texts = [cell for cell in reading.grid.columns[name] if cell]
        if texts and all(re.fullmatch(r"[0-9]?(?:\s*[;,|/ ]\s*[0-9]?){5,}", text) for text in texts):
            return name
    return None


def _crosstab(connection: duckdb.DuckDBPyConnection, reading: Reading) -> None:
    years = years_in(reading.grid.names)
    if not years or rank_of_year(reading):
        return
    pattern = years if len({year[:2] for year in years}) > 1 else [f"{years[0][:2]}??"]
    reading.shape = {"melt": {"columns": pattern, "into": "year", "value": "amount_eur"}}
    reading.grid = rows_of(connection, reading.kind, reading.frame, reading.shape)


def rank_of_year(reading: Reading) -> bool:
    """Whether there is a column of years beside the columns that are called after years."""
    return any(rank(name, FIELD_NAMES["costs"]["year"]) is not None for name in reading.grid.names)


def _fill_down(connection: duckdb.DuckDBPyConnection, reading: Reading) -> None:
    """Keys that stand on the first row of a record only are filled down, where it is certain which row that is."""
    fields = reading.fields("assessments")
    key, domain = fields.get("client_key", [""])[0], fields.get("life_domain", [""])[0]
    # Rows whose key misses here and there are faults of those rows; only a habit of the file is a shape.
    if not key or reading.grid.filled(key) > (1 - HABIT) * reading.grid.height:
        return
    beside = [
        fields[one][0] for one in ("assessed_on", "team", "moment_label", "rater_key", "record_id") if one in fields
    ]
    columns = stands_once(reading.grid, key, beside, domain) if domain else None
    if columns is None:
        said = reading.asked(
            "doorvullen",
            f"In {reading.kind.label} is '{key}' op veel regels leeg. Hoort zo'n regel bij de cliënt erboven?",
            {"ja": "de cel erboven geldt ook hier", "nee": "die regels zijn onbruikbaar"},
        )
        columns = [key, *(one for one in beside if not all(reading.grid.columns[one]))] if said == "ja" else []
    if columns:
        reading.shape = {"fill_down": columns}
        reading.grid = rows_of(connection, reading.kind, reading.frame, reading.shape)
