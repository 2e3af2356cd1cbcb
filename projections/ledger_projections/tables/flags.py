"""Flags: entries that stand although a rule speaks against them (domain 3.3.5)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ledger.events import EntryCorrected
from ledger.facts import corrected
from ledger_projections.flagging import FLAGS, flags
from ledger_projections.table import Column, Row, Table
from ledger_projections.whose import VISIBILITY, WHOSE, visibility, whose

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ledger.events import Event
    from ledger.facts import Fact
    from ledger.values import EntryId
    from ledger_projections.table import Scalar
    from ledger_projections.view import View

COLUMNS = (
    *WHOSE,
    Column("entry", "text", "Id of the entry that is flagged."),
    Column("position", "integer", "Its position.", example="31"),
    Column("flag", "text", f"The rule: {', '.join(FLAGS)}.", example="without-authority"),
    Column("subject", "text", "What the entry is about, as a reference.", example="milestone:M2"),
    Column("detail", "text", "Why it is flagged.", example="project manager may not accept or reject"),
    Column("flag_rule", "text", "The rule in words."),
    Column("practice", "text", "The practice or the metric that asks for it.", example="P49"),
    Column("cured_by", "text", "Id of the entry that cures it.", nullable=True),
    Column("is_cured", "boolean", "1: ratified since."),
    VISIBILITY,
)


def rows(view: View) -> Iterator[Row]:
    """Yield a row for each flag."""
    found = list(flags(view))
    now: dict[EntryId, Fact[Event]] = {}
    if (
        found and EntryCorrected in view.state.newest
    ):  # a flag on a correction holds what it corrects as it was recorded
        now = {fact.entry.id: fact for fact in corrected(view.state.history)}
    for flag in found:
        facts = [flag.fact, *flag.others, *([flag.cured] if flag.cured else [])]
        values: dict[str, Scalar] = {
            "entry": flag.fact.entry.id,
            "position": flag.fact.entry.position,
            "flag": flag.flag,
            "subject": flag.subject,
            "detail": flag.detail,
            "flag_rule": FLAGS[flag.flag].meaning,
            "practice": FLAGS[flag.flag].practice,
            "cured_by": flag.cured.entry.id if flag.cured else None,
            "is_cured": flag.cured is not None,
            "visibility": visibility(now.get(fact.entry.id, fact) for fact in facts),
        }
        yield Row({**whose(view), **values}, facts)


TABLE = Table(
    "flags",
    "One row a flag: what was recorded although a rule speaks against it.",
    ("entry", "flag"),
    COLUMNS,
    rows,
    frozenset({"engagement", "account"}),
    about=("subject", ""),
)
