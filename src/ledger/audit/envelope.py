"""The attributes of a page of entries, held against the forms of design 2.1: those that vary end to end, the rest once.

What seldom changes (who, which ledger, which type) is remembered once it was in order. Ids and times change with each
entry, and have one shape when every digit is written as 0.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence
from operator import itemgetter
from typing import Any

from ledger.audit.report import DoubtError
from ledger.entry import OPTIONAL, REQUIRED, check_attributes
from ledger.values.named import NamedTuple


def check_envelopes(entries: Sequence[dict[str, Any]], origin: str) -> None:
    """Refuse the page unless each attribute but `data` and `streamversion` is there as it must be."""
    if not {entry["source"] for entry in entries} <= {origin}:
        raise DoubtError
    if not _shapes({entry["recordedtime"] for entry in entries}) <= _INSTANT:
        raise DoubtError
    _check_ids([entry["id"] for entry in entries])
    _check_subjects({entry["subject"] for entry in entries})
    moments: set[str] = set()
    for entry in entries:
        lasting, times, others, matches, seen = _plans.get(names := tuple(entry)) or _plan(names)
        values = lasting(entry)
        if values not in seen:
            _remember(entry, seen, values)
        moments.update(times(entry))
        if others and not matches("\n".join(others(entry))):
            raise DoubtError
    if not _shapes(moments) <= _MOMENTS:
        raise DoubtError
    if not {type(entry["data"]) for entry in entries} <= {dict}:
        raise DoubtError
    if not {type(entry.get("privileged", True)) for entry in entries} <= {bool}:  # 1 would be remembered as true
        raise DoubtError


class _Plan(NamedTuple):
    """How to check the attributes of entries that have the same ones."""

    lasting: Callable[[Any], tuple[Any, ...]]
    times: Callable[[Any], tuple[str, ...]]
    others: Callable[[Any], tuple[str, ...]] | None
    matches: Callable[[str], object]
    """Whether the others, a line each, are of their forms; no form takes the end of a line."""
    seen: set[tuple[Any, ...]]
    """The values of those that seldom change, which were in order."""


_STORED = frozenset({"recordedtime", "streamversion"})
"""What the store adds."""
_TIMES = ("occurred", "aware", "claimedtime")
_APART = _STORED | {"data", "id", "subject", *_TIMES}
"""What is looked at on its own, whatever else an entry has."""
_DAY, _TIME = b"0000-00-00", b"T00:00:00.000000Z"
_INSTANT = frozenset({_DAY + _TIME})
_MOMENTS = _INSTANT | {_DAY}
_UUID7 = b"00000000-0000-0000-0000-000000000000"
_DIGITS = bytes.maketrans(b"123456789", b"000000000")
_HEX = bytes.maketrans(b"123456789abcdef", b"000000000000000")
_LIMIT = 1 << 16
"""What is remembered of each; a log of a million actors is looked at anew each time."""
_subject_is_of_form = re.compile(REQUIRED["subject"], re.ASCII).fullmatch
_plans: dict[tuple[str, ...], _Plan] = {}
_subjects: set[str] = set()


def _shapes(moments: Collection[str]) -> set[bytes]:
    if not moments:
        return set()
    lines = "\n".join(moments).encode().translate(_DIGITS).split(b"\n")
    if len(lines) != len(moments):  # one of them holds an end of line
        raise DoubtError
    return {*lines}


def _check_ids(ids: Sequence[str]) -> None:
    joined = "".join(ids).encode()
    variants = joined[19::36].strip(b"89ab")
    if joined.translate(_HEX) != _UUID7 * len(ids) or joined[14::36].strip(b"7") or variants:
        raise DoubtError
    if not {*map(len, ids)} <= {36}:
        raise DoubtError


def _check_subjects(subjects: set[str]) -> None:
    for subject in subjects - _subjects:
        if not _subject_is_of_form(subject):
            raise DoubtError
        if len(_subjects) < _LIMIT:
            _subjects.add(subject)


def _plan(names: tuple[str, ...]) -> _Plan:
    lasting = [name for name in names if name not in _APART and name not in OPTIONAL]
    others = [name for name in names if name not in _APART and name in OPTIONAL]
    form = re.compile("\n".join(f"(?:{OPTIONAL[name]})" for name in others), re.ASCII)
    times = [name for name in names if name in _TIMES]
    plan = _Plan(_getter(lasting), _getter(times), _getter(others) if others else None, form.fullmatch, set())
    if len(_plans) < _LIMIT:
        _plans[names] = plan
    return plan


def _getter(names: Sequence[str]) -> Callable[[Any], tuple[Any, ...]]:
    if len(names) > 1:
        return itemgetter(*names)
    return (lambda entry: (entry[names[0]],)) if names else (lambda _: ())


def _remember(entry: dict[str, Any], seen: set[tuple[Any, ...]], values: tuple[Any, ...]) -> None:
    check_attributes({name: value for name, value in entry.items() if name not in _STORED})
    if len(seen) < _LIMIT:
        seen.add(values)
