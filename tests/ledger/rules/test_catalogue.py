"""What may be recorded of requests, work, concerns, actions, reviews and disputes, and what is refused (domain 3.1)."""

from collections.abc import Sequence

import pytest

from ledger.aggregate import Act
from ledger.errors import Closed, Duplicate, Refused, Unknown
from ledger.events import (
    ActionAgreed,
    ActionCompleted,
    AmendmentDeclined,
    AmendmentProposed,
    AssumptionRecorded,
    AssumptionTested,
    CommitmentReleased,
    ConcernFelt,
    ConcernRaised,
    ConcernResolved,
    ContactMade,
    DisputeClosed,
    EngagementPaused,
    EngagementResumed,
    EntryAnnotated,
    Event,
    FeedbackReceived,
    FeedbackRequested,
    HoldingReplySent,
    IdeaDecided,
    IdeaOffered,
    LessonRecorded,
    NewsVerified,
    ObligationDelayNotified,
    ObligationFulfilled,
    PositionStated,
    RequestAnswered,
    RequestReceived,
    RequestSent,
    ResultMeasured,
    ReviewHeld,
    WorkRecorded,
    WorkStarted,
)
from ledger.testing.fakes import entry_id
from ledger.testing.scenario import at, given
from tests.northwind import CLOSED, DISPUTED, LEARNED, M2, O4, OPENED, OTHER_LETTER, OTHERS, amend, but, drafted, signed

History = Sequence[Event | Act]
ASKED = RequestReceived(request_id="R1", from_contact="c1", kind="question", channel="email", text="When?")
SENT = RequestSent(request_id="R1", to=["c1"], kind="document", channel="email", text="The drawings, please.")
HELD = HoldingReplySent(request_id="R1", channel="email", promised_by="2025-06-09", reason="away")
ANSWERED = RequestAnswered(request_id="R1", channel="email")
PROPOSED = AmendmentProposed(from_version=1, new_version=2, proposed_by="client", changes=[])
DECLINED = AmendmentDeclined(new_version=2, declined_by="provider")
STARTED = WorkStarted(basis="none")
WORKED = WorkRecorded(from_on="2025-06-02", to_on="2025-06-03", days="2")
POUNDS, DOLLARS = {"currency": "GBP", "minor": 100}, {"currency": "USD", "minor": 100}
FELT = ConcernFelt(concern_id="C1", topic="price", text="They will not pay.")
RAISED = ConcernRaised(concern_id="C1", topic="price", raised_by="provider", text="You do not pay.")
RESOLVED = ConcernResolved(concern_id="C1", outcome="resolved")
ACTION = ActionAgreed(action_id="A1", trigger="milestone:M2", owner="c1", due="2025-06-20", what="Ask.")
OFFERED = IdeaOffered(idea_id="I1", to=["c1"], text="By night.")
TAKEN_AS = AssumptionRecorded(assumption_id="H1", statement="The quay bears it.")
QUESTIONS = FeedbackRequested(
    feedback_id="F1", wave="q2", to=["c1"], instrument="mail", dimensions=["trust"], scale={"min": "0", "max": "10"}
)
ANSWERS = FeedbackReceived(
    feedback_id="F1", wave="q2", from_contact="c1", scale={"min": "0", "max": "10"}, scores=[], solicited=True
)
REVIEWED = ReviewHeld(review_id="V1", attendees=["c1"], scale={"min": "1", "max": "5"}, decision="continue")
TALKED = ContactMade(
    kind="call", direction="outbound", purpose="update", participants=["c1"], substance="How it is going."
)
POSITION = PositionStated(dispute_id="D1", item_id="late", stated_by="provider", position="It was not.")
REMARK = EntryAnnotated(entry=entry_id(2), text="Ask Ann.")
RESULTS = drafted(results=[{"result_id": "r1", "client_goal": "goal-1"}])

GOOD: dict[str, tuple[History, Event]] = {
    "an answer": ([ASKED], ANSWERED),
    "an answer of theirs to a request of ours": ([SENT], ANSWERED),
    "a promise made twice": ([ASKED, HELD], HELD),
    "a milestone born of a request, on an assumption": (
        [ASKED, TAKEN_AS],
        but(M2, from_request="R1", assumptions=["H1"]),
    ),
    "an amendment of a version that is not drafted yet": ([drafted()], PROPOSED),
    "a decline of what was proposed": ([drafted(), PROPOSED], DECLINED),
    "a decline of what was drafted": ([drafted(), drafted(2)], DECLINED),
    "a decline by either side": ([drafted(2), DECLINED], but(DECLINED, declined_by="client")),
    "work without an agreement": ([], STARTED),
    "work on a version, once it has begun without one": ([drafted(), STARTED], but(STARTED, agreement_version=1)),
    "work in the currency of its version": ([drafted()], but(WORKED, agreement_version=1, value=POUNDS)),
    "work without a version, in any currency": ([drafted()], but(WORKED, value=DOLLARS)),
    "work after the close": ([CLOSED], WORKED),
    "a concern that was felt, raised": ([FELT], RAISED),
    "a concern nobody had felt": ([], RAISED),
    "a concern felt before, said later": ([RAISED], FELT),
    "a concern resolved": ([FELT], RESOLVED),
    "an action of a contact": ([M2], ACTION),
    "an action of ours": ([M2], but(ACTION, owner="a1")),
    "an action after feedback": ([QUESTIONS], but(ACTION, trigger="feedback:F1")),
    "an idea towards a goal of the letter": ([RESULTS], but(OFFERED, client_goal="goal-1")),
    "an idea towards a goal of the account plan": ([], but(OFFERED, client_goal="goal-2")),
    "an answer to questions": ([QUESTIONS], ANSWERS),
    "a position on an item": ([M2, DISPUTED], POSITION),
    "a dispute closed": ([M2, DISPUTED], DisputeClosed(dispute_id="D1", outcome="settled")),
    "a cadence released": ([M2], CommitmentReleased(released="milestone:M2")),
    "a lesson from an entry of another stream": ([], LessonRecorded(source=f"entry:{entry_id(77)}", lesson="Ask.")),
    "a remark": ([M2], REMARK),
    "a remark on a remark": ([REMARK, REMARK], but(REMARK, entry=entry_id(3))),
    "an obligation fulfilled": ([O4], ObligationFulfilled(obligation_id="O4", by="c1")),
}


@pytest.mark.parametrize("what", GOOD)
def test_it_is_recorded(what: str) -> None:
    history, event = GOOD[what]
    others = [*OTHERS, ("actor", "a1"), ("objective", "goal-2"), ("entry", entry_id(77))]

    given(OPENED, *history, others=others).when(event).then_recorded()


NOTHING: dict[str, tuple[History, Event, str]] = {
    "the request answered": ([], ANSWERED, 'No request "R1"'),
    "the request held": ([], HELD, 'No request "R1"'),
    "who asks": ([], but(ASKED, from_contact="c9"), 'No contact "c9"'),
    "what a request blocks": ([], but(SENT, blocks=["M2"]), 'No milestone "M2"'),
    "the request a milestone is born of": ([], but(M2, from_request="R1"), 'No request "R1"'),
    "the assumption of a milestone": ([], but(M2, assumptions=["H1"]), 'No assumption "H1"'),
    "the assumption tested": ([], AssumptionTested(assumption_id="H1", verdict="held", how="x"), 'No assumption "H1"'),
    "the version amended": ([], PROPOSED, 'No version "1"'),
    "the amendment declined": ([drafted()], DECLINED, 'No amendment "2"'),
    "the version worked on": ([], but(STARTED, agreement_version=1), 'No version "1"'),
    "the milestone worked on": ([], but(WORKED, milestone_id="M2"), 'No milestone "M2"'),
    "the result measured": ([], ResultMeasured(result_id="r1", value="1", measured_by="client"), 'No result "r1"'),
    "the obligation delayed": ([], ObligationDelayNotified(obligation_id="O4"), 'No obligation "O4"'),
    "the obligation fulfilled": ([], ObligationFulfilled(obligation_id="O4"), 'No obligation "O4"'),
    "the milestone released": ([], CommitmentReleased(released="milestone:M2"), 'No milestone "M2"'),
    "the cadence released": ([], CommitmentReleased(released="cadence:weekly"), 'No cadence "weekly"'),
    "who was spoken with": ([], but(TALKED, participants=["c9"]), 'No contact "c9"'),
    "the cadence of a talk": ([], but(TALKED, cadence_id="weekly"), 'No cadence "weekly"'),
    "what a talk was about": ([], but(TALKED, about=["obligation:O4"]), 'No obligation "O4"'),
    "the news verified": ([], NewsVerified(news_id="N1", verdict="refuted", method="x"), 'No news "N1"'),
    "the cadence of a review": ([], but(REVIEWED, cadence_id="q"), 'No cadence "q"'),
    "the questions answered": ([], ANSWERS, 'No feedback "F1"'),
    "what an action is for": ([], ACTION, 'No milestone "M2"'),
    "the actor of an action": ([M2], but(ACTION, owner="a9"), 'No actor "a9"'),
    "the contact of an action": ([M2], but(ACTION, owner="c9"), 'No contact "c9"'),
    "the action completed": ([], ActionCompleted(action_id="A1"), 'No action "A1"'),
    "what a lesson is from": ([], LessonRecorded(source="review:V1", lesson="x"), 'No review "V1"'),
    "the goal of an idea": ([], but(OFFERED, client_goal="goal-9"), 'No objective "goal-9"'),
    "the idea decided": ([], IdeaDecided(idea_id="I1", outcome="adopted"), 'No idea "I1"'),
    "what a concern is about": ([], but(FELT, about=["gift:G1"]), 'No gift "G1"'),
    "the concern resolved": ([], RESOLVED, 'No concern "C1"'),
    "the dispute closed": ([], DisputeClosed(dispute_id="D1", outcome="settled"), 'No dispute "D1"'),
    "the dispute of a position": ([], POSITION, 'No dispute "D1"'),
    "the item of a position": ([M2, DISPUTED], but(POSITION, item_id="early"), 'No item of D1 "early"'),
    "the entry of a remark": ([], but(REMARK, entry=entry_id(9)), "No entry"),
}


@pytest.mark.parametrize("what", NOTHING)
def test_a_reference_to_nothing_is_refused(what: str) -> None:
    history, event, saying = NOTHING[what]

    given(OPENED, *history, others=OTHERS).when(event).then_refused(Unknown, saying)


def test_a_remark_stands_in_the_stream_of_its_entry() -> None:
    elsewhere = [*OTHERS, ("entry", entry_id(77))]

    given(OPENED, others=elsewhere).when(but(REMARK, entry=entry_id(77))).then_refused(Unknown, "No entry")
    given(OPENED, M2, REMARK, others=elsewhere).when(amend(3, "data.entry", f'"{entry_id(77)}"')).then_refused(
        Unknown, "No entry"
    )


def test_an_item_belongs_to_its_dispute() -> None:
    other = but(DISPUTED, dispute_id="D2", items=[{"item_id": "fee", "about": []}])

    given(OPENED, M2, DISPUTED, other, others=OTHERS).when(but(POSITION, item_id="fee")).then_refused(
        Unknown, 'No item of D1 "fee"'
    )


EARLIER, LATER = "2025-06-05T08:00:00.000000Z", "2025-06-06T08:00:00.000000Z"


@pytest.mark.parametrize("asked", [ASKED, SENT], ids=["of theirs", "of ours"])
@pytest.mark.parametrize("reply", [HELD, ANSWERED], ids=["promised", "answered"])
def test_nothing_is_answered_before_it_was_asked(asked: Event, reply: Event) -> None:
    story = given(OPENED, at(asked, occurred=LATER), others=OTHERS)
    answered = given(OPENED, at(asked, occurred=LATER), at(reply, occurred=LATER), others=OTHERS)

    story.when(reply, occurred=EARLIER).then_refused(Refused, "before it was asked")
    story.when(reply, occurred="2025-06-04").then_refused(Refused, "before it was asked")
    story.when(reply, occurred=LATER).then_recorded()
    story.when(reply).then_recorded()
    answered.when(amend(3, "occurred", f'"{EARLIER}"')).then_refused(Refused, "before it was asked")
    answered.when(amend(2, "occurred", '"2025-06-09"')).then_refused(Refused, "before it was asked")
    answered.when(amend(2, "occurred", f'"{EARLIER}"')).then_recorded()


@pytest.mark.parametrize("reply", [HELD, ANSWERED], ids=["promised", "answered"])
def test_nothing_is_asked_after_it_was_answered(reply: Event) -> None:
    story = given(OPENED, at(reply, occurred=EARLIER), others=OTHERS)

    story.when(ASKED, occurred=LATER).then_refused(Refused, "before it was asked")
    story.when(ASKED, occurred=EARLIER).then_recorded()


@pytest.mark.parametrize("work", [STARTED, WORKED], ids=["begun", "done"])
def test_work_is_worth_something_in_the_currency_of_its_version(work: Event) -> None:
    story = given(OPENED, drafted(), others=OTHERS)
    dollars = but(work, agreement_version=1, value=DOLLARS)
    recorded = given(OPENED, drafted(), but(work, agreement_version=1, value=POUNDS), others=OTHERS)

    story.when(dollars).then_refused(Refused, "Work worth USD, under version 1 in GBP")
    given(OPENED, others=OTHERS).along_with(drafted()).when(dollars).then_refused(Refused, "under version 1 in GBP")
    recorded.when(amend(3, "data.value", '{"currency": "USD", "minor": 1}')).then_refused(Refused, "Work worth USD")
    recorded.when(amend(2, "data.currency", '"USD"')).then_refused(Refused, "Work worth GBP, under version 1 in USD")
    recorded.when(amend(2, "data.day_cap", '"100"')).then_recorded()
    given(OPENED, drafted(), others=OTHERS).when(amend(2, "data.currency", '"USD"')).then_recorded()


def test_a_letter_drafted_again_in_another_currency_is_recorded_beside_work_under_the_first() -> None:
    again = but(drafted(letter=OTHER_LETTER), currency="USD")
    worked = but(WORKED, agreement_version=1, value=POUNDS)

    given(OPENED, drafted(), signed(), worked, others=OTHERS).when(again).then_recorded()


def test_a_letter_drafted_again_may_be_corrected_unless_work_under_it_is_left_in_a_currency_of_neither() -> None:
    again = but(drafted(letter=OTHER_LETTER), currency="USD")
    history = [OPENED, drafted(), signed(), again]
    pounds = given(*history, but(WORKED, agreement_version=1, value=POUNDS), others=OTHERS)
    dollars = given(*history, but(WORKED, agreement_version=1, value=DOLLARS), others=OTHERS)

    pounds.when(amend(4, "data.currency", '"EUR"')).then_recorded()
    dollars.when(amend(2, "data.currency", '"EUR"')).then_recorded()
    pounds.when(amend(2, "data.currency", '"EUR"')).then_refused(Refused, "Work worth GBP, under version 1 in EUR")
    dollars.when(amend(4, "data.currency", '"EUR"')).then_refused(Refused, "Work worth USD, under version 1 in EUR")


NO_MORE: list[Event] = [
    PROPOSED,
    STARTED,
    EngagementPaused(by="client", reason="the storm"),
    EngagementResumed(by="client"),
]
STILL: list[Event] = [
    DECLINED,
    WORKED,
    ASKED,
    FELT,
    RAISED,
    QUESTIONS,
    REVIEWED,
    ACTION,
    TALKED,
    REMARK,
    POSITION,
    CommitmentReleased(released="milestone:M2"),
    NewsVerified(news_id="N1", verdict="confirmed", method="asked"),
]


@pytest.mark.parametrize("event", NO_MORE, ids=lambda event: event.short_name)
def test_a_closed_engagement_takes_no_more_of_it(event: Event) -> None:
    given(OPENED, drafted(), drafted(2), CLOSED, others=OTHERS).when(event).then_refused(Closed, "takes no more")


@pytest.mark.parametrize("event", STILL, ids=lambda event: event.short_name)
def test_a_closed_engagement_still_takes_it(event: Event) -> None:
    before = [OPENED, drafted(), drafted(2), M2, DISPUTED, LEARNED, CLOSED]

    given(*before, others=OTHERS).when(event).then_recorded()


TWICE: list[tuple[History, Event, Event]] = [
    ([], ASKED, but(ASKED, kind="call")),
    ([], SENT, but(SENT, channel="letter")),
    ([ASKED], ANSWERED, but(ANSWERED, channel="call")),
    ([drafted()], PROPOSED, but(PROPOSED, proposed_by="provider")),
    ([], STARTED, but(STARTED, basis="signed")),
    ([], FELT, but(FELT, topic="scope")),
    ([], RAISED, but(RAISED, topic="scope")),
    ([FELT], RESOLVED, but(RESOLVED, outcome="withdrawn")),
    ([M2], ACTION, but(ACTION, due="2025-06-21")),
    ([], OFFERED, but(OFFERED, to=[])),
    ([], TAKEN_AS, but(TAKEN_AS, test_by="2025-06-20")),
    ([], REVIEWED, but(REVIEWED, decision="end")),
    ([], QUESTIONS, but(QUESTIONS, wave="q3")),
    ([O4], ObligationFulfilled(obligation_id="O4"), ObligationFulfilled(obligation_id="O4", by="c1")),
    (
        [M2],
        CommitmentReleased(released="milestone:M2"),
        CommitmentReleased(released="milestone:M2", agreed_by="c1"),
    ),
]


@pytest.mark.parametrize(("before", "event", "other"), TWICE, ids=lambda value: getattr(value, "short_name", ""))
def test_said_again_it_is_nothing_new_and_said_otherwise_it_is_refused(
    before: History, event: Event, other: Event
) -> None:
    told = given(OPENED, *before, event, others=OTHERS)

    told.when(event).then_nothing()
    told.when(other).then_refused(Duplicate, "with other content")


NUMBERED: list[Event] = [ASKED, SENT, FELT, RAISED, ACTION, OFFERED, TAKEN_AS, REVIEWED, QUESTIONS]


@pytest.mark.parametrize("event", NUMBERED, ids=lambda event: event.short_name)
def test_a_number_that_is_not_the_next_is_refused(event: Event) -> None:
    field = next(field for field in event.fields.values() if field.minted)
    letter = str(getattr(event, field.name))[0]

    given(OPENED, M2, others=OTHERS).when(but(event, **{field.name: f"{letter}7"})).then_refused(
        Refused, f"the next {field.kind} is {letter}1"
    )
