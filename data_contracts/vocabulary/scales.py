"""The scales on which people are scored: lowest and highest score, and from where a score is sufficient."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Scale:
    """Whole scores from `lowest` to `highest`; `sufficient_from` is the lowest sufficient one."""

    lowest: int
    highest: int
    sufficient_from: int


_ZRM = Scale(1, 5, 4)  # voldoende zelfredzaam
_SCALES = {
    "zrm": _ZRM,
    "zrm_youth": _ZRM,
    "zrm_household": _ZRM,
    "ladder": Scale(1, 6, 5),  # paid work, with or without support
    "scale_1_5": Scale(1, 5, 4),
    "experienced": Scale(1, 10, 6),  # a school mark
}


def scale_of(subject: str, life_domain: str) -> Scale | None:
    """The scale of a subject; experienced benefit has one per life_domain. None where nobody is scored."""
    return _SCALES.get(life_domain if subject == "experienced" and life_domain in _SCALES else subject)


def sufficient_from(subject: str, life_domain: str) -> int:
    """The lowest score that counts as sufficient, of a subject that is scored."""
    scale = scale_of(subject, life_domain)
    if scale is None:
        raise ValueError(f"{subject} is counted, not scored")
    return scale.sufficient_from
