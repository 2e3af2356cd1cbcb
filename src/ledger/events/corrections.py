"""Corrections and remarks: new entries beside the old ones, which stay."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import orjson

from ledger import canonical
from ledger.errors import Malformed
from ledger.events.base import Event
from ledger.values import EntryRef, Erasable, Text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ledger.values.records import Change


class EntryCorrected(Event, streams="engagement account practice"):
    """An entry is amended, withdrawn or reinstated; paths of erasable fields stand in *text_changes* only."""

    entry: EntryRef
    kind: Literal["amend", "withdraw", "reinstate"]
    changes: list[Change] = []
    text_changes: Erasable[list[Change]] = None
    reason: Erasable[Text]

    def check(self) -> None:
        """Refuse a withdrawal that changes something, and a value that is no JSON."""
        if self.kind != "amend" and (self.changes or self.text_changes):
            raise Malformed(f"A correction that {self.kind}s cannot change fields.")
        check_changes((*self.changes, *(self.text_changes or ())))

    def check_texts(self) -> None:
        """Refuse an amendment of nothing."""
        if self.kind == "amend" and not self.changes and not self.text_changes:
            raise Malformed("A correction that amends changes nothing.")


class EntryAnnotated(Event, streams="engagement account practice", private=True):
    """A remark of ours beside an entry, which it leaves as it is."""

    entry: EntryRef
    text: Erasable[Text]


def check_changes(changes: Iterable[Change]) -> None:
    """Refuse a value before or after that is no JSON."""
    for change in changes:
        for value in (change.get("before"), change.get("after")):
            if value is not None:
                _check_json(change["path"], value)


def _check_json(path: str, text: str) -> None:
    try:
        canonical.check({"value": orjson.loads(text)})
    except orjson.JSONDecodeError as error:
        raise Malformed(
            f"{path}: {text!r} is not JSON: {error}.", field=path, advice='Write a text as "text".'
        ) from error
