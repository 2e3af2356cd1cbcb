"""Flags on amendments: what they would change is not what is in force (P10)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from orjson import loads

from ledger_projections.flagging.flag import Flag

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ledger.events import AgreementDrafted, AmendmentProposed
    from ledger.facts import Fact
    from ledger.standing import Known
    from ledger_projections.view import View


def amendment_flags(view: View, known: Known) -> Iterator[Flag]:
    """Yield a flag on each proposal whose `before` is not the value in force when it was made."""
    for version, amendment in known.engagement.amendments.items():
        proposed = amendment.proposed
        if proposed is not None and view.concerns("version", version):
            held = known.version_in_force(known.at(proposed)) or proposed.event.from_version
            draft = known.engagement.drafts.get(held)
            wrong = [_words(change["path"], held) for change in _wrong(proposed, draft)] if draft else []
            if draft and wrong:
                yield Flag(proposed, "before-not-in-force", f"version:{version}", "; ".join(wrong), [draft])


def _wrong(proposed: Fact[AmendmentProposed], draft: Fact[AgreementDrafted]) -> Iterator[Any]:
    for change in proposed.event.changes or ():  # none once they were erased
        name = change["path"].removeprefix("data.")
        if name in draft.event.fields and not _holds(draft.event, name, change.get("before")):
            yield change


def _holds(draft: AgreementDrafted, name: str, before: str | None) -> bool:
    """Return whether a field has the value *before*; of an erased one nobody can say."""
    value = getattr(draft, name)
    if value is None and draft.fields[name].erasable:
        return True
    return bool(value is None if before is None else value == loads(before))


def _words(path: str, version: int) -> str:
    return f"the {path.removeprefix('data.').replace('_', ' ')} it starts from is not what v{version} says"
