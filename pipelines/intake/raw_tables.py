"""The raw tables of a delivery, in the order in which they are made."""

from __future__ import annotations

# The bridge comes before everything about people: it says which pseudonyms are of one person, also of an erased one.
RAW = {
    "teams": "raw_teams__register",
    "bridge": "raw_clients__bridge",
    "assessments": "raw_zrm__assessments",
    "ladder": "raw_ladder__scores",
    "clients": "raw_clients__attributes",
    "trajectories": "raw_cases__trajectories",
    "provisions": "raw_provisions__use",
    "events": "raw_events__incidents",
    "experienced": "raw_experienced__marks",
    "costs": "raw_costs__yearly",
}
WITH_CLIENTS = [table for table in RAW if table not in ("teams", "costs")]
