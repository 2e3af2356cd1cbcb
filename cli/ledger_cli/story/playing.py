"""Playing a story: each command at its time, by whoever gives it, on a ledger in a folder of its own."""

from __future__ import annotations

import io
import os
import shlex
import sys
from contextlib import chdir, contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import click

from ledger_cli.printing.output import styled

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from ledger_cli.story.steps import Step

LONDON = ZoneInfo("Europe/London")


def tell(step: Step, folder: Path, command: str) -> int:
    """Show *command* as it is typed at its step, run it, and return its exit code."""
    if step.says:
        click.echo(f"\n{head(step)}")
    click.echo(f"\n{typed(command)}")
    return run(step, folder, command)


def tell_quietly(steps: Iterable[Step], folder: Path) -> int:
    """Show what was typed day by day; return 0, or the exit code of a command that did not end as told, and its answer."""
    day = ""
    with chdir(folder), _own_settings(folder):
        for step in steps:
            if step.says or step.at[:10] != day:
                click.echo(f"\n{head(step)}")
            day = step.at[:10]
            click.echo(typed(step.command))
            with _set_aside() as answer:
                code = run(step, folder, step.command)
            if code != step.code:
                click.echo(answer.getvalue().decode("utf-8", "replace"), nl=False)
                return code or 1
    return 0


def run(step: Step, folder: Path, command: str) -> int:
    """Run *command* on the ledger in *folder* as it was given at *step*."""
    from ledger_cli.app import App
    from ledger_cli.main import outcome

    now = _moment(step)
    own = App(clock=lambda: now.astimezone(UTC), who=step.who)
    try:
        return outcome(["--ledger", str(folder), *shlex.split(command)[1:]], own)
    finally:
        own.close()


def head(step: Step) -> str:
    """Return the line above a step: when it is, and what a teller says."""
    now = _moment(step)
    return styled(f"-- {now:%a} {now.day} {now:%b %Y, %H:%M}. {step.says}".rstrip(), "cyan")


def typed(command: str) -> str:
    """Return *command* as it is shown."""
    return styled(f"$ {command}", "bold")


def _moment(step: Step) -> datetime:
    return datetime.fromisoformat(step.at).replace(tzinfo=LONDON)


@contextmanager
def _own_settings(folder: Path) -> Iterator[None]:
    """Keep the keys of a story with it: they are nobody's."""
    before = os.environ.get("ENGAGE_SETTINGS")
    os.environ["ENGAGE_SETTINGS"] = str(folder / "settings")
    try:
        yield
    finally:
        del os.environ["ENGAGE_SETTINGS"]
        if before is not None:
            os.environ["ENGAGE_SETTINGS"] = before


@contextmanager
def _set_aside() -> Iterator[io.BytesIO]:
    """Gather what is printed instead of printing it."""
    answer, kept = io.BytesIO(), (sys.stdout, sys.stderr)
    sys.stdout = sys.stderr = aside = io.TextIOWrapper(answer, encoding="utf-8", write_through=True)
    try:
        yield answer
    finally:
        sys.stdout, sys.stderr = kept
        aside.detach()  # else it would close what was gathered
