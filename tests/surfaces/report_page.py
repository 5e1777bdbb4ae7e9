"""The report of a study as one page, for tests that only look at what it says."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from indicators.results_logic.tree.model import Tree
from mkba.inputs.model import Mkba
from reports.content.council.pages import council_pages
from reports.html.report import chapters_of, report_page
from reports.released.facts import Facts
from reports.released.source import Source


def report_html(
    facts: Facts, tables: Mapping[str, pd.DataFrame], tree: Tree | None = None, mkba: Mkba | None = None
) -> str:
    """report.html of these tables."""
    source = Source(facts, tables, tree, mkba)
    return report_page(source, chapters_of(source), council_pages(source))
