"""Ledgers whose publication holds what is hard to hold: a quarter with something in every table, and texts that bite."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest
from ledger_cli.story.playing import tell_quietly
from ledger_cli.story.quarter import lay_out, steps

from ledger.stores.reading import SqliteReader
from tests.views import World

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from ledger.journal import Reader

LONG = "long " * 4_000
HOSTILE = (
    "=1+1",
    "+44 20 7946 0000",
    "-1",
    "@SUM(A1)",
    "\tindented",
    "'quoted",
    "'=1",
    "\uff1dwide",
    "  =1+1",
    "\ufeff=1+1",
    "\u00a0\u200b@SUM(A1)",
    "\n-1+1",
    " 'quoted",
    'says "yes", then\r\nno',
    "\x01\x08\x1b[31m\x7f",
    "_x0041_",
    "Zoë 😀 \u202e \ufeff \ufffe \u2028 e\u0301",
    "NULL",
    "https://example.org/",
    "{{ env }} {% raw %}",
    "0123",
    "2025-06-06",
    "1e5",
    "TRUE",
    LONG,
    "𝄞" * 20_000,
)


@contextmanager
def quarter_in(folder: Path) -> Iterator[Reader]:
    """Give the ledger of the quarter that the demo tells, made in *folder*."""
    lay_out(folder)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ENGAGE_SETTINGS", str(folder / "settings"))
        assert tell_quietly([*steps()], folder) == 0
    with SqliteReader(folder / "ledger.db") as reader:
        yield reader


@contextmanager
def hostile_in(folder: Path) -> Iterator[Reader]:
    """Give a ledger, made in *folder*, in which each of the hostile texts stands as news, as its source and as a concern."""
    world = World(folder).begin()
    for text in HOSTILE:
        world.record("news-learned", polarity="bad", summary=text, source=text)
        world.record("concern-raised", topic="price", raised_by="provider", text=text, client_view=text)
    yield world.journal
    world.journal.close()
