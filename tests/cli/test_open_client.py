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
    "an accent typed in two ways": (["Théâtre du Nord", "THE\u0301A\u0302TRE  du nord"], ["theatre-du-nord"] * 2),
    "an alias is one": (["客户", "kehu", "Kehu"], ["kehu", "kehu", "kehu"]),
    "a client that was only given an alias": (["acme-works", "Acme Works"], ["acme-works", "acme-works"]),
}


@pytest.mark.parametrize(("names", "aliases"), NAMES.values(), ids=NAMES)
def test_every_client_has_an_account_of_their_own(tmp_path: Path, names: list[str], aliases: list[str]) -> None:
    terminal = Terminal(tmp_path)
    terminal.run("engage init --zone Europe/London")
    for number, name in enumerate(names):
        assert terminal.run(f"engage open e{number} --account '{name}'").code == 0

    assert _accounts(terminal) == aliases


ALIKE = (("Müller GmbH", "Muller GmbH"), ("Smith & Co", "Smith, Co."), ("Théâtre du Nord", "theatre du nord"))


@pytest.mark.parametrize(("one", "other"), ALIKE)
def test_a_name_that_is_only_spelt_alike_is_not_taken_for_the_client(tmp_path: Path, one: str, other: str) -> None:
    terminal = _known(tmp_path, one)
    root = terminal.run("engage verify").out.split("\n")[1]

    answer = terminal.run(f"engage open e2 --account '{other}'")

    assert (answer.code, answer.out) == (3, "")
    assert answer.err.startswith(
        f'"{one}" is a client already, and "{other}" is spelt otherwise. Nothing was recorded.\n  The same: --account '
    )
    assert terminal.run("engage verify").out.split("\n")[1] == root


@pytest.mark.parametrize(
    ("typed", "aliases"), {"y": ["muller-gmbh", "muller-gmbh"], "n": ["muller-gmbh", "muller-gmbh-2"]}.items()
)
def test_somebody_at_the_terminal_is_asked_whether_it_is_the_same(
    tmp_path: Path, typed: str, aliases: list[str]
) -> None:
    terminal = _known(tmp_path, "Müller GmbH")
    terminal.attended = True

    answer = terminal.run("engage open e2 --account 'Muller GmbH'", [typed])
    again = terminal.run("engage open e3 --account 'muller  gmbh'", ["y"])

    assert ((answer.code, again.code), _accounts(terminal)) == ((0, 0), [*aliases, aliases[-1]])


def _known(folder: Path, client: str) -> Terminal:
    """Return a terminal at whose ledger *client* is known."""
    terminal = Terminal(folder)
    terminal.run("engage init --zone Europe/London")
    assert terminal.run(f"engage open e1 --account '{client}'").code == 0
    return terminal


def _accounts(terminal: Terminal) -> list[str]:
    """Return the aliases of the accounts, engagement by engagement."""
    rows = json.loads(terminal.run("engage table engagement_status --json").out)["rows"]
    return [row["account_alias"] for row in sorted(rows, key=lambda row: str(row["engagement_alias"]))]
