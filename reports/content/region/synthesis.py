"""What works across municipalities: one page, from released figures only."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from data_contracts.practice import Practice
from indicators.synthesis.outcomes import CHANGE, KINDS, OutcomeTogether
from indicators.synthesis.random_effects import FEWEST
from reports.content.parts import Chapter, Heading, Part, Points, Table, Text, numbered
from reports.content.region.facts import RegionFacts
from reports.content.region.features import features
from reports.content.region.forest import forest
from reports.content.region.questions import questions
from reports.content.region.words import KIND, municipalities, name_of, show_of
from reports.language import dutch


def synthesis_chapter(facts: RegionFacts, outcomes: Sequence[OutcomeTogether], practice: Practice) -> Chapter:
    """The page as a chapter; the strongest kind of evidence first, and no outcome drawn twice."""
    parts: list[Part] = [
        Text(
            "Deze bladzijde legt gepubliceerde cijfers van gemeenten naast elkaar. Er is niets gelezen dan wat elke "
            "gemeente al heeft vrijgegeven. Het gemiddelde zegt wat gemeenten samen vonden; de regel 'een volgende "
            "gemeente' zegt wat een gemeente die niet meedeed mag verwachten. Die tweede is bijna altijd breder."
        ),
        Points(tuple(_who(facts))),
    ]
    drawn: set[tuple[str, ...]] = set()
    is_any = any(one.synthesis for one in outcomes)
    for kind in KINDS if is_any else ():
        parts += _of_kind(facts, [one for one in outcomes if one.kind == kind], kind, drawn)
    if not is_any:
        parts.append(
            Text(f"Van geen enkele uitkomst zijn er {FEWEST} gemeenten met een cijfer: er is nog niets te zeggen.")
        )
    parts += features(facts, outcomes)
    parts += [Heading("Vragen uit de praktijk"), *questions(practice, outcomes)]
    parts += [Heading("Wat dit niet zegt"), Points(tuple(_limits()))]
    (chapter,) = numbered([Chapter("synthese", f"Wat werkt in {facts.region}?", tuple(parts))])
    return chapter


def _who(facts: RegionFacts) -> Iterator[str]:
    n = len(facts.takers)
    yield f"{municipalities(facts.n_released)} met een geldende publicatie, van {n} in de regio."
    n_left_out = sum(bool(one.left_out) for one in facts.takers)
    if n_left_out:
        yield f"Van {municipalities(n_left_out)} telt de publicatie niet mee: een oudere versie maakte die."
    named = sorted(
        name for name, one in zip(facts.shown_names, facts.takers, strict=True) if name is not None and one.has_release
    )
    if named:
        yield f"Met naam, omdat zij daarmee instemden: {dutch.listed(named)}."
    if len(named) < facts.n_released:
        yield (
            "Een gemeente zonder eigen toestemming staat er zonder naam. De nummers daarbij gelden alleen binnen één "
            "figuur. Wie de eigen publicatie van een gemeente kent, kan haar cijfer herkennen."
        )


def _of_kind(
    facts: RegionFacts, found: list[OutcomeTogether], kind: str, drawn: set[tuple[str, ...]]
) -> Iterator[Part]:
    together = [one for one in found if one.synthesis]
    alone = dict.fromkeys(name_of(one) for one in found if not one.synthesis and len(one.rows))
    if together or alone:
        yield Heading(KIND[kind])
    if together and kind == CHANGE:
        yield Text(
            "Dit is hoe scores veranderden. Of dat door de aanpak komt, is hier niet te zeggen: mensen komen vaak "
            "binnen op een dieptepunt, en ook zonder hulp verandert er iets."
        )
    if together:
        yield _table(kind, together)
    for one in together:
        about = tuple(one.about[name] for name in ("subject", "life_domain", "what", "scale", "unit"))
        if about not in drawn:
            yield forest(facts, one)
        drawn.add(about)
    if alone:
        yield Text(f"Van minder dan {FEWEST} gemeenten, en daarom niet samengenomen: {dutch.listed(list(alone))}.")


def _table(kind: str, found: list[OutcomeTogether]) -> Table:
    rows = []
    for one in found:
        mean, show = one.synthesis, show_of(one)
        assert mean is not None  # noqa: S101  asked by its caller
        rows.append(
            (
                name_of(one),
                str(mean.n),
                str(one.n_hidden),
                show(mean.mean),
                dutch.between(mean.low, mean.high, show),
                dutch.between(mean.expected_low, mean.expected_high, show),
            )
        )
    columns = ("Uitkomst", "Gemeenten", "Niet getoond", "Gemiddeld", "Marge (95%)", "Een volgende gemeente (95%)")
    return Table(f"{KIND[kind]}: alle uitkomsten samen", columns, tuple(rows))


def _limits() -> Iterator[str]:
    yield "Gemeenten die meedoen zijn niet geloot. Wie niet meedoet of niet publiceert, kan andere uitkomsten hebben."
    yield (
        "Een cijfer dat te weinig mensen betreft, staat niet in een publicatie en telt hier dus niet mee. Kleine "
        "gemeenten zijn daardoor minder vaak te zien dan grote."
    )
    yield (
        "'Aantoonbaar' houdt rekening met alle uitkomsten die van dezelfde soort bewijs zijn samengenomen (Holm). Een "
        "enkele marge op zichzelf doet dat niet."
    )
    yield "Een cijfer hier is om van te leren. Het is geen norm, en geen ranglijst van gemeenten."
