"""Pairs measured side by side in one run: the machine drifts, so only ratios of neighbours mean anything.

python -m bench.startup          T1, T2    python -m bench.importing     T4, T9
python -m bench.appending        T3, T5    python -m bench.verify        T6, T9
python -m bench.projections      T7, T8    python -m bench.everyday       T2 beside git, taskwarrior, hledger
python -m bench.replaying        T11       python -m bench.publishing     T9
python -m bench.peers            T7 beside ledger and hledger
"""

from __future__ import annotations

import gc
import statistics
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    Work = Callable[[], object]


@dataclass
class Pair:
    """What was measured of each side, in seconds, run by run; *units* is how many pieces of work one run did."""

    name: str
    base: str
    units: int = 1
    times: dict[str, list[float]] = field(default_factory=dict)

    def ratio(self, side: str) -> float:
        """Return the median, over runs, of a side's time over its neighbour's on the base side."""
        return statistics.median(a / b for a, b in zip(self.times[side], self.times[self.base], strict=True))

    def report(self, targets: Mapping[str, float] | None = None) -> str:
        """Return a table: each side's median per unit, its ratio to the base, and its target if it has one."""
        lines = [f"{self.name}  ({len(self.times[self.base])} runs of {self.units:,}; base: {self.base})"]
        for side, times in self.times.items():
            median = statistics.median(times) / self.units
            target = (targets or {}).get(side)
            verdict = (
                "" if target is None else f"  target ≤ {target:g}  {'met' if self.ratio(side) <= target else 'MISSED'}"
            )
            lines.append(f"  {side:<44} {_said(median):>10}  ratio {self.ratio(side):6.2f}{verdict}")
        return "\n".join(lines)


def measure(name: str, base: str, sides: Mapping[str, Work], *, runs: int = 7, units: int = 1) -> Pair:
    """Run all *sides* in turn, *runs* times after one warm-up, and return what each run took."""
    pair = Pair(name, base, units, {side: [] for side in sides})
    for work in sides.values():
        work()
    for _ in range(runs):
        for side, work in sides.items():
            gc.collect()
            started = time.perf_counter()
            work()
            pair.times[side].append(time.perf_counter() - started)
    return pair


def seconds(act: Work, clock: Callable[[], float] = time.perf_counter) -> float:
    """Return how many seconds *act* takes."""
    started = clock()
    act()
    return clock() - started


def _said(value: float) -> str:
    for unit, size in (("s", 1.0), ("ms", 1e-3), ("us", 1e-6)):
        if value >= size:
            return f"{value / size:.2f} {unit}"
    return f"{value * 1e9:.0f} ns"
