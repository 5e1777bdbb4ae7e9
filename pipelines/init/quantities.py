"""What stands beside a quantity and makes it another one: a scale above the table, a period, minutes, a count."""

from __future__ import annotations

import re

from data_contracts.mapping.fields import FIELDS
from data_contracts.vocabulary.names import folded
from pipelines.init.kinds import slug
from pipelines.init.numbers_found import plain_number
from pipelines.init.one_kind import Reading
from pipelines.init.questions import Question
from pipelines.init.tables_found import is_amount, is_scaled
from pipelines.intake.reading.telling import FEW

YES, NO = "ja", "nee"
_PERIOD = re.compile(
    r"(?:per|elke|iedere) (?:dag|week|maand|kwartaal|jaar|periode|etmaal|uur|dagdeel|\w+ (?:dagen|weken|maanden))"
    r"|(?:dagelijks|wekelijks|maandelijks|jaarlijks|vierwekelijks|4 wekelijks|per kwartaal)",
)
_MINUTES = ("minuten", "aantal minuten", "min")
_COUNTS = ("aantal", "aantal keer", "aantal meldingen", "aantal gebeurtenissen", "aantal incidenten", "frequentie")


def place_quantities(reading: Reading) -> None:
    """Ask about every quantity of which something beside it says that it is not what it seems."""
    if (because := _other_amount(reading)) and _is_not(
        reading,
        Question(
            reading.name("bedrag"),
            f"{because} Is het bedrag op elke regel toch in hele euro's, en van de hele periode?",
            {YES: "het bedrag wordt gelezen zoals het er staat", NO: "het bedrag wordt niet gelezen"},
        ),
        NO,
    ):
        _without(reading, "amount_eur", "een uitdraai met hele bedragen in euro's")
    if (column := _named(reading, _MINUTES)) and "hours" in reading.columns:
        hours = reading.columns["hours"]
        question = Question(
            reading.name("minuten", slug(column)),
            f"In {reading.kind.label} staat kolom '{column}' naast '{hours}'. Horen de minuten bij die uren?",
            {YES: "ja; de uren worden niet gelezen", NO: "nee; de uren zijn volledig"},
        )
        if _is_not(reading, question, YES):
            _without(reading, "hours", "een uitdraai met uren in één kolom")
    if reading.table == "events" and (column := _named(reading, _COUNTS)):
        question = Question(
            reading.name("aantal", slug(column)),
            f"Kolom '{column}' van {reading.kind.label} lijkt te zeggen hoe vaak het gebeurde; elke regel telt "
            "één keer. Klopt dat?",
            {YES: "elke regel is één gebeurtenis", NO: "het bestand blijft erbuiten"},
        )
        if _is_not(reading, question, NO):
            reading.aside = (
                f"kolom '{column}' telt gebeurtenissen op. Vraag een uitdraai met een regel per gebeurtenis."
            )


def _is_not(reading: Reading, question: Question, reply: str) -> bool:
    return reading.talk.text(question) == reply


def _without(reading: Reading, ours: str, instead: str) -> None:
    """Leave a quantity unread; a table that cannot do without it stays outside."""
    reading.columns.pop(ours, None)
    if FIELDS[reading.table][ours] or ours in reading.grid.made:
        reading.aside = f"de bedragen zijn niet in hele euro's. Vraag {instead}."


def _other_amount(reading: Reading) -> str | None:
    if "amount_eur" not in (*reading.columns, *reading.grid.made):
        return None
    names = [sheet.sheet.name for sheet in reading.kind.sheets] + [sheet.file for sheet in reading.kind.sheets]
    if any(is_scaled(text) and (is_amount(text) or re.search(r"\bx\b", text.casefold())) for text in reading.around):
        return f"Boven of onder de tabel in {reading.kind.label} staat dat bedragen in duizenden of centen zijn."
    if any(re.search(r"(?<![a-z])(?:x ?1[. ]?000|duizend|miljoen|k€|centen)", name.casefold()) for name in names):
        return f"De naam van {reading.kind.label} zegt dat bedragen in duizenden of centen zijn."
    for name in reading.leftovers:
        words = [folded(text) for text in reading.grid.counts(name)]
        if 0 < len(words) <= FEW and any(_PERIOD.fullmatch(word) for word in words):
            return f"Kolom '{name}' van {reading.kind.label} noemt een periode, zoals een week of een maand."
    return None


def _named(reading: Reading, names: tuple[str, ...]) -> str | None:
    """A column that is not read, has one of these names and holds numbers that matter."""
    for name in reading.leftovers:
        numbers = [plain_number(cell) for cell in reading.grid.counts(name)]
        if folded(name.replace("_", " ")) in names and any(one is not None and one not in (0, 1) for one in numbers):
            return name
    return None
