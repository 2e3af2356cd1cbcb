"""A PostgreSQL cluster of our own: in a folder of its own, on a Unix socket in it, for nobody else."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import quote

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

psycopg = pytest.importorskip("psycopg", reason="psycopg is not installed: pip install 'psycopg[binary]'")
USER = "postgres"
KEYED = "keyed"
"""The one role that is asked for a password."""
SETTINGS = "-c listen_addresses= -c fsync=off -c full_page_writes=off -c deadlock_timeout=200ms"


class Cluster(NamedTuple):
    """A server whose socket is in the *folder*."""

    folder: Path

    def database(self, name: str, options: str = "") -> str:
        """Make a database, and return how `publish` is told of it."""
        self.run(f"CREATE DATABASE {name} {options}")
        return self.url(name)

    def url(self, name: str, user: str = USER) -> str:
        """Return the URL of a database."""
        return f"postgresql://{user}@/{name}?host={quote(str(self.folder), safe='')}"

    def run(self, statement: str, name: str = "postgres") -> None:
        """Run a statement by itself."""
        with psycopg.connect(self.url(name), autocommit=True) as db:
            db.execute(statement)

    def rows(self, asked: str, name: str, *given: Any) -> list[tuple[Any, ...]]:
        """Return what a question is answered with."""
        with psycopg.connect(self.url(name), autocommit=True) as db:
            found: list[tuple[Any, ...]] = db.execute(asked, given or None).fetchall()
        return found


@contextmanager
def running() -> Iterator[Cluster]:
    """Give a cluster that runs; skip, saying so, where PostgreSQL is not installed."""
    programs = _programs()
    with tempfile.TemporaryDirectory(prefix="pg-", ignore_cleanup_errors=True) as made:
        folder = Path(made)
        if os.geteuid() == 0:
            shutil.chown(folder, USER)
        data = str(folder / "data")
        _run([str(programs / "initdb"), "-D", data, "-U", USER, "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync"])
        access = folder / "data" / "pg_hba.conf"
        access.write_text(f"local all {KEYED} scram-sha-256\n" + access.read_text())
        control = [str(programs / "pg_ctl"), "-D", data, "-w", "-s"]
        _run([*control, "-l", str(folder / "log"), "-o", f"-k {folder} {SETTINGS}", "start"])
        try:
            yield Cluster(folder)
        finally:
            _run([*control, "-m", "immediate", "stop"])


def _programs() -> Path:
    beside = [path.parent for path in sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))]
    found = shutil.which("initdb")
    if not (beside or found):
        pytest.skip("PostgreSQL is not installed: no initdb")
    return beside[-1] if beside else Path(str(found)).parent


def _run(command: Sequence[str]) -> None:
    """Run a program of PostgreSQL's, which refuses to be run by root."""
    who = ["runuser", "-u", USER, "--"] if os.geteuid() == 0 else []
    quiet = subprocess.DEVNULL  # a pipe would stay open for as long as the server runs
    done = subprocess.run([*who, *command], stdin=quiet, stdout=quiet, stderr=quiet, check=False, cwd="/")
    assert done.returncode == 0, command
