"""Make the terminal pictures of the documents: the real command, in a real terminal, under a clock that stands still.

python -m docs.pictures.make
"""

from __future__ import annotations

import fcntl
import os
import pty
import re
import struct
import sys
import tempfile
import termios
from datetime import datetime
from io import StringIO
from pathlib import Path
from zoneinfo import ZoneInfo

from ledger_cli.app import App
from ledger_cli.main import outcome
from rich.console import Console, RenderableType
from rich.text import Text

from ledger.drafts import Identity
from tests.places import DOCS
from tests.transcripts import Terminal, play
from tests.tutorial import as_transcript

FOLDER = Path(__file__).parent
COLUMNS = 100
_REMOTE = re.compile(r"@font-face \{.*?\}", re.DOTALL)


def main() -> None:
    """Write every picture."""
    for name, svg in pictures().items():
        (FOLDER / name).write_text(svg, encoding="utf-8")
        sys.stdout.write(f"{name}\n")


def pictures() -> dict[str, str]:
    """Return the pictures by their names, as SVG without anything remote."""
    document = (DOCS / "tutorial.md").read_text(encoding="utf-8")
    before = document[: document.index("$ engage told S1")].rpartition("<!--")[0]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        session = folder / "session.txt"
        session.write_text(as_transcript(before), encoding="utf-8")
        play(session, Terminal(folder))
        return {"status.svg": svg("engage status", on_terminal(["status"], folder, "2025-06-10T08:30"))}


def on_terminal(words: list[str], folder: Path, local: str) -> str:
    """Return what the command prints on a terminal, with its colours."""
    child, terminal = pty.fork()
    if child == 0:
        fcntl.ioctl(1, termios.TIOCSWINSZ, struct.pack("HHHH", 40, COLUMNS, 0, 0))
        os.environ.update({"ENGAGE_LEDGER": str(folder / "ledger"), "COLUMNS": str(COLUMNS), "TERM": "xterm-256color"})
        sys.stdout = os.fdopen(1, "w", encoding="utf-8")  # a test runner may have put its own there
        now = datetime.fromisoformat(local).replace(tzinfo=ZoneInfo("Europe/London"))
        os._exit(outcome(words, App(clock=lambda: now, who=Identity("lead@provider.example", "Delivery lead"))))
    printed = bytearray()
    try:
        while chunk := os.read(terminal, 65_536):
            printed += chunk
    except OSError:
        pass  # how Linux says that the other end of a terminal is closed
    os.waitpid(child, 0)
    return printed.decode().replace("\r\n", "\n")


def svg(title: str, ansi: str) -> str:
    """Return the picture of a terminal that shows *ansi*."""
    return framed(title, Text.assemble(("$ ", "bold"), title), Text.from_ansi(ansi))


def framed(title: str, *shown: RenderableType) -> str:
    """Return the picture of a terminal with *title* and what is *shown*."""
    console = Console(record=True, width=COLUMNS, file=StringIO(), force_terminal=True, color_system="truecolor")
    for each in shown:
        console.print(each)
    return _REMOTE.sub("", console.export_svg(title=title, unique_id="engage"))


if __name__ == "__main__":
    main()
