"""What is to be published, and of what."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ledger.values.named import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from ledger_projections.publishing.folding import Times
    from ledger_projections.reports.excerpt import Excerpt
    from ledger_projections.table import Table


class Wanted(NamedTuple):
    """What is to be published: *tables* of the *excerpt* that *reader* is shown, in *formats*."""

    excerpt: Excerpt
    tables: Collection[Table]
    reader: str
    formats: Sequence[str]
    times: Times
    own: Collection[Table] = ()
    """Tables that people added: one that does not work is left out."""
    lenient: bool = False
    """Whether a format that cannot hold the tables is left out rather than refused: nobody asked for it by name."""
