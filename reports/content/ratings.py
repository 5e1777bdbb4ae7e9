"""For the researcher: how the ratings were made, and the same change by other methods."""

from __future__ import annotations

from reports.content.change.individual import table as individual_table
from reports.content.parts import Heading, Part, Points, Table, Text
from reports.language import dutch, terms
from reports.released.source import Source

# Models of levels in time know clients and no teams (docs/decisions/0048).
NOT_BY_TEAM = (
    "Het model telt mensen van één team als los van elkaar. Lijken zij op elkaar, dan is de marge te smal. De marges "
    "van de verandering zelf houden daar wel rekening mee."
)
TESTS = {
    "sign": "Tekentoets",
    "mcnemar": "Grens van voldoende (McNemar)",
    "stuart_maxwell": "Hele verdeling (Stuart-Maxwell)",
}
STANDS_OUT = {True: "valt op", False: "valt niet op"}
MEASURES = {
    "icc_agreement": "Zelfde score (ICC)",
    "icc_consistency": "Zelfde volgorde (ICC)",
    "weighted_kappa": "Gewogen kappa",
}


def ratings(source: Source) -> list[Part]:
    """Signs of haste, and the agreement of two professionals."""
    rows = source.shown("out_quality__ratings", subject="zrm", slice="all")
    if rows.empty:
        return []
    row = rows.iloc[0]
    return [
        Heading("Kwaliteit van de scores"),
        Points(
            (
                "Mensen bij wie minstens één keer op alle leefgebieden dezelfde score is ingevuld: "
                f"{source.part_in_words(row, 'n_straight_lined')} van {dutch.count(row['n_clients'])}.",
                "Mensen bij wie minstens één keer de vorige lijst precies is overgenomen: "
                f"{source.part_in_words(row, 'n_copied_forward')} van {source.part_in_words(row, 'n_followed_up')} "
                "die opnieuw zijn gemeten.",
                "Beide kunnen kloppen; het kan ook haast zijn.",
            )
        ),
        *_agreement(source),
    ]


def _agreement(source: Source) -> list[Part]:
    rows = source.shown("out_quality__agreement", subject="zrm").dropna(subset=["estimate"])
    if rows.empty:
        return []
    lines = []
    for code, group in rows.groupby("life_domain", sort=False, observed=True):
        cells = {
            str(one["measure"]): f"{dutch.decimal(one['estimate'])} "
            f"({dutch.between(one['ci_low'], one['ci_high'], dutch.decimal)})"
            for _, one in group.iterrows()
        }
        shown = (cells.get(measure, dutch.NOT_SHOWN) for measure in MEASURES)
        lines.append((terms.domain(str(code)), dutch.count(group["n_clients"].max()), *shown))
    caption = "Overeenstemming van twee professionals die kort na elkaar scoorden (marge 95%)"
    return [Table(caption, ("Leefgebied", "Mensen", *MEASURES.values()), tuple(lines))]


def other_methods(source: Source) -> list[Part]:
    """The leading life domains by other tests, by levels per year, and by Edwards-Nunnally."""
    parts = [*_tests(source), *_growth(source)]
    rows = source.leading(source.beside_change("out_change__reliable", method="edwards_nunnally"))
    if len(rows):
        parts.append(
            individual_table(source, rows, "Verandering per persoon met terugveren eraf (Edwards en Nunnally)")
        )
    return [Heading("Dezelfde verandering op andere manieren"), *parts] if parts else []


def _tests(source: Source) -> list[Part]:
    rows = source.leading(source.beside_change("out_change__companions", slice="all"))
    if rows.empty:
        return []
    lines = []
    for code, group in rows.groupby("life_domain", sort=False, observed=True):
        found = {str(row["test"]): STANDS_OUT[bool(row["is_significant"])] for _, row in group.iterrows()}
        lines.append((terms.domain(str(code)), *(found.get(test, dutch.NOT_SHOWN) for test in TESTS)))
    columns = ("Leefgebied", *TESTS.values())
    return [
        Table("Andere toetsen, elk op zichzelf", columns, tuple(lines), frozenset(range(1, len(columns)))),
        Text(
            "'Valt op': was er niets veranderd, dan kwam zo'n uitkomst in minder dan 5 van de 100 keer voor. Hier is "
            "niet meegeteld naar hoeveel uitkomsten en toetsen er is gekeken; 'aantoonbaar' elders is strenger."
        ),
    ]


def _growth(source: Source) -> list[Part]:
    rows = source.leading(source.shown("out_change__growth", subject="zrm", slice="all"))
    if rows.empty:
        return []
    lines = tuple(
        (
            terms.domain(str(row["life_domain"])),
            dutch.count(row["n_clients"]),
            dutch.signed(row["levels_per_year"]),
            dutch.between(row["per_year_low"], row["per_year_high"], dutch.signed),
        )
        for _, row in rows.iterrows()
    )
    reasons = rows["refused_because"].dropna().unique()
    return [
        Table("Punten per jaar, uit alle metingen", ("Leefgebied", "Mensen", "Per jaar", "Marge (95%)"), lines),
        Text(f"Deze marge gaat over mensen en niet over teams. {NOT_BY_TEAM}"),
        *(Text(str(reason)) for reason in reasons),
    ]
