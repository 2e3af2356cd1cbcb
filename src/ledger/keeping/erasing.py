"""Texts erased for good, with an entry that says which and why (design 2.2).

What is erased is a field of an entry, and with it every correction of that field, which holds what was there before. The
words may have left the ledger long ago, in an export or with a proof: what it knows of that, it says.
"""

from __future__ import annotations

from contextlib import closing
from functools import cache
from typing import TYPE_CHECKING

from ledger.disclosures import digest, read
from ledger.drafts import Draft
from ledger.entry import decode
from ledger.errors import Unknown, near
from ledger.events import BY_NAME, EntryCorrected, EvidenceIssued
from ledger.names import PRACTICE, read_stream
from ledger.stores.erasing import files_of, fold_log, found_in, same_words, vacuum
from ledger.stores.opening import connect_reading
from ledger.values import EntryId, Position, Stream
from ledger.values.named import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from ledger.canonical import JSON
    from ledger.drafts import Receipt
    from ledger.entry import Entry
    from ledger.facts import Fact
    from ledger.journal import Reader
    from ledger.practice import Practice
    from ledger.service import Ledger

EVERY_FIELD = "all"
MOST = 350
"""Texts that one entry says are erased: some 150 bytes each, of the 65,535 that an entry may take."""


class Target(NamedTuple):
    """A text to be erased: the entry and field it is in, what it says, and the *disclosure* that holds it."""

    position: Position
    entry: EntryId
    stream: Stream
    field: str
    value: JSON
    disclosure: bytes

    @property
    def digest(self) -> str:
        """Its digest, as it stands in the entry."""
        return digest(self.disclosure)


class Cleansed(NamedTuple):
    """What became of the files: whether the ledger was written anew, what still holds a text, and who said the same."""

    vacuumed: bool
    left: Sequence[str]
    said_elsewhere: Sequence[int]


def targets(reader: Reader, positions: Sequence[Position], fields: Collection[str]) -> list[Target]:
    """Return the texts called *fields* (or all) of the entries at *positions*, and their corrections, that still stand.

    Raises Unknown for an entry that is not there, and for a field that none of their types has.
    """
    found: dict[str, Target] = {}
    possible: set[str] = set()
    said = cache(lambda stream: _corrections(reader, stream))
    for position in positions:
        entry = _entry(reader, position)
        possible.update(BY_NAME[entry.type].erasable())
        for each in _texts(reader, entry, fields):
            found[each.digest] = each
        for correction, paths in said(entry.stream).get(entry.id, ()):
            if paths & {*fields} or EVERY_FIELD in fields:
                found.update({each.digest: each for each in _texts(reader, correction, {"text_changes"})})
    for name in fields:
        if name not in {*possible, EVERY_FIELD}:
            have = f"There are: {', '.join(sorted(possible))}."
            raise Unknown("text", name, candidates=near(name, possible), advice=have)
    return sorted(found.values(), key=lambda each: (each.position, each.field))


def erase(ledger: Ledger, texts: Sequence[Target], ground: str, because: str | None) -> list[Receipt]:
    """Delete *texts* and record that they were erased, in one commit."""
    digests: dict[Position, list[str]] = {}
    for each in texts:
        digests.setdefault(each.position, []).append(each.digest)
    drafts = [_draft(texts[at : at + MOST], ground, because) for at in range(0, len(texts), MOST)]
    return ledger.erase(digests, *drafts)


def cleanse(path: str, others: Sequence[str], disclosures: Sequence[bytes]) -> Cleansed:
    """Make *disclosures* leave the files of the ledger at *path*; look for them in databases at *others* too.

    Raises Unreachable while somebody still reads what was there before.
    """
    fold_log(path)
    own, beside = files_of(path), [name for other in others for name in files_of(other)]
    vacuumed = bool(found_in(own, disclosures)) or not disclosures
    if vacuumed:
        vacuum(path)
    with closing(connect_reading(path)) as db:
        elsewhere = same_words(db, disclosures)
    return Cleansed(vacuumed, found_in([*own, *beside] if not elsewhere else beside, disclosures), elsewhere)


def shown_to(practice: Practice, texts: Sequence[Target]) -> list[Fact[EvidenceIssued]]:
    """Return what was issued that may still hold one of *texts*, as far as the ledger knows."""
    entries, streams = {each.entry for each in texts}, {each.stream for each in texts}
    return [
        fact
        for fact in practice.issued
        if entries & set(fact.event.entries or ())
        or fact.event.stream in streams
        or not (fact.event.entries or fact.event.stream)
    ]


def _entry(reader: Reader, position: Position) -> Entry:
    stored = reader.at(position)
    if stored is None:
        raise Unknown("entry", str(position), advice="engage log shows their numbers.")
    return decode(*stored)


def _texts(reader: Reader, entry: Entry, fields: Collection[str]) -> Iterator[Target]:
    for disclosure in reader.disclosures([entry.position]).get(entry.position, ()):
        said = read(disclosure)
        if said and (said[0] in fields or EVERY_FIELD in fields):
            yield Target(entry.position, entry.id, entry.stream, *said, disclosure)


def _corrections(reader: Reader, stream: Stream) -> Mapping[EntryId, Sequence[tuple[Entry, set[str]]]]:
    """Return what corrects the texts of each entry of *stream*, and the names of those: it holds what was before, and after."""
    found: dict[EntryId, list[tuple[Entry, set[str]]]] = {}
    for fact in read_stream(reader, stream, texts=True):
        if isinstance(fact.event, EntryCorrected) and fact.event.text_changes:
            paths = {change["path"].removeprefix("data.") for change in fact.event.text_changes}
            found.setdefault(EntryId(fact.event.entry), []).append((fact.entry, paths))
    return found


def _draft(texts: Sequence[Target], ground: str, because: str | None) -> Draft:
    erased: JSON = [{"entry": each.entry, "field": each.field, "digest": each.digest} for each in texts]
    data: dict[str, JSON] = {"erased": erased, "ground": ground}
    return Draft("disclosures-erased", PRACTICE, data | ({"reason": because} if because else {}))
