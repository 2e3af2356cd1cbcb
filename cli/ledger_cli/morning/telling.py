"""`status`, without click, for it is asked all day long: a program waits for no screen, and people for no JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ledger_cli.morning.needs import GLANCE, needs_of
from ledger_cli.reading.tables import Reading

if TYPE_CHECKING:
    from ledger_cli.app import App
    from ledger_cli.morning.asked import Asked

FOUND = 6
"""The exit code of `--check` where something needs attention."""


def tell(app: App, asked: Asked) -> None:
    """Print what needs somebody at the moment that was asked for."""
    reading = Reading(app, asked.past)
    wanted = {"engagement": reading.engagement(asked.engagement)["engagement"]} if asked.engagement else {}
    if asked.as_json or asked.as_lines:
        from ledger_cli.morning.rows import ANSWER, write

        needs = needs_of(reading, wanted, columns=ANSWER)
        write(reading, asked, needs, wanted)
    else:
        from ledger_cli.morning.screen import show

        needs = needs_of(reading, wanted, columns=GLANCE)
        show(reading, asked, needs, wanted)
    if asked.check and needs:
        app.exit_code = FOUND
