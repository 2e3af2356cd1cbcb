"""dbt over the DuckDB file: the project that is published builds, and says what it is made of."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from tests.tools.desk import dbt, unkept

if TYPE_CHECKING:
    from tests.tools.desk import Desk
    from tests.transcripts import Step

pytestmark = pytest.mark.skipif(
    dbt() is None,
    reason="dbt is not installed: LEDGER_DBT names it, in an environment with dbt-core<1.12 and dbt-duckdb",
)


@pytest.fixture(scope="module")
def steps(desk: Desk) -> list[Step]:
    return desk.once("dbt")


@pytest.fixture(scope="module")
def manifest(desk: Desk, steps: list[Step]) -> Any:
    return json.loads((desk.folder / "ledger-dbt" / "target" / "manifest.json").read_text())


def test_the_page_answers_as_written(steps: list[Step]) -> None:
    assert unkept(steps) == []


def test_every_source_is_described_down_to_its_columns(desk: Desk, manifest: Any) -> None:
    tables = json.loads((desk.current / "stamp.json").read_text())["tables"]
    sources = {source["name"]: source for source in manifest["sources"].values()}

    assert set(sources) == set(tables)
    assert [name for name, source in sources.items() if not source["description"]] == []
    assert [(n, c) for n, s in sources.items() for c, column in s["columns"].items() if not column["description"]] == []


def test_the_site_has_what_the_columns_are_in_the_database(desk: Desk, steps: list[Step]) -> None:
    catalog = json.loads((desk.folder / "ledger-dbt" / "target" / "catalog.json").read_text())

    slips = catalog["sources"]["source.engagement_ledger.ledger.slips"]["columns"]
    assert {slips[name]["type"] for name in ("told_at", "lead_bd", "notice_kept")} == {
        "TIMESTAMP WITH TIME ZONE", "BIGINT", "BOOLEAN"}  # fmt: skip
    assert (desk.folder / "ledger-dbt" / "target" / "static_index.html").exists()
