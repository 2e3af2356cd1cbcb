"""The page of the practices: what records each, what shows it, and the tests that hold it."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from ledger_cli.practices.recorded import GROUPS
from ledger_cli.practices.shown import shown

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from ledger_cli.practices.recorded import Practice
    from ledger_projections.metrics.figure import Metric

TESTS = Path(__file__).parents[2] / "tests"
STORY = "docs/test_practices"
"""Runs the line of every practice, and finds what it recorded."""
_NAMED = re.compile(r"\b([PM])(\d\d)\b(?: to \1(\d\d)\b)?")
INTRO = (
    "# The practices, and how each is recorded",
    "Sixty-two things that people who serve clients well do, and what of each the ledger keeps. Every entry also stands in"
    " the table `entries`; it is named here where no other shows it. *Signals* call for somebody until they are cleared"
    " (`engage status`, `engage signals`), *figures* count (`engage metrics`), *flags* mark an entry that breaks a rule"
    " (`engage table flags`). Four are attitudes: they have notes, and no score.",
    f"Each is held by [tests/{STORY}.py](../tests/{STORY}.py), which runs its line, and by the tests named beside it.",
)

QUERIES: Mapping[str, str] = {
    "P10": """
SELECT proposed_by, COUNT(*) AS proposed, COUNT(declined_by) AS declined
FROM agreements WHERE proposed_by IS NOT NULL AND NOT tombstone
GROUP BY proposed_by
""",
    "P38": """
SELECT held_at, needs_met_provider_normalised AS provider, needs_met_client_normalised AS client
FROM reviews WHERE NOT tombstone ORDER BY held_at
""",
    "P56": """
SELECT a.account_alias, a.currency, SUM(a.value_minor) * 1.0 / SUM(SUM(a.value_minor)) OVER (PARTITION BY a.currency) AS share
FROM agreements AS a JOIN engagement_status AS s USING (engagement)
WHERE a.is_in_force AND s.closed_at IS NULL AND NOT a.tombstone AND a.value_minor IS NOT NULL
GROUP BY a.account, a.currency ORDER BY share DESC
""",
}
"""What a practice asks to see over rows of several things, in SQL over the tables."""


def blocks() -> Iterator[str]:
    """Yield the paragraphs of the page, without what says how it was made."""
    yield from INTRO
    for group, practices in GROUPS.items():
        yield f"## {group}"
        yield from map(_practice, practices)


def tests_of(practice: Practice) -> Sequence[str]:
    """Return the tests that say that they are about *practice* or a metric of it, and those of what shows it."""
    found = shown(practice.id)
    ids = {practice.id, *(metric.id for metric in found.metrics)}
    whole = {f"projections/tables/test_{practice.table}", *(["cli/test_signals_pasted"] if found.signals else [])}
    whole |= {"projections/tables/test_flags"} if found.flags else set()
    return [name for name, named in _tests().items() if name in whole or named & ids]


def _practice(practice: Practice) -> str:
    types = ", ".join(f"[{name}](reference/events.md#{name})" for name in practice.types)
    table = f"[{practice.table}](reference/tables.md#{practice.table})"
    said = f"Records {types}; shown in {table}. {practice.note}".rstrip()
    rows = "\n".join(f"- {kind}: {', '.join(names)}" for kind, names in _beside(practice) if names)
    query = QUERIES.get(practice.id)
    asked = f"\n\nOver the tables:\n\n```sql\n{query.strip()}\n```" if query else ""
    return f"### {practice.id} {practice.name}\n\n```\n{practice.line}\n```\n\n{said}\n\n{rows}{asked}"


def _beside(practice: Practice) -> Iterator[tuple[str, Sequence[str]]]:
    found = shown(practice.id)
    yield "Signals", [f"`{name}`" for name in found.signals]
    yield "Figures", [_figures(metric) for metric in found.metrics]
    yield "Flags", [f"`{name}`" for name in found.flags]
    yield "Tests", [f"[{name}](../tests/{name}.py)" for name in tests_of(practice)]


def _figures(metric: Metric) -> str:
    anchor = f"{metric.id} {metric.title}".lower().replace(" ", "-").replace(",", "").replace("'", "")
    return f"[{metric.id} {metric.title}](reference/metrics.md#{anchor})"


@cache
def _tests() -> Mapping[str, frozenset[str]]:
    """Return the practices and metrics that each test names in what it says it is."""
    files = {path.relative_to(TESTS).with_suffix("").as_posix(): path for path in sorted(TESTS.rglob("test_*.py"))}
    docs = {name: ast.get_docstring(ast.parse(path.read_text("utf-8"))) for name, path in files.items()}
    return {name: frozenset(_named(doc or "")) for name, doc in docs.items() if name != STORY}


def _named(text: str) -> Iterator[str]:
    for kind, first, last in _NAMED.findall(text):
        yield from (f"{kind}{number:02d}" for number in range(int(first), int(last or first) + 1))
