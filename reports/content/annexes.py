"""What is read by everybody, and what stands behind it: the chapters divided into a main report and annexes A to E.

Only what is named here moves; whatever a chapter gains stays in the main report until somebody decides otherwise.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from reports.content.over_releases import TITLE as OVER_RELEASES
from reports.content.parts import Chapter, Figure, Heading, Part, Table, Text

ANNEXES = {
    "A": "Alle leefgebieden en het verloop",
    "B": "Andere rekenwijzen, en wie er ontbreekt",
    "C": "Indicatoren, verbanden en het Wmo-plan",
    "D": "Uitgangspunten, en strenger rekenen",
    "E": "Gegevens, privacy en versies",
}
WHOLE = {"zekerheid": "B", "verantwoording": "E"}
# Sections of a chapter, by their heading.
SECTIONS = {
    ("sinds", OVER_RELEASES): "A",
    ("verandering", "Wie veranderde meer dan meetruis?"): "A",
    ("verandering", "Wie kon er vooruit?"): "A",
    ("verandering", "Is het meer dan vanzelf terugveren?"): "B",
    ("verandering", "Maakt het uit wie scoorde?"): "B",
    ("verandering", "Verschillen tussen teams"): "A",
    ("verandering", "Per wijk"): "A",
    ("verandering", "Per jaar van binnenkomst"): "A",
    ("oorzaak", "Waar dit op rust"): "B",
    ("oorzaak", "Anders gerekend"): "B",
    ("oorzaak", "Wie niet opnieuw is gemeten"): "B",
    ("oorzaak", "Het effect per groep"): "B",
    ("hulp", "Hoe de trajecten verliepen"): "A",
    ("resultatenlogica", "De indicatoren"): "C",
    ("resultatenlogica", "De verbanden"): "C",
    ("resultatenlogica", "Het verhaal achter elk effect"): "C",
    ("resultatenlogica", "Voor het Wmo-plan"): "C",
    ("mkba", "Het probleem"): "D",
    ("mkba", "Wat is meer weten waard?"): "D",
    ("mkba", "Waar dit op rust"): "D",
}
# Of chapters with many figures alike, how many stay; the others go to the annex of the letter.
FIGURES = {
    "verandering": (1, "A"),
    "verloop": (1, "A"),
    "ladder": (1, "A"),
    "ervaren-baat": (1, "A"),
    "oorzaak": (2, "B"),
}
# Tables that a reader of the main report can do without, by how their caption begins.
TABLES = {
    ("verandering", "De leidende leefgebieden tussen andere momenten"): "A",
    ("oorzaak", "Hetzelfde volgens het model"): "B",
    ("mkba", "Bij welke waarde slaat het saldo om?"): "D",
    ("mkba", "Twee uitgangspunten tegelijk"): "D",
    ("mkba", "Wat als we strenger rekenen?"): "D",
    ("mkba", "Wat er per jaar te verzilveren is"): "D",
}


@dataclass(frozen=True, slots=True)
class Divided:
    """The chapters of the main report, and those of the annexes."""

    main: list[Chapter]
    annexes: list[Chapter]


@dataclass
class _Pile:
    """What one chapter leaves in an annex."""

    parts: dict[str, list[Part]] = field(default_factory=dict)

    def add(self, letter: str, part: Part) -> None:
        self.parts.setdefault(letter, []).append(part)


def divided(chapters: list[Chapter]) -> Divided:
    """Every part once, in its order: here or there."""
    main: list[Chapter] = []
    behind: dict[str, list[Part]] = {letter: [] for letter in ANNEXES}
    for chapter in chapters:
        pile = _Pile()
        kept = list(_kept(chapter, pile))
        for letter, parts in pile.parts.items():
            behind[letter] += [Heading(chapter.title), *map(_lower, parts)]
        if chapter.id not in WHOLE:
            main.append(replace(chapter, parts=(*kept, *_elsewhere(pile))))
    annexes = [
        Chapter(f"bijlage-{letter.lower()}", f"Bijlage {letter}. {title}", tuple(behind[letter]))
        for letter, title in ANNEXES.items()
        if behind[letter]
    ]
    return Divided(main, annexes)


def _kept(chapter: Chapter, pile: _Pile) -> Iterator[Part]:
    """The parts that stay; the others are put on the pile."""
    section, n_figures = WHOLE.get(chapter.id), 0
    for part in chapter.parts:
        if isinstance(part, Heading) and chapter.id not in WHOLE:
            section = SECTIONS.get((chapter.id, part.words))
        letter = section
        if isinstance(part, Figure) and letter is None:
            most, other = FIGURES.get(chapter.id, (len(chapter.parts), ""))
            letter = other if n_figures >= most else None
            n_figures += 1
        if isinstance(part, Table) and letter is None:
            letter = _of_table(chapter.id, part)
        if letter is None:
            yield part
        else:
            pile.add(letter, part)


def _of_table(chapter: str, table: Table) -> str | None:
    return next(
        (letter for (of, begins), letter in TABLES.items() if of == chapter and table.caption.startswith(begins)), None
    )


def _lower(part: Part) -> Part:
    """A heading of a chapter's section, below the chapter's own title in the annex."""
    return replace(part, level=3) if isinstance(part, Heading) else part


def _elsewhere(pile: _Pile) -> list[Part]:
    letters = sorted(pile.parts)
    if not letters:
        return []
    return [Text(f"Meer hierover staat in bijlage {' en '.join(letters)}.")]
