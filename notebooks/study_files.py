"""The two files of policy of the study whose session this is: the tree and the balance; no data of people."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from data_contracts.errors import StudyError
from data_contracts.study import Study
from data_contracts.yaml_file import as_model, read_model, read_text
from indicators.results_logic.tree.model import Tree
from mkba.inputs.model import Mkba
from mkba.inputs.reading import read_mkba
from mkba.inputs.shipped import parameter_packs


def study_of(environment: Mapping[str, str] = os.environ) -> tuple[Path, Study]:
    """Directory and content of the study; StudyError outside a session."""
    place = environment.get("WIJKBAAT_STUDY", "")
    if not place:
        raise StudyError("Open deze app met wijkbaat session: zij hoort bij een studie.")
    return Path(place), read_model(Path(place) / "study.yaml", Study)


def tree_of(environment: Mapping[str, str] = os.environ) -> Tree:
    """The results logic; StudyError where the study has none."""
    path = study_of(environment)[0] / "results_logic.yaml"
    if not path.exists():
        raise StudyError("Deze studie heeft nog geen boom. De onderzoeker maakt haar met wijkbaat tree new.")
    return as_model(read_text(path), Tree, path.name)


def mkba_of(environment: Mapping[str, str] = os.environ) -> Mkba:
    """The balance's model; StudyError where the study has none."""
    place, study = study_of(environment)
    path = place / "mkba.yaml"
    if not path.exists():
        raise StudyError("Deze studie heeft nog geen MKBA. De onderzoeker maakt haar met wijkbaat mkba new.")
    return read_mkba(read_text(path), parameter_packs(), path.name, compares=study.design.compares)
