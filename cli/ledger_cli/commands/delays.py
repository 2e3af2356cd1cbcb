"""`delays`: which days of a milestone were late, and what each side had to do with them (M15)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from ledger_cli.asking.about import about, engagement_of, names_one, thing
from ledger_cli.reporting.wanted import Wanted, reported

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ledger_cli.app import App


@click.command()
@click.argument("words", nargs=-1, metavar="[ENGAGEMENT] [MILESTONE]")
@reported
@click.pass_obj
def delays(app: App, /, wanted: Wanted, words: tuple[str, ...]) -> None:
    """Count the days a milestone was late: the client only, both at once, us only, neither named. Days, not blame.

    The client's days are those on which something they owed, and that blocks the milestone, was late. Ours are those
    for which a cause of our own side was stated with a slip. Causes of others are counted beside.

    \b
    engage delays northwind
    engage delays northwind M2
    engage delays M2 --as-known-on 2025-06-30
    engage delays northwind --json
    """
    from ledger_cli.reporting.delivering import deliver

    stream, rest = about(app, words, _others(app, words))
    milestone = thing(engagement_of(app, stream), "milestone", rest[0]) if rest else None
    deliver(app, wanted, "delays", stream, milestone=milestone)


def _others(app: App, words: Sequence[str]) -> int:
    """Return how many of *words* do not name the engagement: a single one may name a milestone."""
    alone = len(words) == 1 and names_one(app, words[0])
    return 0 if alone else min(len(words), 1)
