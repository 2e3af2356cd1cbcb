"""The names people use find the ids they stand for."""

import pytest

from ledger.drafts import Draft, Identity
from ledger.errors import Refused, Unknown
from ledger.names import PRACTICE, Names
from ledger.service import Ledger
from ledger.testing.fakes import Entropy, Ids, MemoryJournal, SetClock

PEOPLE = {"Ann Ojo": "client sponsor", "Ben Ray": "project manager", "Cy Ray": "delivery manager"}


def names() -> Names:
    """Return the names in a ledger with one account, three people and one engagement."""
    clock = SetClock()
    ledger = Ledger(
        MemoryJournal(clock), Identity("ada@firm.example", "Ada"), clock=clock, entropy=Entropy(), new_id=Ids()
    )
    ledger.record(
        Draft("account-opened", "account/acme", {"kind": "organisation", "alias": "acme", "name": "ACME"}),
        *(
            Draft("contact-added", "account/acme", {"side": "client", "level": "manager", "name": n, "role": role})
            for n, role in PEOPLE.items()
        ),
        Draft("engagement-opened", "engagement/northwind", {"account": "acme", "alias": "northwind"}),
    )
    return ledger.names


def test_a_stream_is_found_by_its_alias_its_id_and_its_whole_name() -> None:
    known = names()
    stream = known.stream("engagement", "northwind")

    assert stream.startswith("engagement/")
    assert known.stream("engagement", stream) == stream
    assert known.stream("engagement", stream.partition("/")[2]) == stream
    assert known.stream("engagement", "engagement/northwind") == stream
    assert {alias: s.partition("/")[0] for s, alias in known.aliases.items()} == {
        "acme": "account",
        "northwind": "engagement",
    }


@pytest.mark.parametrize(("kind", "name"), [("engagement", "northwnd"), ("account", "northwind"), ("engagement", "")])
def test_a_stream_that_is_not_there_is_unknown(kind: str, name: str) -> None:
    with pytest.raises(Unknown) as refused:
        names().stream(kind, name)

    assert refused.value.candidates == (("northwind",) if name == "northwnd" else ())


@pytest.mark.parametrize(
    ("called", "contact"),
    [("Ann Ojo", "c1"), ("ann ojo", "c1"), ("Client Sponsor", "c1"), ("ojo", "c1"), ("sponsor", "c1"), ("c2", "c2"),
     ("Ben", "c2"), ("delivery", "c3")],
)  # fmt: skip
def test_a_contact_is_found_by_name_role_id_or_what_is_left_of_either(called: str, contact: str) -> None:
    known = names()
    account = known.stream("account", "acme").partition("/")[2]

    assert known.contact(account, called) == contact


@pytest.mark.parametrize("called", ["Ray", "manager", "Zed", "c9", ""])
def test_a_contact_that_is_nobody_or_more_than_one_is_unknown(called: str) -> None:
    known = names()
    account = known.stream("account", "acme").partition("/")[2]

    with pytest.raises(Refused):  # Unknown where it is nobody
        known.contact(account, called)


def test_whoever_records_is_known_by_the_address_else_by_the_name() -> None:
    known = names()

    assert known.actor(Identity("ada@firm.example", "somebody")) == "a1"
    assert known.actor(Identity("", "Ada")) is None
    assert PRACTICE not in known.aliases
