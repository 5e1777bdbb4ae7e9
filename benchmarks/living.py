"""`make bench-living`: ten years of quarterly deliveries per seed, and what counts beside a slow reference.

Every line of the page is written when its seed is done, so a run that is broken off tells how far it came.
"""

from __future__ import annotations

import argparse
import datetime as dt
import multiprocessing
import resource
import tempfile
import time
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from tests.living.differences import FIRST_DAY, Compared, compared
from tests.living.municipality import MOST_CLIENTS, QUARTERS, ten_years
from tests.living.product import product

_HEAD = f"""# Ten years of deliveries beside a slow reference

Made by `make bench-living`. Per seed an invented municipality delivers {QUARTERS} quarters of at most {MOST_CLIENTS}
clients. Even seeds deliver most kinds completely, odd seeds most as an addition; every third seed has numbers of its
own system. The same deliveries arrive in three orders, which must end alike. After every step of each order the
current tables of the functions under the assets are compared, row for row, with the declared meaning in plain Python;
so is the account of new, changed, gone and equal records of every delivery, in the order in which it came.
"""


def _cost() -> str:
    """The very same delivery as the second and as the last: current tables and account, each in a fresh process."""
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn"), max_tasks_per_child=1) as pool:
        n_last = len([step for step in ten_years(0).steps if step.what == "receive"])
        (early, early_mb), (late, late_mb) = pool.map(_of_last, [2, n_last])
    return (
        f"The last delivery takes {early:.2f} processor seconds as the second one of a home and {late:.2f} as number "
        f"{n_last}: {late / early:.1f} times (asked is at most 1.5 times). The process then holds at most "
        f"{early_mb:.0f} and {late_mb:.0f} MB: {late_mb / early_mb:.2f} times."
    )


def _of_last(n_before: int) -> tuple[float, float]:
    """Processor seconds and the peak of memory in MB of the last delivery, after so many with itself."""
    with tempfile.TemporaryDirectory() as root:
        years = ten_years(0)
        one = product(years, Path(root))
        steps = [step for step in years.steps if step.what == "receive"][-n_before:]
        for at, step in enumerate(steps):
            one.does(step, FIRST_DAY + dt.timedelta(days=at))
        started = time.process_time()
        one.states()
        one.changes(steps[-1].delivery)
        return time.process_time() - started, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> None:
    """Compare seeds, some at a time, and write the page after each."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=int, default=300)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--every", type=int, default=1, help="compare after every so many steps")
    parser.add_argument("--jobs", type=int, default=2, help="seeds at a time")
    parser.add_argument("--out", type=Path)
    given = parser.parse_args()
    done: list[Compared] = []
    cost = _cost()
    seeds = range(given.first, given.first + given.seeds)
    with ProcessPoolExecutor(given.jobs, mp_context=multiprocessing.get_context("spawn")) as pool:
        for one in pool.map(_of_seed, seeds, [given.every] * given.seeds):
            done.append(one)
            page = f"{_page(done, given.every)}\nCurrent tables and account of one delivery. {cost}\n"
            if given.out:
                given.out.write_text(page, encoding="utf-8")
    print(page)


def _of_seed(seed: int, every: int) -> Compared:
    with tempfile.TemporaryDirectory() as root:
        return compared(seed, Path(root), every=every)


def _page(done: list[Compared], every: int) -> str:
    events: Counter[str] = sum((one.events for one in done), Counter())
    differences = [text for one in done for text in one.differences]
    lines = [
        _HEAD,
        "| what | how many |",
        "|---|---|",
        f"| seeds | {len(done)} (from {done[0].seed}) |",
        f"| deliveries | {sum(one.deliveries for one in done)} |",
        f"| steps compared, over three orders of arrival | {sum(one.steps for one in done)} (every {every}) |",
        f"| accounts of a delivery compared | {sum(one.accounts for one in done)} |",
        f"| rows compared | {sum(one.rows for one in done):,} |",
        f"| differences | {len(differences)} |",
        "",
        "| event | how often |",
        "|---|---|",
        *(f"| {name} | {n} |" for name, n in sorted(events.items())),
        *(["", *(f"- {text}" for text in differences[:50])] if differences else []),
    ]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    main()
