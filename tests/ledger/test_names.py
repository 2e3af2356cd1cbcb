"""The names people use find the ids they stand for."""

import pytest

from ledger.canonical import JSON
from ledger.drafts import Draft, Identity
from ledger.entry import decode
from ledger.errors import Refused, Unknown
from ledger.names import PRACTICE, Names
from ledger.service import Ledger
from ledger.testing.fakes import Entropy, Ids, MemoryJournal, SetClock

PEOPLE = {"Ann Ojo": "client sponsor", "Ben Ray": "project manager", "Cy Ray": "delivery manager"}


def ledger() -> Ledger:
    """Return a ledger with one account, three people and one engagement."""
    clock = SetClock()
    kept = Ledger(
        MemoryJournal(clock), Identity("ada@firm.example", "Ada"), clock=clock, entropy=Entropy(), new_id=Ids()
    )
    kept.record(
        Draft("account-opened", "account/acme", {"kind": "organisation", "alias": "acme", "name": "ACME"}),
        *(
            Draft("contact-added", "account/acme", {"side": "client", "level": "manager", "name": n, "role": role})
            for n, role in PEOPLE.items()
        ),
        Draft("engagement-opened", "engagement/northwind", {"account": "acme", "alias": "northwind"}),
    )
    return kept


def names() -> Names:
    """Return the names in that ledger."""
    return ledger().names


def renamed(in_ledger: Ledger, name: str) -> None:
    """Correct the alias of the engagement."""
    stream = in_ledger.names.stream("engagement", "northwind")
    opening = decode(*in_ledger.journal.read(stream)[0])
    change: JSON = {"path": "data.alias", "after": f'"{name}"'}
    data: dict[str, JSON] = {"entry": opening.id, "kind": "amend", "text_changes": [change], "reason": "typed wrong"}
    in_ledger.record(Draft("entry-corrected", stream, data))


def test_a_corrected_alias_is_the_name_and_the_old_one_is_not() -> None:
    kept = ledger()
    aware = Ledger(kept.journal, kept.who, clock=kept.clock, aliases=kept.names.opened)
    stream = kept.names.stream("engagement", "northwind")
    renamed(kept, "north")

    for known in (kept.names, aware.names):
        assert known.stream("engagement", "north") == stream
        assert known.alias(stream) == known.aliases[stream] == "north"
        with pytest.raises(Unknown):
            known.stream("engagement", "northwind")
    aware.record(
        Draft("milestone-agreed", "engagement/north", {"milestone_id": "M1", "due": "2025-07-01", "title": "t"})
    )


def test_an_alias_that_was_given_up_names_what_is_opened_under_it_next() -> None:
    kept = ledger()
    first = kept.names.stream("engagement", "northwind")
    renamed(kept, "north")

    kept.record(Draft("engagement-opened", "engagement/northwind", {"account": "acme", "alias": "northwind"}))

    assert kept.names.stream("engagement", "northwind") != first
    assert kept.names.stream("engagement", "north") == first


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
