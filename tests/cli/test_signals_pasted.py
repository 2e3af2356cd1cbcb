"""Every signal's command works when it is pasted at a terminal, and clears the signal; every signal there is gets raised."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
from ledger_projections.alerts import RANKS
from ledger_projections.portfolio import PORTFOLIO

from tests.transcripts import Answer, Terminal

Row = dict[str, Any]
BEGIN = (
    "engage init --zone Europe/London",
    "engage open northwind --account Northwind",
    'engage person northwind "Client sponsor" --side client --level executive --may sign,accept',
    'engage person northwind "Stage manager" --side client --level manager',
    'engage person northwind "Delivery lead" --side provider --level senior --may sign',
)
MILESTONE = 'engage agreed M1 "get-in plan" --due 2025-03-14'
OWED = 'engage agreed O1 "keys of the hall" --due 2025-03-14 --owner sponsor'
ASK = "engage feedback --from sponsor overall={} --wave {} --scale 0-10"
RHYTHM = (
    "engage record cadence-agreed --cadence-id {0} --kind {0} --rrule FREQ=WEEKLY;BYDAY=FR --starts 2025-03-07T17:00"
    " --calendar default --audience sponsor"
)
NEXT = "2025-03-24T10:00"
"""When the signals are looked at, where nothing else is said: three weeks after they were set off."""
PART_LETTER = """
currency = "GBP"
value = "20000.00 GBP"
day_cap = 2
[scope]
in = ["all"]
"""
AMENDED = ("n", "2025-12-12", *["skip"] * 10, "y", "y", "y")
"""What is answered to the interview for the next version: a completion, and nothing else."""
STORIES: Mapping[str, tuple[Sequence[str], Sequence[str]]] = {
    "A-undisclosed-slip": ((MILESTONE, "engage slipped M1 --forecast 2025-04-04"), ("sponsor",)),
    "A-waiting-on-us": (('engage request sponsor "which cost centre?"',), ()),
    "A-overdue": ((MILESTONE,), ()),
    "A-due-next": (('engage agreed M1 "get-in plan" --due 2025-03-26',), ()),
    "A-report-due": ((RHYTHM.format("report"), "at 2025-03-07T10:00"), ()),
    "A-silence": ((RHYTHM.format("report"),), ()),
    "A-rhythm-due": ((RHYTHM.format("review"), "at 2025-03-07T10:00"), ("provider=7 client=8", "0-10", "continue")),
    "A-rhythm-missed": ((RHYTHM.format("check_in"),), ("sponsor", "walked through the plan")),
    "A-unacknowledged": ((MILESTONE, "engage slipped M1 --forecast 2025-04-04 --told sponsor"), ()),
    "A-client-overdue-unnotified": ((OWED,), ()),
    "A-client-overdue-notified": ((OWED, "engage slipped O1 --forecast 2025-03-20 --from sponsor"), ()),
    "A-check-obligation": (('engage agreed O1 "keys" --due 2025-03-28 --owner sponsor',), ()),
    "A-feedback-unanswered": (("engage feedback --ask sponsor --on trust --scale 0-10",), ()),
    "A-unreported-bad-news": (('engage bad-news "the hall is taken"',), ("sponsor",)),
    "A-needs-retraction": (
        ('engage good-news "the hall is free" --told sponsor', 'engage verified N1 "asked them" --refuted'), ()),
    "A-unverified-news": (('engage good-news "the hall is free"',), ("rang the venue",)),
    "A-unsigned": (("engage agreed part.toml", "engage signed --by sponsor"), ("lead",)),
    "A-unsigned-work": (
        ("engage agreed part.toml", "engage signed --by lead --for provider", "engage started --basis none"),
        ("sponsor",)),
    "A-day-cap": (
        ("engage agreed part.toml", "engage signed --by lead --for provider", "engage signed --by sponsor",
         "engage started --days 2 --from 2025-03-03 --to 2025-03-05"), AMENDED),
    "A-without-authority": (
        (MILESTONE, "engage delivered M1", 'engage accepted M1 --by "stage manager"'), ()),
    "A-action-due": ((MILESTONE, 'engage action "send the plan" --after M1 --due 2025-03-20'), ()),
    "A-adverse-trend": (
        (ASK.format(8, "w1"), "at 2025-03-05T10:00", ASK.format(5, "w2"), "at 2025-03-10T10:00", ASK.format(3, "w3")),
        ("Talk to them.", "2025-04-04")),
    "A-assumption-untested": (
        ('engage record assumption-recorded --statement "the hall is free" --test-by 2025-03-10',),
        ("held", "They said so.")),
    "A-first-feedback": (('engage contact sponsor "walked through the plan" --kind meeting',), ()),
    "A-unraised": (('engage concern "they do not believe the date"',), ("We fear for the date.",)),
    "A-concern-open": (
        ('engage concern --raised "The fee is too low." --to sponsor', "at 2025-05-05T10:00"), ()),
    "A-agreement-incomplete": (("engage agreed part.toml",), AMENDED),
    "A-needs-unsaid": (
        ("engage record review-held --attendees sponsor,lead --scale 0-10 --decision continue"
         " --needs-met-client 7",), ("forgot to say", "needs_met_provider=7")),
    "A-gift": (('engage gift "an opera box" --from sponsor --value "900 GBP"',), ("they want it back", "decision=returned")),
    "A-no-plan": (
        ("engage record client-fit-assessed --on account/northwind --scale 0-10 --criteria fit=8 --verdict fit --key yes",),
        ("a1", "a1", "2026-01-01", '[{"objective_id": "G1", "aligned_to": "growth", "shared": true}]')),
    "A-pain-over-benefit": (
        ("engage record exit-considered --on account/northwind --pain 70 --benefit 20 --reasons slow",
         "engage record exit-considered --on account/northwind --pain 80 --benefit 20 --reasons slower"), ("stay",)),
    "A-missing-exit-feedback": (
        ("engage close --reason completed", 'engage feedback --given sponsor "You decide fast." --closing'),
        ("sponsor", "trust=8", "0-10")),
}  # fmt: skip


def told(folder: Path, steps: Sequence[str]) -> Terminal:
    """Begin on 3 March 2025, take *steps*, and come back three weeks later unless they say when."""
    desk = Terminal(folder, attended=True)
    desk.at("2025-03-03T09:00")
    (folder / "part.toml").write_text(PART_LETTER, encoding="utf-8")
    for step in (*BEGIN, *steps, *([] if steps[-1].startswith("at ") else [f"at {NEXT}"])):
        if step.startswith("at "):
            desk.at(step.removeprefix("at "))
        else:
            done(desk, step)
    return desk


def done(desk: Terminal, line: str, answers: Sequence[str] = ()) -> Answer:
    """Paste *line* and type *answers* to what it asks."""
    for part in line.split(" && "):
        answer = desk.run(part, answers)
        assert answer.code == 0, f"{part}\n{answer.out}{answer.err}"
    return answer


def standing(desk: Terminal, signal: str) -> list[Row]:
    """Return the rows of a signal that stand."""
    return [json.loads(line) for line in desk.run(f"engage signals --signal {signal} --jsonl").out.splitlines()]


def table(desk: Terminal, options: str) -> list[Row]:
    """Return the rows of the table of signals."""
    rows: list[Row] = json.loads(desk.run(f"engage table signals --json {options}").out)["rows"]
    return rows


def columns(desk: Terminal) -> list[Row]:
    """Return what the dictionary says of the columns of the table of signals."""
    rows: list[Row] = json.loads(desk.run("engage table data_dictionary --json").out)["rows"]
    return [row for row in rows if row["table_name"] == "signals"]


ASKED_FIRST = {"A-client-overdue-unnotified", "A-client-overdue-notified"}
"""What is asked for before it can be given: the first command chases it, the second says that it came."""
SIGNED_THEN = ("engage signed --version 2 --by lead --for provider", "engage signed --version 2 --by sponsor")


@pytest.mark.parametrize("signal", STORIES)
def test_the_command_of_a_signal_clears_it_when_pasted(tmp_path: Path, signal: str) -> None:
    steps, answers = STORIES[signal]
    desk = told(tmp_path, steps)
    row, *_ = standing(desk, signal)

    pasted = done(desk, row["command"], answers)
    if signal in ASKED_FIRST:
        done(desk, standing(desk, signal)[0]["command"])
    for line in SIGNED_THEN if signal == "A-day-cap" else ():
        done(desk, line)

    assert pasted.err == ""
    assert [left for left in standing(desk, signal) if left["subject"] == row["subject"]] == []


def test_every_signal_of_one_stream_is_raised_and_pasted() -> None:
    assert set(STORIES) == set(RANKS)


def test_no_command_has_a_place_to_be_filled_in(tmp_path: Path) -> None:
    desk = told(tmp_path, [MILESTONE, OWED, 'engage bad-news "the hall is taken"', "engage agreed part.toml"])

    rows = [json.loads(line) for line in desk.run("engage signals --jsonl").out.splitlines()]

    assert [row["command"] for row in rows if re.search(r"\b[A-Z]{3,}\b", row["command"])] == []


PORTFOLIO_STEPS: Mapping[str, tuple[Sequence[str], Sequence[str], Sequence[str]]] = {
    "A-single-contact": (
        ('engage contact sponsor "walked through the plan"',), ("stage manager", "met them as well"),
        ('engage person "Stage manager" --may sign,accept',)),
    "A-neglected": (
        ("engage agreed part.toml", "engage signed --by lead --for provider", "engage signed --by sponsor",
         'engage contact sponsor "walked through the plan"', "engage open harbour --account Harbour",
         'engage person harbour "Harbour master" --side client --level executive', "at 2025-03-20T10:00",
         'engage contact harbour "harbour master" "what they look for" --minutes 60'), ("sponsor", "how it goes on"), ()),
    "A-unlearned": (
        tuple(ASK.format(score, f"w{score}") for score in (9, 8, 7, 3)), ("Ask sooner.",), ()),
    "A-dependency": (
        ("engage agreed part.toml", "engage signed --by lead --for provider", "engage signed --by sponsor"),
        ("harbour", "Harbour"),
        ('engage person harbour "Harbour master" --side client --level executive --may sign',
         'engage person harbour "Our director" --side provider --level executive --may sign', "engage agreed harbour part.toml",
         'engage signed harbour --by "harbour master"', 'engage signed harbour --by "our director" --for provider',
         "engage policy --set dependency_share=0.5")),
    "A-overcommitted": (
        ("engage record capacity-stated --from-on 2025-03-24 --to-on 2025-03-28 --days 2",
         'engage agreed M1 "get-in plan" --due 2025-03-28 --effort 4'), ("2025-06-27",),
        ("engage rescheduled northwind M1 --to 2025-06-27 --agreed-by sponsor",)),
}  # fmt: skip


@pytest.mark.parametrize("signal", PORTFOLIO_STEPS)
def test_a_signal_over_all_engagements_is_cleared_by_what_its_command_begins(tmp_path: Path, signal: str) -> None:
    steps, answers, then = PORTFOLIO_STEPS[signal]
    desk = told(tmp_path, steps)
    row, *_ = standing(desk, signal)

    done(desk, row["command"], answers)
    for line in then:
        done(desk, line)

    assert [left for left in standing(desk, signal) if left["subject"] == row["subject"]] == []


@pytest.mark.parametrize("signal", PORTFOLIO_STEPS)
def test_a_signal_over_all_engagements_is_in_the_table_now_and_as_it_was_known(tmp_path: Path, signal: str) -> None:
    desk = told(tmp_path, PORTFOLIO_STEPS[signal][0])
    listed = standing(desk, signal)
    desk.at("2026-01-05T10:00")

    then = [row for row in table(desk, f"--as-known-on {NEXT}") if row["signal"] == signal]
    names = ("says", "also", "command", "subject", "positions", "entries", "raised_at", "since")

    assert [[row[name] for name in names] for row in then] == [[row[name] for name in names] for row in listed]
    assert {*then[0]} == {row["column_name"] for row in columns(desk)} == {*table(desk, "")[0]}


def test_where_enough_are_met_and_one_alone_may_act_its_command_gives_another_what_they_may(tmp_path: Path) -> None:
    spoken = [f'engage contact {whom} "walked through the plan"' for whom in ("sponsor", '"stage manager"')]
    desk = told(tmp_path, spoken)
    (row,) = standing(desk, "A-single-contact")

    done(desk, row["command"], ("stage manager",))

    assert row["command"] == "engage person northwind --may accept,sign"
    assert standing(desk, "A-single-contact") == []


def test_every_signal_over_all_engagements_is_raised_and_pasted() -> None:
    assert set(PORTFOLIO_STEPS) == set(PORTFOLIO)
