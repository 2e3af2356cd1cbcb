"""Each time of a cadence: on time, late, missed, or not expected, whatever keeps it (M09, P25, P26, story ST8)."""

from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from ledger_projections.readmodel.store import current
from ledger_projections.tables.cadence_occurrences import TABLE

from ledger.drafts import Receipt
from tests.views import World, london

SENT = ("2025-09-05T15:00", "2025-09-12T16:45", "2025-09-22T10:00", "2025-09-26T16:00", "2025-10-10T15:00",
        "2025-10-17T12:00", "2025-10-24T16:59", "2025-10-31T17:05")  # fmt: skip
JUDGED = "2025-11-03T17:00"
WHOLE = {
    "occurrence": "weekly/3", "cadence": "weekly", "kind": "report", "state": "late", "waived": None,
    "expected_on": "2025-09-19", "expected_at": london("2025-09-19T17:00"), "window_from": london("2025-09-15T17:00"),
    "overdue_at": london("2025-09-22T17:00"), "tolerance_bd": 1, "came_at": london("2025-09-22T10:00"), "no_change": False,
    "off_minutes": 3 * 24 * 60 - 7 * 60, "regular": False,
}  # fmt: skip


def agree(world: World, subject: str = "engagement/northwind", **data: Any) -> Receipt:
    terms = {"cadence_id": "weekly", "kind": "report", "rrule": "FREQ=WEEKLY;BYDAY=FR", "starts": "2025-09-05T17:00",
             "calendar": "default", **data}  # fmt: skip
    return world.record("cadence-agreed", subject, **terms)


def report(world: World, at: str, **data: Any) -> Receipt:
    return world.record("status-report-sent", **{"cadence_id": "weekly", "to": ["c1"], "occurred": london(at), **data})


def st8(folder: Path, until: str | None = "20251031T235959") -> World:
    """Tell story ST8."""
    world = World(folder).begin().at("2025-09-01T09:00")
    agree(world, rrule=f"FREQ=WEEKLY;BYDAY=FR{f';UNTIL={until}' if until else ''}")
    for at in SENT:
        report(world.at(at), at, no_change=at == "2025-09-26T16:00")
    return world


def states(world: World, as_of: str | None = None, stream: str = "engagement/northwind") -> list[str]:
    """Return the state of each time, in their order."""
    return [row["state"] for row in sorted(world.rows(TABLE, as_of, stream), key=lambda row: row["expected_at"])]


def test_st8_nine_were_expected_six_came_on_time_two_late_and_one_not_at_all(tmp_path: Path) -> None:
    rows = st8(tmp_path).rows(TABLE, JUDGED)

    late = [row["came_at"] for row in rows if row["state"] == "late"]
    (missed,) = (row["expected_on"] for row in rows if row["state"] == "missed")
    (unchanged,) = (row["came_at"] for row in rows if row["no_change"])
    assert Counter(row["state"] for row in rows) == {"on time": 6, "late": 2, "missed": 1}
    assert late == [london("2025-09-22T10:00"), london("2025-10-31T17:05")]
    assert (missed, unchanged) == ("2025-10-03", london("2025-09-26T16:00"))
    assert [row["off_minutes"] for row in rows if row["regular"]] == [-15, -60, -1, 5]


def test_an_occurrence_reads_whole(tmp_path: Path) -> None:
    row = st8(tmp_path).rows(TABLE, JUDGED)[2]

    assert {name: row[name] for name in WHOLE} == WHOLE


@pytest.mark.parametrize(
    ("as_of", "last"),
    [
        ("2025-10-03T16:59", ["on time", "expected"]),
        ("2025-10-03T17:00", ["on time", "not yet judged", "expected"]),
        ("2025-10-06T17:00", ["on time", "not yet judged", "expected"]),
        ("2025-10-06T17:01", ["on time", "missed", "expected"]),
        ("2025-10-10T14:00", ["on time", "missed", "expected"]),
        ("2025-10-10T16:00", ["on time", "missed", "on time"]),
    ],
)
def test_there_are_the_times_so_far_and_the_next_one(tmp_path: Path, as_of: str, last: list[str]) -> None:
    assert states(st8(tmp_path, until=None), as_of)[3:] == last


def pause(world: World, since: str, until: str | None) -> Receipt:
    paused = world.record("engagement-paused", by="client", reason="budget", occurred=london(since))
    return world.record("engagement-resumed", by="client", occurred=london(until)) if until else paused


IDLE: dict[str, tuple[Callable[[World], object], list[str]]] = {
    "nothing happened": (lambda w: None, ["missed"] * 3 + ["expected"]),
    "on hold for two Fridays": (
        lambda w: pause(w, "2025-09-08T09:00", "2025-09-19T17:01"), ["missed", "not expected", "not expected", "expected"]),
    "on hold, and on again just in time": (
        lambda w: pause(w, "2025-09-08T09:00", "2025-09-19T17:00"), ["missed", "not expected", "missed", "expected"]),
    "on hold still": (
        lambda w: pause(w, "2025-09-08T09:00", None), ["missed", "not expected", "not expected", "not expected"]),
    "let go: what had been expected says so": (
        lambda w: w.record("commitment-released", released="cadence:weekly", occurred=london("2025-09-15T09:00")),
        ["missed", "missed", "not expected", "not expected"]),
    "closed": (
        lambda w: w.record("engagement-closed", reason="mutual", results=[], open_obligations=[],
                           occurred=london("2025-09-15T09:00")), ["missed", "missed", "not expected", "not expected"]),
    "a report while on hold keeps nothing": (
        lambda w: (pause(w, "2025-09-08T09:00", "2025-09-19T17:00"), report(w, "2025-09-12T10:00")),
        ["missed", "not expected", "missed", "expected"]),
    "a report of no cadence keeps none": (
        lambda w: report(w, "2025-09-12T10:00", cadence_id=None), ["missed"] * 3 + ["expected"]),
    "two reports in one window: the first counts": (
        lambda w: (report(w, "2025-09-12T18:00"), report(w, "2025-09-12T10:00")), ["missed", "on time", "missed", "expected"]),
    "a report ahead of time is for the window it falls in": (
        lambda w: report(w, "2025-09-09T10:00"), ["missed", "on time", "missed", "expected"]),
}  # fmt: skip


@pytest.mark.parametrize(("act", "expected"), IDLE.values(), ids=IDLE)
def test_nothing_is_expected_on_hold_once_let_go_or_closed(
    tmp_path: Path, act: Callable[[World], object], expected: list[str]
) -> None:
    world = World(tmp_path).begin().at("2025-09-01T09:00")
    agree(world)
    act(world.at("2025-09-23T09:00"))

    assert states(world) == expected


def test_a_cadence_that_ended_expects_nothing_for_ever(tmp_path: Path) -> None:
    world = World(tmp_path).begin().at("2025-09-01T09:00")
    agree(world)
    world.at("2025-09-15T09:00").record("commitment-released", released="cadence:weekly")

    assert states(world, "2030-01-01T09:00") == ["missed", "missed", "not expected"]


KEPT: dict[str, tuple[str, Callable[[World], object]]] = {
    "review": ("review", lambda w: w.record("review-held", cadence_id="weekly", attendees=["c1", "c2"], decision="continue",
                                            scale={"min": "0", "max": "10"})),
    "feedback": ("feedback", lambda w: w.record("feedback-requested", cadence_id="weekly", wave="q3", to=["c1"],
                                                instrument="form", dimensions=["trust"], scale={"min": "0", "max": "10"})),
    "check in": ("check_in", lambda w: w.record("contact-made", cadence_id="weekly", kind="call", direction="outbound",
                                                purpose="check_in", participants=["c1", "c2"], substance="how is it going")),
}  # fmt: skip


@pytest.mark.parametrize(("kind", "keep"), KEPT.values(), ids=KEPT)
def test_each_kind_is_kept_by_its_own_event(tmp_path: Path, kind: str, keep: Callable[[World], object]) -> None:
    world = World(tmp_path).begin().at("2025-09-01T09:00")
    agree(world, kind=kind)
    report(world.at("2025-09-05T12:00"), "2025-09-05T12:00")
    keep(world.at("2025-09-12T12:00"))

    assert states(world) == ["missed", "on time"]


def test_a_rhythm_with_the_client_itself_stands_without_an_engagement(tmp_path: Path) -> None:
    world = World(tmp_path).begin().at("2025-09-01T09:00")
    agree(world, "account/acme", kind="account_review")
    world.at("2025-09-05T12:00").record(
        "contact-made", "account/acme", cadence_id="weekly", kind="meeting", direction="outbound", purpose="update",
        participants=["c1", "c2"], substance="the year ahead")  # fmt: skip

    assert states(world, stream="account/acme") == ["on time"]


def test_a_rhythm_of_a_later_version_is_expected_once_both_have_signed_it(tmp_path: Path) -> None:
    world = World(tmp_path).begin().at("2025-09-01T09:00").signed(1)
    world.draft(2, amends=1)
    agree(world, agreement_version=2)
    before = states(world, "2025-09-10T09:00")
    world.at("2025-09-10T09:00").sign(2, "provider", "c2")
    world.sign(2, "client", "c1")

    rows = world.at("2025-09-15T18:00").rows(TABLE)

    assert (before, [row["occurrence"] for row in rows]) == ([], ["weekly/2", "weekly/3"])


def test_with_a_tolerance_longer_than_the_rhythm_several_are_not_yet_judged(tmp_path: Path) -> None:
    world = World(tmp_path).begin().at("2025-09-01T09:00")
    agree(world, rrule="FREQ=DAILY;BYDAY=MO,TU,WE,TH,FR", starts="2025-09-01T17:00", tolerance_bd=3)

    assert states(world.at("2025-09-05T12:00")) == ["missed", *["not yet judged"] * 3, "expected"]


def test_a_corrected_time_of_sending_moves_the_report_to_another_window(tmp_path: Path) -> None:
    world = World(tmp_path).begin().at("2025-09-01T09:00")
    agree(world)
    sent = world.entry(report(world.at("2025-09-12T12:00"), "2025-09-12T12:00"))
    change = {
        "path": "occurred",
        "before": f'"{london("2025-09-12T12:00")}"',
        "after": f'"{london("2025-09-05T18:00")}"',
    }
    world.at("2025-09-12T13:00").record(
        "entry-corrected", entry=sent, kind="amend", changes=[change], reason="mail log"
    )

    assert [states(world, at) for at in ("2025-09-12T12:00", "2025-09-12T13:00")] == [
        ["missed", "on time"], ["late", "expected"]]  # fmt: skip


def test_a_time_that_was_read_at_the_very_end_of_its_window_is_missed_a_moment_later(tmp_path: Path) -> None:
    world = World(tmp_path).begin().at("2025-09-01T09:00")
    agree(world)

    found = []
    for as_of in ("2025-09-08T17:00", "2025-09-08T17:01"):
        with current(tmp_path / "ledger.db", tmp_path / "projections.db", london(as_of)) as tables:
            found.append(tables.rows("cadence_occurrences", "expected_on = '2025-09-05'")[0]["state"])

    assert found == ["not yet judged", "missed"]


def test_a_report_of_a_daily_rhythm_writes_one_row_however_many_there_are(tmp_path: Path) -> None:
    world = World(tmp_path).begin().at("2025-06-02T15:00")
    agree(world, rrule="FREQ=DAILY", starts="2020-01-01T17:00", tolerance_bd=0)
    as_of = london("2025-06-02T18:00")
    files = tmp_path / "ledger.db", tmp_path / "projections.db"
    with current(*files, as_of):
        pass
    before = world.at("2025-06-02T18:00").journal.head()
    report(world, "2025-06-02T16:00")

    with current(*files, as_of) as tables:
        changed = tables.rows("cadence_occurrences", "last_position > ?", (before,))
        count = len(tables.rows("cadence_occurrences"))

    assert ([row["expected_on"] for row in changed], count) == (["2025-06-02"], 1981)
