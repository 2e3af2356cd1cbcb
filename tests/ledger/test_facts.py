"""A fact is an entry as corrected: what was amended reads as amended, what was withdrawn does not stand."""

from ledger.aggregate import Act
from ledger.entry import Entry
from ledger.events import TYPES, EntryCorrected, Event
from ledger.facts import Fact, corrected, in_effect, read_fact
from ledger.testing.fakes import entry_id
from ledger.testing.scenario import at, given
from tests.every_event import EVERY, proposal
from tests.northwind import FORESEEN, M2, OPENED, amend, but, reinstate, withdraw

AWARE = "2025-06-06T08:00:00.000000Z"
EARLIER = "2025-06-03T13:20:00.000000Z"
HISTORY: list[Event | Act] = [OPENED, M2, at(FORESEEN, occurred=AWARE, aware=AWARE)]


def facts(*corrections: Event) -> list[Fact[Event]]:
    """Return the history with *corrections* as recorded."""
    return given(*HISTORY, *corrections).facts


def test_without_corrections_facts_stay_as_they_were_recorded() -> None:
    history = facts()

    assert corrected(history) == in_effect(history) == history


def test_clocks_visibility_and_privilege_are_amended() -> None:
    history = facts(
        amend(3, "aware", f'"{EARLIER}"'),
        amend(3, "occurred", None),
        amend(3, "visibility", '"private"'),
        amend(3, "privileged", "true"),
    )

    fact = corrected(history)[2]

    assert (fact.aware, fact.occurred, fact.visibility, fact.privileged) == (EARLIER, None, "private", True)
    assert [correction.event for correction in fact.corrections] == [each.event for each in history[3:]]
    assert fact.event == FORESEEN


def test_the_last_correction_of_a_field_wins_and_the_entry_stays() -> None:
    history = facts(amend(3, "data.forecast", '"2025-08-01"'), amend(3, "data.forecast", '"2025-09-01"'))

    fact = corrected(history)[2]

    assert fact.event == but(FORESEEN, forecast="2025-09-01")
    assert fact.entry is history[2].entry
    assert fact.entry.data["forecast"] == "2025-07-18"


def test_a_text_is_amended_beside_the_bytes() -> None:
    change = EntryCorrected(
        entry=entry_id(3), kind="amend", text_changes=[{"path": "data.why", "after": '"vendor"'}], reason="typo"
    )

    assert corrected(facts(change))[2].event == but(FORESEEN, why="vendor")


def test_a_field_may_be_taken_away() -> None:
    assert corrected(facts(amend(2, "data.effort_days", '"3"'), amend(2, "data.effort_days", None)))[1].event == M2


def test_what_was_withdrawn_does_not_stand_until_it_is_reinstated() -> None:
    withdrawn, back = facts(withdraw(3)), facts(withdraw(3), reinstate(3))

    assert [fact.entry.position for fact in in_effect(withdrawn)] == [1, 2, 4]
    assert corrected(withdrawn)[2].withdrawn
    assert [fact.entry.position for fact in in_effect(back)] == [1, 2, 3, 4, 5]


def test_when_something_was_is_what_was_said_else_when_it_was_recorded() -> None:
    said, unsaid = facts()[2], facts()[1]

    assert (said.when, unsaid.when) == (AWARE, unsaid.entry.recorded)


def test_a_fact_is_read_from_its_entry_with_its_clocks_and_whether_counsel_is_asked() -> None:
    kept = proposal("milestone-delivered", 1)
    plain = {name: value for name, value in kept.attributes.items() if name not in {"occurred", "aware"}}

    fact = read_fact(Entry(1, {**kept.attributes, "privileged": True}), kept.disclosures)
    bare = read_fact(Entry(1, {name: value for name, value in plain.items() if name != "privileged"}))

    assert (fact.occurred, fact.aware) == ("2025-06-06T07:30:00.000000Z", "2025-06-06")
    assert (fact.visibility, fact.privileged) == ("shared", True)
    assert fact.event.data == TYPES["milestone-delivered"](**EVERY["milestone-delivered"]).data
    assert (bare.occurred, bare.aware, bare.privileged) == (None, None, False)
