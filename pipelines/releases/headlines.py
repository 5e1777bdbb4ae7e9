"""The few lines that the terminal and --json show of a release: released figures only."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

import pandas as pd

from data_contracts.tables.released import PartStatus, Status
from data_contracts.vocabulary.field import ALL, LifeDomain
from indicators.change.shares import with_shares
from reports.content.money.verdict import verdict
from reports.language import dutch
from reports.released.reconciled import reconciling

HEADLINE_TABLES = (
    "out_change__by_domain",
    "out_change__noise_floor",
    "out_mkba__headline",
    "out_mkba__balance",
    "out_mkba__findings",
    "out_effects__estimates",
)
NOT_MEASURED = "niemand heeft er twee metingen van"
NOT_SHOWN = "er zijn te weinig cliënten, of het zou een verborgen getal verraden"
_LABELS = LifeDomain.labels()


def headlines(tables: dict[str, pd.DataFrame], leading: Collection[str]) -> list[dict[str, Any]]:
    """A line per leading life domain (everybody, first to last) and a line per alternative of the MKBA.

    A leading domain without a figure has its line too, with the reason: what is missing is not left out.
    """
    change = _everybody(tables["out_change__by_domain"], leading)
    shown = change[(change["n_up_status"] == PartStatus.SHOWN) | (change["n_down_status"] == PartStatus.SHOWN)]
    noise = _everybody(tables["out_change__noise_floor"], leading).groupby("life_domain", observed=True)
    lines = [_change_line(row) for row in with_shares(shown).to_dict("records")]
    for line in lines:
        if line["share_up"] is not None and line["what"] in noise.groups:
            line |= _noise(noise.get_group(line["what"])["share_up_by_noise"].dropna())
            line["sentence"] += line.pop("beside", "")
    told = {line["what"] for line in lines}
    lines += [_without_figure(domain, change) for domain in leading if domain not in told]
    return lines + [
        {
            "subject": "mkba",
            "what": row["alternative"],
            "sentence": f"{_verdict_first(row)} {reconciling(tables, row)}".rstrip(),
        }
        for _, row in tables["out_mkba__headline"].iterrows()
    ]


def _verdict_first(row: pd.Series) -> str:
    """The sentence of an alternative, with the verdict of the council's page where there is a balance to judge."""
    mean, start = row["npv_mean_eur"], f"{row['label']}: "
    if pd.isna(mean) or mean == 0:
        return str(row["sentence"])
    return f"{start}{verdict(row)}. {dutch.sentence(str(row['sentence']).removeprefix(start))}"


def _everybody(table: pd.DataFrame, leading: Collection[str]) -> pd.DataFrame:
    wanted = (table["subject"] == "zrm") & (table["slice"] == ALL) & table["life_domain"].isin(leading)
    return table[wanted & (table["moment_from"] == "first") & (table["moment_to"] == "last")]


def _change_line(row: dict[Any, Any]) -> dict[str, Any]:
    """What rose and fell; a part that the gate hid is said to be hidden, and a held figure of when it is."""
    n_clients = int(row["n_clients"])
    label = _LABELS.get(row["life_domain"], row["life_domain"])
    people = f"{n_clients:,}".replace(",", ".")
    moved = ", ".join(_part(row, name, word) for name, word in (("up", "gestegen"), ("down", "gedaald")))
    held = f"; vastgehouden, cijfer van publicatie {row['held_from']}" if row["status"] == Status.HELD else ""
    return {
        "subject": "zrm",
        "what": row["life_domain"],
        "n_clients": n_clients,
        "share_up": _share(row, "up"),
        "share_down": _share(row, "down"),
        "held_from": row["held_from"] if held else None,
        "sentence": f"{label}: {moved} (ongeveer {people} cliënten met twee metingen{held}).",
    }


def _share(row: dict[Any, Any], name: str) -> float | None:
    return round(float(row[f"share_{name}"]), 2) if row[f"n_{name}_status"] == PartStatus.SHOWN else None


def _part(row: dict[Any, Any], name: str, word: str) -> str:
    """33 % gestegen, or why there is no share."""
    share = row[f"share_{name}"]
    hidden = {PartStatus.BELOW.value: "minder mensen dan de drempel", PartStatus.ABOVE.value: "bijna iedereen"}
    if row[f"n_{name}_status"] == PartStatus.SHOWN:
        return f"{round(100 * share)} % {word}"
    told = hidden.get(str(row[f"n_{name}_status"]))
    return f"{told} {word}" if told else f"hoeveel er zijn {word} mag niet getoond worden"


def _without_figure(domain: str, change: pd.DataFrame) -> dict[str, Any]:
    """The line of a leading domain that has no figure, and why."""
    reason = NOT_SHOWN if (change["life_domain"] == domain).any() else NOT_MEASURED
    sentence = f"{_LABELS.get(domain, domain)}: geen cijfer, want {reason}."
    return {"subject": "zrm", "what": domain, "refused_because": reason, "sentence": sentence}


def _noise(shares: pd.Series) -> dict[str, Any]:
    """What would rise by noise alone, over the band of reliability."""
    if shares.empty:
        return {}
    low, high = round(float(shares.min()), 2), round(float(shares.max()), 2)
    band = f"{round(100 * low)}" + (f" tot {round(100 * high)}" if high > low else "")
    return {
        "share_up_by_noise": [low, high],
        "beside": f" Zonder echte verandering zou door meetruis al {band} % stijgen.",
    }
