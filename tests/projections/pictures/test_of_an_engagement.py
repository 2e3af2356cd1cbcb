"""What the pictures of an engagement show: headings in words, worst first, n, and the rows that are drawn."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from ledger_projections.pictures import PICTURES, Picture, pictures
from ledger_projections.pictures.attention import attention
from ledger_projections.reports import Asked, Source

from ledger.calendars import instant
from tests.pictured import busy, heard, milestones, news
from tests.views import World

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

QUIET = {
    "milestones": "No milestone has been agreed",
    "delays": "No milestone has been agreed",
    "news": "No news that the client should hear has been recorded",
    "cadences": "No rhythm of reports or reviews has come round yet",
    "satisfaction": "The client has not said how satisfied they are",
    "gaps": "The client has not been heard on how things are going",
    "contacts": "No contact with the client has been recorded",
}
BUSY = {
    "milestones": "M2 is going to be 17 business days late; the client is not told yet",
    "delays": (
        "M2 is 15 business days late: 11 with neither side named, 2 both sides' at once, 1 the client's only, 1 ours only"
    ),
    "news": "Bad news N9 has waited 9 business hours, and is not told",
    "cadences": "Most often missed: weekly, 5 of 8 times, and 1 late",
    "satisfaction": "Satisfaction is adverse: 45 of 100, falling",
    "gaps": "Widest in 2025-06: on pace we think 40 points better than the client",
    "contacts": "Nobody of executive level has been spoken with",
}


def source(world: World, *, private: bool = True) -> Source:
    """Return what pictures of the engagement of *world* are made from, now."""
    name = next(h.stream for h in world.journal.streams() if h.stream.startswith("engagement/")).partition("/")[2]
    return Source(world.journal, Asked("page", name, int(world.journal.head()), instant(world.now), private=private))


def seen(world: World, *, private: bool = True) -> Mapping[str, Picture]:
    """Return the pictures by name."""
    return {picture.name: picture for picture in pictures(source(world, private=private))}


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Picture]:
    return seen(busy(tmp_path_factory.mktemp("busy")))


def test_where_there_is_nothing_a_sentence_stands_and_nothing_is_drawn(tmp_path: Path) -> None:
    found = seen(World(tmp_path).begin())

    assert {name: picture.section.heading for name, picture in found.items()} == QUIET
    assert not any(picture.section.rows or picture.section.columns for picture in found.values())


def test_every_heading_says_the_worst_in_words(shown: Mapping[str, Picture]) -> None:
    assert {name: picture.section.heading for name, picture in shown.items()} == BUSY
    assert len(shown) == len(PICTURES)


def test_every_picture_says_n(shown: Mapping[str, Picture]) -> None:
    said = {name: " ".join(picture.section.said) for name, picture in shown.items()}

    assert not [name for name, words in said.items() if not any(n in words for n in ("n: ", "(n "))]


def test_every_mark_stands_on_entries(shown: Mapping[str, Picture]) -> None:
    rows = [row for picture in shown.values() for row in picture.section.rows]

    assert all(row.entries and row.values for row in rows)
    assert len(rows) > 40


def test_a_milestone_shows_every_move_of_its_date_and_when_that_was_known_and_told(
    shown: Mapping[str, Picture],
) -> None:
    rows = [row for row in shown["milestones"].section.rows if row.values["name"] == "M1"]

    assert [row.cells[1:] for row in rows] == [
        ("first date", "Tue 1 Apr 2025 09:00", "Fri 16 May 2025", ""),
        ("S1 known to us", "Tue 6 May 2025 10:00", "Fri 30 May 2025", "9"),
        ("client told of S1", "Fri 9 May 2025 10:00", "Fri 30 May 2025", "5"),
        ("date moved", "Tue 13 May 2025 10:00", "Fri 30 May 2025", "9"),
        ("delivered", "Tue 3 Jun 2025 12:00", "Fri 30 May 2025", ""),
    ]
    assert [row.values["x"] for row in rows] == [
        "2025-05-16T12:00:00Z",
        "2025-05-06T10:00:00Z",
        "2025-05-09T10:00:00Z",
        "2025-05-30T12:00:00Z",
        "2025-06-03T12:00:00Z",
    ]


def test_the_days_of_a_delay_stand_end_to_end_and_come_to_all_of_it(shown: Mapping[str, Picture]) -> None:
    """The client's O1 was late until 11 June; a cause of our own covers 10 to 12 June; M2 was due on 6 June."""
    rows = [row.values for row in shown["delays"].section.rows if row.values["name"] == "M2"]

    assert [(row["letter"], row["x0"], row["x"]) for row in rows] == [
        ("C", 0, 1),
        ("B", 1, 3),
        ("O", 3, 4),
        ("N", 4, 15),
    ]


def test_good_news_and_bad_are_compared_with_their_n(shown: Mapping[str, Picture]) -> None:
    assert shown["news"].section.said[1] == (
        "n: 5 bad, 4 good. Median business hours: bad 6, good 0: slower than our policy allows; exact one-sided p 0.008."
    )


def test_a_trend_is_told_with_its_test(shown: Mapping[str, Picture]) -> None:
    assert shown["satisfaction"].section.said[1].startswith("n: 4 waves: falling, ")
    assert shown["satisfaction"].section.said[1].endswith("S -6, one-sided exact p 0.0417.")


def news_of_one_kind(world: World) -> None:
    world.at("2025-06-02T09:00").record("news-learned", polarity="bad", aware="2025-06-02", summary="late")


def waves(world: World, count: int) -> None:
    world.at("2025-06-27T17:00")
    for number in range(count):
        heard(world, number, f"2025-0{number + 3}", 9 - number, "as told")


FEW: Mapping[str, tuple[Callable[[World], None], str, str]] = {
    "news": (
        news_of_one_kind,
        "news",
        "n: 1 bad, 0 good: too few to compare (at least 3 of each).",
    ),
    "two waves": (
        lambda world: waves(world, 2),
        "satisfaction",
        "n: 2 waves: too few to speak of a direction (at least 3).",
    ),
    "three waves": (
        lambda world: waves(world, 3),
        "satisfaction",
        "n: 3 waves: falling; too few for a test (at least 4).",
    ),
}


@pytest.mark.parametrize("case", list(FEW))
def test_what_is_too_few_is_said(tmp_path: Path, case: str) -> None:
    happened, name, words = FEW[case]
    world = World(tmp_path).begin()

    happened(world)

    assert seen(world)[name].section.said[-1] == words


def test_a_milestone_that_moved_nowhere_says_so(tmp_path: Path) -> None:
    world = World(tmp_path).begin().signed(1)
    world.record("milestone-agreed", milestone_id="M1", due="2025-05-16", title="first", agreement_version=1)

    assert seen(world)["milestones"].section.heading == "No date has moved, of 1 milestone"


def test_a_slip_that_nobody_was_told_is_said(tmp_path: Path) -> None:
    world = World(tmp_path).begin().signed(1)
    world.record("milestone-agreed", milestone_id="M1", due="2025-05-16", title="first", agreement_version=1)
    world.at("2025-05-06T09:00").record("slip-foreseen", milestone_id="M1", forecast="2025-05-23", aware="2025-05-06")

    assert (
        seen(world)["milestones"].section.heading
        == "M1 is going to be 5 business days late; the client is not told yet"
    )


def test_what_is_private_is_behind_no_mark(tmp_path: Path) -> None:
    world = busy(tmp_path)
    hidden = {fact.entry.position for fact in world.facts() if fact.visibility == "private"}

    found = seen(world, private=False)

    assert len(hidden) == 5
    assert not [row for picture in found.values() for row in picture.section.rows if hidden & set(row.entries)]
    assert found["gaps"].section.heading.startswith("No gap to tell")
    assert not found["gaps"].section.rows


def test_what_needs_attention_stands_worst_first(tmp_path: Path) -> None:
    world = World(tmp_path).begin().signed(1).at("2025-06-27T17:00")
    milestones(world, "told")
    news(world, "told")

    rows = attention(source(world)).rows

    ranks = [row.values["rank"] for row in rows]
    assert rows[0].values["signal"] == "A-undisclosed-slip"
    assert ranks == sorted(ranks, key=int)  # type: ignore[arg-type]  # a rank is a number


def test_a_mark_of_a_rhythm_leads_to_what_came_and_else_to_what_was_agreed(tmp_path: Path) -> None:
    world = busy(tmp_path)
    log = source(world).trail
    lines = seen(world)["cadences"].section.rows

    led = [(bool(line.cells[3]), log[line.entries[0]]["type"]) for line in lines]
    assert set(led) == {(True, "status-report-sent"), (False, "cadence-agreed")}
    assert all("cadence-agreed" in {log[entry]["type"] for entry in line.entries} for line in lines)


def test_the_perception_gap_says_which_mark_is_whose(shown: Mapping[str, Picture]) -> None:
    assert "The square is our score, the dot the client's." in shown["gaps"].section.said[0]
