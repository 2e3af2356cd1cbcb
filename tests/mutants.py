"""The mutants that no test catches, held against docs/mutants.md, which gives a reason for each.

    mutmut run --max-children 1      about an hour
    python -m tests.mutants

A mutant is known by its file, its function and the lines it changes, so a line added above it does not make it another.
Fails where one survives that is not listed, where a listed one no longer does, and where some were never tried.
"""

import json
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "docs" / "mutants.md"
RESULTS = ROOT / "mutants"
SURVIVED = {0, 5, 33}
"""What mutmut notes for a mutant that the tests let pass, and for one that no test runs."""


class Mutant(NamedTuple):
    """The lines that differ, each with its `-` or `+`, in a function of a file."""

    file: str
    function: str
    lines: tuple[str, ...]

    def __str__(self) -> str:
        return "\n".join([f"@@ {self.function}", *self.lines])


def main() -> int:
    """Hold what survived against what is listed; return the exit code."""
    survived, listed = Counter(survivors()), Counter(mutant for _, mutant in entries())
    untried = sum(code is None for _, code in results())
    new, gone = survived - listed, listed - survived
    for says, mutants in {"survives, not listed": new, "listed, does not survive": gone}.items():
        for mutant in sorted(mutants.elements()):
            sys.stdout.write(f"{mutant.file}: {says}\n{mutant}\n\n")
    sys.stdout.write(f"{survived.total()} survive, {new.total()} of them not listed; ")
    sys.stdout.write(f"{gone.total()} listed no longer do; {untried} were not tried.\n")
    return 1 if new or gone or untried else 0


def entries() -> Iterator[tuple[str, Mutant]]:
    """Yield the mutants that the page lists, each with the reason above it."""
    file = reason = function = ""
    lines: list[str] = []
    for line in [*PAGE.read_text(encoding="utf-8").splitlines(), "```"]:
        if lines and not line.startswith(("-", "+")):
            yield reason, Mutant(file, function, tuple(lines))
            lines = []
        match line[:3]:
            case "## ":
                file, reason = line[3:], ""
            case "@@ ":
                function = line[3:]
            case _ if function and line.startswith(("-", "+")):
                lines.append(line)
            case "```":
                function = ""
            case _:
                reason = line or reason


def survivors() -> Iterator[Mutant]:
    """Yield the mutants that the last run of mutmut let pass."""
    from mutmut.mutation.diff_apply import get_diff_for_mutant

    for name, code in results():
        if code in SURVIVED:
            file = _file_of(name)
            changed = get_diff_for_mutant(name, path=file).splitlines()[2:]
            lines = tuple(line[0] + line[1:].strip() for line in changed if line[0] in "-+")
            yield Mutant(file, _function_of(name), lines)


def results() -> Iterator[tuple[str, int | None]]:
    """Yield each mutant's name with the exit code of its tests, nothing where it was not tried."""
    for meta in sorted(RESULTS.rglob("*.meta")):
        yield from json.loads(meta.read_text(encoding="utf-8"))["exit_code_by_key"].items()


def _file_of(name: str) -> str:
    """Return the file of a mutant: `ledger.rules.x_place__mutmut_2` is in src/ledger/rules.py."""
    return "src/" + name.rpartition(".")[0].replace(".", "/") + ".py"


def _function_of(name: str) -> str:
    """Return the function of a mutant: `x_place__mutmut_2` is `place`, `xǁEdgeǁ_fill__mutmut_1` is `Edge._fill`."""
    mangled = name.rpartition(".")[2].rpartition("__mutmut_")[0]
    return mangled[2:] if mangled.startswith("x_") else mangled[2:].replace("ǁ", ".")


if __name__ == "__main__":
    sys.exit(main())
