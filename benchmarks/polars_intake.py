"""What a good analyst would write in polars for intake and current tables: typed, deduplicated, accounted. A peer.

    python -m benchmarks.polars_intake DELIVERY OUT

Per file every row is accepted, an exact duplicate, or set aside with a reason; what is accepted is written as Parquet,
sorted by client and date, with the account beside it. It has none of our promises: no door, no confinement, no second
delivery, no contracts.
"""

from __future__ import annotations

import sys
from pathlib import Path

import polars as pl

KEY, PSEUDONYM = "Cliëntnummer", r"^VB1-[A-Z2-7]{20}$"
DATES = {
    "zrm.csv": ["Datum afname"],
    "participatieladder.csv": ["Datum"],
    "trajecten.csv": ["Startdatum", "Einddatum", "Datum melding", "Datum evaluatie"],
    "voorzieningen.csv": ["Ingangsdatum", "Einddatum"],
    "gebeurtenissen.csv": ["Datum"],
    "ervaren_baat.csv": ["Datum"],
    "wijkteams.csv": ["Nieuwe werkwijze vanaf"],
}
NUMBERS = {
    "participatieladder.csv": ["Trede"],
    "trajecten.csv": ["Uren"],
    "voorzieningen.csv": ["Volume", "Bedrag"],
    "ervaren_baat.csv": ["Rapportcijfer hulp"],
    "kosten.csv": ["Jaar", "Bedrag"],
}
FIRST_SCORE = 5


def main(delivery: Path, out: Path) -> None:
    """Read every file; write tables and the account."""
    out.mkdir(parents=True, exist_ok=True)
    accounts = [_taken_in(path, out) for path in sorted(delivery.glob("*.csv"))]
    pl.DataFrame(accounts).write_csv(out / "account.csv")


def _taken_in(path: Path, out: Path) -> dict[str, object]:
    text = path.read_bytes().decode("windows-1252").encode()
    rows = pl.read_csv(text, separator=";", infer_schema=False)
    dates, numbers = DATES.get(path.name, []), NUMBERS.get(path.name, [])
    scores = rows.columns[FIRST_SCORE:] if path.name == "zrm.csv" else []
    typed = rows.with_columns(
        *(pl.col(name).str.to_date("%d-%m-%Y", strict=False) for name in dates),
        *(
            pl.col(name)
            .str.replace_all(".", "", literal=True)
            .str.replace(",", ".", literal=True)
            .cast(pl.Float64, strict=False)
            for name in numbers
        ),
        *(pl.col(name).cast(pl.Int8, strict=False) for name in scores),
    )
    reason = pl.lit(None, dtype=pl.String)
    if scores:
        wrong = pl.any_horizontal(*(~pl.col(name).is_between(1, 5) for name in scores))
        reason = pl.when(wrong).then(pl.lit("score_out_of_range")).otherwise(reason)
    if dates and KEY in rows.columns:
        reason = pl.when(pl.col(dates[0]).is_null()).then(pl.lit("date_unreadable")).otherwise(reason)
    if KEY in rows.columns:
        reason = pl.when(~pl.col(KEY).str.contains(PSEUDONYM)).then(pl.lit("client_key_malformed")).otherwise(reason)
    judged = typed.with_columns(reason=reason, again=~pl.struct(rows.columns).is_first_distinct())
    good = judged.filter(pl.col("reason").is_null() & ~pl.col("again")).drop("reason", "again")
    good.sort([name for name in (KEY, *dates[:1]) if name in good.columns]).write_parquet(out / f"{path.stem}.parquet")
    aside = judged.filter(pl.col("reason").is_not_null())
    aside.select("reason").write_parquet(out / f"{path.stem}.aside.parquet")
    return {"file": path.name, "rows": len(rows), "accepted": len(good), "aside": len(aside)}


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
