"""`demo`: a story on a scratch ledger, told with the real commands and what they really say."""

from __future__ import annotations

import secrets
import shlex
import tempfile
from contextlib import chdir
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ledger.errors import Duplicate, Unreachable
from ledger.events import TYPES

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ledger_cli.app import App

_ALPHABET = "abcdefghijkmnpqrstuvwxyz23456789"
LOOK_AROUND = (
    "status --as-known-on 2025-05-13T08:45",
    "log fernbank --since 2025-06-09",
    "table",
    "table slips",
    "replay fernbank --as-known-on 2025-06-10 --diff",
    "verify",
    "status --as-known-on 2025-06-16",
)
"""What to look at once the quarter was played."""


@click.command()
@click.option("--quarter", is_flag=True, help="Three months of an engagement: every type of entry, most words.")
@click.option("--keep", metavar="DIR", help="Where the ledger of the story is made; a new folder.")
@click.pass_obj
def demo(app: App, *, quarter: bool, keep: str | None) -> None:
    """Tell a story on a scratch ledger: a date slips, the client is told late, an old e-mail turns up.

    \b
    engage demo
    engage demo --keep ~/demo
    engage demo --quarter      a whole quarter, as it was typed day by day
    """
    folder = _folder(keep)
    app.exit_code = _quarter(folder) if quarter else _slip(folder)


def _slip(folder: Path) -> int:
    from ledger_cli.story.playing import tell
    from ledger_cli.story.steps import STEPS

    _lay_out(folder)
    origin = "demo.example/engagements/" + "".join(secrets.choice(_ALPHABET) for _ in range(12))
    with chdir(folder):
        for step in STEPS:
            code = tell(step, folder, _filled(step.command, folder, origin))
            if code:
                return code
    shown = _filled("show {slip-foreseen}", folder, origin)
    _leave(folder, (shown, "table slips", "status --as-known-on 2025-06-10"))
    return 0


def _quarter(folder: Path) -> int:
    """Play the quarter; then show the morning on which somebody was to be told, and where it stood two weeks before its end."""
    from ledger_cli.story.playing import tell, tell_quietly
    from ledger_cli.story.quarter import lay_out, steps

    lay_out(folder)
    played = list(steps())
    code = tell_quietly(played, folder)
    if code:
        return code
    end = played[-1]._replace(says="The quarter, looked back at.")
    for command in ("engage status --as-known-on 2025-05-13T08:45", "engage replay fernbank --as-known-on 2025-06-16"):
        tell(end, folder, command)
        end = end._replace(says="")
    _leave(folder, LOOK_AROUND)
    return 0


def _leave(folder: Path, lines: Iterable[str]) -> None:
    place = shlex.quote(str(folder))
    click.echo(f"\nThe ledger stays in {place}. Look into it:")
    for words in lines:
        click.echo(f"  engage --ledger {place} {words}")
    click.echo(
        "Its days are those of 2025: ask for a morning of then, as above. Today, what it left open is long overdue."
    )


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
