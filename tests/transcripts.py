"""Transcripts: sessions at a terminal that are both the documentation of the command and its tests.

    # at 2025-06-06T09:20                               sets the clock (London)
    # as lead@provider.example "Delivery lead"          sets who records
    # after northwind.txt                               begins where another transcript ends
    # file letter.toml                                  writes the lines up to `# end` to a file
    # install package                                   installs what lies in that folder, as pip would, without pip
    $ engage init --zone Europe/London < in > out       runs, in process; what follows is stdout, then stderr
    [exit 3]                                            its exit code, where that is not 0
    # on a terminal                                     from here on somebody can be asked, until `# in a pipe`
    > sponsor                                           what they type below a question; `> ^C` and no line leave

In what is expected `…` stands for anything on its line, and a backslash shields a line that begins with `# ` or `$ `.
Any other line that begins with `#` is talk. `python -m tests.transcripts --update FILE …` writes what was answered:
look at it before you keep it.
"""

from __future__ import annotations

import io
import os
import re
import shlex
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple
from zoneinfo import ZoneInfo

from ledger_cli.app import App
from ledger_cli.main import outcome

from ledger.drafts import Identity
from ledger.testing.fakes import Entropy
from tests.installing import install, installed

FOLDER = Path(__file__).parent / "transcripts"
LONDON = ZoneInfo("Europe/London")
HOME = "/home/lead"
"""What the scratch folder is called in what is expected."""
SITE = "site-packages"
"""Where in it packages are installed."""
START = datetime(2025, 1, 6, 9, tzinfo=UTC)
LEAD = Identity("delivery-lead@provider.example", "Delivery lead")

_SETTING = re.compile(r"([A-Z_]+)=(.*)")
_SHIELDED = re.compile(r"\\*[#$] ")
_WORDS = re.compile(r"([\w/+=-]+)")
_SECONDS = re.compile(r"\b\d+\.\d+ s\b")


class Answer(NamedTuple):
    """What a command printed, and its exit code."""

    out: str
    err: str
    code: int

    @property
    def lines(self) -> list[str]:
        """The lines as a transcript writes them."""
        text = self.out + ("" if self.out.endswith("\n") or not self.out else "\n") + self.err
        shielded = ["\\" + line if _SHIELDED.match(line) else line for line in text.rstrip("\n").split("\n")]
        return [*(shielded if text.strip() else []), *([f"[exit {self.code}]"] if self.code else [])]


@dataclass
class Terminal:
    """A scratch folder with a clock, somebody at the keyboard, and a ledger to be made."""

    folder: Path
    now: datetime = START
    who: Identity = LEAD
    settings: dict[str, str] = field(default_factory=dict)
    attended: bool = False
    """Whether somebody sits there who can be asked."""
    entropy: Callable[[int], bytes] = field(default_factory=Entropy)
    """What keys are made of: the same at every run."""

    def at(self, local: str) -> None:
        """Set the clock to a time in London."""
        self.now = datetime.fromisoformat(local).replace(tzinfo=LONDON).astimezone(UTC)

    def run(self, line: str, typed: Sequence[str] = ()) -> Answer:
        """Run `engage …`, with `NAME=value` before it and `< file`, `> file` behind it if wanted; answer with *typed*."""
        words, settings = shlex.split(line), dict(self.settings)
        while match := _SETTING.fullmatch(words[0]):
            settings[match[1]] = match[2]
            words = words[1:]
        words, given = self._redirected(words, "<")
        words, wanted = self._redirected(words, ">")
        assert words[0] == "engage", f"a transcript runs engage, not {words[0]}"
        answer = self.engage(words[1:], given.read_bytes() if given else b"", settings, typed)
        if wanted:
            wanted.write_text(answer.out, encoding="utf-8")
            return answer._replace(out="")
        return answer

    def runs(self, *lines: str) -> None:
        """Run *lines*, none of which is to be refused."""
        for line in lines:
            answer = self.run(line)
            assert answer.code == 0, f"{line}\n{answer.out}{answer.err}"

    def lives(self, story: Iterable[tuple[str, str]]) -> None:
        """Run the lines of *story*, each at its time in London."""
        for local, line in story:
            self.at(local)
            self.runs(line)

    def engage(
        self,
        words: Sequence[str],
        given: bytes = b"",
        settings: Mapping[str, str] | None = None,
        typed: Sequence[str] = (),
    ) -> Answer:
        """Run the command in process with *given* as its standard input, and with *typed* at the terminal if there is one."""
        ask = _typist(typed) if self.attended else None
        app = App(clock=lambda: self.now, who=self.who, ask=ask, entropy=self.entropy)
        with _surroundings(self.folder, settings or self.settings), _streams(given) as (out, err):
            code = outcome(words, app)
            app.close()
        return Answer(self._read(out), self._read(err), code)

    def _read(self, stream: io.TextIOWrapper) -> str:
        stream.flush()
        text: str = stream.buffer.getvalue().decode("utf-8", "replace")  # type: ignore[attr-defined]  # a BytesIO, ours
        return text.replace(str(self.folder), HOME)

    def _redirected(self, words: list[str], sign: str) -> tuple[list[str], Path | None]:
        if sign not in words:
            return words, None
        at = words.index(sign)
        return [*words[:at], *words[at + 2 :]], self.folder / words[at + 1]


@dataclass
class Step:
    """One command of a transcript, the lines that are expected of it, and what it answered."""

    command: str
    expected: list[str]
    answered: list[str]

    @property
    def kept(self) -> bool:
        """Whether it answered what is expected."""
        return len(self.expected) == len(self.answered) and all(map(matches, self.expected, self.answered))


def matches(expected: str, answered: str) -> bool:
    """Say whether a line is the one expected, where `…` is anything."""
    return re.fullmatch(".*".join(map(re.escape, expected.split("…"))), answered) is not None


def play(path: Path, terminal: Terminal) -> list[Step]:
    """Run the transcript at *path* and return its commands with what they answered."""
    steps = []
    for head, body in blocks(path.read_text(encoding="utf-8")):
        if head.startswith("$ "):
            typed = [line[1:].strip() for line in body if line.startswith(">")]
            steps.append(Step(head[2:], _stripped(body), terminal.run(head[2:], typed).lines))
        elif head.startswith("# "):
            _obey(head[2:], body, path, terminal)
    return steps


def blocks(text: str) -> Iterator[tuple[str, list[str]]]:
    """Yield each line that begins with `# ` or `$ ` with the lines that belong to it."""
    head, body, filing = "", list[str](), False
    for line in text.split("\n"):
        if line.startswith(("# ", "$ ")) and (not filing or line == "# end"):
            yield head, body
            head, body, filing = line, [], line.startswith("# file ")
        else:
            body.append(line)
    yield head, body


def update(path: Path) -> None:
    """Write into the transcript at *path* what its commands answer, with `…` for words that differ between two runs."""
    steps = zip(*(_fresh(path) for _ in range(2)), strict=True)
    lines = []
    for head, body in blocks(path.read_text(encoding="utf-8")):
        lines += [head] if head else []
        gap = body[len(_stripped(body)) :]
        lines += [*updated(*next(steps)), *gap] if head.startswith("$ ") else body
    path.write_text("\n".join(lines), encoding="utf-8")


def updated(one: Step, other: Step) -> list[str]:
    """Return what *one* answered: a line that was expected stays, a word that *other* has otherwise becomes `…`.

    A line that is `…` alone matches every other: it stays only where it stood.
    """
    lines = []
    for number, line in enumerate(one.answered):
        twin = other.answered[number] if number < len(other.answered) else line
        there = [expected for place, expected in enumerate(one.expected) if expected != "…" or place == number]
        known = [expected for expected in there if "…" in expected and matches(expected, line)]
        lines.append(known[0] if known and matches(known[0], twin) else _masked(line, twin))
    return lines


def _obey(words: str, body: Sequence[str], path: Path, terminal: Terminal) -> None:
    word, _, rest = words.partition(" ")
    if word == "at":
        terminal.at(rest)
    elif word == "as":
        email, name = shlex.split(rest)
        terminal.who = Identity(email, name)
    elif word == "after":
        play(beside if (beside := path.with_name(rest)).exists() else FOLDER / rest, terminal)
    elif word == "file":
        (terminal.folder / rest).parent.mkdir(parents=True, exist_ok=True)
        (terminal.folder / rest).write_text("\n".join([*body, ""]), encoding="utf-8")
    elif word == "install":
        install(terminal.folder / rest, terminal.folder / SITE)
    elif words in {"on a terminal", "in a pipe"}:
        terminal.attended = words == "on a terminal"


def _typist(typed: Sequence[str]) -> Callable[[str], str]:
    """Return what answers each question with the next line *typed*, and shows both; out of lines it leaves (Ctrl-D)."""
    lines = iter(typed)

    def ask(prompt: str) -> str:
        print(prompt.rstrip())  # noqa: T201 -- what a terminal shows
        line = next(lines, None)
        if line is None:
            raise EOFError
        print(f"> {line}".rstrip())  # noqa: T201 -- what a terminal shows
        if line == "^C":
            raise KeyboardInterrupt
        return line

    return ask


def _stripped(lines: Sequence[str]) -> list[str]:
    """Return *lines* without the blank ones at their end."""
    return "\n".join(lines).rstrip("\n").split("\n") if any(lines) else []


def _fresh(path: Path) -> list[Step]:
    with tempfile.TemporaryDirectory() as folder:
        return play(path, Terminal(Path(folder).resolve()))


def _masked(line: str, twin: str) -> str:
    words, others = _WORDS.split(line), _WORDS.split(twin)
    if len(words) == len(others):
        line = "".join(word if word == other else "…" for word, other in zip(words, others, strict=True))
    return _SECONDS.sub("… s", line)


@contextmanager
def _surroundings(folder: Path, settings: Mapping[str, str]) -> Iterator[None]:
    kept, before = dict(os.environ), Path.cwd()
    for name in [name for name in os.environ if name.startswith(("ENGAGE_", "XDG_", "GIT_"))]:
        del os.environ[name]
    os.environ.update(
        {"HOME": str(folder), "ENGAGE_LEDGER": "ledger", "TZ": "Europe/London", "COLUMNS": "100", **settings}
    )
    os.chdir(folder)
    try:
        with installed(folder / SITE):
            yield
    finally:
        os.chdir(before)
        os.environ.clear()
        os.environ.update(kept)


@contextmanager
def _streams(given: bytes) -> Iterator[tuple[io.TextIOWrapper, io.TextIOWrapper]]:
    kept = sys.stdin, sys.stdout, sys.stderr
    sys.stdin, sys.stdout, sys.stderr = (_stream(given), _stream(b""), _stream(b""))
    try:
        yield sys.stdout, sys.stderr
    finally:
        sys.stdin, sys.stdout, sys.stderr = kept


def _stream(content: bytes) -> io.TextIOWrapper:
    return io.TextIOWrapper(io.BytesIO(content), encoding="utf-8", newline="\n", write_through=True)


if __name__ == "__main__":
    for name in sys.argv[2:] if sys.argv[1:2] == ["--update"] else ():
        update(Path(name))
