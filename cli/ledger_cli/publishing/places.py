"""Where tables are published to: a folder, or a schema of a database."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit

import click

from ledger.errors import Refused
from ledger.values.named import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ledger_projections.publishing.postgresql.address import Address
    from ledger_projections.publishing.publication import Tell
    from ledger_projections.publishing.wanted import Wanted


class Done(NamedTuple):
    """What was published *where*, with its *stamp*, in words and for programs."""

    where: str
    stamp: Mapping[str, Any]
    left_out: Sequence[str]
    found: Mapping[str, str]
    """How a program finds it."""
    changed: Sequence[str] = ()
    """What changed since what was published before, in lines."""


def in_folder(folder: Path, wanted: Wanted, since: str | None, tell: Tell) -> Done:
    """Publish in *folder*, and what changed *since* beside it."""
    from ledger_projections.publishing.publication import publish

    made = publish(folder, wanted, since=since, tell=tell)
    changed: list[str] = []
    if change := made.increment:
        changed = [
            str(folder / "increments" / change.folder.name),
            f"{_rows(change.rows)} changed and {change.gone:,} gone since position {change.after}",
        ]
    return Done(str(folder / "current"), made.stamp, made.left_out, {"folder": str(made.folder)}, changed)


def in_database(address: Address, wanted: Wanted, tell: Tell) -> Done:
    """Publish in the database at *address*."""
    from ledger_projections.publishing.postgresql.placing import publish

    made = publish(address, wanted, tell=tell)
    where = f"{address.shown}, schema {address.schema}"
    return Done(where, made.stamp, made.left_out, {"database": address.shown, "schema": address.schema})


def check_whole(formats: str | None, since: str | None) -> None:
    """Refuse what only a folder has."""
    if formats is not None:
        raise Refused("A database has no formats.", advice="Leave --format out.")
    if since is not None:
        raise Refused(
            "In a database all of it is replaced: what changed is not kept beside it.",
            advice="Leave --since out; last_position tells newer rows from older ones.",
        )


def folder_of(target: str) -> Path:
    """Return the folder that *target* names: a path, or a file URL (RFC 8089)."""
    if not target.strip():
        raise click.UsageError("Say where: --to DIR.")
    scheme, host, path, *_ = urlsplit(target)
    if len(scheme) < 2 or "://" not in target:  # a path, on Windows perhaps with a letter before it
        return Path(target).expanduser()
    if scheme != "file" or host not in {"", "localhost"}:
        shown = f"{scheme}://…@{target.rpartition('@')[2]}" if "@" in target else target  # a password is not said
        raise Refused(
            f'"{shown}" is nowhere that tables can be published to.',
            advice="Name a folder, a file:// URL of one, or postgresql://HOST/DATABASE.",
        )
    return Path(unquote(path))


def _rows(number: int) -> str:
    return f"{number:,} row{'' if number == 1 else 's'}"
