"""What a release holds beside its tables: report, what changed, workbook, and the facts that they rest on."""

from __future__ import annotations

import datetime as dt
import importlib.metadata
import platform
from collections.abc import Iterator
from dataclasses import replace

import pandas as pd

from data_contracts.frozen_plan import deviations
from data_contracts.vocabulary.reasons import RefusalKind, refusal_kind
from mkba.binding.bound_lines import line_table
from mkba.binding.released_quantities import released_quantities
from mkba.inputs.shipped import parameter_packs
from pipelines.releases.circle import adopted_words
from pipelines.releases.release import CHANGED
from pipelines.storage.house import commit
from pipelines.storage.questions import still_declared
from pipelines.storage.receipts import Receipt, Receipts
from pipelines.study.checking import study_mkba, study_tree
from pipelines.study.freezing import could_show, current_plan, frozen_plan
from pipelines.study.workplace import Workplace
from reports.content.since import since_last
from reports.plain_text import as_text
from reports.reading import reading_files
from reports.released.asked import Asked
from reports.released.facts import Facts, Refusal
from reports.released.since import Since
from reports.released.source import Source
from reports.workbook.book import mkba_book
from reports.workbook.ods.file import ods
from reports.workbook.xlsx import xlsx

_PACKAGES = ("wijkbaat", "pandas", "numpy", "duckdb", "scipy", "highspy", "plotly", "vl-convert-python", "typst")


def documents(
    place: Workplace, tables: dict[str, pd.DataFrame], as_of: str, since: Since | None = None
) -> dict[str, bytes]:
    """What people read (reports/reading.py), the page about what changed as text, and the workbook in two formats."""
    facts, model = replace(report_facts(place, as_of), since=since), study_mkba(place.files)
    source = Source(facts, tables, study_tree(place.files), model, adopted_words(place.home))
    lines = None
    if model is not None:
        lines = line_table(model, parameter_packs(), released_quantities(place.files.study.design, tables))
    changed = since_last(source)
    book = mkba_book(facts, tables, lines)
    return reading_files(source, changed) | {
        CHANGED: as_text(changed).encode("utf-8"),
        "mkba.xlsx": xlsx(book),
        "mkba.ods": ods(book),
    }


def report_facts(place: Workplace, as_of: str) -> Facts:
    """What the report says about the study and the run beside the figures."""
    study, receipts = place.files.study, Receipts(place.home.receipts)
    refused, incomplete = receipts.refused(), [receipt for receipt in receipts.accepted() if receipt.aside]
    manifest, plan = manifest_facts(place), frozen_plan(place.files)
    return Facts(
        municipality=study.municipality,
        title=study.title,
        question=study.question,
        as_of=dt.date.fromisoformat(as_of),
        needs_approval=study.approval != "none",
        design=study.design.kind,
        headline_measure=study.design.headline_measure,
        declared_on=study.design.declared_on,
        frozen_on=plan.frozen_on if plan else None,
        deviations=deviations(plan.plan, current_plan(place.files)) if plan else (),
        new_approach=study.design.new_approach,
        headline_domains=tuple(domain.value for domain in study.design.headline_domains),
        replicate_days=study.replicate_days,
        moment_pairs=tuple((pair.moment_from, pair.moment_to) for pair in study.moment_pairs),
        editions=tuple(edition.value for edition in study.editions),
        thresholds=study.thresholds,
        deliveries=tuple(delivery_labels(place, receipts.accepted())),
        refused=tuple(
            [
                Refusal(label, refusal_kind(receipt.refused_kind))
                for receipt, label in zip(refused, delivery_labels(place, refused), strict=True)
            ]
            + [Refusal(label, RefusalKind.FILE_ASIDE) for label in delivery_labels(place, incomplete)]
        ),
        seed=place.seed,
        versions=tuple(versions().items()),
        study_hash=str(manifest["study_sha256"])[:16],
        measured_hash=str(manifest["measured_sha256"])[:16],
        contact=study.contact,
        compared_with=study.design.comparison.against if study.design.comparison else None,
        started_on=study.design.started_on,
        reliability=study.reliability,
        municipal_series=study.design.municipal_series,
        for_whom=tuple((one.slice, one.because) for one in study.design.for_whom),
        term_warning=study.retention.warning(dt.date.fromisoformat(as_of)),
        asked=tuple(asked_of(place)),
        could_show=could_show(plan) if plan else None,
        house_style=place.files.house_style,
        area_map=place.files.area_map,
    )


def asked_of(place: Workplace) -> Iterator[Asked]:
    """The questions that were answered, as far as a reader may know."""
    study = place.files.study
    own = {one.name: one.threshold or 0 for one in study.slices}
    for one in still_declared(place.home, study):
        asked = one.question
        fewest = max(study.thresholds.of(asked.outcome.life_domain), own[one.slice])
        about, compared = one.opens.about, asked.comparison == "everybody"
        yield Asked(one.id, asked.question, asked.table, about, one.slice, one.slice_value, compared, fewest, one.on)


def manifest_facts(place: Workplace) -> dict[str, object]:
    """What the manifest says beside the files: which study, which deliveries, which versions."""
    asked = [one.id for one in still_declared(place.home, place.files.study)]
    return ({"asked": asked} if asked else {}) | {
        "municipality": place.files.study.municipality,
        "study_sha256": place.files.sha256,
        "measured_sha256": place.files.measured_sha256,
        "deliveries": delivery_labels(place, Receipts(place.home.receipts).accepted()),
        "refused": sorted(delivery_labels(place, Receipts(place.home.receipts).refused())),
        "seed": place.seed,
        "versions": versions(),
    }


def follows(since: Since | None) -> dict[str, object]:
    """Which release this one comes after, and which it puts right; nothing for the first."""
    if since is None:
        return {}
    return {"since": since.release, "rectifies": [one.release for one in since.put_right]}


def delivery_labels(place: Workplace, receipts: list[Receipt]) -> list[str]:
    """What these deliveries are called outside the closed zone."""
    labels = Receipts(place.home.receipts).labels(place.files.study.municipality)
    return [labels[receipt.key] for receipt in receipts]


def versions() -> dict[str, str]:
    """The software that made a release; the same figures need the same versions."""
    found = {name: importlib.metadata.version(name) for name in _PACKAGES}
    return found | {"commit": commit(), "python": platform.python_version()}
