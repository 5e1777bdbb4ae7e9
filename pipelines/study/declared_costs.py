"""Which kinds of costs a study names: a list of words that may leave."""

from __future__ import annotations

import re

from pipelines.study.workplace import StudyFiles


def declared_costs(files: StudyFiles) -> set[str]:
    """The kinds of costs that the study names: as those of the new approach, or in its MKBA."""
    named = {kind for file in files.mapping.files for kind in file.new_approach_costs}
    text = files.mkba.read_text(encoding="utf-8") if files.mkba else ""
    return named | set(re.findall(r"costs/(?:new|regular)/([^/\n]+)/", text))
