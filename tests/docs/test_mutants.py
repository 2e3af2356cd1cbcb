"""The list of mutants that survive speaks of the code as it is: each has a reason, a function, and lines that stand in it."""

import ast
from pathlib import Path

import pytest

from tests.mutants import ROOT, Mutant, entries

LISTED = [*entries()]


def function(path: Path, name: str) -> str:
    """Return the source of a function, or of a method `Class.method`."""
    source = path.read_text(encoding="utf-8")
    nodes: list[ast.stmt] = ast.parse(source).body
    for part in name.split("."):
        named = (n for n in nodes if isinstance(n, ast.ClassDef | ast.FunctionDef) and n.name == part)
        found = next(named)
        nodes = found.body
    return ast.get_source_segment(source, found) or ""


@pytest.mark.parametrize("file", sorted({mutant.file for _, mutant in LISTED}))
def test_what_a_mutant_changes_stands_in_its_function(file: str) -> None:
    mutants: list[Mutant] = [mutant for _, mutant in LISTED if mutant.file == file]

    strayed = [
        str(mutant)
        for mutant in mutants
        for line in mutant.lines
        if line[0] == "-" and line[1:] not in map(str.strip, function(ROOT / file, mutant.function).splitlines())
    ]

    assert strayed == []


def test_every_mutant_that_survives_has_a_reason() -> None:
    assert [str(mutant) for reason, mutant in LISTED if len(reason.split()) < 4] == []
