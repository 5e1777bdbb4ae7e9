"""The Dutch words of `wijkbaat init` for our tables and columns."""

from __future__ import annotations

from data_contracts.vocabulary.field import Edition, LifeDomain

TABLE_LABELS = {
    "assessments": "ZRM-metingen",
    "ladder": "Participatieladder",
    "clients": "kenmerken van cliënten",
    "trajectories": "trajecten",
    "provisions": "voorzieningen",
    "events": "gebeurtenissen",
    "experienced": "ervaren baat",
    "costs": "kosten",
    "teams": "register van teams",
    "bridge": "brug tussen pseudoniemen",
}
COLUMN_LABELS = {
    "client_key": "het pseudoniem van de cliënt",
    "assessed_on": "de dag van de meting",
    "team": "het wijkteam",
    "moment_label": "het moment van de meting",
    "rater_key": "wie er scoorde (code)",
    "life_domain": "het leefgebied",
    "score": "de score",
    "record_id": "het nummer van de registratie",
    "ladder_step": "de trede",
    "ambition_step": "de trede die iemand wil bereiken",
    "started_on": "de begindatum",
    "ended_on": "de einddatum",
    "occurred_on": "de dag van de gebeurtenis",
    "asked_on": "de dag van de vraag",
    "year": "het jaar",
    "cost_kind": "de kostensoort",
    "amount_eur": "het bedrag in euro's",
    "product": "de voorziening",
    "law": "de wet",
    "provision_kind": "de soort voorziening",
    "value": "het cijfer",
    "client_key_new": "het nieuwe pseudoniem",
}

_EDITIONS = {edition.value: edition for edition in Edition}
_DOMAINS = {domain.value: domain for domain in LifeDomain}


def edition_by(code: str) -> Edition:
    """The edition with this code."""
    return _EDITIONS[code]


def domain_by(code: str) -> LifeDomain:
    """The life domain with this code."""
    return _DOMAINS[code]
