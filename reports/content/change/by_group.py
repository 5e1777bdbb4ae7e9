"""Change per neighbourhood and per year of intake, in small multiples: one picture per life domain, by name.

Only where the study shows that slice in every release. A neighbourhood is no team: who lives there differs, and so
does where they began, so nothing here is a judgement of a neighbourhood or a year.
"""

from __future__ import annotations

import pandas as pd

from data_contracts.tables.released import SHOWS_FIGURES
from data_contracts.vocabulary.slices import Dimension, group_label
from indicators.change.shares import with_shares
from reports.charts.specs import Intervals, Series
from reports.content.change.on_the_map import on_the_map
from reports.content.parts import Explanation, Figure, Heading, Part, Table, Text
from reports.language import dutch, terms
from reports.released.source import Source

AREAS, YEARS = "Per wijk", "Per jaar van binnenkomst"
_HEADINGS = {Dimension.AREA: AREAS, Dimension.COHORT: YEARS}
_READ = {
    Dimension.AREA: "Wijken staan op volgorde van naam; een ranglijst is dit niet. Wie er wonen en waar zij begonnen, "
    "verschilt per wijk. Een kleine wijk gaat op in een ruimere groep of staat er niet.",
    Dimension.COHORT: "Wie pas kwam, is korter gevolgd en vaker nog niet opnieuw gemeten. Vergelijk daarom alleen "
    "jaren die helemaal voorbij zijn.",
}
_BREAK = (
    " De studie heeft twee edities van de ZRM. Een verandering is altijd binnen één editie; wie onder de ene begon, is "
    "niet met de andere vergeleken. Leefgebieden die niet vergelijkbaar zijn, staan apart."
)


def by_group(source: Source) -> list[Part]:
    """A section per slice that the release holds, each with a picture and its numbers; else nothing."""
    return [part for name in (Dimension.AREA, Dimension.COHORT) for part in _section(source, name)]


def _section(source: Source, name: Dimension) -> list[Part]:
    rows = with_shares(source.leading(source.change("zrm", source.main_pair, str(name))))
    rows = rows[rows["mean_change"].notna()]
    if rows["slice_value"].nunique() < 2:
        return []
    rows = rows.sort_values("slice_value", kind="stable")
    domains = [code for code in source.facts.headline_domains if code in set(rows["life_domain"])]
    has_break = name is Dimension.COHORT and len(source.facts.editions) > 1
    words = _READ[name] + _BREAK * has_break + _hidden(source, name)
    parts: list[Part] = [Heading(_HEADINGS[name]), Text(words)]
    for code in domains:
        of_domain = rows[rows["life_domain"] == code]
        figure = _figure(source, of_domain, name)
        parts.append(figure)
        if name is Dimension.AREA and source.facts.area_map:
            parts.append(on_the_map(figure, of_domain, source.facts.area_map))
    return parts


def _hidden(source: Source, name: Dimension) -> str:
    """That groups are hidden, where some are; which ones is nobody's business."""
    first, last = source.main_pair
    rows = source.leading(
        source.rows("out_change__by_domain", subject="zrm", slice=str(name), moment_from=first, moment_to=last)
    )
    hidden = rows[~rows["status"].isin(SHOWS_FIGURES) | rows["mean_change"].isna()]
    return " Groepen met te weinig mensen staan er niet in." if len(hidden) else ""


def _figure(source: Source, rows: pd.DataFrame, name: Dimension) -> Figure:
    domain = terms.domain(str(rows["life_domain"].iloc[0]))
    labels = tuple(group_label(str(name), str(value)) for value in rows["slice_value"])
    values = (tuple(rows[one].astype(float)) for one in ("mean_change", "mean_change_low", "mean_change_high"))
    body = tuple(
        (
            label + source.mark("out_change__by_domain", row, "mean_change", dutch.signed),
            dutch.count(row["n_clients"]),
            dutch.percent(row["share_up"]),
            dutch.percent(row["share_down"]),
            dutch.signed(row["mean_change"]),
            dutch.between(row["mean_change_low"], row["mean_change_high"], dutch.signed),
        )
        for label, (_, row) in zip(labels, rows.iterrows(), strict=True)
    )
    first, last = map(terms.moment, source.main_pair)
    return Figure(
        f"{domain}: verandering {_HEADINGS[name].lower()}",
        Intervals(labels, (Series("Verandering", *values),), "punten op de schaal van 1 tot 5", 1.0, dutch.signed),
        Table(
            f"{domain} {_HEADINGS[name].lower()}",
            ("Groep", "Mensen", "Vooruit", "Achteruit", "Verandering", "Marge (95%)"),
            body,
        ),
        Explanation(
            "Latere score min eerdere score, gemiddeld over de mensen van de groep; de marge over de teams.",
            f"{dutch.count(rows['n_clients'].min())} tot {dutch.count(rows['n_clients'].max())} mensen per groep",
            f"Mensen met een score op beide momenten: {first} tot {last}.",
            "Dit is een verandering. Waardoor groepen verschillen, is hier niet te zien.",
        ),
    )
