"""Who records: git's user, else the system's; the same words as in every commit they make."""

from __future__ import annotations

import getpass
import os
import shutil
import subprocess

from ledger.drafts import Identity


def identity() -> Identity:
    """Return git's user (GIT_AUTHOR_EMAIL, else user.email), else the user of the system."""
    email = os.environ.get("GIT_AUTHOR_EMAIL") or _git("user.email")
    name = os.environ.get("GIT_AUTHOR_NAME") or _git("user.name") or _system()
    return Identity(email=email, name=name)


def _git(key: str) -> str:
    program = shutil.which("git")
    if program is None:
        return ""
    asked = subprocess.run(  # noqa: S603 -- git, with our own words
        [program, "config", "--get", key], capture_output=True, check=False, text=True, errors="replace"
    )
    return asked.stdout.strip()[:200]


def _system() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "unknown"
