"""What may be recorded of a client and of our own side, and what is refused (domain 3.1)."""

from typing import cast

import pytest

from ledger.errors import Duplicate, Malformed, Refused, Unknown
from ledger.events import (
    AccountPlanApproved,
    ActorAdded,
    ActorKeyRegistered,
    AvailabilityDeclared,
    CapacityStated,
    ClockCorrected,
    ContactDeparted,
    DisclosuresErased,
    EntryAnnotated,
    EntryCorrected,
    Event,
    EvidenceIssued,
    ExitConsidered,
    GiftRecorded,
    IdeaOffered,
    LedgerCheckpointed,
    PreferenceRecorded,
    ReservesStated,
)
from ledger.practice import Practice
from ledger.testing.fakes import entry_id
from ledger.testing.scenario import ACCOUNT, PRACTICE, given
from tests.northwind import ANN, CLIENT, amend, but, reinstate, withdraw

HASH = "c3imyvymuwbpzci4o0oMSKrDYP458i+nyadHaAN5HOM="
ADA = ActorAdded(actor="a1", name="Ada")
LEAVES = ContactDeparted(contact="c1", leaves_on="2025-11-28")
PLAN = AccountPlanApproved(
    version=1,
    drafted_by="a1",
    approved_by="a1",
    valid_until="2026-05-31",
    objectives=[{"objective_id": "goal-1", "aligned_to": "ports", "shared": True}],
)
GIFT = GiftRecorded(
    gift_id="G1",
    direction="to_us",
    counterpart="c1",
    our_person="a1",
    value={"currency": "GBP", "minor": 4_000},
    estimated=True,
    kind="gift",
    decision="declined",
    what="a clock",
)
IDEA = IdeaOffered(idea_id="I1", to=["c1"], client_goal="goal-1", text="By night.")
KEY = ActorKeyRegistered(
    key_id="ada+1", holder="a1", public_key=HASH, possession="c2ln", valid_from="2025-06-06T00:00:00Z"
)
ERASED = DisclosuresErased(
    erased=[{"entry": entry_id(1), "field": "name", "digest": "x" * 43}],
    ground="request",
)
ISSUED = EvidenceIssued(form="bundle", size=2, root=HASH, entries=[entry_id(1)], withheld=0, to="counsel")
CLOCK = ClockCorrected(first_position=1, last_position=2, offset_seconds=-3600, reason="an hour ahead")
REMARK = EntryAnnotated(entry=entry_id(1), text="Who is this?")


@pytest.mark.parametrize(
    ("event", "saying"),
    [
        (but(LEAVES, contact="c9"), 'No contact "c9"'),
        (but(LEAVES, successor="c9"), 'No contact "c9"'),
        (PreferenceRecorded(contact="c9", channel="call", detail_level="normal", source="asked"), 'No contact "c9"'),
        (but(PLAN, drafted_by="a9"), 'No actor "a9"'),
        (but(PLAN, approved_by="a9"), 'No actor "a9"'),
        (but(GIFT, counterpart="c9"), 'No contact "c9"'),
        (but(GIFT, our_person="a9"), 'No actor "a9"'),
        (but(GIFT, approved_by="a9"), 'No actor "a9"'),
        (IDEA, 'No objective "goal-1"'),
        (but(REMARK, entry=entry_id(9)), "No entry"),
    ],
)
def test_a_reference_to_nothing_is_refused_for_an_account(event: Event, saying: str) -> None:
    given(CLIENT, ANN, stream=ACCOUNT, others=[("actor", "a1")]).when(event).then_refused(Unknown, saying)


def test_a_client_has_plans_gifts_and_people_who_leave() -> None:
    story = given(CLIENT, ANN, PLAN, stream=ACCOUNT, others=[("actor", "a1")])

    story.when(IDEA).then_recorded()
    story.when(GIFT).then_recorded()
    story.when(REMARK).then_recorded()
    story.when(PLAN).then_nothing()
    story.when(but(PLAN, valid_until="2027-05-31")).then_refused(Duplicate, "with other content")
    story.when(but(PLAN, version=3)).then_recorded()
    story.when(but(GIFT, gift_id="G2")).then_refused(Refused, "the next gift is G1")
    given(CLIENT, ANN, LEAVES, stream=ACCOUNT).when(LEAVES).then_nothing()
    given(CLIENT, ANN, LEAVES, stream=ACCOUNT).when(but(LEAVES, leaves_on="2025-12-28")).then_refused(Duplicate)
    given(stream=ACCOUNT).when(ExitConsidered(pain=1, benefit=2, reasons="x")).then_refused(Refused, "not been opened")


@pytest.mark.parametrize(
    ("event", "saying"),
    [
        (AvailabilityDeclared(person="a9", from_on="2025-08-04", to_on="2025-08-04", reason="x"), 'No actor "a9"'),
        (CapacityStated(person="a9", from_on="2025-08-04", to_on="2025-08-04", days="1"), 'No actor "a9"'),
        (but(KEY, holder="a9"), 'No actor "a9"'),
        (but(KEY, holder="c1"), 'No contact "c1"'),
        (but(KEY, holder="account/m3x9#contact:c9"), 'No contact "account/m3x9#c9"'),
        (but(KEY, replaces="ada+0"), 'No key "ada+0"'),
        (but(ERASED, erased=[{"entry": entry_id(9), "field": "name", "digest": "x" * 43}]), "No entry"),
        (but(ISSUED, entries=[entry_id(9)]), "No entry"),
        (but(CLOCK, last_position=9), 'No position "9"'),
        (but(REMARK, entry=entry_id(9)), "No entry"),
    ],
)
def test_a_reference_to_nothing_is_refused_on_our_own_side(event: Event, saying: str) -> None:
    others = [("position", "1"), ("position", "2")]

    given(ADA, stream=PRACTICE, others=others).when(event).then_refused(Unknown, saying)


def test_who_records_may_be_corrected_and_is_filed_as_corrected() -> None:
    renamed = EntryCorrected(
        entry=entry_id(1), kind="amend", text_changes=[{"path": "data.name", "after": '"Ada Ríos"'}], reason="misheard"
    )

    state = cast("Practice", given(ADA, renamed, REMARK, stream=PRACTICE).state)

    assert state.actors["a1"].event == but(ADA, name="Ada Ríos")
    assert [fact.event for fact in state.annotations[entry_id(1)]] == [REMARK]


def test_an_entry_that_our_own_side_does_not_hold_is_not_corrected() -> None:
    given(ADA, stream=PRACTICE).when(withdraw(9)).then_refused(Unknown, "No entry")


KEPT: list[Event] = [
    AvailabilityDeclared(person="a1", from_on="2025-08-04", to_on="2025-08-15", cover="a1", reason="away"),
    CapacityStated(from_on="2025-08-04", to_on="2025-08-04", days="1"),
    ReservesStated(months="6.5"),
    KEY,
    but(KEY, holder="ledger"),
    but(KEY, holder="account/m3x9#contact:c1"),
    LedgerCheckpointed(size=1, root=HASH, checkpoint="a note\n"),
    ERASED,
    ISSUED,
    CLOCK,
    REMARK,
]


@pytest.mark.parametrize("event", KEPT, ids=lambda event: event.short_name)
def test_our_own_side_is_kept(event: Event) -> None:
    others = [("position", "1"), ("position", "2"), ("contact", "account/m3x9#c1")]

    given(ADA, stream=PRACTICE, others=others).when(event).then_recorded()


def test_what_is_kept_of_our_own_side_is_kept_once() -> None:
    note = LedgerCheckpointed(size=1, root=HASH, checkpoint="a note\n")

    given(ADA, KEY, stream=PRACTICE).when(KEY).then_nothing()
    given(ADA, KEY, stream=PRACTICE).when(but(KEY, holder="ledger")).then_refused(Duplicate, "with other content")
    given(ADA, note, stream=PRACTICE).when(note).then_nothing()
    given(ADA, KEY, stream=PRACTICE).when(but(KEY, key_id="ada+2", replaces="ada+1")).then_recorded()


def test_a_key_takes_one_second_statement_that_it_is_revoked() -> None:
    revoked = but(KEY, revoked=True)

    given(ADA, KEY, stream=PRACTICE).when(revoked).then_recorded()
    given(ADA, KEY, revoked, stream=PRACTICE).when(revoked).then_nothing()
    given(ADA, KEY, revoked, stream=PRACTICE).when(KEY).then_nothing()
    given(ADA, KEY, stream=PRACTICE).when(but(revoked, possession="c2lm")).then_refused(Duplicate, "other content")
    given(ADA, stream=PRACTICE).when(revoked).then_recorded()


@pytest.mark.parametrize(
    "event", [KEY, but(KEY, revoked=True), ERASED, LedgerCheckpointed(size=1, root=HASH, checkpoint="a note\n")]
)
def test_what_has_left_our_hands_is_neither_taken_back_nor_said_otherwise(event: Event) -> None:
    story = given(ADA, event, stream=PRACTICE)

    for correction in (withdraw(2), reinstate(2), amend(2, "data.revoked", "false")):
        story.when(correction).then_refused(Refused, "cannot be unsaid")
    story.when(amend(2, "visibility", '"private"')).then_recorded()


@pytest.mark.parametrize("event", [ISSUED, CLOCK])
def test_what_was_shown_and_how_wrong_a_clock_was_can_be_taken_back(event: Event) -> None:
    others = [("position", "1"), ("position", "2")]

    given(ADA, event, stream=PRACTICE, others=others).when(withdraw(2)).then_recorded()


def test_a_revoked_key_stays_revoked_whatever_is_said_again() -> None:
    state = given(ADA, KEY, but(KEY, revoked=True), stream=PRACTICE).state

    assert isinstance(state, Practice)
    assert [fact.event.revoked for fact in state.keys.values()] == [True]


def test_a_remark_on_our_own_side_stays_there_when_it_is_corrected() -> None:
    story = given(ADA, REMARK, CLOCK, stream=PRACTICE, others=[("entry", entry_id(77)), ("position", "2")])

    story.when(amend(2, "data.entry", f'"{entry_id(77)}"')).then_refused(Unknown, "No entry")
    story.when(amend(2, "data.entry", f'"{entry_id(3)}"')).then_recorded()
    story.when(amend(3, "data.last_position", "0")).then_refused(Malformed)
