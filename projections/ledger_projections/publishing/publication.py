"""A publication made: rows from the ledger as its reader is shown it, every format from those rows, all of it at once."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING, Any, NamedTuple

from ledger_projections.publishing.about import About
from ledger_projections.publishing.describing import descriptions
from ledger_projections.publishing.formats import writer
from ledger_projections.publishing.generations import publishing_to
from ledger_projections.publishing.making import make
from ledger_projections.publishing.stamp import files_in, stamped, write_stamp

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence
    from pathlib import Path

    from ledger_projections.publishing.content import Content
    from ledger_projections.publishing.making import Times
    from ledger_projections.reports.excerpt import Excerpt
    from ledger_projections.table import Table

    Tell = Callable[[str, int, int], None]
    """Told what is being done, and how much of how much is."""

SCRATCH = ".rows.db"


class Wanted(NamedTuple):
    """What is to be published: *tables* of the *excerpt* that *reader* is shown, in *formats*."""

    excerpt: Excerpt
    tables: Collection[Table]
    reader: str
    formats: Sequence[str]
    times: Times


class Published(NamedTuple):
    """What was published: where it stands, and its stamp."""

    folder: Path
    stamp: dict[str, Any]


def publish(path: Path, wanted: Wanted, tell: Tell = lambda what, done, of: None) -> Published:
    """Publish what is *wanted* in the folder *path*; before it is current in one rename, nobody sees any of it."""
    with publishing_to(path) as place, place.staging() as scratch, place.staging() as made:
        head = wanted.excerpt.head()
        content = make(
            str(scratch / SCRATCH),
            wanted.excerpt,
            wanted.tables,
            wanted.reader,
            wanted.times,
            lambda done: tell("Making tables", done, head),
        )
        with closing(content.db):
            stamp = write(made, content, wanted, tell)
        return Published(place.hold(made, head, wanted.times.as_of), stamp)


def write(folder: Path, content: Content, wanted: Wanted, tell: Tell) -> dict[str, Any]:
    """Write *content* into *folder* in every format that is wanted, and what describes it; return the stamp."""
    for number, name in enumerate(wanted.formats):
        tell(f"Writing {name}", number, len(wanted.formats))
        writer(name)(folder, content)
    about = _about(folder, content, wanted)
    for path, text in descriptions(about):
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")
    rows = {sheet.name: content.count(sheet) for sheet in content.sheets}
    stamp = stamped(about._replace(files=files_in(folder)), rows)
    write_stamp(folder, stamp)
    return stamp


def _about(folder: Path, content: Content, wanted: Wanted) -> About:
    names = ("origin", "position", "root", "as_of", "as_known_on", "built_at", "reader")
    found = content.db.execute(f"SELECT {', '.join(names)} FROM freshness").fetchone()
    said = dict(zip(names, found, strict=True))
    withheld = [(int(each.position), each.reason) for each in wanted.excerpt.withheld]
    return About(content.sheets, wanted.formats, withheld=withheld, files=files_in(folder), **said)
