"""A figure computed again from the rows that a trace lists, with the delivery's own files and nothing of ours but one
estimator: lines are counted from the top of the file as a person would."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from indicators.effects.estimates import Outcome
from indicators.effects.team_cells import exposure_of, half_year_of
from indicators.staggered.estimates import staggered_estimates


def listed(directory: Path) -> pd.DataFrame:
    """The list of rows of a trace with one delivery."""
    (path,) = directory.glob("*.csv")
    return pd.read_csv(path, sep=";")


def cells(delivery: Path, rows: pd.DataFrame) -> pd.DataFrame:
    """What stands in the files at these rows: `client_no`, `rol`, and the columns of the file as text."""
    found = []
    for name, of_file in rows.groupby("bestand"):
        lines = (delivery / str(name)).read_bytes().decode("cp1252").split("\n")
        head = lines[0].strip("\r\n").split(";")
        split = [lines[number - 1].strip("\r\n").split(";") for number in of_file["regel"]]
        found.append(
            pd.DataFrame(split, columns=head).assign(client_no=of_file["client_no"].array, rol=of_file["rol"].array)
        )
    return pd.concat(found, ignore_index=True)


def before_and_after(delivery: Path, rows: pd.DataFrame, column: str) -> pd.DataFrame:
    """Per client the scores in the rows that are listed as the first and the later one."""
    text = cells(delivery, rows[rows["rol"].isin(["eerste score", "latere score"])])
    scores = text.assign(score=text[column].astype(float))
    found = scores.pivot_table("score", "client_no", "rol", aggfunc="first")
    return found.rename(columns={"eerste score": "before", "latere score": "after"})


def effect_again(delivery: Path, rows: pd.DataFrame, column: str) -> float:
    """The effect of a staggered start from the listed rows: scores, first day, team, and the day the team started."""
    scores = before_and_after(delivery, rows, column)
    came_in = cells(delivery, rows[(rows["rol"] == "moment en team van binnenkomst") & (rows["soort"] == "trajecten")])
    measured = cells(
        delivery,
        rows[(rows["soort"] == "metingen") & rows["rol"].isin(["eerste score", "moment en team van binnenkomst"])],
    )
    days = pd.concat(
        [
            came_in[["client_no", "Startdatum"]],
            measured.rename(columns={"Datum afname": "Startdatum"})[["client_no", "Startdatum"]],
        ]
    )
    intake = pd.to_datetime(days["Startdatum"], format="%d-%m-%Y").groupby(days["client_no"]).min()
    teams = cells(delivery, rows[rows["rol"] == "start van een team"])
    started = pd.to_datetime(teams.set_index("Wijkteam")["Nieuwe werkwijze vanaf"], format="%d-%m-%Y")
    clients = scores.assign(change=scores["after"] - scores["before"], intake_on=intake)
    clients["team"] = came_in.groupby("client_no")["Wijkteam"].first()
    clients["team_no"] = clients["team"].astype("category").cat.codes
    clients["exposed"] = exposure_of(clients["intake_on"], clients["team"].map(started), 12)
    clients["intake_period"] = half_year_of(clients["intake_on"])
    outcome = Outcome("change", "zrm", "point", life_domain="finances")
    found = staggered_estimates(clients.reset_index(), [outcome]).estimates
    return float(found.loc[found["measure"] == "effect", "estimate"].iloc[0])
