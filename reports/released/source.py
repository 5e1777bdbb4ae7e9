"""The released tables of one run as the chapters read them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property

import pandas as pd

from data_contracts.contract import empty_frame
from data_contracts.declared import Chosen, chosen
from data_contracts.demonstrable import shows
from data_contracts.headline import is_headline
from data_contracts.tables.errata import REVISED
from data_contracts.tables.logic import LOGIC_TABLES
from data_contracts.tables.mkba import MKBA_TABLES
from data_contracts.tables.released import RELEASED_TABLES, SHOWS_FIGURES, PartStatus
from data_contracts.vocabulary.field import ALL, LifeDomain, Stamp
from indicators.results_logic.tree.model import Tree
from mkba.inputs.model import Mkba
from reports.circle.adopted import NO_WORDS, CircleWords
from reports.language import dutch
from reports.released.facts import Facts
from reports.released.marks import Marks

CONTRACTS = {**RELEASED_TABLES, **MKBA_TABLES, **LOGIC_TABLES, str(REVISED.name): REVISED}
_ORDER = {one.value: place for place, one in enumerate(LifeDomain)}


@cache
def _empty(name: str) -> pd.DataFrame:
    return empty_frame(CONTRACTS[name])


@dataclass(frozen=True)
class Source:
    """Facts, out_ tables, and the two files of policy that a study may lack."""

    facts: Facts
    tables: Mapping[str, pd.DataFrame]
    tree: Tree | None = None
    mkba: Mkba | None = None
    circle: CircleWords = NO_WORDS

    def table(self, name: str) -> pd.DataFrame:
        """A table; one that this study lacks is empty."""
        return self.tables[name] if name in self.tables else _empty(name)

    def rows(self, name: str, **wanted: str) -> pd.DataFrame:
        """The rows of a table with these values, life domains in their own order."""
        table = self.table(name)
        keep = pd.Series(True, index=table.index)
        for column, value in wanted.items():
            keep &= table[column] == value
        found = table[keep]
        if "life_domain" not in found or found.empty:
            return found
        return found.sort_values("life_domain", key=lambda domains: domains.map(_ORDER).fillna(-1), kind="stable")

    def shown(self, name: str, **wanted: str) -> pd.DataFrame:
        """Those of `rows` that show figures."""
        found = self.rows(name, **wanted)
        return found[found["status"].isin(SHOWS_FIGURES)]

    def change(self, subject: str, pair: tuple[str, str], slice_name: str = ALL) -> pd.DataFrame:
        """Change between two moments."""
        return self.shown(
            "out_change__by_domain", subject=subject, slice=slice_name, moment_from=pair[0], moment_to=pair[1]
        )

    def beside_change(self, name: str, subject: str = "zrm", **wanted: str) -> pd.DataFrame:
        """The rows of a table beside the change figures that show figures: everybody, between the leading moments."""
        first, last = self.main_pair
        return self.shown(name, subject=subject, moment_from=first, moment_to=last, **wanted)

    def leading(self, rows: pd.DataFrame) -> pd.DataFrame:
        """Those of `rows` about a leading life domain."""
        return rows[rows["life_domain"].isin(self.facts.headline_domains)]

    @cached_property
    def years(self) -> list[int]:
        """The years in which people came in; without the table of who came in, those of the measured ones."""
        years = {int(year) for year in self.table("out_reach__by_year")["year"]}
        cohorts = self.table("out_change__series")["cohort"].astype(str)
        return sorted(years or {int(cohort[:4]) for cohort in cohorts if cohort[:4].isdigit()})

    @property
    def chosen(self) -> Chosen:
        """When the design and its leading life domains were recorded as chosen, against those years."""
        return chosen(self.facts.frozen_on, self.years)

    @property
    def main_pair(self) -> tuple[str, str]:
        """The pair of moments that the study names first."""
        return self.facts.moment_pairs[0]

    @cached_property
    def estimates(self) -> pd.DataFrame:
        """The released estimates of everybody together through which the declared design speaks."""
        rows = self.shown("out_effects__estimates", design=self.facts.design, slice=ALL)
        rows = rows[is_headline(rows, self.facts.design, self.facts.headline_measure)]
        return rows.assign(shows=shows(rows))

    def measured(self, design: str, measure: str) -> pd.DataFrame:
        """The released estimates of one measure of a design, about everybody together, with what each `shows`."""
        rows = self.shown("out_effects__estimates", design=design, measure=measure, slice=ALL)
        return rows.assign(shows=shows(rows))

    def by_domain(self, design: str, measure: str) -> dict[str, pd.Series]:
        """The row of each life domain in `measured`, where it has a figure."""
        rows = self.measured(design, measure)
        rows = rows[(rows["subject"] == "zrm") & rows["estimate"].notna()]
        return {str(row["life_domain"]): row for _, row in rows.iterrows()}

    @cached_property
    def stamp(self) -> Stamp:
        """The stamp that most of the leading life domains reach, the weaker of two; without estimates a change."""
        rows = self.estimates[self.estimates["estimate"].notna()]
        leading = rows[(rows["subject"] == "zrm") & rows["life_domain"].isin(self.facts.headline_domains)]
        counted = (leading if len(leading) else rows)["stamp"].value_counts()
        return max(Stamp, key=lambda stamp: counted.get(stamp.value, 0)) if len(counted) else Stamp.CHANGE

    @cached_property
    def claims(self) -> pd.DataFrame:
        """Those of `estimates` that say more than that something changed."""
        return self.estimates[self.estimates["estimate"].notna() & (self.estimates["stamp"] != Stamp.CHANGE.value)]

    @cached_property
    def claims_of_companions(self) -> pd.DataFrame:
        """The companions of `claims`: other measures of the declared design on the same outcomes."""
        rows = self.shown("out_effects__estimates", design=self.facts.design, slice=ALL)
        about = ["subject", "life_domain", "what", "unit"]
        beside = rows[~is_headline(rows, self.facts.design, self.facts.headline_measure)]
        claimed = self.claims[about].drop_duplicates()
        return beside.reset_index().merge(claimed, on=about).set_index("index")

    def share_of(self, row: pd.Series, name: str, whole: str) -> float | None:
        """A count that is a part of another as a share of it; None where the part is not shown."""
        if row[f"{name}_status"] != PartStatus.SHOWN or not row[whole]:
            return None
        return float(row[name]) / float(row[whole])

    def mark(self, name: str, row: pd.Series, figure: str, show: dutch.Show = dutch.plain) -> str:
        """What stands behind the name of a figure that was put right, or that is an old one; else nothing."""
        return self.marks.behind(name, row, figure, show)

    @cached_property
    def marks(self) -> Marks:
        """Which figures were put right."""
        return Marks.of(self.table(str(REVISED.name)))

    def part(self, row: pd.Series, name: str) -> str:
        """A count that is a part of another, or why it is not shown."""
        status = row[f"{name}_status"]
        if status == PartStatus.SHOWN:
            return dutch.count(row[name])
        threshold = self.facts.thresholds.of(str(row.get("life_domain", ALL)))
        words = {PartStatus.BELOW.value: f"minder dan {threshold}", PartStatus.ABOVE.value: "bijna iedereen"}
        return words.get(str(status), dutch.NOT_SHOWN)

    def part_in_words(self, row: pd.Series, name: str) -> str:
        """The same in a sentence, where the point that a table has for what is not shown says nothing."""
        told = self.part(row, name)
        return "een aantal dat niet getoond mag worden" if told == dutch.NOT_SHOWN else told
