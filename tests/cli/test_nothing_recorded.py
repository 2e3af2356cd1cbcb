"""Whatever is refused of an act says once that nothing was recorded; whoever only reads is not told so."""

from __future__ import annotations

import shlex

import pytest
from ledger_cli.words.catalogue import MODULES, RECORDING

from tests.transcripts import FOLDER, blocks

SAID = "Nothing was recorded."
REFUSED = {"[exit 3]", "[exit 4]"}
ELSEWHERE = {"--html", "--dry-run", "--keep-going"}
"""With the first `report` writes pages; with the others `import` counts what is refused, and goes on."""


def refusals() -> list[tuple[str, str]]:
    """Return each command of the transcripts that was refused, with what it answered."""
    read = (blocks(path.read_text(encoding="utf-8")) for path in sorted(FOLDER.glob("*.txt")))
    told = ((head[2:], body) for each in read for head, body in each if head.startswith("$ "))
    return [(line, "\n".join(body)) for line, body in told if REFUSED & {*body}]


def is_act(line: str) -> bool:
    word = next((word for word in shlex.split(line) if word in MODULES), "")
    return word in RECORDING and ELSEWHERE.isdisjoint(line.split())


@pytest.mark.parametrize("line", sorted({line for line, _ in refusals()}))
def test_it_is_said_once_of_an_act_and_never_of_a_question(line: str) -> None:
    answers = [answer for asked, answer in refusals() if asked == line]

    assert {answer.count(SAID) for answer in answers} == {int(is_act(line))}
