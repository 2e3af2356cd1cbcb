"""T2 beside its peers: ten everyday acts, each the nearest that git, taskwarrior and hledger have: keystrokes and wall time.

python -m bench.everyday                   a table; a peer that is not installed is left out

Keystrokes are the letters of the line and Enter, nothing completed; for `hledger add` those of its dialogue. Each act is
a process of its own, run in turn on every side, on what the acts before it left; all lies on tmpfs where there is one.
"""

from __future__ import annotations

import argparse
import os
import shlex
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

MEMORY = "/dev/shm"
LETTER = """
currency = "GBP"
[scope]
in = ["move the autumn season"]
[[milestones]]
id = "M2"
title = "dress rehearsal"
due = 2035-06-29
[[cadences]]
id = "weekly"
kind = "report"
rrule = "FREQ=WEEKLY;BYDAY=FR"
starts = 2034-03-14T17:00
audience = ["Client sponsor"]
[[contacts]]
name = "Client sponsor"
side = "client"
level = "executive"
may = ["sign", "accept"]
"""
BEGUN = (
    "engage init --zone Europe/London",
    "engage open northwind --account theatre",
    "engage agreed northwind letter.toml",
)


class Act(NamedTuple):
    """One act, as each side does it: a line at the prompt; with `|`, what is typed into it."""

    name: str
    engage: str
    git: str
    task: str
    hledger: str


def noted(words: str) -> tuple[str, str, str]:
    """Return how the peers note *words*, each in the way it has."""
    return f"git commit --allow-empty -m '{words}'", f"task add '{words}'", f"hledger add|\n{words}\na\n1\nb\n\n\ny\n"


ACTS = (
    Act("bad news", "engage bad-news 'hall double-booked'", *noted("hall double-booked")),
    Act("a date slips", "engage slipped M2 --forecast 2035-07-18", *noted("M2 slips to 18 Jul")),
    Act("they were told", "engage told S1 sponsor", noted("told sponsor")[0], "task 2 annotate 'told sponsor'",
        noted("told sponsor")[2]),
    Act("a call", "engage contact sponsor 'talked about the venue'", *noted("talked about the venue")),
    Act("they ask", "engage request sponsor 'which cost centre?'", *noted("which cost centre?")),
    Act("we answer", "engage answer R1", noted("answered R1")[0], "task 4 done", noted("answered R1")[2]),
    Act("the report went out", "engage report", *noted("weekly report")),
    Act("it was delivered", "engage delivered M2", "git tag M2", "task 2 done", noted("M2 delivered")[2]),
    Act("take the last one back", "engage undo", "git reset --soft HEAD~", "task rc.confirmation=off undo", ""),
    Act("the morning screen", "engage status", "git log -n 20", "task list", "hledger register"),
)  # fmt: skip
"""What a person does in a day; an empty line: the peer has no such act."""


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=7)
    runs = parser.parse_args().runs
    sides = [side for side in Act._fields[1:] if side == "engage" or shutil.which(side)]
    times: dict[tuple[str, str], list[float]] = {}
    for _ in range(runs):
        with tempfile.TemporaryDirectory(dir=MEMORY if os.path.isdir(MEMORY) else None) as folder:
            for act, side, taken in _day(Path(folder), sides):
                times.setdefault((act, side), []).append(taken)
    _report(sides, times)


def _day(folder: Path, sides: Sequence[str]) -> Iterator[tuple[str, str, float]]:
    """Do every act on every side once; yield what each took."""
    environment = _begun(folder, sides)
    for act in ACTS:
        for side in sides:
            if line := getattr(act, side):
                yield act.name, side, _taken(line, folder, environment)


def _begun(folder: Path, sides: Sequence[str]) -> Mapping[str, str]:
    own = {
        "HOME": str(folder),
        "ENGAGE_LEDGER": str(folder / "ledger"),
        "TASKRC": str(folder / "taskrc"),
        "PAGER": "cat",
    }
    own |= {"TASKDATA": str(folder / "task"), "LEDGER_FILE": str(folder / "journal"), "GIT_PAGER": "cat"}
    own |= {"GIT_AUTHOR_NAME": "Lead", "GIT_AUTHOR_EMAIL": "lead@example.org", "GIT_COMMITTER_NAME": "Lead"}
    own |= {"GIT_COMMITTER_EMAIL": "lead@example.org", "LANG": "C.UTF-8"}
    environment = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"} | own
    (folder / "letter.toml").write_text(LETTER, encoding="utf-8")
    for name in ("taskrc", "journal"):
        (folder / name).write_text("", encoding="utf-8")
    begin = [
        "engage init --zone Europe/London",
        "engage open northwind --account theatre",
        "engage agreed northwind letter.toml",
    ]
    for line in (*begin, *(["git init -q"] if "git" in sides else [])):
        _taken(line, folder, environment)
    return environment


def _taken(line: str, folder: Path, environment: Mapping[str, str]) -> float:
    words, _, typed = line.partition("|")
    program, *rest = shlex.split(words)
    run = [sys.executable, "-m", "ledger_cli"] if program == "engage" else [program]
    began = time.perf_counter()
    done = subprocess.run(
        [*run, *rest], input=typed, text=True, capture_output=True, env=environment, cwd=folder, check=False
    )
    taken = time.perf_counter() - began
    if done.returncode and program != "hledger":  # whose dialogue ends with its input, not with a word
        raise SystemExit(f"{line}\n{done.stdout}{done.stderr}")
    return taken


def keystrokes(line: str) -> int:
    """Return how many keys are pressed for *line*, Enter included."""
    words, _, typed = line.partition("|")
    return len(words) + 1 + len(typed)


def _report(sides: Sequence[str], times: Mapping[tuple[str, str], Sequence[float]]) -> None:
    heads = [f"{side} {what}" for side in sides for what in ("keys", "ms")]
    print("| act |", " | ".join(heads), "|")
    print("| --- |", " | ".join(["---:"] * len(heads)), "|")
    for act in ACTS:
        cells = [cell for side in sides for cell in _cells(act, side, times)]
        print(f"| {act.name} |", " | ".join(cells), "|")
    totals = [str(sum(keystrokes(getattr(act, side)) for act in ACTS if getattr(act, side))) for side in sides]
    print("| all |", " | | ".join(totals), "| |")


def _cells(act: Act, side: str, times: Mapping[tuple[str, str], Sequence[float]]) -> tuple[str, str]:
    line = getattr(act, side)
    return (str(keystrokes(line)), f"{statistics.median(times[act.name, side]) * 1000:.0f}") if line else ("-", "-")


if __name__ == "__main__":
    main()
