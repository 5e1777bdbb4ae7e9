"""Panels from ASCII tables: client, day and edition, an optional phase and groups, then one column per life domain."""

from dataclasses import replace

import numpy as np

from indicators.arrays import Flags
from indicators.counts.panel import Grouping, Panel

GIVEN = ("client", "day", "edition", "phase")


def panel(text: str, subject: str = "zrm", groups: tuple[str, ...] = (), comparable: tuple[str, ...] = ()) -> Panel:
    """A panel; a dot is a score that was not given, and the phase 'monitoring' marks the monitoring phase."""
    head, *lines = [[cell.strip() for cell in line.split("|")] for line in text.strip().splitlines()]
    columns = dict(zip(head, zip(*lines, strict=True), strict=True))
    editions = sorted(set(columns.get("edition", ("zrm_2013",))))
    labels = {name: tuple(sorted(set(columns[name]) - {"."})) for name in groups}
    return Panel(
        subject=subject,
        client_no=np.array(columns["client"], dtype=np.int64),
        day=np.array(columns["day"], dtype=np.int32),
        edition=np.array([editions.index(name) for name in columns.get("edition", editions * len(lines))]),
        editions=tuple(editions),
        is_monitoring=np.array([name == "monitoring" for name in columns.get("phase", [""] * len(lines))]),
        scores={
            name: np.array([0 if cell == "." else int(cell) for cell in columns[name]], dtype=np.int8)
            for name in head
            if name not in (*GIVEN, *groups)
        },
        groups={
            name: Grouping(
                np.array([labels[name].index(cell) if cell != "." else -1 for cell in columns[name]]), labels[name]
            )
            for name in groups
        },
        comparable=frozenset(comparable),
    )


def only(whole: Panel, rows: Flags) -> Panel:
    """The same panel with only these assessments."""
    kept = np.flatnonzero(rows)
    return replace(
        whole,
        client_no=whole.client_no[kept],
        day=whole.day[kept],
        edition=whole.edition[kept],
        is_monitoring=whole.is_monitoring[kept],
        scores={name: scores[kept] for name, scores in whole.scores.items()},
        groups={name: Grouping(one.codes[kept], one.labels) for name, one in whole.groups.items()},
    )
