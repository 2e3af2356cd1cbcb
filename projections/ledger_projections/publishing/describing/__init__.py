"""What describes the files of a publication to tools of others: a data package, Datasette's metadata, a dbt project."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ledger_projections.publishing.describing import datapackage, datasette, dbt

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ledger_projections.publishing.about import About


def descriptions(about: About) -> Iterator[tuple[str, str]]:
    """Yield each file that describes the publication: its path and its text."""
    yield from datapackage.files(about)
    yield from datasette.files(about)
    yield from dbt.files(about)
