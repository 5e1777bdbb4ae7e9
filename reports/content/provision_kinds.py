"""What people were given per life domain: preliminary beside granted to one person, and the shift between the two."""

from __future__ import annotations

import math

import pandas as pd

from data_contracts.vocabulary.field import ALL
from data_contracts.vocabulary.provisions import NOT_TOLD
from reports.charts.specs import Shares
from reports.content.parts import Explanation, Figure, Part, Table
from reports.content.years import year_named
from reports.language import dutch, terms
from reports.released.source import Source

KINDS, SHIFT = "out_care__by_life_domain", "out_care__shift"
_TOO_FEW = "te weinig gegevens"
_NO_CAUSE = "Waardoor het verschuift, zegt dit niet: ook wie er binnenkomt kan anders zijn geworden."
_AXIS = "deel van de mensen"
_FORMULA = (
    "Mensen bij wie in dat jaar alleen voorliggende voorzieningen begonnen, gedeeld door alle mensen bij wie iets "
    "begon. Wie ook maatwerk kreeg, telt bij maatwerk."
)
_COUNTED = (
    "Alleen voorzieningen waarvan de levering zegt of zij voorliggend of maatwerk zijn. Wie voor twee leefgebieden "
    "iets kreeg, telt bij beide."
)
_ASSUMED = (
    "De marge is de ruimste van twee: met alle mensen los van elkaar, of per team samen. Hoe zeker het is, is gerekend "
    "over alle leefgebieden tegelijk. De delen zijn van afgeronde aantallen en de verschuiving van de precieze: "
    "een punt of twee verschil komt daarvan."
)
_ALL_TOGETHER = (
    "Wie op één leefgebied maatwerk kreeg, telt daar als maatwerk; het deel met alleen voorliggend is er dus kleiner."
)


def provision_kinds(source: Source) -> list[Part]:
    """One figure of the last year with the shift beside it; nothing where no delivery tells the kind of a provision.

    Where no life domain may show its kinds there is nothing to draw, and only the table that says so.
    """
    rows = source.shown(KINDS)
    if rows.empty:
        return []
    shifts = source.shown(SHIFT)
    last = int(shifts["year_to"].max()) if len(shifts) else int(rows["year"].max())
    first = int(shifts["year_from"].min()) if len(shifts) else last
    now = _in_order(rows[rows["year"] == last])
    chart, table = _chart(source, now), _table(source, last, now, rows[rows["year"] == first], shifts)
    if not chart.rows:
        return [table] if table.rows else []
    people = f"{dutch.count(now['n_clients'].max())} mensen in {year_named(source, last)}"
    explained = Explanation(_FORMULA, people, _COUNTED, _ASSUMED)
    title = f"Voorliggend of maatwerk, per leefgebied in {last}"
    return [Figure(title, chart, table, explained, _reading(shifts, first, last))]


def _chart(source: Source, now: pd.DataFrame) -> Shares:
    """Both kinds per life domain; one of which they are not shown stands in the table only: no bar would be nobody."""
    found = {str(row["life_domain"]): source.share_of(row, "n_preliminary", "n_clients") for _, row in now.iterrows()}
    shown = {terms.domain(code): min(1.0, share) for code, share in found.items() if share is not None}
    parts = (("alleen voorliggend", tuple(shown.values())), ("maatwerk", tuple(1 - one for one in shown.values())))
    return Shares(tuple(shown), parts, _AXIS, dutch.percent)


def _table(source: Source, year: int, now: pd.DataFrame, then: pd.DataFrame, shifts: pd.DataFrame) -> Table:
    columns = (
        "Leefgebied",
        f"Mensen in {year_named(source, year)}",
        f"Alleen voorliggend in {then['year'].max() if len(then) else year}",
        f"In {year}",
        f"Maatwerk in {year}",
        "Verschuiving in punten (marge)",
        "Hoe zeker",
    )
    before = {str(row["life_domain"]): row for _, row in then.iterrows()}
    lines = tuple(_line(source, row, before.get(str(row["life_domain"])), shifts) for _, row in now.iterrows())
    return Table("Mensen bij wie een voorziening begon", columns, lines, texts=frozenset({6}))


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
    light = source.share_of(row, "n_preliminary", "n_clients")
    heavy = source.part(row, "n_individual") if light is None else dutch.percent(max(0.0, 1 - light))
    return (name, dutch.count(row["n_clients"]), before, _share(source, row), heavy, *moved)


def _share(source: Source, row: pd.Series) -> str:
    """The part with preliminary provisions alone, or why it is not shown."""
    share = source.share_of(row, "n_preliminary", "n_clients")
    return source.part(row, "n_preliminary") if share is None else dutch.percent(min(1.0, share))


def _moved(source: Source, shift: pd.Series) -> tuple[str, str]:
    """The shift with its margin and mark, and what may be said of it."""
    told = dutch.with_margin(shift["shift"], shift["shift_low"], shift["shift_high"], dutch.points)
    return told + source.mark(SHIFT, shift, "shift", dutch.points), _how_sure(shift)


def _how_sure(shift: pd.Series) -> str:
    if math.isnan(shift["shift"]):
        return _TOO_FEW
    if not shift["is_shifted"]:
        return "geen aantoonbare verschuiving"
    return f"aantoonbaar {'meer' if shift['shift'] > 0 else 'minder'} voorliggend"


def _reading(shifts: pd.DataFrame, first: int, last: int) -> str:
    """What moved between the two years, in words; the numbers stand in the table."""
    if shifts.empty:
        return f"Van één jaar is geen verschuiving te zeggen: {_TOO_FEW}."
    said = [
        f"Alle leefgebieden samen: {_how_sure(row)} tussen {first} en {last}. {_ALL_TOGETHER}"
        for _, row in shifts[shifts["life_domain"] == ALL].iterrows()
    ]
    moved = shifts[shifts["is_shifted"].fillna(False).astype("bool") & ~shifts["life_domain"].isin([ALL, NOT_TOLD])]
    for words, rows in (("Meer", moved[moved["shift"] > 0]), ("Minder", moved[moved["shift"] < 0])):
        if len(rows):
            said.append(f"{words} voorliggend: {dutch.listed(terms.domain(str(one)) for one in rows['life_domain'])}.")
    return " ".join([*said, _NO_CAUSE])
