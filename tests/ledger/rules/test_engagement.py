"""What an engagement refuses (domain 3.1): references to nothing, ids used twice, signatures of nothing, told before known."""

from collections.abc import Sequence
from typing import cast

import pytest

from ledger.aggregate import Act
from ledger.engagement import Engagement, decide
from ledger.errors import Closed, Duplicate, Refused, Unknown
from ledger.events import (
    CommunicationAcknowledged,
    EngagementClosed,
    EngagementOpened,
    Event,
    FeedbackReceived,
    MilestoneDelivered,
    MilestoneJudged,
    SlipAverted,
    StatusReportSent,
)
from ledger.testing.fakes import entry_id
from ledger.testing.scenario import at, given
from tests.northwind import (
    CLOSED,
    DISPUTED,
    FORESEEN,
    LEARNED,
    LETTER,
    M2,
    M3,
    MOVED,
    O4,
    OPENED,
    OTHER_LETTER,
    OTHERS,
    REPORTED,
    TOLD,
    WEEKLY,
    but,
    drafted,
    signed,
)

History = Sequence[Event | Act]
REVIEWED = {"format": "a page", "cadence_id": "monthly"}
FEEDBACK = FeedbackReceived(wave="q2", from_contact="c1", scale={"min": "0", "max": "10"}, scores=[], solicited=True)
WITH_EVALUATION = but(drafted(), evaluation=REVIEWED)

REFERENCES_TO_NOTHING: dict[str, tuple[History, Event, str]] = {
    "an account": ([], EngagementOpened(account="nobody", alias="x"), 'No account "nobody"'),
    "the milestone of a slip": ([OPENED], FORESEEN, 'No milestone "M2"'),
    "the milestone that was told of": ([OPENED], REPORTED, 'No milestone "M2"'),
    "the one who was told": ([OPENED, M2], but(REPORTED, to=["c9"]), 'No contact "c9"'),
    "the slip averted": ([OPENED, M2], SlipAverted(slip_id="S1"), 'No slip "S1"'),
    "the milestone that moves": ([OPENED], MOVED, 'No milestone "M2"'),
    "the milestone delivered": ([OPENED], MilestoneDelivered(milestone_id="M2"), 'No milestone "M2"'),
    "the judge": ([OPENED, M2], MilestoneJudged(milestone_id="M2", verdict="accepted", by="c9"), 'No contact "c9"'),
    "the milestone before": ([OPENED], but(M2, depends_on=["M1"]), 'No milestone "M1"'),
    "the milestone blocked": ([OPENED], but(O4, blocks=["M2"]), 'No milestone "M2"'),
    "the version it belongs to": ([OPENED], but(M2, agreement_version=1), 'No version "1"'),
    "the version it amends": ([OPENED], drafted(2, amends=1), 'No version "1"'),
    "the calendar of an agreement": (
        [OPENED],
        but(drafted(), calendar="lodnon"),
        'No calendar "lodnon". Did you mean london?',
    ),
    "the calendar of a cadence": ([OPENED], but(WEEKLY, calendar="paris"), 'No calendar "paris"'),
    "the cadence of reviews": ([OPENED], WITH_EVALUATION, 'No cadence "monthly"'),
    "the audience": ([OPENED], but(WEEKLY, audience=["c9"]), 'No contact "c9"'),
    "the cadence of a report": ([OPENED], StatusReportSent(cadence_id="weekly", to=[]), 'No cadence "weekly"'),
    "the news told": ([OPENED], TOLD, 'No news "N1"'),
    "what news is about": ([OPENED], but(LEARNED, about=["slip:S1"]), 'No slip "S1"'),
    "a contact of another account": (
        [OPENED],
        but(LEARNED, about=["account/m3x9#contact:c1"]),
        'No contact "account/m3x9#c1"',
    ),
    "the entry acknowledged": (
        [OPENED],
        CommunicationAcknowledged(acknowledges=entry_id(9), by="c1"),
        f'No entry "{entry_id(9)}"',
    ),
    "who answers": ([OPENED], but(FEEDBACK, from_contact="c9"), 'No contact "c9"'),
    "the asking": ([OPENED], but(FEEDBACK, feedback_id="F1"), 'No feedback "F1"'),
    "what is disputed": ([OPENED], DISPUTED, 'No milestone "M2"'),
    "a result at the close": (
        [OPENED],
        EngagementClosed(reason="mutual", results=[{"result_id": "r1", "verdict": "waived"}], open_obligations=[]),
        'No result "r1"',
    ),
    "an obligation at the close": (
        [OPENED],
        EngagementClosed(reason="mutual", results=[], open_obligations=["O4"]),
        'No obligation "O4"',
    ),
}


@pytest.mark.parametrize("what", REFERENCES_TO_NOTHING)
def test_a_reference_to_nothing_is_refused(what: str) -> None:
    history, event, saying = REFERENCES_TO_NOTHING[what]

    given(*history, others=OTHERS).when(event).then_refused(Unknown, saying)


SOMETHING: dict[str, Event] = {
    "in this stream": but(LEARNED, about=["milestone:M2", "cadence:weekly", "part:scope"]),
    "in another account": but(LEARNED, about=["account/m3x9#contact:c1"]),
    "an entry of another stream": CommunicationAcknowledged(acknowledges=entry_id(77), by="c1"),
    "an entry of this stream": CommunicationAcknowledged(acknowledges=entry_id(2), by="c1"),
    "a result that was drafted": but(LEARNED, about=["result:r1", "version:1"]),
    "an item of its own dispute": but(DISPUTED, items=[{"item_id": "late", "about": ["item:late"]}]),
}


@pytest.mark.parametrize("where", SOMETHING)
def test_a_reference_to_something_is_recorded(where: str) -> None:
    others = [*OTHERS, ("contact", "account/m3x9#c1"), ("entry", entry_id(77)), ("part", "scope")]
    letter = drafted(results=[{"result_id": "r1"}])

    given(OPENED, M2, WEEKLY, letter, others=others).when(SOMETHING[where]).then_recorded()


def test_the_calendar_called_default_is_always_there() -> None:
    given(OPENED).when(but(WEEKLY, calendar="default")).then_recorded()
    given(OPENED).when(but(drafted(), calendar="default")).then_recorded()


def test_a_reference_within_a_batch_is_good_in_either_order() -> None:
    scenario = given(OPENED, others=OTHERS)

    scenario.along_with(M2).when(FORESEEN).then_recorded()
    scenario.along_with(drafted()).when(signed()).then_recorded()
    scenario.along_with(LEARNED).when(TOLD).then_recorded()


SAID_OTHERWISE: dict[str, tuple[Event, Event]] = {
    "another account": (OPENED, EngagementOpened(account="apex", alias="northwind")),
    "another sensitivity": (OPENED, EngagementOpened(account="acme", sensitive=True, alias="northwind")),
    "another day": (M2, but(M2, due="2025-06-28")),
    "another kind of obligation": (O4, but(O4, kind="support")),
    "another rule": (WEEKLY, but(WEEKLY, rrule="FREQ=DAILY")),
    "another letter": (drafted(), drafted(letter=OTHER_LETTER)),
    "another forecast": (FORESEEN, but(FORESEEN, forecast="2025-08-01")),
    "other news": (LEARNED, but(LEARNED, polarity="good")),
    "another dispute": (DISPUTED, but(DISPUTED, raised_by="provider")),
}


@pytest.mark.parametrize("what", SAID_OTHERWISE)
def test_an_id_used_again_with_other_content_is_refused(what: str) -> None:
    first, second = SAID_OTHERWISE[what]

    given(OPENED, M2, first, others=OTHERS).when(second).then_refused(Duplicate)


@pytest.mark.parametrize("event", [OPENED, M2, O4, WEEKLY, drafted(), FORESEEN, LEARNED, DISPUTED], ids=repr)
def test_the_same_content_asked_again_changes_nothing(event: Event) -> None:
    given(OPENED, M2, event, others=OTHERS).when(event).then_nothing()


def test_a_slip_belongs_to_one_milestone() -> None:
    other = but(REPORTED, milestone_id="M3")

    given(OPENED, M2, M3, FORESEEN, others=OTHERS).when(other).then_refused(Duplicate, "S1 is a slip of M2, not of M3.")


def test_a_number_may_be_typed_only_if_it_is_the_next() -> None:
    scenario = given(OPENED, M2, FORESEEN, but(FORESEEN, slip_id="S2"), others=OTHERS)

    scenario.when(but(FORESEEN, slip_id="S3")).then_recorded()
    scenario.when(but(REPORTED, slip_id="S3")).then_recorded()
    scenario.when(but(FORESEEN, slip_id="S4")).then_refused(Refused, "the next slip is S3")
    scenario.when(but(REPORTED, slip_id="S4")).then_refused(Refused, "the next slip is S3")


def test_the_newest_number_is_not_given_again_once_an_older_slip_is_spoken_of() -> None:
    scenario = given(OPENED, M2, FORESEEN, but(FORESEEN, slip_id="S2"), REPORTED, others=OTHERS)

    assert scenario.state.next_id("slip") == "S3"


def test_what_was_drafted_again_after_a_signature_is_recorded_once() -> None:
    again = drafted(letter=OTHER_LETTER)
    scenario = given(OPENED, drafted(), signed(), again, others=OTHERS)

    scenario.when(drafted()).then_nothing()
    scenario.when(again).then_nothing()


def test_an_entry_of_this_stream_is_known_before_the_rest_of_the_ledger_is_asked() -> None:
    story = given(OPENED, M2)

    class Nothing:
        def holds(self, kind: str, name: str) -> bool:
            return False

        def named(self, kind: str) -> list[str]:
            return []

        def coming(self, version: int) -> None:
            return None

    asked = decide(cast("Engagement", story.state), Act(but(LEARNED, about=[f"entry:{entry_id(2)}"])), Nothing())

    assert len(asked) == 1


ADVICE: dict[str, tuple[History, Event, str]] = {
    "a calendar that nobody set": ([OPENED], but(WEEKLY, calendar="paris"), "engage policy --set - < policy.json"),
    "a milestone that nobody agreed": (
        [OPENED],
        FORESEEN,
        'There is no milestone yet: engage agreed M2 "TITLE" --due WHEN, or leave M2 out.',
    ),
    "a milestone beside those agreed": ([OPENED, M3], FORESEEN, "There are: M3."),
    "an id that is taken": (
        [OPENED, M2],
        but(M2, due="2025-06-28"),
        "engage show 2   (to change it: engage correct 2)",
    ),
    "a slip of another milestone": ([OPENED, M2, M3, FORESEEN], but(REPORTED, milestone_id="M3"), "Leave the id out."),
}


@pytest.mark.parametrize("what", ADVICE)
def test_a_refusal_says_what_to_do_next(what: str) -> None:
    history, event, advice = ADVICE[what]

    with pytest.raises(Refused) as refused:
        given(*history, others=OTHERS).when(event).decide()

    assert refused.value.advice == advice


def test_a_name_that_is_nearly_one_of_this_stream_is_suggested() -> None:
    report = StatusReportSent(cadence_id="weekyl", to=["c1"])

    given(OPENED, WEEKLY, others=OTHERS).when(report).then_refused(Unknown, "Did you mean weekly?")


def test_a_version_that_was_not_drafted_cannot_be_signed() -> None:
    given(OPENED, drafted(), others=OTHERS).when(signed(2)).then_refused(Unknown, 'version of the agreement "2"')


def test_a_document_that_was_not_drafted_cannot_be_signed() -> None:
    refused = given(OPENED, drafted(), others=OTHERS).when(signed(letter=OTHER_LETTER))

    refused.then_refused(Refused, f"its hash is {OTHER_LETTER[:12]}…, the draft's is {LETTER[:12]}…")


def test_two_people_may_sign_for_one_side() -> None:
    given(OPENED, drafted(), signed(), others=OTHERS).when(signed(signatory="c2")).then_recorded()
    given(OPENED, drafted(), signed(), others=OTHERS).when(signed()).then_nothing()


KNOWN_THEN_TOLD = [
    ("2025-06-06T08:00:00.000000Z", "2025-06-06T07:59:59.999999Z"),
    ("2025-06-06T08:00:00.000000Z", "2025-06-04"),
    ("2025-06-06", "2025-06-05"),
    ("2025-06-06", "2025-06-05T09:59:59.999999Z"),
]
"""Known, and told surely before, wherever on earth the days are."""
TOLD_IN_TIME = [
    ("2025-06-06T08:00:00.000000Z", "2025-06-06T08:00:00.000000Z"),
    ("2025-06-06T08:00:00.000000Z", "2025-06-06"),
    ("2025-06-06", "2025-06-06"),
    ("2025-06-06", "2025-06-05T10:00:00.000000Z"),
    ("2025-06-06", None),
]


@pytest.mark.parametrize(("aware", "told"), KNOWN_THEN_TOLD)
def test_what_was_told_before_it_was_known_is_refused(aware: str, told: str) -> None:
    scenario = given(OPENED, M2, at(FORESEEN, aware=aware), at(LEARNED, aware=aware), others=OTHERS)

    scenario.when(REPORTED, occurred=told).then_refused(Refused, "before it was known")
    scenario.when(TOLD, occurred=told).then_refused(Refused, "before it was known")


@pytest.mark.parametrize(("aware", "told"), KNOWN_THEN_TOLD)
def test_what_was_known_after_it_was_told_is_refused(aware: str, told: str) -> None:
    others = [*OTHERS, ("news", "N1")]
    scenario = given(OPENED, M2, at(REPORTED, occurred=told), at(TOLD, occurred=told), others=others)

    scenario.when(FORESEEN, aware=aware).then_refused(Refused, "before it was known")
    scenario.when(LEARNED, aware=aware).then_refused(Refused, "before it was known")


@pytest.mark.parametrize(("aware", "told"), TOLD_IN_TIME)
def test_what_was_told_when_it_was_known_is_recorded(aware: str, told: str | None) -> None:
    scenario = given(OPENED, M2, at(FORESEEN, aware=aware), at(LEARNED, aware=aware), others=OTHERS)

    scenario.when(REPORTED, occurred=told).then_recorded()
    scenario.when(TOLD, occurred=told).then_recorded()


def test_nothing_is_recorded_before_the_engagement_is_opened() -> None:
    given(others=OTHERS).when(M2).then_refused(Refused, "has not been opened")


AFTER_CLOSING: list[Event] = [
    drafted(),
    M3,
    but(O4, obligation_id="O5"),
    but(WEEKLY, cadence_id="monthly"),
    EngagementClosed(reason="mutual", results=[], open_obligations=[]),
]


@pytest.mark.parametrize("event", AFTER_CLOSING, ids=lambda event: event.short_name)
def test_a_closed_engagement_refuses_new_commitments(event: Event) -> None:
    given(OPENED, M2, O4, WEEKLY, CLOSED, others=OTHERS).when(event).then_refused(Closed, "was closed in #5")


STILL_TAKEN: list[Event] = [
    FORESEEN,
    but(REPORTED, slip_id="S1"),
    MOVED,
    MilestoneDelivered(milestone_id="M2"),
    MilestoneJudged(milestone_id="M2", verdict="accepted", by="c1"),
    StatusReportSent(to=["c1"]),
    LEARNED,
    FEEDBACK,
    DISPUTED,
    TOLD,
    CommunicationAcknowledged(acknowledges=entry_id(2), by="c1"),
]


@pytest.mark.parametrize("event", STILL_TAKEN, ids=lambda event: event.short_name)
def test_a_closed_engagement_takes_everything_else(event: Event) -> None:
    given(OPENED, M2, CLOSED, others=[*OTHERS, ("news", "N1")]).when(event).then_recorded()


def test_what_stood_before_the_close_is_no_refusal_after_it() -> None:
    given(OPENED, M2, CLOSED, others=OTHERS).when(M2).then_nothing()
