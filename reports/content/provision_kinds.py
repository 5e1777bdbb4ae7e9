"""What people were given per life domain: preliminary beside granted to one person, and the shift between the two."""

from __future__ import annotations

import math

import pandas as pd

from data_contracts.vocabulary.field import ALL
from data_contracts.vocabulary.provisions import NOT_TOLD
from reports.charts.specs import Shares
from reports.content.parts import Explanation, Figure, Part, Table
from reports.language import dutch, terms
from reports.released.source import Source

KINDS, SHIFT = "out_care__by_life_domain", "out_care__shift"
_TOO_FEW = "te weinig gegevens"


def provision_kinds(source: Source) -> list[Part]:
    """One figure of the last year with the shift beside it; nothing where no delivery tells the kind of a provision."""
    rows = source.shown(KINDS)
    if rows.empty:
        return []
    shifts = source.shown(SHIFT)
    last = int(shifts["year_to"].max()) if len(shifts) else int(rows["year"].max())
    first = int(shifts["year_from"].min()) if len(shifts) else last
    now = _in_order(rows[rows["year"] == last])
    then = rows[rows["year"] == first].set_index("life_domain", drop=False)
    light = [source.share_of(row, "n_preliminary", "n_clients") for _, row in now.iterrows()]
    names = tuple(terms.domain(str(code)) for code in now["life_domain"])
    lines = [
        _line(source, row, then.loc[row["life_domain"]] if row["life_domain"] in then.index else None, shifts)
        for _, row in now.iterrows()
    ]
    shares = tuple(math.nan if share is None else min(1.0, share) for share in light)
    parts = (("alleen voorliggend", shares), ("maatwerk", tuple(1 - share for share in shares)))
    columns = (
        "Leefgebied",
        f"Mensen in {last}",
        f"Alleen voorliggend in {first}",
        f"In {last}",
        "Verschuiving in punten (marge)",
    )
    return [
        Figure(
            f"Voorliggend of maatwerk, per leefgebied in {last}",
            Shares(names, parts, "deel van de mensen", dutch.percent),
            Table(
                "Mensen bij wie een voorziening begon",
                (*columns, "Hoe zeker"),
                tuple(lines),
                texts=frozenset({5}),
            ),
            Explanation(
                "Mensen bij wie in dat jaar alleen voorliggende voorzieningen begonnen, gedeeld door alle mensen bij "
                "wie iets begon. Wie ook maatwerk kreeg, telt bij maatwerk.",
                f"{dutch.count(now['n_clients'].max())} mensen in {last}",
                "Alleen voorzieningen waarvan de levering zegt of zij voorliggend of maatwerk zijn. Wie voor twee "
                "leefgebieden iets kreeg, telt bij beide.",
                "De marge is de ruimste van twee: met alle mensen los van elkaar, of per team samen. Hoe zeker het is, "
                "is gerekend over alle leefgebieden tegelijk.",
            ),
            _reading(source, shifts, first, last),
        )
    ]


def _in_order(rows: pd.DataFrame) -> pd.DataFrame:
    """Life domains in their order, everything together last, and before it what was not told."""
    late = {NOT_TOLD: 1, ALL: 2}
    return rows.sort_values("life_domain", key=lambda codes: codes.map(late).fillna(0), kind="stable")


def _line(source: Source, row: pd.Series, then: pd.Series | None, shifts: pd.DataFrame) -> tuple[str, ...]:
    """A life domain: people, both shares, how far it moved, and what that is worth."""
    shift = shifts[shifts["life_domain"] == row["life_domain"]]
    moved = _moved(source, shift.iloc[0]) if len(shift) else (dutch.NOT_SHOWN, _TOO_FEW)
    name = terms.domain(str(row["life_domain"])) + source.mark(KINDS, row, "n_clients", dutch.count)
    before = dutch.NOT_SHOWN if then is None else _share(source, then)
    return (name, dutch.count(row["n_clients"]), before, _share(source, row), *moved)


def _share(source: Source, row: pd.Series) -> str:
    share = source.share_of(row, "n_preliminary", "n_clients")
    return source.part(row, "n_preliminary") if share is None else dutch.percent(min(1.0, share))


def _moved(source: Source, shift: pd.Series) -> tuple[str, str]:
    """The shift with its margin and mark, and what may be said of it."""
    if math.isnan(shift["shift"]):
        return dutch.NOT_SHOWN, _TOO_FEW
    told = dutch.with_margin(shift["shift"], shift["shift_low"], shift["shift_high"], dutch.points)
    told += source.mark(SHIFT, shift, "shift", dutch.points)
    if not shift["is_shifted"]:
        return told, "geen aantoonbare verschuiving"
    return told, f"aantoonbaar {'meer' if shift['shift'] > 0 else 'minder'} voorliggend"


def _reading(source: Source, shifts: pd.DataFrame, first: int, last: int) -> str:
    """What moved between the two years, in words; the numbers stand in the table."""
    domains = shifts[~shifts["life_domain"].isin([ALL, NOT_TOLD])]
    together = shifts[shifts["life_domain"] == ALL]
    if shifts.empty or first == last:
        return f"Van één jaar is geen verschuiving te zeggen: {_TOO_FEW}."
    said = [
        f"Alle leefgebieden samen: {_moved(source, row)[1]} tussen {first} en {last}." for _, row in together.iterrows()
    ]
    moved = domains[domains["is_shifted"].fillna(False).astype("bool")]
    for words, rows in (("Meer", moved[moved["shift"] > 0]), ("Minder", moved[moved["shift"] < 0])):
        if len(rows):
            said.append(f"{words} voorliggend: {dutch.listed(terms.domain(str(one)) for one in rows['life_domain'])}.")
    why = "Waardoor het verschuift, zegt dit niet: ook wie er binnenkomt kan anders zijn geworden."
    return " ".join([*said, why])
