"""Figures of one run as a table: medians, tails, and ratios against a named alternative."""

import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Row:
    """One line: what was measured, its figures in milliseconds, and what it is compared with."""

    what: str
    times: Sequence[float]
    beside: "Row | None" = None
    note: str = ""

    @property
    def median(self) -> float:
        return statistics.median(self.times)

    @property
    def p99(self) -> float:
        ordered = sorted(self.times)
        return ordered[min(len(ordered) - 1, int(0.99 * len(ordered)))]


def timed(work: Callable[[], object], rounds: int) -> list[float]:
    """Milliseconds of each round; one round before is not counted."""
    work()
    times = []
    for _ in range(rounds):
        start = time.perf_counter()
        work()
        times.append((time.perf_counter() - start) * 1000)
    return times


def ratio_text(ratio: float) -> str:
    """A ratio, as a fraction where it is small."""
    return f"{ratio:.2f}x" if ratio >= 0.1 else f"1/{1 / ratio:.0f} of"


def show(title: str, rows: Sequence[Row]) -> None:
    """Print the table."""
    print(f"\n{title}")
    print(f"{'':<58}{'p50 ms':>10}{'p99 ms':>10}{'n':>7}  ratio")
    for row in rows:
        ratio = f"{ratio_text(row.median / row.beside.median)} {row.beside.what}" if row.beside else ""
        figures = f"{row.median:>10.2f}{row.p99:>10.2f}{len(row.times):>7}"
        print(f"{row.what:<58}{figures}  {ratio}{'  ' + row.note if row.note else ''}")
