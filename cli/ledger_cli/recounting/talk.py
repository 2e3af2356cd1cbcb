"""What was said, in words: news, requests, reports and reviews at their times, what the client answered."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ledger_cli.in_words.values import at, joined, number_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from ledger_cli.reading.tables import Reading

    Row = dict[str, Any]
    Rows = Mapping[str, Sequence[Row]]


def news(reading: Reading, state: Rows) -> Iterator[str]:
    """Tell the news: known, told, and how long that took."""
    for row in state["news"]:
        told = f", told {at(reading, row['reported_at'])}" if row["reported_at"] else ", not told"
        after = (
            f", {number_words(row['disclosure_bh'])} business hours after we knew"
            if row["disclosure_bh"] is not None
            else ""
        )
        found = f", {row['verdict']} {at(reading, row['verified_at'])}" if row["verdict"] else ""
        back = f", taken back {at(reading, row['retracted_at'])}" if row["retracted_at"] else ""
        known = at(reading, row["learned_aware"])
        yield f"{row['news']} {row['polarity']} news: {row['state']}, known {known}{told}{after}{found}{back}"


def requests(reading: Reading, state: Rows) -> Iterator[str]:
    """Tell the requests of either side."""
    for row in state["requests"]:
        side = "from" if row["direction"] == "inbound" else "to"
        head = f"{row['request']} {side} {row['who']} {at(reading, row['asked_at'])}: {row['state']}"
        answered = f"answered {at(reading, row['answered_at'])}" if row["answered_at"] else ""
        promised = f"promised by {at(reading, row['promised_by'])}" if row["promised_by"] else ""
        hours = row["resolution_bh"] if row["answered_at"] else row["age_bh"]
        took = f"{number_words(hours)} business hours" if hours is not None else ""
        yield joined([head, f'"{row["text"]}"' if row["text"] else "", promised, answered, took])


def rhythms(reading: Reading, state: Rows) -> Iterator[str]:
    """Tell how each rhythm was kept: how many came on time, late or not at all, and the last."""
    found: dict[str, list[Row]] = {}
    for row in state["cadence_occurrences"]:
        found.setdefault(row["cadence"], []).append(row)
    for name, rows in found.items():
        counts = {each: sum(row["state"] == each for row in rows) for each in dict.fromkeys(r["state"] for r in rows)}
        kept = ", ".join(f"{count} {state_}" for state_, count in counts.items())
        last = next((row for row in reversed(rows) if row["came_at"]), None)
        yield joined([f"{rows[0]['kind']} {name}: {kept}", f"last came {at(reading, last['came_at'])}" if last else ""])


def reviews(reading: Reading, state: Rows) -> Iterator[str]:
    """Tell the reviews that were held."""
    for row in state["reviews"]:
        yield joined([f"{row['review']} held {at(reading, row['held_at'])}", row["decision"], row["attendees_names"]])


def feedback(reading: Reading, state: Rows) -> Iterator[str]:
    """Tell what the client answered, wave by wave, and how far our own view was from it."""
    for row in state["feedback"]:
        score = f"{number_words(row['score'])} of {number_words(row['scale_min'])} to {number_words(row['scale_max'])}"
        yield joined(
            [f"{row['wave']} {row['dimension']}: {score}", row["respondent_name"], at(reading, row["answered_at"])]
        )
    for row in state["gaps"]:
        gap = f"gap {number_words(row['gap'])} points" if row["gap"] is not None else f"no gap: {row['state']}"
        yield f"{row['wave']} {row['dimension']}: {gap}"
