"""`stamp.json`: what a publication was made from, for whom, what is in it, and the hash of every file (SHA-256)."""

from __future__ import annotations

import json
from hashlib import file_digest
from itertools import groupby
from typing import TYPE_CHECKING, Any

from ledger.errors import Malformed
from ledger_projections.publishing.about import Written
from ledger_projections.readmodel.file import PROJECTION_VERSION, SCHEMA_VERSION

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence
    from pathlib import Path

    from ledger_projections.publishing.about import About

STAMP = "stamp.json"
NAME, VERSION = "engagement-ledger-publication", 1
"""What the file says that it is."""


def files_in(folder: Path) -> dict[str, Written]:
    """Return every file below *folder*, but for the stamp itself, with its size and hash."""
    found = {}
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path != folder / STAMP:
            with path.open("rb") as file:
                found[path.relative_to(folder).as_posix()] = Written(
                    path.stat().st_size, file_digest(file, "sha256").hexdigest()
                )
    return found


def stamped(about: About, rows: Mapping[str, int], **more: Any) -> dict[str, Any]:  # noqa: ANN401 -- any JSON
    """Return the stamp of a publication, with the count of *rows* of each table."""
    said = {
        name: getattr(about, name)
        for name in ("origin", "position", "root", "as_of", "as_known_on", "built_at", "reader")
    }
    return {
        NAME: VERSION,
        **said,
        "withheld": {"entries": len(about.withheld), "where": where(about.withheld)},
        "projection_version": PROJECTION_VERSION,
        "schema_version": SCHEMA_VERSION,
        "formats": list(about.formats),
        "tables": dict(rows),
        **more,
        "files": {path: written._asdict() for path, written in about.files.items()},
    }


def where(withheld: Iterable[tuple[int, str]]) -> dict[str, str]:
    """Return the positions of what is withheld by reason, as `12, 40-43`."""
    by_reason: dict[str, list[int]] = {}
    for position, reason in withheld:
        by_reason.setdefault(reason, []).append(position)
    return {reason: ", ".join(_runs(positions)) for reason, positions in by_reason.items()}


def shows_more(stamp: Mapping[str, Any], withheld: Collection[int], last_erasure: int) -> bool:
    """Return whether the publication with this *stamp* shows an entry that stands at one of the positions *withheld*.

    One that was made before the *last erasure* of texts shows them.
    """
    was = withheld_in(stamp)
    return stamp.get("last_erasure", 0) < last_erasure or any(
        position <= stamp["position"] and position not in was for position in withheld
    )


def withheld_in(stamp: Mapping[str, Any]) -> set[int]:
    """Return the positions of what a publication withholds, as `where` has written them."""
    runs = (run.partition("-") for runs in stamp["withheld"]["where"].values() for run in runs.split(", "))
    return {position for first, _, last in runs for position in range(int(first), int(last or first) + 1)}


def write_stamp(folder: Path, stamp: Mapping[str, Any]) -> None:
    """Write the stamp into *folder*."""
    (folder / STAMP).write_text(json.dumps(stamp, indent=2, ensure_ascii=False) + "\n", "utf-8")


def read_stamp(folder: Path) -> dict[str, Any]:
    """Read the stamp of the publication in *folder*."""
    try:
        stamp = json.loads((folder / STAMP).read_text("utf-8"))
        if stamp[NAME] != VERSION:
            raise ValueError(stamp[NAME])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise Malformed(f'"{folder / STAMP}" is no stamp of a publication: {error}.') from error
    found: dict[str, Any] = stamp
    return found


def _runs(positions: Sequence[int]) -> Iterable[str]:
    for _, run in groupby(enumerate(positions), lambda pair: pair[1] - pair[0]):
        numbers = [position for _, position in run]
        yield str(numbers[0]) if len(numbers) == 1 else f"{numbers[0]}-{numbers[-1]}"
