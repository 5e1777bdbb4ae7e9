"""`wijkbaat tree new`: a tree from a shipped one that is pruned to the files, or from questions."""

from __future__ import annotations

from pathlib import Path

from data_contracts.errors import StudyError
from data_contracts.vocabulary.logic import TreeLevel
from data_contracts.yaml_file import as_model, read_text
from indicators.results_logic.tree.binding import read_tree
from indicators.results_logic.tree.model import Tree
from indicators.results_logic.tree.rules import advice
from indicators.results_logic.tree.yaml_text import merged
from pipelines.init.questions import Talk
from pipelines.releases.released_tables import tables_of
from pipelines.road.conversation import InForm, made_with
from pipelines.road.kinds import guide, one_of, some_of, words
from pipelines.road.published import require_published
from pipelines.road.tree.asked import asked_tree
from pipelines.road.tree.delivered import READS, Holdings, holdings, pruned, to_register
from pipelines.storage.home import Home
from pipelines.storage.house import HOUSE
from pipelines.storage.platform import write_whole
from pipelines.study.workplace import read_study

TREE, KEPT, QUESTIONS = "results_logic.yaml", "boom.antwoorden", "vragen"
_SOURCE = "studies/trees, bomen om mee te beginnen"
_SHIPPED = HOUSE / "studies" / "trees"
_EMPTY = "leeg"
_HEAD = "# Gemaakt met wijkbaat tree new. Bespreek hem in de leerkring: elk verband is een aanname die u zelf toetst.\n"


def make_tree(study: Path, root: Path, answers: Path | None, *, in_form: bool = False) -> Path:
    """Ask, or take the replies, and write results_logic.yaml; StudyError and no file when something is open."""
    if (study / TREE).exists():
        raise StudyError(f"In '{study}' staat al een {TREE}. Pas haar aan met wijkbaat tree export {study}.")
    files = read_study(study)
    release = require_published(Home(root), study)
    held = holdings(files.study, tables_of(release.directory, READS))
    command = f"wijkbaat tree new {study} --home {root} --form"
    form = InForm(f"De boom van {files.study.municipality}", TREE, command) if in_form else None
    text = made_with(lambda talk: made_tree(talk, held), _shown, answers, study / KEPT, release.name, form)
    read_tree(text, TREE, files.study)
    write_whole(study / TREE, text.encode())
    (study / KEPT).unlink(missing_ok=True)
    return study / TREE


def made_tree(talk: Talk, held: Holdings) -> str | None:
    """The tree as text; None while a question is open."""
    texts = {path.stem: read_text(path) for path in sorted(_SHIPPED.glob("*.yaml")) if path.stem != _EMPTY}
    trees = {name: as_model(text, Tree, f"{name}.yaml") for name, text in texts.items()}
    choices = {name: tree.title for name, tree in trees.items()} | {QUESTIONS: "van rechts naar links, met vragen"}
    start = one_of(talk, "boom", "Met welke boom begint u?", choices, guide("wijkteam.", _SOURCE))
    if start is None:
        return None
    town = held.study.municipality
    if start == QUESTIONS:
        asked = asked_tree(talk, held, town)
        return None if asked is None else _HEAD + merged("schema_version: 1\n", asked)
    tree = trees[start]
    effects = {node.id: node.title for node in tree.level(TreeLevel.EFFECT)}
    wanted = some_of(
        talk, "effecten", "Welke effecten wilt u bereiken?", effects, guide(f"{next(iter(effects))}.", _SOURCE)
    )
    default = f"{tree.title}: {town}"
    title = words(talk, "titel", "Hoe heet deze boom?", guide(default, _SOURCE), 5, default)
    if not wanted or title is None:
        return None
    made = pruned(tree.model_copy(update={"title": title}), held, wanted)
    return _HEAD + merged(texts[start], made)


def _shown(text: str) -> list[str]:
    """What the tree is, what is not delivered yet, and what is seldom wise."""
    tree = as_model(text, Tree, TREE)
    missing = list(to_register(tree))
    lines = ["", f"De boom '{tree.title}' heeft {len(tree.nodes)} knopen en {len(tree.links)} verbanden."]
    lines += [f"Let op: {line}" for line in advice(tree)]
    return lines + (["Ga dit registreren:", *(f"- {one}" for one in missing)] if missing else [])
