"""Needs as lines: what each is, with the entries behind it, and what clears it; as many as there is room for."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from ledger_cli.morning.needs import URGENCIES
from ledger_cli.printing.columns import NARROWEST, cell_width, fold, padded
from ledger_cli.printing.output import styled, terminal_width
from ledger_cli.printing.safe import safe

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ledger_cli.morning.asked import Asked
    from ledger_cli.morning.needs import Need

SCREEN = 29
"""How many lines of needs are shown where nobody says how many there is room for: the worst, so that the first is seen."""
BESIDE = 8
"""Lines that a screen needs beside them: what was asked for, the day, what is left out, and the prompt."""
WIDEST_NAME = 28
COLOURS: Mapping[str, str] = dict(zip(URGENCIES, ("red", "yellow", "cyan"), strict=True))


def shown(needs: Sequence[Need]) -> list[str]:
    """Return *needs* as two lines or more each."""
    names = max(cell_width(_short(need.name)) for need in needs)
    return [line for need in needs for line in _shown(need, names)]


def fitting(needs: Sequence[Need], asked: Asked, rest: Sequence[str] = ()) -> list[str]:
    """Return the needs, worst first, as many as there is room for; how many more there are, and the *rest*."""
    names = max(cell_width(name) for name in {_short(need.name) for need in needs})
    room, told = None if asked.everything else _room(), list[list[str]]()
    for need in needs:
        lines = _shown(need, names)
        if room is not None and told and sum(map(len, told)) + len(lines) > room:
            break
        told.append(lines)
    more = len(needs) - len(told)
    name = f" {safe(asked.engagement)}" if asked.engagement else ""
    left = [*([f"and {more:,} more: engage signals{name}"] if more else []), *rest]
    return [*(line for lines in told for line in lines), *(["", *left] if left else [])]


def _room() -> int:
    """Return how many lines of needs fit the terminal; so many as a reader takes in, where there is none."""
    return max(2, os.get_terminal_size().lines - BESIDE) if terminal_width() is not None else SCREEN


def _shown(need: Need, names: int) -> list[str]:
    """Return a need as two lines or more: what it is, with the entries behind it, and what clears it."""
    entries = " ".join(f"#{position}" for position in need.signal["positions"][-3:])
    urgency = styled(f"{need.urgency:<5}", COLOURS[need.urgency], "bold")
    head = f" {urgency} {padded(_short(need.name), names)}  "
    margin = " " * (9 + names)
    width = max((terminal_width() or 1000) - len(margin), 2 * NARROWEST)
    first, *others = fold(f"{need.words}  {entries}", width)
    return [head + first, *(margin + line for line in [*others, safe(need.signal["command"])])]


def _short(name: str) -> str:
    """Return a name as wide as a column may be; the command under it has it whole."""
    name = safe(name)
    return name if cell_width(name) <= WIDEST_NAME else name[: WIDEST_NAME - 1] + "…"
