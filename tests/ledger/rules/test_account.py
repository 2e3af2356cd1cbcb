"""What an account and our own side refuse, and what they answer when asked again."""

import pytest

from ledger.errors import Duplicate, Malformed, Refused, Unknown
from ledger.events import ActorAdded, AuthorityChanged, PolicySet
from ledger.testing.fakes import entry_id
from ledger.testing.scenario import ACCOUNT, PRACTICE, at, given
from tests.northwind import ANN, CLIENT, LEARNED, TOLD, amend, but, withdraw

GRANT = AuthorityChanged(contact="c1", scope="sign", granted=True, valid_from="2025-01-01", granted_by="c1")
ADA = ActorAdded(actor="a1", name="Ada")
POLICY = PolicySet(policies=[{"policy": "silence_bd", "value": "12"}], valid_from="2025-01-01")


def test_nothing_is_recorded_before_the_account_is_opened() -> None:
    given(stream=ACCOUNT).when(ANN).then_refused(Refused, "has not been opened")


def test_an_account_is_opened_once() -> None:
    given(CLIENT, stream=ACCOUNT).when(CLIENT).then_nothing()
    given(CLIENT, stream=ACCOUNT).when(but(CLIENT, kind="person")).then_refused(Duplicate, "opened in #1")


def test_a_contact_is_the_next_or_stands_already() -> None:
    given(CLIENT, ANN, stream=ACCOUNT).when(ANN).then_nothing()
    given(CLIENT, ANN, stream=ACCOUNT).when(but(ANN, contact_id="c2")).then_recorded()
    given(CLIENT, ANN, stream=ACCOUNT).when(but(ANN, contact_id="c3")).then_refused(Refused, "the next contact is c2")
    given(CLIENT, ANN, stream=ACCOUNT).when(but(ANN, level="manager")).then_refused(Duplicate, "recorded as #2")


def test_an_authority_names_people_and_entries_that_there_are() -> None:
    there = given(CLIENT, ANN, stream=ACCOUNT, others=[("entry", entry_id(70)), ("engagement", "k7h2")])

    there.when(but(GRANT, ratifies=[entry_id(70)], engagement="k7h2")).then_recorded()
    there.when(but(GRANT, contact="c2")).then_refused(Unknown, 'No contact "c2"')
    there.when(but(GRANT, granted_by="c3")).then_refused(Unknown, 'No contact "c3"')
    there.when(but(GRANT, ratifies=[entry_id(71)])).then_refused(Unknown, "No entry")
    there.when(but(GRANT, engagement="q3r7")).then_refused(Unknown, 'No engagement "q3r7"')


def test_news_of_an_account_is_known_before_it_is_told() -> None:
    known = given(CLIENT, ANN, at(LEARNED, aware="2025-06-06"), stream=ACCOUNT)
    told = given(CLIENT, ANN, at(TOLD, occurred="2025-06-05"), stream=ACCOUNT)

    known.when(TOLD, occurred="2025-06-05").then_refused(Refused, "before it was known")
    told.when(LEARNED, aware="2025-06-06").then_refused(Refused, "before it was known")
    known.when(TOLD, occurred="2025-06-06").then_recorded()


def test_a_correction_of_an_account_keeps_its_rules() -> None:
    story = given(CLIENT, ANN, at(LEARNED, aware="2025-06-06"), at(TOLD, occurred="2025-06-06"), GRANT, stream=ACCOUNT)

    story.when(amend(4, "occurred", '"2025-06-05"')).then_refused(Refused, "before it was known")
    story.when(amend(5, "data.contact", '"c9"')).then_refused(Unknown, 'No contact "c9"')
    story.when(amend(5, "data.valid_until", '"2024-01-01"')).then_refused(Malformed, "ends before it begins")
    story.when(amend(5, "data.valid_until", '"2026-01-01"')).then_recorded()
    story.when(withdraw(1)).then_recorded()


def test_our_own_side_has_actors_and_policies() -> None:
    given(stream=PRACTICE).when(ADA).then_recorded()
    given(ADA, stream=PRACTICE).when(ADA).then_nothing()
    given(ADA, stream=PRACTICE).when(but(ADA, actor="a3")).then_refused(Refused, "the next actor is a2")
    given(ADA, POLICY, stream=PRACTICE).when(POLICY).then_recorded()
    given(ADA, POLICY, stream=PRACTICE).when(withdraw(2)).then_recorded()
    given(ADA, POLICY, stream=PRACTICE).when(withdraw(7)).then_refused(Unknown, "No entry")


@pytest.mark.parametrize(
    ("policy", "value"),
    [
        ("silence_bd", "ten"),
        ("silence_bd", "-1"),
        ("silence_bd", "1e3"),
        ("gift_limit", "200"),
        ("gift_limit", "200 pounds"),
    ],
)
def test_a_policy_without_a_value_is_malformed(policy: str, value: str) -> None:
    with pytest.raises(Malformed, match="cannot be"):
        PolicySet(policies=[{"policy": policy, "value": value}], valid_from="2025-01-01")  # type: ignore[typeddict-item]
