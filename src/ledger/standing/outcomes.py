"""The results of an assignment: what was agreed, what was measured last, and how each was marked at the close (P20, P48)."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from ledger.values.frozen import Frozen

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from ledger.events import AgreementDrafted, EngagementClosed, Event, ResultMeasured
    from ledger.facts import Fact
    from ledger.standing.known import Known
    from ledger.values.records import Bonus, Result, StatedResult

    Draft = Fact[AgreementDrafted]


class Outcome(Frozen):
    """One *result* as *draft* names it, and what became of it."""

    result: Result
    draft: Draft
    in_force: bool
    measured: Fact[ResultMeasured] | None
    closed: Fact[EngagementClosed] | None

    @property
    def name(self) -> str:
        """Its id."""
        return self.result["result_id"]

    @property
    def words(self) -> StatedResult | None:
        """Return what it says in words, and how it is measured; None once that is erased."""
        scope = self.draft.event.scope
        return next((said for said in scope["results"] if said["result_id"] == self.name), None) if scope else None

    @property
    def bonuses(self) -> list[Bonus] | None:
        """Return what is paid for it, the lowest threshold first; None where nothing is known of the pay."""
        pay = self.draft.event.compensation
        if pay is None:
            return None
        own = (bonus for bonus in pay["bonuses"] if bonus["result_id"] == self.name)
        return sorted(own, key=lambda bonus: Decimal(bonus["threshold"]))

    @property
    def attained(self) -> bool | None:
        """Return whether the value measured last is no less than the target; None where they cannot be compared."""
        if self.measured is None or "target" not in self.result:
            return None
        units = {self.result.get("unit"), self.measured.event.unit} - {None}
        return None if len(units) > 1 else Decimal(self.measured.event.value) >= Decimal(self.result["target"])

    @property
    def verdict(self) -> str | None:
        """Return how it was marked when the engagement closed."""
        marked = self.closed.event.results if self.closed else ()
        return next((mark["verdict"] for mark in marked if mark["result_id"] == self.name), None)

    @property
    def facts(self) -> list[Fact[Event]]:
        """Return all that it stands on."""
        return [fact for fact in (self.draft, self.measured, self.closed) if fact is not None]


def outcomes_of(known: Known, as_of: datetime) -> Iterator[Outcome]:
    """Yield each result that any version names: as the version in force has it, else as the newest that does."""
    drafts, version = known.engagement.drafts, known.version_in_force(as_of)
    order = [*([version] if version else []), *(v for v in sorted(drafts, reverse=True) if v != version)]
    found: dict[str, tuple[Result, Draft]] = {}
    for draft in (drafts[number] for number in order):
        for result in draft.event.results:
            found.setdefault(result["result_id"], (result, draft))
    for name, (result, draft) in found.items():
        in_force = draft.event.version == version
        yield Outcome(result, draft, in_force, _measured(known, name), known.engagement.closed)


def _measured(known: Known, name: str) -> Fact[ResultMeasured] | None:
    """Return the measurement that was made last, of those of one moment the one recorded last."""
    own = (fact for fact in known.engagement.work.measured if fact.event.result_id == name)
    return max(own, key=lambda fact: (known.at(fact), fact.entry.position), default=None)
