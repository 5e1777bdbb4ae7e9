"""How long a result lasts: of those who came to level 4, who is still there, and for how many months."""

from __future__ import annotations

import pandas as pd

from data_contracts.tables.assumptions import Assumptions
from data_contracts.vocabulary.field import ALL
from reports.content.cause.courses import or_return
from reports.content.cause.refused import by_reason
from reports.content.parts import Heading, Part, Points, Table, Text
from reports.language import dutch, terms
from reports.released.source import Source

MONTHS = (6, 12, 24)


def lasting(source: Source) -> list[Part]:
    """Share still at level 4 after 6, 12 and 24 months, as measured and by the model, and months at level 4."""
    rows = source.shown("out_effects__estimates", design="monitoring", slice=ALL)
    refused = _refused(rows)
    rows = rows[rows["estimate"].notna()]
    if rows.empty:
        return [Heading("Hoe lang houdt het stand?"), *refused] if refused else []
    found = {(str(row["life_domain"]), str(row["measure"])): row for _, row in rows.iterrows()}
    domains = list(dict.fromkeys(rows["life_domain"]))
    seen = tuple(
        (
            terms.domain(domain),
            _people(found, domain),
            *(_bracket(found.get((domain, f"lasting_{months}"))) for months in MONTHS),
        )
        for domain in domains
    )
    modelled = tuple(
        (
            terms.domain(domain),
            *(_share(found.get((domain, f"lasting_{months}_modelled"))) for months in MONTHS),
            _months(found.get((domain, "months_sufficient"))),
        )
        for domain in domains
    )
    after = tuple(f"Na {months} maanden" for months in MONTHS)
    return [
        Heading("Hoe lang houdt het stand?"),
        Text(
            "Het gaat hier over mensen die op niveau 4 (voldoende zelfredzaam) of hoger kwamen en daarna nog eens zijn "
            "gemeten. Hoeveel van hen zijn daar nog? Van wie zakte, is alleen bekend tussen welke twee metingen dat "
            "was. Daarom staat er een schatting die daarmee rekent" + _bounds_told(seen) + "." + _short(rows)
        ),
        Table(
            "Deel van de mensen dat nog op niveau 4 of hoger is, volgens de metingen (marge 95%)",
            ("Leefgebied", "Mensen", *after),
            seen,
            texts=frozenset({2, 3, 4}),
        ),
        Text(
            "Wie tussen twee metingen zakte en weer opkrabbelde, zien de metingen niet. Een model telt die "
            "mensen wel mee en komt daarom meestal lager uit. Scoren medewerkers onnauwkeurig, dan kloppen beide niet: "
            "het model ziet dan terugval die er niet was."
        ),
        Table(
            "Hetzelfde volgens het model, met de maanden op niveau 4 of hoger in het jaar erna (marge)",
            ("Leefgebied", *after, "Maanden per persoon"),
            modelled,
            texts=frozenset({1, 2, 3, 4}),
        ),
        *refused,
        *or_return(source),
    ]


def _refused(rows: pd.DataFrame) -> list[Part]:
    """Why a life domain has no figure, by reason; the measured share and the model each have reasons of their own."""
    items = by_reason(rows[~rows["measure"].str.endswith("_or_return")])
    return [Text("Niet alles is te berekenen:"), Points(items)] if items else []


Found = dict[tuple[str, str], pd.Series]


def _people(found: Found, domain: str) -> str:
    return dutch.count(max(row["n_clients"] for (one, _), row in found.items() if one == domain))


def _bracket(row: pd.Series | None) -> str:
    """The estimate with its margin, and the two ends that the measurements leave where these are apart."""
    if row is None:
        return dutch.NOT_SHOWN
    checks, shown = Assumptions.of(str(row["assumptions"])), _share(row)
    lowest, highest = (checks.number("between_measurements", name) for name in ("lowest", "highest"))
    if lowest is None or highest is None or lowest == highest:
        return shown
    return f"{shown}; open: {dutch.between(lowest, highest, dutch.percent)}"


def _bounds_told(seen: tuple[tuple[str, ...], ...]) -> str:
    """What stands behind 'open', where something does."""
    if not any("open:" in cell for _, *cells in seen for cell in cells):
        return ""
    return ". Achter 'open' staan de onder- en de bovengrens die de metingen openlaten"


def _share(row: pd.Series | None) -> str:
    if row is None:
        return dutch.NOT_SHOWN
    return dutch.with_margin(row["estimate"], row["ci_low"], row["ci_high"], dutch.percent)


def _months(row: pd.Series | None) -> str:
    if row is None:
        return dutch.NOT_SHOWN
    return dutch.with_margin(row["estimate"], row["ci_low"], row["ci_high"], lambda value: dutch.decimal(value, 1))


def _short(rows: pd.DataFrame) -> str:
    """A warning where most people were followed for less than a year."""
    checked = [Assumptions.of(str(text)) for text in rows["assumptions"]]
    too_short = [one.number("follow_up", "median_months") for one in checked if one.holds("follow_up") is False]
    medians = [median for median in too_short if median is not None]
    if not medians:
        return ""
    return (
        f" De helft van de mensen is hier korter dan {dutch.count(max(medians))} maanden gevolgd. Noem een resultaat "
        "dus nog niet blijvend."
    )
