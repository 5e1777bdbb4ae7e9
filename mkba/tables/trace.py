"""Rows of the trace, of the years behind its last step, and of the findings."""

from __future__ import annotations

from mkba.appraisal import Appraisal
from mkba.arrays import Rows
from mkba.balance.trace import course, walk


def trace_rows(appraisal: Appraisal) -> Rows:
    """Every step of every priced or PM line; a PM line ends in units instead of euros."""
    rows: Rows = []
    for result in appraisal.results:
        for at, row in enumerate(appraisal.table.rows):
            for number, step in enumerate(walk(result.at_mean, float(result.overlap[at]), at), start=1):
                rows.append(
                    {
                        "alternative": result.balance.alternative.id,
                        "line": row.line.id,
                        "step": number,
                        "what": step.what,
                        "label": step.label,
                        "operation": "start" if number == 1 else "times",
                        "value": step.value,
                        "unit": step.unit,
                        "running": step.running,
                        "status": step.status,
                        "source": step.source,
                    }
                )
    return rows


def line_year_rows(appraisal: Appraisal) -> Rows:
    """Per line and year the share of its full amount and the discount factor, whose products are the last step."""
    return [
        {
            "alternative": result.balance.alternative.id,
            "line": row.line.id,
            "year": one.year,
            "share": one.share,
            "years_from_base": one.years_from_base,
            "rate": one.rate,
            "discount_factor": one.factor,
            "discounted": one.share * one.factor,
        }
        for result in appraisal.results
        for at, row in enumerate(appraisal.table.rows)
        for one in course(result.at_mean, at)
    ]


def finding_rows(appraisal: Appraisal) -> Rows:
    """Findings of the lint, what blocks first."""
    return [
        {
            "rule": finding.rule,
            "severity": finding.severity,
            "where": finding.where,
            "what": finding.what,
            "to_do": finding.to_do,
        }
        for finding in appraisal.findings
    ]
