"""The scales on which people are scored: lowest and highest score, and from where a score is sufficient."""

from __future__ import annotations

from dataclasses import dataclass

from data_contracts.vocabulary.field import LifeDomain
from data_contracts.vocabulary.ladder import OWN_GOAL


@dataclass(frozen=True, slots=True)
class Scale:
    """Whole scores from `lowest` to `highest`; `sufficient_from` is the lowest sufficient one."""

    lowest: int
    highest: int
    sufficient_from: int


_ZRM = Scale(1, 5, 4)  # voldoende zelfredzaam
_MARK = Scale(1, 10, 6)  # a school mark
_SCALES = {
    "zrm": _ZRM,
    "zrm_youth": _ZRM,
    "zrm_household": _ZRM,
    "ladder": Scale(1, 6, 5),  # paid work, with or without support
    "experienced": _MARK,
}
# One subject may hold several scales: what clients say of a life domain is on that of the ZRM.
_OWN: dict[tuple[str, str], Scale] = {
    ("ladder", OWN_GOAL): Scale(1, 2, 2),
    ("experienced", "scale_1_5"): Scale(1, 5, 4),
    **{("experienced", domain.value): _ZRM for domain in LifeDomain},
}


def scale_of(subject: str, life_domain: str) -> Scale | None:
    """The scale of a subject, or of one life_domain of it. None where nobody is scored."""
    return _OWN.get((subject, life_domain)) or _SCALES.get(subject)


def sufficient_from(subject: str, life_domain: str) -> int:
    """The lowest score that counts as sufficient, of a subject that is scored."""
    scale = scale_of(subject, life_domain)
    if scale is None:
        raise ValueError(f"{subject} is counted, not scored")
    return scale.sufficient_from
