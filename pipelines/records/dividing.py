"""What a client is grouped by beside team and year of intake: attributes, provider, kind of solution."""

from __future__ import annotations

from collections.abc import Sequence

from data_contracts.slices import Slice, stored
from data_contracts.vocabulary.slices import BROADER, GROUPED_BY, OF_PEOPLE, Dimension, base_of
from pipelines.storage.sql import quoted

# Fixed at the start, as the team is: a client who gets another provider later stays in the group of the first.
_FIRST = """SELECT client_no, arg_min({name}, (started_on, {name})) AS {name}
    FROM {view} WHERE {name} IS NOT NULL GROUP BY client_no"""
_OF_ATTRIBUTES = [str(one) for one in OF_PEOPLE if one != Dimension.PROVIDER]
_SOURCES = {
    **{name: "attributes" for name in _OF_ATTRIBUTES},
    str(Dimension.PROVIDER): _FIRST.format(name=Dimension.PROVIDER, view="provisions"),
    str(Dimension.SOLUTION_KIND): _FIRST.format(name=Dimension.SOLUTION_KIND, view="trajectories"),
}


def divided_by(slices: Sequence[Slice]) -> str:
    """SQL: client_no with a column per slice of core_clients__groups; those that these slices do not use are empty.

    The engine holds the views attributes, provisions and trajectories, as far as the slices use them.
    """
    used = stored(slices)
    own = [name if name in used else f"NULL::VARCHAR AS {name}" for name in GROUPED_BY]
    groups = {one.name: one.groups for one in slices}
    broader = [_broader(name, groups.get(name, {})) for name in BROADER]
    sources = dict.fromkeys(_SOURCES[name] for name in GROUPED_BY if name in used)
    joined = " ".join(f"FULL JOIN (FROM ({_told(source, used)})) USING (client_no)" for source in sources)
    return f"""SELECT client_no, {", ".join([*own, *broader])}
        FROM (SELECT NULL::BIGINT AS client_no WHERE false) {joined}"""


def _told(source: str, used: frozenset[str]) -> str:
    """SQL of one source; of the attributes only what is used."""
    if source != "attributes":
        return source
    return f"SELECT client_no, {', '.join(name for name in _OF_ATTRIBUTES if name in used)} FROM attributes"


def _broader(name: str, groups: dict[str, list[str]]) -> str:
    """SQL: the broader group of each client; who is in none of the groups that it names is in none."""
    whens = " ".join(
        f"WHEN {base_of(name)} IN ({', '.join(map(quoted, parts))}) THEN {quoted(label)}"
        for label, parts in groups.items()
    )
    return f"(CASE {whens} END)::VARCHAR AS {name}" if whens else f"NULL::VARCHAR AS {name}"
