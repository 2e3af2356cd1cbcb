"""Every policy is read by a rule, or is the number of a metric still to be counted: none is set in vain."""

from collections.abc import Mapping
from pathlib import Path

import ledger_projections
import pytest

import ledger
from ledger.policies import POLICIES

READ_LATER: Mapping[str, str] = {
    "dependency_share": "P56",
    "overcommitted": "P19",
}
"""Policies that only a signal over the whole portfolio reads, and which."""
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
def test_a_policy_is_read_now_or_by_a_later_metric(name: str) -> None:
    read_now, later = bool(_readers(name)), name in READ_LATER

    assert read_now != later, _readers(name)


def test_what_a_policy_is_for_stands_in_its_meaning() -> None:
    unsaid = {name for name, metric in READ_LATER.items() if f"({metric})" not in POLICIES[name].meaning}

    assert unsaid == set()
