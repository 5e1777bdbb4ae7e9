"""What a study could ever show, on one page: a picture, the numbers beside it, and what would make them better."""

from __future__ import annotations

import statistics
from collections.abc import Iterator

from data_contracts.planned import Choice, PlannedOutcome, PlannedStudy
from data_contracts.vocabulary.field import SCORES
from indicators.comparison.figures import TOO_FAR_APART
from reports.charts.specs import Bars
from reports.content.parts import Chapter, Explanation, Figure, Heading, Part, Points, Table, Text
from reports.language import dutch, terms

AFTERWARDS = (
    "Let op: er is in deze studie al eerder een rapport gemaakt. Deze bladzijde is dus niet van vooraf, al is zij op "
    "dezelfde manier gerekend."
)
NOTHING, TOO_FEW, NOT_ASKED = "nee", "te weinig", "n.v.t."
CHOICES: dict[Choice, str] = {
    "now": "Zoals nu",
    "everybody_twice": "Iedereen twee keer gemeten",
    "another_year": "Een jaar langer",
    "twice_as_many_teams": "Twee keer zoveel teams",
    "drawn_order": "Loting wie begint",
    "drawn_order_and_teams": "Loting en twee keer zoveel teams",
}
# The heads of a table that fits a terminal.
_SHORT: dict[Choice, str] = {
    "now": "Nu",
    "everybody_twice": "2 metingen",
    "another_year": "Jaar erbij",
    "twice_as_many_teams": "2x teams",
    "drawn_order": "Loting",
    "drawn_order_and_teams": "Loting, 2x teams",
}
_DESIGNS = {
    "before_after": "alleen voor en na: niemand om mee te vergelijken",
    "comparison": "een vergelijking met andere teams",
    "staggered": "teams die op verschillende momenten beginnen",
    "series": "één reeks in de tijd, zonder andere teams",
}
_COMPARES = ("comparison", "staggered")


def plan_chapter(plan: PlannedStudy) -> Chapter:
    """The page as a chapter; every figure in it may be told."""
    leading = [one for one in plan.outcomes if one.subject == "zrm" and one.is_headline]
    others = [one for one in plan.outcomes if one not in leading]
    parts: list[Part] = [
        Text(
            "Deze bladzijde is gerekend zonder te kijken hoe het afliep met cliënten van de nieuwe aanpak. Zij zegt "
            "hoe groot een echt verschil moet zijn om het te zien. 'Zien' betekent: bij een verschil van die grootte "
            "noemt het rapport het in 80 van de 100 keer aantoonbaar. Is het verschil kleiner, dan zegt het rapport "
            "vaak 'geen aantoonbaar verschil', ook als de aanpak werkt."
        ),
        *([] if plan.is_beforehand else [Text(AFTERWARDS)]),
        Points(tuple(_study(plan))),
        *_picture(leading),
        _table("Het kleinste verschil dat u zou zien: de leefgebieden die u vooraf koos", leading),
        Points(tuple(_columns())),
        *_words("Wat mensen gebruiken", _use(plan)),
        *_words("In euro's", _euros(plan)),
        *_words("Wat helpt", _helps(plan, leading)),
        *([_table("Het kleinste verschil bij al het andere", others)] if others else []),
        Heading("Wat dit niet zegt"),
        Points(tuple(_limits(plan))),
    ]
    return Chapter("plan", f"Wat kan {plan.municipality} laten zien?", tuple(parts))


def shown(one: PlannedOutcome, choice: Choice) -> str:
    """The smallest difference of an outcome under a choice, in words."""
    size = one.smallest.get(choice)
    if one.is_about_too_few:
        return TOO_FEW
    if size is None:
        return NOT_ASKED if choice == "everybody_twice" and one.subject not in SCORES else NOTHING
    return terms.unit(one.unit).show(size).lstrip("+")


def _study(plan: PlannedStudy) -> Iterator[str]:
    yield f"Ontwerp: {_DESIGNS[plan.design]}."
    started = f", waarvan {plan.n_started} met de nieuwe aanpak" if plan.design in _COMPARES else ""
    yield f"Teams: {plan.n_teams}{started}."
    if plan.n_clients is None or plan.clients_per_year is None:
        yield "Cliënten: te weinig om te noemen."
        return
    yield f"Cliënten: ongeveer {dutch.count(plan.n_clients)}, {dutch.count(plan.clients_per_year)} per jaar."
    if plan.share_measured_twice is None:
        yield "Van niemand is het eerste jaar al om. Aangenomen is dat iedereen na een jaar opnieuw wordt gemeten."
    else:
        yield (
            "Van wie gescoord is en van wie het eerste jaar om is, is ongeveer "
            f"{dutch.percent(plan.share_measured_twice)} opnieuw gemeten."
        )


def _picture(leading: list[PlannedOutcome]) -> list[Part]:
    """A bar per choice: the middle one of the leading outcomes."""
    sizes = {choice: _middle(leading, choice) for choice in CHOICES}
    rows = [(CHOICES[choice], size) for choice, size in sizes.items() if size is not None]
    if not rows:
        return []
    title = "Hoe groot moet een verschil zijn? Korter is beter"
    names, values = zip(*rows, strict=True)
    table = Table(
        "Het kleinste verschil, in punten", ("Keuze", "Punten"), tuple((n, dutch.decimal(v)) for n, v in rows)
    )
    explained = Explanation(
        "De middelste (mediaan) van de leefgebieden die u vooraf koos. Per leefgebied: de standaardfout en de marge "
        "die het rapport zal gebruiken, met het team als eenheid, en een kans van 80%.",
        "Zie de tabel; te kleine groepen tellen niet mee.",
        "Cliënten met een team; van wie nog niet onder de nieuwe aanpak viel, ook de tweede meting.",
        "Naar boven afgerond op 0,05 punt.",
    )
    chart = Bars(names, values, "punten op de ZRM (schaal 1 tot 5)", dutch.decimal)
    return [Figure(title, chart, table, explained, number=1)]


def _middle(leading: list[PlannedOutcome], choice: Choice) -> float | None:
    """The median over the leading outcomes; None unless each of them has a figure."""
    sizes = [one.smallest.get(choice) for one in leading if not one.is_about_too_few]
    known = [size for size in sizes if size is not None]
    return statistics.median(known) if known and len(known) == len(sizes) else None


def _table(caption: str, outcomes: list[PlannedOutcome]) -> Table:
    rows = [(_name(one), *(shown(one, choice) for choice in CHOICES)) for one in outcomes]
    return Table(caption, ("Uitkomst", *_SHORT.values()), tuple(rows))


def _columns() -> Iterator[str]:
    yield f"{_SHORT['now']}: met de teams, cliënten en startdata van nu."
    yield f"{_SHORT['everybody_twice']}: iedereen met een eerste meting krijgt ook een tweede; niemand valt uit."
    yield f"{_SHORT['another_year']}: er komt één jaar bij, met evenveel cliënten als nu."
    yield (
        f"{_SHORT['twice_as_many_teams']}: er doen nog eens zoveel teams mee die op de uwe lijken, bijvoorbeeld van "
        "een buurgemeente."
    )
    yield (
        f"{_SHORT['drawn_order']}: het lot wijst de helft van de teams aan, en die begint halverwege. De andere helft "
        "wacht tot de uitkomsten van iedereen bekend zijn."
    )
    yield (
        f"'{NOTHING}': zo is geen enkel verschil met zekerheid te zien. '{TOO_FEW}': er zijn te weinig mensen om een "
        "getal te noemen."
    )


def _name(one: PlannedOutcome) -> str:
    """What the outcome is, and in what it is counted."""
    return f"{terms.outcome(one.subject, one.life_domain, one.what)} ({terms.unit(one.unit).behind})"


def _words(heading: str, sentences: Iterator[str]) -> list[Part]:
    found = tuple(sentences)
    return [Heading(heading), Points(found)] if found else []


def _use(plan: PlannedStudy) -> Iterator[str]:
    """Where groups differ by nature the report may give no figure of it."""
    if plan.use_refused == "no":
        return
    yield (
        "De studie zegt dat de groepen van aard verschillen. Begint de ene groep lager dan de andere "
        f"({TOO_FAR_APART}), dan geeft het rapport geen cijfer van voorzieningen, gebeurtenissen, uren en soorten "
        "oplossing. Het verschil van aard zou op een effect lijken."
    )
    if plan.use_refused == "yes":
        yield (
            "Zoals het nu is, beginnen de groepen zo ver uit elkaar. U krijgt deze cijfers dus niet, ook niet met meer "
            "mensen of teams, en ook geen euro's. Met loting krijgt u ze wel."
        )
    else:
        yield (
            "Zoals het nu is, liggen de groepen niet zo ver uit elkaar, of is dat nog niet te zien. Dat kan veranderen "
            "met wie er nog komt: bij 1.200 mensen gebeurt het in ongeveer een kwart van de studies door toeval."
        )


def _euros(plan: PlannedStudy) -> Iterator[str]:
    if plan.euros is None:
        return
    if plan.euros.is_about_too_few:
        yield "Bij de voorzieningen gaat het om te weinig mensen om een bedrag te noemen."
        return
    for choice, words in CHOICES.items():
        size = plan.euros.smallest.get(choice)
        if size is not None:
            a_year = ""
            if plan.clients_per_year is not None:
                a_year = f", dat is {dutch.euros(size * plan.clients_per_year)} voor de cliënten van één jaar"
            yield f"{words}: {dutch.euros(size)} per cliënt in het eerste jaar{a_year}."
    yield (
        "Dit gaat over alle voorzieningen samen: minder van het een en meer van het ander zijn tegen elkaar "
        "weggestreept. De kosten van de aanpak zelf tellen hier niet mee; die kent u. Kost de aanpak minder per cliënt "
        "dan dit bedrag, dan kan zij zich terugverdienen zonder dat u dat aan de voorzieningen kunt zien."
    )


def _helps(plan: PlannedStudy, leading: list[PlannedOutcome]) -> Iterator[str]:
    now = _middle(leading, "now")
    if plan.design not in _COMPARES:
        yield (
            "Met dit ontwerp ziet u óf scores veranderen, nooit of dat door de aanpak komt. Meer cliënten, meer teams "
            "of meer jaren veranderen daar niets aan. Een vergelijking wel: laat het lot bepalen welke teams beginnen."
        )
    elif now is None:
        yield "Zoals het nu is, is geen verschil met zekerheid te zien. Kijk welke keuze wel een getal geeft."
    for choice, words in CHOICES.items():
        size = _middle(leading, choice)
        if choice == "now" or size is None:
            continue
        yield f"{words}: {dutch.decimal(size)} punt{_beside(size, now)}."
    yield (
        "Loting maakt het kleinste verschil niet altijd kleiner. Zij neemt wel een twijfel weg die geen rekenwerk "
        "wegneemt: of de teams die begonnen ook zonder de aanpak al anders waren."
    )


def _beside(size: float, now: float | None) -> str:
    if now is None:
        return ""
    if abs(size - now) < 0.05:  # both were rounded up to it
        return ", ongeveer even groot als nu"
    return f", {'kleiner' if size < now else 'groter'} dan nu"


def _limits(plan: PlannedStudy) -> Iterator[str]:
    yield (
        "Het gaat uit van één uitkomst die echt verschilt, en houdt rekening met alle andere die samen met haar worden "
        "bekeken. Verschillen er meer, dan ziet u ze eerder."
    )
    yield (
        "Het gaat uit van een effect dat in elk team even groot is. Loopt dat sterk uiteen, dan moet het verschil "
        "groter zijn om het te zien."
    )
    if any(one.is_assumed for one in plan.outcomes):
        yield (
            "Er zijn nog te weinig tweede metingen van vóór de nieuwe aanpak. Daarom is aangenomen dat een verandering "
            "evenveel uiteenloopt als een eerste score (samenhang 0,5 tussen twee metingen)."
        )
    yield "Alles is naar boven afgerond, en bij te weinig mensen staat er geen getal."
