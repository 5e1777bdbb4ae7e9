"""The memory of a circle keeps what was acknowledged, once, and never what points at somebody."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from data_contracts.errors import StudyError
from pipelines.storage.circle_journal import CircleJournal
from pipelines.storage.home import Home
from tests.circle.told import FINANCES, SECOND, card, opened, said

ROOT = Path(__file__).parents[2]


@pytest.fixture
def journal(tmp_path: Path) -> CircleJournal:
    kept = CircleJournal(Home(tmp_path))
    kept.add(opened())
    return kept


def test_what_was_said_is_there_again(journal: CircleJournal) -> None:
    journal.add(card("Schulden komen later boven tafel dan wij dachten"))
    assert [one.text for one in journal.memory().sessions["2026-02-12"].cards.values()] == [
        "Schulden komen later boven tafel dan wij dachten"
    ]


def test_the_same_card_posted_twice_is_kept_once(journal: CircleJournal) -> None:
    said_twice = card("Eén gedachte")
    assert [journal.add(said_twice), journal.add(said_twice)] == [True, False]
    assert len(journal.memory().sessions["2026-02-12"].cards) == 1


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Mevrouw Jansen belt elke week", "een naam"),
        ("bij Fatima Yilmaz thuis ging het mis", "een naam"),
        ("cliënt 123456782 is weer terug", "een BSN"),
        ("bel 06-12345678 voor de rest", "een telefoonnummer"),
        ("mail naar iemand@voorbeeld.nl", "een e-mailadres"),
        ("die man op 1234 AB", "een postcode"),
        ("zij, geb. 12-03-1961, kan dit niet", "een geboortedatum"),
    ],
)
@pytest.mark.parametrize("field", ["card", "promise", "reading", "opened", "exchange"])
def test_what_points_at_somebody_is_not_kept_and_the_words_teach(
    journal: CircleJournal, text: str, kind: str, field: str
) -> None:
    records = {
        "card": card(text),
        "promise": said("promise", item="afspraak-1", text=text, owner="teamleider", due="2026-05-21"),
        "reading": said(
            "reading", item="lezing-01", figure=FINANCES, text="Zo dus", dissent=text, status="concept", groups=["team"]
        ),
        "opened": opened(SECOND, question=text),
        "exchange": said("exchange", item="punt-0001", what="bottleneck", text="Te vol", owner=text),
    }
    before = journal.path.read_bytes()
    with pytest.raises(StudyError, match=f"Hier lijkt {kind}") as refused:
        journal.add(records[field])
    assert text not in str(refused.value)
    assert journal.path.read_bytes() == before


def test_a_group_of_fewer_than_four_speaks_with_other_small_ones(journal: CircleJournal) -> None:
    assert journal.memory().sessions["2026-02-12"].groups == {"team": 8, "access": 5, "leaders": 4, "together": 5}
    with pytest.raises(StudyError, match="staat niet apart"):
        journal.add(card("Wij zijn met twee", "policy"))
    assert journal.add(card("Wij zijn met vijf", "together"))


def test_words_are_taken_away_and_a_mark_stays(journal: CircleJournal) -> None:
    journal.add(card("Dit had ik niet moeten zeggen", id="kaart-001"))
    assert journal.add(said("removed", what="kaart-001"))
    text = journal.path.read_text(encoding="utf-8")
    assert "niet moeten zeggen" not in text
    assert '"reason": "asked"' in text
    assert not journal.add(card("Dit had ik niet moeten zeggen", id="kaart-001"))


def test_cards_are_kept_until_their_minutes_are_adopted(journal: CircleJournal) -> None:
    journal.add(card("Een gedachte die straks weg mag", id="kaart-001"))
    journal.add(said("cluster", item="stapel-1", topic=FINANCES, name="Te laat in beeld", cards=["kaart-001"]))
    journal.add(opened(SECOND))
    journal.add(said("minutes_adopted", SECOND, of="2026-02-12"))
    assert "straks weg mag" not in journal.path.read_text(encoding="utf-8")
    session = journal.memory().sessions["2026-02-12"]
    assert session.adopted_in == SECOND
    assert [session.erased[card].group for card in session.clusters["stapel-1"].cards] == ["team"]


def test_a_reading_is_adopted_at_a_later_meeting_only(journal: CircleJournal) -> None:
    reading = {"item": "lezing-01", "figure": FINANCES, "text": "Het gaat langzaam beter", "groups": ["team"]}
    journal.add(said("reading", status="concept", **reading))
    with pytest.raises(StudyError, match="volgende bijeenkomst"):
        journal.add(said("reading", status="adopted", **reading))
    journal.add(opened(SECOND))
    journal.add(said("reading", SECOND, status="adopted", **reading))
    assert [one.on.isoformat() for one in journal.memory().adopted_readings()] == [SECOND]


def test_a_line_that_was_cut_short_is_not_read_and_not_in_the_way(journal: CircleJournal) -> None:
    with journal.path.open("ab") as file:
        file.write(b'{"kind": "card", "id": "half')
    assert len(journal.events()) == 1
    journal.add(card("Hierna"))
    assert len(journal.events()) == 2


def test_a_line_that_cannot_be_read_is_named(journal: CircleJournal) -> None:
    journal.path.write_bytes(b"\x00\n" + journal.path.read_bytes())
    with pytest.raises(StudyError, match="Regel 1 van"):
        journal.events()


def test_a_killed_writer_loses_no_acknowledged_card(tmp_path: Path) -> None:
    script = (
        "import sys; from pathlib import Path; from pipelines.storage.circle_journal import CircleJournal;"
        "from pipelines.storage.home import Home; from tests.circle.told import card, opened;"
        "journal = CircleJournal(Home(Path(sys.argv[1]))); journal.add(opened())\n"
        "for at in range(10_000):\n"
        "    journal.add(card('Een gedachte', id=f'kaart-{at:05d}')); print(at, flush=True)"
    )
    writer = subprocess.Popen(
        [sys.executable, "-c", script, str(tmp_path)], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
    assert writer.stdout is not None
    acknowledged = [int(writer.stdout.readline()) for _ in range(40)]
    os.kill(writer.pid, signal.SIGKILL)
    acknowledged += [int(line) for line in writer.communicate()[0].splitlines()]
    kept = CircleJournal(Home(tmp_path)).memory().sessions["2026-02-12"].cards
    assert {f"kaart-{at:05d}" for at in acknowledged} <= kept.keys()


def test_the_journal_is_for_its_owner_only(journal: CircleJournal) -> None:
    assert journal.directory.stat().st_mode & 0o777 == 0o700


def test_a_mark_cannot_be_posted(journal: CircleJournal) -> None:
    with pytest.raises(StudyError, match="merkteken"):
        journal.add(said("erased", was="card", reason="asked"))
    with pytest.raises(StudyError, match="hoort niet in het geheugen"):
        journal.add(said("anders"))
