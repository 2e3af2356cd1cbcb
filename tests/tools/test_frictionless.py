"""Frictionless: the data package says what is in the files, and notices when it is not."""

from __future__ import annotations

import json
import shutil
import subprocess
from typing import TYPE_CHECKING

import pytest

from tests.tools.desk import program, unkept

if TYPE_CHECKING:
    from pathlib import Path

    from tests.tools.desk import Desk

pytestmark = pytest.mark.skipif(
    program("frictionless") is None, reason="Frictionless is not installed: pip install frictionless"
)


def test_the_page_answers_as_written(desk: Desk) -> None:
    assert unkept(desk.once("frictionless")) == []


def test_a_number_that_somebody_changed_is_noticed(desk: Desk, tmp_path: Path) -> None:
    shutil.copytree(desk.current, tmp_path / "copy")
    slips = tmp_path / "copy" / "csv" / "slips.csv"
    slips.write_text(slips.read_text().replace("34.167", "3.4167"))

    words = [program("frictionless") or "", "validate", "copy/datapackage.json", "--resource-name", "slips", "--json"]
    answer = subprocess.run(words, cwd=tmp_path, capture_output=True, text=True, check=False)

    report = json.loads(answer.stdout)
    assert answer.returncode == 1
    assert {error["type"] for task in report["tasks"] for error in task["errors"]} == {"hash-count", "byte-count"}
