"""Dates of which a program with other settings took day and month for each other, and left as text what it could not.

A CSV with 25-03-2024 and 03-04-2024, opened where the month comes first, gives that text and the date 4 March.
Nothing in a single cell shows it; the column does: no date is after the twelfth, and every text names such a day.
"""

from __future__ import annotations

import duckdb

from data_contracts.mapping.fields import DATES
from data_contracts.mapping.file import FileMapping
from pipelines.intake.reading.named import Named, NotAsAgreed
from pipelines.intake.reading.sheets import DATE, MOMENT
from pipelines.intake.reading.typed_cells import role_of

# Of five dates by chance one column in a hundred has none after the twelfth; the texts must agree as well.
_ENOUGH = 5
_AFTER_THE_TWELFTH = (
    r"^(1[3-9]|2\d|3[01])[-/. ]\d{1,2}[-/. ](\d{4}|\d\d)\b|^\d{1,2}[-/. ](1[3-9]|2\d|3[01])[-/. ]\d{4}\b"
)


def refuse_swapped_days(connection: duckdb.DuckDBPyConnection, sheet: str, named: Named, mapping: FileMapping) -> None:
    """Raise NotAsAgreed for a column of dates of the bare table `sheet` in which days and months were swapped."""
    for name, column in named.columns.items():
        if role_of(mapping, name) not in DATES or not column.startswith("c"):
            continue
        kind = f"substr(kinds, {int(column[1:]) + 1}, 1)"
        is_date = f"{kind} IN ('{DATE}', '{MOMENT}')"
        ((dates, late, texts, late_texts),) = connection.execute(
            f"""SELECT count(*) FILTER ({is_date}), count(*) FILTER ({is_date} AND day(day) > 12),
                count(*) FILTER (NOT {is_date}), count(*) FILTER (NOT {is_date} AND regexp_matches(text, $late))
            FROM (SELECT kinds, trim({column}) AS text, try_cast({column} AS TIMESTAMP) AS day FROM {sheet}
                WHERE row_number > {max(mapping.frame.header_rows)} AND kinds IS NOT NULL AND trim({column}) <> '')""",
            {"late": _AFTER_THE_TWELFTH},
        ).fetchall()
        if dates >= _ENOUGH and not late and texts >= _ENOUGH and late_texts >= 0.9 * texts:
            what = (
                f"in kolom '{name}' zijn de dagen tot en met de twaalfde datums ({dates}) en de latere dagen tekst "
                f"({texts}): een programma met andere instellingen heeft dag en maand verwisseld."
            )
            raise NotAsAgreed(
                what, "Lever het bestand zoals het uit het systeem kwam, zonder het eerst te openen en te bewaren."
            )
