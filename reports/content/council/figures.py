"""Four figures for the first page: who rose, what the comparison shows, what clients say, what a year costs."""

from __future__ import annotations

from data_contracts.demonstrable import LESS, MORE
from data_contracts.part_years import last_whole_year, years_in_part
from data_contracts.vocabulary.field import ALL, Stamp
from indicators.change.shares import with_shares
from reports.content.change.beside import noise_range
from reports.content.costs_used import costs_used
from reports.content.parts import Number, Numbers
from reports.language import dutch, wording
from reports.released.source import Source

UNKNOWN = "onbekend"


def four_figures(source: Source) -> Numbers:
    """Always four: what was not measured says so in its place."""
    return Numbers((_rose(source), _due(source), _said(source), _costs(source)))


def _rose(source: Source) -> Number:
    tables = ("out_change__by_domain", "out_change__noise_floor")
    label = "van de mensen met twee metingen ging vooruit"
    rows = with_shares(source.leading(source.change("zrm", source.main_pair))).dropna(subset=["share_up"])
    if rows.empty:
        return Number(UNKNOWN, "hoeveel mensen vooruitgingen", "Daarvoor zijn twee metingen per persoon nodig.", tables)
    shown = dutch.between(rows["share_up"].min(), rows["share_up"].max(), dutch.percent)
    noise = noise_range(source)
    beside = f"Door meetruis alleen al naar schatting {noise}." if noise else "Een deel daarvan is meetruis."
    return Number(shown, label, beside, tables)


def _due(source: Source) -> Number:
    tables = ("out_effects__estimates",)
    if source.stamp is Stamp.CHANGE:
        needs = "Er is geen groep om mee te vergelijken."
        return Number("niet te zeggen", "of dat door de aanpak komt", needs, tables)
    rows = source.leading(source.claims[source.claims["subject"] == "zrm"])
    outcome = wording.EVIDENCE[source.stamp].outcome
    found = int(rows["shows"].isin([MORE, LESS]).sum())
    label = f"leidende leefgebieden met een aantoonbaar {outcome}"
    if source.stamp is Stamp.INDICATION:
        label = "leidende leefgebieden met een aanwijzing"
    return Number(f"{found} van {len(rows)}", label, f"Stempel: {source.stamp.label}.", tables)


def _said(source: Source) -> Number:
    tables, label = ("out_change__series",), "was het rapportcijfer van cliënten zelf"
    rows = source.shown("out_change__series", subject="experienced", life_domain="mark_1_10", cohort=ALL)
    last = rows.dropna(subset=["mean_score"]).sort_values("months_since_intake").tail(1)
    if last.empty:
        return Number(
            UNKNOWN, "welk rapportcijfer cliënten zelf geven", "Dat is niet gevraagd of niet aangeleverd.", tables
        )
    row = last.iloc[0]
    beside = f"{dutch.count(row['n_clients'])} antwoorden; wie niet antwoordt, telt niet mee."
    return Number(dutch.decimal(row["mean_score"], 1), label, beside, tables)


def _costs(source: Source) -> Number:
    """The last year in which costs were delivered; where there is one, a year that is not delivered in part."""
    tables = ("out_costs__by_year",)
    rows = source.shown("out_costs__by_year")
    if rows.empty:
        return Number(UNKNOWN, "wat de teams per jaar kosten", "Dat is niet aangeleverd.", tables)
    year = last_whole_year(rows["year"], years_in_part(source.table("out_reach__by_year")))
    now = rows[rows["year"] == year]
    extra, usual = (float(now.loc[now["is_new_approach"] == is_new, "amount_eur"].sum()) for is_new in (True, False))
    if not extra:
        return Number(dutch.exact_euros(usual), f"kostten de teams in {year}", "Alle kosten samen.", tables)
    beside = f"Bovenop {dutch.exact_euros(usual)} aan gewone kosten van de teams. {costs_used(source)}".rstrip()
    return Number(dutch.exact_euros(extra), f"extra voor de nieuwe aanpak in {year}", beside, tables)
