"""Reading: projections of the log into tables.

What a table of somebody's own needs stands here, imported when it is asked for; docs/own-projections.md shows it at work.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ledger.calendars import is_day, parse_instant
    from ledger.facts import Fact
    from ledger.standing import (
        course_of,
        gaps_of,
        misgivings_of,
        obligations_of,
        occurrences_of,
        outcomes_of,
        requests_of,
        tidings_of,
    )
    from ledger_projections.table import Column, Row, Table
    from ledger_projections.view import View
    from ledger_projections.whose import VISIBILITY, WHOSE, visibility, written
    from ledger_projections.whose import whose as owner
    from ledger_projections.wording import people, person

__all__ = [
    "VISIBILITY",
    "WHOSE",
    "Column",
    "Fact",
    "Row",
    "Table",
    "View",
    "course_of",
    "gaps_of",
    "is_day",
    "misgivings_of",
    "obligations_of",
    "occurrences_of",
    "outcomes_of",
    "owner",
    "parse_instant",
    "people",
    "person",
    "requests_of",
    "tidings_of",
    "visibility",
    "written",
]

_WHERE = {
    "ledger_projections.table": ("Column", "Row", "Table"),
    "ledger_projections.view": ("View",),
    "ledger_projections.whose": ("VISIBILITY", "WHOSE", "visibility", "written"),
    "ledger_projections.wording": ("people", "person"),
    "ledger.calendars": ("is_day", "parse_instant"),
    "ledger.facts": ("Fact",),
    "ledger.standing": (
        "course_of",
        "gaps_of",
        "misgivings_of",
        "obligations_of",
        "occurrences_of",
        "outcomes_of",
        "requests_of",
        "tidings_of",
    ),
}


def __getattr__(name: str) -> object:
    """Import what is asked for: a command that only reads what is kept pays for nothing else."""
    from importlib import import_module

    if name == "owner":  # `whose` is the module that it stands in
        return import_module("ledger_projections.whose").whose
    for module, names in _WHERE.items():
        if name in names:
            return getattr(import_module(module), name)
    raise AttributeError(f"module 'ledger_projections' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted(__all__)
