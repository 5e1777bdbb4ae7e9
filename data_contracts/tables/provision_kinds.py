"""Contracts of what clients were given per life domain: open to all or granted to one person, and the shift in time.

A client stands once in a life domain and a year, with the heaviest kind that began then: who was given both counts as
granted. `all` is any life domain together.
"""

from __future__ import annotations

from data_contracts.contract import contract, flag, integer, number, share, text
from data_contracts.tables.released_parts import count, figure, status_columns
from data_contracts.vocabulary.field import ALL, LifeDomain
from data_contracts.vocabulary.provisions import NOT_TOLD

_DOMAIN = {"life_domain": text(ALL, NOT_TOLD, *LifeDomain)}
_YEAR = {"year": integer(1990, 2100)}
_YEARS = {"year_from": integer(1990, 2100), "year_to": integer(1990, 2100)}
KINDS = contract(
    "est_care__by_life_domain",
    {**_DOMAIN, **_YEAR, "n_clients": integer(1), "n_preliminary": integer(0), "n_individual": integer(0)},
    key=[*_DOMAIN, *_YEAR],
)
OUT_KINDS = contract(
    "out_care__by_life_domain",
    {
        **_DOMAIN,
        **_YEAR,
        "n_clients": count(),
        "n_preliminary": count(),
        "n_individual": count(),
        **status_columns("n_preliminary", "n_individual"),
    },
    key=[*_DOMAIN, *_YEAR],
)
# Between the first year and the last one, whose clients it counts; `shift` is how much larger the share of preliminary
# alone became.
SHIFT = contract(
    "est_care__shift",
    {
        **_DOMAIN,
        **_YEARS,
        "n_clients": integer(1),
        "shift": number(-1, 1, nullable=True),
        "shift_low": number(nullable=True),
        "shift_high": number(nullable=True),
        "p_adjusted": share(),
        "refused_because": text("too_few", nullable=True),
    },
    key=[*_DOMAIN, *_YEARS],
)
OUT_SHIFT = contract(
    "out_care__shift",
    {
        **_DOMAIN,
        **_YEARS,
        "n_clients": count(),
        "shift": figure(),
        "shift_low": figure(),
        "shift_high": figure(),
        "is_shifted": flag(nullable=True),
        "refused_because": text(nullable=True),
        **status_columns(),
    },
    key=[*_DOMAIN, *_YEARS],
)
