"""`wijkbaat mkba new`: from a release and the replies to mkba.yaml and a page to sign."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from data_contracts.errors import StudyError
from mkba.appraisal import Appraisal, Settings, appraise
from mkba.binding.effects import Released
from mkba.binding.released_quantities import READS, released_quantities
from mkba.inputs.shipped import parameter_packs
from mkba.tables.headline import headline_rows
from pipelines.init.questions import Talk
from pipelines.releases.release import Release
from pipelines.releases.released_tables import tables_of
from pipelines.road.balance.entry import Made, made
from pipelines.road.balance.known import Known, known
from pipelines.road.conversation import InForm, made_with
from pipelines.road.published import require_published
from pipelines.storage.home import Home
from pipelines.storage.platform import write_whole
from pipelines.study.checking import study_tree
from pipelines.study.workplace import read_study
from reports.content.choices import choices_page
from reports.html.report import choices_html

BALANCE, TO_SIGN, KEPT = "mkba.yaml", "mkba-keuzes.html", "mkba.antwoorden"
_QUICK = Settings(seed=1, n_draws=4096)


@dataclass(frozen=True, slots=True)
class Written:
    """The two files of a new balance."""

    balance: Path
    to_sign: Path


def make_balance(study: Path, root: Path, answers: Path | None, *, in_form: bool = False) -> Written:
    """Ask, or take the replies, and write both files; raises StudyError and writes nothing when something is open."""
    if (study / BALANCE).exists():
        do = f"Pas haar aan met wijkbaat mkba export {study}, of geef haar eerst een andere naam."
        raise StudyError(f"In '{study}' staat al een {BALANCE}. {do}")
    files = read_study(study)
    release = require_published(Home(root), study)
    tables = tables_of(release.directory, READS)
    start = known(files.study, tables, parameter_packs(), study_tree(files))
    released = released_quantities(files.study.design, tables)

    def build(talk: Talk) -> Made | None:
        return made(talk, start)

    def shown(one: Made) -> list[str]:
        appraisal = appraise(one.model, start.packs, released, _QUICK)
        return ["", "Met deze keuzes:", *(f"- {words}" for words in [*outcome(appraisal), *notes(appraisal)])]

    command = f"wijkbaat mkba new {study} --home {root} --form"
    form = InForm(f"De MKBA van {files.study.municipality}", BALANCE, command) if in_form else None
    found = made_with(build, shown, answers, study / KEPT, release.name, form)
    return _written(study, found, start, release, released)


def outcome(appraisal: Appraisal) -> list[str]:
    """What comes out per choice, in the words of the report."""
    return [str(row["sentence"]) for row in headline_rows(appraisal)]


def notes(appraisal: Appraisal) -> list[str]:
    """What blocks or weakens this balance."""
    return [f"{one.where}: {one.what} {one.to_do}" for one in appraisal.findings]


def _written(study: Path, found: Made, start: Known, release: Release, released: Released) -> Written:
    appraisal = appraise(found.model, start.packs, released, _QUICK)
    left_out = [(one.words, one.found) for one in found.left_out]
    page = choices_page(
        start.study.municipality,
        release.name,
        found.model,
        start.packs,
        outcome(appraisal),
        notes(appraisal),
        found.why,
        left_out,
    )
    written = Written(study / BALANCE, study / TO_SIGN)
    write_whole(written.to_sign, choices_html(page).encode())
    write_whole(written.balance, found.text.encode())
    (study / KEPT).unlink(missing_ok=True)
    return written
