"""`demo`: a story on a scratch ledger, told with the real commands and what they really say."""

from __future__ import annotations

import secrets
import shlex
import tempfile
from contextlib import chdir
from datetime import UTC, datetime
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import click

from ledger.drafts import Identity
from ledger.errors import Duplicate, Unreachable
from ledger.events import TYPES
from ledger_cli.output import styled

if TYPE_CHECKING:
    from ledger_cli.app import App
    from ledger_cli.story.steps import Step

LEAD = Identity("delivery-lead@provider.example", "delivery lead")
LONDON = ZoneInfo("Europe/London")
_ALPHABET = "abcdefghijkmnpqrstuvwxyz23456789"


@click.command()
@click.option("--keep", metavar="DIR", help="Where the ledger of the story is made; a new folder.")
@click.pass_obj
def demo(app: App, *, keep: str | None) -> None:
    """Tell a story on a scratch ledger: a date slips, the client is told late, an old e-mail turns up.

    \b
    engage demo
    engage demo --keep ~/demo
    """
    from ledger_cli.story.steps import STEPS

    folder = _folder(keep)
    _lay_out(folder)
    origin = "demo.example/engagements/" + "".join(secrets.choice(_ALPHABET) for _ in range(12))
    with chdir(folder):
        for step in STEPS:
            code = _play(step, folder, origin)
            if code:
                app.exit_code = code
                return
    place = shlex.quote(str(folder))
    click.echo(f"\nThe ledger stays in {place}. Look into it:")
    for words in (_filled("show {slip-foreseen}", folder, origin), "table slips", "status --as-known-on 2025-06-12"):
        click.echo(f"  engage --ledger {place} {words}")


def _folder(keep: str | None) -> Path:
    if keep is None:
        return Path(tempfile.mkdtemp(prefix="engage-demo-"))
    folder = Path(keep).expanduser().resolve()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if any(folder.iterdir()):
            raise Duplicate(f"{folder} is not empty.", advice="Name a new folder: engage demo --keep DIR")
    except OSError as error:
        raise Unreachable(f"{folder} cannot be made: {error.strerror}.", advice="Name another folder.") from error
    return folder


def _lay_out(folder: Path) -> None:
    """Put the files of the story into *folder*: the letter, its second version, what shows things."""
    source = files("ledger_cli.story")
    letter = source.joinpath("letter.toml").read_text("utf-8")
    (folder / "letter.toml").write_text(letter, "utf-8")
    second = letter.replace("version 1", "version 2").replace("within_hours = 16", "within_hours = 40")
    (folder / "letter-2.toml").write_text(second, "utf-8")
    for name in ("vendor.eml", "rehearsal.txt"):
        (folder / name).write_bytes(source.joinpath(name).read_bytes())


def _play(step: Step, folder: Path, origin: str) -> int:
    """Run one command of the story at its time, shown as it would be typed."""
    from ledger_cli.app import App
    from ledger_cli.main import outcome

    now = datetime.fromisoformat(step.at).replace(tzinfo=LONDON).astimezone(UTC)
    command = _filled(step.command, folder, origin)
    if step.says:
        click.echo(f"\n{styled(f'-- {now.astimezone(LONDON):%a} {_day(now)}. {step.says}', 'cyan')}")
    click.echo(f"\n{styled('$ ' + command, 'bold')}")
    own = App(clock=lambda: now, who=LEAD)
    try:
        return outcome(["--ledger", str(folder), *shlex.split(command)[1:]], own)
    finally:
        own.close()


def _day(now: datetime) -> str:
    here = now.astimezone(LONDON)
    return f"{here.day} {here:%b %Y}, {here:%H:%M}"


def _filled(command: str, folder: Path, origin: str) -> str:
    """Return *command* with the ledger's name, and with the number of the newest entry of each type it names."""
    from ledger.entry import decode
    from ledger.stores.reading import SqliteReader

    if "{" not in command:
        return command
    if "{origin}" in command:
        return command.replace("{origin}", origin)
    with SqliteReader(folder / "ledger.db") as reader:
        for stored in reader.since(0, 1_000):  # type: ignore[arg-type]  # from the beginning
            entry = decode(*stored)
            name = next(short for short, event_type in TYPES.items() if event_type.stored_name == entry.type)
            command = command.replace("{" + name + "}", str(entry.position))
    return command
