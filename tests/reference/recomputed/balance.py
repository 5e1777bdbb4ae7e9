"""The balance of 'Doorgaan' in Rijnstad, from released figures: mkba.yaml of that study, by hand.

Five years of intake, an effect that lasts the first year, money half way each year, 2.25 % a year, euros of 2024 by the
consumer price index (CBS: 793.0 in 2022, 823.1 in 2023, 850.3 in 2024). A psychiatric day costs 327 euros of 2022
(Zorginstituut), an admission is 14 days.
"""

from __future__ import annotations

from collections.abc import Mapping

FROM_2022, FROM_2023 = 850.3 / 793.0, 850.3 / 823.1
YEARS, RATE, DAYS, DAY_EUR = 5, 0.0225, 14, 327
IN_EUROS = ("begeleiding individueel", "dagbesteding", "huishoudelijke hulp", "jeugdhulp ambulant", "schuldregeling")


def lines(effects: Mapping[str, float], clients_per_year: int, costs_2023: float) -> dict[str, float]:
    """Line -> its worth in euros of 2024, discounted to 2025; benefits positive."""
    worth = sum((1 + RATE) ** -(year + 0.5) for year in range(YEARS))
    found = {what: -effects[what] * clients_per_year * FROM_2023 * worth for what in IN_EUROS}
    found["crisisopname"] = -effects["crisisopname"] * clients_per_year * DAYS * DAY_EUR * FROM_2022 * worth
    found["extra inzet"] = -costs_2023 * FROM_2023 * worth
    return found
