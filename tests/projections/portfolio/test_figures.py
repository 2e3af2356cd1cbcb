"""What is judged over all engagements, on examples small enough to reckon by hand (P19, P30, P45, P50, P56)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from ledger_projections.publishing.folding import Times
from ledger_projections.publishing.making import make
from ledger_projections.publishing.seen import seen_by
from ledger_projections.publishing.wanted import Wanted
from ledger_projections.readers import audience
from ledger_projections.replaying.snapshot import snapshot
from ledger_projections.tables import READABLE

from ledger.replay import TODAY, Replay
from tests.views import HASH, PARTS, World, london

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from ledger.replay import Replay as Moment

    Row = Mapping[str, Any]

MONDAY = london("2025-06-02T09:00")
TEN = {"min": "0", "max": "10"}


@pytest.fixture
def world(tmp_path: Path) -> World:
    """Return a ledger with one engagement of ACME, of which nothing is signed, on Monday 2 June 2025."""
    world = World(tmp_path).begin()
    return world.at("2025-06-02T09:00")


def apex(world: World) -> None:
    """Open an engagement of another client."""
    world.record("account-opened", "account/apex", kind="organisation", alias="apex", name="Apex")
    for side in ("client", "provider"):
        world.record("contact-added", "account/apex", side=side, level="senior", name=side, role=side)
    for who in ("c1", "c2"):
        world.record("authority-changed", "account/apex", contact=who, scope="sign", granted=True, valid_from="2025-03-03",
                     granted_by=who)  # fmt: skip
    world.record("engagement-opened", "engagement/pilot", account="apex", alias="pilot")


def agree(world: World, engagement: str, minor: int) -> None:
    """Have both sides sign a version that is worth so much."""
    subject, value = f"engagement/{engagement}", {"currency": "GBP", "minor": minor}
    world.record("agreement-drafted", subject, version=1, drafted_by="provider", document_sha256=HASH, currency="GBP",
                 calendar="default", parts=PARTS, notices=[], results=[], value=value)  # fmt: skip
    for side, who in (("provider", "c2"), ("client", "c1")):
        world.record("agreement-signed", subject, version=1, signed_for=side, signatory=who, document_sha256=HASH,
                     method="email")  # fmt: skip


def speak(world: World, engagement: str, day: str, minutes: int, **said: Any) -> None:
    """Speak with the client of an engagement at ten."""
    words = {"kind": "call", "direction": "outbound", "purpose": "update", "participants": ["c1"], **said}
    world.record("contact-made", f"engagement/{engagement}", minutes=minutes, substance="where we are",
                 occurred=london(f"{day}T10:00"), **words)  # fmt: skip


def manager(world: World) -> str:
    """Introduce a manager of ACME, and return the id."""
    added = world.record(
        "contact-added", "account/acme", side="client", level="manager", name="Manager", role="manager"
    )
    return str(getattr(added.event, "contact_id", ""))


def behind(world: World, row: Row) -> list[str]:
    """Return the types of the entries behind a row."""
    types = {fact.entry.id: fact.event.short_name for fact in world.facts()}
    return [types[entry] for entry in row["entries"]]


def rows(world: World, table: str, name: str, as_of: str = MONDAY, replay: Moment = TODAY) -> list[Row]:
    """Return the rows of a signal, or of a metric."""
    found = snapshot(world.journal, replay, as_of, [READABLE[table]])[table]
    return [row for row in found if row["signal" if table == "signals" else "metric"] == name]


def figures(world: World, metric: str, as_of: str = MONDAY, replay: Moment = TODAY) -> Mapping[str, tuple[Any, ...]]:
    """Return value, n and words of each figure of a metric."""
    found = rows(world, "metrics", metric, as_of, replay)
    return {f"{row['figure']} {row['subject']}".strip(): (row["value"], row["n"], row["words"]) for row in found}


def shared(world: World) -> Mapping[tuple[str, str | None], Row]:
    """Return the figures of how talk is shared, by name and engagement, which the subject names too."""
    found = rows(world, "metrics", "P30")
    assert all(row["subject"] == (f"engagement:{row['engagement']}" if row["engagement"] else "") for row in found)
    return {(row["figure"], row["engagement_alias"]): row for row in found}


def commit(world: World) -> None:
    """Promise four days until Friday week, have five days for each of two weeks, and two in the third."""
    world.record("milestone-agreed", milestone_id="M1", due="2025-06-13", title="t", effort_days="4")
    world.record(
        "milestone-agreed", milestone_id="M2", due="2025-06-06", title="t", effort_days="3", starts_on="2025-06-04"
    )
    world.record("capacity-stated", "practice", from_on="2025-06-02", to_on="2025-06-13", days="8")
    world.record("capacity-stated", "practice", from_on="2025-06-16", to_on="2025-06-20", days="2")


def test_what_is_promised_for_a_week_is_held_against_what_there_is(world: World) -> None:
    commit(world)

    found = figures(world, "P19")

    weeks = {(5.0, 4.0, 1.25, 2): "2025-06-02", (2.0, 4.0, 0.5, 1): "2025-06-09", (0.0, 2.0, 0.0, 0): "2025-06-16"}
    assert found == {
        f"{name} week:{week}": (value, n, "")
        for (*values, n), week in weeks.items()
        for name, value in zip(("committed", "capacity", "load"), values, strict=True)
    }


def test_a_week_with_too_much_in_it_is_a_row_of_our_own_side(world: World) -> None:
    commit(world)

    (row,) = rows(world, "signals", "A-overcommitted")

    assert (row["stream"], row["engagement"], row["account"], row["subject"]) == ("practice", None, None, "practice")
    assert row["says"] == "5.0 days promised in the week of 2 Jun, there are 4.0"
    assert (row["also"], row["command"]) == ("most of it for northwind M2", "engage rescheduled northwind M2")
    assert (row["deadline"], row["occurrence"]) == (london("2025-06-02T00:00"), "2025-06-02")
    assert behind(world, row) == ["milestone-agreed", "milestone-agreed"]


def test_the_share_of_talk_with_existing_clients_is_held_against_that_of_the_days_before(world: World) -> None:
    agree(world, "northwind", 100)
    apex(world)
    for day, minutes in (("2025-01-20", 30), ("2025-05-20", 20)):
        speak(world, "northwind", day, minutes)
    for day, minutes in (("2025-01-21", 30), ("2025-05-21", 45), ("2025-05-22", 15)):
        speak(world, "pilot", day, minutes)

    assert {key: (row["value"], row["n"], row["words"]) for key, row in shared(world).items()} == {
        ("existing", None): (0.25, 3, ""), ("before", None): (0.5, 2, ""), ("change", None): (-0.25, 5, ""),
        ("minutes", "northwind"): (20, 1, "client"), ("minutes_before", "northwind"): (30, 1, "client"),
        ("minutes", "pilot"): (60, 2, "prospect"), ("minutes_before", "pilot"): (30, 1, "prospect"),
    }  # fmt: skip


def test_a_share_of_talk_names_the_newest_with_each_and_which_figures_name_the_others(world: World) -> None:
    agree(world, "northwind", 100)
    apex(world)
    before = world.journal.head()
    for engagement, day in (("northwind", "05-20"), ("pilot", "05-21"), ("pilot", "05-22"), ("northwind", "01-20")):
        speak(world, engagement, f"2025-{day}", 30)
    first, second, third, last = range(before + 1, before + 5)

    assert {key: (row["positions"], row["through"]) for key, row in shared(world).items()} == {
        ("existing", None): ([first, third], "minutes"),
        ("before", None): ([last], "minutes_before"),
        ("change", None): ([first, third, last], "minutes, minutes_before"),
        ("minutes", "northwind"): ([first], ""),
        ("minutes", "pilot"): ([second, third], ""),
        ("minutes_before", "northwind"): ([last], ""),
    }


def test_a_share_of_talk_is_private_where_any_of_it_is(world: World) -> None:
    agree(world, "northwind", 100)
    speak(world, "northwind", "2025-05-20", 30)
    spoken = world.facts()[-1]
    speak(world, "northwind", "2025-05-21", 30)
    hide = {"path": "visibility", "before": '"shared"', "after": '"private"'}
    world.record("entry-corrected", entry=spoken.entry.id, kind="amend", changes=[hide], reason="tariff")

    assert {row["visibility"] for row in shared(world).values() if row["n"]} == {"private"}


def test_minutes_of_people_of_two_levels_count_once(world: World) -> None:
    agree(world, "northwind", 100)
    apex(world)
    speak(world, "northwind", "2025-05-20", 30, participants=["c1", manager(world)])
    speak(world, "pilot", "2025-05-21", 30)

    assert figures(world, "P30")["existing"] == (0.5, 2, "")


def test_without_talk_there_is_no_share(world: World) -> None:
    assert figures(world, "P30") == dict.fromkeys(("existing", "before", "change"), (None, 0, "none yet"))


def test_a_share_of_no_talk_names_one_entry_however_many_engagements_there_are(world: World) -> None:
    apex(world)

    assert {len(behind(world, row)) for row in rows(world, "metrics", "P30")} == {1}


def test_a_client_who_hears_nothing_while_prospects_do_is_neglected_from_the_eleventh_open_day_on(world: World) -> None:
    agree(world, "northwind", 100)
    apex(world)
    world.at("2025-06-10T12:00")
    speak(world, "northwind", "2025-06-03", 10)
    speak(world, "pilot", "2025-06-10", 40)

    before, then = (rows(world, "signals", "A-neglected", london(f"2025-06-{day}T23:59")) for day in ("17", "18"))

    assert before == []
    assert [(row["engagement_alias"], row["says"], row["also"]) for row in then] == [(
        "northwind", "nothing said since 3 Jun 10:00, and more to prospects",
        "40 minutes more with them in 90 days than in the 90 before")]  # fmt: skip
    assert behind(world, then[0]) == ["contact-made", "contact-made"]


def test_the_share_of_a_client_is_of_all_that_is_agreed_in_a_currency(world: World) -> None:
    apex(world)
    agree(world, "northwind", 90_000)
    agree(world, "pilot", 30_000)
    world.record("reserves-stated", "practice", months="4")
    world.record("reserves-stated", "practice", months="7.5")

    made = rows(world, "metrics", "P56")
    found = {(row["account_alias"], row["figure"]): (row["value"], row["n"], len(behind(world, row))) for row in made}
    (row,) = rows(world, "signals", "A-dependency")

    assert found == {
        (None, "agreed"): (120_000, 2, 2),
        ("acme", "dependency"): (0.75, 1, 1),
        ("apex", "dependency"): (0.25, 1, 1),
        (None, "reserves"): (7.5, 2, 1),
    }
    assert len({row["last_position"] for row in made if row["figure"] != "reserves"}) == 1
    assert (row["stream"], row["engagement"], row["account_alias"]) == (f"account/{row['account']}", None, "acme")
    assert (row["says"], row["also"]) == (
        "75% of what is agreed in GBP is of one client",
        "our policy: no more than 40%",
    )


def test_a_share_of_what_is_in_part_private_is_private(world: World) -> None:
    apex(world)
    agree(world, "northwind", 90_000)
    agree(world, "pilot", 30_000)
    drafted = world.facts()[-3]
    hide = {"path": "visibility", "before": '"shared"', "after": '"private"'}
    world.record(
        "entry-corrected", "engagement/pilot", entry=drafted.entry.id, kind="amend", changes=[hide], reason="tariff"
    )

    assert {row["visibility"] for row in rows(world, "metrics", "P56")} == {"private"}


def test_of_four_answers_the_lowest_calls_for_a_lesson(world: World) -> None:
    for score in (9, 8, 7, 3):
        scores = [{"dimension": "trust", "score": str(score)}, {"dimension": "pace", "score": str(score - 1)}]
        world.record("feedback-received", wave=f"w{score}", from_contact="c1", scale=TEN, scores=scores, solicited=True)

    (row,) = rows(world, "signals", "A-unlearned")

    assert row["says"].endswith(" 25 of 100, in the lowest quarter of 4 answers, with no lesson")
    assert row["subject"] == f"entry:{row['entries'][0]}"


def test_whom_a_relationship_hangs_on_depends_on_the_ninety_days_before(world: World) -> None:
    other = manager(world.at("2025-06-03T12:00"))
    for scope in ("sign", "accept"):
        world.grant(other, scope, granted_by="c1")
    speak(world, "northwind", "2025-06-02", 10)
    speak(world, "northwind", "2025-06-03", 10, participants=[other])

    both, one, none = (rows(world, "signals", "A-single-contact", london(f"{day}T12:00"))
                       for day in ("2025-06-04", "2025-08-31", "2025-09-01"))  # fmt: skip

    assert (both, none) == ([], [])
    assert [row["also"] for row in one] == [
        "hardly more than one of them is spoken with, all who are spoken with are of one level"
    ]
    assert behind(world, one[0])[-1] == "contact-made"


def test_at_a_moment_of_the_past_it_is_judged_as_it_was_known_then(world: World) -> None:
    commit(world)
    world.at("2025-06-03T09:00")
    world.record("milestone-delivered", milestone_id="M2")

    known_then = figures(world, "P19", MONDAY, Replay(known_on=MONDAY))

    assert known_then["committed week:2025-06-02"] == (5.0, 2, "")
    assert figures(world, "P19", london("2025-06-03T09:00"))["committed week:2025-06-02"] == (1.778, 1, "")


def test_a_reader_who_is_not_shown_our_capacity_is_shown_nothing_that_it_was_judged_by(
    world: World, tmp_path: Path
) -> None:
    commit(world)
    world.record("reserves-stated", "practice", months="4")

    def shown(who: str) -> set[str]:
        wanted = Wanted(
            seen_by(world.journal, audience(who)), READABLE.values(), who, ("sqlite",), Times(MONDAY, MONDAY)
        )
        content = make(str(tmp_path / who), wanted)
        named = (
            "SELECT signal FROM signals WHERE account IS NULL UNION SELECT metric FROM metrics WHERE account IS NULL"
        )
        found = {name for (name,) in content.db.execute(named)}
        content.db.close()
        return found

    assert shown("consultant") == {"A-overcommitted", "P19", "P30", "P56"}
    assert shown("analyst") == {"P30"}
