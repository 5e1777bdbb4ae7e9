"""`wijkbaat tree`: draw a Resultatenlogica, edit it in Excel, and adopt a proposal. No file is changed in place."""

from __future__ import annotations

import difflib
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from data_contracts.errors import StudyError
from pipelines.commands.in_dutch import App
from pipelines.commands.shared import AnswersFile, HomeDir, InForm, StudyDir, home_of, require_one_surface

if TYPE_CHECKING:
    from indicators.results_logic.tree.model import Tree

tree_app = App(help="Een Resultatenlogica tekenen, in Excel bewerken of aanpassen.")
TreeFile = Annotated[Path, typer.Argument(metavar="BOOM", help="results_logic.yaml, of de map van een studie.")]
Out = Annotated[Path | None, typer.Option("--to", help="Waar het nieuwe bestand komt.")]


@tree_app.command("new")
def new(study: StudyDir, home: HomeDir = None, answers: AnswersFile = None, form: InForm = False) -> None:
    """Maak een boom voor een studie: uit een van de bomen die meekomen, of van rechts naar links met vragen."""
    from pipelines.road.tree.making import make_tree

    require_one_surface(answers, form)
    path = make_tree(study, home_of(study, home), answers, in_form=form)
    typer.echo(f"\nGeschreven: {path}\nBekijk hem: wijkbaat tree draw {study}")


@tree_app.command("draw")
def draw(tree: TreeFile, to: Out = None) -> None:
    """Teken de boom: één pagina met tekening, lijst en zinnen om voor te lezen."""
    from indicators.results_logic.drawing.page import tree_page

    path, _, found = _tree(tree)
    _write(to or path.with_suffix(".html"), tree_page(found).encode())


@tree_app.command("read")
def read(tree: TreeFile) -> None:
    """Lees de boom voor, van rechts naar links."""
    from indicators.results_logic.drawing.reading_aloud import read_aloud

    for line in read_aloud(_tree(tree)[2]):
        typer.echo(line)


@tree_app.command("export")
def export(tree: TreeFile, to: Out = None) -> None:
    """Maak een werkmap van de boom om samen in Excel te bewerken."""
    from indicators.results_logic.workbook.writing import workbook

    path, _, found = _tree(tree)
    _write(to or path.with_suffix(".xlsx"), workbook(found))


@tree_app.command("import")
def import_workbook(
    tree: TreeFile,
    book: Annotated[Path, typer.Argument(metavar="WERKMAP", help="De bewerkte werkmap.")],
    to: Out = None,
) -> None:
    """Maak van een bewerkte werkmap een nieuwe boom naast de oude; opmerkingen blijven staan."""
    from indicators.results_logic.tree.yaml_text import merged
    from indicators.results_logic.workbook.reading import tree_from_workbook

    path, text, _ = _tree(tree)
    if not book.is_file():
        raise StudyError(f"Het bestand '{book}' bestaat niet. Noem de werkmap die u bewerkt hebt.")
    _write_beside(path, text, merged(text, tree_from_workbook(book.read_bytes(), book.name)), to)


@tree_app.command("adopt")
def adopt(
    tree: TreeFile,
    proposal: Annotated[Path, typer.Argument(metavar="VOORSTEL", help="Een voorstel (yaml) uit een leerkring.")],
    to: Out = None,
) -> None:
    """Neem een voorstel uit een leerkring over in een nieuwe boom naast de oude."""
    from data_contracts.yaml_file import read_text
    from indicators.results_logic.tree.proposals import adopted

    path, text, _ = _tree(tree)
    _write_beside(path, text, adopted(text, path.name, read_text(proposal), proposal.name), to)


def _tree(given: Path) -> tuple[Path, str, Tree]:
    from data_contracts.yaml_file import as_model, read_text
    from indicators.results_logic.tree.model import Tree

    path = given / "results_logic.yaml" if given.is_dir() else given
    if path.suffix == ".xlsx":
        raise StudyError(
            f"'{path.name}' is een werkmap. Maak er eerst een boom van: wijkbaat tree import BOOM WERKMAP."
        )
    text = read_text(path)
    return path, text, as_model(text, Tree, path.name)


def _write_beside(path: Path, before: str, after: str, to: Path | None) -> None:
    """Show what changes and write it beside the tree; putting it in its place is a commit by a person."""
    from data_contracts.yaml_file import as_model
    from indicators.results_logic.tree.model import Tree
    from indicators.results_logic.tree.rules import advice

    changes = difflib.unified_diff(before.splitlines(), after.splitlines(), "nu", "voorstel", lineterm="", n=1)
    for line in changes:
        typer.echo(line)
    for line in advice(as_model(after, Tree, path.name)):
        typer.echo(f"Let op: {line}")
    _write(to or path.with_suffix(".nieuw.yaml"), after.encode())


def _write(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    typer.echo(f"Geschreven: {path}")
