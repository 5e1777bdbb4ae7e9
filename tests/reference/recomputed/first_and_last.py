"""Change of a life domain, recomputed: first and last score of each client, and the margin with teams as the unit."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator

from tests.reference.recomputed.records import Client, Municipality, months_later

REPLICATE = dt.timedelta(days=30)
NEW_EPISODE_MONTHS = 18


def first_episode(client: Client) -> list[dt.date]:
    """Days of measurement, from half a year before the trajectory on, up to a gap after which the client came back."""
    early = months_later(client.started_on, -6) if client.started_on < dt.date.max else dt.date.min
    days: list[dt.date] = []
    for day in sorted({day for day, _ in client.measured if day >= early}):
        if days and day > months_later(days[-1], NEW_EPISODE_MONTHS):
            break
        days.append(day)
    return days


def scores_by_day(client: Client, domain: str) -> list[tuple[dt.date, int | None, bool]]:
    """(day, score, is monitoring) of the first episode; the score is missing where a day has two that differ."""
    inside, of_day = set(first_episode(client)), defaultdict(list)
    for day, score, phase in client.scores[domain]:
        if day in inside:
            of_day[day].append((score, phase))
    return [(day, _middle([score for score, _ in own]), own[0][1]) for day, own in sorted(of_day.items())]


def _middle(scores: list[int]) -> int | None:
    ordered, n = sorted(scores), len(scores)
    low, high = ordered[(n - 1) // 2], ordered[n // 2]
    return low if low == high else None


def pairs_first_to_last(town: Municipality, domain: str) -> Iterator[tuple[str, int, int]]:
    """(team, first score, last score before the monitoring phase), where the last lies more than a month later."""
    for client in town.clients.values():
        days = scores_by_day(client, domain)
        before = [one for one in days if not one[2]]
        if days and before and before[-1][0] - days[0][0] > REPLICATE:
            first, last = days[0][1], before[-1][1]
            if first is not None and last is not None:
                yield client.team, first, last


def change_in_first_year(client: Client, domain: str) -> int | None:
    """Last score within twelve months of the first one, minus that; missing without one."""
    days = scores_by_day(client, domain)
    if not days or days[0][1] is None:
        return None
    until = months_later(days[0][0], 12)
    later = [score for day, score, _ in days if days[0][0] + REPLICATE < day <= until]
    return later[-1] - days[0][1] if later and later[-1] is not None else None
