"""One team under several spellings: names that are the same but for 'Wijkteam', 'WT' and the like."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable

from data_contracts.vocabulary.names import folded

_AROUND = re.compile(r"^(?:(?:sociaal|het) )?(?:wijkteam|buurtteam|gebiedsteam|sociaal team|team|wt|swt|bt)\b ?|"
                     r" ?\b(?:wijkteam|buurtteam|gebiedsteam|team|wt|swt)$")  # fmt: skip


def bare_team(name: str) -> str:
    """A team's name without what stands around it; the whole name when nothing else is left."""
    plain = folded(name)
    return _AROUND.sub("", plain).strip() or plain


def spellings(names: Iterable[str]) -> dict[str, list[str]]:
    """The most used spelling -> the others that may be the same team; spellings that we fold anyway do not count."""
    counts: Counter[str] = Counter()
    shown: dict[str, str] = {}
    for name in names:
        if name:
            counts[folded(name)] += 1
            shown.setdefault(folded(name), name.strip())
    teams: dict[str, list[str]] = defaultdict(list)
    for plain in counts:
        teams[bare_team(plain)].append(plain)
    found = {}
    for same in teams.values():
        if len(same) > 1:
            first, *rest = sorted(same, key=lambda plain: (-counts[plain], plain))
            found[shown[first]] = [shown[plain] for plain in rest]
    return found
