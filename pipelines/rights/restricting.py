"""Count people nowhere, and count them again once their objection is settled: all of it or nothing, with a proof."""

from __future__ import annotations

from data_contracts.errors import StudyError
from pipelines.releases.forgetting import stage_outdated, waiting
from pipelines.rights.acts import Asked, stage_act
from pipelines.rights.deciding import Decided
from pipelines.rights.known import People, people_named, require_known
from pipelines.rights.named_people import Named
from pipelines.storage.home import Home
from pipelines.storage.platform import connect
from pipelines.storage.restricted_people import as_lines, restricted_clients, restriction_file
from pipelines.storage.staged import all_at_once
from pipelines.study.workplace import Workplace

RESTRICT, LIFT = "restrict", "unrestrict"


def restrict(place: Workplace, named: Named, asked: Asked) -> Decided:
    """Keep the people of a list and count them nowhere from now on; StudyError when one is unknown."""
    asked.require_told(set(named.pseudonyms))
    home = place.home
    with home.lock():
        people, before = _not_erased(home, named), restricted_clients(home)
        if people.client_nos <= before:
            return Decided(0, people.n_people)
        proof = _put(home, before | people.client_nos, people, RESTRICT, asked)
        return Decided(people.n_people, 0, proof)


def lift(place: Workplace, named: Named, asked: Asked) -> Decided:
    """Count the people of a list again from the next run on; StudyError when one is unknown.

    Their return is a change of who is counted, which the ledger weighs as any other.
    """
    asked.require_told(set(named.pseudonyms))
    home = place.home
    with home.lock():
        people, before = _not_erased(home, named), restricted_clients(home)
        if not people.client_nos & before:
            return Decided(0, people.n_people)
        proof = _put(home, before - people.client_nos, people, LIFT, asked)
        return Decided(people.n_people, 0, proof)


def _not_erased(home: Home, named: Named) -> People:
    people = people_named(connect(home.work), home, named.pseudonyms)
    require_known(named, people)
    if people.erased:
        where = named.lines(set(people.erased))
        raise StudyError(f"{where}: deze mensen zijn al gewist. Haal deze regels weg. Er is niets veranderd.")
    return people


def _put(home: Home, counted_nowhere: frozenset[int], people: People, act: str, asked: Asked) -> dict[str, object]:
    """From now on these are counted nowhere; a concept that counts others than the next run would, is outdated."""
    with all_at_once(home.root) as staged:
        staged.write(restriction_file(home), as_lines(counted_nowhere))
        for release in waiting(home):
            stage_outdated(home, staged, release)
        counts = {"people": people.n_people, "pseudonyms": len(people.pseudonyms)}
        return stage_act(home, staged, act, asked, counts)
