"""The commands of the documents do what the documents say."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.transcripts import Terminal, play
from tests.tutorial import DOCUMENTS, as_transcript


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.stem)
def test_a_document_answers_as_written(path: Path, tmp_path: Path) -> None:
    session = tmp_path / "session.txt"
    session.write_text(as_transcript(path.read_text(encoding="utf-8")), encoding="utf-8")

    steps = play(session, Terminal(tmp_path))

    unkept = [step for step in steps if not step.kept]
    assert [(step.command, step.answered) for step in unkept] == [(step.command, step.expected) for step in unkept]
    assert len(steps) > 10
