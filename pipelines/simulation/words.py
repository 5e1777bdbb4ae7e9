"""The tables of a synthetic municipality as a Dutch registration system names them: files, headers, labels."""

from __future__ import annotations

import pandas as pd

from data_contracts.vocabulary.field import (
    SCORE_LABELS,
    Labelled,
    Law,
    LifeDomain,
    SolutionKind,
    TeamType,
)
from data_contracts.vocabulary.ladder import LADDER_LABELS
from indicators.simulation.municipality import Municipality

_HEADERS: dict[str, dict[str, str]] = {
    "zrm": {
        "client_key": "Cliëntnummer",
        "team": "Wijkteam",
        "moment_label": "Meetmoment",
        "assessed_on": "Datum afname",
        "rater_key": "Medewerker",
    }
    | LifeDomain.labels(),
    "participatieladder": {"client_key": "Cliëntnummer", "assessed_on": "Datum", "ladder_step": "Trede"},
    "clienten": {
        "client_key": "Cliëntnummer",
        "age_band": "Leeftijdsgroep",
        "household": "Huishouden",
        "target_group": "Doelgroep",
        "referred_by": "Aangemeld door",
    },
    "trajecten": {
        "client_key": "Cliëntnummer",
        "team": "Wijkteam",
        "started_on": "Startdatum",
        "ended_on": "Einddatum",
        "hours": "Uren",
        "solution_kind": "Soort oplossing",
        "registered_on": "Datum melding",
        "has_plan": "Plan aanwezig",
        "evaluated_on": "Datum evaluatie",
        "question_answered": "Vraag beantwoord",
    },
    "voorzieningen": {
        "client_key": "Cliëntnummer",
        "product": "Product",
        "law": "Wet",
        "started_on": "Ingangsdatum",
        "ended_on": "Einddatum",
        "volume": "Volume",
        "unit": "Eenheid",
        "amount_eur": "Bedrag",
    },
    "gebeurtenissen": {"client_key": "Cliëntnummer", "occurred_on": "Datum", "event_kind": "Gebeurtenis"},
    "ervaren_baat": {"client_key": "Cliëntnummer", "asked_on": "Datum", "value": "Rapportcijfer hulp"},
    "kosten": {"team": "Wijkteam", "year": "Jaar", "cost_kind": "Kostensoort", "amount_eur": "Bedrag"},
    "wijkteams": {"team": "Wijkteam", "team_type": "Type", "approach_started_on": "Nieuwe werkwijze vanaf"},
}
_CODES: dict[str, type[Labelled]] = {"solution_kind": SolutionKind, "law": Law, "team_type": TeamType}
ASSESSMENTS = "zrm"


def dutch_tables(municipality: Municipality) -> dict[str, pd.DataFrame]:
    """File name without extension -> typed frame with Dutch headers and labels."""
    tables = {
        "zrm": municipality.assessments,
        "participatieladder": municipality.ladder,
        "clienten": municipality.clients,
        "trajecten": municipality.trajectories,
        "voorzieningen": municipality.provisions,
        "gebeurtenissen": municipality.events,
        "ervaren_baat": municipality.experienced,
        "kosten": municipality.costs.drop(columns="is_new_approach"),
        "wijkteams": municipality.teams,
    }
    return {name: _in_dutch(frame, _HEADERS[name]) for name, frame in tables.items()}


def long_assessments(wide: pd.DataFrame) -> pd.DataFrame:
    """One row per scored life domain, with the level written out: '2 - niet zelfredzaam'."""
    names = {domain.label for domain in LifeDomain}
    scored = [header for header in wide.columns if header in names]
    keys = [header for header in wide.columns if header not in names]
    long = wide.melt(keys, scored, var_name="Leefgebied", value_name="Score", ignore_index=False)
    long = long.dropna(subset="Score").sort_index(kind="stable").reset_index(drop=True)
    labels = {score: f"{score} - {label}" for score, label in SCORE_LABELS.items()}
    return long.assign(Score=long["Score"].map(labels))


def labelled_ladder(ladder: pd.DataFrame) -> pd.DataFrame:
    """The ladder with the name of the step in place of its number."""
    return ladder.assign(Trede=ladder["Trede"].map(LADDER_LABELS))


def _in_dutch(frame: pd.DataFrame, headers: dict[str, str]) -> pd.DataFrame:
    labelled = {
        name: frame[name].map({member.value: member.label for member in vocabulary})
        for name, vocabulary in _CODES.items()
        if name in frame.columns
    }
    return frame.assign(**labelled).rename(columns=headers)
