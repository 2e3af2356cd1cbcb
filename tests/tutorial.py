"""Documents whose commands are executed: the blocks fenced as `console` are one session, in their order.

A comment on a line of its own, `<!-- at 2025-06-06T09:20 -->`, is a direction as transcripts have them; after one that
names a file, the next block is what is written to it.
`python -m tests.tutorial` writes what was answered into the documents: look at it before you keep it.
"""

from __future__ import annotations

import re
import sys
import tempfile
from pathlib import Path

from tests.places import DOCS
from tests.transcripts import blocks, update

DOCUMENTS = [DOCS / "tutorial.md", DOCS / "disputes.md", DOCS / "own-projections.md"]

_DIRECTION = re.compile(r"<!-- ((?:at|as|after|file|install) .*) -->")


def as_transcript(document: str) -> str:
    """Return the session in *document* as a transcript: prose is left out, directions and commands stay in their order."""
    lines, within, filing = list[str](), False, False
    for line in document.split("\n"):
        if line.startswith("```"):
            lines += ["# end"] if filing and within else []
            filing = filing and not within
            within = not within and (filing or line == "```console")
        elif within:
            lines.append(line)
        elif match := _DIRECTION.fullmatch(line):
            lines.append(f"# {match[1]}")
            filing = match[1].startswith("file ")
    return "\n".join(lines)


def with_answers(document: str, transcript: str) -> str:
    """Return *document* with the answers that stand in *transcript* for its commands."""
    answers = iter([body for head, body in blocks(transcript) if head.startswith("$ ")])
    lines, within, answering = list[str](), False, False
    for line in document.split("\n"):
        if line.startswith("```"):
            within, answering = line == "```console", False
        if within and line.startswith("$ "):
            answering = True
            lines += [line, *"\n".join(next(answers)).rstrip("\n").split("\n")]
            lines = lines if lines[-1] else lines[:-1]
        elif not answering:
            lines.append(line)
    return "\n".join(lines)


def answered(path: Path) -> str:
    """Return the document at *path* with what its commands answer today."""
    document = path.read_text(encoding="utf-8")
    with tempfile.TemporaryDirectory() as folder:
        transcript = Path(folder) / "session.txt"
        transcript.write_text(as_transcript(document), encoding="utf-8")
        update(transcript)
        return with_answers(document, transcript.read_text(encoding="utf-8"))


if __name__ == "__main__":
    for path in DOCUMENTS:
        path.write_text(answered(path), encoding="utf-8")
        sys.stdout.write(f"{path.name}\n")
