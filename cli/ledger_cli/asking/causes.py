"""The causes of a slip as they are typed: whose, from a day to a day, as `provider:2025-07-02..2025-07-04` (M15)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ledger.errors import Malformed
from ledger_cli.asking.moments import parse_day

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ledger.canonical import JSON
    from ledger_cli.app import App

PARTIES = ("provider", "client", "third_party", "unknown")
HOW = "Write --cause provider:2025-07-02..2025-07-04, or third_party:2025-07-02 while there is no end to it."


def causes(app: App, typed: Iterable[str]) -> list[JSON]:
    """Return the causes that *typed* mean; raise Malformed for what is none."""
    return [_cause(app, text) for text in typed]


def _cause(app: App, text: str) -> JSON:
    whose, sign, days = text.partition(":")
    party = whose.strip().casefold().replace("-", "_")
    if not sign or party not in PARTIES:
        raise Malformed(f'"{text}" does not say whose cause it is: {", ".join(PARTIES)}.', field="causes", advice=HOW)
    first, _, last = days.partition("..")
    named = {"from_on": first, **({"to_on": last} if last.strip() else {})}
    try:
        return {"party": party, **{name: parse_day(day, app.clock(), app.zone) for name, day in named.items()}}
    except Malformed as error:
        raise Malformed(error.message, field="causes", advice=HOW) from error
