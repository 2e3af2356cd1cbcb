"""The words of the command: the module each is in, and the moment each belongs to."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

GROUPS: Mapping[str, tuple[str, ...]] = {
    "A first week": ("init", "open", "agreed", "letter", "signed", "slipped", "told", "bad-news", "status"),
    "Every day": ("report", "ack", "delivered", "accepted", "rejected", "good-news", "feedback", "undo"),
    "At a review": ("review", "action", "self"),
    "Now and then": ("started", "rescheduled", "released", "person", "gift", "correct", "policy", "dispute", "close", "record"),
    "Looking back": ("log", "show", "replay", "table", "types", "schema"),
    "Proof": ("checkpoint", "verify", "prove", "key", "clock"),
    "In and out": ("import", "export", "erase", "projections", "completion", "demo"),
}
"""The words by the moment they are needed in."""

MODULES: Mapping[str, str] = {
    "init": "init",
    "open": "opening",
    "agreed": "agreed",
    "letter": "letter",
    "signed": "signing",
    "slipped": "slips",
    "told": "slips",
    "bad-news": "news",
    "good-news": "news",
    "status": "status",
    "report": "reports",
    "ack": "reports",
    "delivered": "milestones",
    "accepted": "milestones",
    "rejected": "milestones",
    "rescheduled": "milestones",
    "feedback": "feedback",
    "self": "assessing",
    "review": "reviewing",
    "action": "actions",
    "gift": "gifts",
    "started": "work",
    "released": "work",
    "undo": "corrections",
    "correct": "corrections",
    "person": "people",
    "policy": "policy",
    "dispute": "disputes",
    "close": "closing",
    "record": "record",
    "log": "log",
    "show": "show",
    "replay": "replay",
    "table": "table",
    "types": "types",
    "schema": "types",
    "checkpoint": "checkpoint",
    "verify": "verify",
    "prove": "prove",
    "key": "keys",
    "clock": "clock",
    "import": "importing",
    "export": "exporting",
    "erase": "erasing",
    "projections": "projections",
    "completion": "completion",
    "demo": "demo",
}
"""The module under `ledger_cli.commands` that holds each word."""
