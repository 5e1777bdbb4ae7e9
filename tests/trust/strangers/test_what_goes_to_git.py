"""What the wizard writes into a study is reviewed in git: no word that only a few people have gets there by itself."""

from __future__ import annotations

from pathlib import Path

from typer.testing import CliRunner

from data_contracts.vocabulary.field import DOMAINS, Edition
from pipelines.commands.app import app
from tests.intake.test_init import STUDY

RARE = "Kanariestraat"


def filled(folder: Path) -> Path:
    """Sixty people, of whom one has words of its own in the two columns of labels."""
    domains = [domain.label for domain in DOMAINS[Edition.ZRM_2013]]
    zrm, events = (
        [";".join(["Cliëntnummer", "Datum", "Team", "Meetmoment", *domains])],
        ["Cliëntnummer;Datum;Gebeurtenis"],
    )
    for at in range(60):
        key, odd = f"ZR1-A{at:04d}BCD", at == 7
        for month, label in (("01", "intake"), ("07", f"na de brand {RARE}" if odd else "evaluatie")):
            scores = [str(1 + (at + place) % 5) for place in range(len(domains))]
            zrm.append(";".join([key, f"2025-{month}-10", f"Team {at % 3}", label, *scores]))
        events.append(f"{key};2025-03-10;{f'brand {RARE}' if odd else ('melding', 'huisuitzetting')[at % 2]}")
    for name, lines in (("zrm.csv", zrm), ("gebeurtenissen.csv", events)):
        (folder / name).write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder


def test_a_word_of_one_person_stays_out_of_the_study_that_the_wizard_writes(tmp_path: Path) -> None:
    folder = filled(tmp_path)
    files = [str(folder / name) for name in ("zrm.csv", "gebeurtenissen.csv")]
    options = ("--to", str(tmp_path / "studie"), "--home", str(tmp_path / "thuis"), *STUDY, "--yes")
    done = CliRunner().invoke(app, ["init", *files, *options])
    assert done.exception is None, done.output
    written = "".join(path.read_text(encoding="utf-8") for path in (tmp_path / "studie").iterdir())
    assert "Meetmoment" in written and "Gebeurtenis" in written
    assert RARE not in written
    assert RARE not in done.output
