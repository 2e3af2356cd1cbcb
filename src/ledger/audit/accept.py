"""The quick yes: whether a page of rows is plainly what a writer writes. A no is only a doubt, which `explain` settles.

Quick, because what repeats is looked at once: the names of the attributes, the few values of most of them, the digests
and the texts of a whole page end to end. Whatever passes here passes there too: a test holds the two together.
"""

from __future__ import annotations

import re
from binascii import a2b_base64, b2a_base64
from collections.abc import Callable, Sequence
from hashlib import sha256
from operator import itemgetter
from typing import Any, NamedTuple

import orjson
from pydantic_core import ValidationError

from ledger.audit.kinds import Kind, kind_of
from ledger.entry import LARGEST_DISCLOSURE, LARGEST_ENTRY, OPTIONAL, REQUIRED, check_attributes
from ledger.errors import Malformed
from ledger.stores.schema import ORDINAL_BITS

Row = tuple[Any, ...]
"""position, stream, version, previous, type, id, recorded, leaf_hash, entry: of any type, if somebody meddled."""
Text = tuple[Any, ...]
"""key, disclosure: likewise."""


class Accepted(NamedTuple):
    """What of a page is needed further on."""

    digests: int
    sourcekeys: Sequence[tuple[int, str]]


def accept(rows: Sequence[Row], texts: Sequence[Text], origin: str) -> Accepted | None:
    """Return what goes on from a page that is plainly in order; None where anything is in doubt."""
    try:
        entries = [_entry(row, origin) for row in rows]
        digests = _texts(rows, entries, texts)
    except (_DoubtError, Malformed, ValidationError, TypeError, KeyError, ValueError):
        return None
    keyed = [(row[0], e["sourcekey"]) for row, e in zip(rows, entries, strict=True) if "sourcekey" in e]
    return Accepted(digests, keyed)


class _DoubtError(Exception):
    """Something is not plainly in order."""


class _Plan(NamedTuple):
    """How to check the attributes of entries that have the same ones."""

    lasting: Callable[[Any], tuple[Any, ...]]
    varying: Callable[[Any], tuple[str, ...]]
    matches: Callable[[str], object]
    """Whether those that vary, a line each, are of their forms; no form takes the end of a line."""
    seen: set[tuple[Any, ...]]
    """The values of those that seldom change, which were in order."""


STORED = {"recordedtime": r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z", "streamversion": ""}
"""What the store adds."""
_COLUMNS = itemgetter("subject", "streamversion", "type", "id", "recordedtime")
_VARYING = frozenset(OPTIONAL) | {"id", "recordedtime", "subject"}
_ELSEWHERE = frozenset({"data", "streamversion"})
_FORMS = {**REQUIRED, **OPTIONAL, **STORED}
_LIMIT = 1 << 16
_plans: dict[tuple[str, ...], _Plan] = {}
_URL_SAFE, _STANDARD = bytes.maketrans(b"+/", b"-_"), bytes.maketrans(b"-_", b"+/")


def _entry(row: Row, origin: str) -> dict[str, Any]:
    raw, version = row[8], row[2]
    if type(raw) is not bytes or len(raw) > LARGEST_ENTRY or b"\\u0000" in raw:
        raise _DoubtError
    entry: dict[str, Any] = orjson.loads(raw)
    if orjson.dumps(entry, option=orjson.OPT_SORT_KEYS) != raw or entry["source"] != origin:
        raise _DoubtError
    if _COLUMNS(entry) != (row[1], version, row[4], row[5], row[6]) or type(version) is not int:
        raise _DoubtError
    _envelope(entry)
    return entry


def _envelope(entry: dict[str, Any]) -> None:
    names = tuple(entry)
    plan = _plans.get(names) or _plan(names)
    lasting = plan.lasting(entry)
    if lasting not in plan.seen:
        _remember(entry, plan, lasting)
    if not plan.matches("\n".join(plan.varying(entry))):
        raise _DoubtError
    if type(entry["streamversion"]) is not int or entry["streamversion"] < 1:
        raise _DoubtError


def _plan(names: tuple[str, ...]) -> _Plan:
    lasting = [name for name in names if name not in _VARYING | _ELSEWHERE]
    varying = [name for name in names if name in _VARYING]
    form = "\n".join(f"(?:{_FORMS[name]})" for name in varying)
    plan = _Plan(itemgetter(*lasting), itemgetter(*varying), re.compile(form, re.ASCII).fullmatch, set())
    if len(_plans) < _LIMIT:
        _plans[names] = plan
    return plan


def _remember(entry: dict[str, Any], plan: _Plan, lasting: tuple[Any, ...]) -> None:
    check_attributes({name: value for name, value in entry.items() if name not in STORED})
    if len(plan.seen) < _LIMIT:
        plan.seen.add(lasting)


def _texts(rows: Sequence[Row], entries: Sequence[dict[str, Any]], texts: Sequence[Text]) -> int:
    """Hold the texts of a page against the digests, and each event against its form, texts included."""
    given = [entry["data"].pop("_sd") for entry in entries]
    keys = [row[0] << ORDINAL_BITS | n for row, own in zip(rows, given, strict=True) for n in range(len(own))]
    if keys != [key for key, _ in texts]:
        raise _DoubtError
    disclosures = [text for _, text in texts]
    digests = b2a_base64(b"".join([sha256(text).digest() + b"\0" for text in disclosures]), newline=False)
    said = "".join([f"{digest}A" for own in given for digest in own])
    # 33 bytes are 44 characters of base64, of which the last stands for the zero byte alone
    if digests.translate(_URL_SAFE) != said.encode() or len(said) != 44 * len(disclosures):
        raise _DoubtError
    contents = _contents(disclosures)
    begin = 0
    for entry, own in zip(entries, given, strict=True):
        end = begin + len(own)
        _event(entry["data"], kind_of(entry["type"]), own, contents[begin:end])
        begin = end
    return len(disclosures)


def _contents(disclosures: Sequence[bytes]) -> list[list[Any]]:
    if max(map(len, disclosures), default=0) > LARGEST_DISCLOSURE:
        raise _DoubtError
    plain = [a2b_base64(text.translate(_STANDARD) + b"==") for text in disclosures]
    again = [b2a_base64(text, newline=False).rstrip(b"=").translate(_URL_SAFE) for text in plain]
    contents = [orjson.loads(text) for text in plain]
    joined = b"[" + b",".join(plain) + b"]"
    if again != disclosures or b"\\u0000" in joined or orjson.dumps(contents, option=orjson.OPT_SORT_KEYS) != joined:
        raise _DoubtError
    return contents


def _event(fields: dict[str, Any], kind: Kind, digests: list[str], contents: list[list[Any]]) -> None:
    if len(digests) != len(kind.erasable) or digests != sorted(set(digests)):
        raise _DoubtError
    if not (kind.always <= fields.keys() and kind.erasable.isdisjoint(fields)):
        raise _DoubtError
    for content in contents:
        size = len(content)
        if type(content) is not list or size not in (1, 3) or type(content[0]) is not str:
            raise _DoubtError
        if size == 3:
            name = content[1]
            if name in fields or name not in kind.erasable:
                raise _DoubtError
            fields[name] = content[2]
    kind.valid(fields)
    if kind.rules:
        kind.event_type.trusted(fields).check()
