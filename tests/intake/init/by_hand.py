"""One kind of file as the inference holds it, with rows that can be read at a glance."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from pipelines.init.grid import Grid, OneSheet
from pipelines.init.kinds import Kind
from pipelines.init.one_kind import Reading
from pipelines.init.questions import Talk
from pipelines.intake.reading.sheets import Sheet

TODAY = dt.date(2026, 3, 1)


def grid(columns: Mapping[str, Sequence[str]], sources: Sequence[int] = ()) -> Grid:
    """Columns of equal length; every row on the first sheet unless `sources` says on which."""
    n = len(next(iter(columns.values()), ()))
    return Grid({name: list(cells) for name, cells in columns.items()}, [*range(2, n + 2)], list(sources) or [0] * n)


def reading(table: str, columns: Mapping[str, Sequence[str]], sources: Sequence[int] = (), **replies: Any) -> Reading:
    """A kind `zrm` of files a.csv, b.csv and so on; a reply `kolom__datum` is one to `kolom.zrm.datum`."""
    files = [f"{'abcd'[at]}.csv" for at in range(max(sources, default=0) + 1)]
    sheets = [OneSheet(file, Sheet("", iter(())), f"bare_{file[0]}", len(columns), True, False) for file in files]
    given = {".".join([name.split("__")[0], "zrm", *name.split("__")[1:]]): reply for name, reply in replies.items()}
    kind = Kind("zrm", "*.csv", sheets, [1], list(columns))
    return Reading(kind, Talk(given), grid(columns, sources), TODAY, table=table)


def asked(one: Reading) -> list[str]:
    """The questions that are open, each by its name without that of the kind."""
    return [question.name.replace(".zrm", "") for question in one.talk.open]
