"""Every decision is safe to repeat, whatever came before."""

from contextlib import suppress

from hypothesis import given, settings

from ledger.aggregate import Act, identity_of
from ledger.engagement import decide, fold
from ledger.errors import Refused
from ledger.testing.scenario import Scenario, at
from ledger.testing.scenario import given as after
from tests.northwind import M2, OPENED, OTHERS, but
from tests.strategies import histories

BEGUN = [OPENED, M2, but(M2, milestone_id="M3")]


@given(histories())
@settings(max_examples=200)
def test_a_fact_with_an_identity_asked_again_changes_nothing(acts: list[Act]) -> None:
    scenario = _recorded(acts)

    for fact in scenario.state.identities.values():
        scenario.when(fact.event).then_nothing()


@given(histories())
@settings(max_examples=200)
def test_what_was_just_recorded_stands(acts: list[Act]) -> None:
    scenario = after(*BEGUN, others=OTHERS)
    for act in acts:
        scenario, recorded = _and(scenario, act)
        if recorded and identity_of(act.event):
            scenario.when(act.event, occurred=act.occurred, aware=act.aware).then_nothing()


@given(histories())
@settings(max_examples=200)
def test_a_decision_changes_nothing_by_itself(acts: list[Act]) -> None:
    scenario = _recorded(acts)
    state = fold(scenario.facts)
    before = repr(state)

    for act in acts:
        with suppress(Refused):
            decide(state, act, scenario)

    assert repr(state) == before


@given(histories())
@settings(max_examples=200)
def test_a_refused_act_is_refused_again_and_for_the_same_reason(acts: list[Act]) -> None:
    scenario = _recorded(acts)

    for act in acts:
        assert _reason(scenario, act) == _reason(scenario, act)


def _recorded(acts: list[Act]) -> Scenario:
    scenario = after(*BEGUN, others=OTHERS)
    for act in acts:
        scenario, _ = _and(scenario, act)
    return scenario


def _and(scenario: Scenario, act: Act) -> tuple[Scenario, bool]:
    """Return *scenario* with *act* recorded, if it is."""
    if _reason(scenario, act) != "recorded":
        return scenario, False
    return after(*scenario.history, at(act.event, occurred=act.occurred, aware=act.aware), others=OTHERS), True


def _reason(scenario: Scenario, act: Act) -> str:
    try:
        events = scenario.when(act.event, occurred=act.occurred, aware=act.aware).decide()
    except Refused as refused:
        return refused.message
    return "recorded" if events else "stands"
