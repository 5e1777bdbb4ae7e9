"""Rows of the trace, of the findings, and of the difference between two runs."""

from __future__ import annotations

from mkba.appraisal import Appraisal
from mkba.compare import LABELS, Run, difference
from mkba.trace import walk

Rows = list[dict[str, object]]


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


def comparison_rows(before: Run, after: Run) -> Rows:
    """The waterfall from one run to another, for every alternative that both have."""
    shared = {one.id for one in before.model.alternatives} & {one.id for one in after.model.alternatives}
    rows: Rows = []
    for name in (one.id for one in after.model.alternatives if one.id in shared):
        found = difference(before, after, name)
        running = found.before
        bars = {"before": found.before, **found.parts, "after": found.after}
        for step, (factor, amount) in enumerate(bars.items()):
            running = amount if factor in ("before", "after") else running + amount
            rows.append(
                {
                    "alternative": name,
                    "step": step,
                    "factor": factor,
                    "label": LABELS[factor],
                    "amount_eur": amount,
                    "running_eur": running,
                }
            )
    return rows
