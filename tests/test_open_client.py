"""A client whose name is not Latin has an account of their own; nobody else's is taken for it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.transcripts import Terminal

NAMES: dict[str, tuple[list[str], list[str]]] = {
    "no Latin letter": (["客户", "株式会社"], ["kehu", "zhushihuishe"]),
    "letters that nobody spells": (["\U0003133e", "\U0003133f"], ["organisation", "organisation-2"]),
    "the same Latin letters": (["Ήρα Group", "Ίρα Group"], ["ira-group", "ira-group-2"]),
    "one client twice": (["诗人 A", "师人 A", "诗人  a"], ["shiren-a", "shiren-a-2", "shiren-a"]),
    "an accent loses nothing": (["Théâtre du Nord", "theatre du nord"], ["theatre-du-nord", "theatre-du-nord"]),
    "an alias is one": (["客户", "kehu"], ["kehu", "kehu"]),
}


@pytest.mark.parametrize(("names", "aliases"), NAMES.values(), ids=NAMES)
def test_every_client_has_an_account_of_their_own(tmp_path: Path, names: list[str], aliases: list[str]) -> None:
    terminal = Terminal(tmp_path)
    terminal.run("engage init --zone Europe/London")
    for number, name in enumerate(names):
        assert terminal.run(f"engage open e{number} --account '{name}'").code == 0

    rows = json.loads(terminal.run("engage table engagement_status --json").out)["rows"]

    assert [row["account_alias"] for row in sorted(rows, key=lambda row: str(row["engagement_alias"]))] == aliases
