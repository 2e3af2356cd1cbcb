"""Each flag has a case that raises it and one that does not; nothing is refused for any of them."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from ledger_projections.flagging import FLAGS
from ledger_projections.tables.flags import TABLE

from ledger.drafts import Receipt
from tests.views import HASH, World

RESULT = {"result_id": "R1", "measure_stated_by": "client"}
Act = Callable[[World], object]


def _whole(world: World, **data: Any) -> None:
    world.record("cadence-agreed", cadence_id="quarterly", kind="review", rrule="FREQ=MONTHLY;INTERVAL=3",
                 starts="2025-06-06T10:00", calendar="default")  # fmt: skip
    world.draft(1, **{"results": [RESULT], **data})


def _milestone(world: World, **data: Any) -> Receipt:
    return world.record("milestone-agreed", **{"milestone_id": "M1", "due": "2025-06-20", "title": "pilot", **data})


def _signed(world: World) -> str:
    world.draft(1, results=[RESULT])
    world.sign(1, "client", "c1")
    return next(f.entry.id for f in world.facts() if f.event.short_name == "agreement-drafted")


def _redraft(world: World) -> None:
    world.record("entry-corrected", entry=_signed(world), kind="amend", reason="typed wrong",
                 changes=[{"path": "data.currency", "after": '"EUR"'}])  # fmt: skip


def _reschedule(world: World, **data: Any) -> None:
    _milestone(world)
    world.at("2025-06-03T10:00").record("milestone-rescheduled", **{
        "milestone_id": "M1", "from_due": "2025-06-20", "to_due": "2025-06-27", "agreed_by": "c1", **data})  # fmt: skip


def _judge(world: World, by: str) -> None:
    _milestone(world)
    world.record("milestone-delivered", milestone_id="M1", evidence_count=1)
    world.record("milestone-judged", milestone_id="M1", verdict="accepted", by=by)


def _tell(world: World, **data: Any) -> None:
    _milestone(world)
    world.record("slip-reported", **{"milestone_id": "M1", "forecast": "2025-06-27", "to": ["c1"],
                                     "impact_stated": True, "options_count": 1, **data})  # fmt: skip


def _close(world: World, *verdicts: dict[str, str]) -> None:
    _whole(world)
    world.record("engagement-closed", reason="completed", results=list(verdicts), open_obligations=[])


def _dispute(world: World, about: str, **evidence: Any) -> None:
    _milestone(world)
    agreed = next(f.entry.id for f in world.facts() if f.event.short_name == "milestone-agreed")
    world.record("dispute-raised", raised_by="client", items=[{"item_id": "i1", "about": [about]}])
    world.record("entry-corrected", entry=agreed, kind="amend", reason="misheard",
                 changes=[{"path": "data.due", "after": '"2025-06-21"'}], **evidence)  # fmt: skip


def _sign(world: World, signatory: str) -> None:
    _whole(world)
    world.sign(1, "client", signatory)


CASES: dict[str, list[tuple[Act, Act]]] = {
    "version-skipped": [(lambda w: w.draft(2), _whole)],
    "redraft-after-signature": [(_redraft, _signed)],
    "agreement-incomplete": [
        (lambda w: w.draft(1, results=[RESULT]), _whole),
        (lambda w: _whole(w, parts=["scope"]), _whole),
        (lambda w: _whole(w, results=[]), _whole),
        (lambda w: _whole(w, results=[{"result_id": "R1"}]), _whole)],
    "due-after-completion": [
        (lambda w: (w.signed(1, timeframe={"completion": "2025-06-13"}), _milestone(w)),
         lambda w: (w.signed(1, timeframe={"completion": "2025-06-20"}), _milestone(w)))],
    "before-not-in-force": [(lambda w: _reschedule(w, from_due="2025-06-19"), _reschedule)],
    "without-authority": [
        (lambda w: _sign(w, w.person("clerk", "client")), lambda w: _sign(w, "c1")),
        (lambda w: _sign(w, "c2"), lambda w: _sign(w, "c1")),
        (lambda w: _judge(w, "c2"), lambda w: _judge(w, "c1")),
        (lambda w: _reschedule(w, agreed_by="c2"), _reschedule),
        (lambda w: _reschedule(w, agreed_by=None), lambda w: _reschedule(w, agreed_by="c1"))],
    "delivered-without-evidence": [
        (lambda w: (_milestone(w), w.record("milestone-delivered", milestone_id="M1")), lambda w: _judge(w, "c1"))],
    "forecast-not-after-due": [(lambda w: _tell(w, forecast="2025-06-20"), _tell)],
    "told-without-impact": [(lambda w: _tell(w, impact_stated=False), _tell)],
    "told-without-options": [(lambda w: _tell(w, options_count=0), _tell)],
    "closed-with-unmarked-results": [(_close, lambda w: _close(w, {"result_id": "R1", "verdict": "waived"}))],
    "correction-without-evidence": [
        (lambda w: _dispute(w, "milestone:M1"), lambda w: _dispute(w, "milestone:M1", evidence_count=1)),
        (lambda w: _dispute(w, "milestone:M1"), lambda w: _dispute(w, "contact:c1"))],
}  # fmt: skip
PAIRS = [(flag, raises, keeps) for flag, pairs in CASES.items() for raises, keeps in pairs]


def test_every_flag_has_its_cases() -> None:
    assert set(CASES) == set(FLAGS)


@pytest.mark.parametrize(("flag", "raises", "keeps"), PAIRS, ids=[f"{n} {flag}" for n, (flag, *_) in enumerate(PAIRS)])
def test_a_flag_is_raised_and_is_not(tmp_path: Path, flag: str, raises: Act, keeps: Act) -> None:
    raised = []
    for number, act in enumerate((raises, keeps)):
        folder = tmp_path / str(number)
        folder.mkdir()
        world = World(folder).begin().at("2025-06-02T10:00")
        act(world)
        raised.append([row["flag"] for row in world.rows(TABLE)])

    assert (flag in raised[0], flag in raised[1]) == (True, False), raised


def test_a_grant_by_somebody_who_may_not_is_flagged_on_the_account(tmp_path: Path) -> None:
    world = World(tmp_path).begin()
    clerk = world.person("clerk", "client", "sign", granted_by="c2")

    (row,) = world.rows(TABLE, stream="account/acme")

    assert (row["flag"], row["subject"], row["is_cured"]) == ("without-authority", f"contact:{clerk}", False)


def test_a_ratification_cures_the_flag_and_stands_beside_it(tmp_path: Path) -> None:
    world = World(tmp_path).begin().at("2025-06-02T10:00")
    clerk = world.person("clerk", "client")
    world.draft(1, document_sha256=HASH)
    signature = world.entry(world.sign(1, "client", clerk))
    cure = world.entry(world.grant(clerk, "sign", granted_by="c1", valid_from="2025-06-03", ratifies=[signature]))

    row = next(row for row in world.rows(TABLE) if row["flag"] == "without-authority")

    assert (row["entry"], row["is_cured"], row["cured_by"]) == (signature, True, cure)


def test_a_log_in_which_a_slip_names_a_milestone_that_was_taken_away_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ledger.engagement.deciding._check_slip", lambda *_: None)  # whoever wrote it had no such rule
    world, told = World(tmp_path).begin().at("2025-06-02T10:00"), {"slip_id": "S1", "milestone_id": "M2"}
    _milestone(world)
    agreed = world.entry(_milestone(world, milestone_id="M2"))
    foreseen = world.entry(world.record("slip-foreseen", aware="2025-06-02", forecast="2025-07-18", **told))
    world.record("slip-reported", forecast="2025-07-18", to=["c1"], **told)
    onto = [{"path": "data.milestone_id", "after": '"M1"'}]
    world.record("entry-corrected", entry=foreseen, kind="amend", changes=onto, reason="wrong")
    world.record("entry-corrected", entry=agreed, kind="withdraw", reason="wrong")

    assert {row["subject"] for row in world.rows(TABLE)} >= {"slip:S1"}
