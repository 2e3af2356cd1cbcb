"""Each flag has a case that raises it and one that does not; nothing is refused for any of them."""

from pathlib import Path

import pytest
from ledger_projections.flagging import FLAGS
from ledger_projections.tables.flags import TABLE

from tests.flagged import CASES, Act, milestone
from tests.views import HASH, World

STREAMS = ("engagement/northwind", "account/acme")
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
        raised.append([row["flag"] for stream in STREAMS for row in world.rows(TABLE, stream=stream)])

    assert (flag in raised[0], flag in raised[1]) == (True, False), raised


def test_a_grant_by_somebody_who_may_not_is_flagged_on_the_account(tmp_path: Path) -> None:
    world = World(tmp_path).begin()
    clerk = world.person("clerk", "client", "sign", granted_by="c2")

    (row,) = world.rows(TABLE, stream="account/acme")

    assert (row["flag"], row["subject"], row["is_cured"]) == ("without-authority", f"contact:{clerk}", False)


def test_a_ratification_cures_a_grant_too(tmp_path: Path) -> None:
    world = World(tmp_path).begin()
    clerk = world.person("clerk", "client", "sign")
    lacking = next(f.entry.id for f in reversed(world.facts()) if f.event.short_name == "authority-changed")
    cure = world.entry(world.grant("c1", "accept", ratifies=[lacking]))

    (row,) = world.rows(TABLE, stream="account/acme")

    assert (row["subject"], row["cured_by"]) == (f"contact:{clerk}", cure)


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
    milestone(world)
    agreed = world.entry(milestone(world, milestone_id="M2"))
    foreseen = world.entry(world.record("slip-foreseen", aware="2025-06-02", forecast="2025-07-18", **told))
    world.record("slip-reported", forecast="2025-07-18", to=["c1"], **told)
    onto = [{"path": "data.milestone_id", "after": '"M1"'}]
    world.record("entry-corrected", entry=foreseen, kind="amend", changes=onto, reason="wrong")
    world.record("entry-corrected", entry=agreed, kind="withdraw", reason="wrong")

    assert {row["subject"] for row in world.rows(TABLE)} >= {"slip:S1"}
