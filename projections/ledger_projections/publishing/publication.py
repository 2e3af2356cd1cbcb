"""A publication made: rows from the ledger as its reader is shown it, every format from those rows, all of it at once."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING, Any

from ledger.errors import TooLarge
from ledger.events import DisclosuresErased
from ledger.names import PRACTICE
from ledger.values.named import NamedTuple
from ledger_projections.publishing.about import About
from ledger_projections.publishing.alone import publishing_to
from ledger_projections.publishing.apart import write as write_format
from ledger_projections.publishing.as_xlsx import check
from ledger_projections.publishing.describing import descriptions
from ledger_projections.publishing.generations import compact
from ledger_projections.publishing.increments import GONE, Increment, base_for, compare
from ledger_projections.publishing.making import make
from ledger_projections.publishing.stamp import files_in, read_stamp, shows_more, stamped, write_stamp

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from ledger_projections.publishing.content import Content
    from ledger_projections.publishing.generations import Place
    from ledger_projections.publishing.wanted import Wanted

    Tell = Callable[[str, int, int], None]
    """Told what is being done, and how much of how much is."""

SCRATCH = ".rows.db"


class Published(NamedTuple):
    """What was published: where it stands, its stamp, what had to be left out and why, and what changed if that was asked."""

    folder: Path
    stamp: dict[str, Any]
    left_out: Sequence[str] = ()
    increment: Increment | None = None


def publish(
    path: Path, wanted: Wanted, *, since: str | None = None, tell: Tell = lambda what, done, of: None
) -> Published:
    """Publish what is *wanted* in the folder *path*; before it is current in one rename, nobody sees any of it.

    With *since*, a position or `auto`, what changed since the publication that stands there is written beside it.
    """
    with publishing_to(path) as place, place.staging() as scratch, place.staging() as made, place.staging() as change:
        base = _base(place, wanted, since) if since is not None else None
        head = wanted.excerpt.head()
        left_out: list[str] = []
        rows = make(str(scratch / SCRATCH), wanted, left_out.append, lambda done: tell("Making tables", done, head))
        with closing(rows.db):
            wanted = wanted._replace(formats=_fitting(rows, wanted, left_out.append))
            increment, chain = None, list[str]()
            if base is not None:
                increment = _write_change(place, change, compare(rows, base), wanted, tell)
                chain = [*_leading_to(read_stamp(base.parent), wanted), increment.folder.name]
            stamp = write(made, rows, wanted, tell, last_erasure=last_erasure(wanted), increments=chain)
        return Published(place.hold(made, head, wanted.times.as_of), stamp, left_out, increment)


def write(folder: Path, content: Content, wanted: Wanted, tell: Tell, **more: Any) -> dict[str, Any]:  # noqa: ANN401 -- any JSON
    """Write *content* into *folder* in every format that is wanted, and what describes it; return the stamp."""
    for number, name in enumerate(wanted.formats):
        tell(f"Writing {name}", number, len(wanted.formats))
        write_format(name, folder, content)
    said = about(content, wanted)
    for path, text in descriptions(said._replace(files=files_in(folder))):
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")
    rows = {sheet.name: content.count(sheet) for sheet in content.sheets}
    stamp = stamped(said._replace(files=files_in(folder)), rows, **more)
    write_stamp(folder, stamp)
    return stamp


def last_erasure(wanted: Wanted) -> int:
    """Return the position of the newest entry that says that texts were erased, 0 if none does."""
    name = DisclosuresErased.stored_name.encode()
    return max((int(each.position) for each in wanted.excerpt.beneath.read(PRACTICE) if name in each.raw), default=0)


def about(content: Content, wanted: Wanted) -> About:
    """Return what a publication of *content* says of itself."""
    names = ("origin", "position", "root", "as_of", "as_known_on", "built_at", "reader")
    found = content.db.execute(f"SELECT {', '.join(names)} FROM freshness").fetchone()
    said = dict(zip(names, found, strict=True))
    withheld = [(int(each.position), each.reason) for each in wanted.excerpt.withheld]
    return About(content.sheets, wanted.formats, withheld=withheld, **said)


def _base(place: Place, wanted: Wanted, since: str) -> Path | None:
    held = place.held()
    return base_for(since, held, read_stamp(held) if held else None, wanted.excerpt.origin, wanted.reader)


def _leading_to(stamp: dict[str, Any], wanted: Wanted) -> Sequence[str]:
    """Return the increments that lead up to the publication with this *stamp*, unless they show more than may be now."""
    found: list[str] = stamp["increments"]
    withheld = {int(each.position) for each in wanted.excerpt.withheld}
    return [] if shows_more(stamp, withheld, last_erasure(wanted)) else found


def _write_change(place: Place, folder: Path, change: Content, wanted: Wanted, tell: Tell) -> Increment:
    """Write what changed into *folder*, and put it beside the others: nobody looks for it until the next stamp names it."""
    after = read_stamp(held)["position"] if (held := place.held()) else 0
    head = int(wanted.excerpt.head())
    rows = write(folder, change, wanted, tell, after=after)["tables"]
    put = place.add(folder, f"{after:09}-{head:09}-{compact(wanted.times.as_of)}")
    gone = rows[GONE.name]
    return Increment(put, after, sum(rows.values()) - gone, gone)


def _fitting(content: Content, wanted: Wanted, left_out: Callable[[str], None]) -> Sequence[str]:
    """Return the formats that can hold *content*; refuse one that cannot, or say so where nobody asked for it by name."""
    try:
        check(content) if "xlsx" in wanted.formats else None
    except TooLarge as error:
        if not wanted.lenient:
            raise
        left_out(f"xlsx: {error.message}")
        return [name for name in wanted.formats if name != "xlsx"]
    return wanted.formats
