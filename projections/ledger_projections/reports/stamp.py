"""What a report bears so that it can be made again: of which ledger, how far, as known and as true when, less what."""

from __future__ import annotations

from base64 import b64encode
from typing import TYPE_CHECKING

from ledger.values.named import NamedTuple
from ledger_projections.readmodel.file import PROJECTION_VERSION

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ledger_projections.reports.asked import Asked
    from ledger_projections.reports.excerpt import Excerpt
    from ledger_projections.reports.withheld import Withheld

REPORT_VERSION = 3
"""The version of the words and the order of reports; a file made by another may read otherwise."""


class Stamp(NamedTuple):
    """Of which ledger a report is, at which position and root, and both times of the replay."""

    origin: str
    position: int
    root: str
    """Of the tree over that many entries (RFC 6962), in base64."""
    projection_version: int
    report_version: int
    as_known_on: str | None
    as_true_on: str | None
    as_of: str
    """The instant that everything was judged at."""
    zone: str
    """The zone that days and times are told in."""
    withheld: Sequence[Withheld]


def stamped(excerpt: Excerpt, asked: Asked, as_of: str, zone: str) -> Stamp:
    """Return the stamp of what is asked of *excerpt*."""
    root = b64encode(excerpt.root()).decode()
    times = asked.known_on, asked.true_on, as_of, zone
    return Stamp(
        excerpt.origin, excerpt.head(), root, PROJECTION_VERSION, REPORT_VERSION, *times, tuple(excerpt.withheld)
    )
