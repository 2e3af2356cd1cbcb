"""The engagement ledger: an append-only log of an engagement that both sides can check.

What programs need of it stands here, and is imported when it is asked for; docs/python.md shows it at work.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ledger.audit import verify
    from ledger.calendars import default_calendar
    from ledger.drafts import Draft, Identity, Receipt
    from ledger.replay import Replay
    from ledger.service import Ledger

__all__ = ["Draft", "Identity", "Ledger", "Receipt", "Replay", "default_calendar", "verify"]

_WHERE = {
    "Draft": "drafts",
    "Identity": "drafts",
    "Ledger": "service",
    "Receipt": "drafts",
    "Replay": "replay",
    "default_calendar": "calendars",
    "verify": "audit",
}


def __getattr__(name: str) -> object:
    """Import what is asked for: a command that only reads pays for nothing that writes."""
    if name not in _WHERE:
        raise AttributeError(f"module 'ledger' has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(f"ledger.{_WHERE[name]}"), name)


def __dir__() -> list[str]:
    return sorted(__all__)
