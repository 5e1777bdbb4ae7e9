"""The tables est_effects__* of a study: its declared design, the companions beside it, and who was lost.

Change before and after is always there. The declared design comes beside it when the data carry it; when they do not,
its outcomes are refused with the reason. Only the headline measure of the design used enters the joint distribution.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from data_contracts.contract import empty_frame
from data_contracts.design import ComparisonRule, Design
from data_contracts.headline import is_headline
from data_contracts.study import Study
from data_contracts.tables import estimates as contracts
from data_contracts.tables.municipal import MUNICIPAL_TABLES
from data_contracts.vocabulary.field import ALL
from indicators.arrays import Flags, Integers
from indicators.designs.clients import ClientOutcomes, Courses, Scored, age_columns, with_ages
from indicators.designs.declared_design import declared_estimates
from indicators.designs.plain_courses import of_plain_courses
from indicators.designs.supported import DesignVerdict, design_verdict
from indicators.effects.before_after_estimates import MEAN_CHANGE, before_after_estimates, mean_weights
from indicators.effects.estimates import Line, Outcome
from indicators.effects.few_teams import Weights
from indicators.effects.missing import who_is_missing
from indicators.effects.missing_estimates import with_missing_clients
from indicators.lasting.estimates import Returns, relapse_estimates
from indicators.series.municipal import municipal_estimates
from indicators.staggered.estimates import HEADLINE
from indicators.staggered.imputed import imputed_weights

Tables = dict[str, pd.DataFrame]


def effect_tables(found: ClientOutcomes, courses: Courses, study: Study, seed: int) -> Tables:
    """All tables by name; without a monitoring phase nothing is said of relapse."""
    found = with_ages(found)
    compared = compared_clients(found, study.design)
    verdict = design_verdict(study.design.kind, _twice(compared, found.scored))
    change = before_after_estimates(found.clients, [one.change for one in found.scored])
    estimated = change
    if study.design.compares:
        estimated = declared_estimates(compared, found, study.design, verdict)
    rows = [change.estimates] + ([estimated.estimates] if estimated is not change else [])
    rows.append(_without_and_with(found, compared, verdict.used, seed))
    rows += of_plain_courses(found, compared, study, verdict, courses.odd)
    if len(courses.measured):
        domains = [domain.value for domain in study.life_domains]
        came_back = courses.returns["returned"].notna().sum() >= study.thresholds.clients
        returns = Returns(courses.returns, study.thresholds.of) if came_back else None
        rows.append(relapse_estimates(courses.measured, domains, returns=returns))
    joint = estimated.joint if verdict.because is None else change.joint
    estimates = no_stronger_than_headline(pd.concat(rows, ignore_index=True), study.design)
    tables = (estimates, joint, _design_rows(verdict), missing_rows(found), users_of(compared, found.used))
    return {str(schema.name): table for schema, table in zip(contracts.EFFECT_TABLES, tables, strict=True)}


def municipal_effects(figures: pd.DataFrame | None, design: Design) -> Tables:
    """This municipality beside a mix of others, by name of table; of public figures alone, so no record enters here."""
    tables = [empty_frame(schema) for schema in MUNICIPAL_TABLES]
    if figures is not None and design.started_on is not None:
        tables = list(municipal_estimates(figures, design.started_on))
    return {str(schema.name): table for schema, table in zip(MUNICIPAL_TABLES, tables, strict=True)}


def no_stronger_than_headline(estimates: pd.DataFrame, design: Design) -> pd.DataFrame:
    """Companions with the stamp of the headline beside which they stand: what lowered that, lowers them."""
    about = ["design", "subject", "life_domain", "what", "unit"]
    leads = is_headline(estimates, design.kind, design.headline_measure)
    own = estimates[about].merge(estimates.loc[leads, [*about, "stamp"]], on=about, how="left", validate="m:1")
    return estimates.assign(stamp=own["stamp"].fillna(estimates["stamp"]))


def compared_clients(found: ClientOutcomes, design: Design) -> pd.DataFrame:
    """The clients whose outcomes may be compared: scores count once the first year is over, in every group alike."""
    clients = _complete_scores(found)
    if design.comparison is None:
        return clients
    return _of_the_same_time(clients, design.comparison)


def _complete_scores(found: ClientOutcomes) -> pd.DataFrame:
    columns = [name for one in found.scored for name in (one.after, one.change.column)]
    clients = found.clients.copy()
    clients[columns] = clients[columns].where(clients["first_year_complete"])
    return clients


def _of_the_same_time(clients: pd.DataFrame, rule: ComparisonRule) -> pd.DataFrame:
    """Clients in the approach and those of `rule`, who came in over half-years in which both did."""
    inside = clients["exposed"].eq(1).fillna(value=False)
    outside = clients["exposed"].eq(0).fillna(value=False)
    if rule.against == "never_started":
        outside &= clients["never_starts"]
    periods = set(clients.loc[inside, "intake_period"]) & set(clients.loc[outside, "intake_period"])
    return clients[(inside | outside) & clients["intake_period"].isin(periods)]


def _without_and_with(found: ClientOutcomes, compared: pd.DataFrame, used: str, seed: int) -> pd.DataFrame:
    """The leading figures again, with the clients who were not measured again: for change, and for a staggered start.

    Only clients whose first year is over can be lost.
    """
    leading = found.leading
    if not leading:
        return empty_frame(contracts.ESTIMATES)
    outcomes, before = [one.change for one in leading], [one.before for one in leading]
    clients = _complete_scores(found)
    clients = clients[clients["first_year_complete"]]

    def rows(of: pd.DataFrame, line: Line, weights_of: Weights) -> pd.DataFrame:
        return with_missing_clients(of, outcomes, before, age_columns(clients), line, weights_of, seed=seed)

    tables = [rows(clients.drop(columns=["intake_period", "exposed"]), MEAN_CHANGE, mean_weights)]
    if used == "staggered":
        tables.append(rows(compared[compared["first_year_complete"]], HEADLINE, imputed_weights))
    return pd.concat(tables, ignore_index=True)


def missing_rows(found: ClientOutcomes) -> pd.DataFrame:
    """est_effects__who_is_missing: clients with a starting score whose first year is over, and who was measured again.

    By way of working, by mean level at the start and by age, as far as clients differ in it; each of these adds up to
    its row 'all'.
    """
    _, known, measured = known_when_started(found)
    parts = [who_is_missing(known, measured, [str(name)]) for name in known]
    parts += [who_is_missing(known.assign(**{str(name): ALL}), measured, [str(name)]) for name in known]
    if not parts:
        return empty_frame(contracts.WHO_IS_MISSING)
    counted = pd.concat(parts).rename(columns={"column": "known_at_start"})
    kinds = {name: str(column.dtype) for name, column in contracts.WHO_IS_MISSING.columns.items()}
    return counted[list(kinds)].astype(kinds).sort_values(list(kinds)[:2], ignore_index=True)


def known_when_started(found: ClientOutcomes) -> tuple[Integers, pd.DataFrame, Flags]:
    """Clients with a starting score whose first year is over (N,), what was known of them, and who was measured again.

    Of what was known only that in which clients differ.
    """
    zrm = [one for one in found.scored if one.change.subject == "zrm"]
    clients = found.clients
    level = clients[[one.before for one in zrm]].mean(axis=1)
    started = clients["first_year_complete"] & level.notna()
    known = pd.DataFrame(
        {
            "way": clients["exposed"].map({1: "new", 0: "regular"}).fillna("between"),
            "start_level": np.select([level < 2.5, level < 3.5], ["low", "middle"], "high"),
            "age_band": clients["age_band"].fillna("unknown"),
        }
    )[started]
    known = known[[name for name in known if len(known[name].unique()) > 1]]
    measured = _twice(clients, tuple(zrm))["is_measured_twice"][started].to_numpy(bool)
    return clients.loc[started, "client_no"].to_numpy(np.int64), known, measured


def users_of(compared: pd.DataFrame, used: Sequence[Outcome]) -> pd.DataFrame:
    """est_effects__users: how many of the compared clients have any of each kind of use, in the time that counts."""
    rows = [(one.subject, one.what, one.unit, int((compared[one.column] > 0).sum())) for one in used]
    frame = pd.DataFrame(rows, columns=list(contracts.USERS.columns))
    return frame.astype(empty_frame(contracts.USERS).dtypes.to_dict())


def _twice(clients: pd.DataFrame, scored: tuple[Scored, ...]) -> pd.DataFrame:
    columns = [one.change.column for one in scored]
    return clients.assign(is_measured_twice=clients[columns].notna().any(axis=1))


def _design_rows(verdict: DesignVerdict) -> pd.DataFrame:
    remarks = verdict.remarks or (None,)
    rows = pd.DataFrame({"place": range(len(remarks)), "remark": pd.Series(remarks, dtype="str")})
    rows = rows.assign(declared=verdict.declared, used=verdict.used)
    kinds = {name: str(column.dtype) for name, column in contracts.DESIGN.columns.items()}
    return rows[list(kinds)].astype(kinds)
