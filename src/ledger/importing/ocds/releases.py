"""The releases in files of the Open Contracting Data Standard 1.1, in the order they were published.

A file is a release, a list of releases, a release package, or a record (package) that holds its releases.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from ledger.calendars import is_day
from ledger.errors import LedgerError
from ledger.importing.account import RefusedRow
from ledger.importing.ocds.fields import RELEASE, picked
from ledger.importing.ocds.links import Link, is_link, linked
from ledger.importing.ocds.nodes import Node, read_json
from ledger.importing.ocds.reading import identifier, line, moment
from ledger.values.named import NamedTuple

_PACKAGE = "A file is a release, a release package, or a record with its releases inside (OCDS 1.1)."


class Origin(NamedTuple):
    """The file a release was read from: evidence of what was published."""

    name: str
    sha256: str
    size: int
    uri: str | None
    publisher: str | None


@dataclass(frozen=True, slots=True)
class Release:
    """One release: its name, what is read of it, how many things of it are not, and the file."""

    where: str
    ocid: str
    id: str
    date: str
    says: Mapping[str, Any]
    left_out: Counter[str]
    digest: bytes
    """SHA-256 of the whole release, whatever its layout."""
    origin: Origin

    @property
    def place(self) -> tuple[str, str]:
        """Where it stands among the releases of its process: by date, ties by id."""
        return self.date, self.id


class Releases:
    """The releases of *files* (names and bytes), oldest first, then links to them; what cannot be read comes first, refused."""

    def __init__(self, files: Sequence[tuple[str, bytes]]) -> None:
        self._files = files

    def __iter__(self) -> Iterator[Release | Link | RefusedRow]:
        read = [row for name, raw in self._files for row in _in_file(name, raw)]
        releases = sorted((row for row in read if isinstance(row, Release)), key=lambda release: release.place)
        held = {(release.ocid, release.id) for release in releases}
        for row in read:
            if isinstance(row, RefusedRow):
                yield row
            elif isinstance(row, Link) and (row.ocid, row.id) not in held:
                yield RefusedRow(row.where, row.refusal)
        yield from releases
        yield from (row for row in read if isinstance(row, Link) and (row.ocid, row.id) in held)


def _in_file(name: str, raw: bytes) -> Iterator[Release | Link | RefusedRow]:
    try:
        top = read_json(raw)
        origin = Origin(name, sha256(raw).hexdigest(), len(raw), *_published(top))
        found = list(_found(top))
    except LedgerError as error:
        yield RefusedRow(name, error)
        return
    for node, ocid in found:
        yield linked(node, _where(node, origin), ocid) if is_link(node) else _read(node, origin)


def _published(top: Node) -> tuple[str | None, str | None]:
    """Return the address and the publisher that a package names."""
    package = top.value if isinstance(top.value, dict) else {}
    publisher = package.get("publisher")
    name = publisher.get("name") if isinstance(publisher, dict) else None
    return _said(package.get("uri")), _said(name)


def _said(value: object) -> str | None:
    return (line(value) or None) if isinstance(value, str) else None


def _found(top: Node) -> Iterator[tuple[Node, object]]:
    """Yield the releases in *top*, each with the ocid of the record that it stands in; refuse what holds none."""
    match top.value:
        case list():
            yield from ((top.at(number), None) for number in range(len(top.value)))
        case {"records": list(records)}:
            for number in range(len(records)):
                yield from _of_record(top.at("records").at(number))
        case {"releases": list()}:
            yield from _of_record(top)
        case {"ocid": _} | {"id": _, "date": _}:
            yield top, None
        case _:
            raise top.refusal("it holds no release.", _PACKAGE)


def _of_record(node: Node) -> Iterator[tuple[Node, object]]:
    match node.value:
        case {"releases": list(releases)} if releases:
            ocid = node.value.get("ocid")
            yield from ((node.at("releases").at(number), ocid) for number in range(len(releases)))
        case {"releases": list()}:
            return
        case _:
            raise node.refusal("a record without its releases.", "Import the releases that it was compiled from.")


def _read(node: Node, origin: Origin) -> Release | RefusedRow:
    where = _where(node, origin)
    try:
        node.check()
        _check(node)
        left_out = Counter[str]()
        says = picked(node, RELEASE, left_out)
    except LedgerError as error:
        return RefusedRow(where, error)
    digest = sha256(json.dumps(node.value, sort_keys=True, default=str).encode()).digest()
    return Release(where, says["ocid"], says["id"], says["date"], says, left_out, digest, origin)


def _check(node: Node) -> None:
    """Refuse what cannot be told apart or put in order: a release without ocid, id or date."""
    if not isinstance(node.value, dict):
        raise node.no("release")
    for name in ("ocid", "id", "date"):
        if node.value.get(name) is None:
            raise node.refusal(f"it has no {name}.", "Every release has ocid, id and date: the order is made of them.")
    identifier(node.at("ocid")), identifier(node.at("id"))
    if is_day(moment(node.at("date"))):
        raise node.at("date").no("date with a time", "Releases are put in order by it: 2010-05-10T09:30:00Z.")


def _where(node: Node, origin: Origin) -> str:
    name = node.value.get("id") if isinstance(node.value, dict) else None
    place = f"{origin.name} {node.path}".strip()
    return f'Release "{line(name, 80)}" ({place})' if isinstance(name, str) and name.strip() else f"Release ({place})"
