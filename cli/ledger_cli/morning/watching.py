"""`status --watch`: the screen, painted anew where it changed, when an entry came or a minute has passed.

Between two looks it sleeps; a look reads the head of the log, and nothing else where that and the minute are the same.
"""

from __future__ import annotations

import os
import time
from typing import TYPE_CHECKING

import click

from ledger_cli.app import App
from ledger_cli.morning.screen import screen
from ledger_cli.printing.output import echo, terminal_width

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ledger_cli.morning.asked import Asked

EVERY = 2.0
"""Seconds between two looks."""
ENTER, LEAVE, CLEAR = "\x1b[?1049h\x1b[?25l", "\x1b[?25h\x1b[?1049l", "\x1b[2J"
"""The other screen of a terminal, without a cursor; back; and nothing on it (xterm control sequences)."""


def watch(app: App, asked: Asked) -> None:
    """Show what needs somebody until Ctrl-C."""
    if terminal_width() is None:
        raise click.UsageError("--watch needs a terminal. For a program: engage status --check --json")
    echo(ENTER)
    try:
        painted: Sequence[str] = ()
        window = None
        for size, lines in _screens(app, asked):
            if size != window:  # a terminal moves what it shows when it is made smaller, each in its own way
                echo(CLEAR)
                painted, window = (), size
            echo("".join(_changes(painted, lines)))
            painted = lines
    except KeyboardInterrupt:
        pass  # that is how it ends
    finally:
        echo(LEAVE)


def _screens(app: App, asked: Asked) -> Iterator[tuple[os.terminal_size, Sequence[str]]]:
    """Yield the size of the window and the screen, when an entry came, a minute has passed, or the size is another."""
    seen: object = None
    while True:
        size = os.get_terminal_size()
        now = (app.reader.head(), app.clock().replace(second=0, microsecond=0), size)
        if now != seen:
            yield size, _fresh(app, asked)[: size.lines - 1]
            seen = now
        time.sleep(EVERY)


def _fresh(app: App, asked: Asked) -> list[str]:
    """Return the screen of a call of its own: what one call has read it keeps."""
    call = App(app.clock, app.who, app.path_given)
    try:
        return screen(call, asked)
    finally:
        call.close()


def _changes(before: Sequence[str], after: Sequence[str]) -> Iterator[str]:
    """Yield what paints the lines that differ, and clears those that are gone (ECMA-48, CUP and EL)."""
    for row in range(max(len(before), len(after))):
        line = after[row] if row < len(after) else ""
        if row >= len(before) or before[row] != line:
            yield f"\x1b[{row + 1};1H{line}\x1b[K"
