"""A URL says where tables go; what is libpq's goes to libpq as it stands."""

from __future__ import annotations

import pytest
from ledger_projections.publishing.postgresql.address import Address, is_address, parse_address


@pytest.mark.parametrize(
    ("target", "found"),
    {
        "postgresql:///reports": Address("postgresql:///reports", "ledger", "postgresql:///reports"),
        "postgresql://": Address("postgresql://", "ledger", "postgresql://"),
        "postgres://me@h:5433/x?schema=own": Address("postgres://me@h:5433/x", "own", "postgresql://me@h:5433/x"),
        "postgresql://me:a%40b@h/x?sslmode=require&schema=own&port=1": Address(
            "postgresql://me:a%40b@h/x?sslmode=require&port=1", "own", "postgresql://me@h/x"
        ),
        "postgresql://me@one:1,two:2/x?password=a": Address(
            "postgresql://me@one:1,two:2/x?password=a", "ledger", "postgresql://me@one:1,two:2/x"
        ),
    }.items(),
)
def test_the_schema_is_ours_and_the_rest_is_libpqs(target: str, found: Address) -> None:
    assert (is_address(target), parse_address(target)) == (True, found)


@pytest.mark.parametrize("target", ["reports", "postgresql", "postgresql:reports", "file:///x", "./postgresql://x"])
def test_what_is_no_url_of_a_database_is_a_folder(target: str) -> None:
    assert not is_address(target)
