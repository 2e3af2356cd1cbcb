"""`dbt/`: a dbt project over the DuckDB file: every table as a source with its meaning and tests, and three small models.

    dbt build --project-dir current/dbt --profiles-dir current/dbt

https://docs.getdbt.com/reference/source-properties. The file is attached to be read; models go to one of their own.
"""

from __future__ import annotations

import json
from importlib.resources import files as resources
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ledger_projections.publishing.about import About
    from ledger_projections.publishing.sheet import Sheet
    from ledger_projections.table import Column

LAST = "last_position"
"""What incremental readers go by."""
WRITTEN = (
    "dbt_project.yml",
    "profiles.yml",
    "macros/unique_together.sql",
    "models/models.yml",
    "models/engagements.sql",
    "models/warnings.sql",
    "models/open_signals.sql",
)
"""Files of the project that are the same for every ledger; they stand in the folder `project`."""


def files(about: About) -> Iterator[tuple[str, str]]:
    """Yield the project, if there is a DuckDB file that it is about."""
    if "duckdb" in about.formats:
        project = resources("ledger_projections.publishing.describing").joinpath("project")
        for name in WRITTEN:
            yield f"dbt/{name}", project.joinpath(name).read_text("utf-8")
        yield "dbt/models/sources.yml", sources(about)


def sources(about: About) -> str:
    """Return `sources.yml`: every table with its columns, what they mean, and what is tested of them."""
    lines = ["version: 2", "", "sources:", "  - name: ledger", f"    description: {_quoted(about.says)}"]
    lines += ["    database: ledger", "    schema: main", "    tables:"]
    for sheet in about.sheets:
        lines += _table(sheet)
    return "\n".join(lines) + "\n"


def _table(sheet: Sheet) -> Iterator[str]:
    yield f"      - name: {sheet.name}"
    yield f"        description: {_quoted(sheet.description)}"
    yield "        data_tests:"
    yield f"          - unique_together: {{arguments: {{columns: {json.dumps(list(sheet.key))}}}}}"
    yield "        columns:"
    for column in sheet.columns:
        yield from _column(column, tested=column.name in {*sheet.key, LAST})


def _column(column: Column, *, tested: bool) -> Iterator[str]:
    yield f"          - name: {column.name}"
    yield f"            description: {_quoted(column.description)}"
    if column.unit:
        yield f"            config: {{meta: {{unit: {_quoted(column.unit)}}}}}"
    if tested and not column.nullable:  # the file itself holds the others to it
        yield "            data_tests: [not_null]"


def _quoted(text: str) -> str:
    """Return *text* as a YAML string that dbt does not take for a template."""
    return json.dumps(text.replace("{{", "{ {").replace("{%", "{ %").replace("{#", "{ #"), ensure_ascii=False)
