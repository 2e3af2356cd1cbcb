"""A real shell in a real terminal: keys go in, what the screen shows comes out."""

import shlex
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

PATIENCE = 20
"""Seconds until what is awaited must stand on the screen: machines that test are busy."""
STARTED = {
    "bash": ("bash --norc --noprofile", 'PS1="> "; eval "$(engage completion bash)"'),
    "zsh": (
        "zsh -f",
        'PS1="> "; autoload -Uz compinit; compinit -u -d $HOME/.zcompdump; eval "$(engage completion zsh)"',
    ),
    "fish": ("fish --no-config", 'function fish_prompt; echo "> "; end; engage completion fish | source'),
}
"""How each shell is started without anybody's settings, and what its user would write into their own."""


@dataclass
class Shell:
    """A shell of tmux session *name*, whose socket is at *socket*."""

    socket: Path
    name: str

    def type(self, keys: str) -> None:
        """Type *keys*, letter by letter."""
        self._tmux("send-keys", "-t", self.name, "-l", keys)

    def press(self, key: str) -> None:
        """Press a key that has a name: Tab, Enter, C-u."""
        self._tmux("send-keys", "-t", self.name, key)

    def run(self, line: str) -> None:
        """Type a line and press Enter."""
        self.type(line)
        self.press("Enter")

    def screen(self) -> str:
        """Return what the terminal shows."""
        return self._tmux("capture-pane", "-p", "-t", self.name)

    def awaits(self, *wanted: str) -> str:
        """Return the screen as soon as it shows all that is *wanted*."""
        until = time.monotonic() + PATIENCE
        while not all(each in (shown := self.screen()) for each in wanted):
            assert time.monotonic() < until, f"{wanted} never came up in {self.name}:\n{shown}"
            time.sleep(0.05)
        return shown

    def _tmux(self, *words: str) -> str:
        done = subprocess.run(["tmux", "-S", self.socket, *words], capture_output=True, text=True, check=True)
        return done.stdout


@contextmanager
def shell(name: str, folder: Path, settings: Mapping[str, str]) -> Iterator[Shell]:
    """Start *name* at home in *folder*, with `engage` on its path and *settings* in its environment."""
    program, own = STARTED[name]
    engage = folder / "bin" / "engage"
    engage.parent.mkdir()
    engage.write_text(f'#!/bin/sh\nexec {shlex.quote(sys.executable)} -m ledger_cli "$@"\n', encoding="utf-8")
    engage.chmod(0o755)
    inherited = {
        "PATH": f"{engage.parent}:/usr/bin:/bin",
        "HOME": str(folder),
        "TERM": "xterm-256color",
        "LANG": "C.UTF-8",
    }
    socket = folder / "tmux"
    start = [
        "tmux",
        "-S",
        str(socket),
        "-f",
        "/dev/null",
        "new-session",
        "-d",
        "-s",
        name,
        "-x",
        "160",
        "-y",
        "40",
        program,
    ]
    subprocess.run(start, env={**inherited, **settings}, check=True, cwd=folder)
    running = Shell(socket, name)
    try:
        running.run(f"{own}; clear; echo re''ady")
        running.awaits("ready")
        yield running
    finally:
        subprocess.run(["tmux", "-S", socket, "kill-server"], check=False)


def missing(name: str) -> str:
    """Return which program is not there that a test with this shell needs; nothing if all are."""
    return ", ".join(each for each in ("tmux", name) if shutil.which(each) is None)
