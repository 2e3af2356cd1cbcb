"""Every policy is read by a rule: none is set in vain."""

from pathlib import Path

import ledger_projections
import pytest

import ledger
from ledger.policies import POLICIES

SAYING = {"policies.py", "values/__init__.py"}
"""Where they are named without being read."""


def _readers(name: str) -> list[str]:
    found = []
    for package in (ledger, ledger_projections):
        folder = Path(package.__path__[0])
        for file in folder.rglob("*.py"):
            if file.relative_to(folder).as_posix() not in SAYING and f'"{name}"' in file.read_text():
                found.append(file.name)
    return found


@pytest.mark.parametrize("name", POLICIES)
def test_a_policy_is_read_by_a_rule(name: str) -> None:
    assert _readers(name) != []
