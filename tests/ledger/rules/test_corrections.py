"""What may be corrected, into what, and what a correction does to the rules that follow."""

from collections.abc import Sequence

import pytest

from ledger.aggregate import Act
from ledger.errors import Duplicate, Malformed, Refused, Unknown
from ledger.events import EntryCorrected, Event
from ledger.testing.fakes import entry_id
from ledger.testing.scenario import Scenario, at, given
from tests.northwind import (
    FORESEEN,
    LETTER,
    M2,
    M3,
    MOVED,
    OPENED,
    OTHER_LETTER,
    OTHERS,
    REPORTED,
    amend,
    but,
    drafted,
    reinstate,
    signed,
    withdraw,
)

NOON = '"2025-06-06T12:00:00.000000Z"'
STORY: list[Event | Act] = [
    OPENED,  # 1
    M2,  # 2
    at(FORESEEN, occurred="2025-06-06T08:00:00.000000Z", aware="2025-06-06T08:00:00.000000Z"),  # 3
    at(REPORTED, occurred="2025-06-11T09:05:00.000000Z"),  # 4
    amend(2, "data.due", '"2025-06-30"'),  # 5
    drafted(),  # 6
    M3,  # 7
]


def story() -> Scenario:
    """Start from a milestone that slips."""
    return given(*STORY, others=OTHERS)


TAKEN: dict[str, EntryCorrected] = {
    "when it was so": amend(4, "occurred", '"2025-06-12"'),
    "when it was so, taken away": amend(4, "occurred", None),
    "when it was known": amend(3, "aware", '"2025-06-03T13:20:00.000000Z"'),
    "who may see it": amend(3, "visibility", '"private"'),
    "that counsel is asked": amend(3, "privileged", "true"),
    "that counsel is not asked": amend(3, "privileged", "false"),
    "that counsel is asked, taken away": amend(3, "privileged", None),
    "a field": amend(3, "data.forecast", '"2025-08-01"'),
    "a field that was not there": amend(2, "data.effort_days", '"2.5"'),
    "an optional field, taken away": amend(2, "data.agreement_version", None),
    "a value that was never in force": amend(2, "data.due", '"2025-07-01"', before='"1999-01-01"'),
    "a text": EntryCorrected(
        entry=entry_id(2), kind="amend", text_changes=[{"path": "data.title", "after": '"rehearsal"'}], reason="typo"
    ),
    "a withdrawal": withdraw(3),
    "a withdrawal of what others refer to": withdraw(2),
    "a withdrawal of the opening": withdraw(1),
    "a reinstatement of what stands": reinstate(3),
}


@pytest.mark.parametrize("what", TAKEN)
def test_what_may_be_corrected_is(what: str) -> None:
    story().when(TAKEN[what]).then_recorded()


RESTING_ON_WHAT_IS_GONE: dict[str, tuple[Sequence[Event | Act], EntryCorrected]] = {
    "a field of what refers to it": (
        [OPENED, M2, MOVED, withdraw(2)],
        amend(3, "data.to_due", '"2025-08-01"'),
    ),
    "a withdrawal": ([OPENED, drafted(), signed(), withdraw(2)], withdraw(3)),
    "a reinstatement of what stands": ([OPENED, drafted(), signed(), withdraw(2)], reinstate(3)),
    "a second withdrawal, once it was said anew": ([OPENED, M2, withdraw(2), M2], withdraw(2)),
}


@pytest.mark.parametrize("what", RESTING_ON_WHAT_IS_GONE)
def test_what_rests_on_something_withdrawn_may_still_be_corrected(what: str) -> None:
    history, event = RESTING_ON_WHAT_IS_GONE[what]

    given(*history, others=OTHERS).when(event).then_recorded()


REFUSED: dict[str, tuple[EntryCorrected, type[Refused], str]] = {
    "an entry of another stream": (amend(99, "occurred", NOON), Unknown, f'No entry "{entry_id(99)}"'),
    "a correction": (amend(5, "data.reason", '"x"'), Refused, "#5 is a correction itself"),
    "the withdrawal of a correction": (withdraw(5), Refused, "#5 is a correction itself"),
    "no such field": (amend(3, "data.colour", '"red"'), Malformed, 'has no field "colour"'),
    "the type": (amend(3, "data.type", '"news-learned"'), Malformed, 'has no field "type"'),
    "a text among the fields": (amend(3, "data.why", '"late"'), Malformed, "in text_changes"),
    "a field among the texts": (
        EntryCorrected(
            entry=entry_id(3), kind="amend", text_changes=[{"path": "data.forecast", "after": '"x"'}], reason="r"
        ),
        Malformed,
        "corrected in changes",
    ),
    "a clock among the texts": (
        EntryCorrected(entry=entry_id(3), kind="amend", text_changes=[{"path": "aware", "after": NOON}], reason="r"),
        Malformed,
        "corrected in changes",
    ),
    "a required field, taken away": (amend(3, "data.forecast", None), Malformed, "cannot be taken away"),
    "a list, taken away": (amend(2, "data.depends_on", None), Malformed, "cannot be taken away"),
    "a required text, taken away": (
        EntryCorrected(entry=entry_id(2), kind="amend", text_changes=[{"path": "data.title"}], reason="r"),
        Malformed,
        "cannot be taken away",
    ),
    "the awareness of a slip, taken away": (amend(3, "aware", None), Malformed, "lacks aware"),
    "the visibility, taken away": (amend(3, "visibility", None), Malformed, "cannot be taken away"),
    "another visibility": (amend(3, "visibility", '"secret"'), Malformed, "visibility"),
    "another privilege": (amend(3, "privileged", '"no"'), Malformed, "true or false"),
    "no day": (amend(3, "data.forecast", '"2025-02-30"'), Malformed, "forecast"),
    "a number where a text stands": (amend(3, "data.forecast", "5"), Malformed, "forecast"),
    "no canonical moment": (amend(3, "aware", '"2025-06-06T09:00:00+01:00"'), Malformed, "aware"),
    "no canonical due date": (
        amend(3, "data.forecast", '"2025-06-06T09:00:00+01:00"'),
        Malformed,
        "write 2025-06-06T08:00:00.000000Z",
    ),
    "a reference to nothing": (amend(3, "data.milestone_id", '"M9"'), Unknown, 'No milestone "M9"'),
    "an id that is taken": (amend(7, "data.milestone_id", '"M2"'), Duplicate, "recorded as #2"),
    "a number never given": (amend(3, "data.slip_id", '"S7"'), Refused, "the next slip is S2"),
    "one slip on two milestones": (amend(4, "data.milestone_id", '"M3"'), Duplicate, "S1 is a slip of M2, not of M3."),
    "the first word of a slip on another": (amend(3, "data.milestone_id", '"M3"'), Duplicate, "a slip of M2"),
    "known after it was told": (amend(3, "aware", '"2025-06-12"'), Refused, "before it was known"),
    "told before it was known": (amend(4, "occurred", '"2025-06-04"'), Refused, "before it was known"),
}


@pytest.mark.parametrize("what", REFUSED)
def test_what_may_not_be_corrected_is_refused(what: str) -> None:
    event, error, saying = REFUSED[what]

    story().when(event).then_refused(error, saying)


MALFORMED: dict[str, dict[str, object]] = {
    "an amendment of nothing": {"kind": "amend"},
    "a withdrawal that changes something": {"kind": "withdraw", "changes": [{"path": "aware"}]},
    "a path that cannot change": {"kind": "amend", "changes": [{"path": "actor", "after": '"a2"'}]},
    "a path within a field": {"kind": "amend", "changes": [{"path": "data.causes.0", "after": "{}"}]},
    "a value that is no JSON": {"kind": "amend", "changes": [{"path": "aware", "after": "2025-06-06"}]},
    "a value that is null": {"kind": "amend", "changes": [{"path": "aware", "after": "null"}]},
    "a value that is a float": {"kind": "amend", "changes": [{"path": "data.severity", "after": "1.5"}]},
}


@pytest.mark.parametrize("what", MALFORMED)
def test_a_correction_that_says_nothing_whole_is_malformed(what: str) -> None:
    fields: dict[str, object] = {"entry": entry_id(1), "reason": "r", **MALFORMED[what]}

    with pytest.raises(Malformed):
        EntryCorrected(**fields)  # type: ignore[arg-type]  # that it is wrong is the point


def test_the_last_correction_of_a_path_wins_and_others_stand() -> None:
    history = [*STORY, amend(2, "data.due", '"2025-07-04"'), amend(2, "data.starts_on", '"2025-06-01"')]

    state = given(*history, others=OTHERS).state

    due = state.things["milestone"]["M2"]
    assert due.event.plain == but(M2, due="2025-07-04", starts_on="2025-06-01").plain


def test_what_was_corrected_is_what_is_asked_again() -> None:
    story().when(but(M2, due="2025-06-30")).then_nothing()
    story().when(M2).then_refused(Duplicate, "recorded as #2")


def test_what_was_withdrawn_may_be_said_anew() -> None:
    history = [OPENED, M2, withdraw(2)]

    given(*history, others=OTHERS).when(but(M2, due="2025-08-01")).then_recorded()
    given(*history, others=OTHERS).when(FORESEEN).then_refused(Unknown, 'No milestone "M2"')
    given(*history, reinstate(2), others=OTHERS).when(M2).then_nothing()


def test_the_number_of_a_withdrawn_slip_is_not_given_again() -> None:
    history = [OPENED, M2, FORESEEN, withdraw(3)]

    given(*history, others=OTHERS).when(FORESEEN).then_refused(Refused, "the next slip is S2")
    given(*history, others=OTHERS).when(but(FORESEEN, slip_id="S2")).then_recorded()


def test_an_opening_that_was_withdrawn_can_be_reinstated() -> None:
    history = [OPENED, M2, withdraw(1)]

    given(*history, others=OTHERS).when(M3).then_refused(Refused, "has not been opened")
    given(*history, others=OTHERS).when(reinstate(1)).then_recorded()
    given(*history, reinstate(1), others=OTHERS).when(M3).then_recorded()


def test_a_slip_that_was_spoken_of_once_may_be_of_another_milestone() -> None:
    history: list[Event | Act] = [OPENED, M2, M3, at(FORESEEN, aware="2025-06-06")]

    given(*history, others=OTHERS).when(amend(4, "data.milestone_id", '"M3"')).then_recorded()


TAKEN_MEANWHILE: dict[str, tuple[Sequence[Event | Act], EntryCorrected, type[Refused], str]] = {
    "said anew": ([OPENED, M2, withdraw(2), M2], reinstate(2), Duplicate, "M2 was recorded as #4."),
    "said otherwise": (
        [OPENED, M2, withdraw(2), but(M2, due="2025-08-01")],
        reinstate(2),
        Duplicate,
        "recorded as #4 with other content",
    ),
    "another was corrected into it": (
        [OPENED, M2, M3, withdraw(2), amend(3, "data.milestone_id", '"M2"')],
        reinstate(2),
        Duplicate,
        "recorded as #3",
    ),
    "opened for another account": (
        [OPENED, withdraw(1), but(OPENED, account="apex")],
        reinstate(1),
        Duplicate,
        "opened anew in #3",
    ),
    "the slip is of another milestone": (
        [OPENED, M2, M3, FORESEEN, REPORTED, withdraw(4), amend(5, "data.milestone_id", '"M3"')],
        reinstate(4),
        Duplicate,
        "S1 is a slip of M3, not of M2.",
    ),
    "told before it was known": (
        [
            OPENED,
            M2,
            at(FORESEEN, occurred="2025-06-06", aware="2025-06-06"),
            at(REPORTED, occurred="2025-06-07"),
            withdraw(3),
            amend(4, "occurred", '"2025-06-05"'),
        ],
        reinstate(3),
        Refused,
        "Told 2025-06-05, before it was known 2025-06-06.",
    ),
}


@pytest.mark.parametrize("what", TAKEN_MEANWHILE)
def test_what_something_else_stands_against_meanwhile_is_not_reinstated(what: str) -> None:
    history, event, error, saying = TAKEN_MEANWHILE[what]

    given(*history, others=OTHERS).when(event).then_refused(error, saying)


def test_a_refusal_says_moments_to_the_minute() -> None:
    story().when(amend(4, "occurred", '"2025-06-04"')).then_refused(
        Refused, "Told 2025-06-04, before it was known 2025-06-06 08:00 UTC."
    )


def test_a_signature_of_a_corrected_draft_is_held_to_its_corrected_hash() -> None:
    history = [OPENED, drafted(), amend(2, "data.document_sha256", f'"{OTHER_LETTER}"')]

    given(*history, others=OTHERS).when(signed(letter=OTHER_LETTER)).then_recorded()
    given(*history, others=OTHERS).when(signed(letter=LETTER)).then_refused(Refused, "its hash is")
