"""What was promised, as people name it: `M2`, `O4`, the id of a rhythm; with the stream it stands on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ledger.errors import Unknown, near
from ledger.values import Stream

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ledger.engagement import Engagement
    from ledger_cli.app import App

KINDS = ("milestone", "obligation", "cadence")


def commitment(app: App, stream: Stream, state: Engagement, name: str) -> tuple[Stream, str]:
    """Return the stream and the Ref of what *name* means: of the engagement, else a rhythm of its account."""
    kind, _, bare = name.rpartition(":")
    for where, found, promised in _promised(app, stream, state):
        if promised in {bare, bare.upper()} and kind in {"", found}:
            return where, f"{found}:{promised}"
    known = [promised for _, _, promised in _promised(app, stream, state)]
    have = f"There are: {', '.join(known[:12])}." if known else "Nothing was promised yet: engage agreed FILE"
    raise Unknown("milestone, obligation or rhythm", name, candidates=near(name, known), advice=have)


def _promised(app: App, stream: Stream, state: Engagement) -> Iterator[tuple[Stream, str, str]]:
    for kind in KINDS:
        for name in state.things.get(kind, {}):
            yield stream, kind, name
    account = Stream(f"account/{state.account}")
    for name in app.names.account(state.account).things.get("cadence", {}):
        yield account, "cadence", name
