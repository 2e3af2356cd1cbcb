"""The events of one small engagement, for tests to tell stories with."""

from hashlib import sha256
from typing import Any, TypeVar

from ledger.events import (
    AccountOpened,
    AgreementDrafted,
    AgreementSigned,
    CadenceAgreed,
    ContactAdded,
    DisputeRaised,
    EngagementClosed,
    EngagementOpened,
    EntryCorrected,
    Event,
    MilestoneAgreed,
    MilestoneRescheduled,
    NewsLearned,
    NewsReported,
    ObligationAgreed,
    SlipForeseen,
    SlipReported,
)
from ledger.testing.fakes import entry_id
from ledger.values.records import Change, Result

LETTER, OTHER_LETTER = (sha256(words).hexdigest() for words in (b"the letter", b"another letter"))
OTHERS = [("account", "acme"), ("account", "apex"), ("contact", "c1"), ("contact", "c2"), ("calendar", "london")]
"""What stands in other streams."""

OPENED = EngagementOpened(account="acme", alias="northwind")
M2 = MilestoneAgreed(milestone_id="M2", due="2025-06-27", title="dress rehearsal")
M3 = MilestoneAgreed(milestone_id="M3", due="2025-09-30", title="first night")
O4 = ObligationAgreed(obligation_id="O4", kind="access", due="2025-06-10", title="keys")
WEEKLY = CadenceAgreed(
    cadence_id="weekly", kind="report", rrule="FREQ=WEEKLY;BYDAY=FR", starts="2025-06-06T16:00", calendar="london"
)
FORESEEN = SlipForeseen(slip_id="S1", milestone_id="M2", forecast="2025-07-18")
REPORTED = SlipReported(slip_id="S1", milestone_id="M2", forecast="2025-07-18", to=["c1"])
MOVED = MilestoneRescheduled(milestone_id="M2", from_due="2025-06-27", to_due="2025-07-18")
LEARNED = NewsLearned(news_id="N1", polarity="bad", summary="The vendor is insolvent.")
TOLD = NewsReported(news_id="N1", to=["c1"])
DISPUTED = DisputeRaised(dispute_id="D1", raised_by="client", items=[{"item_id": "late", "about": ["milestone:M2"]}])
CLOSED = EngagementClosed(reason="completed", results=[], open_obligations=[])
CLIENT = AccountOpened(kind="organisation", alias="acme", name="ACME")
ANN = ContactAdded(contact_id="c1", side="client", level="executive", name="Ann", role="sponsor")

E = TypeVar("E", bound=Event)


def but(event: E, **changes: Any) -> E:
    """Return *event* with *changes*."""
    return type(event)(**{**event.data, **changes})


def drafted(
    version: int = 1, letter: str = LETTER, results: list[Result] | None = None, amends: int | None = None
) -> AgreementDrafted:
    """Draft a version with a letter."""
    return AgreementDrafted(
        version=version,
        amends=amends,
        drafted_by="provider",
        document_sha256=letter,
        currency="GBP",
        calendar="london",
        parts=["scope"],
        notices=[],
        results=results or [],
    )


def signed(version: int = 1, letter: str = LETTER, signatory: str = "c1") -> AgreementSigned:
    """Sign a version for the client."""
    return AgreementSigned(
        version=version, signed_for="client", signatory=signatory, document_sha256=letter, method="wet_ink"
    )


def amend(number: int, path: str, after: str | None, before: str | None = None) -> EntryCorrected:
    """Amend one path of the *number*-th entry of a history; the values are JSON text."""
    change: Change = {"path": path}
    if after is not None:
        change["after"] = after
    if before is not None:
        change["before"] = before
    return EntryCorrected(entry=entry_id(number), kind="amend", changes=[change], reason="misread")


def withdraw(number: int) -> EntryCorrected:
    """Withdraw the *number*-th entry of a history."""
    return EntryCorrected(entry=entry_id(number), kind="withdraw", reason="never was")


def reinstate(number: int) -> EntryCorrected:
    """Reinstate the *number*-th entry of a history."""
    return EntryCorrected(entry=entry_id(number), kind="reinstate", reason="was so after all")
