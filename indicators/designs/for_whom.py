"""For whom does it work: the effect per group that the study declared, and whether groups differ in it.

Leading life domains only, and only under a design that compares: change per group says nothing of an effect. The order
of groups is that of their names and says nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np
import pandas as pd

from data_contracts.contract import empty_frame
from data_contracts.headline import is_headline
from data_contracts.study import Study
from data_contracts.tables.contributions import FOR_WHOM as KIND
from data_contracts.tables.contributions import outcome_name
from data_contracts.tables.estimates import DESIGN, ESTIMATES
from data_contracts.tables.for_whom import FOR_WHOM
from data_contracts.vocabulary.field import ALL
from indicators.arrays import Flags
from indicators.contributions import Added, as_code, of_all
from indicators.designs.clients import ClientOutcomes, age_columns, with_ages
from indicators.designs.effect_tables import compared_clients
from indicators.designs.group_effects import Group, Looked, groups_of, looked_at
from indicators.effects.estimates import n_workers
from indicators.effects.group_differences import compared

METHOD = "headline per group, drawn to all; group against the others, team jackknife, t"
COMPARING = ("staggered", "comparison")
_Row = dict[str, object]


def for_whom(
    found: ClientOutcomes, labels: Mapping[str, pd.Series], study: Study, tables: Mapping[str, pd.DataFrame]
) -> tuple[pd.DataFrame, list[Added]]:
    """est_effects__for_whom, and what each person adds to each of its figures.

    `labels` holds per declared slice the group of each client, by client_no; who is in none has no part in it.
    `tables` are those of `effect_tables`: the design that was used, and the figure of everybody together.
    """
    used, estimates = (tables[str(schema.name)] for schema in (DESIGN, ESTIMATES))
    if not study.design.for_whom or not used["used"].isin(COMPARING).all():
        return empty_frame(FOR_WHOM), []
    found = with_ages(found)
    clients = compared_clients(found, study.design)
    clients = clients[clients["team_no"].notna() & clients["intake_period"].notna()]
    headlines = estimates[is_headline(estimates, study.design.kind, study.design.headline_measure)]
    headlines = headlines[(headlines["slice"] == ALL) & headlines["refused_because"].isna()]
    rows: list[_Row] = []
    added: list[Added] = []
    for scored in found.leading:
        about = (headlines["subject"] == "zrm") & (headlines["life_domain"] == scored.change.life_domain)
        for _, headline in headlines[about].iterrows():
            looked = looked_at(clients, scored, study)
            rows.append(_of_everybody(looked, headline))
            added.append(_added(looked, ALL, ALL, looked.rest_on))
            for slice_ in study.slices:
                if slice_.name in labels:
                    own = clients["client_no"].map(labels[slice_.name])
                    groups = groups_of(looked, slice_, own)
                    rows += _of_groups(looked, slice_.name, groups)
                    added += (_added_to(looked, slice_.name, one, own) for one in groups)
    kinds = empty_frame(FOR_WHOM).dtypes.to_dict()
    return pd.DataFrame(rows, columns=list(FOR_WHOM.columns)).astype(kinds), added


def _of_everybody(looked: Looked, headline: pd.Series) -> _Row:
    """What the report says of everybody together, as the groups stand beside it."""
    figures = {"effect": "estimate", "effect_low": "ci_low", "effect_high": "ci_high"}
    return _row(looked, ALL, ALL, looked.rest_on) | {name: headline[source] for name, source in figures.items()}


def _of_groups(looked: Looked, slice_name: str, groups: list[Group]) -> Iterator[_Row]:
    effects = [one.effect for one in groups if one.effect]
    told = compared(effects, looked.whole) if effects else None
    places = iter(range(len(effects)))
    for one in groups:
        row = _row(looked, slice_name, one.name, one.rest_on) | {"refused_because": one.refused_because}
        if told and one.effect:
            at = next(places)
            low, high = (told.effect[at] + side * told.half_width[at] for side in (-1, 1))
            row |= {"effect": told.effect[at], "effect_low": low, "effect_high": high, "p_value": told.p_value[at]}
        yield row


def _row(looked: Looked, slice_name: str, value: str, rest_on: Flags) -> _Row:
    clients, one = looked.clients[rest_on], looked.scored.change
    return {
        "subject": one.subject,
        "life_domain": one.life_domain,
        "slice": slice_name,
        "slice_value": value,
        "moment_from": one.moment_from,
        "moment_to": one.moment_to,
        "n_clients": len(clients),
        "n_workers": n_workers(clients),
        **dict.fromkeys(("effect", "effect_low", "effect_high", "p_value"), np.nan),
        "method": METHOD,
        "refused_because": None,
    }


def _added_to(looked: Looked, slice_name: str, one: Group, own: pd.Series) -> Added:
    """Everybody adds to each figure: it is drawn to the whole, and tested against the others."""
    if one.effect:
        return _added(looked, slice_name, one.name, one.rest_on | looked.rest_on, own)
    client = looked.clients.loc[one.rest_on, "client_no"].to_numpy(np.int64)  # a refusal only says how many there are
    return Added(_name(looked, slice_name, one.name), client, np.zeros(len(client), np.int64))


def _added(looked: Looked, slice_name: str, value: str, rest_on: Flags, own: pd.Series | None = None) -> Added:
    clients, scored = looked.clients[rest_on], looked.scored
    columns = [scored.before, scored.after, "team_no", "exposed", "intake_period", *age_columns(clients)]
    beside = clients[columns] if own is None else clients[columns].assign(group=own[rest_on])
    client, change = clients["client_no"].to_numpy(np.int64), clients[scored.change.column]
    return Added(_name(looked, slice_name, value), client, as_code(change), of_all(beside))


def _name(looked: Looked, slice_name: str, value: str) -> str:
    return outcome_name(KIND, [looked.scored.change.subject, looked.scored.change.life_domain, slice_name, value])
