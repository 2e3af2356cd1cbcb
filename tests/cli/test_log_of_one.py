"""The audit trail of one engagement reads the entries of its streams, and none of another's."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from ledger_projections.readmodel.store import ReadModel

from tests.transcripts import FOLDER, Terminal, play

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


@pytest.fixture(scope="module")
def story(tmp_path_factory: pytest.TempPathFactory) -> Terminal:
    """Return a terminal at the end of the story of one slip."""
    terminal = Terminal(tmp_path_factory.mktemp("story"))
    play(FOLDER / "northwind.txt", terminal)
    return terminal


@pytest.mark.parametrize(
    ("words", "kinds"),
    {
        "its own stream": ("log northwind", {"engagement"}),
        "its own stream, since a day": ("log northwind --since 2025-06-06", {"engagement"}),
        "with its account and our own side": ("log northwind --all", {"engagement", "account", "practice"}),
        "of everything": ("log", {"engagement", "account", "practice"}),
    }.values(),
)
def test_only_the_entries_that_are_shown_are_read(
    story: Terminal, monkeypatch: pytest.MonkeyPatch, words: str, kinds: set[str]
) -> None:
    read: list[dict[str, Any]] = []
    monkeypatch.setattr(ReadModel, "scan", _noting(ReadModel.scan, read))

    shown = json.loads(story.run(f"engage {words} --json").out)["rows"]

    assert {row["stream"].partition("/")[0] for row in read} == kinds
    assert [row["position"] for row in shown] == sorted(row["position"] for row in read)


def _noting(scan: Callable[..., Iterator[dict[str, Any]]], read: list[dict[str, Any]]) -> Callable[..., object]:
    """Return *scan*, which notes in *read* what it found in the table of entries."""

    def noting(model: ReadModel, table: str, *args: object, **options: object) -> object:
        found = [*scan(model, table, *args, **options)]
        read.extend(found if table == "entries" else ())
        return iter(found)

    return noting
