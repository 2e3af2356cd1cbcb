"""The quick yes: whether a page of rows is plainly what a writer writes. A no is only a doubt, which `explain` settles.

Quick, because a page is looked at column by column and what repeats is looked at once: the names of attributes, the few
values of most of them, the digests and the texts of a whole page end to end.

No value is searched for a float, a null, a number beyond 2^53 or a strange key, as `canonical.check` does: each
attribute but `data` is held against its form, and the data, texts included, against a strict shape that knows every
key and every type. Whatever passes here passes `explain` too: a test holds the two together.
"""

from __future__ import annotations

from collections.abc import Sequence
from operator import itemgetter
from typing import Any

import orjson
from pydantic_core import ValidationError

from ledger.audit.envelope import check_envelopes
from ledger.audit.kinds import Kind, kind_of
from ledger.audit.report import DoubtError
from ledger.audit.texts import Text, check_digests, contents_of
from ledger.canonical import MAX_INTEGER
from ledger.entry import LARGEST_ENTRY
from ledger.errors import Malformed
from ledger.stores.schema import ORDINAL_BITS
from ledger.values.named import NamedTuple

Row = tuple[Any, ...]
"""position, stream, version, previous, type, id, recorded, leaf_hash, entry: of any type, if somebody meddled."""


class Accepted(NamedTuple):
    """What of a page is needed further on."""

    digests: int
    sourcekeys: Sequence[tuple[int, str]]
    erased: int = 0


def accept(rows: Sequence[Row], texts: Sequence[Text], origin: str) -> Accepted | None:
    """Return what goes on from a page that is plainly in order; None where anything is in doubt."""
    try:
        entries = _parsed([row[8] for row in rows])
        _check_columns(rows, entries)
        check_envelopes(entries, origin)
        digests = _check_data(rows, [entry["data"] for entry in entries], texts)
    except (DoubtError, Malformed, ValidationError, TypeError, KeyError, ValueError):
        return None
    keyed = [(row[0], e["sourcekey"]) for row, e in zip(rows, entries, strict=True) if "sourcekey" in e]
    return Accepted(digests, keyed)


_COLUMNS = itemgetter("subject", "streamversion", "type", "id", "recordedtime")
_COLUMNS_OF_ROW = itemgetter(1, 2, 4, 5, 6)
_SORTED = orjson.OPT_SORT_KEYS


def _parsed(raws: list[Any]) -> list[dict[str, Any]]:
    """Parse the bytes of a page; written again, each must be the bytes it was."""
    if not {*map(type, raws)} <= {bytes} or max(map(len, raws), default=0) > LARGEST_ENTRY:
        raise DoubtError
    entries = []
    for raw in raws:
        entry = orjson.loads(raw)
        # few entries hold a backslash, and one byte is sought ten times as fast as six
        if orjson.dumps(entry, option=_SORTED) != raw or (b"\\" in raw and b"\\u0000" in raw):
            raise DoubtError
        entries.append(entry)
    return entries


def _check_columns(rows: Sequence[Row], entries: Sequence[dict[str, Any]]) -> None:
    said = [*map(_COLUMNS, entries)]
    if said != [*map(_COLUMNS_OF_ROW, rows)]:
        raise DoubtError
    versions = [columns[1] for columns in said]
    # 1, 1.0 and true are equal
    if not {*map(type, versions), *(type(row[2]) for row in rows)} <= {int}:
        raise DoubtError
    if versions and not 1 <= min(versions) <= max(versions) <= MAX_INTEGER:
        raise DoubtError


def _check_data(rows: Sequence[Row], datas: Sequence[dict[str, Any]], texts: Sequence[Text]) -> int:
    """Hold the texts of a page against the digests, and each event against its form, texts included."""
    given = [data.pop("_sd") for data in datas]
    keys: list[int] = []
    for row, own in zip(rows, given, strict=True):
        first = row[0] << ORDINAL_BITS
        keys.extend(range(first, first + len(own)))
    there, disclosures = zip(*texts, strict=True) if texts else ((), ())
    if tuple(keys) != there:
        raise DoubtError
    check_digests(given, disclosures)
    contents = contents_of(disclosures)
    begin = 0
    for columns, data, own in zip(rows, datas, given, strict=True):
        end = begin + len(own)
        _check_event(kind_of(columns[4]), data, own, contents[begin:end])
        begin = end
    return len(disclosures)


def _check_event(kind: Kind, data: dict[str, Any], digests: list[str], contents: list[list[Any]]) -> None:
    names = tuple(data)
    if names not in kind.taken:
        kind.take(names)
    if len(digests) != kind.places or digests != sorted(digests):
        raise DoubtError
    told = [content for content in contents if len(content) == 3]
    if told:
        texts = {content[1]: content[2] for content in told}
        if len(texts) < len(told) or not kind.erasable.issuperset(texts):
            raise DoubtError
        data |= texts
    kind.valid(data)
    if kind.ruled:
        kind.check(data)
