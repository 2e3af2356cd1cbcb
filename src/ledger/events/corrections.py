"""Corrections: new entries beside the old ones, which stay."""

from __future__ import annotations

from typing import Literal

import orjson

from ledger import canonical
from ledger.errors import Malformed
from ledger.events.base import Event
from ledger.values import Change, EntryRef, Erasable, Text


class EntryCorrected(Event, streams="engagement account practice"):
    """An entry is amended, withdrawn or reinstated; paths of erasable fields stand in *text_changes* only."""

    entry: EntryRef
    kind: Literal["amend", "withdraw", "reinstate"]
    changes: list[Change] = []
    text_changes: Erasable[list[Change]] = None
    reason: Erasable[Text]

    def check(self) -> None:
        """Refuse an amendment of nothing, a withdrawal that changes something, and a value that is no JSON."""
        amends = bool(self.changes or self.text_changes)
        if amends != (self.kind == "amend"):
            raise Malformed(
                f"A correction that {self.kind}s {'changes nothing' if not amends else 'cannot change fields'}."
            )
        for change in (*self.changes, *(self.text_changes or ())):
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
