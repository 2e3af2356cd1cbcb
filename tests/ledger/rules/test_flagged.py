"""What is recorded, however much it breaks a policy: a ledger that refuses bad news hides it (domain 3.3.5)."""

from collections.abc import Sequence

import pytest

from ledger.aggregate import Act
from ledger.events import (
    AgreementDrafted,
    AuthorityChanged,
    EngagementClosed,
    Event,
    MilestoneDelivered,
    MilestoneJudged,
)
from ledger.testing.scenario import ACCOUNT, at, given
from tests.northwind import (
    ANN,
    CLIENT,
    DISPUTED,
    FORESEEN,
    M2,
    MOVED,
    OPENED,
    OTHER_LETTER,
    OTHERS,
    REPORTED,
    amend,
    but,
    drafted,
    signed,
)

LETTER_OF_ONE_PART: AgreementDrafted = but(drafted(), parts=["timeframe"], timeframe={"completion": "2025-06-01"})
FLAGGED: dict[str, tuple[Sequence[Event | Act], Event]] = {
    "a version that is not the next": ([OPENED, drafted(1)], drafted(7)),
    "a redraft after a signature": ([OPENED, drafted(), signed()], drafted(letter=OTHER_LETTER)),
    "a letter with no part at all": ([OPENED], but(drafted(), parts=[])),
    "a letter with no result": ([OPENED], LETTER_OF_ONE_PART),
    "a result without a measure": ([OPENED], drafted(results=[{"result_id": "r1"}])),
    "due after completion": ([OPENED, LETTER_OF_ONE_PART], but(M2, agreement_version=1)),
    "due before it starts": ([OPENED], but(M2, starts_on="2025-08-01")),
    "moved from a date that was not in force": ([OPENED, M2], but(MOVED, from_due="2024-01-01")),
    "moved to an earlier date": ([OPENED, M2], but(MOVED, to_due="2025-06-01")),
    "a signatory without authority": ([OPENED, drafted()], signed(signatory="c2")),
    "an acceptor without authority": ([OPENED, M2], MilestoneJudged(milestone_id="M2", verdict="accepted", by="c2")),
    "judged before it was delivered": ([OPENED, M2], MilestoneJudged(milestone_id="M2", verdict="rejected", by="c1")),
    "a delivery without evidence": ([OPENED, M2], MilestoneDelivered(milestone_id="M2")),
    "a second delivery": ([OPENED, M2, MilestoneDelivered(milestone_id="M2")], MilestoneDelivered(milestone_id="M2")),
    "a forecast before the date in force": ([OPENED, M2], but(FORESEEN, forecast="2025-06-01")),
    "a slip told without impact or options": ([OPENED, M2], but(REPORTED, impact_stated=False, options_count=0)),
    "a slip told to nobody": ([OPENED, M2], but(REPORTED, to=[])),
    "a slip told again after it was averted": ([OPENED, M2, FORESEEN, REPORTED], but(REPORTED, forecast="2025-09-01")),
    "a close with results unmarked": (
        [OPENED, drafted(results=[{"result_id": "r1"}])],
        EngagementClosed(reason="completed", results=[], open_obligations=[]),
    ),
    "a correction without evidence after a dispute": ([OPENED, M2, DISPUTED], amend(2, "data.due", '"2025-07-01"')),
}


@pytest.mark.parametrize("what", FLAGGED)
def test_it_is_recorded(what: str) -> None:
    history, event = FLAGGED[what]

    given(*history, others=OTHERS).when(event).then_recorded()


def test_an_authority_granted_by_somebody_without_any_is_recorded() -> None:
    grant = AuthorityChanged(contact="c1", scope="sign", granted=True, valid_from="2030-01-01", granted_by="c1")

    given(CLIENT, ANN, stream=ACCOUNT).when(grant).then_recorded()
    given(CLIENT, ANN, grant, stream=ACCOUNT).when(grant).then_recorded()


def test_a_redraft_is_recorded_once_and_the_first_stays() -> None:
    redraft = drafted(letter=OTHER_LETTER)
    history = [OPENED, drafted(), signed(), redraft]

    given(*history, others=OTHERS).when(redraft).then_nothing()
    given(*history, others=OTHERS).when(drafted()).then_nothing()
    given(*history, others=OTHERS).when(signed(letter=OTHER_LETTER, signatory="c2")).then_recorded()
    assert given(*history, others=OTHERS).state.things["version"]["1"].event == drafted()


def test_dates_in_the_data_may_lie_ahead() -> None:
    far = but(M2, due="2999-12-31")

    given(OPENED, others=OTHERS).when(far).then_recorded()
    given(OPENED, far, others=OTHERS).when(but(FORESEEN, forecast="2999-12-31"), aware="2025-06-06").then_recorded()
    given(OPENED, at(far), others=OTHERS).when(MilestoneDelivered(milestone_id="M2")).then_recorded()
