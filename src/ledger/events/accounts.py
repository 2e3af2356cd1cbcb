"""The client as an organisation (P53, P55)."""

from __future__ import annotations

from typing import Literal

from ledger.events.base import Event
from ledger.values import Erasable, Slug, Str


class AccountOpened(Event, streams="account", opens=True):
    """A client, or somebody who may become one (P53, P55)."""

    kind: Literal["organisation", "person", "community"]
    key: bool = False
    market: Slug | None = None
    alias: Erasable[Slug]
    name: Erasable[Str]
