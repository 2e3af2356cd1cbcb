"""An entry stored under an older name is read as the newest, one step at a time, and its bytes stay as they are."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from ledger import entry, events
from ledger.canonical import JSON
from ledger.disclosures import disclosed, protect
from ledger.events import BY_NAME, UPCASTERS, Event
from ledger.facts import read_fact
from ledger.testing.fakes import Entropy
from ledger.values import Count, Erasable, Str

V1, V2, V3 = (f"engagement.coffee-drunk.v{version}" for version in (1, 2, 3))


class CoffeeDrunk(Event, streams="practice", version=3):
    """Coffee was drunk: a type that exists only here, in its third version."""

    millilitres: Count
    drinker: Erasable[Str]


def _to_2(data: Mapping[str, JSON]) -> tuple[str, Mapping[str, JSON]]:
    """Version 1 counted cups."""
    rest = {name: value for name, value in data.items() if name != "cups"}
    return V2, {**rest, "millilitres": int(str(data["cups"])) * 150}


def _to_3(data: Mapping[str, JSON]) -> tuple[str, Mapping[str, JSON]]:
    """Version 2 said who, under another name."""
    return V3, {("drinker" if name == "who" else name): value for name, value in data.items()}


@pytest.fixture(autouse=True)
def coffee(monkeypatch: pytest.MonkeyPatch) -> None:
    """Add the type and its past to the catalogue."""
    monkeypatch.setitem(BY_NAME, V3, CoffeeDrunk)
    monkeypatch.setitem(UPCASTERS, V1, _to_2)
    monkeypatch.setitem(UPCASTERS, V2, _to_3)


@pytest.mark.parametrize(("name", "plain"), [(V1, {"cups": 2}), (V2, {"millilitres": 300}), (V3, {"millilitres": 300})])
def test_every_version_is_read_as_the_newest(name: str, plain: dict[str, JSON]) -> None:
    field = "drinker" if name == V3 else "who"
    digests, disclosures = protect({field: "Ada"}, 3, Entropy())
    raw = _raw(name, {**plain, "_sd": list(digests)})
    stored = entry.decode(1, raw)

    assert read_fact(stored, disclosures).event == CoffeeDrunk(millilitres=300, drinker="Ada")
    assert read_fact(stored).event == CoffeeDrunk.reread({"millilitres": 300})
    assert (entry.encode(stored.attributes), stored.type) == (raw, name)


def test_an_older_name_is_never_written() -> None:
    assert CoffeeDrunk(millilitres=1, drinker="Bo").stored_name == V3


def test_what_is_erased_stays_erased_through_every_step() -> None:
    event = events.read(V1, {"cups": 1, "_sd": []}, disclosed([]))

    assert event == CoffeeDrunk.reread({"millilitres": 150})


def _raw(name: str, data: dict[str, JSON]) -> bytes:
    return entry.encode(
        {
            "specversion": "1.0",
            "id": "01974000-0000-7000-8000-000000000001",
            "source": "ledger.example/engagements/q3r7",
            "type": name,
            "subject": "practice",
            "actor": "a1",
            "party": "provider",
            "visibility": "shared",
            "provenance": "api",
            "data": data,
            "recordedtime": "2025-06-06T08:20:00.000000Z",
            "streamversion": 1,
        }
    )
