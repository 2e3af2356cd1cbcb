"""The policies are a closed set, each with a default that may be set, a unit and a meaning."""

from __future__ import annotations

from typing import get_args

import pytest

from ledger.policies import POLICIES
from ledger.practice import DEFAULTS
from ledger.values import PolicyName


def test_every_policy_that_may_be_set_has_a_default_and_a_meaning() -> None:
    assert (list(POLICIES), {name: policy.default for name, policy in POLICIES.items()}) == (
        list(get_args(PolicyName)),
        dict(DEFAULTS),
    )


@pytest.mark.parametrize("name", POLICIES)
def test_a_meaning_is_half_a_line(name: str) -> None:
    policy = POLICIES[name]

    assert (10 < len(policy.meaning) <= 75, policy.unit != "") == (True, True)
