"""docs/kolommen.md: every column about people that the closed zone may hold, with its use and where that use stands.

The tables and columns come from the contracts; a column without a line here stops `make docs` and its test.
"""

from __future__ import annotations

from collections.abc import Iterator

from data_contracts.tables.core import CORE, DOMAIN_COLUMNS
from data_contracts.vocabulary.slices import BROADER, NAMED_OUTSIDE

_RECORDS, _COUNTS = "pipelines/records", "indicators/counts"
# Column, or table.column where one name is used in two ways -> what it is for, and a file in which that stands.
_OF_A_SLICE = (
    "groep waarin de studie telt; leeggemaakt als geen indeling haar gebruikt",
    "data_contracts/vocabulary/slices.py",
)
USES: dict[str, tuple[str, str]] = (
    {
        "client_no": ("wat bij één mens hoort bijeenbrengen, zonder pseudoniem", f"{_RECORDS}/clients.py"),
        "core_clients__keys.client_key": ("een verzoek van een inwoner uitvoeren; wissen", "pipelines/rights/known.py"),
        "client_no_new": ("twee pseudoniemen van één mens samen nemen", f"{_RECORDS}/bridge.py"),
        "assessed_on": ("eerste, laatste en latere meting bepalen", f"{_RECORDS}/panel.py"),
        "date_kind": ("zeggen of een datum die van scoren of van invoeren is", "pipelines/intake/core.py"),
        "delivery": ("zeggen uit welke levering een regel komt; intrekken", f"{_RECORDS}/current.py"),
        "file": ("een cijfer herleiden tot bestand en regel", "pipelines/tracing/source_rows.py"),
        "record_no": ("een verbeterde regel herkennen", f"{_RECORDS}/identity.py"),
        "team_no": ("teams vergelijken als geheel, nooit op naam in een publicatie", f"{_RECORDS}/clients.py"),
        "edition": ("edities van de ZRM niet mengen", f"{_RECORDS}/panel.py"),
        "rater_type": ("oordeel van de professional en van de cliënt scheiden", f"{_RECORDS}/panel.py"),
        "rater_no": ("drempel voor het aantal professionals; wisseling van beoordelaar", f"{_RECORDS}/panel.py"),
        "moment_label": ("metingen na afloop (waakvlam) herkennen", f"{_RECORDS}/panel.py"),
        "episode_id": ("een nieuwe periode van hulp niet als verandering tellen", f"{_RECORDS}/panel.py"),
        "life_domain": ("per leefgebied tellen", f"{_RECORDS}/panel.py"),
        "reason": ("zeggen waarom een score ontbreekt", "indicators/counts/left_out.py"),
        "age_band": ("gelijke groepen vergelijken; wie ontbreekt", "indicators/designs/clients.py"),
        "started_on": ("begin van hulp; wie met welke aanpak kwam", f"{_RECORDS}/clients.py"),
        "ended_on": ("doorlooptijd; duur van een voorziening", f"{_RECORDS}/case_records.py"),
        "hours": ("uren van het team per mens", f"{_COUNTS}/care_use.py"),
        "solution_kind": ("mix van eigen kracht tot maatwerk", f"{_RECORDS}/clients.py"),
        "registered_on": ("wachttijd van melding tot start", f"{_RECORDS}/case_records.py"),
        "has_plan": ("aandeel met een plan", f"{_RECORDS}/case_records.py"),
        "evaluated_on": ("aandeel met een evaluatie", f"{_RECORDS}/case_records.py"),
        "question_answered": ("aandeel van wie de vraag beantwoord is", f"{_RECORDS}/case_records.py"),
        "product": ("gebruik per soort voorziening", f"{_COUNTS}/care_use.py"),
        "law": ("gebruik per wet; wie betaalt", f"{_COUNTS}/care_use.py"),
        "core_provisions__use.life_domain": ("voorzieningen per leefgebied tellen", f"{_RECORDS}/provision_kinds.py"),
        "provision_kind": ("voorliggend naast maatwerk tellen", f"{_RECORDS}/provision_kinds.py"),
        "volume": ("hoeveel van een voorziening", f"{_RECORDS}/clients.py"),
        "unit": ("eenheid van die hoeveelheid", f"{_COUNTS}/care_use.py"),
        "amount_eur": ("kosten van voorzieningen in de MKBA", f"{_RECORDS}/clients.py"),
        "occurred_on": ("gebeurtenissen voor en na de start tellen", f"{_RECORDS}/clients.py"),
        "event_kind": ("per soort gebeurtenis tellen", f"{_RECORDS}/clients.py"),
        "asked_on": ("eerste en laatste eigen oordeel", f"{_RECORDS}/panel.py"),
        "scale": ("eigen oordeel op zijn schaal houden", f"{_RECORDS}/panel.py"),
        "value": ("ervaren baat", f"{_RECORDS}/panel.py"),
        "ladder_variant": ("varianten van de Participatieladder niet mengen", f"{_RECORDS}/panel.py"),
        "ladder_step": ("verandering op de Participatieladder", f"{_RECORDS}/panel.py"),
        "ambition_step": ("of iemand zijn eigen doel op de ladder bereikt", f"{_RECORDS}/panel.py"),
        "table_name": ("zeggen van welke soort een bedorven regel is", "pipelines/intake/spoiled.py"),
        "on_day": ("een bedorven regel bij haar registratie leggen", "pipelines/intake/spoiled.py"),
        "what": ("gebruik, of soort registratie", f"{_RECORDS}/clients.py"),
        "team": ("groep waarin geteld wordt", f"{_RECORDS}/clients.py"),
        "team_type": ("groep waarin geteld wordt", f"{_RECORDS}/clients.py"),
        "cohort": ("groep waarin geteld wordt: jaar van instroom", f"{_RECORDS}/clients.py"),
        "intake_on": ("wie met welke aanpak binnenkwam", f"{_RECORDS}/clients.py"),
        "in_view_until": ("iedereen even lang volgen", f"{_RECORDS}/clients.py"),
        "first_year_complete": ("iedereen even lang volgen", f"{_RECORDS}/clients.py"),
        "approach_from": ("wie met welke aanpak binnenkwam", f"{_RECORDS}/clients.py"),
        "approach_by": ("wie met welke aanpak binnenkwam", f"{_RECORDS}/clients.py"),
        "subject": ("waarover geteld wordt", f"{_RECORDS}/clients.py"),
        "first_on": ("afgeleid: eerste meting", f"{_RECORDS}/clients.py"),
        "score_first": ("afgeleid: eerste score", f"{_RECORDS}/clients.py"),
        "last_on": ("afgeleid: laatste meting", f"{_RECORDS}/clients.py"),
        "score_last": ("afgeleid: laatste score", f"{_RECORDS}/clients.py"),
        "quantity": ("afgeleid: gebruik", f"{_RECORDS}/clients.py"),
        "in_first_year": ("afgeleid: gebruik in het eerste jaar", f"{_RECORDS}/clients.py"),
    }
    | dict.fromkeys((*NAMED_OUTSIDE, *BROADER), _OF_A_SLICE)
    | dict.fromkeys(
        DOMAIN_COLUMNS, ("verandering per leefgebied; leeg als de studie het niet noemt", f"{_RECORDS}/panel.py")
    )
)
_SAY = """# Kolommen over mensen, en waarvoor

Alles wat de gesloten map per mens kan bevatten, per tabel. Wat een gemeente niet levert of de mapping niet noemt, is er
niet. `__current` is dezelfde tabel over alle leveringen samen. Gemaakt door `make docs` uit de contracten: een kolom
zonder regel hier houdt de test tegen. De bladzijde hoort bij [PRIVACY.md](../PRIVACY.md).

| tabel | kolom | waarvoor | waar |
|---|---|---|---|
"""


def columns_of_people() -> Iterator[tuple[str, str]]:
    """Table and column of everything about one person; the same table over all deliveries is no second one."""
    for table, schema in CORE.items():
        if "client_no" in schema.columns and not table.endswith("__current"):
            yield from ((table, str(column)) for column in schema.columns)


def use_of(table: str, column: str) -> tuple[str, str]:
    """What a column is for and where; KeyError for one that nobody gave a use."""
    return USES.get(f"{table}.{column}") or USES[column]


def page() -> str:
    """docs/kolommen.md."""
    lines = [(table, column, *use_of(table, column)) for table, column in columns_of_people()]
    return _SAY + "".join(
        f"| `{table}` | `{column}` | {use} | {f'`{where}`' if where else ''} |\n" for table, column, use, where in lines
    )
