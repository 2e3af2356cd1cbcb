"""A desk at which the pages of docs/tools are tried: what they say is typed, and what comes back is held against them.

Blocks fenced as `console` are typed, `engage` in process and all else in a shell; a command that ends in `&` serves until
the desk is left. Blocks with `>>>` are run by doctest. The first page, README.md, publishes what the others read.
`python -m tests.tools.desk PAGE …` writes into a page what its commands answer: look at it before you keep it.
"""

from __future__ import annotations

import fcntl
import json
import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from contextlib import AbstractContextManager, ExitStack
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Self

from tests.places import DOCS
from tests.transcripts import HOME, LEAD, Step, Terminal, blocks, updated
from tests.tutorial import as_transcript, with_answers

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from types import TracebackType

PAGES = DOCS / "tools"
PORT = "8001"
"""The port that the pages name; here it is any that is free."""
_PATIENCE = 20.0


class Desk(AbstractContextManager["Desk"]):
    """A scratch folder on 7 July 2025, a week after the quarter of the demo ended."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.terminal = Terminal(folder, who=LEAD)
        self.terminal.at("2025-07-07T09:00")
        self.port = PORT
        self._serving = ExitStack()

    def __enter__(self) -> Self:
        """Publish, as the first page does."""
        self.readme = self.once("README")
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._serving.close()

    @property
    def current(self) -> Path:
        """What was published."""
        return self.folder / "reports" / "current"

    def once(self, name: str, make: Callable[[], list[Step]] | None = None) -> list[Step]:
        """Return what the commands of the page called *name* answered, typed once among all who share the folder."""
        kept = self.folder / f"{name}.json"
        with kept.with_suffix(".lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not kept.exists():
                steps = make() if make else self.typed(page(name))
                kept.write_text(json.dumps([asdict(step) for step in steps]))
            return [Step(**step) for step in json.loads(kept.read_text())]

    def typed(self, document: Path) -> list[Step]:
        """Type the commands of *document* and return what they answered."""
        steps = []
        for head, body in blocks(as_transcript(document.read_text(encoding="utf-8"))):
            if head.startswith("$ "):
                steps.append(
                    Step(head[2:], "\n".join(body).rstrip("\n").split("\n") if any(body) else [], self.run(head[2:]))
                )
        return steps

    def run(self, command: str) -> list[str]:
        """Run one command and return the lines that it prints."""
        if command.startswith("engage "):
            return self.terminal.run(command).lines
        if command.endswith(" &"):
            self._serve(command.removesuffix(" &"))
            return []
        answer = self._told(["bash", "-o", "pipefail", "-c", self._here(command)])
        assert answer.returncode == 0, answer.stdout + answer.stderr
        said = answer.stdout.replace(str(self.folder), HOME).replace(f":{self.port}", f":{PORT}")
        return said.rstrip("\n").split("\n") if said.strip() else []

    def examples(self, document: Path) -> str:
        """Run the examples of *document* in Python, in the folder; return what doctest says of them."""
        options = ["-o", "ELLIPSIS", "-o", "NORMALIZE_WHITESPACE", "-v"]
        return self._told([sys.executable, "-m", "doctest", *options, str(document)]).stdout

    def _told(self, words: Sequence[str]) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            words, check=False, cwd=self.folder, env=self._environment, capture_output=True, text=True
        )

    def _serve(self, command: str) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = str(free.getsockname()[1])
        quiet = subprocess.DEVNULL
        words = ["bash", "-c", self._here(f"exec {command}")]
        server = subprocess.Popen(words, cwd=self.folder, env=self._environment, stdout=quiet, stderr=quiet)
        self._serving.callback(server.wait)
        self._serving.callback(server.terminate)
        until = time.monotonic() + _PATIENCE
        while time.monotonic() < until:
            assert server.poll() is None, f"{command} ended"
            with socket.socket() as there:
                if there.connect_ex(("127.0.0.1", int(self.port))) == 0:
                    return
            time.sleep(0.05)
        raise AssertionError(f"{command} answers nothing")

    def _here(self, command: str) -> str:
        return re.sub(rf"\b{PORT}\b", self.port, command)

    @property
    def _environment(self) -> dict[str, str]:
        beside = [str(Path(program).parent) for program in (sys.executable, dbt()) if program]
        return {
            **os.environ,
            "HOME": str(self.folder),
            "PATH": os.pathsep.join([*beside, os.environ["PATH"]]),
            "TZ": "UTC",
        }


def page(name: str) -> Path:
    """Return the page about a tool."""
    return PAGES / f"{name}.md"


def unkept(steps: Sequence[Step]) -> list[tuple[str, list[str], list[str]]]:
    """Return the commands that did not answer what their page says, with what it says and what they answered."""
    return [(step.command, step.expected, step.answered) for step in steps if not step.kept]


def program(name: str) -> str | None:
    """Return where a program is: beside the Python that runs the tests, where its package put it, else on the path."""
    return shutil.which(name, path=str(Path(sys.executable).parent)) or shutil.which(name)


def dbt() -> str | None:
    """Return where dbt is: LEDGER_DBT names it, for it needs an environment of its own."""
    return os.environ.get("LEDGER_DBT") or shutil.which("dbt")


def answered(document: Path, steps: Sequence[Step]) -> str:
    """Return *document* with what its commands answered in *steps*; a line that is kept as it is expected stays."""
    lines = [line for step in steps for line in (f"$ {step.command}", *updated(step, step))]
    return with_answers(document.read_text(encoding="utf-8"), "\n".join(lines))


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder, Desk(Path(folder).resolve()) as desk:
        for document in map(page, sys.argv[1:]):
            found = desk.readme if document == page("README") else desk.typed(document)
            document.write_text(answered(document, found), encoding="utf-8")
            sys.stdout.write(desk.examples(document))
