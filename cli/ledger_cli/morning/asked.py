"""What `status` was asked: by words that are plainly its own, without click, for it is asked all day long."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from ledger.values.named import NamedTuple
from ledger_cli.reading.past import Past

if TYPE_CHECKING:
    from collections.abc import Sequence


class Asked(NamedTuple):
    """What `status` was asked."""

    engagement: str | None = None
    past: Past = Past()
    check: bool = False
    as_json: bool = False
    as_lines: bool = False
    everything: bool = False
    ledger: str | None = None


def plainly_asked(words: Sequence[str]) -> Asked | None:
    """Return what *words* ask, if they are a `status` with nothing but an engagement and flags of its own."""
    left, ledger = list(words), os.environ.get("ENGAGE_LEDGER") or None
    if len(left) > 2 and left[0] == "--ledger":
        ledger, left = left[1], left[2:]
    flags = {word for word in left[1:] if word in {"--all", "--check", "--json", "--jsonl"}}
    names = [word for word in left[1:] if word not in flags]
    if left[:1] != ["status"] or len(names) > 1 or any(name.startswith("-") for name in names):
        return None
    return Asked(
        names[0] if names else None,
        check="--check" in flags,
        as_json="--json" in flags,
        as_lines="--jsonl" in flags,
        everything="--all" in flags,
        ledger=ledger,
    )
