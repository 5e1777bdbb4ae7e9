"""Two sessions of a circle as records: the first has everything, the second adopts it."""

from __future__ import annotations

from pipelines.storage.circle_journal import CircleJournal
from tests.circle.told import FINANCES, HOUSING, SECOND, card, opened, said

CARD, PILE = "Schulden komen laat boven tafel", "Te laat in beeld"
READING, DISSENT = "Mensen krijgen weer grip, maar laat", "Het loket ziet vooral wie terugkomt"
BOTTLENECK, PROMISE = "Brieven over schulden zijn te moeilijk", "Vragen naar achterstanden bij elk gesprek"
_WORDS = {"item": "lezing-01", "figure": FINANCES, "text": READING, "groups": ["team", "access"]}


def first_session(journal: CircleJournal) -> None:
    """Opening, hands, reveal, cards, a pile with dots, a reading, an agreement, a bottleneck, close."""
    for one in (
        opened(question="Wie zien wij niet?", question_goes="register"),
        said("guess", figure=FINANCES, group="team", up=6, equal=1, down=1),
        said("guess", figure=FINANCES, group="leaders", up=1, equal=1, down=2),
        said("revealed", figure=FINANCES, shows=1),
        card(CARD, id="kaart-001"),
        card("Wie belt, krijgt hulp", "together", id="kaart-002"),
        card("Jongeren van achttien", topic="onze-vraag", id="kaart-003"),
        said("cluster", item="stapel-1", topic=FINANCES, name=PILE, cards=["kaart-001", "kaart-002"]),
        said("dots", cluster="stapel-1", group="team", dots=7),
        said("reading", status="concept", dissent=DISSENT, **_WORDS),
        said("promise", item="afspraak1", text=PROMISE, owner="teamleider", due="2026-05-01"),
        said("exchange", item="punt-0001", what="bottleneck", text=BOTTLENECK, owner="beleid schuldhulp"),
        said("closed", next_on=SECOND),
    ):
        journal.add(one)


def second_session(journal: CircleJournal) -> None:
    """The minutes and the reading are adopted, the agreement is settled."""
    for one in (
        opened(SECOND, agenda=[HOUSING]),
        said("minutes_adopted", SECOND, of="2026-02-12"),
        said("reading", SECOND, status="adopted", dissent=DISSENT, **_WORDS),
        said(
            "promise",
            SECOND,
            item="afspraak1",
            text=PROMISE,
            owner="teamleider",
            due="2026-05-01",
            status="done",
            why="Het staat nu in het gespreksformulier",
        ),
    ):
        journal.add(one)
