"""The closed catalogue of event types, by area of the domain, and their stored names."""

from __future__ import annotations

from collections.abc import Mapping
from difflib import get_close_matches
from importlib import import_module

from ledger.errors import Unknown
from ledger.events.base import VOCABULARY, Event, Field

AREAS: Mapping[str, tuple[str, ...]] = {
    "agreement": ("engagement-opened", "agreement-drafted", "agreement-signed", "engagement-closed"),
    "milestones": (
        "milestone-agreed",
        "slip-foreseen",
        "slip-reported",
        "slip-averted",
        "milestone-rescheduled",
        "milestone-delivered",
        "milestone-judged",
    ),
    "obligations": ("obligation-agreed",),
    "communication": ("cadence-agreed", "status-report-sent", "communication-acknowledged"),
    "news": ("news-learned", "news-reported"),
    "feedback": ("feedback-received",),
    "people": ("contact-added", "authority-changed"),
    "accounts": ("account-opened",),
    "candour": ("dispute-raised",),
    "practice": ("actor-added", "policy-set"),
    "corrections": ("entry-corrected",),
}
"""Where each type is declared: a module is imported when the first of its types is met."""
